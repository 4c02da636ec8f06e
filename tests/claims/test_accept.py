"""Whether an event word is the event, by its arguments: figures of speech, courts and kin, what can be hurt."""

from __future__ import annotations

from functools import cache

import pytest

from reportedly.pipeline import Reader, document_from_text, load_reader


@cache
def _reader() -> Reader:
    return load_reader()


def violent(text: str) -> set[str]:
    """Return the violent types of a text."""
    return {claim.event_type for claim in _reader().extract(document_from_text(text)).claims if claim.violent}


@pytest.mark.parametrize(
    ("meant", "figure"),
    [
        ("Rebels killed two herders.", "He killed time with a crossword."),
        ("Gunmen shot a judge.", "Shares shot up on Monday."),
        ("Troops shelled the suburb.", "The professor shelled out forty euros."),
        ("Soldiers bombed a depot.", "She bombed her driving test twice."),
        ("Guerrillas blew up a police post.", "The band blew up after one song."),
        ("The post came under fire at midnight.", "The minister came under fire for his remarks."),
        ("Militants targeted a checkpoint.", "The budget targeted small firms."),
        ("A bomb went off at the consulate.", "The milk had gone off."),
        ("The raid took a toll of nine dead.", "The drought took a toll on several herders."),
        ("Four people on the airliner were shot dead.", "The airliner crashed and four people on it were killed."),
        ("Deadly strikes on the port went on.", "The strike of nurses at the port went on, despite armed men outside."),
    ],
)
def test_what_can_be_hurt_is_hurt(meant: str, figure: str) -> None:
    """The same verb is violence of people and things, a figure of speech of time, shares and budgets."""
    assert violent(meant)
    assert not violent(figure)


@pytest.mark.parametrize(
    ("armed", "private"),
    [
        ("Soldiers stabbed his wife.", "A man stabbed his wife."),
        ("Armed men robbed a kiosk.", "Two teenagers robbed a kiosk."),
        (
            "A court jailed two soldiers for the murder of a student.",
            "A court jailed a woman for the murder of her husband.",
        ),
    ],
)
def test_ordinary_crime_is_no_violence_of_conflict(armed: str, private: str) -> None:
    """Private people's crime is kept apart; that of armed actors is not."""
    assert violent(armed)
    assert not violent(private)


@pytest.mark.parametrize(
    ("text", "event_type"),
    [
        ("Missiles hit a power station.", "strike.missile"),
        ("Drones attacked an oil terminal.", "strike.drone"),
        ("Mortar shells hit a school.", "strike.shelling"),
        ("Warplanes hit a depot.", "strike.air"),
        ("An Israeli strike hit a school.", "strike.unspecified"),
    ],
)
def test_the_weapon_that_strikes_gives_the_type(text: str, event_type: str) -> None:
    """ "Hit" and "strike" take their type from what hits."""
    assert event_type in violent(text)


@pytest.mark.parametrize(
    ("text", "taken"),
    [
        ("Armed men took away six women.", True),
        ("Armed men took away six bodies.", False),
        ("The rebels carried off their wounded.", False),
    ],
)
def test_the_fallen_are_carried_and_not_abducted(text: str, taken: bool) -> None:
    """Whoever leaves a fight with its dead and wounded has abducted nobody."""
    assert any(t.startswith("abduction.") for t in violent(text)) is taken


def test_involvement_is_in_violence() -> None:
    """To be involved in something else is no event."""
    assert "attack.armed" in violent("The army denied that it was involved in the attack on the village.")
    assert "attack.involvement" not in violent("The army denied that it was involved in the attack on the village.")
    assert "attack.involvement" not in violent("Soldiers were involved in a joint exercise near the village.")
