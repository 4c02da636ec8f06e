"""Room 3, actors: place names that stand for a government ("Moscow said"), and country names that are only places.

Door: `Metonyms(knowledge, countries)`.
"""

from __future__ import annotations

from collections.abc import Mapping

from reportedly.knowledge.fold import fold
from reportedly.knowledge.load import Knowledge
from reportedly.model.syntax import Token, Tree

_ADDRESSING = frozenset({"to", "on", "upon", "against", "with", "from", "for", "of", "at"})


class Metonyms:
    """Tells by the frame around a name whether a government acts or something happens in a place."""

    def __init__(self, knowledge: Knowledge, countries: Mapping[str, float]) -> None:
        self._capitals = knowledge.capitals
        self._further = knowledge.lexicon.metonyms
        self._words = knowledge.lexicon.actor_words
        self._countries = countries

    def government(self, tree: Tree, token: Token) -> str | None:
        """The country whose government a capital's name stands for here; None where it is a place or a person."""
        if not (token.is_proper or token.text[:1].isupper()) or token.dep == "compound":
            return None  # a rare name is tagged as a noun ("NAYPYIDAW accused")
        name = self._name(tree, token)
        iso = self._further.get(name) or self._capitals.get(name)
        if iso is None or (name in self._words["person_capitals"] and not self._countries.get(iso)):
            return None
        return iso if self._acts(tree, token) else None

    def is_place(self, tree: Tree, token: Token) -> bool:
        """Tell whether a country's name is here only where something is: "in Peru", "Kidal, Mali"."""
        first = tree[tree.first_conjunct(token.i)]
        if first.dep == "pobj":
            prep = tree[first.head]
            return prep.lemma in self._words["place_prepositions"] or prep.lower in self._words["place_prepositions"]
        if first.dep in {"appos", "npadvmod"} and tree[first.head].is_proper:
            return first.i > 0 and tree[first.i - 1].text == ","
        return False

    def is_land(self, tree: Tree, token: Token) -> bool:
        """Tell whether a noun such as "state" names an area, not a body: "in the STATE", "the STATE of Kachin"."""
        if token.lemma not in self._words["lands"]:
            return False
        of = (p for c in tree.children(token.i, "prep") if tree[c].lower == "of" for p in tree.children(c, "pobj"))
        return self.is_place(tree, token) or any(tree[p].is_proper for p in of)

    def _name(self, tree: Tree, token: Token) -> str:
        parts = [tree[c].text for c in tree.children(token.i, "compound") if c < token.i]
        return fold(" ".join([*parts, token.text]))

    def _acts(self, tree: Tree, token: Token) -> bool:
        first = tree[tree.first_conjunct(token.i)]
        head = tree[first.head]
        if first.dep == "nsubj":
            return head.is_verb and head.lemma not in self._words["place_verbs"]
        if first.dep in {"nsubjpass", "dobj"}:
            return head.lemma in self._words["told"]
        if first.dep == "pobj":
            return self._dealt_with(tree, head)
        return False

    def _dealt_with(self, tree: Tree, prep: Token) -> bool:
        """By whom something is done, or with whom there are dealings."""
        if prep.dep == "agent" or (prep.lemma == "by" and tree[prep.head].is_noun):
            return True
        if prep.lemma in {"in", "to"}:
            sent = [tree[prep.head], *(tree[o] for o in tree.children(prep.head, "dobj", "nsubjpass") if o < prep.i)]
            if any(token.lemma in self._words["missions"] for token in sent):
                return True
        if prep.lemma in _ADDRESSING and self._addressed(tree, prep):
            return True
        return prep.lemma in {"with", "between", "against"} and tree[prep.head].lemma in self._words["dealings"]

    def _addressed(self, tree: Tree, prep: Token) -> bool:
        """ "sanctions AGAINST Tehran", "cut funds FOR Budapest": something said or done to a government."""
        given = (o for o in tree.children(prep.head, "dobj", "nsubjpass") if o < prep.i)
        return any(tree[i].lemma in self._words["addressed"] for i in (prep.head, *given))
