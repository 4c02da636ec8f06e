"""FollowTheMoney statements, checked against the `followthemoney` package itself."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from fakes import FakeGrouper
from followthemoney import model
from followthemoney.statement import Statement
from followthemoney.statement.serialize import read_json_statements
from followthemoney.types import registry
from test_exports import export, export_bytes, fill

from reportedly import pipeline
from reportedly.cli.demo import sample
from reportedly.exports.ftm import PLAIN, SCHEMATA
from reportedly.store import SqliteStore, open_store

CONTROLS = "Troops killed 12 rebels\x00 in Kidal, Mali, on Monday, the army\x07 said."


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SqliteStore]:
    """Return a case of the shipped sample, read by the real rooms, and of the fakes' documents."""
    reader = pipeline.load_reader()
    with open_store(str(tmp_path_factory.mktemp("case") / "a.case"), write=True) as case:
        for document in pipeline.read_documents([str(sample())]):
            case.add(reader.extract(document))  # type: ignore[arg-type]
        case.add(reader.extract(pipeline.document_from_text(CONTROLS, id="controls", published="2025-02-10")))
        case.regroup(pipeline.load_grouper())
        yield case


@pytest.fixture(scope="module")
def lines(store: SqliteStore) -> list[dict[str, str]]:
    """Return the exported statements."""
    return [json.loads(line) for line in export(store, "ftm").splitlines()]


def entities(lines: list[dict[str, str]]) -> dict[str, list[dict[str, str]]]:
    """Return the statements by entity, and check that those of one entity stand together."""
    found: dict[str, list[dict[str, str]]] = {}
    last = None
    for line in lines:
        assert line["entity_id"] == last or line["entity_id"] not in found
        last = line["entity_id"]
        found.setdefault(last, []).append(line)
    return found


def test_every_line_is_what_followthemoney_itself_would_write(store: SqliteStore) -> None:
    """Read by its reader and written again the line is the same; the id is the hash that it computes."""
    data = export_bytes(store, "ftm")
    statements = list(read_json_statements(io.BytesIO(data)))
    assert len(statements) > 300
    for line, statement in zip(data.splitlines(), statements, strict=True):
        assert json.loads(line) == statement.to_dict()
        assert statement.generate_key() == statement.id
    assert len({statement.id for statement in statements}) == len(statements)


def test_values_are_clean_and_properties_exist(lines: list[dict[str, str]]) -> None:
    for line in lines:
        if line["prop"] == "id":
            continue
        prop = model.get(line["schema"]).get(line["prop"])  # type: ignore[union-attr]
        assert prop is not None, line
        assert prop.type.clean(line["value"]) == line["value"], line
        if prop.type in (registry.country, registry.topic, registry.language, registry.date, registry.url):
            assert line["prop"] in PLAIN
            assert line["lang"] is None


def test_entities_are_valid_and_lead_to_each_other(lines: list[dict[str, str]]) -> None:
    """Required properties are there; every reference names an entity of the kind that the property wants."""
    found = entities(lines)
    schemata = {key: model.get(rows[0]["schema"]) for key, rows in found.items()}
    for key, rows in found.items():
        schema = schemata[key]
        assert schema is not None
        assert {row["schema"] for row in rows} == {schema.name}
        assert set(schema.required) <= {row["prop"] for row in rows}
        for row in rows[:-1]:
            prop = schema.get(row["prop"])
            if prop is not None and prop.type == registry.entity and prop.range is not None:
                target = schemata[row["value"]]
                assert target is not None
                assert target.is_a(prop.range)


def test_each_entity_ends_with_the_sum_of_its_statements(lines: list[dict[str, str]]) -> None:
    """The statement `id` carries the checksum that `followthemoney` gives an entity."""
    from followthemoney.dataset import Dataset
    from followthemoney.statement.entity import StatementEntity

    dataset = Dataset.make({"name": "reportedly", "title": "reportedly"})
    for rows in list(entities(lines).values())[:60]:
        assert rows[-1]["prop"] == "id"
        entity = StatementEntity.from_statements(dataset, [Statement.from_dict(row) for row in rows[:-1]])  # type: ignore[arg-type]
        sums = [statement.value for statement in entity.statements if statement.prop == "id"]
        assert sums == [rows[-1]["value"]]


def test_incidents_articles_actors_and_mentions(store: SqliteStore, lines: list[dict[str, str]]) -> None:
    found = entities(lines)
    kinds = [rows[0]["schema"] for rows in found.values()]
    assert kinds.count("Event") == len(list(store.incidents()))
    assert kinds.count("Article") == len(list(store.documents()))
    assert {"Mention", "Organization", "PublicBody", "UnknownLink"} <= set(kinds)
    mention = next(
        rows for rows in found.values() if rows[0]["schema"] == "Mention" and any(r["original_value"] for r in rows)
    )
    words = next(row for row in mention if row["prop"] == "name" and row["original_value"])
    texts = "".join(stored.document.text for stored in store.documents())
    assert words["original_value"] in texts
    assert words["origin"].startswith("reportedly") or words["origin"]


def test_days_are_no_sharper_than_known(lines: list[dict[str, str]]) -> None:
    """A tie of 2019 is dated 2019, not the first of January."""
    years = [row["value"] for row in lines if row["schema"] == "UnknownLink" and row["prop"] == "date"]
    assert "2019" in years


def test_first_and_last_seen_are_days_of_publication(tmp_path: Path) -> None:
    with open_store(str(tmp_path / "b.case"), write=True) as case:
        fill(case)
        case.regroup(FakeGrouper())
        rows = [json.loads(line) for line in export(case, "ftm").splitlines()]
    names = [row for row in rows if row["entity_id"] == "actor-x-red-army" and row["prop"] == "name"]
    assert [(row["value"], row["first_seen"], row["last_seen"]) for row in names] == [
        ("Red Army", "2024-07-28", "2024-07-28")
    ]
    notes = [row["value"] for row in rows if row["prop"] == "notes"]
    assert any("Blue Army: 12" in note and "20" in note for note in notes)


def test_no_group_is_judged() -> None:
    """Topics say what a body is, never that it is a criminal or a terrorist one."""
    assert {topic for _, topic in SCHEMATA.values() if topic} <= {"gov", "gov.igo", "mil"}
