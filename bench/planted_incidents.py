"""Reports of planted incidents, for measuring how claims are grouped. Seeded: the same arguments, the same bytes.

    python bench/planted_incidents.py --incidents 300 --seed 5 > reports.jsonl      the reports, in the neutral form
    python bench/planted_incidents.py --score                                       read, group and score them

Each incident has a day, a town, two sides and a toll; its reports differ in wording, in how they say day and place,
in the figure (early, later, the other side's) and in who tells it. Some reports cover several incidents, some recall an
old one. Towns and weeks are shared, so that incidents lie near each other. Wordings stand in incident_templates.yml.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from generate import load_templates, names_of

HERE = Path(__file__).resolve().parent
FIRST_DAY = date(2024, 1, 8)
DAYS = 70
MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November")
# Shares of how a report says the place and the day; chosen to look like agency copy, not measured.
PLACES = (("in {town}", 5), ("near {town}", 3), ("outside {town}", 1), ("{km} km {direction} of {town}", 1))
LAGS = (0, 0, 0, 1, 1, 1, 2, 3)
ROUNDUPS = 0.06
RECALLS = 0.15
COUNTERS = 0.12


@dataclass(frozen=True, slots=True)
class Planted:
    """One invented happening."""

    id: str
    kind: str
    theatre: int
    town: str
    day: date
    by: str
    of: str
    victims: str
    figures: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Report:
    """One article with the stretches of its text that tell of each incident."""

    id: str
    text: str
    published: date
    tells: tuple[tuple[str, int, int], ...] = field(default=())

    def document(self) -> dict[str, str]:
        """Return the JSONL form that the program reads."""
        return {"id": self.id, "published": self.published.isoformat(), "language": "en", "text": self.text}


@cache
def wordings() -> Mapping[str, Any]:
    """Read the sentences."""
    loaded: Mapping[str, Any] = yaml.safe_load((HERE / "incident_templates.yml").read_text("utf-8"))
    return loaded


# ------------------------------------------------------------------------------------------- what happened


def incidents(count: int, seed: int) -> list[Planted]:
    """Draw incidents; two in one town lie at least two days apart, or differ in kind, victims and figures."""
    rng = random.Random(f"incidents-{seed}")
    return [_incident(f"planted-{n:04d}", rng) for n in range(count)]


def _incident(key: str, rng: random.Random) -> Planted:
    theatres = load_templates()["theatres"]
    place = rng.randrange(len(theatres))
    theatre = theatres[place]
    kind = rng.choice(sorted(wordings()["kinds"]))
    shape = wordings()["kinds"][kind]
    actors = {"state": theatre["state"], "rebel": rng.choice(theatre["rebels"]), "civilians": "civilians"}
    figures = {outcome: rng.randint(low, high) for outcome, (low, high) in shape["tolls"].items()}
    return Planted(
        id=key,
        kind=kind,
        theatre=place,
        town=rng.choice(theatre["places"]),
        day=FIRST_DAY + timedelta(days=rng.randrange(DAYS)),
        by=actors[shape["by"]],
        of=actors[shape["of"]],
        victims=rng.choice(shape["victims"]),
        figures=figures,
    )


# ------------------------------------------------------------------------------------------- how it is reported


def reports(planted: Sequence[Planted], seed: int, each: tuple[int, int] = (3, 7)) -> Iterator[Report]:
    """Yield the reports of all incidents, then round-ups that tell of several."""
    rng = random.Random(f"reports-{seed}")
    for one in planted:
        for number in range(rng.randint(*each)):
            yield _report(f"{one.id}-{number}", [one], rng)
    weeks: defaultdict[tuple[int, int], list[Planted]] = defaultdict(list)
    for one in planted:
        weeks[one.theatre, (one.day - FIRST_DAY).days // 7].append(one)
    for (theatre, week), members in sorted(weeks.items()):
        if len(members) > 1 and rng.random() < 10 * ROUNDUPS:
            yield _roundup(f"roundup-{theatre}-{week}", members[:5], rng)


def _report(key: str, told: Sequence[Planted], rng: random.Random) -> Report:
    one = told[0]
    published = one.day + timedelta(days=rng.choice(LAGS))
    lead = lead_of(one, published, rng)
    body = [lead, rng.choice(wordings()["follow"])]
    if rng.random() < RECALLS:
        body.append(_recall(one, rng))
    if rng.random() < COUNTERS:
        body.append(_counter(one, rng))
    return Report(key, "\n\n".join(body), published, ((one.id, 0, len(lead)),))


def _roundup(key: str, told: Sequence[Planted], rng: random.Random) -> Report:
    published = max(one.day for one in told) + timedelta(days=1)
    country = load_templates()["theatres"][told[0].theatre]["country"]
    text = rng.choice(wordings()["roundup"]).format(country=COUNTRIES[country])
    tells = []
    for one in told:
        lead = lead_of(one, published, rng, dated=True)
        tells.append((one.id, len(text) + 2, len(text) + 2 + len(lead)))
        text += "\n\n" + lead
    return Report(key, text, published, tuple(tells))


def lead_of(one: Planted, published: date, rng: random.Random, *, dated: bool = False) -> str:
    """Write the sentence or two that tell the incident."""
    shape = wordings()["kinds"][one.kind]
    theatre = load_templates()["theatres"][one.theatre]
    true = next(iter(one.figures.values()))
    figure, words = _figure(true, rng)
    who = rng.choice(wordings()["tellers"][rng.choice(["state", "local", "local", "outside"])])
    slots = {
        "by": _name(one.by, theatre["country"], rng),
        "of": _name(one.of, theatre["country"], rng),
        "where": _where(one.town, rng),
        "when": _when(one.day, published, rng, dated=dated),
        "toll": f"{words} {one.victims if rng.random() < 0.8 else rng.choice(shape['victims'])}",
        "inj": f"{one.figures.get('injured', 5)} others",
        "n": figure,
        "who": who,
        "who_cap": capital(who),
    }
    text = rng.choice(shape["leads"]).format_map(slots)
    return ". ".join(capital(part) for part in " ".join(text.split()).replace(" ,", ",").split(". "))


def _figure(true: int, rng: random.Random) -> tuple[str, str]:
    """A figure as a report may give it: right, at least, early and low, or about."""
    way = rng.random()
    if way < 0.6:
        return str(true), str(true)
    if way < 0.8:
        return f"at least {true}", f"at least {true}"
    early = max(2, true - rng.randint(1, max(1, true // 3)))
    if way < 0.95:
        return f"at least {early}", f"at least {early}"
    return f"about {true}", f"about {true}"


def _where(town: str, rng: random.Random) -> str:
    patterns, weights = zip(*PLACES, strict=True)
    direction = rng.choice(("north", "south", "east", "west"))
    return rng.choices(patterns, weights)[0].format(town=town, km=rng.randint(5, 18), direction=direction)


def _when(day: date, published: date, rng: random.Random, *, dated: bool) -> str:
    lag = (published - day).days
    weekday = f"on {day:%A}" if lag < 7 else ""
    exact = f"on {day.day} {MONTHS[day.month - 1]}"
    ways = [exact, weekday or exact, f"{rng.choice(('late', 'early'))} {weekday}" if weekday else exact]
    if lag == 1:
        ways.append("yesterday")
    if lag <= 1 and not dated:
        ways.append("")
    return rng.choice(ways if not dated else ways[:2])


def _name(actor: str, country: str, rng: random.Random) -> str:
    return actor if actor == "civilians" else rng.choice(names_of(actor, country))


def _recall(one: Planted, rng: random.Random) -> str:
    theatre = load_templates()["theatres"][one.theatre]
    place = rng.choice([p for p in theatre["places"] if p != one.town])
    month = f"{rng.choice(MONTHS)} last year"
    return str(rng.choice(wordings()["recalls"]).format(old_month=month, old_n=rng.randint(3, 60), old_place=place))


def _counter(one: Planted, rng: random.Random) -> str:
    theatre = load_templates()["theatres"][one.theatre]
    other = one.by if one.by != "civilians" else one.of
    name = capital(_name(other, theatre["country"], rng))
    return str(rng.choice(wordings()["counter"]).format(other_cap=name, m=rng.randint(3, 20)))


def capital(text: str) -> str:
    """Write the first letter as a capital."""
    return text[:1].upper() + text[1:]


COUNTRIES = {
    "ML": "Mali", "BF": "Burkina Faso", "NG": "Nigeria", "CD": "the Democratic Republic of the Congo", "SO": "Somalia",
    "SD": "Sudan", "UA": "Ukraine", "MM": "Myanmar", "YE": "Yemen", "SY": "Syria", "CO": "Colombia", "PK": "Pakistan",
}  # fmt: skip


# ------------------------------------------------------------------------------------------- how well it is grouped

Item = tuple[str, str]


def gold_of(told: Iterable[Report]) -> dict[Item, str]:
    """Map each telling (report, incident) to its incident."""
    return {(report.id, name): name for report in told for name, _, _ in report.tells}


def pairwise(gold: Mapping[Item, str], got: Mapping[Item, str]) -> tuple[float, float, float]:
    """Return precision, recall and F1 over the pairs of tellings that are together."""
    both, found, wanted = (
        _pairs(_tally(values)) for values in ([(gold[i], got[i]) for i in gold], got.values(), gold.values())
    )
    return _prf(both / found if found else 1.0, both / wanted if wanted else 1.0)


def bcubed(gold: Mapping[Item, str], got: Mapping[Item, str]) -> tuple[float, float, float]:
    """Return B-cubed precision, recall and F1 (Bagga and Baldwin 1998)."""
    both = _tally((gold[i], got[i]) for i in gold)
    sizes, wanted = _tally(got[i] for i in gold), _tally(gold.values())
    n = len(gold)
    precision = sum(both[gold[i], got[i]] / sizes[got[i]] for i in gold) / n
    recall = sum(both[gold[i], got[i]] / wanted[gold[i]] for i in gold) / n
    return _prf(precision, recall)


def _tally(values: Iterable[Any]) -> dict[Any, int]:
    counts: defaultdict[Any, int] = defaultdict(int)
    for value in values:
        counts[value] += 1
    return counts


def _pairs(counts: Mapping[Any, int]) -> int:
    return sum(n * (n - 1) // 2 for n in counts.values())


def _prf(precision: float, recall: float) -> tuple[float, float, float]:
    total = precision + recall
    return precision, recall, 2 * precision * recall / total if total else 0.0


def predicted(
    told: Sequence[Report], groups: Mapping[str, str], claims: Mapping[str, Sequence[Any]]
) -> dict[Item, str]:
    """Map each telling to the group that holds most of the claims read out of its stretch of text.

    A telling without a grouped claim stands alone. `groups` maps claim ids to groups, `claims` documents to claims.
    """
    found: dict[Item, str] = {}
    for report in told:
        for name, start, end in report.tells:
            inside = [c for c in claims.get(report.id, ()) if start <= c.trigger.start < end and c.id in groups]
            votes = _tally(groups[c.id] for c in inside)
            found[report.id, name] = max(sorted(votes), key=lambda g: votes[g], default=f"alone {report.id} {name}")
    return found


def score(told: Sequence[Report]) -> list[tuple[str, float, int]]:
    """Read and group the reports through the program's own door; return figures with the number of tellings."""
    from reportedly.pipeline import document_from_text, facts_of, load_grouper, load_reader

    reader, claims, facts = load_reader(), {}, {}
    for report in told:
        document = document_from_text(report.text, id=report.id, published=report.published.isoformat())
        claims[report.id], facts[report.id] = reader.extract(document).claims, facts_of(document)
    found = load_grouper().cluster([c for those in claims.values() for c in those], facts, ())
    gold, got = gold_of(told), predicted(told, {c: i.id for i in found for c in i.claims}, claims)
    names = [f"{measure} {part}" for measure in ("pairs", "B3") for part in ("P", "R", "F1")]
    values = (*pairwise(gold, got), *bcubed(gold, got))
    return [(name, value, len(gold)) for name, value in zip(names, values, strict=True)]


def main(argv: Sequence[str] | None = None) -> int:
    """Write the reports, or the figures, to standard output."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--incidents", type=int, default=300)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--score", action="store_true", help="read, group and score the reports")
    options = parser.parse_args(argv)
    told = list(reports(incidents(options.incidents, options.seed), options.seed))
    if options.score:
        for name, value, n in score(told):
            print(f"{name:10} {value:.3f}  ({n} tellings)")
        return 0
    for report in told:
        sys.stdout.write(json.dumps(report.document(), ensure_ascii=False) + "\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
