"""Room 3, names: find the known actors' names, country names and demonyms in running text in one pass."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import ahocorasick_rs

from reportedly.knowledge.fold import fold
from reportedly.knowledge.load import Knowledge

# Acronyms of two letters and one-word names that are also ordinary words are only taken when the text's own case shows
# a name; see `_plausible`.
_WORD = re.compile(r"[^\W_]")
_INTRODUCED = re.compile(r"\(\s*(?:the\s+|or\s+|known as\s+)?([A-Z][A-Za-z0-9&-]{1,11})\s*[\),;]")
_FULL_IN_BRACKETS = re.compile(r"\b([A-Z][A-Z0-9&-]{1,11})\s+\(([^()]{6,90})\)")


@dataclass(frozen=True, slots=True)
class NameHit:
    """A known name in the text: code points, what sort (`actor`, `country`, `demonym`), and the ids that share it."""

    start: int
    end: int
    sort: str
    ids: tuple[str, ...]


class NameFinder:
    """An automaton over all known names; built once a process (about 0.2 s for 10,000 names)."""

    def __init__(self, knowledge: Knowledge) -> None:
        entries: dict[str, tuple[str, tuple[str, ...]]] = {}
        for word, iso in knowledge.demonyms.items():
            entries[word] = ("demonym", (iso,))
        for name, iso in knowledge.country_names.items():
            entries[name] = ("country", (iso,))
        for name, ids in knowledge.actors.by_name.items():
            if len(name) > 1 and not (name in entries and entries[name][0] != "actor"):
                entries[name] = ("actor", ids)
        self._acronyms = knowledge.actors.acronyms
        self._keys = list(entries)
        self._values = [entries[k] for k in self._keys]
        self._automaton = ahocorasick_rs.AhoCorasick(self._keys, matchkind=ahocorasick_rs.MatchKind.LeftmostLongest)
        self._known_word = knowledge.lexicon.roles

    def find(self, text: str, caseless: bool = False) -> tuple[NameHit, ...]:
        """Return the known names in text order. `caseless`: the text's case says nothing (all capitals or all lower)."""
        folded = fold(text)
        hits: list[NameHit] = []
        at = 0
        for index, start, end in self._automaton.find_matches_as_indexes(folded, overlapping=False):
            if start < at or not _bounded(folded, start, end):
                hits.extend(self._shorter(text, folded, start, end, caseless))
                continue
            if self._plausible(text, start, end, self._keys[index], caseless):
                sort, ids = self._values[index]
                hits.append(NameHit(start, end, sort, ids))
                at = end
        return tuple(hits)

    def _shorter(self, text: str, folded: str, start: int, end: int, caseless: bool) -> Iterable[NameHit]:
        """A match that ends inside a word may hide a shorter one at its start ("the mali|an" hides nothing, but
        "fardc-led" or "wagner groups" do): look the whole words at this place up directly."""
        if start and _WORD.match(folded[start - 1]):
            return
        stretch = folded[start:end]
        while (cut := stretch.rfind(" ")) > 0:
            stretch = stretch[:cut]
            found = self._lookup(stretch)
            if found and self._plausible(text, start, start + cut, stretch, caseless):
                yield NameHit(start, start + cut, *found)
                return

    def _lookup(self, key: str) -> tuple[str, tuple[str, ...]] | None:
        if not hasattr(self, "_table"):
            self._table = dict(zip(self._keys, self._values, strict=True))
        return self._table.get(key)

    def _plausible(self, text: str, start: int, end: int, key: str, caseless: bool) -> bool:
        """A name is written with a capital; an acronym in capitals. Without case, short acronyms are not trusted."""
        words = text[start:end]
        if caseless:
            return len(key) > 2 and not (len(key) <= 4 and key in _COMMON and words.islower())
        if key in self._acronyms and len(key) <= 5:
            capitals = sum(c.isupper() for c in words)
            return capitals >= 2 or (capitals == 1 and len(key) > 4)
        return any(c.isupper() for c in words)


_COMMON = frozenset(
    "aid arm art ban bar but can car dea fan far for fur gun ham his ill ira its man map mas may mil net now oas one out pan par pro rap red sad sas she sim son sun tap tea the top was who win".split()
)


def _bounded(folded: str, start: int, end: int) -> bool:
    before = folded[start - 1] if start else " "
    after = folded[end] if end < len(folded) else " "
    return not (_WORD.match(before) or _WORD.match(after))


def introduced(text: str, hits: Sequence[NameHit], caseless: bool) -> Mapping[str, tuple[str, ...]]:
    """Acronyms that the text itself introduces beside a known name: "Full Name (ABC)", "(the Full Name, or ABC)".

    Returns folded acronym -> the ids of the name that it stands for.
    """
    if caseless:
        return {}
    found: dict[str, tuple[str, ...]] = {}
    for hit in hits:
        if hit.sort != "actor":
            continue
        tail = text[hit.end : hit.end + 24]
        match = re.match(
            r"(?:,? or|,? known as|,? also known as)?\s*[\"“(]?\s*([A-Z][A-Za-z0-9&-]{1,11})\s*[\"”),;]", tail
        )
        if match and sum(c.isupper() for c in match.group(1)) >= 2:
            found.setdefault(fold(match.group(1)), hit.ids)
    return found
