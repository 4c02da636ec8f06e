"""Room 4, parts of tolls: figures that the text replaces, and those that a larger one includes. Helper of `figures`."""

from __future__ import annotations

import re

from reportedly.claims.counted import PRONOUNS, REACH, SKIP_TAGS, Counted, Read, Scene
from reportedly.claims.raw_tolls import TOLD_BEFORE, RawToll, begins_anew, otherwise_harmed
from reportedly.knowledge.grammar import grammar_words
from reportedly.model.quick import replace

_FATALLY = grammar_words()["fatal_adverbs"]
_DYING = frozenset({"die", "succumb"})
_OPENERS = frozenset({"including", "among", "include", "includes", "included"})


def former(scene: Scene, counted: Counted) -> Read | None:
    """ "up from 30", "an earlier count of 30", "not 60 as first reported": a figure that the text replaces."""
    if counted.quantity.kind == "article":
        return None
    left = scene.left(counted.first)
    replaced = scene.outcomes.former.search(left) is not None or (
        left.endswith(" not ") and scene.outcomes.former_after.match(scene.right(counted.last)) is not None
    )
    lean = scene.known[-1] if scene.known else None
    replaced = replaced or (
        left.endswith(", not ") and lean is not None and _stands_before(scene, counted.first - 2, lean)
    )
    if not replaced or (lean is None and scene.toll_noun(counted.first) is None):
        return None
    noun = counted.noun if scene.kind_of(counted) else None
    alone = replace(counted, noun=noun, end=counted.end if noun is not None else counted.last)
    outcome = scene.toll_outcome(counted.first)
    if lean is not None and not _names_a_toll(scene, counted):
        outcome = lean.outcome
    raw, at, _ = scene.made(alone, outcome, counted.first)
    toll = scene.toll_noun(counted.first)
    if raw.head is None and toll is not None:
        raw = replace(raw, head=lean.head if lean is not None else scene.counted_by_toll(toll, counted.first))
    return replace(raw, superseded=True), at, lean


def _stands_before(scene: Scene, comma: int, toll: RawToll) -> bool:
    """ "corrected the toll to 12, NOT 21": a figure and, after a comma, the one that it is not."""
    return toll.quantity is not None and scene.tree[comma - 1].end == toll.end


def _names_a_toll(scene: Scene, counted: Counted) -> bool:
    """ "its earlier TOLL of 10": the words say whose figure it is, whatever was counted before."""
    toll = scene.toll_noun(counted.first)
    return toll == counted.first - 2 and scene.tree[toll].lemma in scene.outcomes.sure_toll_words


def said_at_first(scene: Scene, counted: Counted) -> bool:
    """ "AT FIRST 15 people WERE SAID to be dead": the words themselves announce another figure."""
    first = scene.outcomes.at_first.search(scene.left(counted.first)) is not None
    return first and scene.outcomes.were_said.match(scene.right(counted.last)) is not None


def part(scene: Scene, counted: Counted) -> Read | None:
    """ "7 of them children", "including 7 children", "of whom 10 were women", "- nine soldiers and a civilian"."""
    whole = _whole_before(scene, counted)
    if whole is None:
        return None
    return _of_them(scene, counted, whole) or _included(scene, counted, whole) or _after_among(scene, counted, whole)


def of_the_harmed(scene: Scene, counted: Counted) -> Read | None:
    """ "FIVE of the dead were farmers": of those told of in another sentence."""
    following = scene.words[counted.last + 1 : counted.last + 4]
    if len(following) < 3 or following[:2] != ["of", "the"]:
        return None
    outcome = scene.harm_noun(counted.last + 3)
    if outcome not in {"killed", "injured"}:
        return None
    noun = _kind_after(scene, counted.last + 4)
    end = noun if noun is not None else counted.last + 3
    figure = Counted(counted.quantity, counted.first, counted.last, noun, end)
    raw, at, _ = scene.made(figure, outcome, counted.last + 3)
    whole = _whole_before(scene, counted)
    here = whole if whole is not None and whole.outcome == outcome else None
    return replace(raw, part_of=here.start if here is not None else TOLD_BEFORE), at, here


def _whole_before(scene: Scene, counted: Counted) -> RawToll | None:
    wholes = [t for t in scene.known if t.end <= counted.quantity.start and t.part_of is None and not t.superseded]
    return max(wholes, key=lambda t: t.end, default=None)


def _of_them(scene: Scene, counted: Counted, whole: RawToll) -> Read | None:
    following = scene.words[counted.last + 1 : counted.last + 3]
    if (
        counted.quantity.qualifier == "vague"
        or following[:1] != ["of"]
        or len(following) < 2
        or following[1] not in PRONOUNS
    ):
        return None
    if scene.words[counted.first - 1] not in {",", "(", "-", "–", "—", "and"} or scene.words[
        counted.first - 2 : counted.first
    ] == [",", "and"]:
        return None
    noun = _kind_after(scene, counted.last + 3)
    figure = Counted(
        counted.quantity, counted.first, counted.last, noun, noun if noun is not None else counted.last + 2
    )
    if whole.outcome == "injured" and any(
        t.lemma in _DYING or t.lower in _FATALLY for t in scene.tree.tokens[counted.last + 3 : counted.last + 8]
    ):
        raw, at, _ = scene.made(figure, "killed", counted.first)
        return raw, at, whole
    raw, at, _ = scene.made(figure, whole.outcome, counted.first)
    return replace(raw, part_of=whole.start), at, whole


def _kind_after(scene: Scene, start: int) -> int | None:
    """The noun that says who the part are: "7 of them [were] CHILDREN"."""
    tree, found = scene.tree, None
    for index in range(start, min(len(tree), start + 6)):
        token = tree[index]
        if token.is_noun:
            found = index
        elif found is not None or token.tag not in {"DT", "JJ", "VBD", "VBG", "RB", "HYPH"}:
            break
    return found if found is not None and scene.is_person(found) else None


def _included(scene: Scene, counted: Counted, whole: RawToll) -> Read | None:
    """The figure follows words of inclusion, or one that does, with nothing but a list between."""
    tree = scene.tree
    if begins_anew(tree, counted.first, counted.end) or otherwise_harmed(
        tree, counted.last, whole.outcome, scene.outcomes.by_word
    ):
        return None
    index = counted.first - 1
    between = 0
    while index >= 0 and between < 9 and tree[index].start >= whole.end:
        word = scene.words[index]
        if word in _OPENERS or (word in {"-", "–", "—"} and tree[index].tag != "HYPH" and scene.kind_of(counted)):
            if _only_pronouns(scene, index + 1, counted.first) or _is_list(scene, index + 1, counted.first):
                raw, at, _ = scene.made(counted, whole.outcome, index)
                return replace(raw, part_of=whole.start), at, whole
            return None
        if tree[index].is_verb and word not in {"were", "was"}:
            break
        index, between = index - 1, between + 1
    return _of_whom(scene, counted, whole)


def _after_among(scene: Scene, counted: Counted, whole: RawToll) -> Read | None:
    """ "AMONG the 23 dead were a priest and FOUR NUNS"."""
    tree = scene.tree
    first = next((t.i for t in tree if t.start <= whole.start < t.end), None)
    opened = first is not None and "among" in scene.words[max(0, first - 2) : first]
    last = next((t.i for t in tree if t.end >= whole.end), counted.first)
    between = [t for t in tree.tokens[last + 1 : counted.first] if t.lemma != "be"]
    if not opened or len(between) > 3 * REACH or any(t.is_verb or t.tag in {".", ":"} for t in between):
        return None
    if counted.quantity.kind == "article" and not scene.kind_of(counted):
        return None
    raw, at, _ = scene.made(counted, whole.outcome, counted.first)
    return replace(raw, part_of=whole.start), at, whole


def _only_pronouns(scene: Scene, start: int, stop: int) -> bool:
    return all(w in PRONOUNS | {"of", "the", "are", "were", "was", "is", ","} for w in scene.words[start:stop])


def _is_list(scene: Scene, start: int, stop: int) -> bool:
    return all(t.tag in SKIP_TAGS for t in scene.tree.tokens[start:stop])


def _of_whom(scene: Scene, counted: Counted, whole: RawToll) -> Read | None:
    """ "of whom 10 were women"; "of the 20 people killed, eight were soldiers"."""
    left = scene.left(counted.first)
    opened = re.search(r"\bof (?:whom|which|these|those|them) $", left) is not None
    begun = (
        scene.words[0] == "of"
        and whole.start <= scene.tree[min(3, len(scene.tree) - 1)].start
        and left.endswith((", ", ", and ", " and "))
    )
    if not (opened or begun):
        return None
    here = counted.last + 1
    if here >= len(scene.tree) or scene.tree[here].lemma != "be":
        return None
    noun = _kind_after(scene, here + 1)
    if noun is None:
        return None
    figure = Counted(counted.quantity, counted.first, counted.last, noun, noun)
    raw, at, _ = scene.made(figure, whole.outcome, counted.first)
    return replace(raw, part_of=whole.start), at, whole
