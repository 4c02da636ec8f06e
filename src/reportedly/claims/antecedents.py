"""Room 4, antecedents: which happening told before a sentence speaks of again.

Doors: `antecedent(view, draft)`, `is_known(view, draft)`. Where two happenings fit, none does: a deed pinned on a wrong
happening is worse than one that stands alone.
"""

from __future__ import annotations

from collections.abc import Iterable

from reportedly.claims.deeds import is_deed
from reportedly.claims.draft import Draft
from reportedly.claims.view import View
from reportedly.knowledge.lexicon import NOUN
from reportedly.model import Claim

_NEAR = 3  # sentences back to the last happening
_FAR = 12  # sentences back where the text has told of one happening only
_FINE = frozenset({"point", "near", "district"})
_GENERIC = frozenset({"attack.armed", "attack.raid"})
_HARM = frozenset({"attack.killing", "attack.injury"})
_KINDS: dict[str, frozenset[str]] = {
    "attack": frozenset({"attack", "explosion", "strike"}),
    "explosion": frozenset({"explosion", "attack", "destruction"}),
    "strike": frozenset({"strike", "attack", "explosion", "destruction"}),
    "destruction": frozenset({"destruction", "explosion", "strike", "attack"}),
}


def antecedent(view: View, draft: Draft) -> Claim | None:
    """Return the happening that the event goes on telling: "the attack", mere harm, the same paragraph."""
    near = _last(view, draft)
    if not draft.violent or not (is_deed(draft) or is_known(view, draft)):
        return near
    reach = _FAR if near is None else _NEAR
    here = view.sentence.sentence
    told = [c for c, at in view.story.happenings if 0 <= here - at <= reach and _fits(draft, c)]
    if near is not None:
        return _fullest([near, *(c for c in told if not _apart(near, c))])
    return _fullest(told) if told and not any(_apart(told[-1], c) for c in told) else None


def _last(view: View, draft: Draft) -> Claim | None:
    """The last happening, where it lies near enough and nothing speaks against it."""
    story = view.story
    last = story.last
    gap = view.sentence.sentence - story.last_sentence
    if last is None or not draft.violent or gap > _NEAR or gap < 0:
        return None
    if last.modality != draft.governed.modality or last.aggregate:
        return None
    if is_deed(draft) or is_known(view, draft) or draft.event_type in _HARM:
        return last
    return last if gap <= 1 and view.sentence.paragraph == story.last_paragraph else None


def is_known(view: View, draft: Draft) -> bool:
    """Tell whether an event noun speaks of its happening as known: "THE attack", "THIS killing"."""
    tree = view.tree
    determiners = {tree[d].lower for d in tree.children(draft.hit.head, "det")}
    return draft.hit.pos == NOUN and not determiners.isdisjoint({"the", "this", "that"})


def _fits(draft: Draft, claim: Claim) -> bool:
    """Tell whether an event word may speak of a claim's happening: by its kind, and both told as done."""
    if claim.modality != draft.governed.modality or claim.aggregate or claim.event_type == "battle.war":
        return False
    if is_deed(draft) or draft.event_type in _GENERIC:
        return True
    own, other = draft.event_type.split(".")[0], claim.event_type.split(".")[0]
    return other in _KINDS.get(own, frozenset({own}))


def _apart(one: Claim, other: Claim) -> bool:
    """Tell whether two claims name different places, days or kinds: then a text has told of two happenings."""
    if one.event_type.startswith("abduction.") != other.event_type.startswith("abduction."):
        return True
    a, b = one.place, other.place
    if a is not None and b is not None and {a.precision, b.precision} <= _FINE and a.place_id != b.place_id:
        return True
    days = [c.when.edtf for c in (one, other) if c.when is not None and c.when.basis != "publication"]
    return len(days) > 1 and days[0] != days[1]


def _fullest(claims: Iterable[Claim]) -> Claim:
    """The claim that says most of it; of equals the first."""
    return max(claims, key=lambda c: (bool(c.targets) + bool(c.place) + bool(c.tolls), c.event_type not in _HARM))
