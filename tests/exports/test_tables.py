"""Flat tables: CSV, Parquet and SQLite hold the same rows, and documents come back as the same claims."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest
from fakes import FakeGrouper, FakeReader, make_document
from test_exports import export, export_bytes, fill

from reportedly import pipeline
from reportedly.cli.demo import sample
from reportedly.errors import UsageError
from reportedly.exports.options import Options
from reportedly.exports.tables import CLAIM_COLUMNS, INCIDENT_COLUMNS, TABLES, Rows
from reportedly.store import SqliteStore, open_store


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SqliteStore]:
    """Return a filled case."""
    with open_store(str(tmp_path_factory.mktemp("case") / "a.case"), write=True) as case:
        fill(case)
        yield case


def table(store: SqliteStore, **choices: object) -> list[dict[str, str]]:
    """Return a CSV export as rows."""
    text = export(store, "csv", Options(**choices))  # type: ignore[arg-type]
    return list(csv.DictReader(io.StringIO(text, newline="")))


def test_one_row_an_incident(store: SqliteStore) -> None:
    """Two documents tell of one incident with different figures: one row, from the lowest to the highest."""
    rows = table(store, rows="incidents")
    assert [(row["place"], row["killed_low"], row["killed_high"], row["status"]) for row in rows] == [
        ("Kova", "12", "20", "contested"),
        ("Mera", "3", "3", "single"),
    ]
    assert tuple(rows[0]) == tuple(column.name for column in INCIDENT_COLUMNS)
    assert rows[0]["document_ids"] == "d1; d2"
    assert (rows[0]["documents"], rows[0]["claims"]) == ("2", "2")


@pytest.mark.parametrize("rows", list(TABLES))
def test_hashtags_stand_in_the_second_row(store: SqliteStore, rows: Rows) -> None:
    """HXL 1.1: a row of tags under the header, none of them twice, a formula to no spreadsheet program."""
    tags = list(table(store, rows=rows, hxl=True)[0].values())
    assert all(tag.startswith("#") for tag in tags)
    assert len(set(tags)) == len(tags)
    assert len(table(store, rows=rows, hxl=True)) == len(table(store, rows=rows)) + 1


@pytest.mark.parametrize("rows", list(TABLES))
def test_parquet_holds_the_rows_of_the_table_with_types(store: SqliteStore, rows: Rows, tmp_path: Path) -> None:
    """Every cell of the CSV stands in the Parquet file, numbers as numbers, days as days."""
    path = tmp_path / "a.parquet"
    path.write_bytes(export_bytes(store, "parquet", Options(rows=rows)))
    found = duckdb.read_parquet(str(path))
    columns = {"claims": CLAIM_COLUMNS, "incidents": INCIDENT_COLUMNS}[rows]
    assert found.columns == [column.name for column in columns]
    types = dict(zip(found.columns, map(str, found.types), strict=True))
    assert (types["killed_low"], types["earliest"], types["lat"]) == ("BIGINT", "DATE", "DOUBLE")
    plain = [["" if cell is None else cell for cell in row] for row in found.fetchall()]
    shown = [list(row.values()) for row in table(store, rows=rows)]
    assert [[text(cell) for cell in row] for row in plain] == [[cell.lstrip("'") for cell in row] for row in shown]


def text(cell: object) -> str:
    """Return a value as the CSV writes it."""
    return str(int(cell)) if isinstance(cell, bool) else str(cell).lstrip("'")


def test_sqlite_tables_refer_to_each_other(store: SqliteStore, tmp_path: Path) -> None:
    """Plain tables; every reference leads to a row, so that Datasette shows links."""
    path = tmp_path / "a.db"
    path.write_bytes(export_bytes(store, "sqlite"))
    base = sqlite3.connect(path)
    assert base.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    assert base.execute("PRAGMA foreign_key_check").fetchall() == []
    query = (
        "SELECT figures.claimant, figures.low FROM figures JOIN incidents USING (incident) JOIN claims USING (claim) "
        "WHERE incidents.place = 'Kova' ORDER BY figures.low"
    )
    assert base.execute(query).fetchall() == [("Blue Army", 12), (None, 20)]
    texts = dict(base.execute("SELECT document, text FROM documents").fetchall())
    spans = base.execute("SELECT document, start, end, quote FROM claims").fetchall()
    assert len(spans) == 3
    assert all(texts[key][start:end] == quote for key, start, end, quote in spans)
    base.close()


def test_words_are_named_by_place_hash_and_link(store: SqliteStore) -> None:
    """The row of a claim leads to its words, also where nobody may read them here."""
    row = next(row for row in table(store) if row["document"] == "d2")
    assert row["quote_sha256"] == hashlib.sha256(row["quote"].encode()).hexdigest()
    assert row["link"].startswith("https://example.org/a?id=7#:~:text=Red%20Army%20killed,")


def test_documents_come_back_as_the_same_claims(tmp_path: Path) -> None:
    """Pages, feeds and mails of the sample, exported and read again, give the same claims and relations."""
    first = {found.document.id: found for found in read_all([str(sample())])}
    with open_store(str(tmp_path / "a.case"), write=True) as case:
        for found in first.values():
            case.add(found)
        path = tmp_path / "documents.jsonl"
        path.write_bytes(export_bytes(case, "documents"))
    again = {found.document.id: found for found in read_all([str(path)])}
    assert list(again) == sorted(first)
    for key, found in first.items():
        assert again[key].document.sha256 == found.document.sha256
        assert again[key].claims == found.claims
        assert again[key].relations == found.relations
        assert again[key].document.access == found.document.access
    assert sum(len(found.claims) for found in first.values()) > 50


def read_all(specs: list[str]) -> list[pipeline.Extraction]:
    """Read documents with the real rooms."""
    reader = pipeline.load_reader()
    return [reader.extract(document) for document in pipeline.read_documents(specs)]  # type: ignore[arg-type]


def test_whole_texts_are_never_public(store: SqliteStore) -> None:
    with pytest.raises(UsageError, match="not for giving away"):
        export(store, "documents", Options(public=True))


def test_odd_text_survives_every_table(tmp_path: Path) -> None:
    """Quotes, line breaks, tabs and letters of any script stay what they are; half a character becomes a mark."""
    words = 'Red Army killed 2 men at Kova on 2024-07-27. "Quoted, with comma"\r\nнова строка\t\u202e\0'
    with open_store(str(tmp_path / "a.case"), write=True) as case:
        case.add(FakeReader().extract(make_document("d", words, title=words, publisher="\ud800 Wire")))
        case.regroup(FakeGrouper())
        rows = table(case)
        path = tmp_path / "a.parquet"
        path.write_bytes(export_bytes(case, "parquet"))
        lines = export(case, "documents")
        (tmp_path / "a.db").write_bytes(export_bytes(case, "sqlite"))
    assert json.loads(lines)["title"] == words
    assert duckdb.read_parquet(str(path)).fetchall()[0][3] == "\ufffd Wire"
    assert rows[0]["publisher"] == "? Wire"
    base = sqlite3.connect(tmp_path / "a.db")
    assert base.execute("SELECT publisher, title FROM documents").fetchone() == (
        "\ufffd Wire",
        words.replace("\0", ""),
    )
    base.close()
