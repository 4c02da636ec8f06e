"""The programs in examples/ and the Python in the README run as they stand and show claims."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.slow

ROOT = Path(__file__).resolve().parent.parent
EXAMPLES = sorted((ROOT / "examples").glob("*.py"))
LONGEST = 60
SHOWN = {
    "extract_text.py": ["JNIM", "claimed", "killed 15 to 15"],
    "compare_tolls.py": ["monitor", "27"],
    "group_incidents.py": ["contested", "Sokolo"],
    "desk_client.py": ["doubt", "accepted: entry 1", "taken back: entry 1"],
}


def run(*arguments: str, text: str | None = None) -> str:
    """Run Python and return what it prints; a failure shows its message."""
    command = [sys.executable, *arguments]
    done = subprocess.run(command, input=text, capture_output=True, text=True, cwd=ROOT, timeout=120, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.name)
def test_example_runs(path: Path) -> None:
    """Each example runs without arguments and prints what its text is about."""
    shown = run(str(path))
    assert [words for words in SHOWN[path.name] if words not in shown] == [], shown


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.name)
def test_example_is_short(path: Path) -> None:
    """An example fits on a screen and says how to run it."""
    text = path.read_text(encoding="utf-8")
    assert len(text.splitlines()) < LONGEST
    assert f"python examples/{path.name}" in text


def test_python_in_the_readme_runs() -> None:
    """The code that newcomers copy works and finds the claim."""
    (code,) = re.findall(r"```python\n(.*?)```", (ROOT / "README.md").read_text(encoding="utf-8"), flags=re.DOTALL)
    assert "31" in run("-", text=code)
