"""The ontology and the books agree: all codes exist, and all parts of the books are covered."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from reportedly.codebooks import load_book
from reportedly.knowledge.load import DATA
from reportedly.knowledge.tables import read_yaml

ACLED, PLOVER, CAMEO = (load_book(name) for name in ("acled", "plover", "cameo"))
TYPES = ACLED.ontology


def walks(book: str) -> Iterator[tuple[str, Any]]:
    """Yield event types with their codes in a book."""
    for key, entry in TYPES.items():
        if entry.crosswalk.get(book):
            yield key, entry.crosswalk[book]


@pytest.mark.parametrize(("key", "codes"), [pytest.param(k, c, id=k) for k, c in walks("acled")])
def test_acled_codes_exist(key: str, codes: Any) -> None:
    """The sub-event type belongs to the event type; variants by side are sub-event types too."""
    events = ACLED.tables["events"]
    assert codes["sub_event_type"] in events[codes["event_type"]], key
    known = {sub for subs in events.values() for sub in subs}
    assert {value for name, value in codes.items() if name.startswith("sub_event_type")} <= known


def test_all_25_sub_event_types_are_reached() -> None:
    """ACLED's sub-event types are all the result of some event type, each is ranked once."""
    reached = {value for _, codes in walks("acled") for name, value in codes.items() if name.startswith("sub_event")}
    known = sorted(sub for subs in ACLED.tables["events"].values() for sub in subs)
    assert len(known) == 25
    assert sorted(ACLED.tables["rank"]) == known
    assert set(known) - reached == set()


@pytest.mark.parametrize(("key", "codes"), [pytest.param(k, c, id=k) for k, c in walks("plover")])
def test_plover_codes_exist(key: str, codes: Any) -> None:
    """Event and mode are PLOVER's."""
    modes = PLOVER.tables["modes"].get(codes["event"], {})
    assert codes["event"] in PLOVER.tables["events"], key
    assert codes["mode"] is None or codes["mode"] in modes, key


def test_all_16_plover_types_are_reached() -> None:
    """Each of PLOVER's types is the result of some event type."""
    assert len(PLOVER.tables["events"]) == 16
    assert set(PLOVER.tables["events"]) - {codes["event"] for _, codes in walks("plover")} == set()


def test_threat_modes_are_plovers() -> None:
    """Modes of threats stand in the list of modes."""
    assert set(PLOVER.tables["threats"].values()) <= set(PLOVER.tables["modes"]["THREATEN"])


def test_all_20_cameo_roots_are_reached() -> None:
    """Every root is the result of some event type, by itself, planned or threatened."""
    codes = {str(code) for _, code in walks("cameo")}
    codes |= set(CAMEO.tables["planned"].values()) | set(CAMEO.tables["threats"].values())
    assert all(code.isdigit() and 2 < len(code) < 5 for code in codes)
    assert {code[:2] for code in codes} == set(CAMEO.tables["quads"])


def test_trigger_types_are_known() -> None:
    """Every word list names an event type of the ontology, and every value in it is text."""
    for path in sorted((DATA / "lexicon" / "en" / "triggers").glob("*.yml")):
        for entry in read_yaml(path):
            assert entry["type"] in TYPES, path.name
            lists = [value for value in entry.values() if isinstance(value, list)]
            assert all(isinstance(word, str) for words in lists for word in words), (path.name, entry["type"])


def test_control_results_are_known() -> None:
    """What control verbs give, and what the end of a happening is, are event types."""
    control = read_yaml(DATA / "lexicon" / "en" / "control.yml")
    assert set(control["results"].values()) | set(control["ends"].values()) <= set(TYPES)
    lists = [words for name, words in control.items() if isinstance(words, list) and name != "cases"]
    assert all(isinstance(word, str) for words in lists for word in words)
    assert {case["expected"].split()[0] for case in control["cases"]} <= set(TYPES)
