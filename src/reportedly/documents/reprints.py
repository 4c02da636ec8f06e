"""Room 2, documents: texts that several outlets print. Doors: `fingerprint`, `origins`.

Documents with nearly the same text share one origin: three outlets with one wire report are one origin. The result does
not depend on the order of the documents.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray
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
# Texts that agree in a band are all paired up to so many; pairs are compared so many at once, and wait so many.
_BUCKET, _AT_ONCE, _WAITING = 50, 1 << 16, 1 << 22
Fingerprint = Sequence[int] | NDArray[np.uint64]


def fingerprint(text: str) -> tuple[int, ...]:
    """Return a MinHash of a text's word triples; empty for texts too short to compare."""
    words = [word.casefold() for word in words_of(text)]
    if len(words) < _MIN_WORDS:
        return ()
    sketch = RMinHash(num_perm=PERMUTATIONS, seed=SEED)
    sketch.update([" ".join(words[i : i + SHINGLE]) for i in range(len(words) - SHINGLE + 1)])
    return tuple(sketch.digest())


def similarity(one: Fingerprint, other: Fingerprint) -> float:
    """Estimate the overlap (Jaccard) of two texts from their fingerprints."""
    if not len(one) or not len(other):
        return 0.0
    return sum(bool(a == b) for a, b in zip(one, other, strict=True)) / len(one)


def origins(fingerprints: Mapping[str, Fingerprint], credits: Mapping[str, str | None] | None = None) -> dict[str, str]:
    """Return for each document id the id of its origin: the smallest id among the documents with the same text.

    `credits` names the agency that a document credits, where it does.
    """
    agencies = credits or {}
    parent = {name: name for name in sorted(fingerprints)}
    for one, other, overlap in _alike(fingerprints):
        agency = agencies.get(one)
        least = SAME_AGENCY if agency and agency == agencies.get(other) else SAME_TEXT
        if overlap >= least and _root(parent, one) != _root(parent, other):
            first, second = sorted((_root(parent, one), _root(parent, other)))
            parent[second] = first
    return {name: _root(parent, name) for name in sorted(fingerprints)}


def _alike(fingerprints: Mapping[str, Fingerprint]) -> Iterator[tuple[str, str, float]]:
    """Yield the pairs of documents that may be one text, with the overlap that their fingerprints tell."""
    names = sorted(name for name, sketch in fingerprints.items() if len(sketch))
    sketches = np.array([fingerprints[name] for name in names], dtype=np.uint64).reshape(len(names), PERMUTATIONS)
    pairs = _candidates(sketches)
    for start in range(0, len(pairs), _AT_ONCE):
        one, other = np.divmod(pairs[start : start + _AT_ONCE], max(len(names), 1))
        overlaps = (sketches[one] == sketches[other]).mean(axis=1)
        for a, b, overlap in zip(one.tolist(), other.tolist(), overlaps.tolist(), strict=True):
            yield names[a], names[b], overlap


def _root(parent: dict[str, str], name: str) -> str:
    while parent[name] != name:
        parent[name] = parent[parent[name]]
        name = parent[name]
    return name


def _candidates(sketches: NDArray[np.uint64]) -> NDArray[np.int64]:
    """Return the pairs that agree in one band of rows at least, each as one number.

    In a large bucket only neighbours are paired: union-find joins the rest, and the work stays linear.
    """
    pairs: NDArray[np.int64] = np.empty(0, dtype=np.int64)
    waiting: list[NDArray[np.int64]] = []
    for band in range(0, sketches.shape[1], _ROWS):
        waiting += _paired(sketches[:, band : band + _ROWS])
        if band + _ROWS >= sketches.shape[1] or sum(map(len, waiting)) > _WAITING:
            pairs, waiting = np.unique(np.concatenate([pairs, *waiting])), []
    return pairs


def _paired(rows: NDArray[np.uint64]) -> Iterator[NDArray[np.int64]]:
    """Yield the pairs of documents that have the same rows."""
    order = np.lexsort(rows.T)
    edges = np.concatenate([[True], (rows[order[1:]] != rows[order[:-1]]).any(axis=1)])
    bucket = np.cumsum(edges) - 1
    sizes = np.bincount(bucket)
    here = np.flatnonzero(sizes[bucket] > 1)
    for ahead in range(1, _BUCKET):
        here = here[here + ahead < len(order)]
        here = here[(bucket[here + ahead] == bucket[here]) & ((ahead == 1) | (sizes[bucket[here]] <= _BUCKET))]
        if not len(here):
            return
        yield order[here] * len(order) + order[here + ahead]
