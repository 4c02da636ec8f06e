"""Room 5, home: the country that a report speaks of above all, and what happened at no named place there.

Door: `at_home(document, claims, reading, countries)`.
"""

from __future__ import annotations

from collections.abc import Mapping

from reportedly.knowledge.countries import Country
from reportedly.model import Claim, Document, PlaceRef
from reportedly.model.quick import replace
from reportedly.model.reading import Reading

# A country is the scene of a report when it takes this share of the report's signs of countries, in a text of some
# length.
HOME_SHARE = 0.5
HOME_SENTENCES = 4
# A report is sent from where it happened more often than not: as much as a country named in the opening, nearly.
DATELINE_WEIGHT = 3.0
_FINE = frozenset({"point", "near", "district", "region"})
_TOLD = frozenset({"actual", "ongoing", "attempted"})


def at_home(
    document: Document, claims: tuple[Claim, ...], reading: Reading, countries: Mapping[str, Country]
) -> tuple[Claim, ...]:
    """In a report that speaks of one country above all, what happened at no named place happened in that country.

    A text of a few sentences may not say where: there the country is only the scene, and no place.
    """
    home = _home(reading)
    if home is None:
        return claims
    if len(document.segments) < HOME_SENTENCES:
        return tuple(_on_scene(c, home) for c in claims)
    inside = [p for p in reading.places if p.country == home]
    inside.sort(key=lambda p: (p.precision != "country", p.place_id is None))
    words = next(iter(inside), None)
    if words is None:
        return claims
    if words.precision != "country":
        country = countries[home]
        words = PlaceRef(
            words.span, f"cc:{home}", country.name, home, lat=country.lat, lon=country.lon, precision="country"
        )
    return tuple(
        replace(c, place=words) if c.place is None and c.violent and c.modality in _TOLD else _in_country(c, home)
        for c in claims
    )


def _in_country(claim: Claim, home: str) -> Claim:
    """The claim, with the country of a place that no gazetteer holds."""
    place = claim.place
    if place is None or not claim.violent or place.precision != "unresolved" or place.country is not None:
        return claim
    return replace(claim, place=replace(place, country=home))


def _on_scene(claim: Claim, home: str) -> Claim:
    """The claim, with the country that its short text speaks of."""
    known = claim.place is not None and claim.place.country is not None
    return claim if known or not claim.violent else replace(claim, scene=home)


def _home(reading: Reading) -> str | None:
    """The country that a report speaks of above all: by its name, its peoples, and how many of its places are named."""
    weights = dict(reading.countries)
    for iso, _ in {(str(p.country), p.name) for p in reading.places if p.country and p.precision in _FINE}:
        weights[iso] = weights.get(iso, 0.0) + 1.0
    first = max(weights.values(), default=0.0)
    foremost = [c for c, weight in weights.items() if weight == first]
    if len(foremost) != 1 or first < HOME_SHARE * sum(weights.values()):
        return None
    second = max((weight for c, weight in weights.items() if c != foremost[0]), default=0.0)
    return foremost[0] if 2.0 * (first - _headed(reading, foremost[0])) >= second else None


def _headed(reading: Reading, country: str) -> float:
    """What of the weight of a country is its dateline's: a report from abroad speaks of another ("PARIS, France -")."""
    opening = next((s for s in reading.sentences[:1] if s.sentence == 0), None)
    start = opening.tree.start if opening is not None else 0
    own = [p for p in reading.places[:3] if p.span.end <= start and p.country == country]
    dated = DATELINE_WEIGHT if own and any(t.kind == "dateline" for t in reading.times) else 0.0
    return dated + sum(4.0 if p.precision == "country" else 1.0 for p in own)
