"""Writes measured figures into a page of docs/, between two marks, and leaves the prose around them alone."""

from __future__ import annotations

import platform
from collections.abc import Sequence
from importlib import metadata
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BEGIN, END = "<!-- measured: begin -->", "<!-- measured: end -->"


def replace_measured(page: Path, body: str, part: str = "measured") -> None:
    """Put the body between the marks of this part of the page. A page without marks is an error, not a new page."""
    begin, end = f"<!-- {part}: begin -->", f"<!-- {part}: end -->"
    text = page.read_text(encoding="utf-8")
    if text.count(begin) != 1 or text.count(end) != 1:
        raise SystemExit(f"{page}: expected one '{begin}' and one '{end}'; put them back and run again")
    head, rest = text.split(begin)
    tail = rest.split(end)[1]
    page.write_text(f"{head}{begin}\n\n{body.strip()}\n\n{end}{tail}", encoding="utf-8")


def table(header: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Return a Markdown table, numbers to the right."""
    rule = ["---", *["---:"] * (len(header) - 1)]
    return "\n".join("| " + " | ".join(cells) + " |" for cells in [header, rule, *rows])


def machine() -> str:
    """Say on what the figures were measured: processor, Python, parser."""
    versions = ", ".join(f"{name} {metadata.version(name)}" for name in ("spacy", "thinc", "blis", "numpy"))
    return f"{processor()}; Python {platform.python_version()}; {versions}"


def processor() -> str:
    """Return the name of the processor where the system tells it."""
    cpuinfo = Path("/proc/cpuinfo")
    if cpuinfo.exists():
        for line in cpuinfo.read_text(encoding="utf-8").splitlines():
            if line.startswith("model name"):
                return line.split(":", 1)[1].strip()
    return platform.processor() or platform.machine()
