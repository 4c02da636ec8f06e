"""Known names in running text: which acronyms count, and the names that a text introduces itself."""

from __future__ import annotations

import pytest

from reportedly.knowledge.load import load_knowledge
from reportedly.mentions.names import NameFinder, coined, introduced

FINDER = NameFinder(load_knowledge())


def found(text: str, caseless: bool = False) -> dict[str, tuple[str, ...]]:
    return {text[h.start : h.end]: h.ids for h in FINDER.find(text, caseless) if h.sort != "shared"}


@pytest.mark.parametrize(
    ("text", "words", "ids"),
    [
        ("M23 took the town.", "M23", ("cd-m23",)),
        ("The SAF shelled Khartoum.", "SAF", ("sd-army",)),
        ("Singapore sent a SAF ship.", "SAF", ("sg-army",)),
        ("IS fighters fled.", "IS", ("x-is",)),
        ("The Kachin Independence Army and the KIA's allies met.", "KIA", ("mm-kia",)),
        ("The UN met in Geneva.", "UN", ("x-un",)),
        ("In Myanmar the AA advanced.", "AA", ("mm-aa",)),
        ("al Shabab attacked", "al Shabab", ("so-al-shabaab",)),
        ("Al-Shabaab attacked", "Al-Shabaab", ("so-al-shabaab",)),
        ("SPLM-IO troops left.", "SPLM-IO", ("ss-splm-io",)),
    ],
)
def test_a_name_is_found_where_the_text_speaks_for_it(text: str, words: str, ids: tuple[str, ...]) -> None:
    assert found(text, text.islower()).get(words) == ids


@pytest.mark.parametrize(
    ("text", "country"),
    [("American troops left.", "US"), ("Central American troops left.", None), ("Latin American envoys met.", None)],
)
def test_a_part_of_the_world_is_no_country(text: str, country: str | None) -> None:
    """ "Central American" says no more of the United States than "African" does."""
    assert found(text).get("American") == ((country,) if country else None)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("A red KIA sedan.", "KIA"),
        ("The AA mended the car.", "AA"),
        ("The PDF is attached.", "PDF"),
        ("The PDF-X left Myanmar.", "PDF"),
        ("The SAF has met.", "SAF"),
        ("He is here.", "is"),
        ("He read it over the PA.", "PA"),
    ],
)
def test_an_acronym_alone_is_no_actor(text: str, words: str) -> None:
    assert words not in found(text)


@pytest.mark.parametrize("text", ["WHO KILLED THE MAYOR", "who killed the mayor", "THIS IS THE ACT OF A MAN"])
def test_words_without_case_are_no_acronyms(text: str) -> None:
    assert not {w.lower() for w in found(text, True)} & {"who", "is", "act", "man"}


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("The Delta Freedom Brigades (DFB) and the DFB.", ["Delta Freedom Brigades"] * 3),
        ("On Monday the United Front for the North, or UFN, left.", ["United Front for the North"] * 2),
        ("The Movement of the Green Valley (the MGV) left.", ["Movement of the Green Valley"] * 2),
        ("He met John Smith (CEO) there.", []),
        ("It fell (SEE MAP).", []),
    ],
)
def test_names_that_a_text_introduces(text: str, names: list[str]) -> None:
    assert [h.ids[0] for h in coined(text)] == names


def test_an_acronym_beside_a_known_name_is_that_name() -> None:
    text = "The Allied Democratic Forces (ADF) left."
    assert introduced(text, FINDER.find(text), False) == {"adf": ("cd-adf",)}
    assert introduced(text, FINDER.find(text), True) == {}
