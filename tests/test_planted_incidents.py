"""Planted incidents: the same seed tells the same, each stretch tells its incident, and the figures are right."""

from __future__ import annotations

import pytest

from planted_incidents import Report, bcubed, gold_of, incidents, pairwise, predicted, reports


@pytest.fixture(scope="module")
def told() -> list[Report]:
    """Reports of a hundred incidents."""
    return list(reports(incidents(100, 3), 3))


def test_same_seed_tells_the_same(told: list[Report]) -> None:
    """The generator is a function of its arguments."""
    assert list(reports(incidents(100, 3), 3)) == told
    assert list(reports(incidents(100, 4), 4)) != told


def test_stretches_tell_their_incident(told: list[Report]) -> None:
    """Each stretch lies in its text and names the town of its incident; round-ups tell of several."""
    by_id = {one.id: one for one in incidents(100, 3)}
    for report in told:
        for name, start, end in report.tells:
            assert by_id[name].town in report.text[start:end]
        assert "{" not in report.text
    assert max(len(report.tells) for report in told) > 1


def test_ids_and_days(told: list[Report]) -> None:
    """Every incident is told at least three times, in texts of their own, and never before it happened."""
    by_id = {one.id: one for one in incidents(100, 3)}
    assert len({report.id for report in told}) == len(told)
    names = [name for report in told for name, _, _ in report.tells]
    assert min(names.count(name) for name in by_id) >= 3
    assert all(by_id[name].day <= report.published for report in told for name, _, _ in report.tells)


def test_figures_of_grouping() -> None:
    """Three tellings of one incident and one of another, wrongly parted two and two."""
    gold = {("a", "x"): "x", ("b", "x"): "x", ("c", "x"): "x", ("d", "y"): "y"}
    got = {("a", "x"): "1", ("b", "x"): "1", ("c", "x"): "2", ("d", "y"): "2"}
    assert pairwise(gold, got) == pytest.approx((1 / 2, 1 / 3, 0.4))
    assert bcubed(gold, got)[:2] == pytest.approx((0.75, (2 / 3 + 2 / 3 + 1 / 3 + 1) / 4))
    assert pairwise(gold, gold) == (1.0, 1.0, 1.0)


def test_a_telling_without_a_claim_stands_alone(told: list[Report]) -> None:
    """What is not read is joined with nothing."""
    got = predicted(told, {}, {})
    assert len(set(got.values())) == len(gold_of(told))
