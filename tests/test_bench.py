"""The measuring programs: the generator keeps its promises, scores and floors are computed rightly."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import Any

import pytest

import eval as evaluation
import generate
import own_sets
import speed
from pages import BEGIN, END, replace_measured


def row(metric: str, value: float | None, n: object = 100, note: str = "") -> dict[str, Any]:
    """Make a figure."""
    return {"metric": metric, "value": value, "n": n, "note": note}


def claim(**fields: Any) -> dict[str, Any]:
    """Make a claim with only the fields that scoring reads."""
    base: dict[str, Any] = {"event_type": "attack.armed", "violent": True, "claimant": None, "stance": "asserted"}
    return base | {"modality": "actual", "place": None, "tolls": []} | fields


@pytest.mark.parametrize("feed", sorted(generate.SHARES))
def test_same_seed_gives_the_same_articles(feed: str) -> None:
    """The generator is a function of its arguments."""
    assert list(generate.generate(feed, 5, seed=3)) == list(generate.generate(feed, 5, seed=3))
    assert list(generate.generate(feed, 5, seed=3)) != list(generate.generate(feed, 5, seed=4))


def test_articles_are_the_same_in_every_process() -> None:
    """Nothing hangs on the order of a set: two processes that hash words differently write the same bytes."""
    command = [sys.executable, generate.__file__, "--feed", "conflict", "--articles", "3"]
    made = [
        subprocess.run(command, env={**os.environ, "PYTHONHASHSEED": seed}, capture_output=True, check=True).stdout
        for seed in ("1", "2")
    ]
    assert made[0]
    assert made[0] == made[1]


@pytest.mark.parametrize(("feed", "expected"), [("conflict", 40), ("mixed30", 12), ("mixed5", 2)])
def test_feeds_have_their_share_of_conflict(feed: str, expected: int) -> None:
    """Exactly the promised share of the articles has something planted."""
    assert sum(bool(article.truth) for article in generate.generate(feed, 40)) == expected


def test_articles_have_the_promised_length() -> None:
    """Articles have about 690 words, as the benchmark page says."""
    lengths = [len(article.text.split()) for article in generate.generate("mixed30", 60)]
    assert min(lengths) >= 640
    assert max(lengths) <= 740


def test_planted_values_stand_in_the_first_sentence() -> None:
    """What the truth says can be read in the text."""
    for article in generate.generate("conflict", 60):
        lead = article.text.split("\n")[0].casefold()
        for truth in article.truth:
            words = [truth.place, truth.weekday, *truth.initiators, *([truth.claimant] if truth.claimant else [])]
            assert [word for word in words if word.casefold() not in lead] == []
            assert [low for _, low, _, _ in truth.tolls if str(low) not in lead] == []


def test_no_slot_is_left_open() -> None:
    """Every slot of every template has a value."""
    for article in generate.generate("conflict", 40):
        assert "{" not in article.text


def test_planted_types_are_event_types() -> None:
    """The generator plants only types that the ontology has."""
    from reportedly.knowledge.ontology import load_ontology

    keys = set(load_ontology(generate.ACTORS.parent))
    assert {lead["event_type"] for lead in generate.load_templates()["leads"]} <= keys


@pytest.mark.parametrize(
    ("floor", "value", "note", "expected"),
    [
        (0.5, 0.6, "", 0),
        (0.5, 0.5, "", 0),
        (0.5, 0.49, "", 1),
        (0.5, 0.49, "lower is better", 0),
        (0.5, 0.51, "lower is better", 1),
        (0.5, None, "", 1),
    ],
)
def test_breaches(floor: float, value: float | None, note: str, expected: int) -> None:
    """A figure on the wrong side of its floor, or gone, is a breach."""
    found = evaluation.breaches({"s": [row("m", value, note=note)]}, {"floors": {"s": {"m": floor}}})
    assert len(found) == expected


def test_a_suite_that_was_not_measured_breaks_no_floor() -> None:
    """Without the development sets their floors are not checked."""
    assert evaluation.breaches({}, {"floors": {"s": {"m": 0.5}}}) == []


def test_floors_rise_and_fall_only_when_asked() -> None:
    """A stricter floor stays unless it is lowered on purpose."""
    floors = {"margin": 0.02, "floors": {"s": {"m": 0.7, "n": 0.1}}}
    figures = {"s": [row("m", 0.6), row("n", 0.6), row("few", 0.6, n=5)]}
    assert evaluation.new_floors(figures, floors, lower=False)["floors"]["s"] == {"m": 0.7, "n": 0.58}
    assert evaluation.new_floors(figures, floors, lower=True)["floors"]["s"] == {"m": 0.58, "n": 0.58}


def test_golden_scoring_pairs_claims_with_expectations() -> None:
    """Each expectation takes one claim; what is left over was expected by nobody."""
    from collections import Counter

    expected = [{"event": ["attack"], "claimant": "police", "stance": "asserted", "tolls": []}]
    police = {"text": "the police", "name": "Police"}
    counts: Counter[str] = Counter()
    own_sets.count_article(expected, [claim(), claim(claimant=police), claim(violent=False)], counts)
    assert (counts["claims found"], counts["claimant"], counts["extra"], counts["found"]) == (1, 1, 1, 2)


def test_golden_articles_are_complete() -> None:
    """Every golden article has the fields that scoring reads, and they name event types that exist."""
    from reportedly.knowledge.ontology import load_ontology

    keys = list(load_ontology(generate.ACTORS.parent))
    articles = own_sets.golden_articles()
    assert len(articles) >= 10
    for name, article in articles.items():
        for want in article["expect"]:
            assert {"event", "claimant", "stance", "tolls"} <= set(want), name
            unknown = [prefix for prefix in want["event"] if not any(key.startswith(prefix) for key in keys)]
            assert unknown == [], name


def test_ratio_of_speed_is_by_processor_time() -> None:
    """Half the time is twice the speed; the median of the rounds counts."""
    plain = [speed.Measured("plain", "conflict", 10, 100, cpu, cpu, 1.0) for cpu in (4.0, 4.0, 4.0)]
    ours = [speed.Measured("extract", "conflict", 10, 100, cpu, cpu, 1.0) for cpu in (1.0, 2.0, 8.0)]
    assert speed.ratio_to("plain", {"plain": plain, "extract": ours}) == 2.0


def test_measured_part_of_a_page_is_replaced_alone(tmp_path: Any) -> None:
    """The prose around the figures stays; a page without marks is refused."""
    page = tmp_path / "page.md"
    page.write_text(f"before\n{BEGIN}\nold\n{END}\nafter\n", encoding="utf-8")
    replace_measured(page, "new")
    assert page.read_text(encoding="utf-8") == f"before\n{BEGIN}\n\nnew\n\n{END}\nafter\n"
    page.write_text("nothing", encoding="utf-8")
    with pytest.raises(SystemExit):
        replace_measured(page, "new")
