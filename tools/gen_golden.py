"""Writes what is read out of the golden articles and the shipped sample: `python tools/gen_golden.py [--check]`.

One readable JSON file an article in `tests/golden/`, and the incidents of the sample as a case groups them. A change of
behaviour shows as a diff of these files, to be read and committed with the change. Not a measure: what should be read
stands beside each article in `tests/synthetic/`.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from importlib import resources
from pathlib import Path
from typing import Any

import yaml

from reportedly.model import (
    ActorRef,
    Claim,
    Document,
    Extraction,
    IncidentRecord,
    PlaceRef,
    Rejected,
    Relation,
    Toll,
    When,
)
from reportedly.pipeline import Reader, document_from_text, load_grouper, load_reader, read_documents
from reportedly.store import open_store
from reportedly.store.adding import AddRun

ROOT = Path(__file__).resolve().parent.parent
SYNTHETIC = ROOT / "tests" / "synthetic"
GOLDEN = ROOT / "tests" / "golden"
COMMAND = "python tools/gen_golden.py"

Json = dict[str, Any]


# --------------------------------------------------------------------------------------------------- what is read


def synthetic_articles() -> Iterator[Document]:
    """Yield the golden articles."""
    for path in sorted(SYNTHETIC.glob("*.yml")):
        data = yaml.safe_load(path.read_text(encoding="utf-8"))
        meta = {key: data.get(key) for key in ("title", "publisher", "published")}
        yield document_from_text(data["text"], id=path.stem, **meta)


def sample_articles() -> list[Document]:
    """Return the documents of the shipped sample."""
    items = read_documents([str(resources.files("reportedly") / "sample")])
    return [item for item in items if not isinstance(item, Rejected)]


def golden_files(reader: Reader) -> dict[str, str]:
    """Return the text of every golden file by its name."""
    files = {f"{d.id}.json": dumped(summary(reader.extract(d))) for d in synthetic_articles()}
    found = [reader.extract(document) for document in sample_articles()]
    files["sample.json"] = dumped({e.document.id: summary(e) for e in found})
    files["sample-incidents.json"] = dumped([incident(record) for record in grouped(found)])
    return files


def grouped(found: Sequence[Extraction]) -> list[IncidentRecord]:
    """Return the incidents that a case makes of extractions."""
    by_id = {extraction.document.id: extraction for extraction in found}
    with tempfile.TemporaryDirectory() as folder, open_store(str(Path(folder) / "sample.case"), write=True) as store:
        run = AddRun(store, lambda items: (by_id[d.id] for d in items if isinstance(d, Document)), load_grouper())
        run.run([extraction.document for extraction in found])
        return list(store.incidents())


# ------------------------------------------------------------------------------------------------ in readable form


def summary(found: Extraction) -> Json:
    """Return an extraction in the form of the golden files: words, ids and figures, a line each."""
    document = found.document
    return {
        "document": _filled(
            {
                "words": document.words,
                "access": document.access,
                "relevant": found.relevant,
                "defects": [f"{d.kind} {d.start}-{d.end}" for d in document.defects],
            }
        ),
        "claims": [claim(c) for c in found.claims],
        "incidents": [incident(record, found.claims) for record in found.incidents],
        "relations": [relation(r) for r in found.relations],
        "rejected": [f"{r.quote}: {r.reason}" for r in found.rejected],
    }


def claim(found: Claim) -> Json:
    """Return a claim with its slots as lines; slots without a value are left out."""
    return _filled(
        {
            "event": f"{found.event_type} [{found.trigger.quote}]",
            "initiators": [actor(a) for a in found.initiators],
            "targets": [actor(a) for a in found.targets],
            "place": place(found.place),
            "when": when(found.when),
            "tolls": [toll(t) for t in found.tolls],
            "means": [span.quote for span in found.means],
            "claimant": f"{actor(found.claimant)} ({found.claimant_kind})" if found.claimant else None,
            "attribution": [actor(a) for a in found.attribution] if len(found.attribution) > 1 else [],
            "said": " ".join(filter(None, (found.stance, f"[{found.cue.quote}]" if found.cue else None))),
            "said_on": when(found.said_on),
            "modality": found.modality if found.modality != "actual" else None,
            "aggregate": found.aggregate or None,
            "content": found.content.quote,
            "confidence": found.confidence,
        }
    )


def incident(record: IncidentRecord, claims: Sequence[Claim] = ()) -> Json:
    """Return an incident; with claims at hand its members by their trigger, else by document."""
    triggers: Mapping[str, str] = {c.id: c.trigger.quote for c in claims}
    return _filled(
        {
            "title": record.title,
            "when": when(record.when),
            "place": place(record.place),
            "sides": [[actor(a) for a in side] for side in record.sides if side],
            "tolls": [
                f"{cell.outcome} {cell.victims or '?'}: {cell.low}-{cell.high} {cell.status}; "
                + ", ".join(f"{by.claimant or 'outlet'} {by.low}-{by.high}" for by in cell.by)
                for cell in record.tolls
            ],
            "members": [triggers[c] for c in record.claims] if claims else list(record.documents),
            "origins": record.origins,
            "status": record.status,
        }
    )


def relation(found: Relation) -> str:
    """Return a relation as one line."""
    parts = [actor(found.source), found.kind, actor(found.target), f"[{found.cue.quote}]", when(found.when)]
    told = f"{found.stance} by {actor(found.claimant)}" if found.claimant else None
    return " ".join(filter(None, [*parts, told]))


def actor(ref: ActorRef | None) -> str:
    """Return the words and whom they are taken to mean."""
    if ref is None:
        return ""
    return f"{ref.span.quote} = {ref.actor_id or '?'} ({ref.kind}{', ' + ref.country if ref.country else ''})"


def place(ref: PlaceRef | None) -> str | None:
    """Return the words and the place they are taken to mean."""
    if ref is None:
        return None
    return f"{ref.span.quote} = {ref.place_id or '?'} {ref.name or ''} ({ref.precision}, {ref.country or '?'})"


def when(found: When | None) -> str | None:
    """Return the words, the time and its basis."""
    return f"{found.span.quote} = {found.edtf} ({found.precision}, {found.basis})" if found else None


def toll(found: Toll) -> str:
    """Return a toll as one line."""
    figure = f"{found.outcome} {found.low}-{found.high} {found.qualifier} [{found.span.quote}]"
    marks = [found.victim_class, "part" if found.part_of else "", "superseded" if found.superseded else ""]
    return f"{figure} {actor(found.victims)} {' '.join(filter(None, marks))}"


def _filled(values: Mapping[str, Any]) -> Json:
    return {key: value for key, value in values.items() if value not in (None, [], "")}


def dumped(value: object) -> str:
    """Return readable JSON, ending in a newline."""
    return json.dumps(value, ensure_ascii=False, indent=1) + "\n"


def main() -> int:
    """Write the files, or tell which are stale."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--check", action="store_true", help="write nothing, name stale files, exit 1 if any")
    check = parser.parse_args().check
    files = golden_files(load_reader())
    GOLDEN.mkdir(exist_ok=True)
    old = {path.name: path.read_text(encoding="utf-8") for path in GOLDEN.glob("*.json")}
    stale = sorted(name for name in {*files, *old} if files.get(name) != old.get(name))
    for name in stale:
        if not check:
            path = GOLDEN / name
            path.write_text(files[name], encoding="utf-8") if name in files else path.unlink()
        print(("stale: " if check else "written: ") + name)
    return 1 if check and stale else 0


if __name__ == "__main__":
    sys.exit(main())
