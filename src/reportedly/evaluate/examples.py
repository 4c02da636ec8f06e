"""Runs the examples that stand beside words and event types through the reader. Door: `check_examples(reader)`.

An example must give a claim of its type, a non-example none; a case of a governing word its type with modality or
stance. `reportedly knowledge check` calls it after the files themselves have been checked.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from reportedly.knowledge.load import DATA
from reportedly.knowledge.tables import read_yaml
from reportedly.model import Claim
from reportedly.pipeline import Reader, document_from_text, load_reader

_UNMARKED = ("actual", "asserted")


@dataclass(frozen=True, slots=True)
class Example:
    """A sentence, where it stands, and what it must (or must not) give: an event type, perhaps with its marks."""

    file: str
    kind: Literal["example", "non_example", "case"]
    event_type: str
    text: str
    marks: tuple[str, ...] = ()


def check_examples(reader: Reader | None = None, folder: Path = DATA) -> list[str]:
    """Return a line for each example that does not give what stands beside it."""
    reader = reader or load_reader()
    return [problem for example in read_examples(folder) if (problem := _problem(example, reader))]


def read_examples(folder: Path = DATA, language: str = "en") -> Iterator[Example]:
    """Yield all examples of event types, triggers and governing words."""
    for path in sorted((folder / "ontology").glob("*.yml")):
        for entry in read_yaml(path) or ():
            yield from _of_entry(path.relative_to(folder).as_posix(), entry["key"], entry)
    lexicon = folder / "lexicon" / language
    for path in sorted((lexicon / "triggers").glob("*.yml")):
        for entry in read_yaml(path) or ():
            yield from _of_entry(path.relative_to(folder).as_posix(), entry["type"], entry)
    control = lexicon / "control.yml"
    for case in read_yaml(control)["cases"]:
        event_type, *marks = case["expected"].split()
        yield Example(control.relative_to(folder).as_posix(), "case", event_type, case["text"], tuple(marks))


def _of_entry(file: str, event_type: str, entry: dict[str, list[str]]) -> Iterator[Example]:
    yield from (Example(file, "example", event_type, text) for text in entry.get("examples") or ())
    yield from (Example(file, "non_example", event_type, text) for text in entry.get("non_examples") or ())


def _problem(example: Example, reader: Reader) -> str:
    claims = reader.extract(document_from_text(example.text, id=example.file)).claims
    if (example.kind != "non_example") == any(_gives(claim, example) for claim in claims):
        return ""
    wanted = " ".join((example.event_type, *example.marks))
    found = ", ".join(_described(claim) for claim in claims) or "nothing"
    if example.kind == "non_example":
        return f"{example.file}: non-example gives {wanted}: {example.text!r}"
    return f"{example.file}: {example.kind} gives {found}; expected {wanted}: {example.text!r}"


def _gives(claim: Claim, example: Example) -> bool:
    if claim.event_type != example.event_type:
        return False
    return example.kind != "case" or {*_marks(claim)} == {*example.marks}


def _marks(claim: Claim) -> tuple[str, ...]:
    return tuple(mark for mark in (claim.modality, claim.stance) if mark not in _UNMARKED)


def _described(claim: Claim) -> str:
    return " ".join((claim.event_type, *_marks(claim)))
