"""Where the commands get the rooms from. Everything heavy is imported here, when it is used, never before."""

from __future__ import annotations

import importlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, cast

from reportedly.contract import PreviewJson, dumps, preview_json
from reportedly.engine import engine
from reportedly.engine.reading import Line, LineJob, ReadJob
from reportedly.errors import UsageError
from reportedly.explanation import Explanation
from reportedly.exports.options import BookNote, Options
from reportedly.model.claim import Claim
from reportedly.model.document import Document
from reportedly.model.extraction import Extraction
from reportedly.model.facts import DocumentFacts
from reportedly.model.incident import Comparison, IncidentRecord
from reportedly.model.rejected import Rejected
from reportedly.settings import Settings
from reportedly.store.adding import AddRun, Extract, Items, Watcher
from reportedly.store.answers import RunCounts
from reportedly.store.base import Holdings, Store, View
from reportedly.store.grouper import Grouper

if TYPE_CHECKING:
    from reportedly.app import Desk
    from reportedly.app.desk import Added, Aspect, BookCover, Coded, KnownActor
    from reportedly.app.why import Pair, Why
    from reportedly.codebooks import Book
    from reportedly.grouper import Grouper as Explainer
    from reportedly.incidents.reasons import Link
    from reportedly.knowledge.load import Knowledge
    from reportedly.network import Identities
    from reportedly.network.profile import Profile
    from reportedly.store import SqliteStore

# Books whose own layout is not a table.
NESTED = frozenset({"plover"})


def read_documents(specs: Sequence[str]) -> Iterator[Document | Rejected]:
    """Read and parse inputs; `-` is standard input."""
    pipeline = importlib.import_module("reportedly.pipeline")
    return cast("Iterator[Document | Rejected]", pipeline.read_documents(specs))


def lines(documents: Items, settings: Settings, job: LineJob) -> Iterator[Line | Rejected]:
    """Map documents to lines of output with the engine that the settings name."""
    return engine(settings.engine, settings.jobs).map(job, documents)


def extraction(settings: Settings, *, debug: bool = False) -> Extract:
    """Return the function that reads a stream of documents with the engine that the settings name."""
    job = ReadJob(settings, debug=debug)

    def extract(items: Iterable[Document | Rejected]) -> Iterator[Extraction | Rejected]:
        return engine(settings.engine, settings.jobs).map(job, items)

    return extract


def explanations(documents: Items, settings: Settings) -> Iterator[Explanation | Rejected]:
    """Read documents and say how each was read."""
    pipeline = importlib.import_module("reportedly.pipeline")
    reader = pipeline.load_reader(settings)
    return (item if isinstance(item, Rejected) else reader.explain(item) for item in documents)


def load_knowledge(settings: Settings) -> Knowledge:
    """Return what the program knows, with the user's own folders laid over it."""
    pipeline = importlib.import_module("reportedly.pipeline")
    return cast("Knowledge", pipeline.knowledge_of(settings))


def identities(settings: Settings, case: str | None = None) -> Identities:
    """Return who actors were when, from the actor tables alone: the rest of the knowledge is not needed for it.

    With a case, what it was taught is known too.
    """
    settings = settings if case is None else case_settings(case, settings)
    actors = importlib.import_module("reportedly.knowledge.actors")
    load = importlib.import_module("reportedly.knowledge.load")
    countries = importlib.import_module("reportedly.knowledge.countries")
    own = load.own_tables([Path(folder).expanduser() for folder in settings.knowledge], "actors")
    network = importlib.import_module("reportedly.network")
    return cast(
        "Identities", network.Identities(actors.load_actors(load.DATA, own), countries.load_countries(load.DATA))
    )


def profile(view: View, actor: str, settings: Settings) -> Profile | None:
    """Return an actor as the whole case shows it: names over time, dyads, who quotes it."""
    network = importlib.import_module("reportedly.network")
    room = importlib.import_module("reportedly.network.profile")
    return cast("Profile | None", room.profile(view, network.build(view, identities(settings, view.name)), actor))


def load_grouper(settings: Settings) -> Grouper:
    """Return how claims become incidents."""
    pipeline = importlib.import_module("reportedly.pipeline")
    return cast(Grouper, pipeline.load_grouper(settings))


def load_explainer(settings: Settings) -> Explainer:
    """Return what says why claims form an incident."""
    pipeline = importlib.import_module("reportedly.pipeline")
    return cast("Explainer", pipeline.load_grouper(settings))


def relations(claims: Sequence[Claim], facts: Mapping[str, DocumentFacts]) -> tuple[Comparison, ...]:
    """Say how the claims of one incident stand to each other."""
    room = importlib.import_module("reportedly.incidents")
    return cast("tuple[Comparison, ...]", room.relations_of(claims, facts))


def check_books(names: Sequence[str]) -> tuple[str, ...]:
    """Return the codebooks' names without repeats, or say which are known."""
    if not names:
        return ()
    pipeline = importlib.import_module("reportedly.pipeline")
    known: tuple[str, ...] = tuple(getattr(pipeline, "BOOKS", ()))
    wrong = [name for name in names if name not in known]
    if wrong:
        expected = f"known codebooks: {', '.join(known)}" if known else "no codebook is available in this version"
        raise UsageError(f"unknown codebook `{wrong[0]}`", where="--book", hint=expected)
    return tuple(dict.fromkeys(names))


def book_names() -> tuple[str, ...]:
    """Return the names of all codebooks."""
    return cast("tuple[str, ...]", importlib.import_module("reportedly.codebooks").BOOKS)


def load_books(settings: Settings, names: Sequence[str]) -> dict[str, Book]:
    """Return codebooks with what the settings say about them; knowledge is loaded whole only for a user's own."""
    room = importlib.import_module("reportedly.codebooks")
    knowledge = load_knowledge(settings) if settings.knowledge else None
    return cast("dict[str, Book]", room.load_books(names, knowledge, settings.coding))


def event_labels() -> dict[str, str]:
    """Return the plain words for event types."""
    knowledge = importlib.import_module("reportedly.knowledge.ontology")
    data = importlib.import_module("reportedly.knowledge.load").DATA
    return {key: kind.label for key, kind in knowledge.load_ontology(data).items()}


def country_names() -> dict[str, str]:
    """Return the countries' names by ISO code."""
    knowledge = importlib.import_module("reportedly.knowledge.countries")
    data = importlib.import_module("reportedly.knowledge.load").DATA
    return {code: country.name for code, country in knowledge.load_countries(data).items()}


def preview_text(document: Document, settings: Settings, *, json: bool) -> str:
    """Return the publisher-friendly preview of a document, as JSON or for people."""
    made = preview_object(document, settings)
    return dumps(made) if json else _preview_words(made)


def _preview_words(made: PreviewJson) -> str:
    source = ", ".join(part for part in (made["author"], made["publisher"], made["published"]) if part)
    parts = [made["title"] or made["document"], source, made["excerpt"], made["footer"]]
    return "\n\n".join(part for part in parts if part) + "\n"


def export_options(settings: Settings, quote_words: int | None = None) -> Options:
    """Return the bounds for public exports, with words counted as everywhere in the program."""
    return Options(
        share=settings.share,
        max_words=settings.max_words,
        quote_words=settings.quote_words if quote_words is None else quote_words,
        words=_word_spans,
        books=_book_notes,
        identities=lambda: identities(settings),
        acled=lambda view: _acled_rows(view, settings),
        labels=event_labels,
        lands=country_names,
    )


def _book_notes() -> list[BookNote]:
    room = importlib.import_module("reportedly.codebooks")
    return [BookNote(*note) for note in room.book_versions()]


def _acled_rows(view: Holdings, settings: Settings) -> Iterator[dict[str, object]]:
    """Yield a case's rows in ACLED's layout, each with its country in three letters."""
    room = importlib.import_module("reportedly.codebooks")
    book = load_books(settings, ["acled"])["acled"]
    codes = {country.numeric.lstrip("0"): country.iso3 for country in book.countries.values()}
    documents = {stored.document.id: stored.document for stored in view.documents()}
    for row in room.code_all(list(view.incidents()), list(view.claims()), book, documents).rows:
        yield {**row, "location_code": codes.get(str(row["iso"] or "").lstrip("0"), "")}


def _word_spans(text: str) -> list[tuple[int, int]]:
    room = importlib.import_module("reportedly.documents.words")
    return [match.span() for match in room.WORD.finditer(text)]


def case_settings(case: str, settings: Settings) -> Settings:
    """Return the settings with the case's own knowledge laid over all other, where it has some."""
    folder = importlib.import_module("reportedly.knowledge.corrections").folder_of(case)
    return replace(settings, knowledge=(*settings.knowledge, str(folder))) if folder.is_dir() else settings


def reread(case: str, settings: Settings, store: Store, documents: Iterable[str] | None = None) -> Iterator[str]:
    """Read documents of a case again, with the program and the knowledge as they are now; yield each id when done.

    `documents` None: all of them. Decisions stay, on the claims that now stand where the old ones stood.
    """
    ids = [stored.document.id for stored in store.documents()] if documents is None else list(documents)
    texts = (stored.document for key in ids if (stored := store.document(key)) is not None)
    run = store.begin_run("reread")
    done = 0
    for found in extraction(case_settings(case, settings))(texts):
        if isinstance(found, Rejected):
            store.reject(found, run=run)
            continue
        store.reread(found, run=run)
        done += 1
        yield found.document.id
    store.end_run(run, RunCounts(updated=done))


def add_files(case: str, settings: Settings, store: Store, paths: Sequence[Path]) -> Added:
    """Add files to a case, as the desk does with those that are sent to it."""
    app = importlib.import_module("reportedly.app.desk")
    own = case_settings(case, settings)
    refused: list[Rejected] = []
    watcher = Watcher(rejected=refused.append)
    run = AddRun(store, extraction(own), load_grouper(own), "desk", watcher)
    counts = run.run(read_documents([str(path) for path in paths]))
    return cast("Added", app.Added(counts, tuple(refused)))


def desk(case: str, who: str, settings: Settings, run: str = "") -> Desk:
    """Return the desk on a case, with the rooms that the app does not import itself; `run` names this start."""
    app = importlib.import_module("reportedly.app.desk")
    known = _Known(case, settings)
    knowledge = known.now()
    types = {key: app.EventType(kind.label, kind.violent) for key, kind in sorted(knowledge.ontology.items())}
    lands = {code: country.name for code, country in knowledge.countries.items()}
    books = _Books(knowledge, settings)
    rooms = app.Rooms(
        grouper=lambda: load_grouper(case_settings(case, settings)),
        add=lambda store, paths: add_files(case, settings, store, paths),
        reread=lambda store, documents: list(reread(case, settings, store, documents)),
        preview=lambda document: preview_object(document, settings),
        event_types=lambda: types,
        lands=lambda: lands,
        identity=lambda actor: _identity(known.now(), actor),
        relations=relations,
        known_since=importlib.import_module("reportedly.incidents").known_since,
        knowledge=known.now,
        why=lambda store, record, grouper: _why(store, record, cast("Explainer", grouper)),
        books=books.covers,
        code=books.code,
        beside=books.beside,
    )
    options = replace(export_options(settings), identities=known.identities)
    keys = importlib.import_module("reportedly.app.keys").keys_of(settings.keys)
    return cast("Desk", app.Desk(case, who, rooms, options, settings.patience, run=run, keys=keys))


class _Known:
    """All that is known, with what the case was taught; loaded again once people taught it something more."""

    def __init__(self, case: str, settings: Settings) -> None:
        self._case = case
        self._settings = settings
        self._folder: Path = importlib.import_module("reportedly.knowledge.corrections").folder_of(case)
        self._held: tuple[object, Knowledge] | None = None

    def now(self) -> Knowledge:
        """Return the knowledge as it is now."""
        state = sorted((str(path), path.stat().st_mtime_ns) for path in self._folder.glob("*/*.csv"))
        held = self._held
        if held is None or held[0] != state:
            held = self._held = state, load_knowledge(case_settings(self._case, self._settings))
        return held[1]

    def identities(self) -> Identities:
        """Return who actors were when."""
        network = importlib.import_module("reportedly.network")
        known = self.now()
        return cast("Identities", network.Identities(known.actors, known.countries))


def _identity(knowledge: Knowledge, actor: str) -> KnownActor | None:
    app = importlib.import_module("reportedly.app.desk")
    known = knowledge.actors.by_id.get(actor)
    if known is None:
        return None
    names = tuple(app.DatedName(d.name, d.since, d.until, d.relation) for d in known.dated)
    found = app.KnownActor(
        known.id, known.name, known.kind, known.countries, known.acronyms, names, known.parent, known.source
    )
    return cast("KnownActor", found)


def _why(store: SqliteStore, record: IncidentRecord, grouper: Explainer) -> Why:
    """Return why an incident's claims belong together, in the desk's own values."""
    room = importlib.import_module("reportedly.app.why")
    reasons, claims = importlib.import_module("reportedly.cli.reasons").gathered(store, record, grouper)

    def pair(link: Link) -> Pair:
        features = tuple(room.Feature(f.name, f.weight, f.forbids) for f in link.score.features)
        made = room.Pair(claims[link.claim], claims[link.other], features, link.score.total, link.follows)
        return cast("Pair", made)

    near = reasons.nearest
    if near is not None:
        other = store.incident(near.incident)
        title = other.title if other is not None else near.incident
        apart = tuple(feature.name for feature in near.forbidding)
        near = room.Nearest(near.incident, title, pair(near.link), near.average, near.needed, apart)
    return cast("Why", room.Why(tuple(pair(link) for link in reasons.links), near))


class _Books:
    """The codebooks for pages: read once, when they are first asked for."""

    def __init__(self, knowledge: Knowledge, settings: Settings) -> None:
        self._knowledge = knowledge
        self._settings = settings
        self._books: dict[str, Book] = {}

    def _loaded(self) -> dict[str, Book]:
        if not self._books:
            room = importlib.import_module("reportedly.codebooks")
            self._books = room.load_books(room.BOOKS, self._knowledge, self._settings.coding)
        return self._books

    def covers(self) -> dict[str, BookCover]:
        """Return what pages need to know of each book."""
        app = importlib.import_module("reportedly.app.desk")
        return {
            name: app.BookCover(name, book.title, book.version, tuple(book.columns), book.rules, name in NESTED)
            for name, book in self._loaded().items()
        }

    def beside(
        self, record: IncidentRecord, claims: Sequence[Claim], documents: Mapping[str, Document]
    ) -> list[Aspect]:
        """Return what all books say of one incident, aspect by aspect."""
        app = importlib.import_module("reportedly.app.desk")
        room = importlib.import_module("reportedly.codebooks")
        lines = room.side_by_side(record, claims, documents, self._loaded()).lines
        cells = [{n: app.Beside(c.value, c.rule, c.because) for n, c in line.cells.items()} for line in lines]
        return [app.Aspect(line.what, some, line.differs, line.why) for line, some in zip(lines, cells, strict=True)]

    def code(
        self,
        name: str,
        records: Sequence[IncidentRecord],
        claims: Sequence[Claim],
        documents: Mapping[str, Document],
    ) -> Coded:
        """Return the rows that a book would write, most certain first."""
        app = importlib.import_module("reportedly.app.desk")
        room = importlib.import_module("reportedly.codebooks")
        made = room.code_all(records, claims, self._loaded()[name], documents)
        warnings = tuple((warning.incident, warning.message) for warning in made.warnings)
        return cast("Coded", app.Coded(tuple(made.rows), warnings))


def preview_object(document: Document, settings: Settings) -> PreviewJson:
    """Return the publisher-friendly preview of a document as the contract's object."""
    room = importlib.import_module("reportedly.documents.preview")
    return preview_json(room.preview(document, share=settings.share, max_words=settings.max_words))
