"""Room 4, antecedents: which happening told before a sentence speaks of again.

Doors: `antecedent(view, draft)`, `elsewhere(view, place, before)`, `several(view, draft)` for "these attacks",
`is_known(view, draft)`, `told_before(view, draft)`, `lie_apart(one, other)`. Where two happenings fit, none does: a
deed pinned on a wrong happening is worse than one that stands alone.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise

from reportedly.claims.background import of_such
from reportedly.claims.deeds import is_deed, is_figure, is_refused, is_unsaid
from reportedly.claims.draft import Draft
from reportedly.claims.periods import is_before, lasts
from reportedly.claims.view import View
from reportedly.knowledge.lexicon import NOUN
from reportedly.model import GROUP_KINDS, Claim, PlaceRef
from reportedly.model.quick import replace

_FORCES = frozenset({"state_forces", "external_forces", "government"})
_DONE = frozenset({"actual", "historical"})
_NEAR = 3  # sentences back to the last happening
_FAR = 12  # sentences back where the text has told of one happening only
_FINE = frozenset({"point", "near", "district"})
_MOST = 6  # happenings that "these attacks" may sum up, and sentences back to the first of them
_GIVEN = frozenset({"the", "this", "that"})
_SUMMING = frozenset({"these", "those", "both", "all"})
_CHARGED = frozenset({"alleged", "suspected"})
_ATTACKING = frozenset({"attacker", "assailant", "raider"})
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
    if is_before(view, draft) or lasts(view, draft) or any(of_such(view.tree, i) for i in draft.hit.tokens):
        return None
    if is_deed(draft) and (is_figure(draft) or view.tree[draft.hit.head].lemma in view.words["figure_nouns"]):
        return _counted(view, draft)
    if is_refused(draft) or (is_deed(draft) and view.tree[draft.hit.head].lemma in view.words["accusation_nouns"]):
        return _accused(view, draft) or _disowned(view, draft)
    if (just := _related(view, draft) or _pointed_at(view, draft)) is not None:
        return just
    if is_unsaid(draft) and view.story.last_sentence < view.story.foiled <= view.sentence.sentence:
        return None  # "Police defused a bomb. They suspect X": of the bomb, and of nothing told before it
    near = _last(view, draft)
    if near is not None and is_unsaid(draft) and (disputed := _disputed(view, near)) is not None:
        return disputed
    at = view.tree[draft.hit.head].start
    if near is not None and is_unsaid(draft) and near.trigger.start > at:
        near = None  # "said it was RESPONSIBLE, adding that it had also burned a plane"
    if not draft.violent or not (is_deed(draft) or is_known(view, draft)):
        return near
    reach = _FAR if near is None else _NEAR
    here = view.sentence.sentence
    harm = near is not None and _mere_harm(near)  # "three soldiers were hurt": in what was told just before it
    first = min(here - reach, view.story.last_sentence - 1) if harm else here - reach
    told = [c for c, where in view.story.happenings if first <= where <= here and _fits(draft, c)]
    told = [c for c in told if not is_unsaid(draft) or c.trigger.start < at]
    told = _latest([c for c in told if not _done_to(view, draft, c)])
    near = near if near is None or is_unsaid(draft) or near in told or not told else None
    near = None if near is not None and _done_to(view, draft, near) else near
    if near is not None:
        return _fullest([near, *(c for c in told if not _apart(near, c) and not _of_others(near, c))])
    return _fullest(told) if told and not any(_apart(told[-1], c) for c in told) else None


def _disputed(view: View, near: Claim) -> Claim | None:
    """ "X accused Y of the raid. ... Z BLAMED W": in a paragraph of its own, of what somebody was accused of before."""
    story, here = view.story, view.sentence.sentence
    if near.stance in _CHARGED or story.last_paragraph == view.sentence.paragraph:
        return None
    told = (c for c, at in reversed(story.happenings) if here - at <= _MOST and c.modality == "actual")
    return next((c for c in told if c.stance in _CHARGED and c.initiators), None)


def _related(view: View, draft: Draft) -> Claim | None:
    """ "revenge for the killing of X, WHICH villagers BLAME on rangers": the one told just before in the sentence."""
    tree, at = view.tree, view.tree[draft.hit.head].start
    which = [c for c in tree.children(draft.hit.head, "dobj", "nsubjpass") if tree[c].tag == "WDT"]
    if not is_unsaid(draft) or not which or tree[which[0]].lower != "which":
        return None
    here = (c for c, where in reversed(view.story.happenings) if where == view.sentence.sentence)
    return next((c for c in here if c.trigger.start < at), None)


def _pointed_at(view: View, draft: Draft) -> Claim | None:
    """ "On 2 May a bomb destroyed the office. THAT ATTACK was blamed on X": the one told just before."""
    tree, story = view.tree, view.story
    if not draft.violent or draft.hit.pos != NOUN or story.last is None or tree[draft.hit.head].tag != "NN":
        return None
    if not any(tree[d].lower in {"that", "this"} for d in tree.children(draft.hit.head, "det")):
        return None
    last, at = story.last, story.last_sentence
    if at == view.sentence.sentence and _said_of_party(view, last, draft):  # "X, which claimed a raid in May, ..."
        last, at = next(((c, s) for c, s in reversed(story.happenings) if s < at), (last, at))
    near = view.sentence.sentence - at == 1 and not last.aggregate
    told = replace(last, modality=draft.governed.modality)
    return last if near and last.modality in _DONE and _fits(draft, told) else None


def _latest(claims: list[Claim]) -> list[Claim]:
    """The happenings without those of an earlier day than another's: background, to a text that goes on."""
    days = [_day(c) for c in claims]
    last = max((d for d in days if d is not None), default=None)
    return [c for c, day in zip(claims, days, strict=True) if day is None or day == last]


def _day(claim: Claim) -> str | None:
    when = claim.when
    dated = when is not None and when.basis != "publication" and when.precision == "day" and "X" not in when.edtf
    return when.edtf if when is not None and dated else None


def _done_to(view: View, draft: Draft, claim: Claim) -> bool:
    """Tell whether those who are blamed or take it on are those whom a happening was done to: "troops killed four of
    the gunmen. The group claimed THE SIEGE"."""
    named = [view.actors[i] for i in draft.found.initiators if i in view.actors]
    groups = [a for a in named if a.kind in GROUP_KINDS]
    forces = [i for i in claim.initiators if i.kind in _FORCES]
    return bool(groups) and len(groups) == len(named) and bool(forces) and len(forces) == len(claim.initiators)


def _counted(view: View, draft: Draft) -> Claim | None:
    """ "Parents dispute THE FIGURE": the last happening of which a number of people is told; "put IT at 12": whose toll
    the sentence before tells."""
    here = view.sentence.sentence
    if view.tree[draft.hit.head].lower == "it":
        near = (c for c, at in reversed(view.story.happenings) if 0 <= here - at <= 1)
        return next((c for c in near if any(t.running for t in c.tolls)), None)
    told = (c for c, at in reversed(view.story.happenings) if 0 <= here - at <= _FAR)
    return next((c for c in told if any((t.best or t.low or 0) > 1 for t in c.tolls)), None)


def _accused(view: View, draft: Draft) -> Claim | None:
    """ "The army rejected THE ACCUSATION": the last happening of which whoever rejects it was accused."""
    here, at = view.sentence.sentence, view.tree[draft.hit.head].start
    denying = {t.speaker.actor_id for t in view.sentence.tellings if t.speaker is not None and t.covers(at)} - {None}
    charged = _CHARGED | {"asserted"} if is_refused(draft) and denying else _CHARGED
    told = [c for c, where in reversed(view.story.happenings) if 0 <= here - where <= _NEAR and c.stance in charged]
    told = [c for c in told if c.trigger.start < at]
    if not denying and not is_refused(draft):  # "its commander dismissed THE CHARGE": the one made just before
        return next((c for c in told[:1] if c.initiators), None)
    return next((c for c in told if any(i.actor_id in denying for i in c.initiators)), None)


def _disowned(view: View, draft: Draft) -> Claim | None:
    """ "The front condemned the raid and said it had nothing to do with IT": the one told just before."""
    last, gap = view.story.last, view.sentence.sentence - view.story.last_sentence
    about = is_refused(draft) and view.tree[draft.hit.head].dep == "pobj"
    near = last is not None and about and gap <= 1 and last.trigger.start < view.tree[draft.hit.head].start
    return last if near and last is not None and last.modality in _DONE and not last.aggregate else None


def in_order(view: View, drafts: Iterable[Draft]) -> list[Draft]:
    """Return the drafts of a sentence, those last that its opening phrase names: what "IN AN ATTACK blamed on X, gunmen
    killed nine" blames X for is what the clause tells."""
    told = [done_as_told(view, d) for d in drafts]
    return sorted(told, key=lambda d: _opens(view, d, told))


def _opens(view: View, draft: Draft, drafts: Iterable[Draft]) -> bool:
    tree = view.tree
    noun = tree[draft.hit.head]
    prep = tree[noun.head]
    if noun.dep != "pobj" or prep.lower != "in" or not noun.i < prep.head or not draft.violent:
        return False
    return any(d is not draft and d.violent and prep.head in d.heads for d in drafts)


def done_as_told(view: View, draft: Draft) -> Draft:
    """Return what was planned and told before as done as done: "X planned THE ATTACK", after who died in it."""
    if draft.governed.modality != "planned" or not is_known(view, draft) or not _in_past(view, draft):
        return draft
    done = replace(draft, governed=replace(draft.governed, modality="actual"))
    return done if antecedent(view, done) is not None else draft


def _in_past(view: View, draft: Draft) -> bool:
    """Tell whether the nearest word that governs an event is past, or that it is done for a purpose."""
    tags = [view.tree[index].tag for _, index in draft.governed.effects]
    return bool(tags) and tags[0] in {"VBD", "VBN"}


def several(view: View, draft: Draft) -> list[Claim]:
    """Return the happenings that a plural sums up for which somebody is named: "blamed X for THESE ATTACKS".

    Going back from the sentence, until one that says itself who did it; none where that leaves fewer than two.
    """
    if not _sums_up(view, draft):
        return []
    here, found = view.sentence.sentence, list[Claim]()
    for claim, at in reversed(view.story.happenings):
        if claim.event_type == _IN_CELLS:
            continue
        if here - at > _MOST or any(i.actor_id for i in claim.initiators) or len(found) == _MOST:
            break
        if _fits(draft, claim) and (claim.targets or claim.tolls):
            found.append(claim)
    found = found[:2] if any(t.lower == "both" and t.head == draft.hit.head for t in view.tree) else found
    return found[::-1] if len(found) > 1 else []


def _sums_up(view: View, draft: Draft) -> bool:
    tree, head = view.tree, draft.hit.head
    if not draft.violent or draft.tolls or draft.found.targets or not draft.found.initiators:
        return False
    determiners = {tree[d].lower for d in tree.children(head, "det", "predet")}
    if tree[head].tag != "NNS":
        return tree[head].lower in {"behind", "for"} and any(
            tree[c].lower in _PLURAL for c in tree.children(head, "pobj")
        )
    return bool(determiners & _SUMMING) or (determiners == {"the"} and not draft.found.means)


_IN_CELLS = "attack.torture"  # violence that nobody calls an attack
_PLURAL = frozenset({"them", "these", "those"})


def _last(view: View, draft: Draft) -> Claim | None:
    """The last happening, where it lies near enough and nothing speaks against it."""
    story = view.story
    last = story.last
    gap = view.sentence.sentence - story.last_sentence
    if last is None or not draft.violent or gap > _NEAR or gap < 0:
        return None
    if last.aggregate:
        return None
    if last.modality != draft.governed.modality:
        return last if last.modality == "historical" and gap <= 1 and of_those_told(view, draft, last) else None
    if (entry := view.label) is not None and last.trigger.start < entry.start:
        return None
    if draft.event_type in _HARM and view.sentence.paragraph != story.last_paragraph and _moved(view, last):
        return None
    if is_deed(draft) or is_known(view, draft) or draft.event_type in _HARM:
        return last
    near = gap <= 1 and view.sentence.paragraph == story.last_paragraph and not _said_besides(view, draft)
    near = near and not (draft.event_type == "attack.massacre" and last.event_type.startswith("battle."))
    return last if near and not (gap == 0 and _said_of_party(view, last, draft)) else None


def _moved(view: View, last: Claim) -> bool:
    """Tell whether a paragraph speaks of another place by now: "Police broke up a crowd IN BASRA; eight were hurt"."""
    start, here = view.document.paragraphs[view.sentence.paragraph].start, last.place
    if here is None or here.precision not in _FINE:
        return False
    named = (p for p in view.story.places if start <= p.span.start < view.tree.start and p.precision in _FINE)
    return any(lie_apart(p, here) for p in named)


def of_those_told(view: View, draft: Draft, last: Claim) -> bool:
    """ "In 2023 gunmen attacked a patrol. Three of THE ATTACKERS were shot dead": of the happening before."""
    tree = view.tree
    if not draft.tolls or view.sentence.paragraph != view.story.last_paragraph:
        return False
    parts = (p for t in draft.found.targets for p in tree.children(t, "prep"))
    harmed = (*draft.found.targets, *(o for p in parts for o in tree.children(p, "pobj")))
    known = {i for i in harmed if any(tree[d].lower == "the" for d in tree.children(i, "det"))}
    roles = {a.role for a in (*last.initiators, *last.targets) if a.role}
    return any(tree[i].lemma in roles or (tree[i].lemma in _ATTACKING and last.initiators) for i in known)


def _said_of_party(view: View, last: Claim, draft: Draft) -> bool:
    """ "the army, which RETOOK the town in September, said ...": what is only said of somebody is another happening."""
    tree = view.tree
    at = next((t.i for t in tree if t.start == last.trigger.start), None)
    if at is None:
        return False
    clauses = (i for i in (at, *tree.ancestors(at)) if tree[i].dep == "relcl")
    return any(not tree.covers(c, draft.hit.head) for c in clauses)


def _said_besides(view: View, draft: Draft) -> bool:
    """ "The group, which claimed AN ATTACK in May, ...": what a clause tells with "a" is none told before."""
    tree, head = view.tree, draft.hit.head
    new = draft.hit.pos == NOUN and any(tree[d].lower in {"a", "an", "another"} for d in tree.children(head, "det"))
    return new and any(tree[a].dep == "relcl" for a in tree.ancestors(head))


def is_known(view: View, draft: Draft) -> bool:
    """Tell whether an event noun speaks of its happening as known: "THE attack", "THIS killing"."""
    tree = view.tree
    if draft.hit.pos != NOUN:
        return False
    return any(tree[d].lower in _GIVEN for d in tree.children(draft.hit.head, "det"))


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


def _of_others(near: Claim, claim: Claim) -> bool:
    """Tell whether what was broken near and who was harmed before are of two happenings: a bank, and a mayor."""
    things = [{t.kind in _THINGS for t in c.targets} for c in (near, claim)]
    return things == [{True}, {False}] and not claim.event_type.startswith(("explosion.", "strike.", "battle."))


_THINGS = frozenset({"facility", "company"})


def told_before(view: View, draft: Draft) -> bool:
    """Tell whether the text told of such a happening: who says "there was no raid" speaks of that one."""
    return any(claim.event_type == draft.event_type for claim, _ in view.story.happenings)


def elsewhere(view: View, place: PlaceRef | None, before: Claim | None) -> bool:
    """Tell whether a happening lies in another place than the one before: of the times told of that one, it shares only
    the day that its own paragraph names."""
    other = before.place if before is not None else None
    if before is None or place is None or other is None or not lie_apart(place, other):
        return False
    here = before is view.story.last and view.story.last_paragraph == view.sentence.paragraph
    return not here or before.when is None or before.when.precision != "day"


def same_place(view: View, own: PlaceRef | None, before: PlaceRef | None) -> bool:
    """ "the strike on THE CITY in eastern Ukraine": the place told before, in the country or region that is named; "the
    hills OF X" are X's own."""
    if own is None or before is None or own.precision in _FINE or before.precision not in _FINE:
        return False
    tree, generic = view.tree, view.knowledge.place_words.generic
    ways = (tree.ancestors(i) for i in tree.at(own.span.start, own.span.end))
    steps = ((at, a) for way in ways for at, a in pairwise(way) if tree[a].lemma in generic)
    over, kind = next(steps, (None, None))
    if over is not None and tree[over].lower == "of":
        return False
    known = kind is not None and any(tree[d].lower == "the" for d in tree.children(kind, "det"))
    return known and not lie_apart(own, before)


def lie_apart(one: PlaceRef, other: PlaceRef) -> bool:
    """Tell whether neither of two places may lie in the other."""
    if one.place_id is None or other.place_id is None or one.place_id == other.place_id:
        return False
    if one.country != other.country:
        return None not in {one.country, other.country}
    if "country" in {one.precision, other.precision}:
        return False
    return {one.precision, other.precision} <= _FINE or one.admin1 != other.admin1


def _fullest(claims: Iterable[Claim]) -> Claim:
    """The claim that says most of it; of equals the first."""
    return max(claims, key=lambda c: (bool(c.targets) + bool(c.place) + bool(c.tolls), not _mere_harm(c)))


def _mere_harm(claim: Claim) -> bool:
    return claim.event_type in _HARM or (claim.event_type == "battle.attack" and not claim.initiators)
