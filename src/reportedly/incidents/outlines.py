"""Room 6, outlines: what comparing needs of a claim, small and ready for use, so that a million of them fit in memory.

Door: `Outliner(documents, families).outline(claim)`. Outlines of one outliner share equal parts.
"""

from __future__ import annotations

import hashlib
import math
from collections.abc import Iterable, Mapping
from datetime import timedelta
from typing import NamedTuple, TypeVar

from reportedly.knowledge.linking import Linking
from reportedly.model import ARMED_KINDS, ActorRef, Claim, PlaceRef, Toll
from reportedly.model.facts import DocumentFacts

# A report without a time of its own tells of something that happened at most so long before.
NEWS_LAG = timedelta(days=3)
# So long before where it is told as something that is known already: a running toll, who owns up to it or denies it.
LATER_LAG = timedelta(days=7)
# So many words in the same order are one account, told again.
_TELLING_WORDS = 8
_NOBODY = frozenset({"facility", "unknown"})
_OFFICIAL = frozenset({"state_forces", "government", "external_forces"})
# Said of a happening rather than telling one.
_FOLLOWING = frozenset({"cooperation.support_operation", "attack.involvement"})
Kind = tuple[str, str | None]
Part = TypeVar("Part")


class What(NamedTuple):
    """The event: its type, the family of the ontology, and whether it is violent."""

    event_type: str
    family: str
    violent: bool


class Days(NamedTuple):
    """The days in which the happening may lie, as ordinals (None = unknown), and how they are known.

    `stated` is false where only the publication is known; `published` is the day of the document. `again` tells that
    the words speak of something that was told before.
    """

    first: int | None
    last: int | None
    stated: bool
    precision: str | None
    edtf: str
    published: int | None
    again: bool

    @property
    def exact(self) -> bool:
        """Tell whether a single day is stated."""
        return self.stated and self.precision == "day"


class Spot(NamedTuple):
    """The place, without its words; `at` is where it lies, as a point on a globe of radius 1."""

    place_id: str | None
    name: str
    precision: str
    country: str | None
    countries: frozenset[str]
    admin1: str | None
    at: tuple[float, float, float] | None

    @property
    def sharp(self) -> bool:
        """Tell whether it is smaller than an area."""
        return self.precision in {"point", "near"}

    @property
    def key(self) -> str:
        """What two mentions of one place have in common."""
        return self.place_id or self.name

    @property
    def namesake(self) -> bool:
        """Tell whether it is a town that its region is named after: "in X" may mean either."""
        region = (self.admin1 or "").casefold()
        return self.sharp and (region == self.name or region.startswith(f"{self.name} "))


class People(NamedTuple):
    """Who takes part: known actors by id, others by kind; `countries` are those of the place, else of the actors.

    `hit` are the countries of the armed among those attacked or harmed; `view` are these and the country that the text
    speaks of; `things` the kinds of things that were hit.
    """

    known: frozenset[str]
    initiators: frozenset[str]
    claimants: frozenset[str]
    official: frozenset[str]
    acting: frozenset[Kind]
    suffering: frozenset[Kind]
    harmed: frozenset[str]
    harmed_kinds: frozenset[str]
    hit: frozenset[str]
    parties: frozenset[Kind]
    countries: frozenset[str]
    view: frozenset[str]
    things: frozenset[str]


class Count(NamedTuple):
    """A toll that is no part of another; `figure` is the one number that stands for it, None for words."""

    outcome: str
    figure: int | None
    low: int | None
    high: int | None
    victims: str | None
    victim_class: str

    @property
    def bound(self) -> int:
        """The figure, of words ("dozens") the bound that they set."""
        return next((n for n in (self.figure, self.low, self.high) if n is not None), 0)


class Outline(NamedTuple):
    """A claim as other claims are compared with it. A follower joins an incident or none, and never founds one.

    `wording` is a number of the very words that tell it, None for a few words, which many tell alike.
    """

    id: str
    document: str
    start: int
    follower: bool
    what: What
    days: Days
    spot: Spot | None
    people: People
    counts: tuple[Count, ...]
    teller: str | None
    wording: int | None

    @property
    def sharp(self) -> bool:
        """Tell whether the claim names a place smaller than an area."""
        return self.spot is not None and self.spot.sharp

    @property
    def follows_up(self) -> bool:
        """Tell whether it is told on a later day without a toll: it fits any fight of its place in the days before."""
        return self.days.again and not self.counts

    @property
    def loose(self) -> bool:
        """Tell whether it may fit several happenings: without a town, or of any of the days before."""
        return self.follows_up or not self.sharp


class Outliner:
    """Makes outlines; `families` are the families of event types."""

    def __init__(self, documents: Mapping[str, DocumentFacts], families: Mapping[str, str], linking: Linking) -> None:
        self._documents = documents
        self._families = families
        self._linking = linking
        self._kept: dict[object, object] = {}

    def outline(self, claim: Claim) -> Outline:
        """Return what comparing needs of a claim. Who died of wounds is one of those harmed before, not a toll."""
        what = What(claim.event_type, self._families.get(claim.event_type, ""), claim.violent)
        late = self._late(claim)
        return Outline(
            claim.id,
            self._keep(claim.document),
            claim.trigger.start,
            follows(claim),
            self._keep(what),
            self._keep(self._days(claim, again=late or _again(claim, self._linking))),
            None if claim.place is None else self._keep(_spot(claim.place)),
            self._keep(_people(claim, self._linking.things)),
            self._keep(tuple(_count(t) for t in claim.tolls if t.part_of is None and not late)),
            None if claim.claimant is None else self._keep(_key(claim.claimant)),
            _wording(claim.content.quote),
        )

    def outlines(self, claims: Iterable[Claim]) -> list[Outline]:
        """Return the outlines of the claims that tell of a happening, in the order of documents and their texts."""
        told = [self.outline(c) for c in claims if follows(c) or forms_incident(c)]
        return sorted(told, key=place_in_text)

    def _keep(self, part: Part) -> Part:
        """Return the first equal part: most parts are told many times."""
        return self._kept.setdefault((type(part), part), part)  # type: ignore[return-value]

    def _published(self, claim: Claim) -> int | None:
        facts = self._documents.get(claim.document)
        return facts.published.toordinal() if facts is not None and facts.published is not None else None

    def _late(self, claim: Claim) -> bool:
        """Tell whether somebody died of wounds, on a day that is told ("by then") or not."""
        if self._linking.again.later_death(claim.trigger.quote):
            return True
        when, published = claim.when, self._published(claim)
        if when is None or when.earliest is not None or when.latest is None or when.basis == "publication":
            return False
        return published is None or when.latest.toordinal() >= published - LATER_LAG.days

    def _days(self, claim: Claim, *, again: bool) -> Days:
        when, published = claim.when, self._published(claim)
        if when is None:
            return Days(*_before(published, again=again), False, None, "", published, again)
        edtf = when.edtf
        stated = when.basis != "publication" and any(c.isdigit() for c in edtf)
        latest = when.latest.toordinal() if when.latest is not None else published
        if when.earliest is not None and when.latest is not None:
            first, last = when.earliest.toordinal(), when.latest.toordinal()
            return Days(first, last, stated, when.precision, edtf if stated else "", published, again)
        days = _before(latest, again=again)
        return Days(*days, stated, when.precision, edtf if stated else "", published, again)


def _before(end: int | None, *, again: bool) -> tuple[int | None, int | None]:
    return (None, None) if end is None else (end - (LATER_LAG if again else NEWS_LAG).days, end)


def _again(claim: Claim, linking: Linking) -> bool:
    """Tell whether the words speak of something told before: a running toll, a burial, who owns up to or denies it."""
    if claim.tolls:
        return any(t.running for t in claim.tolls)
    if linking.again.follow_up(claim.content.quote):
        return True
    teller = None if claim.claimant is None else _key(claim.claimant)
    return claim.stance in {"claimed", "denied"} and teller in {_key(r) for r in claim.initiators}


def place_in_text(outline: Outline) -> tuple[str, int, str]:
    """Order claims by document and place in the text."""
    return outline.document, outline.start, outline.id


# ------------------------------------------------------------------------------------------- which claims count


def forms_incident(claim: Claim) -> bool:
    """Plans, suppositions, history, summaries and campaigns form no incident; nor does mere support."""
    return not follows(claim) and _happened(claim) and not _campaign(claim)


def follows(claim: Claim) -> bool:
    """Support and involvement; and what somebody mentions without saying who, where, when or how many."""
    if not _happened(claim):
        return False
    stated = claim.when is not None and claim.when.basis != "publication"
    told = claim.tolls or claim.place or claim.scene or stated or (claim.initiators and claim.targets)
    return claim.event_type in _FOLLOWING or (claim.violent and not told)


def _happened(claim: Claim) -> bool:
    return not claim.aggregate and claim.modality in {"actual", "ongoing", "attempted"}


def _campaign(claim: Claim) -> bool:
    """Fighting that goes on in a country or nowhere in particular, on no stated day."""
    stated = claim.when is not None and claim.when.basis != "publication" and claim.when.precision == "day"
    local = claim.place is not None and claim.place.precision != "country"
    return claim.modality == "ongoing" and not stated and not local and not claim.tolls


# ------------------------------------------------------------------------------------------- the parts


def _wording(quote: str) -> int | None:
    words = quote.casefold().split()
    if len(words) < _TELLING_WORDS:
        return None
    return int.from_bytes(
        hashlib.blake2b(" ".join(words).encode("utf-8", "surrogatepass"), digest_size=7).digest(), "big"
    )


def _spot(place: PlaceRef) -> Spot:
    """The place as it is compared: of a name of which only an area is known, the name counts, not where the area is."""
    nameless = place.place_id is None and place.precision in {"district", "region"}
    precision, at = ("unresolved", None) if nameless else (place.precision, _at(place))
    countries = frozenset(c for c in (place.country, *place.countries) if c)
    name = (place.name or place.span.quote).casefold()
    return Spot(place.place_id, name, precision, place.country, countries, place.admin1, at)


def _at(place: PlaceRef) -> tuple[float, float, float] | None:
    if place.lat is None or place.lon is None:
        return None
    north, east = math.radians(place.lat), math.radians(place.lon)
    return math.cos(north) * math.cos(east), math.cos(north) * math.sin(east), math.sin(north)


def _people(claim: Claim, things: Mapping[str, str]) -> People:
    countries = countries_of(claim)
    sides = (*claim.initiators, *claim.targets)
    harmed = (*claim.targets, *(t.victims for t in claim.tolls if t.victims is not None))
    claimants = () if claim.claimant is None else (claim.claimant,)
    return People(
        known=_known(sides),
        initiators=_known(claim.initiators),
        claimants=_known(claimants),
        official=frozenset(r.country for r in claim.initiators if r.country and r.kind in _OFFICIAL),
        acting=_kinds(claim.initiators),
        suffering=_kinds(claim.targets),
        harmed=frozenset(_key(r) for r in harmed),
        harmed_kinds=frozenset(r.kind for r in harmed) - _NOBODY,
        hit=frozenset(r.country for r in harmed if r.country and r.kind in ARMED_KINDS),
        parties=frozenset((r.kind, r.country) for r in sides if r.country),
        countries=countries,
        view=countries | ({claim.scene} if claim.scene else set()),
        things=frozenset(things[r.role] for r in claim.targets if r.role is not None and r.role in things),
    )


def countries_of(claim: Claim) -> frozenset[str]:
    """The countries of a claim's place, else of its actors."""
    if claim.place is not None and (own := {claim.place.country, *claim.place.countries} - {None}):
        return frozenset(c for c in own if c)
    return frozenset(r.country for r in (*claim.initiators, *claim.targets) if r.country)


def _known(refs: Iterable[ActorRef]) -> frozenset[str]:
    return frozenset(r.actor_id for r in refs if r.actor_id)


def _kinds(refs: Iterable[ActorRef]) -> frozenset[Kind]:
    return frozenset((r.kind, r.country) for r in refs if r.kind not in _NOBODY and r.kind != "civilians")


def _key(ref: ActorRef) -> str:
    return ref.actor_id or (ref.role or ref.span.quote).casefold()


def _count(toll: Toll) -> Count:
    victims = toll.victims.actor_id if toll.victims is not None else None
    return Count(toll.outcome, figure(toll), toll.low, toll.high, victims, toll.victim_class)


def figure(toll: Toll) -> int | None:
    """The one number that stands for a toll, or None for words like "dozens"."""
    if toll.best is not None or toll.qualifier == "vague":
        return toll.best
    return toll.low if toll.low is not None else toll.high
