"""Room 4, circumstances: where and when a happening was, by its own words or by those that it refers back to.

Doors: `place_in`, `times_in`, `since`, `published`; and `inherited_place` and `inherited_when` from the last happening.
"""

from __future__ import annotations

from datetime import date

from reportedly.claims.drafts import Draft
from reportedly.claims.periods import is_ongoing
from reportedly.claims.slots import place_of, time_of
from reportedly.claims.view import View
from reportedly.knowledge.lexicon import NOUN
from reportedly.model import Modality, PlaceRef, Span, When
from reportedly.model.reading import TimeRead


def place_in(view: View, draft: Draft, heads: set[int]) -> tuple[PlaceRef | None, tuple[PlaceRef, ...]]:
    """The place of the event, and all places where it has several; those of speakers are left out."""
    others = heads - set(draft.heads)
    blocked = [s for t in view.sentence.tellings for s in t.source]
    blocked += [t.speaker.span for t in view.sentence.tellings if t.speaker is not None]
    blocked += [p.span for p in view.sentence.places if p.precision == "region" and p.country is None]
    return place_of(view.sentence, draft.heads, others, blocked)


def times_in(view: View, draft: Draft, heads: set[int]) -> tuple[TimeRead | None, TimeRead | None]:
    """The time of the event, and the time at which it was told."""
    cues = [
        t.cue_head
        for t in view.sentence.tellings
        if t.cue_head is not None and t.named and t.cue_head not in draft.heads
    ]
    return time_of(view.sentence, draft.heads, cues, heads - set(draft.heads))


def since(view: View, draft: Draft, time: TimeRead) -> When | None:
    """ "ongoing since late 2021" runs from then; "since late 2021, when X struck a deal" puts the deal in it."""
    tree = view.tree
    inside = tree.at(time.when.span.start, time.when.span.end)
    if time.inner is not None and any(a in inside for a in tree.ancestors(draft.hit.head)):
        return time.inner
    return time.when if is_ongoing(view, draft) else None


def _refers_back(view: View, draft: Draft) -> bool:
    """Tell whether the event goes on telling the last happening: "the attack", mere harm, or the same paragraph."""
    story = view.story
    last = story.last
    gap = view.sentence.sentence - story.last_sentence
    if last is None or not draft.violent or gap > 3 or gap < 0:
        return False
    if last.modality != draft.governed.modality or last.aggregate:
        return False
    tree = view.tree
    definite = draft.hit.pos == NOUN and any(
        tree[d].lower in {"the", "this", "that"} for d in tree.children(draft.hit.head, "det")
    )
    if definite or draft.event_type in {"attack.killing", "attack.injury"}:
        return True
    return gap <= 1 and view.sentence.paragraph == story.last_paragraph


def inherited_place(view: View, draft: Draft) -> PlaceRef | None:
    """The place of the last happening, where this one goes on telling it."""
    last = view.story.last
    return last.place if last is not None and _refers_back(view, draft) else None


def inherited_when(view: View, draft: Draft) -> When | None:
    """The time of the last happening, where this one goes on telling it."""
    last = view.story.last
    return last.when if last is not None and _refers_back(view, draft) and last.modality == "actual" else None


def published(view: View, modality: Modality) -> When | None:
    """With no time in the words, what is told as news happened by the day of publication."""
    day: date | None = view.document.published_on
    if day is None or modality not in {"actual", "ongoing"}:
        return None
    start = view.tree.start
    edtf = f"../{day.isoformat()}"
    return When(Span(start, start, ""), None, day, edtf, "day", "publication")
