"""Synthetic articles for measuring speed, with the truth planted in them. Seeded: the same arguments, the same bytes.

    python bench/generate.py --feed conflict --articles 100 --seed 7 > articles.jsonl
    python bench/generate.py --feed mixed5 --articles 100 --truth truth.jsonl > articles.jsonl

Feeds: `conflict` (every article), `mixed30` and `mixed5` (30 % and 5 % of the articles). Sentences stand in
templates.yml, armed actors come from the knowledge files. Templates test speed and plumbing, not quality.
"""

from __future__ import annotations

import argparse
import csv
import json
import random
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any

import yaml

HERE = Path(__file__).resolve().parent
ACTORS = HERE.parent / "src" / "reportedly" / "knowledge" / "data" / "actors"
SHARES = {"conflict": 1.0, "mixed30": 0.30, "mixed5": 0.05}
TARGET_WORDS = 690
FIRST_DAY = date(2023, 1, 2)
THE_BEFORE = {"army", "forces", "front", "group", "houthis", "military", "movement", "taliban"}


@dataclass(frozen=True, slots=True)
class Planted:
    """What a reader should find in the first sentence of a conflict article."""

    event_type: str
    country: str
    place: str
    weekday: str
    claimant: str | None
    initiators: tuple[str, ...]
    targets: tuple[str, ...]
    tolls: tuple[tuple[str, int, str, str], ...]


@dataclass(frozen=True, slots=True)
class Article:
    """One article in the neutral form of the contract, and what was planted in it (nothing in general news)."""

    id: str
    text: str
    title: str
    published: str
    truth: tuple[Planted, ...] = field(default=())

    def document(self) -> dict[str, str]:
        """Return the JSONL form that the program reads."""
        return {"id": self.id, "title": self.title, "published": self.published, "language": "en", "text": self.text}


def generate(feed: str, articles: int, seed: int = 1) -> Iterator[Article]:
    """Yield articles of the feed. Which ones speak of conflict is spread evenly, so that short runs keep the share."""
    rng = random.Random(f"{feed}-{seed}")
    share = SHARES[feed]
    for number in range(articles):
        conflict = int((number + 1) * share + 1e-9) > int(number * share + 1e-9)
        published = FIRST_DAY + timedelta(days=rng.randrange(1000))
        write = conflict_article if conflict else general_article
        yield write(f"{feed}-{number:05d}", published, rng)


def conflict_article(article_id: str, published: date, rng: random.Random) -> Article:
    """Write a report of one invented incident: lead, accounts of both sides, detail, voices, aid, background."""
    templates = load_templates()
    theatre = rng.choice(templates["theatres"])
    slots = Slots(theatre, rng)
    lead = rng.choice(templates["leads"])
    paragraphs = [slots.fill(lead["text"])]
    truth = planted(lead, theatre["country"], slots)
    order = ["counterclaims", "violence", "quotes", "violence", "aid", "violence", "background", "quotes", "violence"]
    bags = {name: shuffled(templates[name], rng) for name in dict.fromkeys(order)}
    paragraphs += [slots.fresh().fill(bags[name].pop()) for name in order]
    rest = shuffled([text for bag in bags.values() for text in bag], rng)
    body = fill_up(paragraphs, rest, slots)
    return Article(article_id, body, f"{slots['rebel']} and {slots['place']}", published.isoformat(), (truth,))


def general_article(article_id: str, published: date, rng: random.Random) -> Article:
    """Write an article of one section, filled up with paragraphs of the others as news pages do."""
    templates = load_templates()
    sections: Mapping[str, Sequence[str]] = templates["general"]
    section = rng.choice(sorted(sections))
    slots = Slots(rng.choice(templates["theatres"]), rng)
    own = shuffled(sections[section], rng)
    others = shuffled([text for name in sorted(sections) if name != section for text in sections[name]], rng)
    body = fill_up([], [*others, *own], slots)
    return Article(article_id, body, f"Notes on {section}", published.isoformat())


def fill_up(paragraphs: list[str], rest: list[str], slots: Slots) -> str:
    """Add paragraphs from the end of `rest` until the article has its length."""
    words = sum(len(paragraph.split()) for paragraph in paragraphs)
    while rest and words < TARGET_WORDS - 15:
        paragraph = slots.fresh().fill(rest.pop())
        paragraphs.append(paragraph)
        words += len(paragraph.split())
    return "\n\n".join(paragraphs)


def planted(lead: Mapping[str, Any], country: str, slots: Slots) -> Planted:
    """Read the truth of a lead sentence from the slots that filled it."""
    claimant = lead["claimant"]
    return Planted(
        event_type=lead["event_type"],
        country=country,
        place=slots["place"],
        weekday=slots["weekday"],
        claimant=None if claimant == "outlet" else slots[claimant],
        initiators=tuple(slots[name] for name in lead["initiators"]),
        targets=tuple(slots[name] for name in lead["targets"]),
        tolls=tuple((outcome, int(slots[n]), qualifier, slots[who]) for outcome, n, qualifier, who in lead["tolls"]),
    )


class Slots(dict[str, str]):
    """Values for the slots of one article. Actors and the first place stay; numbers and words change by paragraph."""

    def __init__(self, theatre: Mapping[str, Any], rng: random.Random) -> None:
        """Draw the actors and places of a theatre."""
        super().__init__()
        self.theatre, self.rng = theatre, rng
        self["place"], *_ = rng.sample(theatre["places"], 1)
        self["state"] = rng.choice(names_of(theatre["state"], theatre["country"]))
        self["rebel"] = rng.choice(names_of(rng.choice(theatre["rebels"]), theatre["country"]))
        self.fresh()

    def fresh(self) -> Slots:
        """Draw new numbers, words and other places for the next paragraph."""
        rng = self.rng
        self["place2"], self["place3"] = rng.sample([p for p in self.theatre["places"] if p != self["place"]], 2)
        ranges = {"n": (3, 19), "n2": (3, 9), "n3": (3, 12), "m": (20, 90), "k": (11, 64), "h": (200, 4000)}
        ranges |= {"h2": (11, 60), "km": (4, 60), "big": (110, 950), "pct": (21, 88)}
        self.update({name: str(rng.randint(low, high)) for name, (low, high) in ranges.items()})
        for name, values in load_templates()["words"].items():
            self[name] = rng.choice(values)
            self[f"{name}_cap"] = self[name][:1].upper() + self[name][1:]
        return self

    def fill(self, template: str) -> str:
        """Put the values into a template; a sentence that starts with a slot starts with a capital."""
        text = template.format_map(self)
        return text[:1].upper() + text[1:]


@cache
def load_templates() -> Mapping[str, Any]:
    """Read the sentences and word lists."""
    loaded: Mapping[str, Any] = yaml.safe_load((HERE / "templates.yml").read_text(encoding="utf-8"))
    return loaded


@cache
def names_of(name: str, country: str) -> tuple[str, ...]:
    """Return the names in use for an actor: its own and its acronyms; the given name where the knowledge lacks it."""
    wanted = name.casefold()
    for row in actor_rows():
        acronyms = split(row["acronyms"])
        known = [row["name"], *acronyms, *split(row["aliases"])]
        if country in split(row["countries"]) and wanted in (one.casefold() for one in known):
            return tuple(with_article(one) for one in dict.fromkeys([name, row["name"], *acronyms[:1]]))
    return (with_article(name),)


def with_article(name: str) -> str:
    """Write "the" before names that news English writes it before (the Malian army, but JNIM and Boko Haram)."""
    return f"the {name}" if name.split()[-1].casefold() in THE_BEFORE else name


@cache
def actor_rows() -> tuple[dict[str, str], ...]:
    """Read all rows of the actor files that are there."""
    rows: list[dict[str, str]] = []
    for path in sorted(ACTORS.glob("*.csv")):
        with path.open(encoding="utf-8", newline="") as lines:
            rows += [row for row in csv.DictReader(lines) if "acronyms" in row]
    return tuple(rows)


def split(cell: str) -> list[str]:
    """Split a cell of several values."""
    return [value.strip() for value in cell.split(";") if value.strip()]


def shuffled(items: Sequence[str], rng: random.Random) -> list[str]:
    """Return the items in a new order."""
    return rng.sample(list(items), len(items))


def main(argv: Sequence[str] | None = None) -> int:
    """Write articles to standard output and, where asked, their truth to a file."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--feed", choices=sorted(SHARES), default="conflict")
    parser.add_argument("--articles", type=int, default=100)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--truth", type=Path, help="write what was planted to this file, one article a line")
    options = parser.parse_args(argv)
    articles = list(generate(options.feed, options.articles, options.seed))
    for article in articles:
        sys.stdout.write(json.dumps(article.document(), ensure_ascii=False) + "\n")
    if options.truth:
        lines = ({"id": one.id, "planted": [asdict(truth) for truth in one.truth]} for one in articles)
        options.truth.write_text("".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines), "utf-8")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
