"""`agree` from the command line."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest

from reportedly import review
from reportedly.cli.main import main
from reportedly.review import Coder
from reportedly.store import open_store
from reportedly.store.adding import AddRun

from fakes import FakeGrouper, FakeReader, make_document  # isort: skip


@pytest.fixture
def case(tmp_path: Path) -> str:
    """Return a case in which ana accepted all of three claims and rejected one, and eve, blind, accepted all."""
    path = str(tmp_path / "a.case")
    reader = FakeReader()
    texts = [
        f"Red Army killed {n} soldiers at {place} on 2024-07-2{n}."
        for n, place in enumerate(("Kova", "Mera", "Tula"), 1)
    ]
    documents = [make_document(f"d{n}", text) for n, text in enumerate(texts)]
    with open_store(path, write=True) as store:
        AddRun(store, lambda items: (reader.extract(d) for d in items), FakeGrouper()).run(documents)  # type: ignore[arg-type]
        claims = [claim.id for claim in store.claims(as_read=True)]
        for claim in claims:
            review.accept(store, claim, Coder("eve", blind=True))
            review.accept(store, claim, Coder("ana"))
        review.reject(store, claims[0], Coder("ana"))
    return path


def test_the_table_and_its_disagreements(case: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["agree", case]) == 0
    assert "eve (blind): 3 claims" in capsys.readouterr().out
    assert main(["agree", case, "ana", "eve"]) == 0
    told = capsys.readouterr().out
    assert "3 claims judged by ana and eve (blind) in 3 documents, 3 coded whole by both" in told
    assert main(["agree", case, "ana", "program", "--field", "claim"]) == 0
    told = capsys.readouterr().out
    assert "n 3, disagreements 1" in told
    assert "ana: no claim · program: stands" in told


def test_json_and_csv(case: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["agree", case, "ana", "eve", "--json", "--doc", "d1"]) == 0
    assert json.loads(capsys.readouterr().out)["documents"] == ["d1"]
    assert main(["agree", case, "ana", "eve", "--csv"]) == 0
    rows = list(csv.DictReader(io.StringIO(capsys.readouterr().out, newline="")))
    place = next(row for row in rows if row["field"] == "place" and not row["document"])
    assert (place["n"], float(place["alpha"])) == ("2", 1.0)
    assert main(["agree", case, "--json"]) == 0
    assert json.loads(capsys.readouterr().out.splitlines()[0])["coder"] == "program"


@pytest.mark.parametrize("names", [["ana"], ["ana", "nobody"], ["ana", "ana"], ["ana", "eve", "--field", "mood"]])
def test_wrong_names_are_usage_errors(case: str, capsys: pytest.CaptureFixture[str], names: list[str]) -> None:
    assert main(["agree", case, *names]) == 2
    assert capsys.readouterr().err.startswith("reportedly: ")
