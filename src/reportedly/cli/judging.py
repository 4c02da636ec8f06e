"""Commands about incidents as a whole: `incidents`, `merge`, `split`, `undo`, `log`."""

from __future__ import annotations

import getpass
from collections.abc import Iterable, Iterator, Sequence
from typing import Annotated, Literal

import typer

from reportedly import review
from reportedly.cli import wiring
from reportedly.cli.case import Case, open_case
from reportedly.cli.context import Context
from reportedly.cli.reading import Json
from reportedly.cli.view import incident_table
from reportedly.contract import incident_line
from reportedly.exports.scope import Scope, by_day, holds
from reportedly.model.judgement import Judgement
from reportedly.review import Coder
from reportedly.review.entries import entry_json
from reportedly.store import SqliteStore, open_store

Who = Annotated[str | None, typer.Option("--who", metavar="NAME", help="Who decides; else the setting `coder`.")]
# Claims that a line of the log names.
_NAMED = 4
Why = Annotated[str, typer.Option("--why", metavar="TEXT", help="The reason, kept in the ledger.")]


def register(app: typer.Typer) -> None:
    """Add the commands to the application."""
    app.command()(incidents)
    app.command()(merge)
    app.command()(split)
    app.command()(undo)
    app.command()(log)


def incidents(
    context: typer.Context,
    case: Case,
    status: Annotated[Literal["single", "agreed", "contested"] | None, typer.Option(help="Only these.")] = None,
    country: Annotated[str | None, typer.Option(metavar="CODE", help="Two letters, such as ML.")] = None,
    since: Annotated[str | None, typer.Option("--from", metavar="DAY", help="Not over before this day.")] = None,
    until: Annotated[str | None, typer.Option("--to", metavar="DAY", help="Not begun after this day.")] = None,
    json: Json = False,
) -> None:
    """List a case's incidents: when, where, who, the toll by claimant, contested or not.

    \b
    Examples:
      reportedly incidents news.case
      reportedly incidents news.case --status contested --from 2024-07-01
      reportedly incidents news.case --country ML --json
    """
    state: Context = context.obj
    with open_case(state, case) as store:
        scope = Scope(since or "", until or "", countries=(country,) if country else (), status=status)
        chosen = [record for record in store.incidents() if holds(scope, record)]
        if json:
            for record in chosen:
                state.out_json(incident_line(record))
            return
        outlets = {stored.document.id: stored.document.publisher for stored in store.documents()}
        state.console().print(incident_table(chosen, outlets))
        for record in sorted(chosen, key=by_day):
            state.tell(f"{record.id}  {record.title}")


def merge(
    context: typer.Context,
    case: Case,
    one: Annotated[str, typer.Argument(metavar="INCIDENT")],
    other: Annotated[str, typer.Argument(metavar="INCIDENT", help="The two incidents that are one.")],
    who: Who = None,
    why: Why = "",
) -> None:
    """Say that two incidents are one. The older one's id survives and the other leads to it.

    The decision is an entry of the case's ledger: it outlives new documents and better readings, and can be undone.

    \b
    Example:
      reportedly merge news.case inc-20240727-1f0c9a2b3d inc-20240728-99ab12cd34 --why "same convoy"
    """
    state: Context = context.obj
    with _writing(state, case) as store:
        entries = review.merge(store, one, other, coder_of(state, who), why)
        _regroup(state, store)
        merged = store.incident(one)
        state.tell(f"{merged.id if merged else one}: {one} and {other} are one incident (entry {entries[0].id})")


def split(
    context: typer.Context,
    case: Case,
    incident: Annotated[str, typer.Argument(metavar="INCIDENT")],
    claims: Annotated[list[str], typer.Argument(metavar="CLAIM...", help="The claims that tell of another happening.")],
    who: Who = None,
    why: Why = "",
) -> None:
    """Say that some claims of an incident tell of another happening; they leave it together.

    \b
    Example:
      reportedly split news.case inc-20240727-1f0c9a2b3d claim-0123456789abcdef --why "the day after"
    """
    state: Context = context.obj
    with _writing(state, case) as store:
        entries = review.split(store, incident, claims, coder_of(state, who), why)
        _regroup(state, store)
        homes = sorted({r.id for r in store.incidents() if set(r.claims) & set(claims)})
        state.tell(f"{', '.join(homes) or 'no incident'}: now of {len(claims)} claims (entry {entries[0].id})")


def undo(
    context: typer.Context,
    case: Case,
    entry: Annotated[
        int | None, typer.Argument(metavar="[ENTRY]", help="Its number in the log; else your newest.")
    ] = None,
    who: Who = None,
    why: Why = "",
) -> None:
    """Take back a decision with all that was decided in the same act. Undoing an undo does it again.

    \b
    Examples:
      reportedly undo news.case
      reportedly undo news.case 14 --why "was right after all"
    """
    state: Context = context.obj
    with _writing(state, case) as store:
        found = review.undo(store, coder_of(state, who), entry, why)
        _regroup(state, store)
        state.tell(f"entry {found}: taken back")


def log(context: typer.Context, case: Case, json: Json = False) -> None:
    """List what people decided, the oldest first, and what was taken back.

    \b
    Examples:
      reportedly log news.case
      reportedly log news.case --json
    """
    state: Context = context.obj
    with open_case(state, case) as store:
        entries = store.judgements(in_force=False)
        if json:
            for judgement in entries:
                state.out_json(entry_json(judgement))
            return
        for decision in _decisions(entries):
            state.tell("\n".join(_log_lines(decision)))


def _decisions(entries: Iterable[Judgement]) -> Iterable[list[Judgement]]:
    """Put together what was decided in one act: the pairs of a merge or a split, the claims of one verdict."""
    found: dict[tuple[object, ...], list[Judgement]] = {}
    for entry in entries:
        alone = entry.id if entry.after else 0
        verdict = "" if entry.kind == "same_incident" else entry.verdict
        found.setdefault((entry.gesture or entry.id, entry.kind, verdict, alone), []).append(entry)
    return found.values()


def _log_lines(decision: Sequence[Judgement]) -> Iterator[str]:
    # A split may also say of some that they are one.
    entry = min(decision, key=lambda one: (one.verdict != "negative", one.id))
    what = f"{entry.kind.replace('_', ' ')} {entry.verdict}"
    anchors = dict.fromkeys(a for one in decision for a in (one.left, one.right) if a)
    ends = " · ".join(f"{a.document}: “{a.trigger}”" for a in [*anchors][:_NAMED])
    ends += f" and {len(anchors) - _NAMED} more" if len(anchors) > _NAMED else ""
    state = f" (taken back by {entry.undone_by})" if entry.undone_by else ""
    state += " (blind)" * entry.blind + (f" (conflicts with {entry.conflicts})" if entry.conflicts else "")
    yield f"{decision[0].id:>5}  {entry.at}  {entry.who}  {what}  {ends}{state}"
    if entry.why:
        yield f"       {entry.why}"
    if entry.after:
        yield f"       {entry.before or ''} → {entry.after}"


def coder_of(state: Context, who: str | None) -> Coder:
    """Return who decides: the flag, the setting, else the name of this account."""
    return Coder(who or state.settings.coder or _account())


def _account() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError, ImportError):
        return "somebody"


def _writing(state: Context, case: str) -> SqliteStore:
    with open_case(state, case):
        pass  # a case that is not there must not be made by a typing error
    return open_store(case, write=True, patience=state.settings.patience)


def _regroup(state: Context, store: SqliteStore) -> None:
    with state.progress("grouping", "claims") as ticker:
        store.regroup(wiring.load_grouper(state.settings), ticker.step)
