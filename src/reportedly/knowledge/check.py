"""Checks knowledge files: their layout, and that they agree with each other. Door: `check(paths)`.

Finds all problems before it says one, each with file and line. The examples of words and event types need the parser
and run in `reportedly.evaluate.examples`.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel

from reportedly.errors import KnowledgeError
from reportedly.knowledge import schema
from reportedly.knowledge.apart import ApartFile
from reportedly.knowledge.confidence import ConfidenceFile
from reportedly.knowledge.fold import fold
from reportedly.knowledge.gazetteer import open_gazetteer
from reportedly.knowledge.grammar import NumberWords, TimeWords
from reportedly.knowledge.linking import LinkingFile
from reportedly.knowledge.place_links import PlaceLinksFile
from reportedly.knowledge.place_words import PlaceWordsFile
from reportedly.knowledge.placed import Placed, Problem, ReadFile, read_list, read_table
from reportedly.knowledge.tables import read_yaml

DATA = Path(__file__).parent / "data"
BOOKS = Path(__file__).parents[1] / "codebooks"

TABLES: tuple[type[BaseModel], ...] = (
    schema.ActorRow,
    schema.NameRow,
    schema.PlaceRow,
    schema.DivisionRow,
    schema.OutletRow,
    schema.CountryRow,
    schema.GeonamesFeatureRow,
    schema.FtmKindRow,
    schema.UcdpKindRow,
    schema.ColumnRow,
)
LISTS: Mapping[str, type[BaseModel]] = {
    "apart.yml": ApartFile,
    "boilerplate.yml": schema.PagePatterns,
    "confidence.yml": ConfidenceFile,
    "control.yml": schema.ControlWords,
    "grammar.yml": schema.NamedWords,
    "linking.yml": LinkingFile,
    "numbers.yml": NumberWords,
    "outcomes.yml": schema.OutcomeWords,
    "place_links.yml": PlaceLinksFile,
    "place_words.yml": PlaceWordsFile,
    "relations.yml": schema.RelationFile,
    "reporting.yml": schema.ReportingWords,
    "roles.yml": schema.RoleWords,
    "sentences.yml": schema.SentenceFile,
    "times.yml": TimeWords,
    "weapons.yml": schema.WeaponWords,
}
BY_FIRST_KEY: Mapping[str, type[BaseModel]] = {"key": schema.EventTypes, "type": schema.Triggers}
_BESIDE = 3.0  # degrees that a place may lie outside of where the towns of its country do
REPLACED_BY_REGION = "states.csv"
"""A row of a region's file may replace the row of the same id here."""

Row = TypeVar("Row", bound=BaseModel)


def check(paths: Sequence[Path] = ()) -> list[str]:
    """Return all problems of the given files or folders, or of the shipped ones; an empty list when there is none."""
    shipped = _read(DATA)
    own = [_read(path) for path in paths]
    checked = own or [shipped]
    problems = [problem for read in checked for problem in read.problems]
    entries = [entry for read in checked for entry in read.entries]
    stock = _Stock([*shipped.entries, *(entries if own else ())])
    problems += [problem for rule in _RULES for problem in rule(entries, stock)]
    return [str(problem) for problem in sorted(set(problems))]


# --------------------------------------------------------------------------------------------------- reading


def _read(path: Path) -> ReadFile:
    """Read one file, or all knowledge files of a folder."""
    found = ReadFile()
    if not path.exists():
        found.problems.append(Problem(str(path), 0, "no such file or folder"))
    files = sorted(p for p in path.rglob("*") if p.suffix in (".csv", ".yml", ".yaml")) if path.is_dir() else [path]
    for file in files if path.exists() else ():
        name = file.relative_to(DATA).as_posix() if path == DATA else str(file)
        one = _read_file(file, name)
        found.entries += one.entries
        found.problems += one.problems
    return found


def _read_file(path: Path, name: str) -> ReadFile:
    if path.suffix == ".csv":
        return read_table(path, name, TABLES)
    layout = _layout_by_content(path) or LISTS.get(path.name) if path.suffix in (".yml", ".yaml") else None
    if layout is None:
        known = "a table (.csv), event types, triggers (.yml) or one of " + ", ".join(sorted(LISTS))
        return ReadFile(problems=[Problem(name, 0, f"is no knowledge file; expected {known}")])
    return read_list(path, name, layout)


def _layout_by_content(path: Path) -> type[BaseModel] | None:
    """Tell event types from triggers by the key that the first entry opens with."""
    opening = re.search(r"^- *(\w+):", path.read_text(encoding="utf-8", errors="replace"), re.MULTILINE)
    return BY_FIRST_KEY.get(opening[1]) if opening else None


class _Stock:
    """What entries may refer to: the shipped files, and the user's own beside them."""

    def __init__(self, entries: Iterable[Placed]) -> None:
        entries = list(entries)
        self.countries = {row.iso2 for _, row in _of(entries, schema.CountryRow)}
        self.actors = {row.id: row for _, row in _of(entries, schema.ActorRow)}
        self.types = {entry.key for _, entry in _of(entries, schema.EventTypeEntry)}
        self.families = {entry.family for _, entry in _of(entries, schema.EventTypeEntry)}
        self.books: dict[str, Any] = {
            path.parent.name: read_yaml(path)["tables"] for path in sorted(BOOKS.glob("*/book.yml"))
        }

    @cached_property
    def extents(self) -> Mapping[str, tuple[float, float, float, float]]:
        """Where the towns of each country lie; nothing while the files that are checked cannot be read."""
        try:
            return open_gazetteer().extents
        except KnowledgeError:
            return {}


def _of(entries: Iterable[Placed], layout: type[Row]) -> Iterator[tuple[Placed, Row]]:
    """Yield the entries of one layout."""
    for entry in entries:
        if isinstance(entry.value, layout):
            yield entry, entry.value


# ------------------------------------------------------------------------------------------- rules over all files


def _unique(entries: Sequence[Placed], stock: _Stock) -> Iterator[Problem]:
    """Ids are given once."""
    seen: dict[tuple[str, str], Placed] = {}
    for entry in entries:
        for key in _identities(entry):
            first = seen.setdefault(key, entry)
            if first is not entry:
                yield entry.problem(f"{key[0]} {key[1]!r} is already given in {first.file}:{first.line}")


def _identities(entry: Placed) -> Iterator[tuple[str, str]]:
    value = entry.value
    if isinstance(value, schema.ActorRow):
        yield ("state's id" if entry.file.endswith(REPLACED_BY_REGION) else "id"), value.id
    elif isinstance(value, schema.PlaceRow):
        yield "place id", value.id
    elif isinstance(value, schema.OutletRow):
        yield "outlet id", value.id
        yield from (("domain", domain) for domain in value.domains)
    elif isinstance(value, schema.CountryRow):
        yield from (("code", code) for code in (value.iso2, value.iso3, value.numeric) if code)
    elif isinstance(value, schema.DivisionRow):
        yield "division", f"{value.country}.{value.code}"
    elif isinstance(value, schema.EventTypeEntry):
        yield "event type", value.key
    elif isinstance(value, schema.NameRow):
        yield "name", "; ".join((value.actor, value.name, value.since, value.relation))


def _countries(entries: Sequence[Placed], stock: _Stock) -> Iterator[Problem]:
    """Countries are codes of `countries.csv`."""
    for entry in entries:
        value = entry.value
        codes: tuple[str, ...] = ()
        if isinstance(value, schema.ActorRow | schema.PlaceRow):
            codes = value.countries
        elif isinstance(value, schema.OutletRow | schema.DivisionRow):
            codes = (value.country,) if value.country else ()
        for code in codes:
            if code not in stock.countries:
                yield entry.problem(f"{code!r} is no country code (ISO 3166-1 alpha-2) of countries.csv")


def _actors(entries: Sequence[Placed], stock: _Stock) -> Iterator[Problem]:
    """Parents and dated names belong to listed actors, and nobody is its own parent."""
    for entry, row in _of(entries, schema.ActorRow):
        if row.parent and row.parent not in stock.actors:
            yield entry.problem(f"{row.id}: parent {row.parent!r} is no id of an actor")
        if row.id in _ancestors(row.id, stock.actors):
            yield entry.problem(f"{row.id}: is its own parent, through {row.parent}")
        names = [row.name, *row.aliases]
        for name in sorted({name for name in names if names.count(name) > 1}):
            yield entry.problem(f"{row.id}: name {name!r} comes twice")
    for entry, name_row in _of(entries, schema.NameRow):
        if name_row.actor not in stock.actors:
            yield entry.problem(f"{name_row.actor!r} is no id of an actor")


def _ancestors(start: str, actors: Mapping[str, schema.ActorRow]) -> set[str]:
    found: set[str] = set()
    row = actors.get(start)
    while row is not None and row.parent and row.parent not in found:
        found.add(row.parent)
        row = actors.get(row.parent)
    return found


def _places(entries: Sequence[Placed], stock: _Stock) -> Iterator[Problem]:
    """A point has coordinates, and lies where the towns of its country do."""
    for entry, row in _of(entries, schema.PlaceRow):
        if (row.lat is None) != (row.lon is None):
            yield entry.problem(f"{row.id}: only one of lat and lon is given")
        elif row.precision == "point" and row.lat is None:
            yield entry.problem(f"{row.id}: precision is point, but lat and lon are empty")
        elif row.precision == "point" and row.lat is not None and row.lon is not None:
            boxes = [stock.extents[iso] for iso in row.countries if iso in stock.extents]
            if boxes and not any(_holds(box, row.lat, row.lon) for box in boxes):
                yield entry.problem(
                    f"{row.id}: {row.lat}, {row.lon} lies far from all towns of {';'.join(row.countries)}"
                )


def _holds(box: tuple[float, float, float, float], lat: float, lon: float) -> bool:
    """Tell whether a point lies in a box or little outside of it."""
    south, north, west, east = box
    return south - _BESIDE <= lat <= north + _BESIDE and west - _BESIDE <= lon <= east + _BESIDE


def _outlets(entries: Sequence[Placed], stock: _Stock) -> Iterator[Problem]:
    """A name leads to one outlet."""
    owners: dict[str, tuple[str, Placed]] = {}
    for entry, row in _of(entries, schema.OutletRow):
        for name in (row.name, *row.aliases):
            owner, first = owners.setdefault(fold(name).removeprefix("the "), (row.id, entry))
            if owner != row.id:
                yield entry.problem(f"{row.id}: name {name!r} is already {owner}'s, in {first.file}:{first.line}")


def _words(entries: Sequence[Placed], stock: _Stock) -> Iterator[Problem]:
    """Words lead to types of the ontology, and the same words lead to one."""
    owners: dict[tuple[Any, ...], tuple[str, Placed]] = {}
    for entry, trigger in _of(entries, schema.TriggerEntry):
        if trigger.type not in stock.types:
            yield entry.problem(f"{trigger.type!r} is no event type of the ontology")
        for words in _trigger_words(trigger):
            key = (*words, trigger.frame, frozenset(trigger.needs))
            owner, first = owners.setdefault(key, (trigger.type, entry))
            if first is not entry:
                where = f"in {first.file}:{first.line}"
                yield entry.problem(f"{trigger.type}: {words[0]} {words[1]!r} stands under {owner} already, {where}")


def _trigger_words(trigger: schema.TriggerEntry) -> Iterator[tuple[str, str]]:
    for part, words in (("verb", trigger.verbs), ("noun", trigger.nouns), ("adjective", trigger.adjectives)):
        yield from ((part, word.lower()) for word in dict.fromkeys(words))


def _results(entries: Sequence[Placed], stock: _Stock) -> Iterator[Problem]:
    """Outcomes and governing words speak of types of the ontology."""
    families = {key.split(".")[0] for key in stock.types}
    for entry, outcomes in _of(entries, schema.OutcomeWords):
        yield from _unknown_types(entry, {*outcomes.types} - stock.types)
    for entry, apart in _of(entries, ApartFile):
        yield from _unknown_types(entry, {t.becomes for t in apart.topics.values() if t.becomes} - stock.types)
    for entry, control in _of(entries, schema.ControlWords):
        named = {*control.results.values(), *control.ends.values()}
        named |= {case.expected.split()[0] for case in control.cases}
        yield from _unknown_types(entry, (named - stock.types) | ({*control.ends} - stock.types - families))


def _unknown_types(entry: Placed, keys: Iterable[str]) -> Iterator[Problem]:
    yield from (entry.problem(f"{key!r} is no event type of the ontology") for key in keys)


def _crosswalks(entries: Sequence[Placed], stock: _Stock) -> Iterator[Problem]:
    """Codes are those of the books."""
    for entry, kind in _of(entries, schema.EventTypeEntry):
        acled, plover, cameo = kind.crosswalk.acled, kind.crosswalk.plover, kind.crosswalk.cameo
        for text in (*_acled(acled, stock.books["acled"]), *_plover(plover, stock.books["plover"])):
            yield entry.problem(f"{kind.key}: {text}")
        if cameo is not None and cameo[:2] not in stock.books["cameo"]["quads"]:
            yield entry.problem(f"{kind.key}: CAMEO has no root {cameo[:2]!r}")


def _acled(codes: schema.AcledCodes | None, tables: Mapping[str, Any]) -> Iterator[str]:
    if codes is None:
        return
    events: Mapping[str, list[str]] = tables["events"]
    subs = {sub for group in events.values() for sub in group}
    if codes.sub_event_type not in events.get(codes.event_type, ()):
        yield f"ACLED has no {codes.sub_event_type!r} under {codes.event_type!r}"
    for other in (codes.sub_event_type_armed, codes.sub_event_type_state):
        if other is not None and other not in subs:
            yield f"ACLED has no sub-event type {other!r}"


def _plover(codes: schema.PloverCodes | None, tables: Mapping[str, Any]) -> Iterator[str]:
    if codes is None:
        return
    if codes.event not in tables["events"]:
        yield f"PLOVER has no event {codes.event!r}"
    elif codes.mode is not None and codes.mode not in tables["modes"].get(codes.event, {}):
        yield f"PLOVER has no mode {codes.mode!r} of {codes.event}"


def _patterns(entries: Sequence[Placed], stock: _Stock) -> Iterator[Problem]:
    """Patterns of page furniture match their examples and nothing that they should not."""
    for entry, page in _of(entries, schema.PagePatterns):
        for text, count in _counts(pattern.id for pattern in page.entries).items():
            if count > 1:
                yield entry.problem(f"entry {text!r} comes {count} times")
        for one in page.entries:
            pattern = re.compile("".join(line.strip() for line in one.pattern.splitlines()), re.IGNORECASE)
            for text in one.examples:
                if not pattern.fullmatch(" ".join(text.split())):
                    yield entry.problem(f"{one.id}: does not match its example {text!r}")
            for text in one.non_examples:
                if pattern.fullmatch(" ".join(text.split())):
                    yield entry.problem(f"{one.id}: matches {text!r}, which it should not")


def _linking(entries: Sequence[Placed], stock: _Stock) -> Iterator[Problem]:
    """Weights of the comparison speak of event types and families that there are."""
    for entry, weights in _of(entries, LinkingFile):
        types = weights.manners.of.keys() | weights.families.only_harm_types | weights.families.harmless_types
        for key in sorted(types - stock.types):
            yield entry.problem(f"{key!r} is no event type")
        lists = weights.families
        for family in sorted((lists.violent | lists.harm | lists.crowds) - stock.families):
            yield entry.problem(f"{family!r} is no family of event types")


def _counts(values: Iterable[str]) -> Mapping[str, int]:
    counts: dict[str, int] = defaultdict(int)
    for value in values:
        counts[value] += 1
    return counts


_RULES = (_unique, _countries, _actors, _places, _outlets, _words, _results, _crosswalks, _patterns, _linking)
