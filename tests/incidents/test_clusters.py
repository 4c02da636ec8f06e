"""Incidents: the traps of a table, and what must hold whatever the order, the batches and the judgements."""

from __future__ import annotations

import random
import time
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import yaml
from few_words import FAMILIES, LINKING, PLACES, claim, facts
from hypothesis import given, settings
from hypothesis import strategies as st

from reportedly.incidents import blocks, cluster
from reportedly.incidents.outlines import Outliner
from reportedly.incidents.packing import Packer, Unpacker
from reportedly.incidents.scoring import Rates, rate, score
from reportedly.incidents.table import NEVER, Table
from reportedly.incidents.ties import Fits, kept_of_many
from reportedly.model import Claim
from reportedly.model.judgement import Anchor, Judgement

CASES: list[dict[str, Any]] = yaml.safe_load((Path(__file__).parents[1] / "cases" / "incidents.yml").read_text("utf-8"))
MANY = ["ml-army", "ru-wagner", "ml-csp", "x-jnim", "x-isgs"]
DAYS = [date(2024, 5, 1) + timedelta(days=n) for n in range(6)]


def _groups(
    claims: list[Claim], documents: dict[str, Any], judgements: tuple[Judgement, ...] = ()
) -> set[frozenset[str]]:
    return {frozenset(i.claims) for i in cluster(claims, facts(documents), judgements, FAMILIES, LINKING)}


@pytest.mark.parametrize("case", CASES, ids=lambda c: c["why"])
def test_traps_of_the_table(case: dict[str, Any]) -> None:
    """Every row forms exactly its incidents."""
    claims = [claim(row, case["documents"]) for row in case["claims"]]
    assert _groups(claims, case["documents"]) == {frozenset(map(str, ids)) for ids in case["expected"]}


@st.composite
def worlds(draw: st.DrawFn) -> tuple[list[Claim], dict[str, Any]]:
    """A few documents with claims of mixed places, days, sides and figures."""
    documents = {f"d{n}": draw(st.sampled_from([*DAYS, None])) for n in range(draw(st.integers(1, 5)))}
    rows = []
    for n in range(draw(st.integers(1, 14))):
        row: dict[str, Any] = {"id": n, "in": draw(st.sampled_from(sorted(documents))), "pos": 90 * n}
        row["type"] = draw(st.sampled_from(sorted(FAMILIES)))
        row["at"] = draw(st.sampled_from([*PLACES, ""]))
        row["scene"] = draw(st.sampled_from([None, None, "ML", "NE"]))
        row["day"] = draw(st.sampled_from([*DAYS, None, None]))
        row["by"] = draw(st.sampled_from([[], ["ml-army"], ["x-jnim"], ["ml-csp", "x-jnim"], MANY]))
        row["of"] = draw(st.sampled_from([[], ["ml-army"], ["ru-wagner"], ["x-villagers"]]))
        if draw(st.booleans()):
            row["killed"] = draw(st.one_of(st.integers(1, 30), st.just("dozens")))
            row["rises"] = draw(st.booleans())
        elif row["by"]:
            row["says"], row["stance"] = row["by"][0], draw(st.sampled_from(["asserted", "claimed", "denied"]))
        rows.append(row)
    return [claim(r, documents) for r in rows], documents


@settings(max_examples=150, deadline=None)
@given(worlds(), st.randoms(use_true_random=False))
def test_order_makes_no_difference(world: tuple[list[Claim], dict[str, Any]], shuffler: random.Random) -> None:
    """The same claims form the same incidents, with the same ids, in any order."""
    claims, documents = world
    expected = cluster(claims, facts(documents), (), FAMILIES, LINKING)
    mixed = list(claims)
    shuffler.shuffle(mixed)
    assert cluster(mixed, facts(documents), (), FAMILIES, LINKING) == expected


@settings(max_examples=100, deadline=None)
@given(worlds())
def test_each_claim_is_in_one_incident_at_most(world: tuple[list[Claim], dict[str, Any]]) -> None:
    """Incidents share no claims, and each is told by a claim of violence."""
    claims, documents = world
    groups = _groups(claims, documents)
    members = [c for group in groups for c in group]
    assert len(members) == len(set(members))


@settings(max_examples=100, deadline=None)
@given(worlds())
def test_scores_have_no_direction(world: tuple[list[Claim], dict[str, Any]]) -> None:
    """A pair scores the same from both ends."""
    claims, documents = world
    outliner = Outliner(facts(documents), FAMILIES, LINKING)
    told = [outliner.outline(c) for c in claims[:5]]
    for one in told:
        for other in told:
            there, back = score(one, other, LINKING), score(other, one, LINKING)
            assert there.total == pytest.approx(back.total)
            assert there.forbidden == back.forbidden


def _judged(number: int, one: str, other: str, verdict: str, undone: int | None = None) -> Judgement:
    left, right = (Anchor(c, "d", 0, "word") for c in (one, other))
    return Judgement(number, "same_incident", verdict, left, right, "a", "2024-05-09T00:00:00Z", undone_by=undone)  # type: ignore[arg-type]


@settings(max_examples=80, deadline=None)
@given(worlds(), st.sampled_from(["positive", "negative"]))
def test_a_judgement_holds_and_can_be_undone(world: tuple[list[Claim], dict[str, Any]], verdict: str) -> None:
    """A person's word joins or parts two claims against any score; taken back, all is as before."""
    claims, documents = world
    before = _groups(claims, documents)
    inside = sorted(c for group in before for c in group)
    if len(inside) < 2:
        return
    one, other = inside[0], inside[-1]
    after = _groups(claims, documents, (_judged(1, one, other, verdict),))
    assert any({one, other} <= group for group in after) == (verdict == "positive")
    assert _groups(claims, documents, (_judged(1, one, other, verdict, undone=2),)) == before


def test_the_latest_word_stands() -> None:
    """Of two judgements on one pair the later one counts."""
    documents = {"a": DAYS[0], "b": DAYS[0]}
    rows = [
        {"id": 1, "in": "a", "type": "attack.armed", "at": "Arda"},
        {"id": 2, "in": "b", "type": "attack.armed", "at": "Arda"},
    ]
    claims = [claim(r, documents) for r in rows]
    apart = (_judged(1, "1", "2", "positive"), _judged(2, "1", "2", "negative"))
    together = (_judged(1, "1", "2", "negative"), _judged(2, "1", "2", "positive"))
    assert len(_groups(claims, documents, apart)) == 2
    assert len(_groups(claims, documents, together)) == 1


def test_work_grows_with_claims() -> None:
    """Six times as many claims of one country in six times as many days take no more than twelve times as long."""

    def seconds(size: int) -> float:
        documents = {f"d{n}": date(2024, 1, 1) + timedelta(days=n // 60) for n in range(size)}
        towns = [p for p in PLACES if p not in {"Mali", "Kenya"}]
        kinds = sorted(k for k, family in FAMILIES.items() if family in {"attack", "battle", "strike", "harm"})
        rows = [
            {
                "id": n,
                "in": f"d{n}",
                "type": kinds[n % len(kinds)],
                "at": towns[n % 5],
                "killed": n % 60,
                "day": documents[f"d{n}"],
            }
            for n in range(size)
        ]
        claims = [claim(r, documents) for r in rows]
        start = time.process_time()
        cluster(claims, facts(documents), (), FAMILIES, LINKING)
        return time.process_time() - start

    small, large = seconds(400), seconds(2400)
    assert large < 12 * small + 1.0


@settings(max_examples=150, deadline=None)
@given(worlds())
def test_sifting_loses_no_pair_that_counts(world: tuple[list[Claim], dict[str, Any]]) -> None:
    """Whole blocks at once give the pairs and points that a look at every pair gives, but for those that tie nothing
    and are nobody's best."""
    claims, documents = world
    told = Outliner(facts(documents), FAMILIES, LINKING).outlines(claims)
    one_by_one = {(i, j): total for total, i, j in blocks.pairs_one_by_one(told, Rates(LINKING))}
    found = blocks.pairs_in_blocks(Table(told, LINKING))
    in_blocks = {(j, i): total for i, j, total in zip(*(column.tolist() for column in found), strict=True)}
    assert in_blocks.items() <= one_by_one.items()
    fits = Fits(told, blocks.found(told, Rates(LINKING)), LINKING)
    for i, j in one_by_one.keys() - in_blocks.keys():
        assert j not in {other for _, other in fits.kept(i)}
        assert told[j].id not in {other for _, other in fits.stand(i).fits}
        assert told[i].id not in {other for _, other in fits.stand(j).fits}
        assert one_by_one[i, j] < min(fits.stand(i).strongest, fits.stand(j).strongest)


@settings(max_examples=150, deadline=None)
@given(worlds(), st.integers(1, 4))
def test_asked_for_some_claims_blocks_give_their_pairs(world: tuple[list[Claim], dict[str, Any]], every: int) -> None:
    """Where only the pairs of some claims are asked for, these are the ones that a look at every pair gives."""
    claims, documents = world
    told = Outliner(facts(documents), FAMILIES, LINKING).outlines(claims)
    wanted = np.arange(len(told)) % every == 0
    found = blocks.pairs_in_blocks(Table(told, LINKING), wanted)
    some = {(j, i): total for i, j, total in zip(*(column.tolist() for column in found), strict=True)}
    asked = {(i, j): t for t, i, j in blocks.pairs_one_by_one(told, Rates(LINKING)) if wanted[i] or wanted[j]}
    assert some.items() <= asked.items()
    stand = Fits(told, blocks.found(told, Rates(LINKING)), LINKING).stand
    assert all(asked[i, j] < min(stand(i).strongest, stand(j).strongest) for i, j in asked.keys() - some.keys())


@settings(max_examples=150, deadline=None)
@given(worlds())
def test_many_pairs_at_once_score_as_one_by_one(world: tuple[list[Claim], dict[str, Any]]) -> None:
    """The columns give each pair the points that the comparison of two outlines gives, forbidden pairs included."""
    claims, documents = world
    told = Outliner(facts(documents), FAMILIES, LINKING).outlines(claims)
    one, other = np.nonzero(np.ones((len(told), len(told)), dtype=bool))
    expected = [rate(told[i], told[j], LINKING) for i, j in zip(one.tolist(), other.tolist(), strict=True)]
    found = Table(told, LINKING).rated(one, other).tolist() if told else []
    assert [None if points == NEVER else points for points in found] == expected


@settings(max_examples=150, deadline=None)
@given(worlds())
def test_many_ties_at_once_are_those_looked_at_one_by_one(world: tuple[list[Claim], dict[str, Any]]) -> None:
    """What is kept of the pairs that speak for one happening does not depend on how many claims there are."""
    claims, documents = world
    told = Outliner(facts(documents), FAMILIES, LINKING).outlines(claims)
    few = Fits(told, blocks.found(told, Rates(LINKING)), LINKING)
    table = Table(told, LINKING)
    many = kept_of_many(table, blocks.pairs_in_blocks(table))
    for number in range(len(told)):
        assert sorted(many.links(number)) == sorted(few.kept(number))
        assert many.stand(number) == few.stand(number)


@settings(max_examples=50, deadline=None)
@given(worlds())
def test_an_outline_survives_being_kept(world: tuple[list[Claim], dict[str, Any]]) -> None:
    """What a case keeps of an outline gives the very outline back."""
    claims, documents = world
    packer, unpacker = Packer(), Unpacker()
    for outline in Outliner(facts(documents), FAMILIES, LINKING).outlines(claims):
        assert unpacker.outline(packer.packed(outline)) == outline


@settings(max_examples=150, deadline=None)
@given(worlds())
def test_claims_that_are_compared_share_a_key(world: tuple[list[Claim], dict[str, Any]]) -> None:
    """A store that looks claims up by their keys misses none of other texts."""
    claims, documents = world
    told = Outliner(facts(documents), FAMILIES, LINKING).outlines(claims)
    for one in told:
        for other in told:
            if one.document != other.document and blocks.comparable(one, other, LINKING):
                assert set(blocks.keys(one)) & set(blocks.keys(other))
