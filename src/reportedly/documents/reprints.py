"""Room 2, documents: texts that several outlets print. Doors: `fingerprint`, `origins`.

Documents with nearly the same text share one origin: three outlets with one wire report are one origin. The result does
not depend on the order of the documents.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from itertools import pairwise

from rensa import RMinHash

from reportedly.documents.words import words_of

PERMUTATIONS = 128
SEED = 1
SHINGLE = 3
SAME_TEXT = 0.5
"""Least estimated overlap of word triples for one origin: a copy with every twentieth word changed keeps about 0.74."""
SAME_AGENCY = 0.3
"""Least overlap where both texts credit the same agency: outlets cut wire reports by half."""
_ROWS = 2
_MIN_WORDS = 12
Fingerprint = tuple[int, ...]


def fingerprint(text: str) -> Fingerprint:
    """Return a MinHash of a text's word triples; empty for texts too short to compare."""
    words = [word.casefold() for word in words_of(text)]
    if len(words) < _MIN_WORDS:
        return ()
    sketch = RMinHash(num_perm=PERMUTATIONS, seed=SEED)
    sketch.update([" ".join(words[i : i + SHINGLE]) for i in range(len(words) - SHINGLE + 1)])
    return tuple(sketch.digest())


def similarity(one: Fingerprint, other: Fingerprint) -> float:
    """Estimate the overlap (Jaccard) of two texts from their fingerprints."""
    if not one or not other:
        return 0.0
    return sum(a == b for a, b in zip(one, other, strict=True)) / len(one)


def origins(fingerprints: Mapping[str, Fingerprint], credits: Mapping[str, str | None] | None = None) -> dict[str, str]:
    """Return for each document id the id of its origin: the smallest id among the documents with the same text.

    `credits` names the agency that a document credits, where it does.
    """
    agencies = credits or {}
    parent = {name: name for name in sorted(fingerprints)}
    for one, other in sorted(_candidates(fingerprints)):
        agency = agencies.get(one)
        least = SAME_AGENCY if agency and agency == agencies.get(other) else SAME_TEXT
        if _root(parent, one) == _root(parent, other):
            continue
        if similarity(fingerprints[one], fingerprints[other]) >= least:
            first, second = sorted((_root(parent, one), _root(parent, other)))
            parent[second] = first
    return {name: _root(parent, name) for name in sorted(fingerprints)}


def _root(parent: dict[str, str], name: str) -> str:
    while parent[name] != name:
        parent[name] = parent[parent[name]]
        name = parent[name]
    return name


def _candidates(fingerprints: Mapping[str, Fingerprint]) -> set[tuple[str, str]]:
    """Return the pairs that agree in one band of rows at least.

    In a large bucket only neighbours are paired: union-find joins the rest, and the work stays linear.
    """
    buckets: dict[tuple[int, Fingerprint], list[str]] = defaultdict(list)
    for name in sorted(fingerprints):
        sketch = fingerprints[name]
        for band in range(0, len(sketch), _ROWS):
            buckets[band, sketch[band : band + _ROWS]].append(name)
    pairs: set[tuple[str, str]] = set()
    for names in buckets.values():
        if len(names) <= 50:
            pairs.update((a, b) for i, a in enumerate(names) for b in names[i + 1 :])
        else:
            pairs.update(pairwise(names))
    return pairs
