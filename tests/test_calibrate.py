"""The program that fits the confidence: judges, fit and figures, on made-up claims."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
import yaml

import calibrate
import judging
from calibrate import Sample
from reportedly.claims.confidence import confidence
from reportedly.knowledge.confidence import load_confidence
from reportedly.knowledge.load import DATA


def samples(signs: dict[str, float], right: int, wrong: int, brief: bool = False) -> list[Sample]:
    """Return so many right and wrong claims with the same signs."""
    return [Sample("muc4", False, brief, signs, n < right) for n in range(right + wrong)]


def test_the_fit_gives_back_the_shares() -> None:
    """With many claims the confidence is the share of right ones, in articles and in brief texts."""
    rows = samples({"a": 1.0}, 800, 200) + samples({}, 300, 700)
    rows += samples({"a": 1.0}, 500, 500, brief=True) + samples({}, 300, 700, brief=True)
    model = calibrate.fit(rows)
    told = [confidence(signs, model, brief=brief) for brief in (False, True) for signs in ({"a": 1.0}, {})]
    assert told == pytest.approx([0.8, 0.3, 0.5, 0.3], abs=0.05)


def test_a_rare_sign_weighs_little() -> None:
    """Two claims do not make a rule."""
    model = calibrate.fit(samples({}, 500, 500) + samples({"rare": 1.0}, 2, 0))
    assert 0 <= model.weights.get("rare", 0.0) < 0.2


def test_figures() -> None:
    """Brier score, calibration error and ranking of known cases."""
    told, right = np.array([0.9, 0.9, 0.1, 0.1]), np.array([1.0, 1.0, 0.0, 0.0])
    assert calibrate.brier(told, right) == pytest.approx(0.01)
    assert calibrate.calibration_error(told, right) == pytest.approx(0.1)
    assert calibrate.ranking(told, right) == 1.0
    assert calibrate.ranking(1 - told, right) == 0.0
    assert calibrate.ranking(np.array([0.5, 0.5]), np.array([1.0, 0.0])) == 0.5


def test_the_report_has_ten_bins_and_counts_every_claim() -> None:
    """Empty bins stand in it, and the counts add up."""
    rows = samples({"a": 1.0}, 8, 2) + samples({}, 3, 7)
    lines = calibrate.report(rows, calibrate.fit(rows)).split("\n\n")[1].splitlines()[2:]
    assert len(lines) == calibrate.BINS
    assert sum(int(line.split("|")[-2]) for line in lines) == len(rows)


def test_weights_are_written_as_they_are_read(tmp_path: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """The knowledge file gives back the model."""
    monkeypatch.setattr(calibrate, "WEIGHTS", tmp_path / "confidence.yml")
    model = calibrate.fit(samples({"a": 1.0}, 80, 20) + samples({"b": 0.5}, 3, 70, brief=True))
    calibrate.write_weights(model, 173)
    assert load_confidence(tmp_path) == model
    assert yaml.safe_load((tmp_path / "confidence.yml").read_text())["claims"] == 173


def test_the_shipped_weights_were_fitted() -> None:
    """The file is the program's own work, on enough claims."""
    data = yaml.safe_load((DATA / "confidence.yml").read_text(encoding="utf-8"))
    assert data["claims"] > 3000
    assert data["weights"]["initiator_known"] > 0
    assert data["weights"]["carried"] < 0


# ------------------------------------------------------------------------------------------------------ judges


def loose(ref: dict[str, Any], wordings: list[str]) -> bool:
    """Match by equal words."""
    return ref["text"] in wordings


SCORER: Any = SimpleNamespace(
    live=lambda claim: claim["modality"] == "actual",
    claim_types=lambda claim: {claim["event_type"]} - {"peace"},
    muc_fit=lambda claim, template, types: 3 if claim["place"] == template["place"] else 0,
    MUC_NEUTRAL=SimpleNamespace(search=lambda kind: kind == "clash"),
    ref_match=loose,
    plover_events=lambda row: [row["event"]],
    headline_toll_ok=lambda toll, stated: (toll["low"] == stated["low"], toll["high"] == stated["high"]),
)
TEMPLATE = {
    "place": "Kova",
    "perp_org": [{"alternatives": ["the group"]}],
    "hum_target_name": [{"alternatives": ["the mayor"]}],
}


def claim(**fields: Any) -> dict[str, Any]:
    """Make a claim with the fields that judges read."""
    base: dict[str, Any] = {"id": "c", "event_type": "attack", "modality": "actual", "stance": "asserted"}
    base |= {"place": "Kova", "initiators": [], "targets": [], "tolls": []}
    return base | {k: [{"text": t} for t in v] if k in {"initiators", "targets"} else v for k, v in fields.items()}


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"initiators": ["the group"], "targets": ["the mayor"]}, True),
        ({}, True),
        ({"initiators": ["the army"]}, False),
        ({"targets": ["the mayor", "a shop"]}, True),
        ({"targets": ["the mayor", "a shop", "a car"]}, False),
        ({"place": "Elsewhere"}, False),
        ({"place": "Elsewhere", "event_type": "clash"}, None),
        ({"modality": "historical"}, None),
        ({"event_type": "peace"}, None),
    ],
)
def test_claims_of_articles(fields: dict[str, Any], expected: bool | None) -> None:
    """Right: fits an incident of the key, and half of the parties or more are in it."""
    assert judging.articles(SCORER, [claim(**fields)], [], [{"templates": [TEMPLATE]}]) == [expected]


@pytest.mark.parametrize(
    ("event", "fields", "expected"),
    [
        ("ASSAULT", {"initiators": ["rebels"]}, True),
        ("ASSAULT", {"initiators": ["police"]}, False),
        ("ASSAULT", {}, True),
        ("PROTEST", {"initiators": ["rebels"]}, False),
        (None, {}, None),
    ],
)
def test_claims_of_coded_sentences(event: str | None, fields: dict[str, Any], expected: bool | None) -> None:
    """Right: a record has the type, and a party in common where both name any; a claim in no row is not judged."""
    rows = [{"event": event, "_claims": ["c"]}] if event else []
    gold = [{"event": "ASSAULT", "source": [{"text": "rebels"}], "target": [], "reciprocal": False}]
    assert judging.records(SCORER, [claim(**fields)], rows, gold) == [expected]


@pytest.mark.parametrize(
    ("tolls", "unclear", "expected"),
    [
        ([("killed", 3, 3)], False, True),
        ([("killed", 3, 3), ("injured", 9, 9)], False, False),
        ([("killed", 3, None)], False, False),
        ([("captured", 3, 3)], False, None),
        ([("killed", 3, 3)], True, None),
    ],
)
def test_claims_of_headlines(tolls: list[tuple[str, int, int | None]], unclear: bool, expected: bool | None) -> None:
    """Right: every figure of dead and injured is stated, low and high."""
    read = claim(tolls=[{"outcome": outcome, "low": low, "high": high} for outcome, low, high in tolls])
    gold = [{"toll_unclear": unclear, "tolls": [{"outcome": "killed", "low": 3, "high": 3}]}]
    assert judging.headlines(SCORER, [read], [], gold) == [expected]
