"""Room 4, circumstances: where and when a happening was, by its own words.

Doors: `place_in`, `times_in`, `own_time`, `since`, `up_to_now`, `before_told`, `published` and `has_period`.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import date, timedelta

from reportedly.claims.attribution import Account
from reportedly.claims.draft import Draft
from reportedly.claims.event_times import Rivals, is_since, time_of
from reportedly.claims.periods import HISTORY, is_aggregate, is_ongoing, lasts, period_of
from reportedly.claims.place_nesting import nests
from reportedly.claims.place_scene import Scene
from reportedly.claims.slots import place_of
from reportedly.claims.view import View
from reportedly.model import Modality, PlaceRef, Span, When
from reportedly.model.quick import replace
from reportedly.model.reading import TimeRead

_SHORT = timedelta(days=2)  # a stretch of time no longer than this tells when a happening was
_OPENING = 12  # code points into a sentence within which its opening words begin


def place_in(view: View, draft: Draft, heads: set[int]) -> tuple[PlaceRef | None, tuple[PlaceRef, ...]]:
    """The place of the event, and all places where it has several; those of speakers are left out."""
    own_charge = draft.hit.event_type.startswith("coercion.")  # "POLICE IN GAO ARRESTED four men over ...": who acts
    telling = [t for t in view.sentence.tellings if not (own_charge and t.cue_head in draft.heads)]
    blocked = [s for t in telling for s in t.source]
    blocked += [t.speaker.span for t in telling if t.speaker is not None]
    doers = (view.actors[i] for i in draft.found.initiators if i in view.actors)
    blocked += [a.span for a in doers if a.kind == "government"]  # "drones launched by RUSSIA": who, not where
    speakers = {t.speaker_head for t in view.sentence.tellings if t.speaker_head is not None} - set(draft.heads)
    own = (*draft.heads, *_causes(view, draft))
    sentence, inside = view.sentence, nests(view.sentence, view.knowledge)
    main, known = draft.hit, view.knowledge
    scene = Scene(sentence, main.head, own, heads - set(own), blocked, speakers, known, inside, main.event_type)
    return place_of(scene)


def _causes(view: View, draft: Draft) -> Iterator[int]:
    """What a toll is from: "the toll FROM Saturday's RAID on X rises to nine"."""
    tolls = view.knowledge.outcomes.toll_words
    for toll in (h for h in draft.heads if view.tree[h].lemma in tolls):
        for prep in view.tree.children(toll, "prep"):
            if view.tree[prep].lower == "from":
                yield from (o for o in view.tree.children(prep, "pobj") if not view.tree[o].is_proper)


def times_in(view: View, draft: Draft, heads: set[int]) -> tuple[TimeRead | None, TimeRead | None]:
    """The time of the event, and the time at which it was told."""
    tree, counting = view.tree, view.words["counting_verbs"]
    cues = [
        t.cue_head
        for t in view.sentence.tellings
        if t.cue_head is not None and t.named and t.cue_head not in draft.heads
    ]
    cues = [c for c in cues if tree[c].lemma not in counting or tree[draft.hit.head].head != c]
    return time_of(view.sentence, draft.heads, Rivals(cues, heads - set(draft.heads)), view.words)


def own_time(view: View, draft: Draft, time: TimeRead | None) -> When | None:
    """The time that the words give the event."""
    if time is None:
        counted = period_of(view, draft) if draft.tolls else None
        return up_to_now(view, counted.inner or counted.when) if counted is not None else None
    if time.event_day or (time.kind == "duration" and _is_short(time.when)):
        return time.when
    if time.kind == "since" and draft.tolls and is_aggregate(view, draft, time):
        return up_to_now(view, time.inner or time.when)
    return since(view, draft, time) if time.kind == "since" else None


def _is_short(when: When) -> bool:
    """Tell whether a stretch of time is as good as a day: "in the past 24 hours"."""
    return when.earliest is not None and when.latest is not None and when.latest - when.earliest <= _SHORT


def since(view: View, draft: Draft, time: TimeRead) -> When | None:
    """ "ongoing since late 2021" runs from then; "since late 2021, when X struck a deal" puts the deal in it."""
    tree = view.tree
    inside = tree.at(time.when.span.start, time.when.span.end)
    if time.inner is not None and any(a in inside for a in tree.ancestors(draft.hit.head)):
        return time.inner
    if time.inner is not None and any(
        _begun(view, a, inside) for a in (draft.hit.head, *tree.ancestors(draft.hit.head))
    ):
        return time.inner
    return time.when if is_ongoing(view, draft) or lasts(view, draft) else None


def _begun(view: View, clause: int, inside: Collection[int]) -> bool:
    """ "since the junta SEIZED power in 2021": what the period began with was at its start."""
    return is_since(view.tree, clause) and any(view.tree.covers(clause, i) for i in inside)


def up_to_now(view: View, start: When) -> When:
    """The period from a time to the day of publication, which a sum "since January" counts."""
    day = view.document.published_on
    if day is None or start.earliest is None or day < start.earliest:
        return start
    return replace(start, latest=day, edtf=f"{start.earliest.isoformat()}/{day.isoformat()}", precision="span")


def before_told(view: View, draft: Draft, account: Account, told: TimeRead | None) -> When | None:
    """ "IN 2019 the commission accused troops of killing nine", "counted 171 bodies": what was told long ago was done
    by then."""
    day, published = told.when.latest if told is not None else None, view.document.published_on
    done = draft.violent and draft.governed.modality == "actual" and (account.stance == "alleged" or draft.tolls)
    if told is None or day is None or published is None or not done or day >= published - HISTORY:
        return None
    return replace(told.when, earliest=None, latest=day, edtf=f"../{day.isoformat()}", precision="span")


def has_period(view: View) -> bool:
    """Tell whether the sentence opens with a period of its own ("SINCE JANUARY our teams have ...")."""
    return any(t.kind == "since" and t.when.span.start < view.tree.start + _OPENING for t in view.sentence.times)


def published(view: View, modality: Modality) -> When | None:
    """With no time in the words, what is told as news happened by the day of publication; nobody says since when."""
    day: date | None = view.document.published_on
    if day is None or modality not in {"actual", "ongoing"}:
        return None
    start = view.tree.start
    edtf = f"../{day.isoformat()}"
    return When(Span(start, start, ""), None, day, edtf, "span", "publication")
