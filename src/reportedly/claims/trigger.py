"""Room 4, trigger: the words that tell of an event, as one stretch ("a BOMB EXPLODED", "CONTINUED THEIR OFFENSIVE").

Door: `trigger_words(view, hit, heads)`. From the main event word the stretch grows over the other words that tell the
same happening, and over a verb that only says that it was ("the attack OCCURRED"), as far as they stand together.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator

from reportedly.claims.view import View
from reportedly.knowledge.lexicon import ADJECTIVE
from reportedly.model import Span
from reportedly.model.reading import TriggerHit
from reportedly.model.syntax import Tree

# Other words between two that stand together, at most; and words of the whole stretch.
_GAP, _LONGEST = 5, 9
# What may stand between: articles, adjectives and what else describes, helping verbs, adverbs, one preposition.
_LOOSE = frozenset(
    {"det", "amod", "compound", "poss", "nummod", "aux", "auxpass", "advmod", "prep", "agent", "prt", "case", "punct"}
)
_SUBJECTS = frozenset({"nsubj", "nsubjpass"})
# Verbs that say so only with another word: "took PLACE", "broke OUT", "went ON".
_PHRASAL = frozenset({"take", "break", "go", "carry", "step", "flare"})


def trigger_words(view: View, hit: TriggerHit, heads: Collection[int]) -> Span:
    """Return the event words of a happening; the main one alone where they do not stand together."""
    tree = view.tree
    first, last = min(hit.tokens), max(hit.tokens)
    if last - first + 1 > len(hit.tokens) + 1 and not _noun_phrase(tree, first, last):
        first = last = hit.head
    others = {*heads, *_saying_that_it_was(view, hit)} - set(hit.tokens)
    if hit.pos == ADJECTIVE:
        others = set()  # "the WOUNDED died": who, not what
    for other in sorted(others, key=lambda i: (abs(i - hit.head), i)):
        begin, end = min(first, other), max(last, other)
        if end - begin < _LONGEST and _together(tree, min(last, other), max(first, other)):
            first, last = begin, end
    return Span.of(view.document.text, tree[first].start, tree[last].end)


def _saying_that_it_was(view: View, hit: TriggerHit) -> Iterator[int]:
    """The verb that only says that the event was, or that somebody made it: "erupted", "launched" an offensive."""
    tree, noun = view.tree, view.tree[hit.head]
    verb = tree[noun.head]
    if not noun.is_noun or not verb.is_verb or noun.dep not in _SUBJECTS | {"dobj"}:
        return
    place = [o for o in tree.children(verb.i, "dobj") if tree[o].lemma == "place"]
    taken = any(verb.i in other.tokens for other in view.sentence.triggers if other.head != hit.head)
    if verb.lemma not in view.knowledge.place_links.happening or (taken and not place):
        return
    with_it = [*tree.children(verb.i, "prt"), *place]
    if with_it or verb.lemma not in _PHRASAL:
        yield from (verb.i, *with_it)


def _together(tree: Tree, left: int, right: int) -> bool:
    """Tell whether nothing but what describes or helps stands between two words."""
    between = range(left + 1, right)
    return len(between) <= _GAP and all(_is_loose(tree, i, right) for i in between)


def _is_loose(tree: Tree, index: int, right: int) -> bool:
    token = tree[index]
    if token.text == "-":
        return True
    return (
        token.dep in _LOOSE
        and token.text not in {",", ";", ":", "(", ")"}
        and (not token.is_noun or token.head == right)
    )


def _noun_phrase(tree: Tree, first: int, last: int) -> bool:
    """Tell whether a verb and its object stand together: "launched a surprise offensive"."""
    return tree[first].is_verb and _together(tree, first, last)
