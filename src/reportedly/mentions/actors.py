"""Room 3, actors: read noun phrases as actors: known names, roles with nationality, people and things.

Door: `ActorReader.read(tree, hits)`. Says who is named, not who did what; unknown actors stay unknown.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from reportedly.knowledge.actors import Actor
from reportedly.knowledge.fold import fold
from reportedly.knowledge.lexicon import Role
from reportedly.knowledge.load import Knowledge
from reportedly.mentions.names import NameHit
from reportedly.model import ActorKind, ActorRef, Span
from reportedly.model.syntax import Token, Tree

_INSIDE = frozenset({"amod", "compound", "poss", "case", "nmod", "punct", "npadvmod", "advmod", "nummod", "quantmod"})
_NOT_LEADING = frozenset(
    {"DT", "PDT", "CD", "PRP$", ",", "``", "''", ":", "-LRB-", "IN", "RB", "RBR", "RBS", "JJR", "JJS", "CC", "TO", "."}
)
_BRACKET_REACH = 90
_STATE_BODY = {
    "police": "police",
    "policeman": "police",
    "policewoman": "police",
    "police officer": "police",
    "gendarme": "gendarmerie",
    "gendarmerie": "gendarmerie",
}


class ActorReader:
    """Reads the noun phrases of one document's trees. Holds what the document has introduced so far."""

    def __init__(
        self, knowledge: Knowledge, text: str, countries: Mapping[str, float], aliases: Mapping[str, tuple[str, ...]]
    ) -> None:
        self._knowledge = knowledge
        self._lexicon = knowledge.lexicon
        self._text = text
        self._countries = countries
        self._aliases = aliases

    def read(self, tree: Tree, hits: Sequence[NameHit]) -> Mapping[int, ActorRef]:
        """Return the actor of every noun phrase of the tree, keyed by the phrase's head token."""
        found: dict[int, ActorRef] = {}
        by_token = _hits_by_token(tree, hits)
        for token in tree:
            if (
                token.is_noun
                or token.i in by_token
                or (token.tag in {"JJ", "CD", "DT"} and self._stands_alone(tree, token))
            ):
                ref = self._phrase(tree, token, by_token)
                if ref is not None:
                    found[token.i] = ref
        return self._appositions(tree, found)

    def _stands_alone(self, tree: Tree, token: Token) -> bool:
        """A numeral, "some" or an adjective that serves as a noun phrase ("12 were killed", "the wounded")."""
        return token.dep in {"nsubj", "nsubjpass", "dobj", "pobj", "conj", "attr"}

    def _phrase(self, tree: Tree, token: Token, by_token: Mapping[int, NameHit]) -> ActorRef | None:
        if token.tag in {"PRP", "WP"}:
            return ActorRef(Span(token.start, token.end, self._cut(token.start, token.end)), role=token.lower)
        hit = by_token.get(token.i)
        span = self._span(tree, token, hit)
        role = self._role(tree, token)
        inner = self._inner_hits(tree, token, by_token)
        if hit is not None and hit.sort == "actor":
            return self._known(span, hit.ids, role)
        if hit is not None and hit.sort == "country":
            return self._state(span, hit.ids[0])
        if role is not None:
            return self._role_ref(tree, token, span, role, inner)
        if hit is not None:
            return ActorRef(span, name=span.quote, kind="civilians" if token.is_noun else "unknown", country=hit.ids[0])
        return self._name_ref(tree, token, span, inner)

    def _span(self, tree: Tree, token: Token, hit: NameHit | None) -> Span:
        """The phrase without leading article, numerals and clauses: modifiers before, "of" and "from" after."""
        first, last = token.i, token.i
        left = tree.bounds(token.i)[0]
        while first > left and self._belongs(tree, token, first - 1):
            first -= 1
        while first < token.i and (
            tree[first].tag in _NOT_LEADING or tree[first].dep in {"quantmod", "nummod", "predet"}
        ):
            first += 1
        for prep in tree.children(token.i, "prep"):
            if prep == last + 1 and tree[prep].lemma in {"of", "from"} and (tail := self._tail(tree, prep)) is not None:
                last = tail
        start, end = tree[first].start, tree[last].end
        if hit is not None:
            start, end = min(start, hit.start), max(end, hit.end)
        quote = self._cut(start, end)
        if quote.endswith(("’s", "'s")):
            end, quote = end - 2, quote[:-2]
        return Span(start, end, quote)

    def _belongs(self, tree: Tree, token: Token, index: int) -> bool:
        """Tell whether the token at `index`, directly before the phrase so far, is a modifier of its head."""
        other = tree[index]
        if other.dep in _INSIDE or other.tag in {"JJ", "NNP", "NNPS", "NN", "HYPH", "POS", "VBN", "VBG", "AFX"}:
            return (
                tree.covers(token.i, index)
                and other.dep not in {"conj", "appos", "relcl", "acl"}
                and other.tag not in {",", "``", "''", "-LRB-"}
            )
        return False

    def _tail(self, tree: Tree, prep: int) -> int | None:
        """Last token of a short prepositional phrase."""
        head = tree.child(prep, "pobj")
        if head is None:
            return None
        last = head
        for inner in tree.children(head, "prep"):
            if inner == last + 1 and tree[inner].lemma == "of":
                last = self._tail(tree, inner) or last
        return last

    def _cut(self, start: int, end: int) -> str:
        return self._text[start:end]

    def _role(self, tree: Tree, token: Token) -> Role | None:
        """The role of a head noun, two-word roles first ("security forces", "police officer")."""
        roles = self._lexicon.roles
        if token.i and (before := tree[token.i - 1]).dep in {"compound", "amod"} and before.head == token.i:
            pair = roles.get(f"{before.lemma} {token.lemma}") or roles.get(f"{before.lower} {token.lemma}")
            if pair is not None:
                return pair
        role = roles.get(token.lemma)
        if role is None and token.is_proper:
            role = roles.get(token.lower) if token.dep not in {"compound"} else None
        return role

    def _inner_hits(self, tree: Tree, token: Token, by_token: Mapping[int, NameHit]) -> list[tuple[str, NameHit]]:
        """Known names inside the phrase with how they stand: `before`, `of`, `from` ..."""
        found: list[tuple[str, NameHit]] = []
        for child in tree.children(token.i):
            dep, lemma = tree[child].dep, tree[child].lemma
            if dep in {"amod", "compound", "poss", "nmod", "npadvmod"}:
                for index in tree.subtree(child):
                    if index in by_token:
                        found.append(("before", by_token[index]))
            elif dep == "prep" or lemma in self._lexicon.belonging:
                for index in tree.subtree(child):
                    if index in by_token and index - child <= 12:
                        found.append((lemma if dep == "prep" else "loyal", by_token[index]))
        return list(dict.fromkeys(found))

    def _known(self, span: Span, ids: Sequence[str], role: Role | None) -> ActorRef:
        actor = self._choose(ids)
        return self.reference(span, actor, role)

    def reference(self, span: Span, actor: Actor, role: Role | None = None) -> ActorRef:
        """A reference to a known actor."""
        country = actor.countries[0] if actor.countries else None
        return ActorRef(span, actor.id, actor.name, None, actor.kind, country, role.lemma if role else None)

    def _choose(self, ids: Sequence[str]) -> Actor:
        """Of actors that share a name, the one whose countries the document speaks of most."""
        actors = [self._knowledge.actors.by_id[i] for i in ids]
        return max(actors, key=lambda a: (max((self._countries.get(c, 0.0) for c in a.countries), default=0.0), a.id))

    def _state(self, span: Span, iso: str) -> ActorRef:
        government = self._knowledge.actors.by_id.get(f"{iso.lower()}-gov")
        name = government.name if government else self._knowledge.countries[iso].name
        return ActorRef(span, government.id if government else None, name, None, "government", iso, None)

    def _role_ref(
        self, tree: Tree, token: Token, span: Span, role: Role, inner: Sequence[tuple[str, NameHit]]
    ) -> ActorRef:
        owner = self._owner(role, inner)
        country = next((h.ids[0] for _, h in inner if h.sort in {"demonym", "country"}), None)
        if owner is not None:
            kind = owner.kind if role.armed or role.facility or role.kind == "other" else role.kind
            return ActorRef(
                span, owner.id, owner.name, None, kind, owner.countries[0] if owner.countries else country, role.lemma
            )
        kind = self._kind(tree, token, role)
        if kind == "state_forces" and country:
            return self._national_force(span, country, role)
        if (
            role.kind == "government"
            and country
            and role.lemma in {"government", "regime", "authority", "administration", "junta", "state"}
        ):
            return replace(self._state(span, country), role=role.lemma)
        return ActorRef(span, None, span.quote, None, kind, country, role.lemma)

    def _owner(self, role: Role, inner: Sequence[tuple[str, NameHit]]) -> Actor | None:
        """The known actor that the role's bearers belong to: "Wagner soldiers", "fighters from the M23"."""
        if role.lemma in self._lexicon.not_members or not (role.armed or role.facility or role.kind == "other"):
            return None
        for how, hit in inner:
            if hit.sort == "actor" and how in {"before", "of", "from", "loyal", "with"}:
                return self._choose(hit.ids)
        return None

    def _kind(self, tree: Tree, token: Token, role: Role) -> ActorKind:
        """The role's kind, sharpened by modifiers: "rebel fighters", "government forces", "ethnic militia"."""
        modifiers = [tree[c].lemma for c in tree.children(token.i, "amod", "compound", "nmod", "npadvmod")]
        modifiers += [
            tree[g].lemma for c in tree.children(token.i, "amod") for g in tree.children(c, "npadvmod", "compound")
        ]
        if role.facility or (not role.armed and role.kind not in {"other", "civilians"}):
            return role.kind
        for word in modifiers:
            kind = self._lexicon.modifier_kinds.get(word)
            if kind is None or (kind == "identity_militia" and role.kind == "rebel_group"):
                continue
            if (
                role.armed
                and role.kind in {"unknown", "political_militia", "state_forces"}
                and role.lemma not in {"gunman", "police"}
            ):
                return kind
            if role.lemma in {"group", "movement", "organization", "organisation", "leader", "member", "unit", "cell"}:
                return kind
        if role.lemma == "group" and "armed" in modifiers:
            return "rebel_group" if any(m in self._lexicon.modifier_kinds for m in modifiers) else "political_militia"
        return role.kind

    def _national_force(self, span: Span, country: str, role: Role) -> ActorRef:
        body = _STATE_BODY.get(role.lemma, "army")
        actor = self._knowledge.actors.by_id.get(f"{country.lower()}-{body}")
        if actor is None:
            return ActorRef(span, None, span.quote, None, "state_forces", country, role.lemma)
        return ActorRef(span, actor.id, actor.name, None, "state_forces", country, role.lemma)

    def _name_ref(self, tree: Tree, token: Token, span: Span, inner: Sequence[tuple[str, NameHit]]) -> ActorRef | None:
        """A person's or body's own name, with the kind that a title before it gives."""
        if token.tag in {"CD", "DT", "JJ"}:
            return ActorRef(
                span,
                None,
                span.quote,
                None,
                "civilians" if token.tag != "JJ" else "unknown",
                None,
                "people" if token.tag == "CD" else None,
            )
        alias = self._aliases.get(fold(token.text)) if token.is_proper else None
        if alias:
            return self._known(span, alias, None)
        country = next((h.ids[0] for _, h in inner if h.sort in {"demonym", "country"}), None)
        if token.is_proper:
            for child in tree.children(token.i, "compound", "amod", "nmod"):
                kind = self._lexicon.titles.get(tree[child].lower)
                if kind is not None:
                    return ActorRef(span, None, span.quote, None, kind, country, tree[child].lower.rstrip("."))
        return ActorRef(span, None, span.quote, None, "unknown", country, None if token.is_proper else token.lemma)

    def _appositions(self, tree: Tree, found: dict[int, ActorRef]) -> Mapping[int, ActorRef]:
        """Let a description and the name beside it tell of the same actor."""
        for index, ref in list(found.items()):
            others = [found[c] for c in tree.children(index, "appos") if c in found]
            if tree[index].dep == "appos" and tree[index].head in found:
                others.append(found[tree[index].head])
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
                found[index] = replace(
                    ref, kind=others[0].kind, role=others[0].role, country=ref.country or others[0].country
                )
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


def _hits_by_token(tree: Tree, hits: Sequence[NameHit]) -> Mapping[int, NameHit]:
    """Give each hit to the token that heads it: of its tokens, the one whose head lies outside."""
    found: dict[int, NameHit] = {}
    for hit in hits:
        inside = tree.at(hit.start, hit.end)
        if not inside:
            continue
        heads = [i for i in inside if tree[i].head not in inside or tree[i].head == i]
        nouns = [i for i in heads if tree[i].is_noun] or heads
        found[nouns[-1] if nouns else inside[-1]] = hit
    return found
