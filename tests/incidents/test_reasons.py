"""Reasons: the strongest link of each claim, and what keeps the nearest other incident apart."""

from __future__ import annotations

from datetime import date
from typing import Any

from few_words import FAMILIES, LINKING, claim, facts

from reportedly.incidents import Outliner, explain
from reportedly.incidents.outlines import Outline

DOCUMENTS = {"a": date(2024, 5, 2), "b": date(2024, 5, 2), "c": date(2024, 5, 6)}
ARDA: dict[str, Any] = {"type": "attack.armed", "at": "Arda", "day": date(2024, 5, 1), "killed": 7}


def told(rows: list[dict[str, Any]]) -> list[Outline]:
    """Outlines of claims in few words."""
    return Outliner(facts(DOCUMENTS), FAMILIES, LINKING).outlines(claim(row, DOCUMENTS) for row in rows)


def test_each_claim_has_its_strongest_link() -> None:
    """Of two companions the one with the same toll speaks most, and its features are named."""
    members = told(
        [{**ARDA, "id": 1, "in": "a"}, {**ARDA, "id": 2, "in": "b"}, {**ARDA, "id": 3, "in": "c", "killed": 9}]
    )
    found = explain(members, {}, LINKING)
    assert [(link.claim, link.other) for link in found.links] == [("1", "2"), ("2", "1"), ("3", "2")]
    assert {"same place", "same day", "same toll"} <= {f.name for f in found.links[0].score.features}
    assert found.nearest is None


def test_the_nearest_other_is_kept_apart_by_a_stated_contradiction() -> None:
    """Of an incident in the same town days later and one in another country, the former is nearest; its day forbids."""
    later = told([{**ARDA, "id": 3, "in": "c", "day": date(2024, 5, 5)}])
    abroad = told([{**ARDA, "id": 4, "in": "b", "at": "Kenya", "killed": 2}])
    found = explain(told([{**ARDA, "id": 1, "in": "a"}]), {"later": later, "abroad": abroad}, LINKING)
    assert found.links == ()
    assert found.nearest is not None
    assert found.nearest.incident == "later"
    assert [f.name for f in found.nearest.forbidding] == ["days apart"]


def test_the_nearest_other_agrees_too_little() -> None:
    """Where nothing forbids, the average of the pairs stands beside what would be needed."""
    bomb = told([{"id": 2, "in": "c", "type": "explosion.bomb", "at": "Mali"}])
    found = explain(told([{**ARDA, "id": 1, "in": "a"}]), {"bomb": bomb}, LINKING)
    assert found.nearest is not None
    assert found.nearest.forbidding == ()
    assert found.nearest.average < found.nearest.needed
