"""Who is named: spans that slice back, floors on the annotated texts, the country that a text is about."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from reportedly.evaluate.actors import read_cases, refs_of, score_actors
from reportedly.knowledge.load import Knowledge, load_knowledge
from reportedly.mentions.actors import ActorReader
from reportedly.mentions.names import NameFinder
from reportedly.pipeline import Reader, document_from_text, load_reader

CASES = Path(__file__).parents[1] / "cases" / "actors.yml"
WORDS = [
    "Suspected",
    "jihadists",
    "of",
    "the",
    "M23",
    "(PDF-X)",
    "’s",
    "-linked",
    "Mali",
    ",",
    "army",
    "12",
    "soldiers",
    "É",
    "and",
    "killed",
]


@pytest.fixture(scope="module")
def reader() -> Reader:
    return load_reader()


@pytest.fixture(scope="module")
def knowledge(reader: Reader) -> Knowledge:
    return reader.knowledge


def test_actors_are_named_as_annotated(reader: Reader) -> None:
    cases = read_cases(CASES)
    score = score_actors(cases, reader)
    assert len(cases) >= 300
    floors = {"words": 0.97, "actor": 0.98, "kind": 0.97, "country": 0.97, "role": 0.96, "name": 0.99, "absent": 0.98}
    assert {n: round(score.rate(n), 3) for n, floor in floors.items() if score.rate(n) < floor} == {}, score.misses


@given(st.lists(st.sampled_from(WORDS), min_size=1, max_size=16).map(" ".join))
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_words_slice_back(reader: Reader, text: str) -> None:
    assert all(text[r.span.start : r.span.end] == r.span.quote for r in refs_of(text, reader))


def test_words_slice_back_in_every_case(reader: Reader) -> None:
    for case in read_cases(CASES):
        refs = refs_of(case["text"], reader)
        assert all(case["text"][r.span.start : r.span.end] == r.span.quote for r in refs), case["text"]


@pytest.mark.parametrize(
    ("text", "weights", "home"),
    [
        ("The army left Kidal in Mali.", {"ML": 1.0}, "ML"),
        ("The army left Kidal.", {}, None),
        ("Three American tourists were robbed, the police said.", {"US": 1.0}, None),
        ("Mali and Niger spoke.", {"ML": 1.0, "NE": 1.0}, None),
        ("Malian rebels, Malian soldiers and a French envoy met.", {"ML": 2.0, "FR": 1.0}, "ML"),
    ],
)
def test_home_is_the_country_that_dominates(
    knowledge: Knowledge, text: str, weights: dict[str, float], home: str | None
) -> None:
    assert ActorReader(knowledge, text, weights, {}).home == home


def test_reading_a_sentence_is_quick(reader: Reader) -> None:
    text = (
        "Suspected militants linked to the Islamic State ambushed a convoy of Malian soldiers near the "
        "town of Tessit on Monday, killing at least 12 soldiers and three civilians, the army and two residents said."
    )
    finder = NameFinder(reader.knowledge)
    hits = finder.find(text)
    tree = reader.finder.find(document_from_text(text), everything=True).sentences[0].tree
    actors = ActorReader(reader.knowledge, text, {"ML": 2.0}, {})
    best = min(_timed(lambda: actors.read(tree, hits)) for _ in range(200))
    assert best < 0.001  # 150 µs on a quiet machine for a sentence of usual length


def _timed(call) -> float:  # type: ignore[no-untyped-def]
    start = time.perf_counter()
    call()
    return time.perf_counter() - start


def test_knowledge_is_shared() -> None:
    assert load_knowledge().lexicon.actor_words["national"]


@pytest.mark.parametrize(
    "text",
    [
        "\U0001f1f2\U0001f1f1 \U0001f600 Fighters of the Lion Front killed two soldiers in Gao.",
        "\u26a1\ufe0f Fighters of the Lion Front killed two soldiers in Gao.",
        "\U0001f469\u200d\U0001f467 Fighters of the Lion Front \U0001f525 killed two soldiers in Gao.",
        "Fighters of the Lion Front killed two soldiers in Gao \U0001f525",
    ],
)
def test_pictures_beside_a_name_are_no_part_of_it(reader: Reader, text: str) -> None:
    """Posts set off what they name by flags and faces; who is named is the same without."""
    (claim,) = reader.extract(document_from_text(text)).claims
    assert [ref.span.quote for ref in claim.initiators] == ["Fighters of the Lion Front"]
