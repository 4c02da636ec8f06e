"""Room 3, kinds of actors: what role a noun gives, and of which kind who bears it is, by the words beside it.

Door: `Kinds`. Looks at words alone: who is meant is for `actors`.
"""

from __future__ import annotations

from collections.abc import Sequence

from reportedly.knowledge.lexicon import Lexicon, Role
from reportedly.model import GROUP_KINDS, ActorKind
from reportedly.model.syntax import Token, Tree

MODIFYING = ("amod", "compound", "nmod", "npadvmod")
HYPHENS = frozenset("-‐‑–")
STATE_ROLES = frozenset({"government", "regime", "authority", "administration", "junta", "state"})
_GROUP_ROLES = frozenset({"group", "movement", "organization", "organisation", "member", "unit", "cell"})


class Kinds:
    """The roles and kinds that the words of a language give."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._lexicon = lexicon
        self._words = lexicon.actor_words
        self._craft_heads = frozenset(w.split()[-1] for w in self._words["war_craft"])

    def role(self, tree: Tree, token: Token) -> Role | None:
        """The role of a head noun, two-word roles first ("security forces", "police officer")."""
        roles = self._lexicon.roles
        heads, before = self._lexicon.role_heads, tree[token.i - 1]
        paired = token.i and before.head == token.i and before.dep in {"compound", "amod"}
        if paired and (token.lemma in heads or token.lower in heads):
            pair = (
                roles.get(f"{before.lemma} {token.lemma}")
                or roles.get(f"{before.lower} {token.lemma}")
                or roles.get(f"{before.lower} {token.lower}")
            )
            if pair is not None:
                return pair
        role = roles.get(token.lemma)
        if role is None and (token.is_proper or token.tag == "NNS"):
            role = roles.get(token.lower) if token.dep not in {"compound"} else None
        return role

    def is_thing(self, tree: Tree, index: int) -> bool:
        """Tell whether a noun names what can be hit: "a section of the PIPELINE"."""
        role = self.role(tree, tree[index])
        return role is not None and role.facility

    def is_armed_plural(self, token: Token) -> bool:
        """Tell whether a plural is that of armed people: "a column of TROOPS"."""
        role = self._lexicon.roles.get(token.lemma)
        return token.tag == "NNS" and role is not None and role.armed

    def of_role(self, tree: Tree, token: Token, role: Role, country: str | None) -> ActorKind:
        """The role's kind, sharpened by modifiers: "rebel fighters", "government forces", "ethnic militia"."""
        modifiers = _modifiers(tree, token)
        if role.facility:
            return self._carried(tree, token, role, country)
        if role.lemma == "mercenary" and country:
            return "external_forces"
        if not role.armed and role.kind not in {"other", "civilians"} and role.lemma not in self._words["speaks_for"]:
            return role.kind
        kind = self._modified(role, modifiers)
        if kind is not None:
            return kind
        if role.lemma == "group" and "armed" in modifiers:
            return "political_militia"
        if role.lemma in self._words["members_of"] or role.lemma in self._words["composed"]:
            return self._body(tree, token) or role.kind
        if "armed" in modifiers or role.lemma in self._words["hunters"]:
            people = any(m in self._lexicon.ethnic for m in modifiers)
            return "identity_militia" if people and role.kind == "civilians" else role.kind
        if role.lemma == "man" and not self._lexicon.unidentified.isdisjoint(modifiers & {"masked", "hooded", "armed"}):
            return "political_militia"
        return "state_forces" if role.lemma == "force" and country else role.kind

    def _body(self, tree: Tree, token: Token) -> ActorKind | None:
        """The kind of the body that members belong to ("a member of parliament", "gang members")."""
        inner = [tree[c] for c in tree.children(token.i, "compound")]
        inner += [
            tree[p] for c in tree.children(token.i, "prep") if tree[c].lemma == "of" for p in tree.children(c, "pobj")
        ]
        roles = [self.role(tree, other) for other in inner]
        kinds = [role.kind if role is not None else None for role in roles] + [self.of_unit(tree, o) for o in inner]
        return next((kind for kind in kinds if kind not in {None, "other", "facility", "unknown"}), None)

    def _modified(self, role: Role, modifiers: frozenset[str]) -> ActorKind | None:
        """The kind that a modifier gives to the role, if any does."""
        speaker = role.lemma in self._words["speaks_for"]
        for word in sorted(modifiers):
            kind = self._lexicon.modifier_kinds.get(word)
            if kind is None or (kind == "identity_militia" and (role.kind == "rebel_group" or speaker)):
                continue
            if speaker and word in self._words["civil_words"] and not role.armed:
                continue
            loose = role.kind in {"unknown", "political_militia", "state_forces"}
            of_a_people = role.lemma == "gunman" and word in self._lexicon.ethnic
            if role.armed and loose and (of_a_people or role.lemma not in {"gunman", "police"}):
                return kind
            if role.lemma in _GROUP_ROLES or (speaker and not role.armed):
                return kind
        if role.lemma == "group" and "armed" in modifiers and not modifiers.isdisjoint(self._lexicon.modifier_kinds):
            return "rebel_group"
        return None

    def of_unit(self, tree: Tree, token: Token) -> ActorKind | None:
        """The kind of a unit by the irregulars before it: "a rebel COLUMN", "the separatist WING"; None for others."""
        if token.lemma not in self._lexicon.unit_nouns:
            return None
        kinds = (self._lexicon.modifier_kinds.get(word) for word in sorted(_modifiers(tree, token)))
        return next((kind for kind in kinds if kind in GROUP_KINDS), None)

    def _carried(self, tree: Tree, token: Token, role: Role, country: str | None) -> ActorKind:
        """A column or craft of armed people stands for them ("an army convoy", "Turkish jets"); else a thing."""
        state = any(t.lemma in STATE_ROLES for t in (tree[c] for c in tree.children(token.i, "compound")))
        if role.lemma in self._words["war_craft"] and (country or state):
            return "state_forces"
        if role.lemma not in self._words["carriers"]:
            return role.kind
        inner = [tree[c] for c in tree.children(token.i, "compound")]
        inner += [
            tree[p] for c in tree.children(token.i, "prep") if tree[c].lemma == "of" for p in tree.children(c, "pobj")
        ]
        roles = [self._lexicon.roles.get(other.lemma) for other in inner]
        return next((r.kind for r in roles if r is not None and r.armed and r.kind != "unknown"), role.kind)

    def is_craft(self, tree: Tree, token: Token) -> bool:
        """Tell whether a noun is a craft or a weapon that stands for its owner, with the word before it or alone."""
        if token.lemma not in self._craft_heads:
            return False
        craft = self._words["war_craft"]
        return token.lemma in craft or (token.i > 0 and f"{tree[token.i - 1].lower} {token.lemma}" in craft)

    def occupation(self, word: Token, before: Token | None) -> Role | None:
        """The role that a word before a person's name gives him, with the word before it where both make one."""
        roles = self._lexicon.roles
        role = roles.get(f"{before.lower} {word.lemma}") if before is not None else None
        role = role or roles.get(word.lemma) or roles.get(word.lower)
        if role is None or role.facility or role.kind in {"other", "international_organisation"}:
            return None
        return None if word.lower in self._words["armed_words"] or word.lower in self._lexicon.ethnic else role

    def of_name(self, words: Sequence[str]) -> ActorKind:
        """What bears a name of such words, by its last words first ("X Mining Ltd.", "the Y Liberation Movement")."""
        if len(words) < 2:
            return "unknown"
        for word in reversed(words):
            kind = self._lexicon.name_kinds.get(word.lower())
            if kind is not None and (kind != "rebel_group" or words[-1].lower() != word.lower()):
                return kind
        return "unknown"


def _modifiers(tree: Tree, token: Token) -> frozenset[str]:
    """Words before a head and before its adjectives; of words joined by a hyphen the whole alone ("pro-government")."""
    at = [c for c in tree.children(token.i, *MODIFYING) if c < token.i]
    at += [g for c in at if tree[c].dep == "amod" for g in tree.children(c, "npadvmod", "compound")]
    joined, parts = _hyphenated(tree, token)
    at = [c for c in at if c not in parts]
    return frozenset({tree[c].lemma for c in at} | {tree[c].lower for c in at} | joined)


def _hyphenated(tree: Tree, token: Token) -> tuple[set[str], set[int]]:
    """Words joined by hyphens before a head, each pair as one ("self-defense"), and the tokens of the pairs."""
    found: set[str] = set()
    parts: set[int] = set()
    if HYPHENS.isdisjoint(tree.forms):
        return found, parts
    for at in range(max(1, token.i - 5), token.i - 1):
        if tree[at].text in HYPHENS and tree[at - 1].end == tree[at].start and tree[at].end == tree[at + 1].start:
            found.add(f"{tree[at - 1].lower}-{tree[at + 1].lower}")
            parts |= {at - 1, at + 1}
    return found, parts
