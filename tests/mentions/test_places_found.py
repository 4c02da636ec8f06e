"""Names of places in running text: which words, in which frame, with what around them."""

from __future__ import annotations

from itertools import pairwise
from types import SimpleNamespace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reportedly.knowledge.gazetteer import open_gazetteer
from reportedly.knowledge.place_words import load_place_words
from reportedly.mentions.places import PlaceMention, find_places
from reportedly.model import Segment

KNOWLEDGE = SimpleNamespace(gazetteer=open_gazetteer(), place_words=load_place_words())
WORDS = [
    "Kidal",
    "north of",
    "Mali",
    ",",
    "the village of",
    "Nice",
    "between",
    "and",
    "Gao",
    "(",
    "’s",
    "10 km",
    "—",
    "ÉÀ",
]


def find(text: str) -> tuple[PlaceMention, ...]:
    return find_places(text, (), KNOWLEDGE)


def one(text: str) -> PlaceMention:
    (mention,) = find(text)
    return mention


@given(st.one_of(st.text(max_size=200), st.lists(st.sampled_from(WORDS), max_size=20).map(" ".join)))
@settings(max_examples=150, deadline=None)
def test_spans_slice_back_in_order_without_overlap(text: str) -> None:
    found = find(text)
    assert all(text[m.span.start : m.span.end] == m.span.quote for m in found)
    assert all(a.span.end <= b.span.start for a, b in pairwise(found))
    assert all(0 <= k < len(found) for m in found for k in (*m.chain, *([m.partner] if m.partner is not None else [])))


@pytest.mark.parametrize(
    ("text", "frame", "distance", "bearing"),
    [
        ("They met in Kidal.", "in", None, None),
        ("It fell near Kidal.", "near", None, None),
        ("It fell close to the city of Kidal.", "near", None, None),
        ("It fell north-east of Kidal.", "near", None, 45),
        ("It fell 40 km (25 miles) north of Kidal.", "offset", 40, 0),
        ("It fell some 40km south-west of Kidal.", "offset", 40, 225),
        ("It fell about 10 miles from Kidal.", "offset", 16.1, None),
        ("It fell twenty kilometres to the east of Kidal.", "offset", 20, 90),
        ("It fell 1,500 metres west of the town of Kidal.", "offset", 1.5, 270),
        ("It fell on the outskirts of Kidal.", "outskirts", None, None),
        ("The border with Mali is closed.", "border", None, None),
        ("Mali's border is closed.", "border", None, None),
    ],
)
def test_frames(text: str, frame: str, distance: float | None, bearing: float | None) -> None:
    mention = one(text)
    assert (mention.frame, mention.distance_km, mention.bearing) == (frame, distance, bearing)


def test_between_links_both_ends() -> None:
    first, second = find("The truck was hit between Gao and Ansongo.")
    assert (first.frame, first.partner, second.frame, second.partner) == ("between", 1, "between", 0)


def test_a_chain_points_at_what_contains_the_name() -> None:
    town, division, country = find("They fled to Djibo, Sahel Region, Burkina Faso.")
    assert town.chain
    assert country.span.quote == "Burkina Faso"
    assert division.chain in ((2,), ())


@pytest.mark.parametrize(
    ("text", "generic", "level"),
    [
        ("They left Kidal region at dawn.", "region", "region"),
        ("They left the village of Moura at dawn, in Mali.", "village", "point"),
        ("They shelled Idlib province.", "province", "region"),
        ("They raided Zamzam camp.", "camp", "point"),
    ],
)
def test_nouns_beside_the_name(text: str, generic: str, level: str) -> None:
    mention = find(text)[0]
    assert (mention.generic, mention.level) == (generic, level)


def test_an_unknown_village_is_a_mention_without_candidates() -> None:
    mention = one("Gunmen entered the village of Bolokutu.")
    assert (mention.span.quote, mention.candidates, mention.weak) == ("Bolokutu", (), False)


def test_an_apposition_calls_an_unknown_name_a_village() -> None:
    found = find("Troops withdrew to Bolokutu, a small village near the front, on Monday.")
    assert [(m.span.quote, m.generic, m.weak) for m in found] == [("Bolokutu", "village", False)]


def test_a_chain_may_run_over_a_noun_and_a_region_of_the_supplement() -> None:
    town, division, _ = find("They raided Goronyo in Sokoto State, Nigeria.")
    assert (town.chain[:1], division.chain) == ((1,), (2,))
    assert find("Villagers in Solhan, in Yagha province, fled.")[0].chain == (1,)


def test_a_list_of_unknown_villages_is_read_whole() -> None:
    found = find("Gunmen entered the villages of Bolokutu and Tarandallé, and Yaqshiid district.")
    assert [m.span.quote for m in found if not m.weak] == ["Bolokutu", "Tarandallé", "Yaqshiid"]


def test_an_unknown_name_after_a_preposition_is_weak() -> None:
    mention = one("Gunmen were seen near Bolokutu.")
    assert (mention.span.quote, mention.weak) == ("Bolokutu", True)


@pytest.mark.parametrize(
    "text",
    [
        "He spoke in Parliament on Monday.",
        "They met in March.",
        "Prime Minister Jordan Baker resigned.",
        "General Washington spoke.",
        "said Mather, a farmer",
        "Many Canadian and Malian voters came.",
        "Xinhua reported the news.",
    ],
)
def test_other_capitalised_words_are_no_places(text: str) -> None:
    assert [m.span.quote for m in find(text) if not m.inside_name] == []


def test_a_person_stays_a_person_later_in_the_text() -> None:
    found = find("Josh Hamilton was hurt. Hamilton went home.")
    assert found == ()


def test_segments_limit_the_search() -> None:
    text = "Kidal fell. Gao held."
    assert [m.span.quote for m in find_places(text, [Segment(12, 21, 0, 0)], KNOWLEDGE)] == ["Gao"]


def test_possessive_is_not_part_of_the_name() -> None:
    assert one("Donetsk’s streets were empty.").span.quote == "Donetsk"


@pytest.mark.parametrize("name", ["Se\u0301gou", "Me\u0301naka", "Se\u0301vare\u0301"])
def test_accents_that_stand_behind_their_letters_are_part_of_the_name(name: str) -> None:
    """A name in decomposed Unicode is the name, never the place that its first letters spell."""
    text = f"Soldiers left {name}, a town in Mali."
    found = {m.span.quote: m.candidates for m in find(text)}
    assert set(found) == {name, "Mali"}
    assert found[name]


@pytest.mark.parametrize(
    ("text", "names", "why"),
    [
        ("Fighting went on in northern Kolbari.", ["Kolbari"], "a side before the name"),
        ("They shelled the strategic Kolbari for hours.", ["Kolbari"], "an adjective before the name"),
        ("Shots were heard in the rebel-held Kolbari.", ["Kolbari"], "who holds it before the name"),
        ("He was born in a village called Kolbari.", ["Kolbari"], "a village called so"),
        ("They raided four villages: Demsara, Wunako and Tabongi.", ["Demsara", "Wunako", "Tabongi"], "a list"),
        ("Shells fell on towns such as Kolbari.", ["Kolbari"], "such as"),
        ("Troops advanced inside Sheikh Barhum.", ["Sheikh Barhum"], "a title in a name of a place"),
        ("They met in Sheikh Barhum's house.", [], "a title in a name of a person"),
        ("Patrols guard the Gao-Ansongo road.", ["Gao", "Ansongo"], "a road by its ends"),
        ("Snipers fired at Tal Al-‘Ezz.", ["Tal Al-‘Ezz"], "an apostrophe behind a hyphen"),
        ("Jets struck the villages of Gao, Sakoira and Kolbari.", ["Gao", "Sakoira", "Kolbari"], "known and unknown"),
        ("The boat sank in the Gulf of Tonkin.", ["Gulf of Tonkin"], "a gulf"),
    ],
)
def test_names_in_many_settings(text: str, names: list[str], why: str) -> None:
    assert [m.span.quote for m in find(text)] == names, why


def test_a_road_joins_its_ends() -> None:
    first, second = find("A mine lay on the road linking Gao and Ansongo.")
    assert (first.partner, second.partner) == (1, 0)
    first, second = find("A mine lay on the Gao-Ansongo road.")
    assert (first.frame, first.partner, second.partner) == ("between", 1, 0)
