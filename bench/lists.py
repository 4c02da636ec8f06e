"""How fast the desk's lists are on a large case: `python bench/lists.py` makes one of 100,000 claims and asks for them.

The case is invented from a seed: reports of a few claims each, three reports to a happening. Every page is asked for
once to warm up and then several times through the app itself (no network); the median of the processor's time is what
the table says, so that other work on the machine does not count.
"""

from __future__ import annotations

import argparse
import os
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from reportedly import review
from reportedly.app import create_app
from reportedly.cli import wiring
from reportedly.incidents import summarise
from reportedly.model import (
    ActorRef,
    Claim,
    Document,
    DocumentFacts,
    Extraction,
    Incident,
    IncidentRecord,
    Judgement,
    Paragraph,
    PlaceRef,
    Segment,
    Span,
    Toll,
    When,
    content_id,
)
from reportedly.model.compared import Grouped
from reportedly.settings import Settings
from reportedly.store import SqliteStore, open_store
from reportedly.store.answers import ClaimsWanted
from reportedly.store.grouper import Surroundings

if TYPE_CHECKING:
    from starlette.testclient import TestClient

PAGE = Path(__file__).resolve().parent.parent / "docs" / "benchmarks.md"
BEGIN, END = "<!-- lists: begin -->", "<!-- lists: end -->"
LISTS = (
    "/",
    "/index.json",
    "/documents",
    "/documents?publisher=Paper%203&state=open&page=3",
    "/incidents",
    "/incidents?status=contested&sort=newest&page=40",
    "/incidents?q=kova&type=battle",
    "/claims",
    "/claims?outcome=killed&type=battle&page=90",
    "/claims?claimant=Actor%2012",
    "/actors",
    "/actors?q=actor%201",
    "/search?q=market",
    "/search?q=Actor%2012",
    "/codebooks",
    "/codebooks/acled",
    "/agreement",
    "/knowledge",
    "/budget",
    "/report",
    "/log",
    "/runs",
)
# No lists: an actor in every fifteenth claim, and drawings, whose bar is a second.
OTHERS = ("/actors/actor-12", "/map", "/timeline", "/network")
DECIDED = 500
LIMIT = 200
TYPES = ("battle.clash", "attack.ambush", "explosion.air_strike", "attack.killing", "explosion.mine")
FIRST = date(2019, 1, 1)


class Planted:
    """A grouper that knows the answer: documents of one happening share the number in their ids."""

    def edition(self) -> str:
        """Nothing changes."""
        return "planted"

    def fingerprint(self, document: Document) -> bytes:
        """Texts are their own."""
        return b""

    def origins(self, fingerprints: Mapping[str, bytes]) -> Mapping[str, str]:
        """Texts are their own."""
        return {key: key for key in fingerprints}

    def keys(self, claims: Sequence[Claim], documents: Mapping[str, DocumentFacts]) -> Sequence[int]:
        """Nothing is grouped by parts."""
        return []

    def regroup(
        self,
        case: Surroundings,
        documents: Mapping[str, DocumentFacts],
        changed: Sequence[str],
        claims: Iterable[Claim],
        judgements: Sequence[Judgement],
    ) -> Grouped:
        """Leave everything as it is: nothing comes in after the first grouping."""
        return Grouped(frozenset(), [], [])

    def group(
        self, claims: Iterable[Claim], documents: Mapping[str, DocumentFacts], judgements: Sequence[Judgement]
    ) -> Grouped:
        """Group by the number of the happening that a claim's trigger ends with."""
        groups: dict[str, list[Claim]] = {}
        for claim in claims:
            groups.setdefault(claim.trigger.quote, []).append(claim)
        incidents = [
            Incident("", tuple(c.id for c in told), tuple(sorted({c.document for c in told})))
            for told in groups.values()
        ]
        return Grouped(frozenset(c.id for told in groups.values() for c in told), incidents, [])

    def summarise(
        self, incident: Incident, claims: Sequence[Claim], documents: Mapping[str, DocumentFacts]
    ) -> IncidentRecord:
        """Summarise as the program does."""
        return summarise(incident, claims, documents, {})


def fill(store: SqliteStore, claims: int, seed: int) -> None:
    """Put invented reports into a case: four claims each, every happening told by three of them."""
    rng = random.Random(seed)
    per_report = 4
    for number in range(claims // per_report):
        store.add(_report(rng, number, per_report, claims // 3))
    store.regroup(Planted())
    decide(store)


def decide(store: SqliteStore) -> None:
    """Have two people decide on the first claims, not always alike."""
    for number, key in enumerate(store.claim_keys(ClaimsWanted(), limit=DECIDED)):
        review.accept(store, key.id, review.Coder("ana"))
        act = review.reject if number % 10 == 0 else review.accept
        act(store, key.id, review.Coder("ben"))


def _report(rng: random.Random, number: int, size: int, happenings: int) -> Extraction:
    """Return a report whose claims stand on its words."""
    parts: list[str] = []
    made: list[Claim] = []
    at = 0
    day = FIRST + timedelta(days=rng.randrange(2_000))
    for _ in range(size):
        happening = rng.randrange(happenings)
        sentence, claim = _claim(rng, number, happening, at)
        parts.append(sentence)
        made.append(claim)
        at += len(sentence)
    text = "".join(parts)
    document = Document(
        id=f"report-{number:06}",
        text=text,
        sha256=content_id("text", text),
        title=f"Report {number} on the fighting",
        publisher=f"Paper {number % 40}",
        published=day.isoformat(),
        language="en",
        words=len(text.split()),
        paragraphs=(Paragraph(0, len(text)),),
        segments=(Segment(0, len(text), 0, 0),),
    )
    return Extraction(document, relevant=True, claims=tuple(made))


def _claim(rng: random.Random, number: int, happening: int, at: int) -> tuple[str, Claim]:
    """Return a sentence and the claim that is read from it."""
    fixed = random.Random(happening)
    one, other = fixed.sample(range(200), 2)
    town, day = fixed.randrange(3_000), FIRST + timedelta(days=fixed.randrange(2_000))
    killed = fixed.choice((3, 12, 20, 84)) + (rng.random() < 0.2)
    teller = one if rng.random() < 0.4 else None
    words = [f"Actor {one}", " attacked ", f"Actor {other}", " near the market of ", f"Kova {town}", " on "]
    words += [day.isoformat(), " and killed ", f"{killed} soldiers", f" (affair-{happening})", f", said Actor {teller}"]
    sentence = "".join(words[: None if teller is not None else -1]) + ". "
    starts = [at]
    for word in words:
        starts.append(starts[-1] + len(word))

    def span(n: int) -> Span:
        return Span(starts[n], starts[n] + len(words[n]), words[n])

    initiator, target = _actor(one, span(0)), _actor(other, span(2))
    place = PlaceRef(
        span(4),
        f"gn:{town}",
        f"Kova {town}",
        fixed.choice(("ML", "BF", "NE")),
        lat=fixed.uniform(10, 20),
        lon=fixed.uniform(-8, 8),
        precision="point",
    )
    content = Span(at, at + len(sentence) - 1, sentence[:-1])
    toll = Toll(f"toll-{number}-{at}", span(8), "killed", killed, killed, killed, "exact", target, "combatant")
    claim = Claim(
        content_id("claim", f"report-{number}", str(at), sentence),
        f"report-{number:06}",
        TYPES[happening % len(TYPES)],
        True,
        span(9),
        content,
        (initiator,),
        (target,),
        place=place,
        when=When(span(6), day, day, day.isoformat(), "day", "stated"),
        tolls=(toll,),
        claimant=_actor(teller, span(0)) if teller is not None else None,
        claimant_kind="party" if teller is not None else "outlet",
        confidence=round(rng.random(), 2),
        found_by="bench",
    )
    return sentence, claim


def _actor(number: int, words: Span) -> ActorRef:
    name = f"Actor {number}"
    return ActorRef(words, f"actor-{number}", name, name, "rebel_group" if number % 2 else "state_forces", "ML")


def timed(client: TestClient, path: str, rounds: int) -> tuple[float, float, int] | None:
    """Return the median and the first time of a page in milliseconds of the processor, and its kilobytes.

    None where there is no such page.
    """
    times = []
    size = 0
    for _ in range(rounds + 1):
        start = time.process_time()
        answer = client.get(path)
        times.append(1_000 * (time.process_time() - start))
        if answer.status_code == 404:
            return None
        assert answer.status_code == 200, f"{path}: {answer.status_code}"
        size = len(answer.content)
    return statistics.median(times[1:]), times[0], size // 1_024


def rows(client: TestClient, paths: Sequence[str], rounds: int) -> Iterator[str]:
    """Yield a line of the table for each page."""
    for path in paths:
        found = timed(client, path, rounds)
        if found is None:
            continue
        median, first, size = found
        bar = ("held" if median < LIMIT else "missed") if path in LISTS else ""
        print(f"{path:50} {median:8.0f} ms, first {first:8.0f} ms, {size} kB", file=sys.stderr)
        yield f"| `{path}` | {median:,.0f} | {first:,.0f} | {size:,} | {bar} |"


def table(case: str, rounds: int) -> str:
    """Return the measured table."""
    # The client of Starlette is a development dependency and warns when it is imported.
    from starlette.testclient import TestClient

    desk = wiring.desk(case, "bench", Settings())
    with desk.view() as view:
        held = view.counts()
        one = next(iter(view.incidents())).id
    start = time.process_time()
    desk.prepare()
    prepared = time.process_time() - start
    with TestClient(create_app(desk)) as client:
        lines = [*rows(client, [*LISTS, *OTHERS, f"/incidents/{one}"], rounds)]
    head = [
        f"Measured {date.today().isoformat()} on a case of {held.claims:,} claims, {held.documents:,} documents and "
        f"{held.incidents:,} incidents;",
        f"{os.cpu_count()} processors, Python {sys.version.split()[0]}. No network; processor time,",
        f"median of {rounds} after a first one. The bar: {LIMIT} ms for lists. What the desk makes in the background",
        f"at its start and after decisions (the ties of the network) took {prepared:.1f} s beforehand.",
        "",
        "| page | ms | first, ms | kB | bar |",
        "| --- | ---: | ---: | ---: | --- |",
    ]
    return "\n".join([*head, *lines])


def written(page: str, found: str) -> str:
    """Return the page of benchmarks with a new table between its marks."""
    before, _, rest = page.partition(BEGIN)
    _, _, after = rest.partition(END)
    return f"{before}{BEGIN}\n\n{found}\n\n{END}{after}"


def main() -> None:
    """Make the case unless one is named, measure, and write the table where asked."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--case", help="where the case is or is to be; else made anew in a folder of its own")
    parser.add_argument("--claims", type=int, default=100_000)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--write", action="store_true", help=f"write the table into {PAGE.name}")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        case = given.case or str(Path(folder) / "large.case")
        if not Path(case).exists():
            with open_store(case, write=True) as store:
                fill(store, given.claims, given.seed)
        found = table(case, given.rounds)
    print(found)
    if given.write:
        PAGE.write_text(written(PAGE.read_text(encoding="utf-8"), found), encoding="utf-8")


if __name__ == "__main__":
    main()
