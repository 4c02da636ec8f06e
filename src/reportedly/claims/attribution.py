"""Room 4, attribution: who tells of an event, how firmly, and what kind of teller that is.

Door: `account_of(sentence, draft, ...)`. The innermost named teller is the claimant; the others are the chain above.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from reportedly.claims.drafts import Draft
from reportedly.knowledge.lexicon import Lexicon
from reportedly.knowledge.outlets import OutletIndex
from reportedly.model import ActorRef, ClaimantKind, Span, Stance
from reportedly.model.reading import Sentence, Telling

_ARMED_SIDES = frozenset({"rebel_group", "political_militia", "identity_militia", "external_forces"})
_STRENGTH: dict[Stance, int] = {
    "asserted": 0,
    "confirmed": 0,
    "claimed": 1,
    "estimated": 1,
    "alleged": 2,
    "suspected": 3,
    "doubted": 4,
    "denied": 5,
}


@dataclass(frozen=True, slots=True)
class Account:
    """Who tells an event: the tellings that cover it, outermost first, and what follows from the innermost."""

    tellings: tuple[Telling, ...] = ()
    claimant: Telling | None = None
    stance: Stance = "asserted"
    cue: Span | None = None
    content: Span | None = None


def account_of(sentence: Sentence, draft: Draft) -> Account:
    """Return the account that covers the draft's main event word; an empty one is the outlet's own voice."""
    at = sentence.tree[draft.hit.head].start
    covering = [
        t for t in sentence.tellings if t.cue_head not in draft.heads and any(c.start <= at < c.end for c in t.content)
    ]
    if not covering:
        return Account(stance=_suspected(sentence, draft, "asserted"))
    named = [t for t in covering if t.named]
    inner = covering[-1]
    claimant = named[-1] if named else None
    stance = inner.stance
    if claimant is not None and inner is not claimant and _STRENGTH[claimant.stance] > _STRENGTH[stance]:
        stance = claimant.stance
    if any(t.stance == "denied" for t in named):
        stance = "denied"
    source = claimant or inner
    content = next(c for c in source.content if c.start <= at < c.end)
    return Account(tuple(named), claimant, _suspected(sentence, draft, stance), source.cue, content)


def _suspected(sentence: Sentence, draft: Draft, stance: Stance) -> Stance:
    """ "suspected jihadists", "alleged members": the words on the initiator weaken a plain telling."""
    if stance not in {"asserted", "confirmed"}:
        return stance
    tree = sentence.tree
    for index in draft.found.initiators:
        for child in tree.children(index, "amod", "compound"):
            if tree[child].lower in _DOUBTING:
                return _DOUBTING[tree[child].lower]
    return stance


_DOUBTING: dict[str, Stance] = {
    "suspected": "suspected",
    "presumed": "suspected",
    "alleged": "alleged",
    "apparent": "suspected",
    "supposed": "alleged",
    "likely": "suspected",
    "possible": "suspected",
    "probable": "suspected",
}


def claimant_kind(
    ref: ActorRef | None, sides: Iterable[ActorRef], lexicon: Lexicon, outlets: OutletIndex, hedged: bool
) -> ClaimantKind:
    """Return what kind of teller a speaker is; no speaker is the outlet, or an anonymous one behind "reportedly"."""
    if ref is None:
        return "anonymous" if hedged else "outlet"
    if ref.actor_id is not None and any(s.actor_id == ref.actor_id for s in sides):
        return "party"
    if ref.kind in _ARMED_SIDES:
        return "party"
    if ref.kind in {"state_forces", "government"}:
        return "authority"
    if ref.kind == "media" or outlets.named(ref.span.quote) is not None:
        return "media"
    words = [w.lower().strip(".,") for w in ref.span.quote.split()]
    for size in (2, 1):
        for at in range(len(words) - size, -1, -1):
            kind = lexicon.speakers_of(" ".join(words[at : at + size]))
            if kind is not None:
                return kind
    if ref.role is not None and (kind := lexicon.speakers_of(ref.role)) is not None:
        return kind
    return {
        "international_organisation": "organisation",
        "other": "organisation",
        "company": "organisation",
        "civilians": "witness",
    }.get(ref.kind, "anonymous" if ref.role in {"source", "they", "it"} else "organisation")  # type: ignore[return-value]
