"""Every field of the contract, both ways; the schema is fresh and what the program prints fits it."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reportedly import contract
from reportedly.model import (
    Attribution,
    Claim,
    Defect,
    Document,
    Extraction,
    IncidentRecord,
    MentionSet,
    PreviewNote,
    Rejected,
    Relation,
    Rights,
    Span,
)

SCHEMA = Path(__file__).parent.parent / "docs" / "reference" / "contract.schema.json"

TEXT = st.text(st.characters(exclude_categories=()), max_size=6)
st.register_type_strategy(str, TEXT)
st.register_type_strategy(float, st.floats(allow_nan=False, allow_infinity=False))
st.register_type_strategy(date, st.dates(min_value=date(1, 1, 1)))

FIELDS = {
    "claim": "id event_type violent trigger content initiators targets place when tolls means claimant claimant_kind "
    "attribution cue stance modality said_on aggregate confidence found_by",
    "actor": "text start end actor_id name name_on_date kind country role",
    "place": "text start end place_id name country admin1 lat lon precision",
    "when": "text start end earliest latest edtf precision basis",
    "toll": "id part_of superseded outcome low high best qualifier text start end victims victim_class",
    "relation": "kind source target when claimant stance cue content",
    "incident": "id title event_types when place sides documents claims tolls origins status",
    "own_incident": "id claims event_types when place sides tolls",
    "cell": "outcome victims victim_class low high by status",
    "figure": "claimant low high qualifier claim document",
    "document": "id url title publisher published language sha256 words access preview defects relevant",
    "line": "schema_version document claims incidents relations rejected",
}


def example(kind: type[Any]) -> Any:
    """Return one full value of a kind, the same in every run."""
    found: list[Any] = []

    @settings(max_examples=1, derandomize=True, database=None)
    @given(st.from_type(kind))
    def take(value: Any) -> None:
        found.append(value)

    take()
    return found[0]


@given(st.from_type(Claim))
@settings(max_examples=60, deadline=None)
def test_claims_come_back_as_they_were(claim: Claim) -> None:
    data = json.loads(contract.dumps(contract.claim_json(claim)))
    assert contract.claim_from(data, claim.document) == claim


@given(st.from_type(Relation), st.from_type(Attribution), st.from_type(MentionSet))
@settings(max_examples=30, deadline=None)
def test_relations_and_mentions_come_back(relation: Relation, told: Attribution, found: MentionSet) -> None:
    assert contract.relation_from(json.loads(contract.dumps(contract.relation_json(relation)))) == relation
    assert contract.attribution_from(json.loads(contract.dumps(contract.attribution_json(told)))) == told
    assert contract.mentions_from(json.loads(contract.dumps(contract.mentions_json(found)))) == found


@given(st.from_type(IncidentRecord))
@settings(max_examples=30, deadline=None)
def test_incidents_come_back(record: IncidentRecord) -> None:
    assert contract.incident_from(json.loads(contract.dumps(contract.incident_json(record)))) == record


@given(
    st.builds(
        Document,
        defects=st.lists(st.from_type(Defect), max_size=2).map(tuple),
        rights=st.from_type(Rights),
        preview=st.none() | st.from_type(PreviewNote),
        paragraphs=st.just(()),
        segments=st.just(()),
    )
)
@settings(max_examples=40, deadline=None)
def test_documents_come_back(document: Document) -> None:
    data = json.loads(contract.dumps(contract.document_json(document, relevant=True)))
    assert contract.document_from(data, document.text) == document


def test_rejected_stretches_come_back() -> None:
    item = Rejected("doc-1", "no such words", 3, 9, "a few ", fatal=False)
    assert contract.rejected_from(contract.rejected_json(item), "doc-1") == item


def keys(shape: type[Any]) -> list[str]:
    """Return the required keys of a shape in order."""
    return [key for key, kind in shape.__annotations__.items() if "NotRequired" not in str(kind)]


@pytest.mark.parametrize(
    ("name", "shape"),
    [
        ("claim", contract.ClaimJson),
        ("actor", contract.ActorJson),
        ("place", contract.PlaceJson),
        ("when", contract.WhenJson),
        ("toll", contract.TollJson),
        ("relation", contract.RelationJson),
        ("incident", contract.IncidentJson),
        ("own_incident", contract.OwnIncidentJson),
        ("cell", contract.CellJson),
        ("figure", contract.FigureJson),
        ("document", contract.DocumentJson),
        ("line", contract.ExtractLine),
    ],
)
def test_fields_stand_as_in_the_contract(name: str, shape: type[Any]) -> None:
    assert keys(shape) == FIELDS[name].split()


@given(st.from_type(Claim), st.from_type(IncidentRecord), st.from_type(Relation))
@settings(max_examples=10, deadline=None)
def test_written_keys_are_the_shapes_keys_in_order(claim: Claim, record: IncidentRecord, relation: Relation) -> None:
    for data, shape in (
        (contract.claim_json(claim), contract.ClaimJson),
        (contract.incident_json(record), contract.IncidentJson),
        (contract.own_incident_json(record), contract.OwnIncidentJson),
        (contract.relation_json(relation), contract.RelationJson),
    ):
        assert list(data) == [key for key in shape.__annotations__ if key in data]
        assert set(keys(shape)) <= set(data)


def strict(schema: Any) -> Any:
    """Return the schema with unknown fields forbidden, which the published one leaves open for later versions."""
    if isinstance(schema, dict):
        out = {key: strict(value) for key, value in schema.items()}
        return {**out, "additionalProperties": False} if "properties" in out else out
    return [strict(item) for item in schema] if isinstance(schema, list) else schema


def test_the_published_schema_is_fresh() -> None:
    assert json.loads(SCHEMA.read_text()) == contract.schema(), (
        "run: python -m reportedly.contract > docs/reference/contract.schema.json"
    )


@given(
    st.builds(
        Extraction,
        codings=st.just({"acled": [{"event_id_cnty": "X", "_claims": ["c"], "_confidence": 0.5}]}),
    )
)
@settings(max_examples=15, deadline=None)
def test_lines_fit_the_schema(found: Extraction) -> None:
    line = contract.extract_line(found, books=["acled"], mentions=True, with_text=True)
    jsonschema.validate(json.loads(contract.dumps(line)), strict(contract.schema()))
    for record in found.incidents:
        jsonschema.validate(json.loads(contract.dumps(contract.incident_line(record))), strict(contract.schema()))


def test_optional_parts_stand_only_where_asked_for() -> None:
    found = example(Extraction)
    assert list(contract.extract_line(found)) == FIELDS["line"].split()
    full = contract.extract_line(found, books=["acled"], mentions=True, with_text=True)
    assert list(full) == list(contract.ExtractLine.__annotations__)


def test_text_that_is_no_unicode_is_escaped() -> None:
    span = Span(0, 1, "\ud800")
    line = contract.dumps(contract.span_json(span))
    assert line.encode("utf-8")
    assert contract.span_from(json.loads(line)) == span
