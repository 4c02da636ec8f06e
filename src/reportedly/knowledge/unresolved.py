"""Names that texts use for actors and places and that the knowledge does not hold. Door: `Unresolved`.

Only names of groups, forces, bodies and places: persons and offices are left to their readers.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from reportedly.knowledge.actors import is_acronym, name_key
from reportedly.knowledge.load import Knowledge
from reportedly.knowledge.place_keys import place_key
from reportedly.model.actor import ActorRef
from reportedly.model.claim import Claim
from reportedly.model.extraction import Extraction
from reportedly.model.place import PlaceRef
from reportedly.model.span import Span

COLUMNS = (
    *("table", "name", "kind", "countries", "aliases", "lat", "lon", "feature", "source", "note"),
    *("count", "documents", "example"),
)
"""Those that a person fills in and `knowledge import csv` takes, then what was seen."""
EXAMPLE = 160
"""Code points of an example: what one line of a spreadsheet shows."""
_WORD = r"(?:[A-Z0-9À-ÞḀ-Ỿ][\w'’.-]*|[ae]l-[A-Z][\w'’-]*)"
_RUN = re.compile(rf"{_WORD}(?:\s+(?:(?:of|for|and|the|de|del|la|al|el|ul|y|du|des)\s+){{0,2}}{_WORD})*")
_MEMBERS_OF = re.compile(r"\w+ (?:of|from|with|in|loyal to)(?: the)? ")
_MEMBERS = frozenset({"member", "faction", "branch", "wing", "cell"})


@dataclass(slots=True)
class Seen:
    """One name: how often, in which documents, with which kinds, and the words around its first use."""

    table: str
    name: str
    example: str
    count: int = 0
    documents: set[str] = field(default_factory=set)
    kinds: Counter[str] = field(default_factory=Counter)
    countries: Counter[str] = field(default_factory=Counter)

    def row(self) -> Mapping[str, str]:
        """Return the row that a person completes; empty where the texts do not tell."""
        values = {
            "table": self.table,
            "name": self.name,
            "kind": _most(self.kinds),
            "countries": _most(self.countries),
            "count": str(self.count),
            "documents": str(len(self.documents)),
            "example": self.example,
        }
        return {column: values.get(column, "") for column in COLUMNS}


class Unresolved:
    """Counts unresolved names over documents."""

    def __init__(self, knowledge: Knowledge) -> None:
        self._knowledge = knowledge
        self._titles = frozenset(knowledge.lexicon.titles)
        self._seen: dict[tuple[str, str], Seen] = {}

    def add(self, read: Extraction) -> None:
        """Count the names of one document, each place in its text once."""
        text, at = read.document.text, set()
        for ref in _refs(read):
            found = self._actor_name(ref, text) if isinstance(ref, ActorRef) else self._place_name(ref)
            if found is not None and found.start not in at:
                at.add(found.start)
                self._count(ref, found, read)

    def rows(self, least: int = 1) -> Iterator[Mapping[str, str]]:
        """Yield the names that were seen at least so often, the most frequent first."""
        for seen in sorted(self._seen.values(), key=lambda s: (-s.count, s.table, s.name)):
            if seen.count >= least:
                yield seen.row()

    def _count(self, ref: ActorRef | PlaceRef, name: Span, read: Extraction) -> None:
        table = "actors" if isinstance(ref, ActorRef) else "places"
        key = (table, name_key(name.quote))
        seen = self._seen.setdefault(key, Seen(table, name.quote, _around(read.document.text, name)))
        seen.count += 1
        seen.documents.add(read.document.id)
        if isinstance(ref, ActorRef) and ref.kind not in ("unknown", "civilians", "other"):
            seen.kinds[ref.kind] += 1
        if ref.country:
            seen.countries[ref.country] += 1

    def _place_name(self, ref: PlaceRef) -> Span | None:
        if ref.place_id is not None:
            return None
        run = _RUN.search(ref.span.quote)
        return _part(ref.span, run) if run else None

    def _actor_name(self, ref: ActorRef, text: str) -> Span | None:
        """The name in the words for an actor, or None where they hold none that we lack."""
        if ref.actor_id is not None or not self._groups(ref):
            return None
        quote = ref.span.quote
        members = _MEMBERS_OF.match(quote) if ref.role and quote.lower().startswith(ref.role) else None
        runs = [r for r in _RUN.finditer(quote, members.end() if members else 0) if not self._known(r.group())]
        run = max(runs, key=lambda r: len(r.group()), default=None)
        if run is None or not self._names_a_group(run.group(), ref, text):
            return None
        return _part(ref.span, run)

    def _groups(self, ref: ActorRef) -> bool:
        """Tell whether the words may name a group: no office, no crowd."""
        if ref.role is None or ref.role in _MEMBERS:
            return ref.role is not None or ref.kind not in ("civilians", "facility")
        return ref.kind not in ("civilians", "government", "facility", "media") and ref.role not in self._titles

    def _known(self, name: str) -> bool:
        """Tell whether the words are known as something: an actor, a country or people, a place."""
        known, key = self._knowledge, name_key(name)
        if known.actors.named(name) or known.outlets.named(name) or key in known.country_names:
            return True
        if all(self._describes(word) for word in key.split()):
            return True
        return bool(known.gazetteer.lookup_keys([place_key(name)])[place_key(name)])

    def _describes(self, word: str) -> bool:
        """Tell whether a word says what somebody is ("Islamist", "Kurdish", "Iranian-backed", "155th"), not who."""
        lexicon, parts = self._knowledge.lexicon, word.removesuffix("'s").split("-")
        if parts[-1] in lexicon.actor_words["linkers"] or word[0].isdigit():
            return True
        words = (lexicon.modifier_kinds, lexicon.ethnic, lexicon.roles, self._knowledge.demonyms)
        return any(form in known for form in (word, word.removesuffix("s"), parts[0]) for known in words)

    def _names_a_group(self, name: str, ref: ActorRef, text: str) -> bool:
        """Tell a name from a word that opens a sentence, and from a title with a person's name."""
        words = name.split()
        roles = self._knowledge.lexicon.roles
        first = words[0].lower().rstrip(".")
        if first in self._titles or (first in roles and ref.role == roles[first].lemma):
            return False
        if is_acronym(name):
            return True
        start = ref.span.start + ref.span.quote.find(name)
        opens = not text[:start].rstrip() or text[:start].rstrip()[-1] in ".!?:;”\"'"
        return len(words) > 1 or not opens


def _refs(read: Extraction) -> Iterator[ActorRef | PlaceRef]:
    for claim in read.claims:
        yield from _of_claim(claim)
    yield from read.mentions.actors
    yield from read.mentions.places


def _of_claim(claim: Claim) -> Iterator[ActorRef | PlaceRef]:
    yield from (*claim.initiators, *claim.targets, *claim.attribution)
    yield from (toll.victims for toll in claim.tolls if toll.victims is not None)
    yield from claim.places
    if claim.place is not None:
        yield claim.place


def _part(span: Span, run: re.Match[str]) -> Span:
    return Span(span.start + run.start(), span.start + run.end(), run.group())


def _most(counts: Counter[str]) -> str:
    """Return the one value that was always seen; several are for a person to choose from."""
    return next(iter(counts)) if len(counts) == 1 else ""


def _around(text: str, span: Span) -> str:
    """Return the words around a name, on one line."""
    room = max(0, EXAMPLE - len(span.quote)) // 2
    start, end = max(0, span.start - room), min(len(text), span.end + room)
    left, right = text[start : span.start], text[span.end : end]
    left = left[left.find(" ") + 1 :] if start else left
    right = right[: right.rfind(" ")] if end < len(text) and " " in right else right
    return " ".join(f"{left}{span.quote}{right}".split())
