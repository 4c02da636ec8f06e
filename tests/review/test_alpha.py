"""Alpha gives what the literature's worked examples give, and what a measure of agreement has to give anywhere."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reportedly.review.alpha import (
    Continuum,
    Distance,
    alpha,
    alpha_unitised,
    continuum,
    expected_unitised,
    interval,
    masi,
    nominal,
    observed_unitised,
    ratio,
    reliability,
    reliability_unitised,
)

# Krippendorff (2011), "Computing Krippendorff's Alpha-Reliability": examples A (two coders, two values), B (two
# coders, five values) and C/D (four coders, gaps), each a row a coder; a dot is a value that is missing.
A = ("0100000010", "1110010000")
B = ("aabbdcccedda", "babbbcccedddd"[:12])
C = ("123321412...", "1233224125.3", ".33323422 51.".replace(" ", ""), "1233244125 1.".replace(" ", ""))


def units(rows: Sequence[str], kind: type = str) -> list[list[object]]:
    """Return the values of each unit."""
    return [[kind(value) for value in column if value != "."] for column in zip(*rows, strict=True)]


@pytest.mark.parametrize(
    ("rows", "distance", "published"),
    [
        (units(A), nominal, 0.095),
        (units(B), nominal, 0.692),
        (units(C, int), nominal, 0.743),
        (units(C, int), interval, 0.849),
        (units(C, int), ratio, 0.797),
    ],
)
def test_published_examples(rows: list[list[object]], distance: Distance, published: float) -> None:
    """The figures printed beside the examples."""
    assert alpha(rows, distance) == pytest.approx(published, abs=0.0006)


def test_two_by_two_by_hand() -> None:
    """Four units, one apart: D_o = 1/4; 5 a and 3 b of 8 values give D_e = 2·15/56; alpha = 1 - 14/30."""
    assert alpha([("a", "a"), ("a", "a"), ("b", "b"), ("a", "b")], nominal) == pytest.approx(1 - 14 / 30)


@pytest.mark.parametrize(
    ("one", "other", "distance"),
    [
        ("ab", "ab", 0),
        ("", "", 0),
        ("a", "", 1),
        ("a", "b", 1),
        ("a", "ab", 1 - 1 / 2 * 2 / 3),
        ("ab", "bc", 1 - 1 / 3 * 1 / 3),
    ],
)
def test_distance_of_sets(one: str, other: str, distance: float) -> None:
    """MASI: Jaccard's overlap, less for sets of which one holds the other, still less for sets that cross."""
    assert masi(frozenset(one), frozenset(other)) == pytest.approx(distance)


def test_stretches_as_in_the_textbook() -> None:
    """Krippendorff (2004), Content Analysis, p. 254: categories c and k on 300 units of text."""
    c = continuum(300, [(75, 145), (220, 250)], [(70, 150), (205, 225), (250, 270)])
    assert observed_unitised([c]) == pytest.approx(0.0144, abs=0.00005)
    assert expected_unitised([c]) == pytest.approx(0.0532, abs=0.00005)
    assert alpha_unitised([c]) == pytest.approx(0.7286, abs=0.0001)
    k = continuum(300, [(30, 90), (150, 200)], [(30, 90), (150, 200)])
    assert expected_unitised([k]) == pytest.approx(0.0490, abs=0.00005)
    assert alpha_unitised([k]) == 1


def test_too_little_is_no_figure() -> None:
    assert reliability([], nominal).alpha is None
    assert reliability([("a", "b")], nominal) == reliability([("a", "b"), ("a",)], nominal)
    assert reliability([("a", "b")], nominal).alpha is None
    same = reliability([("a", "a")] * 9, nominal)
    assert (same.alpha, same.equal, same.n) == (None, 1.0, 9)
    assert reliability_unitised([Continuum(50, (), ())]).alpha is None
    assert reliability_unitised([]).alpha is None


def test_the_interval_is_the_same_again_and_narrows() -> None:
    few = reliability([("a", "a"), ("b", "b"), ("a", "b"), ("b", "b")] * 5, nominal)
    many = reliability([("a", "a"), ("b", "b"), ("a", "b"), ("b", "b")] * 100, nominal)
    assert few == reliability([("a", "a"), ("b", "b"), ("a", "b"), ("b", "b")] * 5, nominal)
    assert few.low < few.alpha < few.high  # type: ignore[operator]
    assert many.high - many.low < few.high - few.low  # type: ignore[operator]


SETS = st.frozensets(st.sampled_from("abc"), max_size=3)
PAIRS = st.sampled_from(
    [(nominal, st.sampled_from("abcd")), (interval, st.integers(0, 50)), (ratio, st.integers(0, 50)), (masi, SETS)]
).flatmap(lambda kind: st.tuples(st.just(kind[0]), st.lists(st.tuples(kind[1], kind[1]), max_size=15)))


@given(PAIRS)
@settings(max_examples=150, deadline=None)
def test_alpha_is_what_it_should_be(case: tuple[Distance, list[tuple[object, object]]]) -> None:
    """At most 1, the same in any order of coders and units, and 1 where all agree and something varies."""
    distance, pairs = case
    found = alpha(pairs, distance)
    assert found is None or found <= 1
    again = alpha([(b, a) for a, b in reversed(pairs)], distance)
    assert again == found or again == pytest.approx(found)
    agreed = alpha([(a, a) for a, _ in pairs], distance)
    assert agreed == (1 if len({a for a, _ in pairs}) > 1 else None)
    told = reliability(pairs, distance, resamples=40)
    assert told.high is None or told.low <= told.high <= 1  # type: ignore[operator]


STRETCHES = st.lists(st.tuples(st.integers(0, 99), st.integers(1, 30)).map(lambda s: (s[0], min(100, s[0] + s[1]))))
TEXTS = st.lists(st.builds(lambda one, other: continuum(100, one, other), STRETCHES, STRETCHES), max_size=4)


@given(TEXTS)
@settings(max_examples=150, deadline=None)
def test_stretches_give_what_they_should(texts: list[Continuum]) -> None:
    found = alpha_unitised(texts)
    assert found is None or found <= 1
    swapped = alpha_unitised([Continuum(text.length, text.second, text.first) for text in texts])
    assert swapped == found or swapped == pytest.approx(found)
    agreed = alpha_unitised([Continuum(text.length, text.first, text.first) for text in texts])
    assert agreed in (1, None)
    for text in texts:
        edges = [edge for stretch in text.first for edge in stretch]
        assert edges == sorted(edges)


def test_a_stretch_further_off_agrees_less() -> None:
    """Moving one coder's stretch away from the other's never raises agreement."""
    found = [
        alpha_unitised([continuum(200, [(20, 40), (100, 120)], [(20, 40), (100 + by, 120 + by)])])
        for by in range(0, 20, 4)
    ]
    assert found == sorted(found, reverse=True)  # type: ignore[type-var]
    assert found[0] == 1
