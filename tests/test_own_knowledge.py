"""Own knowledge end to end: what texts name and we do not know is listed, filled in, imported, and then read."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest

from reportedly.cli.main import main

TEXT = (
    "Fighters of the Kova Valley Front attacked a convoy near the village of Tin-Kovaren in Mali on Tuesday, killing "
    "12 soldiers. The KVFR, a rival group, denied any part. Police clashed with the KVFR in Tin-Kovaren.\n"
)


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]):  # type: ignore[no-untyped-def]
    """Run a command in a folder with one article; return exit code and standard output."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    (tmp_path / "article.txt").write_text(TEXT)

    def call(*words: str) -> tuple[int, str]:
        code = main([*words, "--progress", "none"])
        return code, capfd.readouterr().out

    return call


def test_names_that_we_lack_become_knowledge(run, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    code, listed = run("knowledge", "unresolved", "article.txt")
    rows = list(csv.DictReader(io.StringIO(listed)))
    seen = {(row["table"], row["name"]): row for row in rows}
    assert code == 0
    assert {("actors", "Kova Valley Front"), ("actors", "KVFR")} <= set(seen)
    assert seen["actors", "KVFR"]["documents"] == "1"
    assert "KVFR" in seen["actors", "KVFR"]["example"]

    wanted = [dict(row, kind="rebel_group", countries="Mali") for row in rows if row["table"] == "actors"]
    with (tmp_path / "names.csv").open("w", newline="") as handle:
        writer = csv.DictWriter(handle, list(rows[0]))
        writer.writeheader()
        writer.writerows(wanted)
        writer.writerow(dict.fromkeys(rows[0], "") | {"table": "places", "name": "Tin-Kovaren", "countries": "ML"})
    code, said = run("knowledge", "import", "csv", "names.csv", "-o", "own")
    assert code == 3  # the place has no coordinates yet
    assert "actors/names.csv" not in said, "a file called names would be read as a table of dated names"

    (tmp_path / "villages.csv").write_text("name,country,lat,lon\nTin-Kovaren,Mali,19.5,1.1\n")
    assert run("knowledge", "import", "csv", "villages.csv", "-o", "own")[0] == 0
    assert run("knowledge", "check", "own")[0] == 0

    before = json.loads(run("extract", "article.txt")[1])
    (tmp_path / "reportedly.toml").write_text('knowledge = ["own"]\n')
    after = json.loads(run("extract", "article.txt")[1])
    assert "ml-kvfr" not in json.dumps(before)
    actors = {ref["actor_id"] for claim in after["claims"] for ref in claim["initiators"] + claim["targets"]}
    assert {"ml-kova-valley-front", "ml-kvfr"} <= actors
    places = {claim["place"]["place_id"] for claim in after["claims"] if claim["place"]}
    assert "sup:ml-tin-kovaren" in places
    assert run("knowledge", "unresolved", "article.txt")[1].strip().count("\n") == 0
