"""From text to incidents through all rooms: what one reader does with one document, and the doors for the edge."""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from pathlib import Path

import pytest

import reportedly
from reportedly.errors import InputError
from reportedly.model import Document, Rejected
from reportedly.model.extraction import Extraction
from reportedly.pipeline import BOOKS, Reader, document_from_text, load_grouper, load_reader, read_documents

AMBUSH = "Gunmen ambushed an army convoy near Gao on Monday, killing 12 soldiers, the army said. "
QUIET = "The council of Gao opened a new market hall with forty stalls in the spring. "


@lru_cache(maxsize=1)
def reader() -> Reader:
    """Load the real reader once."""
    return load_reader()


def read(text: str, **meta: str) -> Extraction:
    """Read a text."""
    return reader().extract(document_from_text(text, **meta), mentions=True)


def test_a_report_becomes_claims_with_grounded_slots() -> None:
    found = read(AMBUSH, published="2024-08-07")
    assert found.relevant
    (claim,) = (c for c in found.claims if c.event_type == "attack.ambush")
    assert claim.claimant is not None
    assert claim.claimant.span.quote.endswith("army")
    assert [t.best for t in claim.tolls] == [12]
    assert claim.place is not None
    assert (claim.place.name, claim.place.country, claim.place.precision) == ("Gao", "ML", "near")
    assert claim.when is not None
    assert claim.when.latest == date(2024, 8, 5)
    assert claim.id in {name for incident in found.incidents for name in incident.claims}


def test_without_a_date_no_day_is_made_up() -> None:
    found = read(AMBUSH)
    days = [c.when for c in found.claims if c.when is not None]
    assert all(when.earliest is None and when.latest is None for when in days)
    assert {when.basis for when in days} <= {"stated", "relative"}


def test_quiet_news_gives_no_claims_of_violence() -> None:
    found = read(QUIET * 3, published="2024-08-07")
    assert not found.relevant
    assert [c for c in found.claims if c.violent] == []
    assert found.incidents == ()


def test_a_language_that_is_not_read_is_said_and_nothing_claimed() -> None:
    french = "Des hommes armés ont tué douze soldats près de Gao lundi, selon l'armée."
    found = read(french)
    assert (found.claims, found.incidents) == ((), ())
    assert [r.reason for r in found.rejected] == ["language fr: this version reads English"]


def test_books_code_what_was_read() -> None:
    found = reader().extract(document_from_text(AMBUSH, published="2024-08-07"), books=BOOKS)
    assert set(found.codings) == set(BOOKS)
    ids = {c.id for c in found.claims}
    for rows in found.codings.values():
        assert rows
        assert all(set(row["_claims"]) <= ids for row in rows)


def test_codings_are_made_only_when_asked_for() -> None:
    assert read(AMBUSH).codings == {}


def test_two_reports_of_one_happening_are_one_incident() -> None:
    other = "Twelve soldiers were killed on Monday when gunmen ambushed an army convoy near Gao, residents said."
    first = read(AMBUSH, id="one", published="2024-08-07")
    second = read(other, id="two", published="2024-08-06")
    claims = [*first.claims, *second.claims]
    facts = {e.document.id: reportedly.pipeline.facts_of(e.document) for e in (first, second)}
    grouper = load_grouper()
    incidents = grouper.cluster(claims, facts, ())
    assert [sorted(i.documents) for i in incidents] == [["one", "two"]]
    record = grouper.summarise(incidents[0], claims, facts)
    assert record.when is not None
    assert record.when.latest == date(2024, 8, 5)


def test_two_happenings_stay_apart() -> None:
    other = "A car bomb killed three people in Kyiv on 3 March 2024, police said."
    first, second = read(AMBUSH, id="one", published="2024-08-07"), read(other, id="two", published="2024-03-04")
    facts = {e.document.id: reportedly.pipeline.facts_of(e.document) for e in (first, second)}
    incidents = load_grouper().cluster([*first.claims, *second.claims], facts, ())
    assert sorted(tuple(i.documents) for i in incidents) == [("one",), ("two",)]


def test_files_are_read_in_order_and_what_cannot_be_read_comes_as_rejected(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(AMBUSH, encoding="utf-8")
    (tmp_path / "b.txt").write_bytes(b"")
    (tmp_path / "c.txt").write_text(QUIET, encoding="utf-8")
    items = list(read_documents([tmp_path]))
    assert [type(item) for item in items] == [Document, Rejected, Document]
    assert [item.id for item in items if isinstance(item, Document)] == ["a.txt", "c.txt"]


def test_text_without_words_is_an_error_that_names_it() -> None:
    with pytest.raises(InputError, match=r"note-7: no text"):
        document_from_text("  \n", id="note-7")


def test_the_public_names_are_there() -> None:
    assert [name for name in reportedly.__all__ if not hasattr(reportedly, name)] == []
    with pytest.raises(AttributeError, match="no attribute 'nonsense'"):
        reportedly.nonsense  # noqa: B018


@pytest.mark.parametrize(
    "text",
    [
        "A suicide bomber killed nine people outside a bakery in Kabul on Monday.",
        "Nine people died when a suicide bomber walked into a bakery in Kabul on Monday.",
    ],
)
def test_a_suicide_bomber_is_no_aircraft(text: str) -> None:
    """The word for an aircraft at the end of the phrase makes no air strike of it."""
    claims = read(text, published="2025-01-14").claims
    assert claims
    assert not [c.event_type for c in claims if c.event_type.startswith("strike.")]


def test_a_convoy_of_an_organisation_is_not_of_the_country_of_its_seat() -> None:
    """Where an organisation has its offices says nothing about a convoy of its peacekeepers."""
    text = "A roadside bomb hit a convoy of UN peacekeepers near Tessalit, Mali, on Monday."
    (claim,) = read(text, published="2025-01-14").claims
    assert [(ref.actor_id, ref.country) for ref in claim.targets] == [("x-un", None)]
