"""Bad input through the real command: one clear line each, the right exit code, and everything else done.

Sizes: the limit is 50 MB for one document; a line beyond it must not fill the memory.
"""

from __future__ import annotations

import gzip
import json
import os
import random
import sqlite3
import subprocess
import sys
import threading
import time
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

pytestmark = pytest.mark.slow

ROOT = Path(__file__).resolve().parents[1]
REPORT = "Gunmen killed 12 soldiers near Gao on Monday, the army said."
MEGABYTE = 1024 * 1024


@dataclass(frozen=True)
class Done:
    """What a call of the command left: errors without the lines of progress, the largest memory in bytes."""

    code: int
    lines: list[dict[str, Any]]
    errors: list[str]
    seconds: float = 0.0
    peak: int = 0

    @property
    def ids(self) -> list[str]:
        """The ids of the documents that were read."""
        return [line["document"]["id"] for line in self.lines]


def environment() -> dict[str, str]:
    """Return an environment without this machine's settings."""
    kept = {key: value for key, value in os.environ.items() if not key.startswith("REPORTEDLY_")}
    return {**kept, "PYTHONPATH": str(ROOT / "src"), "XDG_CONFIG_HOME": "/nonexistent", "COLUMNS": "500"}


def reportedly(*words: str, cwd: Path | None = None, limit: float = 120) -> Done:
    """Run the command; standard output must be JSON lines or nothing."""
    command = [sys.executable, "-m", "reportedly", *words]
    start = time.monotonic()
    with subprocess.Popen(
        command, env=environment(), stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=cwd
    ) as process:
        watch = threading.Timer(limit, process.kill)
        watch.start()
        peak = _Peak(process.pid)
        peak.start()
        out, error = process.communicate()
        watch.cancel()
        peak.join()
    lines = [json.loads(line) for line in out.decode("utf-8").splitlines()] if words[0] == "extract" else []
    errors = [line for line in error.decode("utf-8").splitlines() if not line.startswith("reading: ")]
    return Done(process.returncode, lines, errors, time.monotonic() - start, peak.bytes)


class _Peak(threading.Thread):
    """Watches the largest memory of a process, where the system tells."""

    def __init__(self, pid: int) -> None:
        super().__init__(daemon=True)
        self._status = Path(f"/proc/{pid}/status")
        self.bytes = 0

    def run(self) -> None:
        """Look until the process is gone."""
        while True:
            try:
                fields = dict(line.split(":", 1) for line in self._status.read_text().splitlines())
            except OSError:
                return
            if "VmHWM" not in fields:
                return
            self.bytes = max(self.bytes, int(fields["VmHWM"].split()[0]) * 1024)
            time.sleep(0.1)


def archive_record(name: str) -> bytes:
    """Return one record of a web archive."""
    page = f"<html><body><article><p>{(REPORT + ' ') * 20}</p></article></body></html>"
    http = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n" + page.encode()
    head = (
        "WARC/1.0\r\nWARC-Type: response\r\nWARC-Record-ID: <urn:uuid:00000000-0000-0000-0000-000000000001>\r\n"
        f"WARC-Target-URI: https://kova.example/{name}\r\nWARC-Date: 2024-08-01T00:00:00Z\r\n"
        f"Content-Type: application/http; msgtype=response\r\nContent-Length: {len(http)}\r\n\r\n"
    )
    return head.encode() + http + b"\r\n\r\n"


# ------------------------------------------------------------------------------------------------ one run, all of it

LINES = """{"id": "before", "text": "Gunmen killed 12 soldiers near Gao on Monday."}
{broken
{"id": "no-text"}
[1]
{"id": "after", "text": "Rebels ambushed an army convoy near Kidal."}
"""
FILES: dict[str, bytes] = {
    "empty.txt": b"",
    "binary.txt": random.Random(7).randbytes(5000),
    "binary.md": random.Random(8).randbytes(3000),
    "broken.pdf": b"%PDF-1.4 broken",
    "cut.warc": archive_record("one") + archive_record("two")[:500],
    "cut.warc.gz": gzip.compress(archive_record("three")) + gzip.compress(archive_record("four"))[:-100],
    "garbage.warc": b"not an archive at all",
    "lines.jsonl": LINES.encode(),
    "nothing.html": b"<html><head></head><body></body></html>",
    "notext.csv": b"when,where\n2024,Gao\n",
    "latin.txt": "Des soldats ont été tués près de Gao, a déclaré l’armée.".encode("cp1252"),
    "utf16.txt": REPORT.encode("utf-16"),
    "zgood.txt": REPORT.encode(),
}
COMPLAINTS = {
    "empty.txt": "empty",
    "binary.txt": "binary data",
    "binary.md": "binary data",
    "broken.pdf": "not a readable PDF",
    "cut.warc": "archive broken or cut off",
    "cut.warc.gz": "archive broken or cut off",
    "garbage.warc": "archive broken or cut off",
    "lines.jsonl, line 2": "invalid JSON",
    "lines.jsonl, line 3": 'no "text"',
    "lines.jsonl, line 4": "a list found",
    "nothing.html": "no article text",
    "notext.csv": "no text column",
}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Write a folder of good and bad files."""
    found = tmp_path_factory.mktemp("bad") / "in"
    found.mkdir()
    for name, data in FILES.items():
        (found / name).write_bytes(data)
    return found


@pytest.fixture(scope="module")
def mixed(folder: Path) -> Done:
    """Read the folder in one run."""
    return reportedly("extract", "in", cwd=folder.parent)


@pytest.mark.parametrize(("where", "reason"), COMPLAINTS.items(), ids=list(COMPLAINTS))
def test_one_line_names_file_and_reason(mixed: Done, where: str, reason: str) -> None:
    (line,) = (line for line in mixed.errors if line.startswith(f"reportedly: in/{where}: "))
    assert reason in line
    assert "Traceback" not in line


def test_nothing_else_is_said_and_the_exit_code_tells(mixed: Done) -> None:
    assert mixed.code == 3
    assert len(mixed.errors) == len(COMPLAINTS)


def test_everything_else_is_done(mixed: Done) -> None:
    pages = [f"https://kova.example/{name}" for name in ("one", "three")]
    assert sorted(mixed.ids) == sorted([*pages, "before", "after", "latin.txt", "utf16.txt", "zgood.txt"])
    told = {line["document"]["id"]: line for line in mixed.lines}
    assert told["after"]["claims"][0]["event_type"] == "attack.ambush"
    assert [t["best"] for c in told["zgood.txt"]["claims"] for t in c["tolls"]] == [12]
    assert [t["best"] for c in told["utf16.txt"]["claims"] for t in c["tolls"]] == [12]


def test_a_wrong_encoding_is_reported_with_the_document(mixed: Done) -> None:
    latin = next(line["document"] for line in mixed.lines if line["document"]["id"] == "latin.txt")
    assert "encoding" in " ".join(defect["kind"] for defect in latin["defects"])


def test_add_stores_what_can_be_read_and_does_not_double_it(folder: Path, tmp_path: Path) -> None:
    case = tmp_path / "mali.case"
    first = reportedly("add", str(case), "in", cwd=folder.parent)
    assert first.code == 3
    again = reportedly("add", str(case), "in", cwd=folder.parent)
    assert again.code == 3
    with closing(sqlite3.connect(case)) as base:
        assert base.execute("SELECT count(*) FROM document").fetchone() == (7,)


# ---------------------------------------------------------------------------------------------------- size


def test_one_line_of_60_megabytes_is_refused_without_holding_it(tmp_path: Path) -> None:
    with (tmp_path / "huge.txt").open("wb") as handle:
        for _ in range(60):
            handle.write(b"soldiers " * (MEGABYTE // 9))
            handle.write(b"x" * (MEGABYTE % 9))
    with (tmp_path / "huge.jsonl").open("wb") as handle:
        handle.write(json.dumps({"id": "small", "text": REPORT}).encode() + b'\n{"id": "big", "text": "')
        for _ in range(60):
            handle.write(b"x" * MEGABYTE)
        handle.write(b'"}\n' + json.dumps({"id": "last", "text": REPORT}).encode() + b"\n")
    done = reportedly("extract", "huge.txt", "huge.jsonl", cwd=tmp_path)
    assert done.code == 3
    assert done.ids == ["small", "last"]
    assert [line.split(": ")[1] for line in done.errors] == ["huge.txt", "huge.jsonl, line 2"]
    assert all("larger than 50 MB, the limit for one document" in line for line in done.errors)
    assert done.peak < 1000 * MEGABYTE


def test_a_document_of_five_million_words_is_refused_in_seconds(tmp_path: Path) -> None:
    paragraph = "The council of the town opened a new market hall with forty stalls in the spring. " * 5 + "\n\n"
    (tmp_path / "archive.txt").write_text(paragraph * (5_000_000 // 75), encoding="utf-8")
    (tmp_path / "good.txt").write_text(REPORT, encoding="utf-8")
    done = reportedly("extract", "archive.txt", "good.txt", cwd=tmp_path)
    assert (done.code, done.ids) == (3, ["good.txt"])
    (line,) = done.errors
    assert line.startswith("reportedly: archive.txt: ")
    assert "words, the limit for one document is 500,000" in line
    assert done.seconds < 60
    assert done.peak < 1500 * MEGABYTE


def test_a_long_document_is_read_whole(tmp_path: Path) -> None:
    """Time grows with length, not with its square."""
    quiet = "The council of the town opened a new market hall with forty stalls in the spring. " * 5 + "\n\n"
    (tmp_path / "book.txt").write_text(quiet * 4000 + REPORT, encoding="utf-8")
    done = reportedly("extract", "book.txt", cwd=tmp_path)
    assert done.code == 0
    assert [t["best"] for c in done.lines[0]["claims"] for t in c["tolls"]] == [12]
    assert done.seconds < 60


# -------------------------------------------------------------------------------------------- cases and targets


@pytest.mark.parametrize(
    "words",
    [
        ["add", "/nonexistent/folder/mali.case", "good.txt"],
        ["add", ".", "good.txt"],
        ["export", "missing.case", "--format", "jsonl"],
        ["extract", "missing.txt"],
    ],
    ids=lambda words: " ".join(words[:2]),
)
def test_targets_that_cannot_be_used(tmp_path: Path, words: list[str]) -> None:
    (tmp_path / "good.txt").write_text(REPORT, encoding="utf-8")
    done = reportedly(*words, cwd=tmp_path)
    assert done.code in (1, 2, 3)
    assert len(done.errors) == 1
    assert done.errors[0].startswith("reportedly: ")
    named = next(word for word in words[1:] if word in done.errors[0] or Path(word).name in done.errors[0])
    assert named
    assert sorted(path.name for path in tmp_path.iterdir()) == ["good.txt"]


def test_an_unwritable_export(tmp_path: Path) -> None:
    (tmp_path / "good.txt").write_text(REPORT, encoding="utf-8")
    assert reportedly("add", "mali.case", "good.txt", cwd=tmp_path).code == 0
    done = reportedly("export", "mali.case", "--format", "jsonl", "--output", "/nonexistent/rows.jsonl", cwd=tmp_path)
    assert done.code == 1
    assert len(done.errors) == 1
    assert "/nonexistent" in done.errors[0]


def test_a_case_of_a_newer_version(tmp_path: Path) -> None:
    (tmp_path / "good.txt").write_text(REPORT, encoding="utf-8")
    assert reportedly("add", "mali.case", "good.txt", cwd=tmp_path).code == 0
    with closing(sqlite3.connect(tmp_path / "mali.case")) as base:
        base.execute("PRAGMA user_version = 999")
    before = (tmp_path / "mali.case").read_bytes()
    for words in (
        ["add", "mali.case", "good.txt"],
        ["export", "mali.case", "--format", "jsonl"],
        ["search", "mali.case", "Gao"],
    ):
        done = reportedly(*words, cwd=tmp_path)
        assert done.code == 1
        assert len(done.errors) == 1
        assert "mali.case" in done.errors[0]
        assert "newer" in done.errors[0]
    assert (tmp_path / "mali.case").read_bytes() == before
