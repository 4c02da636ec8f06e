"""Golden runs: what is read out of our own articles has not changed unnoticed."""

from __future__ import annotations

import difflib
from pathlib import Path

import pytest

import gen_golden
from reportedly.pipeline import load_reader

NAMES = sorted(path.name for path in gen_golden.GOLDEN.glob("*.json"))


@pytest.fixture(scope="module")
def files() -> dict[str, str]:
    """Read everything once."""
    return gen_golden.golden_files(load_reader())


def test_every_article_has_its_file(files: dict[str, str]) -> None:
    assert sorted(files) == NAMES
    assert len(NAMES) >= 10


@pytest.mark.parametrize("name", NAMES)
def test_reading_is_as_reviewed(files: dict[str, str], name: str) -> None:
    """Where this fails on purpose: run the command, read the diff, commit both."""
    path: Path = gen_golden.GOLDEN / name
    reviewed, now = path.read_text(encoding="utf-8").splitlines(), files.get(name, "").splitlines()
    changed = difflib.unified_diff(reviewed, now, "reviewed", "now", n=1, lineterm="")
    report = "\n".join(changed)
    assert report == "", f"{name} reads differently; if that is right: {gen_golden.COMMAND}\n{report}"
