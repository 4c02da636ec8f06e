"""Merging, splitting and undoing from the command line, on a case of three small articles."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from reportedly.cli.main import main
from reportedly.model.judgement import Anchor, Decision
from reportedly.pipeline import load_grouper
from reportedly.store import open_store
from reportedly.store.adding import AddRun

from fakes import FakeReader, make_document  # isort: skip


@pytest.fixture
def case(tmp_path: Path) -> str:
    """Return the path of a case with two incidents."""
    path = str(tmp_path / "a.case")
    reader = FakeReader()
    texts = ["Red Army killed 12 soldiers at Kova on 2024-07-27.", "Red Army killed 3 farmers at Mera on 2024-08-09."]
    documents = [make_document(f"d{n}", text) for n, text in enumerate(texts)]
    with open_store(path, write=True) as store:
        AddRun(store, lambda items: (reader.extract(d) for d in items), load_grouper()).run(documents)  # type: ignore[arg-type]
    return path


def ids(case: str, capsys: pytest.CaptureFixture[str], *options: str) -> list[str]:
    """Return the incidents that the command lists."""
    capsys.readouterr()
    assert main(["incidents", case, "--json", *options]) == 0
    return [json.loads(line)["incident"]["id"] for line in capsys.readouterr().out.splitlines()]


def test_merge_split_undo_log(case: str, capsys: pytest.CaptureFixture[str]) -> None:
    one, other = ids(case, capsys)
    assert main(["merge", case, one, other, "--who", "ana", "--why", "one raid"]) == 0
    assert len(ids(case, capsys)) == 1
    capsys.readouterr()
    assert main(["log", case, "--json"]) == 0
    (entry,) = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert (entry["kind"], entry["who"], entry["why"]) == ("same_incident", "ana", "one raid")
    assert main(["undo", case, "--who", "ana"]) == 0
    assert ids(case, capsys) == [one, other]
    assert main(["undo", case, "--who", "ana"]) == 2
    assert "nothing to undo" in capsys.readouterr().err
    assert main(["log", case]) == 0
    assert "taken back" in capsys.readouterr().out


def test_the_log_has_a_line_for_each_decision(case: str, capsys: pytest.CaptureFixture[str]) -> None:
    """A merge or a split is one decision, whatever number of pairs the ledger keeps of it."""
    with open_store(case, write=True) as store:
        one, other = (Anchor(claim.id, claim.document, 0, "killed") for claim in store.claims())
        many = [replace(other, claim=f"c{n}", document=f"d{n}") for n in range(1, 7)]
        for verdict in ("positive", "negative"):
            decided = [Decision("same_incident", verdict, one, end, "as told") for end in many]  # type: ignore[arg-type]
            store.record(decided, who="ana")
    capsys.readouterr()
    assert main(["log", case]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert [line.split()[0] for line in lines] == ["1", "as", "7", "as"]
    assert "same incident positive" in lines[0]
    assert lines[2].endswith("d3: “killed” and 3 more")


@pytest.mark.parametrize(
    ("options", "count"),
    [
        ((), 2),
        (("--from", "2024-08-01"), 1),
        (("--to", "2024-07-31"), 1),
        (("--country", "ml"), 2),
        (("--country", "UA"), 0),
        (("--status", "contested"), 0),
    ],
)
def test_incidents_are_chosen(
    case: str, capsys: pytest.CaptureFixture[str], options: tuple[str, ...], count: int
) -> None:
    assert len(ids(case, capsys, *options)) == count


def test_errors_end_with_their_codes(case: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    one, _ = ids(case, capsys)
    assert main(["merge", case, one, "inc-none"]) == 1
    assert main(["merge", case, one, one]) == 2
    assert main(["split", case, one, "clm-none"]) == 2
    missing = tmp_path / "none.case"
    assert main(["undo", str(missing)]) == 1
    assert not missing.exists()
