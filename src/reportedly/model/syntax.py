"""A parsed stretch of text: tokens with their heads. Free of any parser, so that rooms and tests need none."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Container, Iterator, Sequence
from typing import NamedTuple

_MODIFYING = ("amod", "compound", "nmod")
_NAMES = frozenset({"JJ", "NNP", "NNPS"})
SUBJECTS = frozenset({"nsubj", "nsubjpass", "csubj", "csubjpass"})

VERBS = frozenset({"VB", "VBD", "VBG", "VBN", "VBP", "VBZ", "MD"})
PROPER = frozenset({"NNP", "NNPS"})
NOUNS = frozenset({"NN", "NNS", "PRP"}) | PROPER
_NONE: frozenset[str] = frozenset()


class Token(NamedTuple):
    """One token: index in its tree, code points in the document, surface, lower case, lemma, Penn tag, label, head."""

    i: int
    start: int
    end: int
    text: str
    lower: str
    lemma: str
    tag: str
    dep: str
    head: int

    @property
    def is_verb(self) -> bool:
        return self.tag in VERBS

    @property
    def is_noun(self) -> bool:
        return self.tag in NOUNS

    @property
    def is_proper(self) -> bool:
        return self.tag in PROPER


class Tree(tuple[Token, ...]):
    """The tokens of one segment with lookup of children and subtrees. Immutable after construction.

    `lemmas` are the lemmas in it, `forms` those and the words in lower case, `tags` and `arcs` the tags and labels. A
    tuple by birth: a rule that asks for a token asks a million times in a hundred articles.
    """

    def __init__(self, tokens: Sequence[Token]) -> None:
        columns = tuple(zip(*tokens, strict=True)) or ((),) * len(Token._fields)
        _, starts, ends, _, lower, lemmas, tags, labels, heads = columns
        children: list[list[int]] = [[] for _ in heads]
        for index, head in enumerate(heads):
            if head != index:
                children[head].append(index)
        self._children, self._heads = children, heads
        self._above: dict[int, tuple[int, ...]] = {}
        self._labels = labels
        self._below = [frozenset([labels[c] for c in found]) if found else _NONE for found in children]
        self._left, self._right = _edges(heads)
        self.lemmas = frozenset(lemmas)
        self.forms = self.lemmas.union(lower)
        self.tags, self.arcs = frozenset(tags), frozenset(labels)
        self._starts, self._ends = starts, ends

    @property
    def tokens(self) -> tuple[Token, ...]:
        """The tokens in text order."""
        return self

    @property
    def start(self) -> int:
        return self[0].start if self else 0

    @property
    def end(self) -> int:
        return self[-1].end if self else 0

    def children(self, index: int, *deps: str) -> list[int]:
        """Indices of the direct dependants, of the given labels only where labels are given."""
        if not deps:
            return list(self._children[index])
        found: list[int] = []
        below = self._below[index]
        if not below or below.isdisjoint(deps):
            return found
        labels = self._labels
        for child in self._children[index]:  # asked 6,000 times an article: a comprehension takes half as long again
            if labels[child] in deps:
                found.append(child)
        return found

    def has(self, index: int, *deps: str) -> bool:
        """Tell whether a dependant has one of the labels."""
        return not self._below[index].isdisjoint(deps)

    def is_leaf(self, index: int) -> bool:
        """Tell whether nothing hangs from a token."""
        return not self._children[index]

    def child(self, index: int, *deps: str) -> int | None:
        """The first dependant with one of the labels."""
        if self._below[index].isdisjoint(deps):
            return None
        labels = self._labels
        for child in self._children[index]:
            if labels[child] in deps:
                return child
        return None

    def bounds(self, index: int) -> tuple[int, int]:
        """First and last token index of the subtree."""
        return self._left[index], self._right[index]

    def subtree(self, index: int) -> list[int]:
        """Indices of the subtree in text order."""
        if not self._children[index]:
            return [index]
        found, stack = [], [index]
        while stack:
            here = stack.pop()
            found.append(here)
            stack.extend(self._children[here])
        return sorted(found)

    def ancestors(self, index: int) -> tuple[int, ...]:
        """The heads from the direct one up to the root; asked again and again of the same token."""
        found = self._above.get(index)
        if found is None:
            found = self._above[index] = tuple(self._heads_above(index))
        return found

    def _heads_above(self, index: int) -> Iterator[int]:
        here, heads = index, self._heads
        for _ in heads:
            head = heads[here]
            if head == here:
                return
            yield head
            here = head

    def conjuncts(self, index: int) -> list[int]:
        """The token and all that are coordinated below it, in text order."""
        if "conj" not in self._below[index]:
            return [index]
        found, stack = [], [index]
        while stack:
            here = stack.pop()
            found.append(here)
            stack.extend(self.children(here, "conj"))
        return sorted(found)

    def first_conjunct(self, index: int) -> int:
        """The head of the coordination that the token belongs to."""
        while self._labels[index] == "conj":
            index = self[index].head
        return index

    def names_before(self, index: int) -> list[int]:
        """Several names or nationalities that share the noun at `index`, in text order: "ISRAELI, SYRIAN and TURKISH
        troops"; none where there is one only."""
        if self._below[index].isdisjoint(_MODIFYING):
            return []
        if "conj" not in self.arcs:
            return []
        inside = [c for c in self.children(index, *_MODIFYING) if c < index]
        last = next((c for c in reversed(inside) if "conj" in self._below[c]), None)
        if last is None:
            return []
        before = [c for c in inside if c < last and self.tokens[c + 1].text == ","]
        found = [*before, *self.conjuncts(last)]
        named = all(self.tokens[i].text[:1].isupper() and self.tokens[i].tag in _NAMES for i in found)
        return found if named and found[-1] < index else []

    def covers(self, index: int, other: int) -> bool:
        """Tell whether `other` lies in the subtree of `index`."""
        return other == index or (self._left[index] <= other <= self._right[index] and index in self.ancestors(other))

    def at(self, start: int, end: int) -> list[int]:
        """Indices of the tokens that overlap the code points."""
        return list(range(bisect_right(self._ends, start), bisect_left(self._starts, end)))

    def holding(self, offset: int) -> int | None:
        """The token in which a code point lies; none where it lies between two."""
        index = bisect_right(self._starts, offset) - 1
        return index if index >= 0 and offset < self._ends[index] else None


def takes_place(tree: Tree, noun: int, verbs: Container[str]) -> bool:
    """Tell whether the words say of a thing that it took place ("the attack OCCURRED in the village of X", "THERE WERE
    clashes in X"); `verbs` are the lemmas that can say so."""
    verb = tree[tree[noun].head]
    if tree[noun].dep == "attr" and verb.lemma == "be" and tree.has(verb.i, "expl"):
        return True
    if tree[noun].dep != "nsubj" or verb.lemma not in verbs:
        return False
    return verb.lemma != "take" or any(tree[o].lemma == "place" for o in tree.children(verb.i, "dobj"))


def _edges(heads: Sequence[int]) -> tuple[list[int], list[int]]:
    """The first and the last token below each token, itself included.

    Each token is carried up only as far as it widens: from the left for the first, from the right for the last.
    """
    left, right = list(range(len(heads))), list(range(len(heads)))
    for index in range(len(heads)):
        above = heads[index]
        while left[above] > index:
            left[above], above = index, heads[above]
    for index in reversed(range(len(heads))):
        above = heads[index]
        while right[above] < index:
            right[above], above = index, heads[above]
    return left, right
