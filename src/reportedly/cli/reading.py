"""Commands that read documents: `extract` streams claims, `add` keeps them in a case."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from reportedly.cli import wiring
from reportedly.cli.context import Context, Ticker, one_line
from reportedly.engine.reading import LineJob, ReadJob
from reportedly.errors import UsageError
from reportedly.model.document import Document
from reportedly.model.rejected import Rejected
from reportedly.settings import Settings
from reportedly.store import open_store
from reportedly.store.adding import AddRun, Watcher
from reportedly.store.answers import Outcome, RunCounts
from reportedly.store.base import Store

INCOMPLETE = 3

Docs = Annotated[list[str], typer.Argument(metavar="DOCS...", help="Files, folders, or - for standard input.")]
Engine = Annotated[str | None, typer.Option("--engine", metavar="NAME", help="local or processes.")]
Jobs = Annotated[int | None, typer.Option("--jobs", "-j", metavar="N", help="Processes; 0: one for each core.")]
Json = Annotated[bool, typer.Option("--json", help="JSON, also for errors.")]


def register(app: typer.Typer) -> None:
    """Add the commands to the application."""
    app.command()(extract)
    app.command()(add)
    app.command()(reread)


def extract(
    context: typer.Context,
    docs: Docs,
    book: Annotated[list[str] | None, typer.Option(metavar="NAME", help="Also code by this book; repeatable.")] = None,
    mentions: Annotated[bool, typer.Option("--mentions", help="Also all actors, places, times, figures.")] = False,
    with_text: Annotated[bool, typer.Option("--with-text", help="Also the text that offsets point into.")] = False,
    engine: Engine = None,
    jobs: Jobs = None,
    settings_of_books: Annotated[
        list[str] | None, typer.Option("--set", metavar="BOOK.NAME=VALUE", help="A setting of a book; repeatable.")
    ] = None,
    json: Annotated[bool, typer.Option("--json", help="Errors as JSON; results always are.")] = False,
) -> None:
    """Print what each document claims, one JSON object a line.

    \b
    Examples:
      reportedly extract article.txt
      reportedly extract articles/ feed.xml crawl.warc.gz > claims.jsonl
      cat articles.jsonl | reportedly extract - --mentions --with-text
      reportedly extract articles/ --engine processes --jobs 4 > claims.jsonl
    """
    state: Context = context.obj
    if settings_of_books:
        state.configure(coding=[*state.settings.coding, *settings_of_books])
    settings = _settings(state, engine, jobs)
    books = wiring.check_books(book or [])
    read = ReadJob(settings, debug=state.debug)
    job = LineJob(read, books, mentions=mentions, with_text=with_text)
    unread = 0
    with state.progress("reading") as ticker:
        for item in wiring.lines(wiring.read_documents(docs), settings, job):
            if isinstance(item, Rejected):
                state.refuse(item)
                unread += item.fatal
            else:
                state.out(item.text)
                ticker.tick()
    _finish(unread)


def add(
    context: typer.Context,
    case: Annotated[str, typer.Argument(metavar="CASE", help="The case's file; made where it does not exist.")],
    docs: Docs,
    engine: Engine = None,
    jobs: Jobs = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Say what would be added; write nothing.")] = False,
    json: Json = False,
) -> None:
    """Read documents, keep their claims in a case and group them into incidents.

    Adding again adds nothing twice; a run that was cut short goes on where it stopped. A document whose text changed
    becomes a new version of itself.

    \b
    Examples:
      reportedly add news.case articles/
      reportedly add news.case monday.jsonl tuesday.jsonl --engine processes
      reportedly add news.case feed.xml --dry-run
    """
    state: Context = context.obj
    settings = _settings(state, engine, jobs)
    if dry_run:
        _finish(_dry_run(state, case, docs))
        return
    with open_store(case, write=True, patience=settings.patience) as store:
        settings = wiring.case_settings(case, settings)
        counts = add_documents(state, settings, store, wiring.read_documents(docs))
        _summary(state, store, counts, json=json)
    _finish(counts.rejected)


def reread(
    context: typer.Context,
    case: Annotated[str, typer.Argument(metavar="CASE", help="The case's file.")],
    docs: Annotated[list[str] | None, typer.Argument(metavar="[DOC]...", help="Ids or numbers; none: all.")] = None,
    engine: Engine = None,
    jobs: Jobs = None,
) -> None:
    """Read a case's documents again: after an update of the program, or when the case has learned names.

    What people decided stays, on the claims that now stand where the old ones stood.

    \b
    Examples:
      reportedly reread news.case
      reportedly reread news.case doc-7 14
    """
    state: Context = context.obj
    settings = _settings(state, engine, jobs)
    open_store(case, patience=settings.patience).close()
    with open_store(case, write=True, patience=settings.patience) as store:
        found = {key: store.document(key) for key in docs or ()}
        missing = next((key for key, stored in found.items() if stored is None), None)
        if missing is not None:
            raise UsageError(f"no document `{missing}` in the case", where=case, hint="find it with: reportedly search")
        chosen = [stored.document.id for stored in found.values() if stored] if docs else None
        with state.progress("reading") as ticker:
            for _ in wiring.reread(case, settings, store, chosen):
                ticker.tick()
            store.regroup(wiring.load_grouper(wiring.case_settings(case, settings)), ticker.step)
        held = store.counts()
        state.out(f"{store.name}: {held.documents} documents, {held.claims} claims, {held.incidents} incidents")


def add_documents(
    state: Context, settings: Settings, store: Store, documents: Iterator[Document | Rejected]
) -> RunCounts:
    """Add documents to a case with progress and messages on standard error."""
    with state.progress("adding") as ticker:
        watcher = Watcher(stored=_Stored(state, ticker), rejected=state.refuse, step=ticker.step)
        extract_all = wiring.extraction(settings, debug=state.debug)
        return AddRun(store, extract_all, wiring.load_grouper(settings), watcher=watcher).run(documents)


class _Stored:
    """Counts a stored document, and names it where asked to be verbose."""

    def __init__(self, state: Context, ticker: Ticker) -> None:
        self.state, self.ticker = state, ticker

    def __call__(self, document: str, outcome: Outcome) -> None:
        self.ticker.tick()
        if outcome == "updated":
            # Not only a revised article: two files of the same name in two folders would look like this.
            self.state.note(
                f"reportedly: note: {one_line(document)}: other text than the case has; kept as its new version"
            )
        elif self.state.verbose:
            self.state.say(f"{one_line(document)}: {'already there' if outcome == 'unchanged' else outcome}")


def _settings(state: Context, engine: str | None, jobs: int | None) -> Settings:
    """Return the settings with the flags of this command on top."""
    if engine == "spark":
        raise UsageError("the engine `spark` is not available in this version", hint="use --engine processes")
    return state.configure(engine=engine, jobs=jobs)


def _dry_run(state: Context, case: str, docs: list[str]) -> int:
    store = open_store(case) if Path(case).exists() else None
    unread = 0
    try:
        for item in wiring.read_documents(docs):
            if isinstance(item, Rejected):
                state.refuse(item)
                unread += item.fatal
            else:
                there = store is not None and store.holds(item.id, item.sha256)
                state.tell(f"{item.id}: {'already there' if there else 'would be added'}")
    finally:
        if store is not None:
            store.close()
    return unread


def _summary(state: Context, store: Store, counts: RunCounts, *, json: bool) -> None:
    held = store.counts()
    if json:
        state.out_json({**asdict(counts), "case": {"name": store.name, **asdict(held)}})
        return
    parts = [f"{counts.added} added", f"{counts.unchanged} already there"]
    parts += [f"{counts.updated} new versions"] * bool(counts.updated)
    parts += [f"{counts.rejected} could not be read"] * bool(counts.rejected)
    state.out(
        f"{store.name}: {', '.join(parts)}; now {held.documents} documents, {held.claims} claims, "
        f"{held.incidents} incidents ({held.contested} contested)"
    )


def _finish(unread: int) -> None:
    if unread:
        raise typer.Exit(INCOMPLETE)
