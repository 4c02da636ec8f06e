"""Room 4, settings: where and when a happening was that its own words do not say, and those just before them do.

Doors: `set_in` and `settled_when`. "In THE TOWN" is the town named last, what "RESIDENTS OF X" report happened there,
and the sentence before may set the scene: "On 4 June soldiers arrived in X. They shot nine men."
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

from reportedly.claims.attribution import Account
from reportedly.claims.draft import Draft
from reportedly.claims.periods import is_perfect
from reportedly.claims.view import View
from reportedly.model import ARMED_KINDS, Claim, Document, PlaceRef, When
from reportedly.model.reading import Sentence
from reportedly.model.syntax import Token

_FINE = frozenset({"point", "near", "unresolved"})
_GIVEN = frozenset({"the", "that", "this"})
_REACH = 300  # code points back to the name that "the town" stands for
_SPECIAL = frozenset({"camp", "settlement", "community"})  # of which there may be several in one town
_SITES = frozenset({"in", "at", "inside", "near", "outside", "into", "on"})


def set_in(view: View, draft: Draft, account: Account, before: Claim | None) -> PlaceRef | None:
    """Where a happening was whose own words name no place."""
    if not draft.violent:
        return None
    return _pointed_at(view, draft) or _told_there(view, account) or _settled_place(view, draft, before)


def _pointed_at(view: View, draft: Draft) -> PlaceRef | None:
    """The place named last before "in THE TOWN", "in THE SAME VILLAGE" or "THERE" in the clause of an event."""
    if "there" not in view.tree.forms and view.words["towns"].isdisjoint(view.tree.lemmas):
        return None
    pointer = next(iter(_pointers(view, draft)), None)
    if pointer is None:
        return None
    at, places = pointer.start, view.story.places
    index = bisect_left(places, at, key=lambda p: p.span.start)
    told = [p for p in reversed(places[:index]) if p.precision in _FINE and at - p.span.end <= _REACH]
    told = [p for p in reversed(view.sentence.places) if p.span.start < at and p.precision in _FINE] + told
    if pointer.lower == "there":
        return _one_of(told, view.document)
    called = [p for p in told if _is_called(view, p, pointer.lemma)]
    if called or pointer.lemma in _SPECIAL:
        return next(iter(called), None)
    return next(iter(told), None)


def _one_of(told: Sequence[PlaceRef], document: Document) -> PlaceRef | None:
    """The place named last, where its sentence names no other."""
    if not told:
        return None
    start = max((s.start for s in document.segments if s.start <= told[0].span.start), default=0)
    return told[0] if len({p.name for p in told if p.span.start >= start}) == 1 else None


def _is_called(view: View, place: PlaceRef, noun: str) -> bool:
    """Tell whether the words beside a name call it by a noun: "Abu Shouk CAMP", "the VILLAGE of Bani"."""
    text = view.document.text
    around = text[max(0, place.span.start - len(noun) - 4) : place.span.end + len(noun) + 1].lower()
    return noun in around


def _pointers(view: View, draft: Draft) -> list[Token]:
    """The words in the clause of an event that point back to a place."""
    tree, towns = view.tree, view.words["towns"]
    found = []
    for token in tree:
        if token.lower == "there" and token.dep == "advmod" and token.head in draft.heads:
            found.append(token)
        pointing = token.lemma in towns and token.dep == "pobj" and tree[token.head].lower in _SITES
        if not pointing or tree.has(token.i, "compound", "prep", "appos", "nmod", "poss", "relcl", "acl"):
            continue
        given = any(tree[d].lower in _GIVEN for d in tree.children(token.i, "det"))
        plain = all(tree[a].lower == "same" for a in tree.children(token.i, "amod"))
        if given and plain and _in_clause(view, draft, token.i):
            found.append(token)
    return found


def _in_clause(view: View, draft: Draft, index: int) -> bool:
    """Tell whether no other clause lies between a word and the event."""
    for above in view.tree.ancestors(index):
        if above in draft.heads:
            return True
        if view.tree[above].is_verb:
            return False
    return False


def _told_there(view: View, account: Account) -> PlaceRef | None:
    """Where those live who tell of it: "RESIDENTS OF BANI report houses burning"."""
    for telling in reversed(account.tellings):
        speaker = telling.speaker
        if speaker is not None and speaker.role in view.words["who_live_there"]:
            inside = (p for p in view.sentence.places if speaker.span.covers(p.span) and p.precision in _FINE)
            return next(inside, None)
    return None


def _settled_place(view: View, draft: Draft, before: Claim | None) -> PlaceRef | None:
    """The one place that the sentence before names, where no happening was told in it and this goes on from none."""
    setting = _setting(view, draft, before)
    named = [p for p in setting.places if p.precision in _FINE] if setting is not None else []
    return named[0] if len({p.name for p in named}) == 1 else None


def settled_when(view: View, draft: Draft, before: Claim | None) -> When | None:
    """The one day that the sentence before names."""
    setting = _setting(view, draft, before)
    days = [t.when for t in setting.times if t.event_day] if setting is not None else []
    return days[0] if len(days) == 1 and days[0].precision == "day" and not view.sentence.times else None


def _setting(view: View, draft: Draft, before: Claim | None) -> Sentence | None:
    """The sentence before in the same paragraph, where all it tells is that armed people were somewhere."""
    last, here, story = view.story.before, view.sentence, view.story
    if before is not None or last is None or not draft.violent or here.places or is_perfect(view, draft):
        return None
    if last.paragraph != here.paragraph or last.sentence != here.sentence - 1 or story.last_sentence >= last.sentence:
        return None
    return last if any(a.kind in ARMED_KINDS for a in last.actors.values()) else None
