"""Room 4, a party: whether a word can be a party of what happens, and who it then is.

Doors: `party(view, index, draft)`; `whose_people` for the victims of figures; `acts` and `suffers` for who can do and
undergo something; `as_force`, `role_armed`, `is_spot`, `is_belonging`, `papers`. Says nobody rather than a thing, an
area or an abstraction.
"""

from __future__ import annotations

from collections.abc import Iterable

from reportedly.claims.coreference import self_named, standing_for, voiced_body
from reportedly.claims.draft import Draft
from reportedly.claims.view import View
from reportedly.knowledge.apart import is_violent
from reportedly.knowledge.lexicon import NOUN
from reportedly.model import ARMED_KINDS, GROUP_KINDS, ActorRef, Span
from reportedly.model.quick import replace
from reportedly.model.reading import Telling
from reportedly.model.syntax import Token


def party(view: View, index: int, draft: Draft) -> ActorRef | None:
    """The actor that a phrase names, where it can be a party: no time, event word, abstraction or bare "that"."""
    ref = view.actors.get(index)
    if ref is not None:
        voices = [t for t in _voices(view) if view.tree[index].dep != "dobj" or t.cue_head != view.tree[index].head]
        named = self_named(ref, voices, view.actors.values(), view.knowledge.lexicon)  # whom X blames is not X
        ref = _own(view, index, named)
    token = view.tree[index]
    armed = ref is not None and ref.kind in ARMED_KINDS  # "PAKISTANI ARTILLERY SHELLS hit a house"
    own = index in draft.heads and token.lemma not in view.words["doer_nouns"] and not armed
    if ref is None or own or token.tag in {"WDT", "EX"} or _nobody(view, index):
        return None
    if not ref.span.start <= token.start < ref.span.end:
        return ref  # "DOZENS of rebels": the rebels
    bare = ref.actor_id is None and (ref.role or token.lower) == token.lower
    if bare and token.lower in view.words["not_a_party"] and not _one_of_people(view, index):
        return None
    if token.tag in {"DT", "JJ"} and ref.actor_id is None and ref.country is None:
        return None
    if token.tag == "NN" and token.lemma in view.words["nobody_alone"] and not view.tree.children(index):
        return None
    if token.tag == "CD" and ref.actor_id is None and not view.tree.has(index, "prep"):
        return None  # "wounded THREE": a figure is nobody; "three of my NEIGHBOURS" are
    if any(t.start <= token.start < t.end for t in (x.when.span for x in view.sentence.times)):
        return None
    if _is_event_word(view, index, draft) or (token.lemma in view.words["abstract"] and ref.kind != "facility"):
        return None
    return ref


def _one_of_people(view: View, index: int) -> bool:
    """Tell whether a number stands for somebody named after it: "ONE of its fighters"."""
    return view.tree[index].tag == "CD" and view.tree.has(index, "prep")


def _nobody(view: View, index: int) -> bool:
    """ "no group", "neither side": nobody is named."""
    nobody = view.knowledge.lexicon.reporting.lists["nobody"]
    if nobody.isdisjoint(view.tree.forms):
        return False
    return any(view.tree[d].lower in nobody for d in view.tree.children(index, "det", "preconj"))


def _is_event_word(view: View, index: int, draft: Draft) -> bool:
    """Tell whether a noun is a happening itself; to what is attacked "an AID CONVOY" is none."""
    token = view.tree[index]
    ref = view.sentence.actors.get(index)
    if (ref is not None and ref.actor_id is not None) or token.lemma in view.words["doer_nouns"]:
        return False
    return any(
        h.head == index and h.pos == NOUN and (is_violent(h.event_type) or not draft.violent)
        for h in view.sentence.triggers
    )


def _own(view: View, index: int, ref: ActorRef) -> ActorRef:
    """For "ITS troops" or "THEIR jets" the body that the pronoun stands for, or the force of the state that it stands
    for; other references as they are."""
    tree = view.tree
    if ref.actor_id is not None or "PRP$" not in tree.tags:
        return ref
    head = next((i for i in tree.at(ref.span.start, ref.span.end) if tree[i].end == ref.span.end), index)
    whose = next((c for c in tree.children(head, "poss") if tree[c].tag == "PRP$"), None)
    if whose is None:
        return ref
    words, lemma = view.knowledge.lexicon.actor_words, tree[head].lemma
    craft = lemma in words["war_craft"] or lemma in view.knowledge.lexicon.aircraft
    fights = craft or role_armed(view, ref)
    if not fights and lemma not in words["own_people"]:
        return ref
    if tree[whose].lower in {"his", "her"}:
        return _of_leader(view, ref)
    body = _owner(view, tree[whose])
    if body.kind == "state_forces" != ref.kind and tree[whose].lower == "their" and role_armed(view, ref):
        return ref  # "the army said that THEIR FIGHTERS died": hardly the army's
    if body.kind in ARMED_KINDS or (fights and body.actor_id is not None and body.kind in _ALLIANCES):
        return replace(standing_for(ref, body), role=ref.role)
    if not fights or body.kind != "government" or body.actor_id is None or body.country is None:
        return ref
    return as_force(view, replace(ref, country=body.country), ref.role or "")


_ALLIANCES = frozenset({"international_organisation", "other"})  # whose aircraft are their own


def _owner(view: View, pronoun: Token) -> ActorRef:
    """Who a possessive stands for: the speaker of what it stands in, else the one body named shortly before."""
    text = view.document.text
    ref = ActorRef(Span.of(text, pronoun.start, pronoun.end), role=pronoun.lower)
    bodies = [a for a in view.actors.values() if a.actor_id or a.kind in ARMED_KINDS or a.kind == "government"]
    speaker = self_named(ref, _voices(view), bodies, view.knowledge.lexicon)
    if speaker is not ref or any(a.actor_id and a.span.end <= pronoun.start for a in view.actors.values()):
        return speaker
    return view.story.memory.resolve(ref, view.sentence.sentence, text)


def whose_people(view: View, heads: Iterable[int | None]) -> dict[int, ActorRef]:
    """The victims at these words that are somebody's own: "the group said 12 of ITS FIGHTERS died" are the group's."""
    possessed = [h for h in heads if h is not None and h in view.actors and view.tree.has(h, "poss")]
    return {head: _own(view, head, view.actors[head]) for head in possessed}


def _of_leader(view: View, ref: ActorRef) -> ActorRef:
    """For "HIS MEN", in what the leader of an armed group says, that group."""
    for telling in reversed(view.sentence.tellings):
        if telling.speaker is not None and any(c.covers(ref.span) for c in telling.content):
            body = voiced_body(telling.speaker, view.actors.values())
            return (
                replace(standing_for(ref, body), role=ref.role) if body.actor_id and body.kind in GROUP_KINDS else ref
            )
    return ref


def papers(view: View) -> frozenset[str]:
    return view.knowledge.lexicon.reporting.lists["papers"]


def _voices(view: View) -> tuple[Telling, ...]:
    """The tellings whose speaker may speak of itself: no report or letter does."""
    written = papers(view)
    return tuple(t for t in view.sentence.tellings if t.speaker is None or t.speaker.role not in written)


def acts(view: View, index: int, ref: ActorRef) -> bool:
    """Only people, bodies and names act; things and abstractions do not."""
    if ref.kind == "facility" and ref.actor_id is None:
        return False
    token = view.tree[index]
    capital = (
        token.is_noun and index > 0 and token.text[:1].isupper()
    )  # "the Front for Change", tagged as a common noun
    if ref.kind != "unknown" or ref.actor_id is not None or token.is_proper or capital:
        return True
    lifeless = is_spot(view, token.lemma) or is_belonging(view, token.lemma)
    return (ref.country is not None and not lifeless) or role_armed(view, ref) or _is_rank(view, index)


def _is_rank(view: View, index: int) -> bool:
    """A rank that stands for whoever has it: "the COLONEL", "two LIEUTENANTS"."""
    rank = view.knowledge.lexicon.titles.get(view.tree[index].lemma) == "state_forces"
    return rank and view.tree.has(index, "det", "nummod")


def is_belonging(view: View, lemma: str) -> bool:
    """Tell whether a noun is a thing or an abstraction, by the list or by its ending."""
    endings = view.words["abstract_endings"]
    return lemma in view.words["belongings"] or any(lemma.endswith(e) and len(lemma) > len(e) + 3 for e in endings)


def is_spot(view: View, lemma: str) -> bool:
    return lemma in view.words["areas"] or lemma in view.words["places_and_sites"]


def suffers(view: View, index: int, ref: ActorRef) -> bool:
    """People, bodies, names and things suffer; areas and abstractions do not."""
    token = view.tree[index]
    if ref.actor_id is not None or token.is_proper:
        return True
    if _counts_weapons(view, index, ref):
        return False
    if any(view.tree[c].is_proper for c in view.tree.children(index, "appos")):
        return True  # "its secretary, Omar Diallo": whatever the noun, somebody by name
    return ref.role is not None and ref.role in view.knowledge.lexicon.roles and token.lemma not in view.words["areas"]


def _counts_weapons(view: View, index: int, ref: ActorRef) -> bool:
    """ "fired DOZENS of rockets"."""
    counted = not ref.span.start <= view.tree[index].start < ref.span.end
    return counted and ref.role in view.words["striking_things"]


def role_armed(view: View, ref: ActorRef) -> bool:
    role = view.knowledge.lexicon.roles.get(ref.role or "")
    return role is not None and role.armed


def as_force(view: View, ref: ActorRef, role: str) -> ActorRef:
    """The reference as the force of its country that bearers of a role belong to."""
    force = view.knowledge.force_of(ref.country or "", role)
    if force is None:
        return replace(ref, kind="state_forces")
    return replace(ref, kind="state_forces", actor_id=force.id, name=force.name)


def is_hit(view: View, index: int, ref: ActorRef, draft: Draft) -> bool:
    """A thing that no list holds, as the object of a strike, an explosion or destruction: "shells hit a GRANARY"."""
    token, words = view.tree[index], view.words
    if (
        _counts_weapons(view, index, ref)
        or not draft.event_type.startswith(_HITTING)
        or token.tag not in {"NN", "NNS"}
        or ref.country is not None
    ):
        return False
    if token.head not in draft.heads or token.dep not in {"dobj", "nsubjpass"} or view.tree.has(index, "neg"):
        return False
    listed = any(token.lemma in words[n] for n in ("areas", "abstract", "striking_things", "places_and_sites"))
    return not listed and not is_belonging(view, token.lemma)


_HITTING = ("strike.", "explosion.", "destruction.")
