"""Room 4, event times: which of a sentence's times belong to which event word.

Doors: `time_of`, `days_of`, `is_since`. The nearest by syntax wins; a time that dates the telling, or an act that only
speaks of the event, is left to it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from reportedly.claims.place_seats import head_at
from reportedly.claims.slots import FAR, distance
from reportedly.model.quick import quick, replace
from reportedly.model.reading import Sentence, TimeRead
from reportedly.model.syntax import SUBJECTS, Tree

_OPEN = frozenset({"since", "until", "duration"})
_COUNTED_FROM = frozenset({"after", "before"})
_NOW = frozenset({"VBZ", "VBP"})
_SIMULTANEOUS = frozenset({"when", "as", "while", "where"})


@quick
@dataclass(frozen=True, slots=True)
class Rivals:
    """What else a time may date: heads of the cues of tellings and of the sentence's other events."""

    cues: Collection[int]
    others: Collection[int]


def time_of(
    sentence: Sentence, anchors: Collection[int], rivals: Rivals, words: Mapping[str, frozenset[str]]
) -> tuple[TimeRead | None, TimeRead | None]:
    """Return the time of the event, and the time at which it was told (where a cue is nearer to it)."""
    best: tuple[tuple[bool, bool, int], TimeRead] | None = None
    told: TimeRead | None = None
    dated = _dated(sentence, anchors)
    for time in sentence.times:
        at = head_at(sentence.tree, time.when.span)
        if at is None or not (time.event_day or time.kind in _OPEN):
            continue
        near = _nearness(sentence.tree, time, at, anchors, rivals, words, dated)
        cue = min((distance(sentence.tree, at, c) for c in rivals.cues), default=FAR)
        rival = min((distance(sentence.tree, at, o) for o in rivals.others), default=FAR)
        rank = (not time.event_day, _counts_from(sentence.tree, time), near)
        if cue < near:
            told = told or (time if time.event_day else None)
        elif near <= min(rival, FAR - 1) and (best is None or rank < best[0]):
            best = (rank, time)
    return (_opened(sentence.tree, best[1], words) if best else None), told


def _counts_from(tree: Tree, time: TimeRead) -> bool:
    """ "shot dead on Wednesday, DAYS AFTER taking office": counted from something that has no day itself."""
    last = tree.at(time.when.span.start, time.when.span.end)
    after = tree[last[-1]] if last else None
    if after is None or after.lower not in _COUNTED_FROM or after.i + 1 >= len(tree):
        return False
    return tree[after.i + 1].tag not in {",", ".", ":"}


def _opened(tree: Tree, time: TimeRead, words: Mapping[str, frozenset[str]]) -> TimeRead:
    """ "DIED OF WOUNDS on Friday": on that day or before it, nobody says since when, was done what killed."""
    when, verb = time.when, _governor(tree, tree.at(time.when.span.start, time.when.span.end))
    if verb is None or when.latest is None or not _of_wounds(tree, verb, words):
        return time
    return replace(time, when=replace(when, earliest=None, edtf=f"../{when.latest.isoformat()}", precision="span"))


def _of_wounds(tree: Tree, verb: int, words: Mapping[str, frozenset[str]]) -> bool:
    """ "died OF HIS WOUNDS", "died IN HOSPITAL"; "two soldiers HURT in the attack died"."""
    if tree[verb].lemma not in words["dying_verbs"]:
        return False
    who = tree.children(verb, *SUBJECTS)
    hurt = any(tree[c].lemma in words["wounding_verbs"] for s in who for c in tree.children(s, "acl", "relcl"))
    ends = (o for p in tree.children(verb, "prep") for o in tree.children(p, "pobj"))
    return hurt or any(tree[o].lemma in words["wound_nouns"] for o in ends)


def days_of(sentence: Sentence, words: Mapping[str, frozenset[str]]) -> Iterator[str]:
    """The days that a sentence names, but for those on which something was told or somebody died of wounds."""
    tree = sentence.tree
    cues = {t.cue_head for t in sentence.tellings}
    for time in sentence.times:
        inside = tree.at(time.when.span.start, time.when.span.end)
        verb = _governor(tree, inside)
        day = time.event_day and time.when.precision == "day" and verb not in cues
        if day and not (verb is not None and _of_wounds(tree, verb, words)):
            yield time.when.edtf


def _nearness(
    tree: Tree,
    time: TimeRead,
    at: int,
    anchors: Collection[int],
    rivals: Rivals,
    words: Mapping[str, frozenset[str]],
    dated: Collection[int],
) -> int:
    """Arcs between a time and an event; 0 where the clause is about the time, far where the time dates another act."""
    inside = tree.at(time.when.span.start, time.when.span.end)
    if any(_described_by(tree, inside, h) or _deplored_on(tree, inside, h, words) for h in anchors):
        return 0
    if any(_reference_point(tree, at, h) for h in anchors):
        return FAR
    if time.kind == "since" and any(_opens_period(tree, at, h) for h in anchors):
        return 0
    if time.kind == "since" and _of_who_they_are(tree, at, anchors):
        return FAR
    if any(_of_its_cause(tree, inside, h, rivals.others) for h in anchors):
        return 1
    own = [h for h in anchors if not _spoken_of(tree, inside, h, words)]
    suffering = words["suffering_nouns"]
    with_it = {h: _with_it(tree, h, at, suffering) for h in own if h not in dated}
    together = [*own, *(o for others in with_it.values() for o in others if o not in rivals.cues)]
    return min((distance(tree, at, o) for o in together), default=FAR)


def _dated(sentence: Sentence, anchors: Collection[int]) -> frozenset[int]:
    """Verbs with a day of their own, which share nobody else's ("wounded two, and ON SUNDAY they SHOT three")."""
    if len(sentence.times) < 2:
        return frozenset()
    tree = sentence.tree
    at = {tree[i].head for t in sentence.times if t.event_day for i in tree.at(t.when.span.start, t.when.span.end)}
    return frozenset(h for h in anchors if not at.isdisjoint((h, *tree.children(h, "prep"))))


def _with_it(tree: Tree, head: int, at: int, suffering: frozenset[str]) -> Iterator[int]:
    """Verbs that share their time with the event: those it goes on from after the time, and the main clause.

    "YESTERDAY rebels arrived in the village and SHOT 16 men", "entered the town ON FRIDAY and TOOK the base"; "escaped
    TONIGHT when he was AMBUSHED", "was the target of a BOMBING on Monday".
    """
    first = tree.first_conjunct(head)
    if first != head and tree[first].is_verb and at < head:
        yield first
    token = tree[first]
    if token.dep == "advcl" and any(tree[m].lower in _SIMULTANEOUS for m in tree.children(first, "mark", "advmod")):
        yield token.head
    if token.dep == "advcl" and token.tag == "VBG" and at < head and not tree.has(first, "mark", *SUBJECTS):
        yield token.head  # "IN MAY they shelled the town, KILLING two"
    called = tree[tree[token.head].head]
    if token.dep == "pobj" and called.dep == "attr" and called.lemma in suffering:
        yield called.head


def _of_its_cause(tree: Tree, inside: Collection[int], head: int, others: Collection[int]) -> bool:
    """ "LAST YEAR's protests left 60 DEAD": the harm was done when the happening was that is said to have done it."""
    verb = head if tree[head].is_verb else tree[head].head
    cause = tree.child(verb, "nsubj")
    return cause in others and any(tree[i].dep == "poss" and tree[i].head == cause for i in inside)


def _spoken_of(tree: Tree, inside: Collection[int], head: int, words: Mapping[str, frozenset[str]]) -> bool:
    """ "INVESTIGATE the murder today", "reported on the attack on Monday": the time is not that of the event."""
    if tree[head].is_verb:
        return False
    governor, apart = _governor(tree, inside), words["dated_apart_verbs"]
    return (
        governor is not None
        and governor != head
        and tree[governor].lemma in apart
        and any(a == governor for a in tree.ancestors(head))
        and tree[_below(tree, head, governor)].dep not in {"nsubj", "nsubjpass", "advcl", "ccomp"}
    )


def _deplored_on(tree: Tree, inside: Collection[int], head: int, words: Mapping[str, frozenset[str]]) -> bool:
    """ "The group CONDEMNS the attack ON MONDAY": it does so now, and the day is that of the attack."""
    governor = _governor(tree, inside)
    if governor is None or tree[governor].tag not in _NOW or tree[governor].lemma not in words["deploring_verbs"]:
        return False
    return tree[head].dep == "dobj" and tree[head].head == governor


def _governor(tree: Tree, inside: Collection[int]) -> int | None:
    """The word that a time hangs from, prepositions left out."""
    top = next((i for i in inside if tree[i].head not in inside), None)
    if top is None:
        return None
    above = (a for a in tree.ancestors(top) if tree[a].dep != "prep" and tree[a].tag != "IN")
    return next(above, None)


def _below(tree: Tree, head: int, governor: int) -> int:
    """The word on the way from an event up to a governor that hangs from the governor itself."""
    here = head
    for above in tree.ancestors(head):
        if above == governor:
            return here
        here = above
    return here


def _described_by(tree: Tree, inside: Collection[int], head: int) -> bool:
    """ "late 2021, when the regime STRUCK a deal": the clause tells what happened at the time."""
    return any(tree[i].dep == "relcl" and tree[i].head in inside for i in (head, *tree.ancestors(head)))


def _of_who_they_are(tree: Tree, at: int, anchors: Collection[int]) -> bool:
    """ "released nine men whom they had HELD SINCE JUNE": what is said of the men since then."""
    verb = next((a for a in tree.ancestors(at) if tree[a].is_verb), None)
    if verb is None or tree[verb].dep != "relcl":
        return False
    return not any(verb == h or tree.covers(verb, h) for h in anchors)


def _opens_period(tree: Tree, at: int, head: int) -> bool:
    """ "150,000 have DIED since fighting broke out IN APRIL": what is told of since then, not what broke out."""
    return any(tree.covers(c, at) for c in tree.children(head, "advcl") if is_since(tree, c))


def is_since(tree: Tree, clause: int) -> bool:
    """Tell whether a clause says with what a period began ("SINCE fighting broke out in April")."""
    return tree[clause].dep == "advcl" and any(tree[m].lower == "since" for m in tree.children(clause, "mark"))


def _reference_point(tree: Tree, at: int, head: int) -> bool:
    """ "in the days following the ATTACK", "two days after gunmen KILLED ten": the event dates the time, not the other
    way."""
    marks = tree.children(head, "mark")
    if any(tree[m].lower in {"after", "before"} and m in {at, at + 1} for m in marks):
        return True
    if tree.covers(head, at):
        return False
    for index in (head, *tree.ancestors(head)):
        if tree[index].lower in {"following", "after", "before", "since"} and abs(index - at) <= 3:
            # "captured the town ON SATURDAY after heavy FIGHTING": the day is of the capture
            return index < at or tree.covers(index, at) or tree.covers(at, index)
        if tree[index].is_verb and tree[index].lower not in {"following"}:
            return False
    return False
