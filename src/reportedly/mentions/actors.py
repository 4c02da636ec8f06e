"""Room 3, actors: read noun phrases as actors: known names, roles with nationality, people and things.

Door: `ActorReader.read(tree, hits)`. Says who is named, not who did what; unknown actors stay unknown.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cached_property

from reportedly.knowledge.actors import Actor
from reportedly.knowledge.fold import fold
from reportedly.knowledge.lexicon import Role
from reportedly.knowledge.load import Knowledge
from reportedly.mentions.actor_bodies import national_force, state
from reportedly.mentions.actor_hits import ending_before, hits_by_token, note_choice, with_coined, within_longer
from reportedly.mentions.actor_kinds import HYPHENS, MODIFYING, STATE_ROLES, Kinds
from reportedly.mentions.actor_neighbours import Neighbours
from reportedly.mentions.actor_spans import phrase_span
from reportedly.mentions.given_names import given_name
from reportedly.mentions.metonyms import Metonyms
from reportedly.mentions.names import NameHit, coined
from reportedly.model import ARMED_KINDS, GROUP_KINDS, ActorKind, ActorRef, Span
from reportedly.model.quick import replace
from reportedly.model.syntax import NOUNS, Token, Tree
from reportedly.model.trace import Trace

_HOME_SHARE = 0.6  # of all that a text says of countries: from here one of them is the country that it is about
_HOME_WEIGHT = 2.0  # a text that says less than this of it must name the country itself, not only its people
_STANDING = frozenset({"nsubj", "nsubjpass", "dobj", "pobj", "conj", "attr"})

Inner = Sequence[tuple[str, NameHit]]


class ActorReader:
    """Reads the noun phrases of one document's trees. Holds what the document has introduced so far.

    `countries` weighs how much the text speaks of each country; `aliases` are acronyms that it gives to known actors;
    `grounds` are the countries in which most of the places that it names may lie.
    """

    def __init__(
        self,
        knowledge: Knowledge,
        text: str,
        countries: Mapping[str, float],
        aliases: Mapping[str, tuple[str, ...]],
        trace: Trace | None = None,
        grounds: frozenset[str] = frozenset(),
    ) -> None:
        self._knowledge = knowledge
        self._lexicon = knowledge.lexicon
        self._words = knowledge.lexicon.actor_words
        self._kinds = Kinds(knowledge.lexicon)
        self._neighbours = Neighbours(knowledge, text)
        self._text = text
        self._countries, self._grounds = countries, grounds
        self._aliases = aliases
        self._coined = coined(text)
        self._metonyms = Metonyms(knowledge, countries)
        self._trace = trace if trace is not None and trace.full else None

    @cached_property
    def home(self) -> str | None:
        """The country that the text is about, where one clearly dominates: "the army" is then that country's."""
        total = sum(self._countries.values())
        if not total:
            return None
        iso, weight = max(self._countries.items(), key=lambda c: (c[1], c[0]))
        if weight < _HOME_SHARE * total or (weight < _HOME_WEIGHT and not self._named(iso)):
            return None
        if self._grounds and iso not in self._grounds:
            return None  # "KYIV - Of the drones that Russia launched ..., THE AIR FORCE said"
        return iso

    def _named(self, iso: str) -> bool:
        """Tell whether the text gives the country's own name or its capital's."""
        country, folded = self._knowledge.countries[iso], fold(self._text)
        names = (country.name, *country.aliases, *([country.capital] if country.capital else []))
        words = "|".join(re.escape(fold(name)) for name in names if len(name) > 3)
        return bool(words) and re.search(rf"\b(?:{words})\b", folded) is not None

    def read(self, tree: Tree, hits: Sequence[NameHit]) -> Mapping[int, ActorRef]:
        """Return the actor of every noun phrase of the tree, keyed by the phrase's head token."""
        found: dict[int, ActorRef] = {}
        whole = within_longer(tree, with_coined(tree, hits, self._coined), self._knowledge, self._text)
        by_token = hits_by_token(tree, whole)
        for token in tree:
            if token.tag in NOUNS or token.i in by_token or _stands_alone(token):
                ref = self._phrase(tree, token, by_token)
                if ref is not None:
                    found[token.i] = self._called(tree, token, self._people(token, ref))
        return self._neighbours.settled(tree, found)

    def _people(self, token: Token, ref: ActorRef) -> ActorRef:
        """A number alone is people where it acts ("HUNDREDS rallied")."""
        alone = token.tag == "NNS" and token.dep == "nsubj" and token.lemma in self._words["measures"]
        if not alone or ref.kind != "unknown" or ref.actor_id is not None:
            return ref
        return replace(ref, kind="civilians", role="people")

    def _called(self, tree: Tree, token: Token, ref: ActorRef) -> ActorRef:
        """The reference with the name that the text gives to a group nobody knows."""
        if ref.actor_id is not None or ref.role is None or token.is_proper:
            return ref
        name = given_name(tree, token.i, self._text, self._lexicon)
        if name is None:
            return ref
        known = self._knowledge.actors.by_name.get(fold(name), ())
        if len(known) == 1:
            return self.reference(ref.span, self._knowledge.actors.by_id[known[0]], self._kinds.role(tree, token))
        return replace(ref, name=name)

    # ------------------------------------------------------------------------------------------- one phrase

    def _phrase(self, tree: Tree, token: Token, by_token: Mapping[int, NameHit]) -> ActorRef | None:
        if token.tag in {"PRP", "WP"} and token.i not in by_token:
            return ActorRef(Span(token.start, token.end, self._text[token.start : token.end]), role=token.lower)
        hit = by_token.get(token.i)
        counted = self._counted(tree, token) if hit is None else None
        if counted is not None:
            return self._phrase(tree, counted, by_token)
        before = ending_before(tree, token, by_token) if hit is None else None
        span = phrase_span(tree, token, hit, before, self._text, self._lexicon)
        role = self._kinds.role(tree, token)
        inner = self._inner_hits(tree, token, by_token, before)
        if hit is not None:
            return self._hit_ref(tree, token, span, hit, role)
        if role is not None and not self._metonyms.is_land(tree, token):
            return self._role_ref(tree, token, span, role, inner)
        return self._name_ref(tree, token, span, inner)

    def _counted(self, tree: Tree, token: Token) -> Token | None:
        """Those of whom a number or a share is told: the attackers in "FIVE of the attackers", "DOZENS of rebels"."""
        unit = token.lemma in self._lexicon.unit_nouns
        piece = token.lemma in self._lexicon.words["pieces"]
        if (
            token.tag not in {"CD", "DT", "JJ", "JJS"}
            and token.lemma not in self._words["measures"]
            and not (unit or piece)
        ):
            return None
        of = next((c for c in tree.children(token.i, "prep") if tree[c].lower == "of"), None)
        whole = next(iter(tree.children(of, "pobj")), None) if of == token.i + 1 else None
        if (
            whole is None
            or (unit and not self._kinds.is_armed_plural(tree[whole]))
            or (piece and not self._kinds.is_thing(tree, whole))
        ):
            return None
        return tree[whole] if tree[whole].tag in {"NNS", "NN", "NNPS"} else None

    def _hit_ref(self, tree: Tree, token: Token, span: Span, hit: NameHit, role: Role | None) -> ActorRef | None:
        """The reference of a phrase whose head is a known name."""
        if hit.sort == "actor":
            return self._known(span, hit, role)
        if hit.sort == "coined":
            return ActorRef(span, None, hit.ids[0], None, self._kinds.of_name(hit.ids[0].split()), None, None)
        if hit.sort == "country":
            place = self._metonyms.is_place(tree, token)
            return (
                ActorRef(span, name=span.quote, country=hit.ids[0])
                if place
                else state(self._knowledge, span, hit.ids[0])
            )
        if role is not None:
            return self._role_ref(tree, token, span, role, [("before", hit)])
        return ActorRef(span, name=span.quote, kind="civilians" if token.is_noun else "unknown", country=hit.ids[0])

    def _inner_hits(self, tree: Tree, token: Token, by_token: Mapping[int, NameHit], before: NameHit | None) -> Inner:
        """Known names inside the phrase with how they stand: `before`, `of`, `from`, `loyal`, `near` (no more) ..."""
        if not by_token:
            return []
        found: list[tuple[str, NameHit]] = [("before", before)] if before is not None else []
        for child in tree.children(token.i):
            dep, lemma, lower = tree[child].dep, tree[child].lemma, tree[child].lower
            if dep in _INNER and child < token.i:
                inside = [by_token[i] for i in tree.subtree(child) if i in by_token]
                found += [("near" if self._linked(hit) else "before", hit) for hit in inside]
            elif dep == "prep" or lower in self._lexicon.belonging:
                how = lemma if dep == "prep" else ("loyal" if lower in self._words["members"] else "near")
                inside = [by_token[i] for i in tree.subtree(child) if i in by_token and i - child <= 12]
                found += [("near" if self._linked(hit) else how, hit) for hit in inside]
        return list(dict.fromkeys(found)) if len(found) > 1 else found

    def _linked(self, hit: NameHit) -> bool:
        """Tell whether the name stands in a compound that says no more than nearness ("Iran-backed")."""
        after = self._text[hit.end : hit.end + 16]
        if after[:1] not in HYPHENS or not after:
            return False
        word = "".join(c if c.isalpha() else " " for c in after[1:]).split(" ")[0]
        return word.lower() in self._words["linkers"]

    # ------------------------------------------------------------------------------------------- known actors

    def _known(self, span: Span, hit: NameHit, role: Role | None) -> ActorRef:
        """A reference to the known actor of a name; of actors that share it, the one that the text speaks of."""
        actors = [self._knowledge.actors.by_id[i] for i in self._aliases.get(self._key(hit), hit.ids)]
        actor = self._choose(actors)
        if self._trace is not None:
            note_choice(self._trace, hit, {a: self._weight(a) for a in actors}, actor)
        if actor is not None:
            return self.reference(span, actor, role)
        kinds = {a.kind for a in actors}
        return ActorRef(span, None, span.quote, None, kinds.pop() if len(kinds) == 1 else "unknown")

    def _key(self, hit: NameHit) -> str:
        return fold(self._text[hit.start : hit.end])

    def reference(self, span: Span, actor: Actor, role: Role | None = None) -> ActorRef:
        """A reference to a known actor."""
        return ActorRef(span, actor.id, actor.name, None, actor.kind, actor.home, role.lemma if role else None)

    def _choose(self, actors: Sequence[Actor]) -> Actor | None:
        """Of actors that share a name, the one whose countries the document speaks of most, if it does of any."""
        if len(actors) == 1:
            return actors[0]

        best = max(actors, key=lambda a: (self._weight(a), a.id))
        return best if self._weight(best) > 0 else None

    def _weight(self, actor: Actor) -> float:
        """How much the document speaks of the actor's countries, its home above the others."""
        home = self._countries.get(actor.countries[0], 0.0) if actor.countries else 0.0
        return home + 0.5 * max((self._countries.get(c, 0.0) for c in actor.countries[1:]), default=0.0)

    # ------------------------------------------------------------------------------------------- roles

    def _role_ref(self, tree: Tree, token: Token, span: Span, role: Role, inner: Inner) -> ActorRef:
        owner = self._owner(role, inner)
        country = next((h.ids[0] for how, h in inner if h.sort in {"demonym", "country"} and how in _HOMING), None)
        if owner is not None:
            return self._owned(tree, token, span, role, owner, inner)
        new = next((h.ids[0] for how, h in inner if h.sort == "coined" and how in _OWNING), None)
        kind = self._kinds.of_role(tree, token, role, country)
        if new is not None and (role.armed or role.kind == "other"):
            return ActorRef(span, None, new, None, kind, country, role.lemma)
        if kind == "state_forces" and country and role.lemma not in self._words["speaks_for"]:
            return national_force(self._knowledge, span, country, role)
        if role.kind == "government" and country and role.lemma in STATE_ROLES:
            return replace(state(self._knowledge, span, country), role=role.lemma)
        if country is None and self.home is not None and self._national(tree, token, role):
            return self._home_body(span, self.home, role)
        near = self._headed(role, inner)
        if near is not None and role.lemma in self._words["voices"] and near.kind in GROUP_KINDS:
            return self.reference(span, near, role)
        if near is not None:
            return ActorRef(span, None, span.quote, None, near.kind, country or near.home, role.lemma)
        return ActorRef(span, None, span.quote, None, kind, country, role.lemma)

    def _owner(self, role: Role, inner: Inner) -> Actor | None:
        """The known actor that the role's bearers belong to: "Wagner soldiers", "fighters from the M23"."""
        joins = (
            role.armed
            or role.lemma in self._words["joined"]
            or role.facility
            or role.kind in {"other", "international_organisation"}
            or role.lemma == "member"
        )
        people = role.lemma in self._words["own_people"]  # "BOKO HARAM men"
        if role.lemma in self._lexicon.not_members or not (joins or people):
            return None
        composed = role.lemma in self._words["composed"]
        for how, hit in inner:
            if hit.sort == "actor" and how in _OWNING and (how == "before" or not composed):
                owner = self._choose(
                    [self._knowledge.actors.by_id[i] for i in self._aliases.get(self._key(hit), hit.ids)]
                )
                return owner if joins or (owner is not None and owner.kind in GROUP_KINDS) else None
        return None

    def _headed(self, role: Role, inner: Inner) -> Actor | None:
        """The armed group that a leader or spokesman speaks for, where the role does not make him the group itself."""
        if role.lemma not in self._words["speaks_for"]:
            return None
        for how, hit in inner:
            if hit.sort == "actor" and how in {"before", "of", "for"}:
                actor = self._knowledge.actors.by_id[hit.ids[0]]
                return actor if actor.kind in ARMED_KINDS and len(hit.ids) == 1 else None
        return None

    def _owned(self, tree: Tree, token: Token, span: Span, role: Role, owner: Actor, inner: Inner) -> ActorRef:
        """A reference to what belongs to a known actor. What left it is it no longer."""
        home = owner.home
        people = next((h.ids[0] for how, h in inner if h.sort == "demonym" and how == "before"), None)
        if self._split_off(tree, token, role, inner):
            return ActorRef(span, None, span.quote, None, owner.kind, home, role.lemma)
        if owner.kind == "government" and role.kind == "state_forces" and home is not None:
            return national_force(self._knowledge, span, home, role)
        kind: ActorKind = "facility" if role.facility and owner.kind not in ARMED_KINDS else owner.kind
        if owner.kind == "international_organisation":
            home = people
        return ActorRef(span, owner.id, owner.name, None, kind, home, role.lemma)

    def _split_off(self, tree: Tree, token: Token, role: Role, inner: Inner) -> bool:
        """Tell whether the words say that this is the actor no longer ("dissidents", "a breakaway faction of X")."""
        at = [c for c in tree.children(token.i, *MODIFYING) if tree[c].lower in self._words["sub_groups"]]
        named = [h for how, h in inner if how == "before"]
        apart = [c for c in at if not any(h.start <= tree[c].start < h.end for h in named)]
        return bool(apart) or (role.lemma in self._words["sub_groups"])

    def _national(self, tree: Tree, token: Token, role: Role) -> bool:
        """Tell whether the words name a national body with nothing that narrows it ("the army")."""
        if role.lemma not in self._words["national"] or token.dep == "compound":
            return False
        own = role.lemma.split()
        return all(
            tree[c].dep in {"det", "cc", "conj", "punct", "case", "appos", "relcl", "acl", "advmod"}
            or tree[c].lemma in own
            for c in tree.children(token.i)
        )

    def _home_body(self, span: Span, iso: str, role: Role) -> ActorRef:
        """The body of the country that the text is about."""
        if role.kind == "government":
            return replace(state(self._knowledge, span, iso), role=role.lemma)
        return national_force(self._knowledge, span, iso, role)

    # ------------------------------------------------------------------------------------------- unknown names

    def _name_ref(self, tree: Tree, token: Token, span: Span, inner: Inner) -> ActorRef | None:
        """A person's or body's own name, with the kind that a title before it gives."""
        if token.tag in {"CD", "DT", "JJ"}:
            people = token.tag == "CD"
            kind: ActorKind = "unknown" if token.tag == "JJ" else "civilians"
            return ActorRef(span, None, span.quote, None, kind, None, "people" if people else None)
        alias = self._aliases.get(fold(token.text)) if token.is_proper else None
        if alias:
            return self.reference(span, self._knowledge.actors.by_id[alias[0]])
        iso = self._metonyms.government(tree, token)
        if iso is not None:
            return state(self._knowledge, span, iso)
        country = next((h.ids[0] for how, h in inner if h.sort in {"demonym", "country"} and how in _HOMING), None)
        if not token.is_proper:
            unit = self._unit_of(tree, token, inner)
            if unit is not None:
                return self.reference(span, unit, Role(token.lemma, unit.kind, armed=True, facility=False))
            irregular = self._kinds.of_unit(tree, token)
            if irregular is not None:
                return ActorRef(span, None, span.quote, None, irregular, country, token.lemma)
            forces = self._kinds.is_craft(tree, token) or token.lemma in self._words["national_units"]
            if country is not None and forces:
                return national_force(
                    self._knowledge, span, country, Role(token.lemma, "state_forces", armed=True, facility=False)
                )
            return ActorRef(span, None, span.quote, None, "unknown", country, token.lemma)
        return (
            self._voice(span, inner)
            or self._titled(tree, token, span, country)
            or ActorRef(span, None, span.quote, None, self._kinds.of_name(span.quote.split()), country, None)
        )

    def _unit_of(self, tree: Tree, token: Token, inner: Inner) -> Actor | None:
        """The armed actor that a unit is a part of ("the military wing of X"), or whose weapon it is ("X rockets")."""
        if token.lemma not in self._lexicon.unit_nouns and not self._kinds.is_craft(tree, token):
            return None
        actors = [self._knowledge.actors.by_id[h.ids[0]] for how, h in inner if h.sort == "actor" and how in _OWNING]
        return next((a for a in actors if a.kind in ARMED_KINDS), None)

    def _voice(self, span: Span, inner: Inner) -> ActorRef | None:
        """A spokesman by name, who speaks as the armed group before it: "Houthi military SPOKESMAN YAHYA SAREE"."""
        title = next((w for w in span.quote.lower().split() if w in self._words["voices"]), None)
        role = self._lexicon.roles.get(title or "")
        group = self._headed(role, inner) if role is not None else None
        return self.reference(span, group, role) if group is not None and group.kind in GROUP_KINDS else None

    def _titled(self, tree: Tree, token: Token, span: Span, country: str | None) -> ActorRef | None:
        """A person with a title or an occupation before the name, the nearest one first ("police chief Luis Mora")."""
        words = [t for t in tree.tokens[max(0, token.i - 6) : token.i] if t.start >= span.start][::-1]
        armed = next(
            (self._lexicon.modifier_kinds[w.lower] for w in words if w.lower in self._words["armed_words"]), None
        )
        for at, word in enumerate(words):
            role = self._kinds.occupation(word, words[at + 1] if at + 1 < len(words) else None)
            whole = role is not None and " " in role.lemma  # an "attorney general" is no general
            kind = None if whole else self._lexicon.titles.get(word.lower)
            kind = kind or (role.kind if role is not None else None)
            if kind is not None:
                title = role.lemma if role is not None else word.lower.rstrip(".")
                return ActorRef(span, None, span.quote, None, armed or kind, country, title)
        return None


_HOMING = frozenset({"before", "of", "from", "in", "loyal"})  # how a country's name says whose somebody is
_INNER = frozenset({*MODIFYING, "poss"})  # how words before a noun hang from it
_OWNING = frozenset({"before", "of", "from", "loyal", "with"})


def _stands_alone(token: Token) -> bool:
    """A numeral, "some" or an adjective that serves as a noun phrase ("12 were killed", "the wounded")."""
    return token.tag in {"JJ", "CD", "DT"} and token.dep in _STANDING
