"""How fast a case is grouped: planted incidents told as claims, without texts, kept in a case and grouped from there.

    python bench/linking.py                              10,000 and 100,000 claims, figures into docs/benchmarks.md
    python bench/linking.py --claims 1000000             a million (an hour with making the case; 3 GB of disk)
    python bench/linking.py --claims 10000 --no-write    only print
    python bench/linking.py --dense                      1,000 to 100,000 claims of one country and 30 days

Each size has about 150 incidents a day in twelve countries; more claims are more days. Making the case is not counted;
grouping is: reading claims out of the case, comparing, joining, records, writing them. Then one report more is added
and grouped, then ten. Each size runs in its own process, so that peak memory is its own.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import random
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date, timedelta
from itertools import islice
from pathlib import Path

from generate import load_templates
from pages import ROOT, machine, replace_measured, table
from planted_incidents import FIRST_DAY, LAGS, Planted, incidents
from reportedly.model import ActorRef, Claim, Document, Extraction, PlaceRef, Span, Toll, When, content_id
from reportedly.model.toll import Qualifier
from reportedly.pipeline import load_grouper
from reportedly.store import SqliteStore, open_store

PAGE = ROOT / "docs" / "benchmarks.md"
SIZES, DENSE_SIZES = (10_000, 100_000), (1_000, 5_000, 20_000, 100_000)
# Claims that an incident has on average: reports of it, and claims in each.
CLAIMS_EACH = 8.7
# Incidents on one day of one country, and towns made of each town of the templates.
A_DAY, TOWNS = 12, 40
MORE = (1, 10)
DENSE_DAYS = 30
# What a report of each kind of incident may call it.
TYPES = {
    "ambush": ("attack.ambush", "attack.armed", "attack.killing"),
    "village": ("attack.raid", "attack.massacre", "attack.killing"),
    "clash": ("battle.clash", "battle.clash", "attack.killing"),
    "air": ("strike.air", "strike.air", "attack.killing"),
    "shelling": ("strike.shelling", "strike.shelling", "attack.killing"),
    "blast": ("explosion.bomb", "explosion.bomb", "attack.killing"),
    "suicide": ("explosion.suicide", "explosion.suicide", "attack.killing"),
    "base": ("attack.armed", "attack.armed", "attack.killing"),
    "abduction": ("abduction.kidnapping", "abduction.kidnapping", "abduction.kidnapping"),
}


@dataclass(frozen=True, slots=True)
class Measured:
    """One case grouped: times in seconds of processor time, memory in MB."""

    claims: int
    documents: int
    incidents: int
    cpu_s: float
    peak_mb: float
    one_s: float
    ten_s: float
    other: int

    @property
    def a_second(self) -> float:
        """Claims grouped a second."""
        return self.claims / self.cpu_s


# ------------------------------------------------------------------------------------------- claims without texts


def extractions(claims: int, seed: int, prefix: str = "", *, dense: bool = False) -> Iterator[Extraction]:
    """Yield reports of planted incidents as the reader would give them, about so many claims in all; `dense`: of one
    country and month."""
    count = round(claims / CLAIMS_EACH)
    days = DENSE_DAYS if dense else max(1, round(count / (A_DAY * len(load_templates()["theatres"]))))
    rng = random.Random(f"linking-{seed}")
    for one in incidents(count, seed):
        town = f"{one.town} {rng.randrange(TOWNS)}"
        told = replace(one, town=town, day=FIRST_DAY + timedelta(days=rng.randrange(days)))
        told = replace(told, theatre=0) if dense else told
        for number in range(rng.randint(2, 6)):
            yield _report(f"{prefix}{told.id}-{number}", told, rng)


def _report(key: str, one: Planted, rng: random.Random) -> Extraction:
    """One report: the lead with all details, and claims further down that repeat some of them."""
    published = one.day + timedelta(days=rng.choice(LAGS))
    found = [_claim(key, n, one, published, rng) for n in range(rng.choice((1, 2, 2, 3)))]
    if rng.random() < 0.25:  # the other side's figure
        found.append(replace(found[0], id=content_id("claim", key, 9), tolls=(_toll(9, rng.randint(3, 60), one),)))
    digest = hashlib.sha256(key.encode()).hexdigest()
    document = Document(key, "", digest, published=published.isoformat(), publisher=f"paper {rng.randrange(200)}")
    return Extraction(document, True, tuple(found))


def _claim(key: str, number: int, one: Planted, published: date, rng: random.Random) -> Claim:
    trigger = Span(number * 200, number * 200 + 8, "attacked")
    details = 0.9 if number == 0 else 0.5
    by = (_actor(one.by, one),) if rng.random() < details else ()
    of = (_actor(one.of, one),) if rng.random() < details else ()
    true = next(iter(one.figures.values()))
    told = true if rng.random() < 0.7 else max(2, true - rng.randint(1, max(1, true // 3)))
    return Claim(
        id=content_id("claim", key, number),
        document=key,
        event_type=TYPES.get(one.kind, ("attack.armed",) * 3)[min(number, rng.randrange(3))],
        violent=True,
        trigger=trigger,
        content=trigger,
        initiators=by,
        targets=of,
        place=_place(one, details, rng),
        when=_when(one.day, published, details, rng),
        tolls=(_toll(number, told, one),) if rng.random() < details else (),
        claimant=_actor("army", one) if rng.random() < 0.4 else None,
    )


def _place(one: Planted, details: float, rng: random.Random) -> PlaceRef | None:
    country = load_templates()["theatres"][one.theatre]["country"]
    if rng.random() > details:
        words = Span(20, 22, country)
        return PlaceRef(words, f"cc:{country}", country, country, precision="country") if rng.random() < 0.5 else None
    spread = random.Random(f"{country} {one.town}")
    lat, lon = one.theatre * 4 + spread.uniform(0, 4), spread.uniform(-8, 8)
    precision = "near" if rng.random() < 0.3 else "point"
    words = Span(20, 20 + len(one.town), one.town)
    return PlaceRef(words, f"{country}-{one.town}", one.town, country, (), None, lat, lon, precision)  # type: ignore[arg-type]


def _when(day: date, published: date, details: float, rng: random.Random) -> When:
    if rng.random() > details:
        return When(Span(0, 0, ""), None, published, f"../{published}", "day", "publication")
    told = day + timedelta(days=1) if rng.random() < 0.03 else day
    return When(Span(40, 46, "Monday"), told, told, told.isoformat(), "day", "relative")


def _toll(number: int, figure: int, one: Planted) -> Toll:
    words = Span(60, 60 + len(str(figure)), str(figure))
    victims = ActorRef(Span(70, 70 + len(one.victims), one.victims), role=one.victims, kind="civilians")
    exact: Qualifier = "exact"
    return Toll(f"toll-{one.id}-{number}", words, "killed", figure, figure, figure, exact, victims, "unknown")


def _actor(name: str, one: Planted) -> ActorRef:
    country = load_templates()["theatres"][one.theatre]["country"]
    words = Span(80, 80 + len(name), name)
    if name == "civilians":
        return ActorRef(words, kind="civilians", role="civilian")
    return ActorRef(words, f"{country}-{name}", name, name, "rebel_group", country)


# ------------------------------------------------------------------------------------------- measuring


def fill(store: SqliteStore, found: Iterator[Extraction]) -> None:
    """Put reports into a case, without grouping."""
    store.connection.execute("PRAGMA synchronous = OFF")
    for one in found:
        store.add(one, fingerprint=b"")


def measure(path: Path, claims: int, seed: int, dense: bool) -> Measured:
    """Group a case that is filled already, then add a few reports of more incidents and group again."""
    grouper = load_grouper()
    with open_store(str(path), write=True) as store:
        counts = store.counts()
        cpu = time.process_time()
        store.regroup(grouper)
        cpu = time.process_time() - cpu
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        before, times = _standing(store), []
        for more in MORE:
            fill(store, islice(extractions(claims, seed + more, f"late {more} ", dense=dense), more))
            start = time.process_time()
            store.regroup(grouper)
            times.append(time.process_time() - start)
        other = len(_standing(store) - before)
        return Measured(counts.claims, counts.documents, store.counts().incidents, cpu, peak, *times, other)


def _standing(store: SqliteStore) -> set[tuple[str, str]]:
    return {(row["id"], row["body"]) for row in store.connection.execute("SELECT id, body FROM incident")}


def run(claims: int, seed: int, keep: Path | None, dense: bool) -> Measured:
    """Fill a case and measure in a process of its own."""
    if keep is not None:
        keep.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=keep) as folder:
        path = Path(folder) / "bench.case"
        with open_store(str(path), write=True) as store:
            fill(store, extractions(claims, seed, dense=dense))
        command = [sys.executable, __file__, "--worker", str(path), "--claims", str(claims), "--seed", str(seed)]
        done = subprocess.run(command + ["--dense"] * dense, stdout=subprocess.PIPE, check=True)
        return Measured(**json.loads(done.stdout))


def report(results: Sequence[Measured]) -> str:
    """Return the measured part of the page."""
    more = [f"{more} more, s" for more in MORE]
    header = ["claims", "documents", "incidents", "minutes", "claims/s", "peak memory MB", *more, "incidents other"]
    rows = [
        [
            f"{m.claims:,}", f"{m.documents:,}", f"{m.incidents:,}", f"{m.cpu_s / 60:.2f}", f"{m.a_second:,.0f}",
            f"{m.peak_mb:,.0f}", f"{m.one_s:.2f}", f"{m.ten_s:.2f}", f"{m.other:,}",
        ]
        for m in results
    ]  # fmt: skip
    return f"Measured {date.today().isoformat()} on {machine()}, one process.\n\n{table(header, rows)}"


def main(argv: Sequence[str] | None = None) -> int:
    """Measure the sizes and write the page."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--claims", type=int, nargs="+")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--folder", type=Path, help="where the cases are made while measuring")
    parser.add_argument("--no-write", action="store_true", help="leave docs/benchmarks.md alone")
    parser.add_argument("--dense", action="store_true", help="all in one country and month")
    parser.add_argument("--worker", type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args(argv)
    if options.worker:
        print(json.dumps(asdict(measure(options.worker, options.claims[0], options.seed, options.dense))))
        return 0
    results = []
    for claims in options.claims or (DENSE_SIZES if options.dense else SIZES):
        results.append(run(claims, options.seed, options.folder, options.dense))
        print(results[-1], file=sys.stderr)
    body = report(results)
    print(body)
    if not options.no_write:
        replace_measured(PAGE, body, "linking-dense" if options.dense else "linking")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
