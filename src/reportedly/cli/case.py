"""Commands that read a case: `export`, `show`, `search`, `preview`."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from errno import EISDIR
from os import strerror
from pathlib import Path
from typing import Annotated, BinaryIO, Literal

import typer

from reportedly.cli import wiring
from reportedly.cli.context import Context, results
from reportedly.cli.reading import INCOMPLETE, Json
from reportedly.cli.view import (
    actor_lines,
    actor_object,
    document_lines,
    document_object,
    incident_lines,
    incident_object,
    relation_lines,
)
from reportedly.contract import dumps
from reportedly.errors import ReportedlyError, UsageError
from reportedly.exports import BINARY, FORMATS, Format, find_format, write
from reportedly.exports.options import Options
from reportedly.model.document import Document
from reportedly.model.rejected import Rejected
from reportedly.store import SqliteStore, open_store
from reportedly.store.answers import Hit

_FORMAT = b"SQLite format 3\0"

Case = Annotated[str, typer.Argument(metavar="CASE", help="The case's file.")]


def register(app: typer.Typer) -> None:
    """Add the commands to the application."""
    app.command()(export)
    app.command()(show)
    app.command()(search)
    app.command()(preview)


def export(
    context: typer.Context,
    case: Case,
    name: Annotated[str, typer.Option("--format", "-f", metavar="NAME", help=" ".join(FORMATS))] = "jsonl",
    output: Annotated[str, typer.Option("--output", "-o", metavar="FILE", help="File to write; - is stdout.")] = "-",
    rows: Annotated[
        Literal["claims", "incidents"] | None, typer.Option("--rows", help="What a row of a table is.")
    ] = None,
    hxl: Annotated[bool, typer.Option("--hxl", help="A row of HXL hashtags under the head of a table.")] = False,
    public: Annotated[bool, typer.Option("--public", help="To give away: keep to the quote budget.")] = False,
    max_quote_words: Annotated[
        int | None, typer.Option(metavar="N", min=0, help="Longest quote in public formats.")
    ] = None,
) -> None:
    """Print a case in another form.

    Working files with all quotes: `jsonl` (incidents, the contract's form), `csv` and `parquet` (one row a claim, or
    with --rows an incident), `sqlite` (plain tables), `documents` (the texts, which `add` reads again). `geojson`
    (incidents on a map), `gexf` and `graphml` (actors and their ties) and `hapi` (monthly sums for HDX) have no quotes;
    `ftm` is for FollowTheMoney, `claimreview` has what named tellers say as schema.org Claims. `html` is a report to
    give away and keeps to the quote budget, as all do with --public: what does not fit is named by offsets and hash.

    \b
    Examples:
      reportedly export news.case > incidents.jsonl
      reportedly export news.case --format csv --rows incidents --hxl -o incidents.csv
      reportedly export news.case --format parquet -o claims.parquet
      reportedly export news.case --format csv --public -o claims.csv
      reportedly export news.case --format html -o report.html
    """
    state: Context = context.obj
    chosen = find_format(name)
    _check_choices(chosen, rows=rows is not None, hxl=hxl)
    options = replace(
        wiring.export_options(state.settings, max_quote_words), public=public, rows=rows or "claims", hxl=hxl
    )
    if output == "-" and name in BINARY and sys.stdout.isatty():
        raise UsageError(f"`{name}` is no text for a terminal", where="--format", hint="name a file: -o FILE")
    with open_case(state, case) as store:
        if output == "-":
            with results() as stream:
                write(store, name, stream, options)
            return
        export_file(store, name, Path(output), options)
        state.note(f"{output}: written")


def _check_choices(chosen: Format, **given: bool) -> None:
    """Refuse options that the format does not take, rather than leave them without effect."""
    for choice, wanted in given.items():
        if wanted and choice not in chosen.takes:
            able = [one for one in FORMATS if choice in find_format(one).takes]
            raise UsageError(f"`{chosen.name}` has none", where=f"--{choice}", hint=f"formats: {', '.join(able)}")


def export_file(store: SqliteStore, name: str, path: Path, options: Options) -> None:
    """Write an export whole: the file appears, or is replaced, when it is complete.

    What a link names is replaced, not the link; into what is no file (a device, a pipe) the export is written as it is.
    """
    target = path.resolve()
    try:
        if target.is_dir():
            raise IsADirectoryError(EISDIR, strerror(EISDIR))
        if target.exists() and not target.is_file():
            with target.open("wb") as out:
                write(store, name, out, options)
            return
        _replace(target, lambda out: write(store, name, out, options))
    except OSError as error:
        raise ReportedlyError(f"cannot be written: {error.strerror}", where=str(path)) from error


def _replace(target: Path, fill: Callable[[BinaryIO], object]) -> None:
    draft = target.with_name(f".{target.name}.part")
    try:
        with draft.open("wb") as out:
            fill(out)
        draft.replace(target)
    finally:
        draft.unlink(missing_ok=True)


def show(
    context: typer.Context,
    case: Case,
    what: Annotated[Literal["incident", "doc", "actor"], typer.Argument(help="incident, doc or actor.")],
    key: Annotated[str, typer.Argument(metavar="ID", help="Its id; for doc also its number, for actor its name.")],
    as_of: Annotated[
        str | None, typer.Option("--as-of", metavar="DATE", help="An incident as it was known on a day.")
    ] = None,
    json: Json = False,
) -> None:
    """Show one incident, document or actor with the words that every value comes from.

    An incident also says how its claims stand to each other: which contradict, update, correct, repeat or deny which.

    \b
    Examples:
      reportedly show news.case incident inc-20240727-1f0c9a2b3d
      reportedly show news.case incident inc-20240727-1f0c9a2b3d --as-of 2024-07-29
      reportedly show news.case doc 14
      reportedly show news.case actor "Wagner Group" --json
    """
    state: Context = context.obj
    with open_case(state, case) as store:
        if what == "incident":
            lines = _incident(state, store, key, json, as_of)
        elif as_of is not None:
            raise UsageError(f"a{'n' * (what == 'actor')} {what} has no such option", where="--as-of")
        elif what == "actor":
            lines = _actor(state, store, key, json)
        else:
            lines = _document(store, key, json)
        for line in lines:
            state.out(line) if json else state.tell(line)


def _incident(state: Context, store: SqliteStore, key: str, json: bool, as_of: str | None) -> Iterator[str]:
    record = store.incident(key)
    if record is None:
        raise _missing("incident", key, store)
    facts = store.facts(record.documents)
    claims = [c for c in map(store.claim, record.claims) if c is not None]
    if as_of is not None:
        known = wiring.load_explainer(state.settings).known_by(record, claims, facts, _day(as_of))
        if known is None:
            raise ReportedlyError(f"nothing was known of `{key}` on {as_of}", where=store.name)
        record = known
        claims = [c for c in claims if c.id in record.claims]
    relations = wiring.relations(claims, facts)
    if json:
        return iter([dumps(incident_object(store, record, relations))])
    return iter([*incident_lines(store, record, wiring.event_labels()), *relation_lines(relations, claims)])


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise UsageError(f"`{text}` is no day", where="--as-of", hint="expected: YYYY-MM-DD") from None


def _document(store: SqliteStore, key: str, json: bool) -> Iterator[str]:
    stored = store.document(key)
    if stored is None:
        raise _missing("document", key, store)
    labels = {} if json else wiring.event_labels()
    return iter([dumps(document_object(store, stored))]) if json else document_lines(store, stored, labels)


def _actor(state: Context, store: SqliteStore, key: str, json: bool) -> Iterator[str]:
    named = (store.actor(name) for name in (key, *wiring.identities(state.settings, store.name).find(key)))
    seen = next((one for one in named if one is not None), None)
    if seen is None:
        raise _missing("actor", key, store)
    found = wiring.profile(store, seen.id, state.settings)
    if json:
        return iter([dumps(actor_object(store, seen, found))])
    return actor_lines(store, seen, found, wiring.event_labels())


def _missing(what: str, key: str, store: SqliteStore) -> ReportedlyError:
    lists = {"incident": "list them with: reportedly incidents CASE", "actor": "list them with: reportedly actors CASE"}
    hint = lists.get(what, "find it with: reportedly search")
    return ReportedlyError(f"no {what} `{key}` in the case", where=store.name, hint=hint)


def search(
    context: typer.Context,
    case: Case,
    query: Annotated[str, typer.Argument(metavar="QUERY", help='Words; "words in order"; begin* of a word.')],
    limit: Annotated[int, typer.Option("--limit", "-n", metavar="N", min=1, help="At most so many.")] = 20,
    json: Json = False,
) -> None:
    """Find documents by the words in their title and text. Accents and case do not matter.

    \b
    Examples:
      reportedly search news.case "convoy ambush"
      reportedly search news.case '"drone strike" market' --json
      reportedly search news.case tinz*
    """
    state: Context = context.obj
    with open_case(state, case) as store:
        for hit in store.search(query, limit):
            state.out_json(_hit_object(hit)) if json else state.tell(_hit_line(hit))


def _hit_object(hit: Hit) -> dict[str, object]:
    plain = hit.snippet.replace("\x02", "").replace("\x03", "")
    return {
        "document": hit.document,
        "number": hit.number,
        "title": hit.title,
        "publisher": hit.publisher,
        "published": hit.published,
        "snippet": plain,
        "incidents": list(hit.incidents),
    }


def _hit_line(hit: Hit) -> str:
    words = " ".join(hit.snippet.replace("\x02", "[").replace("\x03", "]").split())
    source = ", ".join(part for part in (hit.publisher, hit.published) if part)
    incidents = f"\n    incidents: {', '.join(hit.incidents)}" if hit.incidents else ""
    head = f"{hit.document} (doc {hit.number}){': ' + hit.title if hit.title else ''}{' · ' + source if source else ''}"
    return f"{head}\n    {words}{incidents}"


def preview(
    context: typer.Context,
    source: Annotated[str, typer.Argument(metavar="FILE|CASE", help="A document's file, or a case.")],
    document: Annotated[str | None, typer.Argument(metavar="[DOC]", help="In a case: the document's id.")] = None,
    share: Annotated[float | None, typer.Option(metavar="0..1", help="Largest share of the article.")] = None,
    max_words: Annotated[int | None, typer.Option(metavar="N", help="Largest number of words.")] = None,
    json: Json = False,
) -> None:
    """Print a short opening excerpt that publishers can live with: whole sentences, never over budget, with the link.

    \b
    Examples:
      reportedly preview article.html
      reportedly preview article.txt --share 0.1 --max-words 80 --json
      reportedly preview news.case doc-7
    """
    state: Context = context.obj
    state.configure(share=share, max_words=max_words)
    unread = 0
    for item in _documents(state, source, document):
        if isinstance(item, Rejected):
            state.refuse(item)
            unread += item.fatal
        else:
            text = wiring.preview_text(item, state.settings, json=json)
            state.out(text) if json else state.tell(text)
    if unread:
        raise typer.Exit(INCOMPLETE)


def _documents(state: Context, source: str, document: str | None) -> Iterator[Document | Rejected]:
    if document is None:
        if is_case(source):
            raise UsageError("is a case; which of its documents?", where=source, hint=f"preview {source} DOC")
        yield from wiring.read_documents([source])
        return
    with open_case(state, source) as store:
        yield find_document(store, document)


def find_document(store: SqliteStore, key: str) -> Document:
    """Return a document of the case, or say that there is none."""
    stored = store.document(key)
    if stored is None:
        raise _missing("document", key, store)
    return stored.document


def is_case(source: str) -> bool:
    """Tell whether this names a case, not documents. What cannot be opened is left to those who read it."""
    path = Path(source)
    if "://" in source or not path.is_file():
        return "://" in source
    try:
        with path.open("rb") as file:
            return file.read(len(_FORMAT)) == _FORMAT
    except OSError:
        return False


def open_case(state: Context, case: str) -> SqliteStore:
    """Open a case to read it, and say so where its incidents are behind its documents."""
    store = open_store(case, patience=state.settings.patience)
    if store.stale():
        state.note(
            f"reportedly: note: {case}: a run was cut short or goes on; incidents are not up to date (add again)"
        )
    return store
