"""Accuracy: development sets beside the repository, golden articles, planted truth; floors that must hold.

    python bench/eval.py                       measure and write docs/quality.md
    python bench/eval.py --gate --no-write     fail when a figure is worse than its floor
    python bench/eval.py --raise-floors        put floors just below the figures where that is stricter
    python bench/eval.py --lower-floors        set all floors anew, also lower (needs a line in the changelog)

The development sets have their own scorer (SHARED/eval/score.py). Where it is absent, only our own sets are measured.
"""

from __future__ import annotations

import argparse
import json
import shlex
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from own_sets import Row, case_tables, own_suites
from pages import ROOT, replace_measured, table

PAGE = ROOT / "docs" / "quality.md"
FLOORS = ROOT / "bench" / "floors.json"
Figures = dict[str, list[Row]]
COLUMNS = ("figure", "value", "n", "floor", "note")
SUITES = {
    "muc4": "Whole articles, Latin America 1988-91",
    "plover": "Sentences of the PLOVER gold records",
    "ucdp": "Headlines behind UCDP events, Ukraine 2014",
    "eventloc": "Sentences with one event verb and its place",
    "cameo": "CAMEO unit-test sentences",
    "geo": "Places in news articles",
    "golden": "Golden articles of our own",
    "planted": "Truth planted by the generator",
    "quiet": "Articles about something else, with words of war",
}


@dataclass(frozen=True, slots=True)
class Breach:
    """A figure on the wrong side of its floor."""

    suite: str
    metric: str
    value: float | None
    floor: float


def shared_suites(shared: Path, options: argparse.Namespace) -> Figures:
    """Run the development sets' scorer; nothing where it is absent."""
    scorer = shared / "eval" / "score.py"
    if not scorer.exists():
        print(f"eval: no {scorer}: only our own sets are measured", file=sys.stderr)
        return {}
    with tempfile.TemporaryDirectory() as folder:
        target = Path(folder) / "figures.json"
        command = [sys.executable, str(scorer), options.suite, "--program", options.program, "--json", str(target)]
        command += ["--limit", str(options.limit)] if options.limit else []
        command += ["--jobs", str(options.jobs)] if options.jobs else []
        done = subprocess.run(command, stdout=subprocess.DEVNULL, check=False)
        if done.returncode != 0 or not target.exists():
            raise SystemExit(f"eval: the scorer ended with {done.returncode}; its messages stand above")
        figures: Figures = json.loads(target.read_text(encoding="utf-8"))
    return figures


def lower_is_better(row: Row) -> bool:
    """Tell whether a small value of this figure is good."""
    return "lower is better" in (row["note"] or "") or "error" in row["metric"]


def gated(row: Row) -> bool:
    """Tell whether a figure can have a floor: a share, of enough cases, not a comparison."""
    count = int(str(row["n"]).split("/")[0] or 0)
    value = row["value"]
    return value is not None and 0 <= value <= 1 and count >= 30 and "for comparison" not in (row["note"] or "")


def breaches(figures: Figures, floors: Mapping[str, Any]) -> list[Breach]:
    """Return the figures that are worse than their floor. A figure that is gone is worse."""
    found = []
    for suite, wanted in floors["floors"].items():
        rows = {row["metric"]: row for row in figures.get(suite, [])}
        for metric, floor in wanted.items() if suite in figures else ():
            row = rows.get(metric)
            value = row["value"] if row else None
            if row is None or value is None or worse(row, value, floor):
                found.append(Breach(suite, metric, value, floor))
    return found


def worse(row: Row, value: float, floor: float) -> bool:
    """Tell whether a value is on the wrong side."""
    return value > floor if lower_is_better(row) else value < floor


def new_floors(figures: Figures, floors: Mapping[str, Any], lower: bool) -> dict[str, Any]:
    """Return floors one margin away from the figures; without `lower` an old floor that is stricter stays."""
    margin = floors["margin"]
    result: dict[str, dict[str, float]] = {suite: dict(old) for suite, old in floors["floors"].items()}
    for suite, rows in figures.items():
        old = result.get(suite, {})
        result[suite] = {row["metric"]: floor_of(row, old, margin, lower) for row in rows if gated(row)}
    return {**floors, "floors": result}


def floor_of(row: Row, old: Mapping[str, float], margin: float, lower: bool) -> float:
    """Return the floor of one figure."""
    small = lower_is_better(row)
    value = float(row["value"])
    fresh = round(min(1.0, value + margin) if small else max(0.0, value - margin), 3)
    before = old.get(row["metric"])
    if before is None or lower:
        return fresh
    return min(before, fresh) if small else max(before, fresh)


def report(figures: Figures, floors: Mapping[str, Any], limit: int | None) -> str:
    """Return the measured part of the page."""
    note = f" Only {limit} documents of each development set." if limit else ""
    parts = [f"Measured {date.today().isoformat()}.{note}"]
    for suite, rows in figures.items():
        lines = [figure_row(row, floors["floors"].get(suite, {})) for row in rows]
        parts += [
            f"### {SUITES.get(suite, suite)} (`{suite}`)",
            table(["figure", "value", "n", "floor", "note"], lines),
        ]
    counts = [[f"`{name}`", str(count)] for name, count in case_tables()]
    if counts:
        parts += ["### Case tables", table(["table", "rows"], counts)]
    return "\n\n".join(parts)


def figure_row(row: Row, floors: Mapping[str, float]) -> list[str]:
    """Return the line of one figure."""
    value = "" if row["value"] is None else f"{row['value']:.3f}"
    floor = floors.get(row["metric"])
    cells = [row["metric"], value, str(row["n"]), "" if floor is None else f"{floor:.3f}", row["note"] or ""]
    return [str(cell).replace("|", "/") for cell in cells]


def read_floors() -> dict[str, Any]:
    """Read the floors file."""
    floors: dict[str, Any] = json.loads(FLOORS.read_text(encoding="utf-8"))
    return floors


def tell(found: Sequence[Breach]) -> None:
    """Name each breach on standard error."""
    for one in found:
        value = "missing" if one.value is None else f"{one.value:.3f}"
        print(f"eval: {one.suite}: {one.metric}: {value}, floor {one.floor:.3f}", file=sys.stderr)


def arguments(argv: Sequence[str] | None) -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", type=Path, default=ROOT.parent / "shared", help="folder with eval/ and data/")
    parser.add_argument("--program", default=f"{shlex.quote(sys.executable)} -m reportedly")
    parser.add_argument("--suite", default="all", help="one development set, or all")
    parser.add_argument("--limit", type=int, help="only N documents of each development set")
    parser.add_argument("--jobs", type=int, help="processes at once")
    parser.add_argument("--own-only", action="store_true", help="leave the development sets out")
    parser.add_argument("--json", type=Path, help="also write the figures to this file")
    parser.add_argument("--gate", action="store_true", help="exit 1 when a figure is worse than its floor")
    parser.add_argument("--no-write", action="store_true", help="leave docs/quality.md alone")
    change = parser.add_mutually_exclusive_group()
    change.add_argument("--raise-floors", action="store_true")
    change.add_argument("--lower-floors", action="store_true")
    return parser.parse_args(argv)


def main(argv: Sequence[str] | None = None) -> int:
    """Measure, write, compare."""
    options = arguments(argv)
    figures: Figures = {} if options.own_only else shared_suites(options.shared, options)
    figures |= own_suites(shlex.split(options.program))
    floors = read_floors()
    found = breaches(figures, floors)
    whole = not options.limit and options.suite == "all" and "muc4" in figures
    if options.raise_floors or options.lower_floors:
        if not whole:
            raise SystemExit("eval: floors are set from whole sets only: all suites, no --limit")
        floors = new_floors(figures, floors, options.lower_floors)
        FLOORS.write_text(json.dumps(floors, indent=2) + "\n", encoding="utf-8")
    body = report(figures, floors, options.limit)
    print(body)
    if options.json:
        options.json.write_text(json.dumps(figures, indent=1) + "\n", encoding="utf-8")
    if whole and not options.no_write:
        replace_measured(PAGE, body)
    tell(found)
    return 1 if options.gate and found else 0


if __name__ == "__main__":
    raise SystemExit(main())
