"""Room 4, ties of relations: which words of a sentence tie which two tokens, by verbs, nouns, hyphens and prefixes.

Door: `Ties(sentence, words).found()`. Works with token indices; who stands there is for `relation_ends` to say.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

from reportedly.claims.relation_slots import members, noun_slot, preps, sides_of, verb_slot
from reportedly.knowledge.relation_words import RelationWords, Tie
from reportedly.model.reading import Sentence
from reportedly.model.syntax import Token, Tree

_SIDES_AT_MOST = 6
_HYPHENS = frozenset({"-", "–", "‑"})


@dataclass(frozen=True, slots=True)
class Found:
    """A tie as read: the word that ties, its other words, and the head tokens of the two ends."""

    tie: Tie
    anchor: int
    words: tuple[int, ...]
    source: int
    target: int


def may_tie(tree: Tree, words: RelationWords) -> bool:
    """A quick look before the patterns: most sentences tie nobody."""
    tying = not words.tying.isdisjoint(tree.forms)
    return tying or any("-" in form or form in _HYPHENS for form in tree.forms)


class Ties:
    """Reads the ties of one sentence."""

    def __init__(self, sentence: Sentence, words: RelationWords) -> None:
        self._sentence = sentence
        self._tree = sentence.tree
        self._words = words

    def found(self) -> Iterator[Found]:
        """The ties in text order."""
        words, before = self._words.tying, ""
        for token in self._tree:
            # The same look at each word.
            if token.lemma in words or token.lower in words or "-" in token.lower or before in _HYPHENS:
                yield from self._verbs(token)
                yield from self._nouns(token)
                yield from self._hyphens(token)
                yield from self._prefixes(token)
            before = token.text

    def _verbs(self, token: Token) -> Iterator[Found]:
        if not token.tag.startswith("VB") or self._hyphenated(token.i):
            return
        for tie in self._words.verbs.get(token.lemma, ()):
            extra = self._needs(token.i, tie)
            if extra is None:
                continue
            sources = verb_slot(self._tree, token.i, tie.source)
            if tie.sides:
                found = list(self._each(tie, token.i, (token.i, *extra), sources))
            else:
                targets = verb_slot(self._tree, token.i, tie.target)
                words = (token.i, *extra, *self._prepositions(token.i, targets, tie.target))
                found = list(self._pairs(tie, token.i, words, sources, targets))
            yield from found
            if found:
                return

    def _each(self, tie: Tie, verb: int, words: tuple[int, ...], sources: Sequence[int]) -> Iterator[Found]:
        """ "X and Y signed a truce": those who did it together are tied to each other."""
        together = [m for s in sources for m in members(self._tree, s)]
        for one, other in combinations(together[:_SIDES_AT_MOST], 2):
            yield Found(tie, verb, words, one, other)

    def _needs(self, verb: int, tie: Tie) -> tuple[int, ...] | None:
        """The further words that a verb needs for this tie, or None when one is missing."""
        tree = self._tree
        objects = tree.children(verb, "dobj", "nsubjpass")
        extra: list[int] = []
        if tie.objects is not None:
            fitting = [o for o in objects if tree[o].lemma in tie.objects]
            if bool(tie.objects) != bool(fitting) or (not tie.objects and objects):
                return None
            extra += fitting[:1]
        if tie.adverbs:
            adverbs = [a for a in tree.children(verb, "advmod") if tree[a].lower in tie.adverbs]
            if not adverbs:
                return None
            extra += adverbs[:1]
        if tie.goods:
            goods = [m for o in preps(tree, verb, "with") for m in members(tree, o) if tree[m].lemma in tie.goods]
            if not goods:
                return None
            extra += [tree[goods[0]].head]
        return tuple(extra)

    def _prepositions(self, head: int, targets: Sequence[int], slots: Sequence[str]) -> tuple[int, ...]:
        return tuple(self._tree[t].head for t in targets if self._tree[self._tree[t].head].lower in slots)[:1]

    def _nouns(self, token: Token) -> Iterator[Found]:
        if not (token.is_noun or token.tag == "VBG") or self._in_name(token.i):
            return
        if token.tag == "VBG" and token.dep not in {"nsubj", "pobj", "dobj", "pcomp", "ROOT", "conj"}:
            return
        for tie in self._words.nouns.get(token.lemma if token.is_noun else token.lower, ()):
            if tie.sides:
                found = list(self._sides(tie, token.i))
            else:
                sources = noun_slot(self._tree, token.i, tie.source, self._words.light_verbs)
                targets = noun_slot(self._tree, token.i, tie.target, self._words.light_verbs)
                extra = tuple(
                    self._tree[t].head
                    for t in (*targets, *sources)
                    if self._tree[t].dep == "pobj" and self._tree[self._tree[t].head].head == token.i
                )
                found = list(self._pairs(tie, token.i, (token.i, *extra[:1]), sources, targets))
            yield from found
            if found:
                return

    def _in_name(self, index: int) -> bool:
        """The head of a known name ("Al-Quds Brigades") ties nothing."""
        ref = self._sentence.actors.get(index)
        return self._tree[index].is_proper and ref is not None and ref.actor_id is not None

    def _sides(self, tie: Tie, noun: int) -> Iterator[Found]:
        word, sides = sides_of(self._tree, noun)
        if word is None:
            return
        for one, other in combinations(sides[:_SIDES_AT_MOST], 2):
            yield Found(tie, noun, (noun, word), one, other)

    def _pairs(
        self, tie: Tie, anchor: int, words: tuple[int, ...], sources: Sequence[int], targets: Sequence[int]
    ) -> Iterator[Found]:
        for source in (m for s in sources for m in members(self._tree, s)):
            for target in (m for t in targets for m in members(self._tree, t)):
                if source != target:
                    yield Found(tie, anchor, words, source, target)

    def _hyphenated(self, index: int) -> bool:
        return index >= 2 and self._tree[index - 1].text in _HYPHENS

    def _hyphens(self, token: Token) -> Iterator[Found]:
        """ "X-backed Y": the word before the hyphen and the noun after; the parser may keep "X-backed" as one word."""
        word, before = token.lower, token.i - 2
        if not self._hyphenated(token.i):
            word, before = token.lower.rpartition("-")[2], token.i
            if word == token.lower:
                return
        noun = self._described(token.i)
        for tie in self._words.hyphens.get(word, ()) if noun is not None else ():
            ends = {"before": before, "noun": noun if noun is not None else token.i}
            yield Found(tie, token.i, (token.i,), ends[tie.source[0]], ends[tie.target[0]])

    def _prefixes(self, token: Token) -> Iterator[Found]:
        """ "pro-X Y"."""
        ties = self._words.prefixes.get(token.lower, ())
        at = token.i + 2
        if not ties or at >= len(self._tree) or not self._hyphenated(at):
            return
        noun = self._described(at)
        if noun is not None and noun != at:
            yield from (Found(t, token.i, (token.i,), noun, at) for t in ties)

    def _described(self, index: int) -> int | None:
        """The noun that a modifier describes: the last of a compound that can be an actor."""
        nouns: list[int] = []
        here = index
        for _ in range(4):
            token = self._tree[here]
            if here != index and token.is_noun:
                nouns.append(here)
            if token.head == here or token.dep not in {"amod", "compound", "nmod", "npadvmod", "acl", "poss"}:
                break
            here = token.head
        refs = {n: self._sentence.actors.get(n) for n in nouns}
        acting = [n for n, r in refs.items() if r is not None and r.kind not in {"facility", "unknown"}]
        return next(reversed(acting or nouns), None)
