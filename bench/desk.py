"""How long the desk's pages take on a large case: the sample's incidents many times over, at other places and days.

    python bench/desk.py                      33,000 incidents (what 100,000 claims make), printed as a table
    python bench/desk.py --incidents 5000

Seconds of processor time of one request after a first one, without the browser. Claims are not multiplied: the pages
that are measured read incidents alone.
"""

from __future__ import annotations

import argparse
import json
import random
import shutil
import tempfile
import time
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from starlette.testclient import TestClient

from reportedly.app import create_app
from reportedly.cli import wiring
from reportedly.cli.demo import sample
from reportedly.contract import dumps, incident_json
from reportedly.pipeline import load_grouper, load_reader, read_documents
from reportedly.settings import Settings
from reportedly.store import open_store
from reportedly.store.adding import AddRun

PATHS = (
    "/map",
    "/map?bbox=20,5,40,20",
    "/timeline",
    "/timeline?from=2024-01-01&to=2024-02-01",
)
SEED = 4
FIRST_DAY, DAYS = date(2023, 1, 1), 800
SCATTER = 2.0  # degrees


def fill(path: Path) -> None:
    """Read the shipped sample into a case."""
    reader = load_reader()
    with open_store(str(path), write=True) as store:
        AddRun(store, lambda items: (reader.extract(item) for item in items), load_grouper()).run(  # type: ignore[arg-type]
            read_documents([str(sample())])
        )


def multiply(path: Path, number: int) -> None:
    """Add so many incidents to a case, made from those that it holds."""
    chance = random.Random(SEED)
    with open_store(str(path), write=True) as store:
        bodies = [incident_json(record) for record in store.incidents()]
        with store.writing() as base:
            for n in range(number):
                row = _moved(json.loads(json.dumps(chance.choice(bodies))), n, chance)
                base.execute("INSERT INTO incident VALUES (?, ?, ?, ?, ?, ?, ?, ?)", row)


def _moved(body: dict[str, Any], number: int, chance: random.Random) -> tuple[object, ...]:
    place, when = body["place"], body["when"]
    if place and place["lat"] is not None:
        place["lat"] = max(-80.0, min(80.0, place["lat"] + chance.gauss(0, SCATTER)))
        place["lon"] = max(-179.0, min(179.0, place["lon"] + chance.gauss(0, SCATTER)))
    if when and when["earliest"]:
        day = (FIRST_DAY + timedelta(days=chance.randrange(DAYS))).isoformat()
        when |= {"earliest": day, "latest": day, "edtf": day, "precision": "day"}
    body["id"] = f"inc-{number:08d}-more"
    days = (when["earliest"], when["latest"]) if when else (None, None)
    return body["id"], body["title"], *days, place and place["country"], body["status"], body["origins"], dumps(body)


def measure(path: Path) -> Iterator[tuple[str, float, int]]:
    """Yield address, seconds of processor time and bytes of each page."""
    desk = wiring.desk(str(path), "bench", Settings())
    with TestClient(create_app(desk)) as client:
        client.get(PATHS[0]).raise_for_status()
        for address in PATHS:
            start = time.process_time()
            answer = client.get(address)
            answer.raise_for_status()
            yield address, time.process_time() - start, len(answer.content)


def main() -> None:
    """Make the case, measure, print."""
    parser = argparse.ArgumentParser(description="Measure the desk's pages on a large case.")
    parser.add_argument("--incidents", type=int, default=33_000)
    number = parser.parse_args().incidents
    folder = Path(tempfile.mkdtemp())
    try:
        fill(folder / "large.case")
        multiply(folder / "large.case", number)
        print("| page | seconds | kB |\n| --- | ---: | ---: |")
        for address, seconds, size in measure(folder / "large.case"):
            print(f"| `{address}` | {seconds:.2f} | {size / 1000:.0f} |")
    finally:
        shutil.rmtree(folder)


if __name__ == "__main__":
    main()
