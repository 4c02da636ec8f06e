"""Room 3, names: find the known actors' names, country names and demonyms in running text in one pass."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

import ahocorasick_rs

from reportedly.knowledge.fold import fold
from reportedly.knowledge.load import Knowledge
from reportedly.model.quick import quick

_WORD = re.compile(r"[^\W_]|[\u0300-\u036f]")  # a letter, or an accent that stands behind its letter
_BESIDE = re.compile(
    r"(?:,? or|,? known as|,? also known as)?\s*[\"“(]?\s*([A-Z][A-Za-z0-9&-]{1,11})\s*[\"”),;]",
)
_NAME = r"[A-Z][\w'’-]+(?:\s+(?:(?:of|for|and|in)(?:\s+the)?\s+|the\s+|de\s+|la\s+|du\s+)?[A-Z][\w'’-]+){1,8}"
_NAME_BEFORE = re.compile(rf"(?<![\w'’-]){_NAME}$")
_MAY_COIN = re.compile(r"[(\[,]\s*(?:the\s+|or\s+|(?:also )?known as\s+)?[\"“]?[A-Z][A-Z0-9]")
_COINED = re.compile(
    r"(?:\s*[(\[]\s*(?:the\s+|or\s+|known as\s+)?|,\s+(?:or|known as|also known as)\s+)"
    r"[\"“]?([A-Z][A-Z0-9]+(?:[-/][A-Z0-9]+)?)[\"”]?\s*[\]),;.]"
)
_LONGEST_NAME = 120
_SHORT = 3  # acronyms up to this length need more than their letters where they are ordinary words or shared
_DIGIT_OR_CAPITAL = re.compile(r"[A-Z0-9À-ÖØ-Þ]")


@quick
@dataclass(frozen=True, slots=True)
class NameHit:
    """A known name in the text: code points, what sort (`actor`, `country`, `demonym`), and the ids that share it.

    A hit of sort `coined` is a name or acronym that the text itself introduces; its `ids` hold the full name. One of
    sort `shared` is an acronym of several actors for none of which the names in the text speak; its places may.
    """

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
        for words in knowledge.place_words.continental:
            entries.setdefault(words, ("continent", ()))
        self._actors = knowledge.actors.by_id
        self._acronyms = knowledge.actors.acronyms
        self._home = knowledge.actors.home
        self._written = frozenset(a for actor in self._actors.values() for a in actor.short_names())
        self._capitals = knowledge.capitals
        self._common = knowledge.lexicon.actor_words["common_acronyms"]
        self._armed_words = frozenset(w for w, role in knowledge.lexicon.roles.items() if role.armed)
        self._table = entries
        self._keys = list(entries)
        self._values = [entries[k] for k in self._keys]
        self._automaton = ahocorasick_rs.AhoCorasick(self._keys, matchkind=ahocorasick_rs.MatchKind.LeftmostLongest)

    def find(self, text: str, caseless: bool = False) -> tuple[NameHit, ...]:
        """Return the known names in text order. `caseless`: the text's case says nothing (one case throughout)."""
        folded = fold(text)
        hits: list[NameHit] = []
        at = 0
        for index, start, end in self._automaton.find_matches_as_indexes(folded, overlapping=False):
            if start < at or not _bounded(folded, start, end):
                hits.extend(self._shorter(text, folded, start, end, caseless))
                continue
            if self._plausible(text, start, end, self._keys[index], caseless):
                sort, ids = self._values[index]
                at = end
                if ids:
                    hits.append(NameHit(start, end, sort, ids))
        return self._settled(text, folded, hits, caseless)

    def _shorter(self, text: str, folded: str, start: int, end: int, caseless: bool) -> Iterable[NameHit]:
        """A match that ends inside a word may hide a shorter one at its start ("the mali|an" hides nothing, but
        "fardc-led" or "wagner groups" do): look the whole words at this place up directly."""
        if start and _WORD.match(folded[start - 1]):
            return
        stretch = folded[start:end]
        while (cut := stretch.rfind(" ")) > 0:
            stretch = stretch[:cut]
            found = self._table.get(stretch)
            if found and self._plausible(text, start, start + cut, stretch, caseless):
                yield NameHit(start, start + cut, *found)
                return

    def _plausible(self, text: str, start: int, end: int, key: str, caseless: bool) -> bool:
        """A name is written with a capital; an acronym in capitals. Without case, short acronyms are not trusted."""
        words = text[start:end]
        if caseless:
            return len(key) > 2
        if key in self._acronyms and len(key) <= 5:
            if _joined(text, start, end) or (_plural(words) and words not in self._written):
                return False
            capitals = len(_DIGIT_OR_CAPITAL.findall(words))
            return capitals >= 2 or (capitals == 1 and len(key) > 4)
        return any(c.isupper() for c in words)

    def _settled(self, text: str, folded: str, hits: list[NameHit], caseless: bool) -> tuple[NameHit, ...]:
        """Drop acronyms that nothing else in the text makes an actor, and narrow shared names by what it speaks of."""
        doubtful = [h for h in hits if h.sort == "actor" and self._doubtful(folded[h.start : h.end], h.ids)]
        if not doubtful:
            return tuple(hits)
        sure = [h for h in hits if h not in doubtful]
        named = {h.ids[0] for h in sure if h.sort == "actor"}
        view = self._view(folded, sure)
        settled = {h: self._settle(folded, h, named, view, caseless) for h in doubtful}
        kept = (settled.get(h, h) for h in hits)
        return tuple(h for h in kept if h is not None)

    def _doubtful(self, key: str, ids: tuple[str, ...]) -> bool:
        if any((key, i) in self._home for i in ids):
            return True
        if key not in self._acronyms:
            return len(ids) > 1
        return len(ids) > 1 or key in self._common or (len(key) < _SHORT and not self._union(ids))

    def _union(self, ids: tuple[str, ...]) -> bool:
        return self._actors[ids[0]].kind == "international_organisation"

    def _view(self, folded: str, hits: Iterable[NameHit]) -> frozenset[str]:
        """The countries that the text names, by themselves, their people, their capitals or actors at home there."""
        found = {h.ids[0] for h in hits if h.sort != "actor"}
        for hit in hits:
            if hit.sort == "actor":
                found.update(self._actors[hit.ids[0]].countries[:1])
        words = set(re.findall(r"[^\W\d_]+", folded))
        found.update(iso for name, iso in self._capitals.items() if name in words)
        return frozenset(found)

    def _settle(
        self, folded: str, hit: NameHit, named: Collection[str], view: frozenset[str], caseless: bool
    ) -> NameHit | None:
        """The hit narrowed to the actors that fit, or None where nothing speaks for an actor."""
        key = folded[hit.start : hit.end]
        same = tuple(i for i in hit.ids if i in named)
        if same:
            return NameHit(hit.start, hit.end, hit.sort, same)
        if caseless and key in self._common and key in self._acronyms:
            return hit if len(key) >= _SHORT and self._before_fighters(folded, hit) else None
        homes = tuple(i for i in hit.ids if self._actors[i].countries[:1] and self._actors[i].countries[0] in view)
        near = homes or tuple(i for i in hit.ids if not view.isdisjoint(self._actors[i].countries))
        if near:
            return NameHit(hit.start, hit.end, hit.sort, near)
        known = tuple(i for i in hit.ids if (key, i) not in self._home)
        if not known:
            return hit if len(hit.ids) == 1 and self._before_fighters(folded, hit) else None
        hit = NameHit(hit.start, hit.end, hit.sort, known)
        if key not in self._acronyms or (len(hit.ids) == 1 and self._before_fighters(folded, hit)):
            return hit
        if key in self._common:
            return hit if self._union(hit.ids) and len(hit.ids) == 1 else None
        if len(key) > _SHORT:
            return hit
        return NameHit(hit.start, hit.end, "shared", hit.ids) if len(hit.ids) > 1 else None

    def _before_fighters(self, folded: str, hit: NameHit) -> bool:
        """Tell whether a word for armed people follows ("IS militants")."""
        after = re.match(r"\s+([^\W\d_]+)", folded[hit.end : hit.end + 24])
        word = after.group(1) if after else ""
        return word in self._armed_words or word.removesuffix("s") in self._armed_words


def _bounded(folded: str, start: int, end: int) -> bool:
    before = folded[start - 1] if start else " "
    after = folded[end] if end < len(folded) else " "
    return not (_WORD.match(before) or _WORD.match(after))


def _plural(words: str) -> bool:
    """Tell whether capitals have an "s" behind them ("MPs" are no MPS)."""
    return words.endswith("s") and words[:-1].isupper()


def _joined(text: str, start: int, end: int) -> bool:
    """Tell whether an acronym is a part of a longer one ("PDF" in "PDF-X")."""
    return (text[end : end + 1] in {"-", "/"} and bool(re.match(r"[A-Z0-9]", text[end + 1 : end + 2]))) or (
        text[start - 1 : start] in {"-", "/"} and bool(re.match(r"[A-Z0-9]", text[max(0, start - 2) : start - 1]))
    )


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
        match = _BESIDE.match(text[hit.end : hit.end + 24])
        if match and sum(c.isupper() for c in match.group(1)) >= 2:
            found.setdefault(fold(match.group(1)), hit.ids)
    return found


def coined(text: str) -> tuple[NameHit, ...]:
    """The names that a text introduces with an acronym of their initials, and every later use of that acronym.

    "The Delta Freedom Brigades (DFB) ... the DFB": all three carry the full name.
    """
    found: list[NameHit] = []
    for match in _COINED.finditer(text) if _MAY_COIN.search(text) else ():
        acronym, floor = match.group(1), max(0, match.start() - _LONGEST_NAME)
        words = _NAME_BEFORE.search(text[floor : match.start()]) if len(acronym) >= 3 else None
        start = _opening(words.group(), acronym) if words is not None else None
        if words is None or start is None:
            continue
        name = (" ".join(words.group()[start:].split()),)
        found.append(NameHit(floor + words.start() + start, match.start(), "coined", name))
        uses = re.finditer(rf"(?<![\w-]){re.escape(acronym)}(?!\w)(?!-[A-Z])", text)
        found += [NameHit(m.start(), m.end(), "coined", name) for m in uses]
    return tuple(sorted(found, key=lambda h: h.start))


def _opening(words: str, acronym: str) -> int | None:
    """Where in the words before an acronym the name begins whose initials it gives; None where they do not fit."""
    letters = [c for c in acronym if c.isalpha()]
    best: tuple[int, int] | None = None
    for match in re.finditer(r"\S+", words):
        if match.group()[0].upper() == acronym[0]:
            fit = _fitting(words[match.start() :].split(), letters)
            best = max(best or (0, 0), (fit, match.start()))
    return best[1] if best is not None and best[0] * 2 > len(letters) else None


def _fitting(words: Sequence[str], letters: Sequence[str]) -> int:
    """How many letters are initials of the words, in order."""
    rest, matched = [w[0].upper() for w in words], 0
    for letter in letters:
        if letter in rest:
            rest = rest[rest.index(letter) + 1 :]
            matched += 1
    return matched
