"""Actors on the day of the event: the name valid then, in every slot; unknown actors and days stay as they are."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from reportedly.grounding.actors import ground_actors, name_on
from reportedly.knowledge.load import Knowledge, load_knowledge
from reportedly.model import ActorRef, Claim, Span, Toll, When

SPAN = Span(0, 3, "CSP")
OLD = "Permanent Strategic Framework"
NEW = "Permanent Strategic Framework for the Defense of the People of Azawad"


@pytest.fixture(scope="module")
def knowledge() -> Knowledge:
    """Load the shipped knowledge."""
    return load_knowledge()


def actor(actor_id: str | None = "ml-csp") -> ActorRef:
    """Return words that name an actor."""
    return ActorRef(SPAN, actor_id=actor_id, name=OLD if actor_id else "CSP", kind="rebel_group")


def on(day: date | None) -> When | None:
    """Return a stated day."""
    return When(SPAN, earliest=day, latest=day, edtf=day.isoformat(), precision="day", basis="stated") if day else None


def claim(day: date | None, ref: ActorRef) -> Claim:
    """Return a claim with the actor in every slot."""
    toll = Toll("toll-1", "killed", SPAN, low=3, high=3, best=3, qualifier="exact", victims=ref)
    return Claim(
        "claim-1", "doc", "battle.clash", True, SPAN, SPAN,
        initiators=(ref,), targets=(ref,), claimant=ref, attribution=(ref,), tolls=(toll,), when=on(day),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (date(2023, 7, 1), OLD),
        (date(2024, 5, 1), OLD),
        (date(2024, 5, 2), NEW),
        (date(2024, 7, 27), NEW),
    ],
)
def test_the_name_is_that_of_the_day(knowledge: Knowledge, day: date, expected: str) -> None:
    assert name_on(actor(), day, knowledge).name_on_date == expected


@pytest.mark.parametrize("day", [date(2024, 7, 27), None])
def test_every_slot_gets_the_name(knowledge: Knowledge, day: date | None) -> None:
    (found,) = ground_actors([claim(day, actor())], knowledge)
    refs = [*found.initiators, *found.targets, found.claimant, *found.attribution, found.tolls[0].victims]
    names = {ref.name_on_date for ref in refs if ref is not None}
    assert len(refs) == 5
    assert len(names) == 1
    assert names == {NEW} if day else names


def test_nothing_but_the_name_on_the_day_changes(knowledge: Knowledge) -> None:
    before = claim(date(2024, 7, 27), actor())
    (after,) = ground_actors([before], knowledge)
    assert replace(after.initiators[0], name_on_date=None) == before.initiators[0]
    assert (after.id, after.when, after.trigger) == (before.id, before.when, before.trigger)


def test_an_unknown_actor_stays_unknown(knowledge: Knowledge) -> None:
    before = claim(date(2024, 7, 27), actor(None))
    assert ground_actors([before], knowledge) == [before]


def test_names_follow_each_other(knowledge: Knowledge) -> None:
    """Of all listed actors: on the first day of a dated name that name holds, unless another begins that day too."""
    for known in knowledge.actors.by_id.values():
        for dated in known.dated:
            if len(dated.since) == 10 and dated.relation == "renamed":
                begun = {other.name for other in known.dated if other.since == dated.since}
                assert known.name_on(date.fromisoformat(dated.since)) in begun, known.id
