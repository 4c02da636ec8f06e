"""Confidence: fits what each sign of a sound or shaky reading weighs, and says how far the result can be trusted.

    python bench/calibrate.py                   fit, write knowledge/data/confidence.yml and docs/quality.md
    python bench/calibrate.py --limit 200       only 200 documents of each set
    python bench/calibrate.py --no-write        print only
    python bench/calibrate.py --keep            leave the weights as they are and measure them

The program reads the development sets; each claim that a key can judge is right or wrong (`judging.py` says when), and
comes with the signs that the program itself saw (`claims/confidence.py`). A logistic model is fitted on one part of the
sets and measured on the other: MUC-4 by its own split, the rest by a hash of the document's id.
Case tables of our own are left out: they pass by construction and would teach certainty. So are the CAMEO sentences,
made up to try a coder.
"""

from __future__ import annotations

import argparse
import hashlib
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from datetime import date
from functools import partial
from itertools import islice
from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as np
import yaml

from judging import JUDGES, load_scorer
from pages import ROOT, replace_measured, table
from reportedly.claims.confidence import confidence
from reportedly.contract import claim_json
from reportedly.knowledge.confidence import Confidence, load_confidence
from reportedly.knowledge.load import DATA
from reportedly.model.trace import Trace
from reportedly.pipeline import Reader, document_from_text, load_reader

PAGE = ROOT / "docs" / "quality.md"
WEIGHTS = DATA / "confidence.yml"
HEAD = (
    "# Written by bench/calibrate.py (make calibrate), not by hand: the log-odds that a claim was read rightly are\n"
    "# the intercept and the weights of the signs that it has; `brief` is added in headlines and single sentences.\n"
    "# What the signs mean stands in claims/confidence.py.\n"
)
SETS = {
    "muc4": "whole articles",
    "plover": "sentences of news",
    "ucdp": "headlines with tolls",
}
# Draws the weights to 0, in claims: a sign seen on a handful of them weighs next to nothing. At 1, 3, 10 and 30 the
# Brier score of held-out sentences is 0.247, 0.244, 0.243 and 0.242, that of articles 0.216 to 0.218 (2026-11-29).
RIDGE = 10.0
BINS = 10
BATCH = 25


@dataclass(frozen=True, slots=True)
class Sample:
    """A claim that a key can judge: its set, whether it is kept for measuring, its signs, whether it is right."""

    name: str
    held_out: bool
    brief: bool
    signs: Mapping[str, float]
    right: bool


# --------------------------------------------------------------------------------------------------- reading


def samples(shared: Path, limit: int | None, jobs: int) -> list[Sample]:
    """Read all sets and judge every claim, in the order of the sets."""
    scorer = load_scorer(shared)
    found: list[Sample] = []
    with ProcessPoolExecutor(jobs, initializer=_start, initargs=(shared,)) as pool:
        for name in SETS:
            for split in ("train", "dev") if name == "muc4" else ("dev",):
                share = limit if split == "dev" or limit is None else 3 * limit
                work = [(name, split, batch) for batch in _batches(_articles(scorer, name, split, share))]
                for part in pool.map(_judge_all, work):
                    found += part
                print(f"calibrate: {name} {split}: {len(found)} claims so far", file=sys.stderr)
    return found


def _articles(scorer: ModuleType, name: str, split: str, limit: int | None) -> Iterator[tuple[Any, list[Any]]]:
    """Yield each document of a set with the records of its key."""
    documents, gold = scorer.load(name, split, limit)
    keys: dict[str, list[Any]] = {}
    for record in gold:
        keys.setdefault(record["id"], []).append(record)
    return ((documents[key], records) for key, records in keys.items())


def _batches(articles: Iterator[tuple[Any, list[Any]]]) -> Iterator[list[tuple[Any, list[Any]]]]:
    while batch := list(islice(articles, BATCH)):
        yield batch


class _Worker:
    """What one process needs; loaded once in it."""

    reader: Reader
    scorer: ModuleType


def _start(shared: Path) -> None:
    _Worker.reader, _Worker.scorer = load_reader(), load_scorer(shared)


def _judge_all(work: tuple[str, str, Iterable[tuple[Any, list[Any]]]]) -> list[Sample]:
    name, split, articles = work
    judge = partial(JUDGES[name], _Worker.scorer)
    found: list[Sample] = []
    for article, records in articles:
        meta = {key: article.get(key) for key in ("title", "publisher", "published", "url")}
        document = document_from_text(article["text"], id=article["id"], **meta)
        trace = Trace(full=True)
        books = ["plover"] if name == "plover" else []
        read = _Worker.reader.extract(document, books=books, trace=trace)
        rows = [dict(row) for row in read.codings.get(name, ())]
        claims = [claim_json(claim) for claim in read.claims]
        held_out = split == "dev" if name == "muc4" else _odd(article["id"])
        for claim, right in zip(claims, judge(claims, rows, records), strict=True):
            seen = trace.signs.get((claim["trigger"]["start"], claim["violent"]), ())
            signs = {sign.name: sign.value for sign in seen}
            if right is not None and signs:
                found.append(Sample(name, held_out, trace.brief, signs, right))
    return found


def _odd(key: str) -> bool:
    return hashlib.sha256(key.encode()).digest()[0] % 2 == 1


# --------------------------------------------------------------------------------------------------- fitting


def fit(rows: Sequence[Sample]) -> Confidence:
    """Return the weights that make the claims' rightness most likely.

    Signs weigh in all texts; what they weigh more or less in brief ones, of which there are few, is fitted beside that.
    """
    names = sorted({name for row in rows for name in row.signs})
    all_texts = np.array([[1.0, *(row.signs.get(name, 0.0) for name in names)] for row in rows])
    brief = np.array([[float(row.brief)] for row in rows])
    weights = newton(np.hstack([all_texts, all_texts * brief]), np.array([float(row.right) for row in rows]))
    rounded = [round(float(w), 2) for w in weights]
    half = len(names) + 1
    return Confidence(rounded[0], _named(names, rounded[1:half]), rounded[half], _named(names, rounded[half + 1 :]))


def newton(x: Any, y: Any) -> Any:
    """Fit a logistic model; the first column, the intercept, is not drawn to 0."""
    ridge = np.diag([0.0, *[RIDGE] * (x.shape[1] - 1)])
    weights = np.zeros(x.shape[1])
    for _ in range(30):
        p = 1.0 / (1.0 + np.exp(-x @ weights))
        gradient = x.T @ (p - y) + ridge @ weights
        step = np.linalg.solve((x * (p * (1 - p))[:, None]).T @ x + ridge, gradient)
        weights -= step
        if float(np.abs(step).max()) < 1e-8:
            break
    return weights


def _named(names: Sequence[str], weights: Sequence[float]) -> dict[str, float]:
    return {name: weight for name, weight in zip(names, weights, strict=True) if weight}


def write_weights(model: Confidence, count: int) -> None:
    """Write the knowledge file."""
    data = {
        "source": "logistic model fitted by bench/calibrate.py on MUC-4 train and half of PLOVER and of UCDP headlines",
        "fitted": date.today().isoformat(),
        "claims": count,
        "intercept": model.intercept,
        "weights": dict(model.weights),
        "brief_intercept": model.brief_intercept,
        "brief": dict(model.brief),
    }
    WEIGHTS.write_text(HEAD + yaml.safe_dump(data, sort_keys=False, width=110), encoding="utf-8")


# --------------------------------------------------------------------------------------------------- measuring


def report(rows: Sequence[Sample], model: Confidence) -> str:
    """Return the part of the page: by bins of confidence, then by set."""
    told = np.array([confidence(row.signs, model, brief=row.brief) for row in rows])
    right = np.array([float(row.right) for row in rows])
    parts = [
        f"Measured {date.today().isoformat()} on {len(rows)} claims that the weights were not fitted on. "
        f"Brier score {brier(told, right):.3f}; expected calibration error {calibration_error(told, right):.3f}; "
        f"a right claim stands above a wrong one in {ranking(told, right):.0%} of pairs.",
        table(["confidence", "mean", "right", "claims"], list(_bins(told, right))),
        table(["set", "mean", "right", "claims", "Brier", "error", "ranking"], list(_sets(rows, told, right))),
    ]
    return "\n\n".join(parts)


def _bins(told: Any, right: Any) -> Iterator[list[str]]:
    for number, inside in enumerate(_by_bin(told)):
        low, high = number / BINS, (number + 1) / BINS
        if inside.any():
            cells = [f"{told[inside].mean():.3f}", f"{right[inside].mean():.3f}", str(int(inside.sum()))]
        else:
            cells = ["", "", "0"]
        yield [f"{low:.1f} to {high:.1f}", *cells]


def _sets(rows: Sequence[Sample], told: Any, right: Any) -> Iterator[list[str]]:
    for name, title in SETS.items():
        inside = np.array([row.name == name for row in rows])
        if inside.any():
            p, y = told[inside], right[inside]
            figures = [brier(p, y), calibration_error(p, y), ranking(p, y)]
            yield [
                f"`{name}`, {title}",
                f"{p.mean():.3f}",
                f"{y.mean():.3f}",
                str(len(p)),
                *(f"{f:.3f}" for f in figures),
            ]


def _by_bin(told: Any) -> list[Any]:
    place = np.minimum((told * BINS).astype(int), BINS - 1)
    return [place == number for number in range(BINS)]


def brier(told: Any, right: Any) -> float:
    """Mean squared distance of the confidence from what came true: 0 is best, 0.25 is a coin's."""
    return float(((told - right) ** 2).mean())


def calibration_error(told: Any, right: Any) -> float:
    """Mean distance between confidence and share of right claims over the bins, weighed by their claims."""
    gaps = [abs(told[b].mean() - right[b].mean()) * b.sum() for b in _by_bin(told) if b.any()]
    return float(sum(gaps) / len(told))


def ranking(told: Any, right: Any) -> float:
    """Share of pairs of a right and a wrong claim in which the right one is the more certain; ties count half."""
    good, bad = told[right == 1], told[right == 0]
    if not len(good) or not len(bad):
        return float("nan")
    above = (good[:, None] > bad[None, :]).sum() + 0.5 * (good[:, None] == bad[None, :]).sum()
    return float(above / (len(good) * len(bad)))


def arguments(argv: Sequence[str] | None) -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", type=Path, default=ROOT.parent / "shared", help="folder with eval/ and data/")
    parser.add_argument("--limit", type=int, help="only N documents of each set (three times as many of MUC-4 train)")
    parser.add_argument("--jobs", type=int, default=2, help="processes at once")
    parser.add_argument("--keep", action="store_true", help="measure the weights that there are")
    parser.add_argument("--no-write", action="store_true", help="write nothing")
    return parser.parse_args(argv)


def main(argv: Sequence[str] | None = None) -> int:
    """Read, fit, measure, write."""
    options = arguments(argv)
    if not (options.shared / "eval" / "score.py").exists():
        raise SystemExit(f"calibrate: no {options.shared}/eval/score.py: the development sets are needed")
    rows = samples(options.shared, options.limit, options.jobs)
    seen = [row for row in rows if not row.held_out]
    model = load_confidence(DATA) if options.keep else fit(seen)
    body = report([row for row in rows if row.held_out], model)
    print(body)
    if not options.no_write:
        if not options.keep:
            write_weights(model, len(seen))
        replace_measured(PAGE, body, "calibration")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
