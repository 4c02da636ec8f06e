"""The command `explain`: how the program read a document, sentence by sentence, and why it read no more in it."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Annotated

import typer

from reportedly.cli import wiring
from reportedly.cli.case import find_document, is_case, open_case
from reportedly.cli.context import Context, calm
from reportedly.cli.reading import INCOMPLETE, Json
from reportedly.cli.reasons import incident_reasons
from reportedly.cli.view import claim_line
from reportedly.contract import SCHEMA_VERSION, claim_json
from reportedly.errors import UsageError
from reportedly.explanation import ClaimRead, Explanation, SentenceRead
from reportedly.model.document import Document
from reportedly.model.rejected import Rejected
from reportedly.model.syntax import Tree
from reportedly.model.trace import Note

_LABEL = 11  # columns of what a note is about


def register(app: typer.Typer) -> None:
    """Add the command to the application."""
    app.command()(explain)


def explain(
    context: typer.Context,
    source: Annotated[str, typer.Argument(metavar="FILE|CASE", help="A document's file, - for stdin, or a case.")],
    keys: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[DOC] [CLAIM] | incident ID", help="A document's id; the start of a claim's id. Or an incident."
        ),
    ] = None,
    parse: Annotated[bool, typer.Option("--parse/--no-parse", help="Show how each sentence was parsed.")] = True,
    json: Json = False,
) -> None:
    """Say how a document was read: for each sentence its parse, and what led to each claim, or why there is none.

    With `incident ID` of a case: why the claims of that incident belong together, feature by feature, and why the
    nearest other incident is not the same.

    In a case DOC comes before CLAIM. Of a file, which may hold many documents, either can be named alone. The document
    is read again, by the rules and knowledge of this version.

    \b
    Examples:
      reportedly explain article.txt
      reportedly explain article.txt 3f2a91 --no-parse
      reportedly explain articles.jsonl doc-7 --json
      reportedly explain news.case doc-7 3f2a91
      reportedly explain news.case incident inc-20240727-1f0c9a2b3d
    """
    state: Context = context.obj
    wanted = list(keys or [])
    if len(wanted) == 2 and wanted[0] == "incident" and is_case(source):
        _explain_incident(state, source, wanted[1], json)
    elif len(wanted) > 2:
        raise UsageError("too many arguments", where="explain", hint="expected: FILE|CASE [DOC] [CLAIM]")
    else:
        _explain_documents(state, source, wanted, parse, json)


def _explain_incident(state: Context, source: str, incident: str, json: bool) -> None:
    with open_case(state, source) as store:
        for line in incident_reasons(store, incident, wiring.load_explainer(state.settings), json):
            state.out(line) if json else state.tell(line)


def _explain_documents(state: Context, source: str, wanted: list[str], parse: bool, json: bool) -> None:
    shown = unread = 0
    for item in wiring.explanations(_documents(state, source, wanted), state.settings):
        if isinstance(item, Rejected):
            state.refuse(item)
            unread += item.fatal
        elif (chosen := _chosen(item, wanted)) is not None:
            shown += 1
            state.out_json(explanation_object(chosen)) if json else _print(state, explanation_lines(chosen, parse))
    if wanted and not shown:
        hint = "list what is read with: reportedly extract"
        raise UsageError(f"nothing is read as `{' '.join(wanted)}`", where=source, hint=hint)
    if unread:
        raise typer.Exit(INCOMPLETE)


def _documents(state: Context, source: str, wanted: list[str]) -> Iterator[Document | Rejected]:
    """The documents of a file, or the one of a case that is named first (which is then taken from the list)."""
    if not is_case(source):
        yield from wiring.read_documents([source])
        return
    if not wanted:
        raise UsageError("which document of the case?", where=source, hint="expected: CASE DOC [CLAIM]")
    with open_case(state, source) as store:
        yield find_document(store, wanted.pop(0))


def _chosen(found: Explanation, wanted: Sequence[str]) -> Explanation | None:
    """The part that the keys name: a document, a claim of any document, or both; None where they name another."""
    keys = list(wanted)
    if keys and keys[0] == found.extraction.document.id:
        keys.pop(0)
    if not keys:
        return found
    if len(keys) > 1:
        return None
    begins = (keys[0], f"claim-{keys[0]}")
    sentences = [(s, tuple(c for c in s.claims if c.claim.id.startswith(begins))) for s in found.sentences]
    kept = tuple(replace(sentence, claims=claims) for sentence, claims in sentences if claims)
    return replace(found, sentences=kept) if kept else None


# ------------------------------------------------------------------------------------------------- for people


@dataclass(frozen=True, slots=True)
class Styled:
    """A line for people, with how a terminal sets it off; where it is too long, it goes on under column `hang`."""

    text: str
    style: str = ""
    hang: int = 4


def _print(state: Context, lines: Iterable[Styled]) -> None:
    """Write lines to standard output: plain, or on a terminal with colour."""
    console = state.console()
    if not console.is_terminal:
        for line in lines:
            state.tell(line.text)
        return
    from rich.text import Text

    for line in lines:
        for part in textwrap.wrap(calm(line.text), console.width, subsequent_indent=" " * line.hang) or [""]:
            console.print(Text(part, style=line.style))


def explanation_lines(found: Explanation, parse: bool) -> Iterator[Styled]:
    """Yield what led to each claim, sentence by sentence."""
    document = found.extraction.document
    yield Styled(f"{document.id}{': ' + document.title if document.title else ''}", "bold underline")
    for sentence in found.sentences:
        yield Styled("")
        yield from _sentence_lines(found, sentence, parse)


def _sentence_lines(found: Explanation, sentence: SentenceRead, parse: bool) -> Iterator[Styled]:
    yield Styled(f"{sentence.start}–{sentence.end} “{' '.join(sentence.quote.split())}”", "bold")
    if sentence.why:
        yield Styled(f"  no claim: {sentence.why}", "yellow")
    text = found.extraction.document.text
    for claim in sentence.claims:
        yield Styled(f"  {claim.claim.id}: {claim_line(claim.claim)}", "green")
        for note in claim.notes:
            yield _note_line(note, text, "    ")
        yield from (Styled(f"    {line}", hang=4 + _LABEL) for line in confidence_lines(found, claim))
    if sentence.refused:
        yield Styled("  event words that are no event", "yellow")
        yield from (_note_line(note, text, "    ") for note in sentence.refused)
    if sentence.found:
        yield Styled("  names and times in it")
        yield from (_note_line(note, text, "    ") for note in sentence.found)
    if parse:
        for tree in sentence.trees:
            yield Styled("  parse")
            yield from (Styled(f"    {line}", "dim") for line in parse_lines(tree))


def _note_line(note: Note, text: str, indent: str) -> Styled:
    quoted = " ".join(text[note.start : note.end].split())
    quote = f"“{quoted}”: " if quoted else ""
    value = f" → {note.value}" if note.value else ""
    refused = "not taken: " if not note.kept else ""
    words = f"{indent}{note.about:<{_LABEL}}{quote}{refused}{note.rule}{value}"
    return Styled(words, "" if note.kept else "dim", len(indent) + _LABEL)


def confidence_lines(found: Explanation, claim: ClaimRead) -> Iterator[str]:
    """Yield the confidence with the signs that raised and lowered it, the weightiest first."""
    signs = sorted(claim.signs, key=lambda sign: (-abs(sign.effect), sign.name))
    parts = [f"{sign.name.replace('_', ' ')} {sign.effect:+.2f}" for sign in signs if sign.effect]
    yield f"{'confidence':<{_LABEL}}{claim.claim.confidence:.2f}: from {found.base:+.2f}, {', '.join(parts)}"


def parse_lines(tree: Tree) -> Iterator[str]:
    """Yield the parse as a table: number, word, lemma, tag, and by which arc it hangs on which word."""
    rows = [
        (str(t.i), t.text, t.lemma, t.tag, t.dep, "" if t.head == t.i else f"{t.head} {tree[t.head].text}")
        for t in tree
    ]
    widths = [max(len(row[column]) for row in rows) for column in range(6)]
    for row in rows:
        yield "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()


# ----------------------------------------------------------------------------------------------- for programs


def explanation_object(found: Explanation) -> dict[str, object]:
    """Return the explanation as JSON, the contract's claims inside."""
    document = found.extraction.document
    return {
        "schema_version": SCHEMA_VERSION,
        "document": {"id": document.id, "title": document.title},
        "sentences": [_sentence_object(found, sentence) for sentence in found.sentences],
    }


def _sentence_object(found: Explanation, sentence: SentenceRead) -> dict[str, object]:
    text = found.extraction.document.text
    return {
        "start": sentence.start,
        "end": sentence.end,
        "quote": sentence.quote,
        "no_claim": sentence.why or None,
        "claims": [_claim_object(found, claim) for claim in sentence.claims],
        "rejected": [_note_object(note, text) for note in sentence.refused],
        "found": [_note_object(note, text) for note in sentence.found],
        "parse": [_token_object(tree, index) for tree in sentence.trees for index in range(len(tree))],
    }


def _claim_object(found: Explanation, claim: ClaimRead) -> dict[str, object]:
    text = found.extraction.document.text
    signs = [{"sign": sign.name, "value": sign.value, "effect": round(sign.effect, 3)} for sign in claim.signs]
    return {
        "claim": claim_json(claim.claim),
        "notes": [_note_object(note, text) for note in claim.notes],
        "confidence": {"value": claim.claim.confidence, "from": round(found.base, 3), "signs": signs},
    }


def _note_object(note: Note, text: str) -> dict[str, object]:
    quote = text[note.start : note.end]
    words = {"about": note.about, "kept": note.kept, "rule": note.rule, "value": note.value or None}
    return {"start": note.start, "end": note.end, "quote": quote, **words}


def _token_object(tree: Tree, index: int) -> dict[str, object]:
    token = tree[index]
    place = {"start": token.start, "end": token.end}
    return {**place, "text": token.text, "lemma": token.lemma, "tag": token.tag, "arc": token.dep, "head": token.head}
