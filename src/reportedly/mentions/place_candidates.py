"""Questions about the places that a name may stand for: how well known, an area or not, which holds which.

Doors: `prominence`, `is_area`, `contains`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from reportedly.knowledge.gazetteer import Candidate

WELL_KNOWN = 100_000
"""Places of this population are known to readers without a hint at their country."""
LARGE = 1_000_000
"""Cities of this population are known to everybody."""
REGION_DEGREES = 3.0
"""A region of the supplement holds places of its country that lie no farther from its middle."""


def prominence(place: Candidate) -> float:
    """Give 0 to 3 for how readily the name alone brings the place to mind."""
    if place.feature == "country":
        return 3.0
    if place.match == "loose":
        return 1.0 if place.population >= WELL_KNOWN else 0.0
    if place.population >= LARGE and place.precision == "point":
        return 3.0
    if place.feature in ("capital", "admin1") or place.population >= WELL_KNOWN:
        return 2.0
    return (1.5 if place.precision == "point" else 2.0) if place.known else 0.0


def is_area(places: Iterable[Candidate]) -> bool:
    """Tell whether some reading is a country, division or region."""
    return any(p.feature in ("country", "admin1", "region", "province") for p in places)


def contains(outer: Sequence[Candidate], inner: Sequence[Candidate]) -> bool:
    """Tell whether some reading of `outer` is a country, division or region that holds some reading of `inner`."""
    return any(_holds(big, small) for big in outer for small in inner)


def _holds(big: Candidate, small: Candidate) -> bool:
    if big.id == small.id or small.feature == "country" or big.country not in (small.country, *small.countries):
        return False
    if big.feature == "country":
        return True
    if big.feature == "admin1":
        return big.admin1 == small.admin1 and small.feature != "admin1"
    return big.precision == "region" and small.precision == "point" and _close(big, small)


def _close(big: Candidate, small: Candidate) -> bool:
    if big.lat is None or big.lon is None or small.lat is None or small.lon is None:
        return False
    return max(abs(big.lat - small.lat), abs(big.lon - small.lon)) <= REGION_DEGREES
