"""Values in words for people: figures, days, places, sides. Says unknown where it is, never more than is known."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from types import MappingProxyType

from reportedly.model.actor import ActorRef
from reportedly.model.document import Rights
from reportedly.model.incident import IncidentRecord, TollCell, TollFigure
from reportedly.model.place import PlaceRef
from reportedly.model.toll import Qualifier
from reportedly.model.when import When, days_words, span_words
from reportedly.store.answers import Glance

OUTLET = "the outlet"
_LETTERS = re.compile(r"\b[A-Z]{2}\b")
# In public exports: words that may not be given away. Where they stand is told by offsets.
WITHHELD = "(words withheld)"

# Document ids with the names of their publishers, for figures in an outlet's own voice.
Outlets = Mapping[str, str | None]


def when_words(when: When | None) -> str:
    """Return a time as people write it, with what is uncertain about it."""
    if when is None:
        return "date unknown"
    if when.basis == "publication" and when.earliest is not None and when.latest is not None:
        return f"{span_words(when.earliest, when.latest)} (day of publication)"
    return days_words(when)


def precision_words(when: When | None) -> str:
    """Return how exactly a time is known."""
    if when is None or when.earliest is None or when.latest is None:
        return "not dated"
    days = (when.latest - when.earliest).days + 1
    return "known to the day" if days == 1 else f"known to {days} days"


def place_name(place: PlaceRef) -> str:
    """Return a place's name, else the words."""
    return place.name or place.span.quote or WITHHELD


def place_words(place: PlaceRef | None, lands: Mapping[str, str] = MappingProxyType({})) -> str:
    """Return a place with its country and how exactly it is known; `lands` are names of countries by their letters."""
    if place is None:
        return "place unknown"
    name = place_name(place)
    if place.precision == "unresolved":
        return f"{name} (not resolved)"
    around = {"near": "near ", "point": "", "district": "", "region": "", "country": ""}[place.precision]
    codes = place.countries or ((place.country,) if place.country else ())
    known = "/".join(lands.get(code, code) for code in codes) if place.precision != "country" else ""
    area = f" ({place.precision})" if place.precision in ("district", "region") else ""
    return f"{around}{name}{', ' + known if known else ''}{area}"


def land_words(codes: str, lands: Mapping[str, str]) -> str:
    """Return words in which countries stand by their two letters with the names in their place.

    >>> land_words("ML/NE, XX", {"ML": "Mali", "NE": "Niger"})
    'Mali/Niger, XX'
    """
    return _LETTERS.sub(lambda found: lands.get(found[0], found[0]), codes)


def actor_words(ref: ActorRef) -> str:
    """Return an actor's name, else the words, else its kind."""
    return ref.name or ref.span.quote or f"({ref.kind.replace('_', ' ')}, words withheld)"


def names(refs: Iterable[ActorRef]) -> str:
    """Return several actors' names, each once."""
    return ", ".join(dict.fromkeys(actor_words(ref) for ref in refs))


def sides_words(record: IncidentRecord) -> str:
    """Return who stood against whom."""
    first, second = (names(side) for side in record.sides)
    if first and second:
        return f"{first} – {second}"
    return first or second or "unknown"


def figure_words(low: int | None, high: int | None, qualifier: Qualifier | None = None) -> str:
    """Return a figure with its bounds, as the words had them."""
    if low is None and high is None:
        return "number unknown"
    if low is None:
        return f"fewer than {high:,}" if qualifier == "fewer_than" else f"up to {high:,}"
    if high is None:
        if qualifier == "vague":
            return f"{low:,} or more (in words only)"
        return f"more than {low:,}" if qualifier == "more_than" else f"at least {low:,}"
    if low == high:
        return f"about {low:,}" if qualifier == "about" else f"{low:,}"
    return f"{low:,} to {high:,}"


def cell_head(cell: TollCell) -> str:
    """Return whom a row of figures counts: outcome and victims."""
    kind = f" ({cell.victim_class})" if cell.victim_class in ("combatant", "civilian") else ""
    outcome = cell.outcome.replace("_", " ")
    return f"{outcome}: {cell.victims}{kind}" if cell.victims else f"{outcome}{kind}"


def teller(figure: TollFigure, outlets: Outlets) -> str:
    """Return who gives a figure: the claimant, else the outlet by its name where that is known."""
    return figure.claimant or outlets.get(figure.document) or OUTLET


def figure_line(figure: TollFigure, outlets: Outlets) -> str:
    """Return one teller's figure: who says how many."""
    return f"{teller(figure, outlets)}: {figure_words(figure.low, figure.high, figure.qualifier)}"


def type_words(event_type: str) -> str:
    """Return an event type without the dots of its key."""
    return event_type.replace(".", " · ").replace("_", " ")


def rights_words(rights: Rights) -> str:
    """Return what a page says about the use of its text."""
    return " · ".join(_rights(rights)) or "no mark on the page; the usual rights of authors hold"


def _rights(rights: Rights) -> Iterator[str]:
    if rights.licence:
        yield f"licence {rights.licence}"
    if rights.free is not None:
        yield "free to read" if rights.free else "behind a paywall"
    if rights.nosnippet or rights.max_snippet == 0:
        yield "no excerpt allowed"
    elif rights.max_snippet is not None and rights.max_snippet > 0:
        yield f"excerpts of at most {rights.max_snippet} characters"
    if rights.no_preview:
        yield "parts not to be shown"
    if rights.tdm_reservation:
        yield "text and data mining reserved" + (f" ({rights.tdm_policy})" if rights.tdm_policy else "")
    if rights.noai:
        yield "not for AI, says the page"


def glance_words(glance: Glance) -> str:
    """Return an incident in a few words: what, where, when, how many killed, whether contested."""
    low, high = glance.killed_low, glance.killed_high
    told = f"; killed: {figure_words(low, high)}" if low is not None or high is not None else ""
    return glance.title + told + ("; contested" if glance.status == "contested" else "")
