"""Room 4, dating: a time told in another sentence for the same happening.

Door: `dated_together`. What the words say is the same happening shares its time ("THE
kidnapping took place on 30 December", the same named victim, the same count of victims), and what a text tells that
names one day only was on that day. Two times share nothing.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from reportedly.claims.antecedents import lie_apart
from reportedly.model import ActorRef, Claim, When
from reportedly.model.quick import replace

_HARM = frozenset({"harm"})
_TOGETHER = frozenset({"attack", "harm", "explosion", "strike", "battle", "property"})
_ANY_ATTACK = frozenset({"battle.attack", "attack.armed", "attack.killing", "attack.injury", "attack.raid"})
_FINE = frozenset({"point", "near", "district"})
_WIDE = frozenset({"region", "country"})
_REMEMBERED = 40  # happenings looked back at: a text may be a book
_PARTICULAR = frozenset({"day", "span"})
_TOLD = frozenset({"actual", "historical", "attempted"})


def dated_together(
    claims: Sequence[Claim],
    again: Collection[int],
    perfect: Collection[int],
    families: Mapping[str, str],
    days: Collection[str],
    *,
    listed: bool = False,
) -> list[Claim]:
    """Return the claims, those without a time of their own with that of the same happening told elsewhere.

    `again` are the starts of event words that speak of a happening as known; it is the nearest before whose type fits.
    `perfect` are those of words that tell what has happened up to now. `listed`: the text is a list of happenings in
    several places, and the day of one of them is not that of the others. `days` are those that the text names.
    """
    usable = [i for i, c in enumerate(claims) if c.violent and c.modality in _TOLD and not c.aggregate]
    if not any(_own(claims[i]) is None for i in usable) or all(_own(claims[i]) is None for i in usable):
        return list(claims)
    group = {i: i for i in usable}
    naming: dict[tuple[str, ...], list[int]] = {}
    for n, i in enumerate(usable):
        for key in _victims(claims[i]):
            before = naming.setdefault(key, [])
            for j in before:
                if _fits(claims[j], claims[i], families):
                    _join(group, i, j)
            naming[key] = [*before[1 - _REMEMBERED :], i]
        if claims[i].trigger.start in again:
            near = reversed(usable[max(0, n - _REMEMBERED) : n])
            known = next((j for j in near if _again(claims[j], claims[i], families)), None)
            if known is not None:
                _join(group, i, known)
    shared = _shared(list(claims), group, again)
    on_a_day = [i for i in usable if claims[i].trigger.start not in perfect]
    return shared if listed else _on_the_day(shared, days, on_a_day)


def _own(claim: Claim) -> When | None:
    """The time that the words give, where it is more than the day of publication."""
    when = claim.when
    return when if when is not None and when.basis != "publication" and any(c.isdigit() for c in when.edtf) else None


def _root(group: dict[int, int], one: int) -> int:
    while group[one] != one:
        group[one] = one = group[group[one]]
    return one


def _join(group: dict[int, int], one: int, other: int) -> None:
    group[_root(group, one)] = _root(group, other)


def _shared(claims: list[Claim], group: dict[int, int], again: Collection[int]) -> list[Claim]:
    members: dict[int, list[int]] = {}
    for i in group:
        members.setdefault(_root(group, i), []).append(i)
    for together in members.values():
        _narrowed(claims, together, again)
        times = {w.edtf: w for i in together if (w := _own(claims[i])) is not None}
        if len(times) != 1:
            continue
        (when,) = times.values()
        for i in together:
            if _own(claims[i]) is None:
                claims[i] = replace(claims[i], when=when)
    return claims


def _narrowed(claims: list[Claim], together: Sequence[int], again: Collection[int]) -> None:
    """Let those told in a region or country be where another telling says more precisely that it was ("The attack
    occurred in X"), if only one does."""
    known = [claims[i] for i in together if claims[i].trigger.start in again]
    only = [c for c in known if not (c.initiators or c.targets or c.tolls)]
    fine = {p.place_id: p for c in only if (p := c.place) is not None and p.precision in _FINE}
    if len(together) < 2 or len(fine) != 1:
        return
    (place,) = fine.values()
    for i in together:
        wide = claims[i].place
        if wide is not None and wide.precision in _WIDE and place.place_id is not None and not lie_apart(wide, place):
            claims[i] = replace(claims[i], place=place)


def _on_the_day(claims: list[Claim], named: Collection[str], usable: Sequence[int]) -> list[Claim]:
    """Where a text dates its happenings by one day alone, those that it does not date were on that day; a stretch of
    days is that of its own place."""
    days = {w.edtf: w for i in usable if (w := _own(claims[i])) is not None}
    if len({*days, *named}) > 1:
        return claims  # "the incident, which occurred ON SATURDAY": on a day of its own, whoever tells of it
    when = next(iter(days.values()), None)
    if when is None or len(days) > 1 or when.precision not in _PARTICULAR:
        return claims
    dated = [c.place for i in usable if (c := claims[i]).when is when and c.place is not None]
    for i in usable:
        place = claims[i].place
        elsewhere = when.precision == "span" and place is not None and any(lie_apart(place, p) for p in dated)
        entry = (w := claims[i].when) is not None and w.precision == "day"  # of an entry that the clock heads
        if _own(claims[i]) is None and claims[i].modality == "actual" and not (elsewhere or entry):
            claims[i] = replace(claims[i], when=when)
    return claims


def _again(before: Claim, known: Claim, families: Mapping[str, str]) -> bool:
    """Tell whether what is spoken of as known was told before; "THE 1997 RAID" is nothing that is news."""
    past = known.modality == "historical" != before.modality and _own(known) is not None
    return not past and _fits(before, known, families)


def _fits(one: Claim, other: Claim, families: Mapping[str, str]) -> bool:
    """Tell whether the types may be words for one happening."""
    if one.event_type == other.event_type:
        return True
    a, b = families.get(one.event_type, ""), families.get(other.event_type, "")
    if a == b:
        return True
    return {a, b} <= _TOGETHER and bool({one.event_type, other.event_type} & _ANY_ATTACK or _HARM & {a, b})


def _victims(claim: Claim) -> set[tuple[str, ...]]:
    """What tells a claim's victims apart: a person's name, or a count of more than one with its noun."""
    named = {("name", t.span.quote.split()[-1].lower()) for t in claim.targets if _is_name(t)}
    counted = {
        ("count", str(t.low), t.victims.span.quote.split()[-1].lower())
        for t in claim.tolls
        if t.victims is not None and t.low is not None and t.low > 1 and t.qualifier == "exact"
    }
    return named | counted


def _is_name(ref: ActorRef) -> bool:
    """Tell whether the words are a person's name: capitals, and a last word that is not the role itself."""
    parts = ref.span.quote.split()
    if len(parts) < 2 or not all(p[:1].isupper() for p in parts) or ref.kind == "facility":
        return False
    return ref.role is None or not parts[-1].lower().startswith(ref.role[:4])
