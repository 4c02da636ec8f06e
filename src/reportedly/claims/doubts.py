"""Room 4, doubts: a sentence that says that what was told before it could not be verified.

Door: `doubted(view, claims)`. "The army said it killed nine. THE CLAIM COULD NOT BE INDEPENDENTLY VERIFIED": what the
army said stands doubted. Who is himself a side, or an authority, only says that he does not know.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence

from reportedly.claims.attribution import claimant_kind
from reportedly.claims.view import View
from reportedly.model import ActorRef, Claim
from reportedly.model.quick import replace
from reportedly.model.reading import Telling

_REACH = 3  # sentences back to what is doubted
_UNSURE = frozenset({"media", "organisation", "outlet"})
_THIS = frozenset({"this", "that", "it", "these", "those", "them"})
_EACH = frozenset({"either", "neither", "both", "any", "none"})


def doubted(view: View, claims: Sequence[Claim]) -> Iterator[tuple[Claim, Claim]]:
    """Yield the claims told before of which a sentence says that they could not be verified, each with its doubt."""
    doubts = (t for t in view.sentence.tellings if t.stance == "doubted" and _cannot_verify(view, t))
    for telling in doubts:
        head = _account_of(view, telling)
        if head is not None:
            meant = _meant(view, head, _told_before(view, claims, head))
            yield from ((c, replace(c, stance="doubted", doubt=telling.cue)) for c in meant if c.gives_figures)
            return


def _cannot_verify(view: View, telling: Telling) -> bool:
    """Tell whether a cue says that somebody without a stake could not find out."""
    cue = view.tree[telling.cue_head].lemma if telling.cue_head is not None else ""
    if cue not in view.knowledge.lexicon.reporting.lists["verifies"] and cue not in view.words["verifying_nouns"]:
        return False
    above = (t.speaker for t in view.sentence.tellings if t is not telling and t.named and t.covers(telling.cue.start))
    doubter = telling.speaker or next(above, None)  # "the army said IT could not confirm"
    return claimant_kind(doubter, (), view.knowledge.lexicon, view.knowledge.outlets, hedged=False) in _UNSURE


def _account_of(view: View, telling: Telling) -> int | None:
    """The word for what was told before: "the CLAIM", "battlefield REPORTS", "the authenticity of the FIGURES"."""
    tree = view.tree
    inside = [i for part in telling.content for i in tree.at(part.start, part.end)]
    if len(inside) == 1 and tree[inside[0]].lower in _THIS:
        return inside[0]
    named = (i for i in inside if tree[i].lemma in view.words["account_nouns"])
    return next((i for i in named if all(_is_cue(view, telling, c) for c in tree.children(i, "acl", "relcl"))), None)


def _is_cue(view: View, telling: Telling, clause: int) -> bool:
    """Tell whether a clause on the word is the doubt itself ("a figure that COULD NOT BE VERIFIED")."""
    return telling.cue_head is not None and view.tree.covers(clause, telling.cue_head)


def _told_before(view: View, claims: Sequence[Claim], head: int) -> list[tuple[Claim, int]]:
    """The claims of somebody's telling before a word, each with how many sentences back, the last first."""
    segments, at = view.document.segments, view.tree[head].start
    starts = [s.start for s in segments]
    here, found = view.sentence.sentence, []
    for claim in reversed(claims):
        back = here - segments[max(0, bisect_right(starts, claim.trigger.start) - 1)].sentence
        if claim.trigger.start < at and claim.cue is not None and claim.violent and claim.doubt is None:
            found.append((claim, back))
    return found


def _meant(view: View, head: int, told: Sequence[tuple[Claim, int]]) -> list[Claim]:
    """The accounts that a word for them means: those of whom it names, else all of late, or the last teller's."""
    tree = view.tree
    owners = [view.actors[c] for c in tree.children(head, "poss") if c in view.actors]
    if owners and not any(tree[i].lower in _EACH for i in tree.subtree(head)):
        names = {_name(o) for o in owners}
        return [c for c, _ in told if c.claimant is not None and _name(c.claimant) in names]
    late = [c for c, back in told if back <= _REACH]
    several = tree[head].tag == "NNS" or any(tree[i].lower in _EACH for i in tree.subtree(head))
    if several or not late:
        return late
    last = _name(late[0].claimant)
    return [c for c in late if _name(c.claimant) == last]


def _name(ref: ActorRef | None) -> str | None:
    """Who tells: the name, else the words; None where nobody is named."""
    return None if ref is None else ref.name or ref.span.quote.casefold()
