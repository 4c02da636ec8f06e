"""The command line as other programs see it: streams, exit codes, one line an error."""

from __future__ import annotations

import csv
import io
import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import fakes
import pytest

from reportedly.cli.main import hoist, main
from reportedly.store import open_store

ROOT = Path(__file__).parent.parent.parent
FAKE = [sys.executable, str(ROOT / "tests" / "support" / "fakes.py")]
LINES = [
    {"id": "d1", "text": "Red Army killed 12 soldiers at Kova on 2024-07-27, Blue Army said.", "title": "One"},
    {"id": "d2", "text": "Red Army killed 20 soldiers at Kova on 2024-07-27.", "published": "2024-07-29"},
    {"id": "d3", "text": "Nothing of the kind."},
]


def call(*words: str, give: str | None = None, **environ: str) -> subprocess.CompletedProcess[str]:
    """Run the command with the fake pipeline, away from this machine's settings."""
    clean = {key: value for key, value in os.environ.items() if not key.startswith(("REPORTEDLY_", "NO_COLOR"))}
    clean |= {"PYTHONPATH": str(ROOT / "src"), "XDG_CONFIG_HOME": "/nonexistent", **environ}
    stdin = {"input": give} if give is not None else {"stdin": subprocess.DEVNULL}
    return subprocess.run(
        [*FAKE, *words], env=clean, capture_output=True, text=True, encoding="utf-8", timeout=60, **stdin
    )  # type: ignore[call-overload,no-any-return]


class Done(NamedTuple):
    """What a call left."""

    returncode: int
    stdout: str
    stderr: str


Invoke = Callable[..., Done]


@pytest.fixture
def invoke(monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> Invoke:
    """Run the command in this process, which is quicker where streams and signals do not matter."""
    monkeypatch.setenv("XDG_CONFIG_HOME", "/nonexistent")
    monkeypatch.setitem(sys.modules, "reportedly.pipeline", fakes.fake_pipeline())

    def run(*words: str) -> Done:
        code = main(words)
        return Done(code, *capfd.readouterr())

    return run


@pytest.fixture
def articles(tmp_path: Path) -> Path:
    """Return a file with three good lines."""
    path = tmp_path / "articles.jsonl"
    path.write_text("\n".join(json.dumps(line) for line in LINES))
    return path


@pytest.fixture
def case(tmp_path: Path, articles: Path, invoke: Invoke) -> Path:
    """Return a case of the three documents."""
    path = tmp_path / "news.case"
    assert invoke("add", str(path), str(articles)).returncode == 0
    return path


def test_extract_prints_one_object_a_line_in_input_order(articles: Path) -> None:
    done = call("extract", str(articles))
    assert (done.returncode, done.stderr) == (0, "")
    lines = [json.loads(line) for line in done.stdout.splitlines()]
    assert [line["document"]["id"] for line in lines] == ["d1", "d2", "d3"]
    assert list(lines[0]) == ["schema_version", "document", "claims", "incidents", "relations", "rejected"]
    full = json.loads(call("extract", str(articles), "--mentions", "--with-text").stdout.splitlines()[0])
    assert full["text"] == LINES[0]["text"]
    assert full["mentions"]["actors"]


def test_engines_print_the_same_bytes(articles: Path) -> None:
    local = call("extract", str(articles), "--engine", "local").stdout
    assert call("extract", str(articles), "--engine", "processes", "--jobs", "2").stdout == local


def test_standard_input() -> None:
    done = call("extract", "-", give=json.dumps(LINES[0]))
    assert json.loads(done.stdout)["document"]["id"] == "d1"


def test_bad_inputs_are_named_and_the_others_done(tmp_path: Path, articles: Path, invoke: Invoke) -> None:
    articles.write_text(articles.read_text() + "\nnot json\n" + json.dumps({"id": "x", "text": "CRASH"}))
    for command in (["extract"], ["add", str(tmp_path / "a.case")]):
        done = invoke(*command, str(articles), str(tmp_path / "none.txt"))
        assert done.returncode == 3
        errors = done.stderr.splitlines()
        assert len(errors) == 3
        assert f"{articles}, line 4" in errors[0]
        assert errors[1].startswith("reportedly: x: the reader failed")
        assert errors[2] == f"reportedly: {tmp_path / 'none.txt'}: no such file"
    assert len(invoke("extract", str(articles)).stdout.splitlines()) == 3


def test_errors_as_json(tmp_path: Path, invoke: Invoke) -> None:
    done = invoke("extract", str(tmp_path / "none.txt"), "--json")
    assert json.loads(done.stderr) == {
        "code": "input",
        "message": "no such file",
        "where": str(tmp_path / "none.txt"),
        "hint": "",
    }
    failed = invoke("search", str(tmp_path / "none.case"), "x", "--json")
    assert failed.returncode == 1
    assert json.loads(failed.stderr)["code"] == "store"
    assert json.loads(invoke("extract", "--json").stderr)["code"] == "usage"


@pytest.mark.parametrize(
    ("words", "part"),
    [
        (["nosuch"], "No such command"),
        (["extract"], "Missing argument"),
        (["extract", "-", "--nope"], "No such option"),
        (["extract", "-", "--engine", "spark"], "not available in this version"),
        (["extract", "-", "--engine", "threads"], "must be one of local, processes"),
        (["extract", "-", "--jobs", "-1"], "from 0"),
        (["extract", "-", "--book", "nobook"], "nobook"),
        (["export", "x.case", "--format", "xls"], "formats: jsonl, csv, geojson"),
        (["export", "x.case", "--format", "geojson", "--hxl"], "--hxl: `geojson` has none (formats: csv)"),
        (["export", "x.case", "--format", "html", "--rows", "claims"], "formats: csv, parquet"),
        (["--config", "/nonexistent.toml", "doctor"], "no such config file"),
        (["-C", "/nonexistent", "doctor"], "no such folder"),
        (["preview", "-", "--share", "1.5"], "--share must be a number from 0 to 1, not 1.5"),
    ],
)
def test_usage_errors(words: list[str], part: str, capfd: pytest.CaptureFixture[str]) -> None:
    assert main(words) == 2
    out, err = capfd.readouterr()
    assert out == ""
    assert part in err
    assert len(err.splitlines()) == 1


def test_called_alone_it_shows_the_help() -> None:
    done = call()
    assert (done.returncode, done.stdout) == (2, "")
    assert "Commands:" in done.stderr


@pytest.mark.parametrize("target", ["no/such/folder/a.case", ".", "articles.jsonl", "/dev/full/a.case"])
def test_targets_that_cannot_be_written(articles: Path, target: str, invoke: Invoke) -> None:
    done = invoke("add", str(articles.parent / target), str(articles))
    assert done.returncode == 1
    assert len(done.stderr.splitlines()) == 1
    assert Path(target).name in done.stderr


def test_a_newer_case(case: Path, articles: Path, invoke: Invoke) -> None:
    import sqlite3

    with sqlite3.connect(case) as base:
        base.execute("PRAGMA user_version = 99")
    for words in (["add", str(case), str(articles)], ["export", str(case)], ["show", str(case), "doc", "d1"]):
        done = invoke(*words)
        assert done.returncode == 1
        assert "newer version" in done.stderr
        assert "upgrade" in done.stderr


def test_add_says_what_it_did_and_adds_nothing_twice(case: Path, articles: Path, invoke: Invoke) -> None:
    done = invoke("add", str(case), str(articles), "-v")
    assert done.returncode == 0
    assert "0 added, 3 already there; now 3 documents, 2 claims, 1 incidents (1 contested)" in done.stdout
    assert done.stderr.splitlines() == ["d1: already there", "d2: already there", "d3: already there"]
    told = json.loads(invoke("add", str(case), str(articles), "--json").stdout)
    assert (told["added"], told["unchanged"], told["case"]["incidents"]) == (0, 3, 1)


def test_a_new_version_is_pointed_out(case: Path, tmp_path: Path, invoke: Invoke) -> None:
    (tmp_path / "b.jsonl").write_text(json.dumps({"id": "d2", "text": "Quite another text."}))
    done = invoke("add", str(case), str(tmp_path / "b.jsonl"))
    assert done.returncode == 0
    assert "1 new versions" in done.stdout
    assert done.stderr == "reportedly: note: d2: other text than the case has; kept as its new version\n"


def test_a_dry_run_writes_nothing(tmp_path: Path, articles: Path, case: Path, invoke: Invoke) -> None:
    done = invoke("add", str(tmp_path / "new.case"), str(articles), "--dry-run")
    assert done.stdout.splitlines() == ["d1: would be added", "d2: would be added", "d3: would be added"]
    assert not (tmp_path / "new.case").exists()
    assert "d1: already there" in invoke("add", str(case), str(articles), "--dry-run").stdout


def test_export_in_every_form(case: Path, tmp_path: Path, invoke: Invoke) -> None:
    (line,) = invoke("export", str(case), "--format", "jsonl").stdout.splitlines()
    incident = json.loads(line)["incident"]
    assert incident["status"] == "contested"
    rows = list(csv.DictReader(io.StringIO(invoke("export", str(case), "-f", "csv").stdout)))
    assert [row["document"] for row in rows] == ["d1", "d2"]
    assert json.loads(invoke("export", str(case), "-f", "geojson").stdout)["type"] == "FeatureCollection"
    out = tmp_path / "report.html"
    done = invoke("export", str(case), "-f", "html", "-o", str(out))
    assert (done.returncode, done.stdout) == (0, "")
    assert out.read_text().startswith("<!doctype html>")
    assert invoke("export", str(case), "-o", str(tmp_path / "no" / "x")).returncode == 1


def test_an_export_into_what_is_no_file(case: Path, tmp_path: Path, invoke: Invoke) -> None:
    """A pipe or a device is written to and never replaced by a file; nor is a link; a folder is refused."""
    pipe, link, real = tmp_path / "pipe", tmp_path / "link", tmp_path / "real"
    os.mkfifo(pipe)
    reader = subprocess.Popen(["cat", str(pipe)], stdout=subprocess.PIPE, text=True)
    assert invoke("export", str(case), "-o", str(pipe)).returncode == 0
    assert json.loads(reader.communicate(timeout=20)[0])["incident"]
    assert pipe.is_fifo()
    real.write_text("old")
    link.symlink_to(real)
    assert invoke("export", str(case), "-o", str(link)).returncode == 0
    assert link.is_symlink()
    assert json.loads(real.read_text())["incident"]
    refused = invoke("export", str(case), "-o", str(tmp_path))
    assert (refused.returncode, refused.stderr) == (1, f"reportedly: {tmp_path}: cannot be written: Is a directory\n")


def test_code_prints_the_books_own_layout(case: Path, invoke: Invoke) -> None:
    sys.modules["reportedly.pipeline"].BOOKS = ("acled", "plover")  # type: ignore[attr-defined]
    rows = list(csv.DictReader(io.StringIO(invoke("code", str(case), "--book", "acled").stdout)))
    assert len(next(iter(rows))) == 31
    assert rows[0]["event_date"] == "2024-07-27"
    explained = list(csv.DictReader(io.StringIO(invoke("code", str(case), "--book", "acled", "--explain").stdout)))
    assert json.loads(explained[0]["_trace"])
    (line,) = invoke("code", str(case), "--book", "plover").stdout.splitlines()
    assert "_trace" not in json.loads(line)
    assert invoke("code", str(case), "--book", "nobook").returncode == 2


def test_books_show_one_incident_side_by_side_and_their_settings(case: Path, invoke: Invoke) -> None:
    sys.modules["reportedly.pipeline"].BOOKS = ("acled",)  # type: ignore[attr-defined]
    incident = json.loads(invoke("export", str(case), "--format", "jsonl").stdout)["incident"]["id"]
    told = json.loads(invoke("books", "diff", str(case), incident, "--json").stdout)
    assert set(told["rows"]) == {"acled", "ucdp", "plover", "cameo"}
    lines = list(csv.DictReader(io.StringIO(invoke("books", "diff", str(case), incident, "--csv").stdout)))
    assert {line["book"] for line in lines if line["what"] == "event"} >= {"acled", "plover"}
    assert all(line["rule"] and line["because"] for line in lines)
    assert "deaths" in invoke("books", "diff", str(case), incident).stdout
    assert invoke("books", "diff", str(case), "nothing").returncode == 1
    settings = json.loads(invoke("books", "settings", "--json").stdout)
    assert {"book", "name", "default", "value", "help", "source"} <= set(settings[0])
    changed = invoke("code", str(case), "--book", "acled", "--set", "acled.codes=numbers").stdout
    assert next(csv.DictReader(io.StringIO(changed)))["interaction"].isdigit()
    assert invoke("code", str(case), "--book", "acled", "--set", "acled.code=numbers").returncode == 2


def test_compare_holds_a_file_against_the_case(case: Path, tmp_path: Path, invoke: Invoke) -> None:
    sys.modules["reportedly.pipeline"].BOOKS = ("acled",)  # type: ignore[attr-defined]
    own = tmp_path / "acled.csv"
    own.write_text(invoke("code", str(case), "--book", "acled").stdout, encoding="utf-8")
    told = json.loads(invoke("compare", str(case), "--acled", str(own), "--json").stdout)
    assert (told["counts"]["found"], told["missed"], told["extra"]) == (1, [], [])
    out = tmp_path / "compare.html"
    done = invoke("compare", str(case), "--acled", str(own), "-o", str(out))
    assert (done.returncode, out.read_text()[:15]) == (0, "<!doctype html>")
    own.write_text(own.read_text(encoding="utf-8") + ",0025-07-27,25\n", encoding="utf-8")
    refused = invoke("compare", str(case), "--acled", str(own))
    assert refused.returncode == 3
    assert "`event_id_cnty` is empty" in refused.stderr
    assert invoke("compare", str(case)).returncode == 2
    assert invoke("compare", str(case), "--acled", str(own), "-o", str(tmp_path / "x.pdf")).returncode == 2


def test_a_case_that_was_cut_short_says_so(case: Path, invoke: Invoke) -> None:
    with open_store(str(case), write=True) as store:
        store.add(fakes.FakeReader().extract(fakes.make_document("late", str(LINES[1]["text"]))))
    done = invoke("export", str(case))
    assert done.returncode == 0
    assert "not up to date" in done.stderr
    assert invoke("add", str(case), "/nonexistent.txt").returncode == 3
    assert invoke("export", str(case)).stderr == ""


def test_show_and_search(case: Path, invoke: Invoke) -> None:
    (line,) = invoke("export", str(case)).stdout.splitlines()
    key = json.loads(line)["incident"]["id"]
    shown = invoke("show", str(case), "incident", key)
    assert "Blue Army: 12" in shown.stdout
    (first, _) = json.loads(line)["incident"]["claims"]
    assert first in shown.stdout  # what `split` and `judge` ask for
    assert " · " not in shown.stdout
    assert "what     Armed clash" in shown.stdout
    assert json.loads(invoke("show", str(case), "incident", key, "--json").stdout)["incident"]["id"] == key
    assert json.loads(invoke("show", str(case), "doc", "1", "--json").stdout)["document"]["id"] == "d1"
    assert "x-red-army" in invoke("show", str(case), "actor", "Red Army").stdout
    missing = invoke("show", str(case), "doc", "nope")
    assert (missing.returncode, missing.stdout) == (1, "")
    assert [json.loads(hit)["document"] for hit in invoke("search", str(case), "KOVA", "--json").stdout.splitlines()]
    nothing = invoke("search", str(case), "zebra")
    assert (nothing.returncode, nothing.stdout) == (0, "")
    assert invoke("show", str(case), "thing", "x").returncode == 2


def test_preview_of_a_file_and_of_a_document(tmp_path: Path, case: Path, invoke: Invoke) -> None:
    text = "One short sentence stands here. " * 40
    (tmp_path / "a.txt").write_text(text)
    shown = json.loads(invoke("preview", str(tmp_path / "a.txt"), "--share", "0.1", "--json").stdout)
    assert shown["document"] == "a.txt"
    assert shown["words_shown"] <= 0.1 * shown["words_total"]
    assert invoke("preview", str(case), "d1").returncode == 0
    assert invoke("preview", str(case), "nope").returncode == 1
    whole = invoke("preview", str(case))
    assert (whole.returncode, "which of its documents" in whole.stderr) == (2, True)
    assert invoke("preview", str(tmp_path / "a.txt")).stdout.startswith("a.txt\n")
    assert invoke("preview", str(tmp_path / "none.txt")).returncode == 3


def test_an_article_cannot_play_with_the_terminal(tmp_path: Path, invoke: Invoke) -> None:
    evil = "Title \x1b]0;owned\x07\x1b[2J \u202eback"
    text = "Kova \x1b[31m. " + LINES[0]["text"]
    (tmp_path / "a.jsonl").write_text(json.dumps({"id": "d\x1b[1m", "text": text, "title": evil, "publisher": evil}))
    case = str(tmp_path / "a.case")
    shown = [
        invoke("add", case, str(tmp_path / "a.jsonl"), "-v"),
        invoke("show", case, "doc", "1"),
        invoke("search", case, "kova"),
        invoke("preview", case, "1", "--share", "1"),
    ]
    assert all(done.returncode == 0 for done in shown)
    assert not [char for done in shown for char in done.stdout + done.stderr if char in "\x1b\x07\u202e"]
    assert "\\x1b" in shown[1].stdout


@pytest.mark.skipif(os.name == "nt", reason="needs a shell")
def test_a_closed_pipe_is_quiet(articles: Path) -> None:
    articles.write_text("\n".join(json.dumps({"id": str(n), "text": LINES[0]["text"]}) for n in range(400)))
    script = f"{' '.join(FAKE)} extract {articles} | head -n 1 | wc -l; echo ${{PIPESTATUS[0]}}"
    done = subprocess.run(
        ["bash", "-c", script],
        env={**os.environ, "PYTHONPATH": str(ROOT / "src")},
        capture_output=True,
        text=True,
    )
    assert done.stderr == ""
    assert done.stdout.split() == ["1", "0"]


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
def test_a_full_disk_is_an_error(articles: Path) -> None:
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(
            [*FAKE, "extract", str(articles)],
            env={**os.environ, "PYTHONPATH": str(ROOT / "src")},
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
        )
    assert done.returncode == 1
    assert done.stderr.strip() == "reportedly: standard output: No space left on device"


def test_progress_lines_where_there_is_no_terminal(articles: Path) -> None:
    articles.write_text("\n".join(json.dumps({"id": str(n), "text": LINES[0]["text"]}) for n in range(8)))
    done = call("extract", str(articles), FAKE_DELAY="0.8")
    assert [line.split(",")[0] for line in done.stderr.splitlines()] == ["reading: 7 documents"]
    assert call("extract", str(articles), "--progress", "none", FAKE_DELAY="0").stderr == ""


def test_settings_are_shown_with_their_origin(tmp_path: Path) -> None:
    (tmp_path / "reportedly.toml").write_text("max_words = 120\n")
    done = call("-C", str(tmp_path), "config", "show", "--origin", REPORTEDLY_JOBS="2")
    assert "max_words = 120" in done.stdout
    assert "(reportedly.toml)" in done.stdout
    assert "(environment)" in done.stdout
    assert str(tmp_path / "reportedly.toml") in call("-C", str(tmp_path), "config", "path").stdout
    (tmp_path / "reportedly.toml").write_text("max_word = 120\n")
    wrong = call("-C", str(tmp_path), "config", "show")
    assert wrong.returncode == 2
    assert "did you mean `max_words`" in wrong.stderr


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish", "powershell"])
def test_completion(shell: str, tmp_path: Path, invoke: Invoke) -> None:
    script = invoke("completion", shell)
    assert script.returncode == 0
    assert "reportedly" in script.stdout
    if shell == "bash" and shutil.which("bash"):
        (tmp_path / "c.sh").write_text(script.stdout)
        assert subprocess.run(["bash", "-n", str(tmp_path / "c.sh")]).returncode == 0


def test_completion_completes() -> None:
    environ = {"_REPORTEDLY_COMPLETE": "complete_bash", "COMP_WORDS": "reportedly ex", "COMP_CWORD": "1"}
    assert call(**environ).stdout.split() == ["extract", "export", "explain"]


def test_doctor_looks_at_everything(invoke: Invoke) -> None:
    done = invoke("doctor", "--json")
    found = json.loads(done.stdout)
    assert {check["name"] for check in found["checks"]} >= {"python", "sqlite", "cache folder"}
    assert (done.returncode == 0) == found["ok"]


def test_the_ontology_is_printed_with_crosswalks(invoke: Invoke) -> None:
    types = json.loads(invoke("knowledge", "ontology", "--json").stdout)
    assert all({"key", "violent", "definition", "crosswalks"} <= set(kind) for kind in types)
    assert any(kind["key"] == "attack.ambush" and kind["violent"] for kind in types)


COMMANDS = (
    "extract",
    "add",
    "export",
    "code",
    "show",
    "search",
    "preview",
    "demo",
    "doctor",
    "completion",
    "knowledge check",
    "knowledge ontology",
    "knowledge unresolved",
    "knowledge import geonames",
    "knowledge import ucdp-actors",
    "knowledge import ftm",
    "knowledge import csv",
    "config path",
    "config show",
)


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_help_with_examples(command: str, capfd: pytest.CaptureFixture[str]) -> None:
    assert main([*command.split(), "--help"]) == 0
    out, _ = capfd.readouterr()
    assert "Example" in out
    assert f"reportedly {command}" in out


def test_help_is_quick_because_nothing_heavy_is_imported() -> None:
    heavy = ("spacy", "numpy", "trafilatura", "selectolax", "jinja2", "pydantic", "yaml", "rich")
    probe = f"import sys; import reportedly.cli.main; print([m for m in {heavy!r} if m in sys.modules])"
    done = subprocess.run(
        [sys.executable, "-c", probe],
        env={**os.environ, "PYTHONPATH": str(ROOT / "src")},
        capture_output=True,
        text=True,
    )
    assert done.stdout.strip() == "[]"
    started = time.monotonic()
    assert call("--version").stdout.startswith("reportedly ")
    assert time.monotonic() - started < 5


def test_global_options_may_stand_behind_the_command() -> None:
    assert hoist(["add", "x", "-q", "--progress", "none", "-C", "d", "y"]) == [
        "-q",
        "--progress",
        "none",
        "-C",
        "d",
        "add",
        "x",
        "y",
    ]
    assert hoist(["search", "x", "--", "-q"]) == ["search", "x", "--", "-q"]
    assert hoist(["show", "--progress"]) == ["--progress", "show"]
