"""What ACLED's rows say in words: the notes, the scale of the sources, and the tags."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from reportedly.codebooks.acled.fatalities import toll_notes
from reportedly.codebooks.acled.sides import Side
from reportedly.codebooks.acled.types import Kind
from reportedly.codebooks.engine import Reading
from reportedly.codebooks.facts import Facts, ask_role, claimant_name, ids_of, publishers
from reportedly.model import Claim

_OPTIONAL = re.compile(r"\[([^\]]*)\]")


def note_text(facts: Facts, claims: Sequence[Claim], kind: Kind, sides: tuple[Side, Side], day: date, how: str) -> str:
    """One or two sentences that open with day and place: `On 30 June 2022, in Place (Region), ...`."""
    place = facts.place
    where = (place.name or place.span.quote) if place else ""
    area = f" ({place.admin1})" if place and place.admin1 and place.admin1 != where else ""
    near = "the area of " if place and place.precision in ("near", "district", "region") else ""
    parts = [
        f"On {day.day} {day:%B %Y}, in {near}{where}{area}, {_happened(facts, kind, sides)}.",
        toll_notes(facts, claims),
        _denials(facts),
        str(facts.book.tables["day_notes"].get(how, "")),
    ]
    return " ".join(part for part in parts if part)


def _happened(facts: Facts, kind: Kind, sides: tuple[Side, Side]) -> str:
    """The book's sentence for the sub-event type; what stands in square brackets needs a second side."""
    one, two = (side.name for side in sides)
    sentence = str(facts.book.tables["sentences"][kind.sub])
    sentence = _OPTIONAL.sub(lambda hit: hit[1] if two else "", sentence)
    return sentence.format(one=one, two=two)


def _denials(facts: Facts) -> str:
    names = dict.fromkeys(claimant_name(claim) for claim in facts.claims if claim.stance == "denied")
    return f"Denied by {', '.join(names)}." if names else ""


def scale(facts: Facts) -> Reading:
    """Scale of the sources whose country and kind are known: `National-International`, in the book's order."""
    found = {_scale_of(facts, name): name for name in publishers(facts)}
    known = [one for one in facts.book.tables["scales"] if one in found]
    words = tuple(found[one] for one in known)
    return Reading("-".join(known), words=words, rule="acled.scale" if known else "acled.scale.unknown")


def _scale_of(facts: Facts, publisher: str) -> str:
    outlet = facts.book.outlets.named(publisher)
    if outlet is None:
        return ""
    by_kind = facts.book.tables["scale_of_kind"].get(outlet.kind)
    if by_kind:
        return str(by_kind)
    home, here = facts.book.countries.get(outlet.country or ""), facts.country
    if home is None or here is None:
        return "International"
    if home.iso2 == here.iso2:
        return "National"
    return "Regional" if home.region == here.region else "International"


def tags(facts: Facts, kind: Kind) -> Reading:
    """Crowd size of demonstrations, who was targeted, arrests at a demonstration."""
    found: list[str] = []
    words: list[str] = []
    if kind.event in facts.book.tables["demonstrations"]:
        crowd = _crowd(facts, kind.claims)
        found.append(f"crowd size={crowd or 'no report'}")
        words += [crowd] if crowd else []
        if any(t.outcome == "detained" for claim in facts.claims for t in claim.tolls):
            found.append("detentions")
    targeted, told = _targeted(facts, kind)
    found += targeted
    return Reading("; ".join(dict.fromkeys(found)), ids_of(kind.claims) if found else (), (*words, *told))


def _crowd(facts: Facts, claims: Sequence[Claim]) -> str:
    """The words for how many came: `thousands`, `about 300`."""
    pattern = re.compile(str(facts.book.tables["crowd_size"]), re.IGNORECASE)
    hits = (pattern.search(" ".join(claim.content.quote.split())) for claim in claims)
    return next((hit[1].lower() for hit in hits if hit), "")


def _targeted(facts: Facts, kind: Kind) -> tuple[list[str], tuple[str, ...]]:
    """Tags for those who are hit in violence against civilians, by their role."""
    if kind.event not in facts.book.tables["civilian_events"]:
        return [], ()
    hit = [actor for claim in kind.claims for actor in claim.targets]
    found = {ask_role(actor, facts.book.tables["targeted"]): actor.span.quote for actor in hit}
    known = {tag: words for tag, words in found.items() if tag}
    return list(known), tuple(known.values())
