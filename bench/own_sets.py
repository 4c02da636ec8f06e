"""The project's own measurements: golden articles (tests/synthetic), truth planted by the generator, quiet articles.

All run the program through its outside contract (`extract` on JSON lines) and give figures in the shape of the
development sets' scorer: suite -> list of {metric, value, n, note}.
"""

from __future__ import annotations

import json
import subprocess
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import yaml

from generate import Planted, generate
from pages import ROOT
from planted_incidents import incidents, reports, score

LOW = "lower is better"
Row = dict[str, Any]
Json = Mapping[str, Any]
PLANTED_ARTICLES = 120
QUIET_ARTICLES = 100
GROUPED_INCIDENTS, GROUPED_SEED = 60, 17
QUIET_SAMPLE = ("football", "film", "economy", "weather")


def own_suites(program: Sequence[str]) -> dict[str, list[Row]]:
    """Measure all sets."""
    return {"golden": golden(program), "planted": planted(program), "quiet": quiet(program), "grouping": grouping()}


def extract(program: Sequence[str], documents: Iterable[Json]) -> dict[str, list[Json]]:
    """Run extract on documents and return the claims of each."""
    lines = "".join(json.dumps(one, ensure_ascii=False) + "\n" for one in documents)
    command = [*program, "extract", "-"]
    done = subprocess.run(command, input=lines, capture_output=True, text=True, encoding="utf-8", check=False)
    if done.returncode != 0:
        raise SystemExit(f"eval: {' '.join(command)} ended with {done.returncode}:\n{done.stderr.strip()[-2000:]}")
    answers = (json.loads(line) for line in done.stdout.splitlines())
    return {answer["document"]["id"]: answer["claims"] for answer in answers}


# Golden articles.


def golden_articles() -> dict[str, Json]:
    """Read the articles and what is expected of them, keyed by file name."""
    return {p.stem: yaml.safe_load(p.read_text("utf-8")) for p in sorted((ROOT / "tests" / "synthetic").glob("*.yml"))}


def golden(program: Sequence[str]) -> list[Row]:
    """Score the golden articles: claims found, with which slots right, and claims that nobody expects."""
    articles = golden_articles()
    documents = [document(name, article) for name, article in articles.items()]
    found = extract(program, documents)
    counts: Counter[str] = Counter()
    for name, article in articles.items():
        count_article(article["expect"], found.get(name, []), counts)
    return [ratio(metric, counts[metric], counts[f"{metric}/n"]) for metric in GOLDEN] + [
        ratio("claims nobody expects", counts["extra"], counts["found"], LOW)
    ]


GOLDEN = ("claims found", "claimant", "stance", "modality", "place", "tolls")


def document(name: str, article: Json) -> dict[str, Any]:
    """Return an article in the neutral form; unknown fields are left out."""
    fields = {key: article.get(key) for key in ("title", "publisher", "published", "text")}
    return {"id": name, **{key: value for key, value in fields.items() if value}}


def count_article(expected: Sequence[Json], claims: Sequence[Json], counts: Counter[str]) -> None:
    """Pair each expected claim with the unused claim that fits best, and count slots of the pairs."""
    unused = [claim for claim in claims if claim["violent"]]
    counts["found"] += len(unused)
    for want in expected:
        counts["claims found/n"] += 1
        fitting = [claim for claim in unused if event_fits(want, claim)]
        best = max(fitting, key=lambda claim: sum(slots(want, claim).values()), default=None)
        if best is None:
            continue
        unused.remove(best)
        counts["claims found"] += 1
        for slot, right in slots(want, best).items():
            counts[f"{slot}/n"] += 1
            counts[slot] += right
    counts["extra"] += len(unused)


def event_fits(want: Json, claim: Json) -> bool:
    """Tell whether the event type is one that is right."""
    return any(str(claim["event_type"]).startswith(prefix) for prefix in want["event"])


def slots(want: Json, claim: Json) -> dict[str, bool]:
    """Return which of the expected slots the claim has right."""
    right = {
        "claimant": names_fit(want.get("claimant"), claim["claimant"]),
        "stance": claim["stance"] in listed(want["stance"]),
        "modality": claim["modality"] in [*listed(want.get("modality", "actual")), "ongoing"],
        "tolls": all(any(toll_fits(toll, got) for got in claim["tolls"]) for toll in want["tolls"]),
    }
    return right | ({"place": names_fit(want["place"], claim["place"])} if "place" in want else {})


def names_fit(wanted: object, got: Json | None) -> bool:
    """Tell whether one of the wanted names stands in the words or the name of what was found; None fits nothing."""
    if wanted is None or got is None:
        return wanted is None and got is None
    text = f"{got['text']} {got['name'] or ''}".casefold()
    return any(str(name).casefold() in text for name in listed(wanted))


def toll_fits(want: Json, got: Json) -> bool:
    """Tell whether outcome and both bounds are right."""
    return got["outcome"] in listed(want["outcome"]) and (got["low"], got["high"]) == (want["low"], want["high"])


def listed(value: object) -> list[Any]:
    """Return a list, also for a single value."""
    return value if isinstance(value, list) else [value]


# Planted truth.


def planted(program: Sequence[str]) -> list[Row]:
    """Score generated articles: is the claim of the first sentence there, with its teller and its figures?"""
    articles = list(generate("conflict", PLANTED_ARTICLES, seed=11))
    found = extract(program, [article.document() for article in articles])
    counts: Counter[str] = Counter()
    for article in articles:
        for truth in article.truth:
            first = article.text.index("\n")
            claims = [claim for claim in found.get(article.id, []) if claim["trigger"]["start"] < first]
            count_planted(truth, claims, counts)
    return [ratio(metric, counts[metric], counts[f"{metric}/n"] or len(articles)) for metric in PLANTED]


PLANTED = ("event found", "event type, group", "place", "claimant", "initiators", "all tolls")


def count_planted(truth: Planted, claims: Sequence[Json], counts: Counter[str]) -> None:
    """Count what of a planted claim stands in any claim of its sentence."""
    group = truth.event_type.split(".")[0]
    tolls = [toll for claim in claims for toll in claim["tolls"]]
    counts["event found"] += bool(claims)
    counts["event type, group"] += any(str(claim["event_type"]).startswith(group) for claim in claims)
    counts["place"] += any(claim["place"] and truth.place in claim["place"]["text"] for claim in claims)
    counts["claimant"] += any(names_fit(bare(truth.claimant), claim["claimant"]) for claim in claims)
    counts["initiators/n"] += bool(truth.initiators)
    counts["initiators"] += bool(truth.initiators) and any(
        actors_fit(truth.initiators, claim["initiators"]) for claim in claims
    )
    counts["all tolls"] += bool(claims) and all(
        any(toll["outcome"] == outcome and toll["low"] == low for toll in tolls) for outcome, low, _, _ in truth.tolls
    )


def actors_fit(wanted: Sequence[str], got: Sequence[Json]) -> bool:
    """Tell whether each wanted actor is among those found."""
    return all(any(names_fit(bare(name), actor) for actor in got) for name in wanted)


def bare(name: str | None) -> str | None:
    """Drop the article before a name."""
    return name.split(" ", 1)[1] if name and name.split(" ", 1)[0] in ("a", "an", "the", "two") else name


# Articles about something else.


def quiet(program: Sequence[str]) -> list[Row]:
    """Score articles in which nobody is attacked: every violent claim that is told as having happened is false."""
    documents = [article.document() for article in generate("mixed5", QUIET_ARTICLES, seed=13) if not article.truth]
    documents += [one for one in sample_articles() if one["id"] in QUIET_SAMPLE]
    found = extract(program, documents)
    false = [sum(claim["violent"] and claim["modality"] == "actual" for claim in claims) for claims in found.values()]
    return [
        ratio("articles with a violent claim", sum(map(bool, false)), len(documents), LOW),
        {"metric": "violent claims an article", "value": sum(false) / len(documents), "n": len(documents), "note": LOW},
    ]


def sample_articles() -> list[dict[str, str]]:
    """Read the shipped sample's neutral form."""
    path = ROOT / "src" / "reportedly" / "sample" / "sample.jsonl"
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


# Reports of incidents, grouped.


def grouping() -> list[Row]:
    """Score how the reports of planted incidents are grouped: pairs of tellings, and B-cubed."""
    told = list(reports(incidents(GROUPED_INCIDENTS, GROUPED_SEED), GROUPED_SEED))
    return [{"metric": name, "value": value, "n": n, "note": ""} for name, value, n in score(told)]


# Counts.


def ratio(metric: str, hits: int, n: int, note: str = "") -> Row:
    """Return a figure; None where there was nothing to count."""
    return {"metric": metric, "value": hits / n if n else None, "n": n, "note": note}


def case_tables(folder: Path = ROOT / "tests" / "cases") -> list[tuple[str, int]]:
    """Return the case tables with the number of their rows."""
    tables = []
    for path in sorted(folder.rglob("*.yml")):
        content = yaml.safe_load(path.read_text("utf-8"))
        rows = content if isinstance(content, list) else [row for part in content.values() for row in listed(part)]
        tables.append((str(path.relative_to(folder)), len(rows)))
    return tables
