"""Room 3, actors: what the phrases of one sentence say of each other: nationalities that share a noun, craft and their
owners, a description and the name beside it.

Door: `Neighbours.settled(tree, found)`.
"""

from __future__ import annotations

from collections.abc import Mapping

from reportedly.knowledge.load import Knowledge
from reportedly.mentions.actor_bodies import national_force
from reportedly.mentions.actor_kinds import Kinds
from reportedly.model import ARMED_KINDS, ActorRef
from reportedly.model.quick import replace
from reportedly.model.syntax import Tree

_BRACKET_REACH = 90


class Neighbours:
    """Knows what actors beside each other share."""

    def __init__(self, knowledge: Knowledge, text: str) -> None:
        self._knowledge = knowledge
        self._lexicon = knowledge.lexicon
        self._words = knowledge.lexicon.actor_words
        self._kinds = Kinds(knowledge.lexicon)
        self._text = text

    def settled(self, tree: Tree, found: dict[int, ActorRef]) -> Mapping[int, ActorRef]:
        """Return the actors of a tree, each with what those beside it tell of it."""
        if "conj" in tree.arcs:
            for index in [i for i in found if found[i].role is not None]:
                self._share(tree, found, index)
        self._arm(tree, found)
        beside = "appos" in tree.arcs or "(" in self._text[tree.start : tree.end + _BRACKET_REACH]
        return self._appositions(tree, found) if beside else found

    def _share(self, tree: Tree, found: dict[int, ActorRef], index: int) -> None:
        """Let each of several nationalities before one noun be a party: "MALIAN and Mauritanian officials"."""
        names, whole = tree.names_before(index), found[index]
        if not names or whole.role not in {*self._lexicon.roles, *self._words["war_craft"]} or whole.kind == "facility":
            return
        if not all(n in found and found[n].country for n in names):
            return
        for name in names[:-1]:
            found[name] = self._body_of(replace(found[name], kind=whole.kind, role=whole.role), whole)
        last = replace(whole, country=found[names[-1]].country, actor_id=None, name=None)
        found[index] = self._body_of(last, whole)

    def _body_of(self, ref: ActorRef, whole: ActorRef) -> ActorRef:
        """The reference as the state's own body, where the noun names one ("US and British FORCES")."""
        role = self._lexicon.roles.get(whole.role or "")
        if role is not None and whole.kind == "state_forces" and ref.country is not None:
            return national_force(self._knowledge, ref.span, ref.country, role)
        return ref if ref.name else replace(ref, name=ref.span.quote)

    def _arm(self, tree: Tree, found: dict[int, ActorRef]) -> None:
        """Let a craft or weapon stand for the armed people whose it is: "regime forces' ARTILLERY", "rebel ROCKETS"."""
        for index, ref in found.items():
            if ref.kind in ARMED_KINDS or ref.actor_id is not None or not self._kinds.is_craft(tree, tree[index]):
                continue
            owners = (found[c] for c in tree.children(index, "poss", "compound") if c in found)
            owner = next((o for o in owners if o.kind in ARMED_KINDS), None)
            if owner is not None:
                found[index] = replace(
                    ref, actor_id=owner.actor_id, name=owner.name or ref.name, kind=owner.kind, country=owner.country
                )

    def _appositions(self, tree: Tree, found: dict[int, ActorRef]) -> Mapping[int, ActorRef]:
        """Let a description and the name beside it tell of the same actor."""
        for index, ref in list(found.items()):
            others = [found[c] for c in tree.children(index, "appos") if c in found]
            if tree[index].dep == "appos" and tree[index].head in found:
                above = tree[index].head
                if tree.has(index, "nummod") and tree.has(above, "nummod"):
                    continue  # "three ANP killed, SEVEN CIVILIANS": each counted by itself
                others.append(found[above])
            named = next((o for o in others if o.actor_id), None)
            if ref.actor_id is None and named is None:
                named = self._bracketed(ref, found)
            if (
                ref.actor_id is None
                and named is not None
                and ref.role is not None
                and ref.role not in self._lexicon.not_members
                and ref.kind != "civilians"
            ):
                found[index] = replace(
                    ref, actor_id=named.actor_id, name=named.name, kind=named.kind, country=named.country
                )
            elif ref.kind == "unknown" and others and others[0].role and ref.actor_id is None:
                ref = replace(ref, kind=others[0].kind, role=others[0].role, country=ref.country or others[0].country)
                if others[0].role in self._words["voices"] and others[0].actor_id is not None:
                    ref = replace(ref, actor_id=others[0].actor_id, name=others[0].name)
                found[index] = ref
        return found

    def _bracketed(self, ref: ActorRef, found: Mapping[int, ActorRef]) -> ActorRef | None:
        """The known actor in the bracket that follows the phrase: "an armed group (the Full Name, or ABC)"."""
        tail = self._text[ref.span.end : ref.span.end + _BRACKET_REACH]
        if not tail.lstrip().startswith("("):
            return None
        close = tail.find(")")
        limit = ref.span.end + (close if close > 0 else _BRACKET_REACH)
        inside = [o for o in found.values() if o.actor_id and ref.span.end < o.span.start < limit]
        return min(inside, key=lambda o: o.span.start, default=None)
