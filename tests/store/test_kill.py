"""A run of `add` that is killed at any moment loses no finished document, doubles none, and can go on."""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from reportedly.contract import dumps, incident_json
from reportedly.store import open_store

ROOT = Path(__file__).parent.parent.parent
PROGRAM = [sys.executable, str(ROOT / "tests" / "support" / "fakes.py")]
COUNT = 40

pytestmark = [pytest.mark.slow, pytest.mark.skipif(os.name == "nt", reason="needs SIGKILL")]


def environment(**extra: str) -> dict[str, str]:
    """Return the environment of a run."""
    return {**os.environ, "PYTHONPATH": str(ROOT / "src"), **extra}


def write_articles(path: Path) -> None:
    """Write documents on three happenings."""
    lines = []
    for n in range(COUNT):
        text = f"Red Army killed {n + 1} soldiers at Kova on 2024-07-2{n % 3}."
        lines.append(json.dumps({"id": f"d{n:02}", "text": text, "published": "2024-08-01"}))
    path.write_text("\n".join(lines))


def export(case: Path) -> list[str]:
    """Return what the case exports."""
    with open_store(str(case)) as store:
        return [dumps(incident_json(record)) for record in store.incidents()]


@pytest.mark.parametrize("engine", [["--engine", "local"], ["--engine", "processes", "--jobs", "2"]])
def test_kill_at_random_moments(tmp_path: Path, engine: list[str]) -> None:
    articles, case, whole = tmp_path / "a.jsonl", tmp_path / "killed.case", tmp_path / "whole.case"
    write_articles(articles)
    rng = random.Random(7)
    seen = 0
    for _ in range(4):
        command = [*PROGRAM, "add", str(case), str(articles), "-q", *engine]
        run = subprocess.Popen(command, env=environment(FAKE_DELAY="0.02"), start_new_session=True)
        time.sleep(rng.uniform(0.3, 0.7))
        os.killpg(run.pid, signal.SIGKILL)
        run.wait()
        if not case.exists():
            continue
        with open_store(str(case), write=True) as store:
            ids = [stored.document.id for stored in store.documents()]
            assert len(ids) == len(set(ids)) == store.counts().claims
            assert len(ids) >= seen
            seen = len(ids)
    done = subprocess.run([*PROGRAM, "add", str(case), str(articles), *engine], env=environment(), capture_output=True)
    assert done.returncode == 0, done.stderr
    subprocess.run([*PROGRAM, "add", str(whole), str(articles), "-q"], env=environment(), check=True)
    assert export(case) == export(whole)
    assert len(export(case)) == 3
    with open_store(str(case)) as store:
        assert store.counts().documents == store.counts().claims == COUNT


def test_ctrl_c_ends_with_130_and_keeps_what_was_finished(tmp_path: Path) -> None:
    articles, case = tmp_path / "a.jsonl", tmp_path / "a.case"
    write_articles(articles)
    command = [*PROGRAM, "add", str(case), str(articles), "--engine", "processes", "--jobs", "2"]
    run = subprocess.Popen(
        command,
        env=environment(FAKE_DELAY="0.3"),
        start_new_session=True,
        stderr=subprocess.PIPE,
        text=True,
        preexec_fn=_hear_ctrl_c,
    )
    deadline = time.monotonic() + 20
    while time.monotonic() < deadline and not _documents(case):
        time.sleep(0.05)
    os.killpg(run.pid, signal.SIGINT)
    # The workers write to the same pipe: it ends when the last of them has.
    _, errors = run.communicate(timeout=20)
    assert run.returncode == 130, errors
    said = [line for line in errors.splitlines() if not line.startswith("adding: ")]  # progress, on a slow machine
    assert said == ["reportedly: interrupted; what was finished is kept"]
    assert 0 < _documents(case) < COUNT


def _hear_ctrl_c() -> None:
    """What a shell starts in the background ignores Ctrl-C, and what that starts would too."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def _documents(case: Path) -> int:
    if not case.exists() or not case.stat().st_size:
        return 0
    with open_store(str(case)) as store:
        return store.counts().documents
