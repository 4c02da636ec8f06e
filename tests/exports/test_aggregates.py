"""Monthly sums for HDX, statements as schema.org Claims, hashtags of codebooks, areas on a map."""

from __future__ import annotations

import csv
import io
import json
import math
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest
from fakes import FakeGrouper, FakeReader, make_document
from hypothesis import given
from hypothesis import strategies as st
from test_exports import export, fill

from reportedly.codebooks import load_book
from reportedly.errors import UsageError
from reportedly.exports.geojson import RADIUS_KM, _geometry
from reportedly.exports.hapi import COLUMNS
from reportedly.exports.hxl import TAGS, tags_for
from reportedly.exports.options import Options
from reportedly.model import PlaceRef, Span
from reportedly.store import SqliteStore, open_store


@pytest.fixture
def store(tmp_path: Path) -> Iterator[SqliteStore]:
    """Return a filled case."""
    with open_store(str(tmp_path / "a.case"), write=True) as case:
        fill(case)
        yield case


def test_hapi_sums_by_place_month_and_overlapping_types(store: SqliteStore) -> None:
    rows = list(csv.DictReader(io.StringIO(export(store, "hapi"), newline="")))
    assert tuple(rows[0]) == COLUMNS
    shown = [
        (r["provider_admin1_name"], r["reference_period_start"], r["event_type"], r["events"], r["fatalities"])
        for r in rows
    ]
    assert shown == [
        ("", "2024-08-01", "political_violence", "1", "3"),
        ("Kidal", "2024-07-01", "civilian_targeting", "1", "3"),
        ("Kidal", "2024-07-01", "demonstration", "1", "0"),
        ("Kidal", "2024-07-01", "political_violence", "3", "15"),
    ]
    assert {(r["location_code"], r["reference_period_end"][-2:]) for r in rows} == {("MLI", "31")}
    assert [r["admin_level"] for r in rows] == ["0", "1", "1", "1"]
    assert all(r["warning"] and not r["admin1_code"] and not r["has_hrp"] for r in rows)


def test_hapi_without_rows_says_what_is_missing(store: SqliteStore) -> None:
    with pytest.raises(UsageError, match="hand in"):
        export(store, "hapi", Options())


def test_statements_of_tellers_are_claims_and_no_verdicts(store: SqliteStore) -> None:
    text = export(store, "claimreview")
    graph = json.loads(text)["@graph"]
    assert "ClaimReview" not in text
    assert [(one["@type"], one["author"]["name"]) for one in graph] == [("Claim", "Blue Army"), ("Claim", "Red Army")]
    told = {one["appearance"]["@type"] for one in graph}
    assert told == {"NewsArticle"}
    assert graph[0]["text"].startswith("Red Army killed 12 soldiers")
    assert "killed 12" in graph[0]["name"]
    assert graph[0]["claimInterpreter"]["name"] == "fake/1"


def test_a_case_without_tellers_is_an_empty_graph(tmp_path: Path) -> None:
    with open_store(str(tmp_path / "a.case"), write=True) as case:
        case.add(FakeReader().extract(make_document("d", "Red Army killed 2 men at Kova on 2024-07-27.")))
        case.regroup(FakeGrouper())
        assert json.loads(export(case, "claimreview"))["@graph"] == []


@pytest.mark.parametrize("book", list(TAGS))
def test_hashtags_belong_to_columns_of_the_book(book: str) -> None:
    columns = load_book(book).columns
    assert set(TAGS[book]) <= set(columns)
    tags = [tag for tag in tags_for(book, columns) if tag]
    assert len(tags_for(book, columns)) == len(columns)
    assert len(set(tags)) == len(tags)
    assert {"#event+code", "#geo+lat", "#geo+lon", "#affected+killed", "#country+name"} <= set(tags)


def spot(precision: str, lon: float = 2.5, lat: float = 20.0) -> PlaceRef:
    """Return a place of this precision."""
    return PlaceRef(Span(0, 4, "Kova"), "p", "Kova", "ML", (), None, lat, lon, precision)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("precision", "kind"),
    [
        ("point", "Point"),
        ("near", "Point"),
        ("district", "Polygon"),
        ("region", "Polygon"),
        ("country", None),
        ("unresolved", None),
    ],
)
def test_an_area_is_never_an_exact_looking_point(precision: str, kind: str | None) -> None:
    found = _geometry(spot(precision))
    assert (found["type"] if found else None) == kind


@given(st.sampled_from(["district", "region"]), st.floats(-180, 180), st.floats(-90, 90))
def test_circles_are_closed_on_the_globe_and_as_wide_as_the_place_is_uncertain(
    precision: str, lon: float, lat: float
) -> None:
    found = _geometry(spot(precision, lon, lat))
    if found is None:
        return
    (ring,) = found["coordinates"]
    assert ring[0] == ring[-1]
    assert all(-180 <= x <= 180 and -90 <= y <= 90 for x, y in ring)
    assert math.isclose(max(y for _, y in ring) - lat, RADIUS_KM[precision] / 111.32, abs_tol=0.01)
    area = sum(x1 * y2 - x2 * y1 for (x1, y1), (x2, y2) in pairwise(ring))
    assert area > 0, "RFC 7946: outer rings run counter-clockwise"


def test_every_feature_says_where_its_middle_is_and_how_wide(tmp_path: Path) -> None:
    found = FakeReader().extract(make_document("d", "Red Army killed 2 men at Kova on 2024-07-27."))
    claim = replace(found.claims[0], place=spot("region"))
    with open_store(str(tmp_path / "a.case"), write=True) as case:
        case.add(replace(found, claims=(claim,)))
        case.regroup(FakeGrouper())
        data = json.loads(export(case, "geojson"))
    (feature,) = data["features"]
    assert feature["geometry"]["type"] == "Polygon"
    about = feature["properties"]
    assert (about["precision"], about["radius_km"], about["centre_lat"]) == ("region", 150, 20.0)
    assert data["bbox"][0] < 2.5 < data["bbox"][2]
