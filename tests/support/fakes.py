"""A small reader and grouper for tests: sentences of one fixed shape become claims.

"Red Army killed 12 soldiers at Kova on 2024-07-27, Blue Army said." Everything after the comma may be missing.
Run as a program it is the command `reportedly` with this pipeline in place of the real one.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import sys
import time
import types
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path

from reportedly.contract import claim_from, claim_json
from reportedly.model import (
    ActorRef,
    Claim,
    Document,
    DocumentFacts,
    Extraction,
    Incident,
    IncidentRecord,
    Judgement,
    MentionSet,
    Paragraph,
    PlaceRef,
    Rejected,
    Segment,
    Span,
    Toll,
    TollCell,
    TollFigure,
    When,
    content_id,
)
from reportedly.model.compared import Compared, Grouped
from reportedly.store.grouper import Surroundings

SENTENCE = re.compile(
    r"(?P<who>[A-Z]\w+ Army) killed (?P<n>\d+) (?P<victims>\w+) at (?P<place>[A-Z]\w+) on (?P<day>\d{4}-\d\d-\d\d)"
    r"(?:, (?P<source>[A-Z]\w+ Army) said)?\."
)


def make_document(key: str, text: str, **meta: str | None) -> Document:
    """Make a document as the documents room would."""
    digest = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
    return Document(
        id=key,
        text=text,
        sha256=digest,
        words=len(text.split()),
        language="en",
        paragraphs=(Paragraph(0, len(text)),),
        segments=(Segment(0, len(text), 0, 0),),
        **meta,  # type: ignore[arg-type]
    )


class FakeReader:
    """Reads the sentences; `delay` seconds a document. A text with CRASH fails, one with SUICIDE kills the process."""

    def __init__(self, delay: float = 0.0) -> None:
        self.delay = delay

    def extract(self, document: Document, *, books: Sequence[str] = (), mentions: bool = False) -> Extraction:
        """Return one claim for each sentence, and one incident for each claim."""
        if self.delay:
            time.sleep(self.delay)
        if "CRASH" in document.text:
            raise ValueError("the fake reader crashed")
        if "SUICIDE" in document.text:
            os.kill(os.getpid(), 9)
        claims = tuple(_claim(document, match) for match in SENTENCE.finditer(document.text))
        actors = tuple(ref for claim in claims for ref in claim.initiators)
        facts = {document.id: DocumentFacts(document.id, document.id)}
        grouper = FakeGrouper()
        incidents = tuple(
            grouper.summarise(Incident(content_id("i", claim.id), (claim.id,), (document.id,)), [claim], facts)
            for claim in claims
        )
        return Extraction(
            document=document,
            relevant=bool(claims),
            claims=claims,
            incidents=incidents,
            mentions=MentionSet(actors=actors),
            rejected=(Rejected(document.id, "too vague", 0, 1, document.text[:1]),) if "vague" in document.text else (),
        )


def _claim(document: Document, match: re.Match[str]) -> Claim:
    def span(group: str) -> Span:
        return Span.of(document.text, *match.span(group))

    who = actor(span("who"))
    teller = actor(span("source")) if match["source"] else None
    day = date.fromisoformat(match["day"])
    number = int(match["n"])
    place = PlaceRef(span("place"), f"p-{match['place']}", match["place"], "ML", (), None, 20.0, 2.5, "point")
    soldiers = match["victims"] == "soldiers"
    victims = ActorRef(span("victims"), kind="state_forces" if soldiers else "unknown", role=match["victims"])
    toll = Toll(
        content_id("t", document.id, match.start()), span("n"), "killed", number, number, number, "exact", victims
    )
    trigger = Span.of(
        document.text, match.start() + match[0].index("killed"), match.start() + match[0].index("killed") + 6
    )
    return Claim(
        id=content_id("c", document.id, match.start(), match.end()),
        document=document.id,
        event_type="battle.clash",
        violent=True,
        trigger=trigger,
        content=Span.of(document.text, *match.span()),
        initiators=(who,),
        targets=(victims,),
        place=place,
        when=When(span("day"), day, day, match["day"], "day", "stated"),
        tolls=(toll,),
        claimant=teller,
        claimant_kind="party" if teller else "outlet",
        attribution=(teller,) if teller else (),
        stance="claimed" if teller else "asserted",
        confidence=0.9,
        found_by="fake/1",
    )


def actor(span: Span) -> ActorRef:
    """Return a known actor."""
    slug = span.quote.lower().replace(" ", "-")
    return ActorRef(span, f"x-{slug}", span.quote, span.quote, "rebel_group", "ML")


class FakeGrouper:
    """One incident for each place and day; judgements of difference and sameness hold."""

    def edition(self) -> str:
        """Never another."""
        return "fake"

    def keys(self, claims: Sequence[Claim], documents: Mapping[str, DocumentFacts]) -> Sequence[int]:
        """One key for all: everything may be compared."""
        return [1] if claims else []

    def group(
        self, claims: Iterable[Claim], documents: Mapping[str, DocumentFacts], judgements: Sequence[Judgement]
    ) -> Grouped:
        """Group by place and day, and keep the claims themselves."""
        kept = list(claims)
        compared = [Compared(claim.id, claim.document, json.dumps(claim_json(claim))) for claim in kept]
        return Grouped(frozenset(c.id for c in kept), self.cluster(kept, documents, judgements), compared)

    def regroup(
        self,
        case: Surroundings,
        documents: Mapping[str, DocumentFacts],
        changed: Sequence[str],
        claims: Iterable[Claim],
        judgements: Sequence[Judgement],
    ) -> Grouped:
        """Group all claims around."""
        before = [claim_from(json.loads(row.outline), row.document) for row in case.near([1])]
        found = self.group([c for c in before if c.document not in changed] + list(claims), documents, judgements)
        return found._replace(claims=found.claims | {c.id for c in before})

    def fingerprint(self, document: Document) -> bytes:
        """Return the hash of the text."""
        return document.sha256.encode()

    def origins(self, fingerprints: Mapping[str, bytes]) -> Mapping[str, str]:
        """Same hash, same origin."""
        first: dict[bytes, str] = {}
        return {key: first.setdefault(fingerprints[key], key) for key in sorted(fingerprints)}

    def cluster(
        self, claims: Iterable[Claim], documents: Mapping[str, DocumentFacts], judgements: Sequence[Judgement]
    ) -> Sequence[Incident]:
        """Group by place and day."""
        apart = {judgement.left.claim for judgement in judgements if judgement.verdict == "negative"}
        groups: dict[tuple[str, str, str], list[Claim]] = {}
        for claim in claims:
            assert claim.place is not None
            assert claim.when is not None
            alone = claim.id if claim.id in apart else ""
            groups.setdefault((str(claim.place.name), claim.when.edtf, alone), []).append(claim)
        return [
            Incident("", tuple(sorted(c.id for c in group)), tuple(sorted({c.document for c in group})))
            for group in groups.values()
        ]

    def summarise(
        self, incident: Incident, claims: Sequence[Claim], documents: Mapping[str, DocumentFacts]
    ) -> IncidentRecord:
        """Put all figures side by side."""
        ordered = sorted(claims, key=lambda claim: (claim.document, claim.trigger.start))
        figures = tuple(
            TollFigure(
                claim.claimant.name if claim.claimant else None,
                toll.low,
                toll.high,
                toll.qualifier,
                claim.id,
                claim.document,
            )
            for claim in ordered
            for toll in claim.tolls
        )
        numbers = [figure.low or 0 for figure in figures]
        status = "single" if len(figures) == 1 else "agreed" if len(set(numbers)) == 1 else "contested"
        first = ordered[0]
        cell = TollCell("killed", "soldiers", "combatant", min(numbers), max(numbers), figures, status)  # type: ignore[arg-type]
        return IncidentRecord(
            id=incident.id,
            title=f"Clash at {first.place.name if first.place else '?'}",
            event_types=("battle.clash",),
            when=first.when,
            place=first.place,
            sides=(first.initiators, first.targets),
            documents=tuple(sorted({claim.document for claim in claims})),
            claims=tuple(claim.id for claim in ordered),
            tolls=(cell,),
            origins=len({documents[claim.document].origin for claim in claims}),
            status=status,  # type: ignore[arg-type]
        )


def read_documents(specs: Sequence[str]) -> Iterator[Document | Rejected]:
    """Read text files, JSONL files and standard input."""
    for spec in specs:
        if spec != "-" and not Path(spec).exists():
            yield Rejected(spec, "no such file", fatal=True)
            continue
        text = sys.stdin.read() if spec == "-" else Path(spec).read_text(encoding="utf-8")
        if spec == "-" or spec.endswith(".jsonl"):
            yield from _lines(spec, text)
        else:
            yield make_document(Path(spec).name, text)


def _lines(spec: str, text: str) -> Iterator[Document | Rejected]:
    for number, line in enumerate(text.splitlines(), 1):
        try:
            data = json.loads(line)
            body = data.pop("text")
            yield make_document(str(data.pop("id", number)), body, **data)
        except ValueError as error:
            yield Rejected(f"{spec}, line {number}", f"is no JSON: {error}", fatal=True)


def fake_pipeline() -> types.ModuleType:
    """Return a module that can stand in place of the real pipeline."""
    module = types.ModuleType("reportedly.pipeline")
    delay = float(os.environ.get("FAKE_DELAY", "0"))
    module.load_reader = lambda settings: FakeReader(delay)  # type: ignore[attr-defined]
    module.load_grouper = lambda settings: FakeGrouper()  # type: ignore[attr-defined]
    module.read_documents = read_documents  # type: ignore[attr-defined]
    return module


# At import, so that the worker processes, which import this file as their main module, have it too.
if __name__ in ("__main__", "__mp_main__"):
    sys.modules["reportedly.pipeline"] = fake_pipeline()

if __name__ == "__main__":
    from reportedly.cli.main import run

    run()
