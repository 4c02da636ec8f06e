"""Room 4, consequences: what came of a happening, told in a clause that hangs from it, is no happening by itself.

Door: `with_consequences(sentence, drafts)`. Who flees from fighting is a toll of the fighting ("clashed, DISPLACING
3,000 families"); police whose tear gas hurts people used more force than disperses them ("tear gas, INJURING 26").
"""

from __future__ import annotations

from collections.abc import Sequence

from reportedly.claims.clause import subject
from reportedly.claims.draft import HARM, Draft
from reportedly.model.quick import replace
from reportedly.model.reading import Sentence

_POLICING = "protest.intervention"
_FORCE = "unrest.excessive_force"
_FLIGHT = "displacement."
_DEPENDENT = frozenset({"advcl", "conj", "xcomp"})


def with_consequences(sentence: Sentence, drafts: Sequence[Draft]) -> list[Draft]:
    """Return the happenings with what came of them, and no longer beside them."""
    found = _without_duds(sentence, drafts)
    for draft in drafts:
        flight = draft.event_type.startswith(_FLIGHT)
        if not (flight or draft.event_type in HARM) or not draft.tolls or draft.governed.modality != "actual":
            continue
        cause = _cause(sentence, draft, found)
        if cause is None:
            continue
        at = found.index(cause)
        if flight and cause.violent:
            found[at] = replace(cause, tolls=(*cause.tolls, *draft.tolls))
            found.remove(draft)
        elif not flight and cause.event_type == _POLICING:
            found[at] = _forced(cause, draft)
            found.remove(draft)
    return found


def _without_duds(sentence: Sentence, drafts: Sequence[Draft]) -> list[Draft]:
    """ "A device thrown at a bank FAILED TO GO OFF": one attack, and it failed."""
    found = list(drafts)
    for dud in drafts:
        device = subject(sentence.tree, dud.hit.head) if _failed(sentence, dud) else None
        for other in found if device is not None else ():
            own = {*other.heads, *other.hit.tokens}
            if other is not dud and other.event_type.startswith("explosion.") and device in own:
                governed = replace(other.governed, modality="attempted")
                found[found.index(other)] = replace(other, governed=governed, heads=(*other.heads, *dud.heads))
                found.remove(dud)
                break
    return found


def _failed(sentence: Sentence, draft: Draft) -> bool:
    """Tell whether the words say that something did not go off."""
    unexploded = draft.event_type == "weapons.disrupted" and sentence.tree[draft.hit.head].lemma == "fail"
    return unexploded or (draft.governed.modality == "attempted" and draft.hit.frame == "burst")


def with_dead_attackers(sentence: Sentence, drafts: Sequence[Draft]) -> list[Draft]:
    """Return the happenings, those of the attackers who died at the hands of who beat them off: "gang members were
    repelled by police, LEAVING 28 GANG MEMBERS DEAD"."""
    tree, found = sentence.tree, list(drafts)
    for defence in drafts:
        if defence.event_type != "battle.clash" or defence.hit.frame != "act" or not defence.found.initiators:
            continue
        beaten = {tree[i].lemma for i in defence.found.targets}
        for harm in drafts:
            dead = {tree[i].lemma for i in harm.found.targets}
            own = {tree[i].lemma for i in harm.found.initiators}
            if (
                harm.event_type in HARM
                and dead
                and dead <= beaten
                and (own <= beaten or defence.hit.head in tree.ancestors(harm.hit.head))
            ):
                found[found.index(harm)] = replace(harm, found=replace(harm.found, initiators=defence.found.initiators))
    return found


def _cause(sentence: Sentence, draft: Draft, drafts: Sequence[Draft]) -> Draft | None:
    """The happening from whose words the participle of this one hangs."""
    tree, here = sentence.tree, draft.hit.head
    while tree[here].dep == "conj" and tree[tree[here].head].is_verb and tree[here].tag == "VBG":
        here = tree[here].head
    if tree[here].dep in {"ccomp", "xcomp"} and tree[tree[here].head].tag == "VBG":
        here = tree[here].head  # "FORCING thousands to flee"
    if tree[here].tag != "VBG" or tree[here].dep not in _DEPENDENT:
        return None
    above = tree[here].head
    heads = {above, *tree.children(above, "nsubj", "nsubjpass")}
    return next((d for d in drafts if d is not draft and not heads.isdisjoint(d.heads)), None)


def _forced(policing: Draft, harm: Draft) -> Draft:
    targets = policing.found.targets or harm.found.targets
    return replace(
        policing,
        event_type=_FORCE,
        violent=True,
        heads=(*policing.heads, *harm.heads),
        found=replace(policing.found, targets=targets),
        tolls=(*policing.tolls, *harm.tolls),
    )
