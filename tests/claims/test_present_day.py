"""Wordings of present-day news that must hold one by one, in sentences of our own about invented happenings."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest
from test_headlines import wrong_slots

from reportedly import load_reader
from reportedly.model import Claim
from reportedly.pipeline import Reader, document_from_text

DAY = "2025-06-01"


@pytest.fixture(scope="module")
def reader() -> Reader:
    return load_reader()


def read(reader: Reader, text: str) -> Sequence[Claim]:
    return reader.extract(document_from_text(text, published=DAY)).claims


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        (
            "Soldiers shot dead two striking weavers in Kyaukse on Monday, a union said.",
            {"type": "attack.shooting", "by": "Soldiers", "against": "striking weavers", "tolls": ["killed 2"]},
        ),
        (
            "The police used batons to disperse the crowd in Lohari on Sunday.",
            {"type": "protest.intervention", "by": "police", "against": "crowd", "tolls": []},
        ),
        (
            "Police fired rubber bullets and tear gas to disperse thousands of protesters in Pasto, injuring 12.",
            {"type": "unrest.excessive_force", "by": "Police", "against": "protesters", "tolls": ["injured 12"]},
        ),
        (
            "Protesters pelted officers with stones in Kericho on Friday.",
            {"type": "unrest.riot", "by": "Protesters", "against": "officers", "tolls": []},
        ),
        (
            "Stones were thrown at two buses in Hosur on Friday.",
            {"type": "unrest.riot", "against": "buses", "tolls": []},
        ),
        (
            "Two engineers are still being held by bandits near Mirpur.",
            {"type": "abduction.hostage", "by": "bandits", "against": "engineers", "tolls": ["abducted 2"]},
        ),
        (
            "Gunmen killed ten gold miners and took two engineers captive near Bozoum on Friday, the mayor said.",
            {"type": "attack.killing", "by": "Gunmen", "against": "gold miners", "tolls": ["killed 10"]},
        ),
        (
            "Gunmen killed ten gold miners and took two engineers captive near Bozoum on Friday, the mayor said.",
            {"type": "abduction.kidnapping", "by": "Gunmen", "against": "engineers", "tolls": ["captured 2"]},
        ),
        (
            "Herders and farmers fought with machetes near Koumra on Tuesday.",
            {"type": "battle.clash", "by": "herders", "against": "farmers|", "tolls": []},
        ),
        (
            "Fighting between soldiers and rebels in Ayod county displaced 9,400 people, aid workers said.",
            {"type": "battle.clash", "by": "soldiers", "against": "rebels", "tolls": ["displaced 9400"]},
        ),
        (
            "Hundreds of residents fled their homes in Caloto on Monday.",
            {"type": "displacement.flight", "by": "residents", "tolls": ["displaced 200"]},
        ),
        (
            "The insurgents carted away weapons from the base at Dikwa.",
            {"type": "destruction.looting", "by": "insurgents", "tolls": []},
        ),
        (
            "ADF rebels killed at least 12 civilians in Oicha, according to a toll given by civil society.",
            {
                "type": "attack.killing",
                "by": "ADF",
                "against": "civilians",
                "tolls": ["killed 12"],
                "claimant": "society",
            },
        ),
        (
            "Boko Haram fighters attacked a base at Geidam, and the army lost 12 soldiers, sources told AFP.",
            {"type": "attack.armed|battle.attack", "by": "Boko Haram", "tolls": ["killed 12"], "claimant": "sources"},
        ),
        (
            "Two women were killed when Ugandan artillery shells hit a house near Kasindi, a nurse said.",
            {"type": "strike.shelling", "by": "Ugandan", "tolls": ["killed 2"], "claimant": "nurse"},
        ),
        (
            "Nine people died in a police raid on the Vila Nova slum in Recife on Tuesday.",
            {"type": "attack.raid", "by": "police", "tolls": ["killed 9"]},
        ),
        (
            "Four people died as supporters of the banned Sona League clashed with police in Matara on Wednesday.",
            {"type": "unrest.mob", "by": "supporters", "against": "police", "tolls": ["killed 4"]},
        ),
        (
            "A column of around 100 junta troops burned down at least 60 houses in Taze on Wednesday.",
            {"type": "destruction.arson", "by": "junta troops", "against": "houses", "tolls": []},
        ),
    ],
)
def test_who_did_what_to_whom(reader: Reader, text: str, wanted: dict[str, Any]) -> None:
    """One claim of the type has every slot that is asked for right; places are asked for elsewhere."""
    of_type = [c for c in read(reader, text) if c.event_type in wanted["type"].split("|")]
    assert of_type, text
    asked = {"by": "*", "place": "*", "claimant": "*", **wanted}
    assert any(not wrong_slots(asked, claim) for claim in of_type), of_type


@pytest.mark.parametrize(
    "text",
    [
        '"They looted every house," a displaced woman told a reporter from Kosti.',
        '"We came in peace, and they shot at us," said Brian Otieno, a student.',
        "A woman said they had shot two of her neighbours in Lokichar.",
    ],
)
def test_a_person_who_tells_of_them_is_not_they(reader: Reader, text: str) -> None:
    """Who says "they" of others did nothing, in quotation marks least of all."""
    violent = [c for c in read(reader, text) if c.violent]
    assert violent
    assert not any("woman" in a.span.quote or "Brian" in a.span.quote for c in violent for a in c.initiators)


@pytest.mark.parametrize(
    ("text", "actor"),
    [
        (
            "The Arakan Army said it had clashed with Boko Haram near Kan on Monday. The group said it lost nine men.",
            "mm-aa",
        ),
        (
            "The Arakan Army clashed with Boko Haram near Kan on Monday. The group said it killed nine soldiers.",
            None,
        ),
    ],
)
def test_the_group_is_the_one_that_spoke_or_nobody(reader: Reader, text: str, actor: str | None) -> None:
    """Of two groups "the group" that speaks is the one that spoke just before; else it stays unresolved."""
    tellers = {c.claimant.actor_id for c in read(reader, text) if c.claimant is not None}
    assert tellers == {actor}


@pytest.mark.parametrize(
    "text",
    [
        "He was a leader of the protests that brought down the president.",
        "Last year's demonstrations in Kisii left more than 60 people dead.",
        "The team staged a late rally to win the cup.",
        "The striker was sent off for protesting a penalty.",
    ],
)
def test_protests_of_the_past_and_of_sport_are_no_news(reader: Reader, text: str) -> None:
    """What is recalled, or is no protest at all, is told as nothing of now."""
    assert not any(c.event_type.startswith("protest.") and c.modality == "actual" for c in read(reader, text))


def test_so_many_driven_out_in_a_day_are_no_sum(reader: Reader) -> None:
    """Thousands flee one battle; thousands killed are a war's."""
    claim = read(reader, "Fighting in the county displaced 9,400 people, aid workers said.")[0]
    assert (claim.aggregate, claim.modality) == (False, "actual")
