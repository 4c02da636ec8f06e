"""Writing: each decision as one address of the API, and `/decide`, the same from plain forms without scripts.

A write bears the run's token. `seen` is the newest ledger entry that the page had when it was made; where somebody
decided on the same claim since, the answer is 409, both decisions are kept and the first one stands.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Annotated, Any, Literal
from urllib.parse import urlsplit

from fastapi import APIRouter, Depends, Form, Header, HTTPException, Request
from pydantic import BaseModel, ConfigDict, Field
from starlette.responses import RedirectResponse, Response

from reportedly import review
from reportedly.app.desk import Desk
from reportedly.app.pages import desk_of, json_answer
from reportedly.app.security import token_fits
from reportedly.errors import UsageError
from reportedly.model.judgement import ClaimLink, Judgement
from reportedly.review import Coder
from reportedly.store import SqliteStore

router = APIRouter()
Text = Annotated[str, Field(max_length=10_000)]
Id = Annotated[str, Field(max_length=2_000)]


class Deciding(BaseModel):
    """What every decision says beside its matter."""

    model_config = ConfigDict(extra="forbid")

    who: Annotated[str, Field(max_length=200)] | None = None
    why: Text = ""
    seen: Annotated[int, Field(ge=0)] | None = None
    blind: bool = False


class Changing(Deciding):
    """New values of a claim's fields, as the contract's JSON."""

    fields: dict[str, Any]


class Writing(Deciding):
    """A claim that the program did not read: the contract's claim without `id` and `found_by`."""

    claim: dict[str, Any]


class Commenting(Deciding):
    """A remark."""

    words: Annotated[str, Field(min_length=1, max_length=10_000)]


class Linking(Deciding):
    """How this claim stands to another."""

    other: Id
    relation: ClaimLink


class Merging(Deciding):
    """The incident that is the same one."""

    other: Id


class Splitting(Deciding):
    """The claims that leave."""

    claims: Annotated[list[Id], Field(min_length=1, max_length=10_000)]


class Undoing(Deciding):
    """The entry to take back; none: the newest of whoever asks."""

    entry: Annotated[int, Field(ge=1, lt=2**62)] | None = None


def may_write(request: Request, x_desk_token: Annotated[str | None, Header()] = None) -> Desk:
    """Return the desk when the request bears its token."""
    desk = desk_of(request)
    if not token_fits(desk, x_desk_token):
        raise HTTPException(403, "A write needs this run's token in the header X-Desk-Token; reload the page.")
    return desk


Writer = Annotated[Desk, Depends(may_write)]


@router.post("/api/claims/{claim}/accept", tags=["claims"], summary="A claim is read rightly.")
def accept(desk: Writer, claim: str, body: Deciding) -> Response:
    """Accept a claim."""
    return _decided(desk, body, lambda store, coder: review.accept(store, claim, coder, body.why))


@router.post("/api/claims/{claim}/reject", tags=["claims"], summary="A claim is not in the text.")
def reject(desk: Writer, claim: str, body: Deciding) -> Response:
    """Reject a claim."""
    return _decided(desk, body, lambda store, coder: review.reject(store, claim, coder, body.why))


@router.post("/api/claims/{claim}/change", tags=["claims"], summary="Change fields of a claim.")
def change(desk: Writer, claim: str, body: Changing) -> Response:
    """Change fields of a claim; its violence follows its event type."""
    fields = dict(body.fields)
    if "event_type" in fields:
        fields["violent"] = _violent(desk, fields["event_type"])
    return _decided(desk, body, lambda store, coder: review.change(store, claim, fields, coder, body.why))


@router.post("/api/claims/{claim}/comment", tags=["claims"], summary="A remark beside a claim.")
def comment(desk: Writer, claim: str, body: Commenting) -> Response:
    """Keep a remark."""
    return _decided(desk, body, lambda store, coder: review.comment(store, claim, body.words, coder))


@router.post("/api/claims/{claim}/link", tags=["claims"], summary="How a claim stands to another.")
def link(desk: Writer, claim: str, body: Linking) -> Response:
    """Link two claims."""
    return _decided(
        desk, body, lambda store, coder: review.link(store, claim, body.other, body.relation, coder, body.why)
    )


@router.post("/api/documents/{number}/claims", tags=["claims"], summary="Add a claim that was not read.")
def write(desk: Writer, number: int, body: Writing) -> Response:
    """Add a claim."""
    claim = body.claim | {"violent": _violent(desk, body.claim.get("event_type"))}
    return _decided(
        desk, body, lambda store, coder: review.write(store, _document(store, number), claim, coder, body.why)
    )


@router.post("/api/documents/{number}/finish", tags=["documents"], summary="The review of a document is finished.")
def finish(desk: Writer, number: int, body: Deciding) -> Response:
    """Finish a document."""
    return _decided(desk, body, lambda store, coder: review.finish(store, _document(store, number), coder))


@router.post("/api/documents/{number}/reopen", tags=["documents"], summary="A document is open again.")
def reopen(desk: Writer, number: int, body: Deciding) -> Response:
    """Open a document again."""
    return _decided(
        desk, body, lambda store, coder: review.finish(store, _document(store, number), coder, finished=False)
    )


@router.post("/api/incidents/{incident}/merge", tags=["incidents"], summary="Two incidents are one.")
def merge(desk: Writer, incident: str, body: Merging) -> Response:
    """Merge two incidents."""
    return _decided(desk, body, lambda store, coder: review.merge(store, incident, body.other, coder, body.why))


@router.post("/api/incidents/{incident}/split", tags=["incidents"], summary="Some claims tell of another happening.")
def split(desk: Writer, incident: str, body: Splitting) -> Response:
    """Split an incident."""
    return _decided(desk, body, lambda store, coder: review.split(store, incident, body.claims, coder, body.why))


@router.post("/api/undo", tags=["ledger"], summary="Take back an entry, or your newest.")
def undo(desk: Writer, body: Undoing) -> Response:
    """Undo."""
    return _taken_back(desk, body, lambda store, coder: review.undo(store, coder, body.entry, body.why))


@router.post("/api/redo", tags=["ledger"], summary="Do again what you took back last.")
def redo(desk: Writer, body: Deciding) -> Response:
    """Redo."""
    return _taken_back(desk, body, review.redo)


@router.post("/api/group", tags=["ledger"], summary="Bring the incidents up to date now.")
def group(desk: Writer) -> Response:
    """Group, and wait for it."""
    return json_answer({"incidents": desk.group()})


# ------------------------------------------------------------------------------------------- plain forms


Act = Literal["accept", "reject", "comment", "finish", "reopen", "merge", "split", "undo", "redo"]


@router.post("/decide", include_in_schema=False)
def decide(
    request: Request,
    act: Annotated[Act, Form()],
    token: Annotated[str, Form(max_length=200)],
    back: Annotated[str, Form(max_length=2_000)] = "/",
    claim: Annotated[list[str] | None, Form()] = None,
    incident: Annotated[str, Form(max_length=2_000)] = "",
    other: Annotated[str, Form(max_length=2_000)] = "",
    document: Annotated[int, Form()] = 0,
    entry: Annotated[int | None, Form()] = None,
    why: Annotated[str, Form(max_length=10_000)] = "",
    seen: Annotated[int | None, Form()] = None,
    who: Annotated[str, Form(max_length=200)] = "",
) -> Response:
    """Write a decision from a form and go back to the page; what scripts do through the API, without them."""
    desk = desk_of(request)
    if not token_fits(desk, token):
        raise HTTPException(403, "This page is of an earlier run: reload it and decide again.")
    claims = claim or []
    coder = desk.coder(who, seen)
    with desk.writing() as store:
        if act in {"accept", "reject"}:
            _each(claims, lambda one: getattr(review, act)(store, one, coder, why))
        elif act == "comment":
            _each(claims, lambda one: review.comment(store, one, why, coder))
        elif act in {"finish", "reopen"}:
            review.finish(store, _document(store, document), coder, finished=act == "finish")
        elif act == "merge":
            review.merge(store, incident, other, coder, why)
        elif act == "split":
            review.split(store, incident, claims, coder, why)
        elif act == "undo":
            review.undo(store, coder, entry, why)
        else:
            review.redo(store, coder)
    # Without scripts the next page must show what was decided.
    desk.group()
    return RedirectResponse(_inside(back), 303)


def _each(claims: Sequence[str], act: Callable[[str], object]) -> None:
    if not claims:
        raise UsageError("no claim is named")
    for claim in claims:
        act(claim)


def _inside(back: str) -> str:
    """Return where to go, if that lies on this desk."""
    parts = urlsplit(back)
    return back if back.startswith("/") and not back.startswith(("//", "/\\")) and not parts.netloc else "/"


# ------------------------------------------------------------------------------------------- helpers


def _decided(desk: Desk, body: Deciding, act: Callable[[SqliteStore, Coder], list[Judgement]]) -> Response:
    with desk.writing() as store:
        entries = act(store, desk.coder(body.who, body.seen, blind=body.blind))
        newest = store.newest()
    desk.group_soon()
    against = entries[0].conflicts
    answer = {
        "entries": [entry.id for entry in entries],
        "claim": entries[0].left.claim or None,
        "seen": newest,
        "conflicts": against,
    }
    return json_answer(answer, 409 if against else 200)


def _taken_back(desk: Desk, body: Deciding, act: Callable[[SqliteStore, Coder], int]) -> Response:
    with desk.writing() as store:
        entry = act(store, desk.coder(body.who))
        newest = store.newest()
        found = store.subject(entry)
    desk.group_soon()
    claim = found.left.claim if found is not None else None
    return json_answer({"entry": entry, "claim": claim or None, "seen": newest})


def _document(store: SqliteStore, number: int) -> str:
    found = store.document_id(number)
    if found is None:
        raise HTTPException(404, f"There is no document {number} in the case.")
    return found


def _violent(desk: Desk, event_type: object) -> bool:
    known = desk.rooms.event_types()
    if not isinstance(event_type, str) or event_type not in known:
        raise UsageError(f"`{event_type}` is no event type", hint="see: reportedly knowledge ontology --json")
    return known[event_type].violent
