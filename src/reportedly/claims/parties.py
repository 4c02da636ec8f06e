"""Room 4, parties: who did it and to whom, of one happening, with those that blame or responsibility adds.

Door: `parties(view, draft, account)`. Says nobody rather than a thing, an area or an abstraction.
"""

from __future__ import annotations

from collections.abc import Iterable

from reportedly.claims.attribution import Account
from reportedly.claims.belonging import taken_for
from reportedly.claims.clause import spread
from reportedly.claims.coreference import is_person, may_be_self, standing_for
from reportedly.claims.draft import Draft
from reportedly.claims.party import acts, as_force, is_belonging, is_hit, is_spot, papers, party, role_armed, suffers
from reportedly.claims.raw_tolls import OF_THOSE_BEFORE
from reportedly.claims.reasons import note_parties
from reportedly.claims.recipients import recipients
from reportedly.claims.taking_on import with_tellers
from reportedly.claims.view import View
from reportedly.knowledge.lexicon import NOUN
from reportedly.model import ARMED_KINDS, GROUP_KINDS, ActorRef, Span
from reportedly.model.quick import replace
from reportedly.model.reading import Telling

_GOES_THERE = frozenset({"diplomacy.visit"})  # of which a place, without its government named, is the target
_STRIKES = frozenset({"strike", "airstrike", "shelling", "bombardment", "raid"})  # by which a state hits
_BORDERS = frozenset({"border", "frontier"})
_WHOLE = (None, OF_THOSE_BEFORE)
_SELF = frozenset({"it", "they", "he", "she", "we", "i"})


def parties(view: View, draft: Draft, account: Account) -> tuple[tuple[ActorRef, ...], tuple[ActorRef, ...]]:
    """Initiators and targets, with those that blame or responsibility adds."""
    initiators = [
        b
        for i in _with_those_taken_for(view, draft)
        if (a := party(view, i, draft)) is not None
        and acts(view, i, b := _as_militia(view, _as_state(view, i, a, draft), draft))
        and not (draft.violent and _by_bystanders(view, i, a))
    ]
    targets = [
        a
        for i in draft.found.targets
        if (a := party(view, i, draft)) is not None
        and any(c.isalpha() for c in a.span.quote)  # "over 100 captured"
        and (not draft.violent or suffers(view, i, a) or is_hit(view, i, a, draft))
    ]
    initiators = with_tellers(view, draft, account, initiators)
    initiators = _told_of_others(view, draft, account) or initiators
    initiators = _spoken_of_self(view, draft, account, initiators)
    if not draft.violent:
        targets = _recipients(view, draft, initiators)
    elif not targets:
        targets = _said_to_be(view, draft) or _victims(view, draft, initiators) or _rioted_at(view, draft, initiators)
    if draft.violent and draft.hit.frame != "mutual":
        doers = {i.actor_id for i in initiators} - {None}
        targets = [t for t in targets if t.actor_id not in doers]  # whom "them" stands for is not who did it
    if view.trace.full:
        _note_blamed(view, draft)
        note_parties(view, draft, {a.span for a in (*initiators, *targets)})
    return _distinct(initiators), _distinct(targets)


def _with_those_taken_for(view: View, draft: Draft) -> list[int]:
    """Those who did it, and whom the words around them say that they are: "by men THOUGHT TO BE Taliban"."""
    named = draft.found.initiators
    known = {view.actors[i].actor_id for i in named if i in view.actors} - {None}
    others = [o for i in named for o, _ in taken_for(view.tree, i, view.words) if _names_group(view, o)]
    return [*named, *(o for o in others if o not in named and view.actors[o].actor_id not in known)]


def _names_group(view: View, index: int) -> bool:
    ref = view.actors.get(index)
    return ref is not None and (ref.actor_id is not None or role_armed(view, ref))


def _victims(view: View, draft: Draft, initiators: list[ActorRef]) -> list[ActorRef]:
    """Those whom the tolls count, where the words name nobody else ("opened fire, killing TEN MEN")."""
    own = {(a.span.start, a.span.end) for a in initiators}
    heads = [t.head for t in draft.tolls if t.head is not None and t.part_of in _WHOLE and t.high != 0]
    heads = [h for h in dict.fromkeys(heads) if not _among_others(view, h) and not _own_loss(view, h)]
    found = [a for i in heads if (a := party(view, i, draft)) is not None and suffers(view, i, a)]
    return [a for a in found if a.kind != "facility" and (a.span.start, a.span.end) not in own]


def _own_loss(view: View, index: int) -> bool:
    """ "attacked its lines and LOST 40 MEN": whose men they are did the deed to others."""
    above = view.tree[view.tree[index].head]
    return above.lemma == "lose" and view.tree[index].dep == "dobj"


def _said_to_be(view: View, draft: Draft) -> list[ActorRef]:
    """ "The dead were HERDERS", "six of those killed were MILITANTS": who those harmed are said to have been."""
    tree, found = view.tree, list[ActorRef]()
    for index in (*draft.found.targets, *draft.heads):
        while tree[index].dep in {"pobj", "prep", "acl"}:
            index = tree[index].head
        if tree[index].dep == "nsubj" and tree[tree[index].head].lemma == "be":
            named = spread(tree, tree.children(tree[index].head, "attr"))
            named = tuple(i for i in named if tree[i].lemma not in view.words["suffering_nouns"])
            found += [a for i in named if (a := party(view, i, draft)) is not None and suffers(view, i, a)]
    return found


def _among_others(view: View, index: int) -> bool:
    """ "AMONG THE DEAD were two soldiers": a part of those harmed does not tell whom it was done to."""
    tree = view.tree
    return any(tree[p].lower == "among" for p in tree.children(tree[index].head, "prep"))


def _as_militia(view: View, ref: ActorRef, draft: Draft) -> ActorRef:
    """People by the name of theirs who do an armed deed ("FULANI HERDERS killed nine") are its militia, whom it is
    done to stays civilian."""
    if ref.kind != "civilians" or ref.actor_id is not None or not draft.event_type.startswith(_ARMED_DEEDS):
        return ref
    people = not view.knowledge.lexicon.ethnic.isdisjoint(ref.span.quote.lower().split())
    return replace(ref, kind="identity_militia") if people else ref


_ARMED_DEEDS = ("attack.", "battle.", "abduction.", "destruction.")


def _as_state(view: View, index: int, ref: ActorRef, draft: Draft) -> ActorRef:
    """The nationality of an act of war stands for that state ("RUSSIAN shelling"), as its name would."""
    if ref.country is None or ref.actor_id is not None or not draft.violent:
        return ref
    if ref.kind == "facility" and ref.role in view.knowledge.lexicon.aircraft:
        return as_force(view, ref, "")  # "RUSSIAN AIRCRAFT killed nine"
    struck = ref.kind == "unknown" and view.tree[index].lemma in _STRIKES  # "an ISRAELI STRIKE hit a school"
    noun = draft.hit.pos == NOUN or view.tree[index].head in draft.hit.tokens  # "repelled a RUSSIAN assault"
    people = ref.kind == "civilians" and ref.role is None and view.tree[index].dep == "compound"  # read as a name
    bare = (people or (ref.kind == "unknown" and view.tree[index].tag == "JJ")) and noun
    if not (bare or struck) or draft.event_type.startswith("unrest."):
        return ref
    state = view.knowledge.actors.by_id.get(f"{ref.country.lower()}-gov")
    if state is None:
        return replace(ref, kind="government")
    return replace(ref, kind="government", actor_id=state.id, name=state.name)


def _note_blamed(view: View, draft: Draft) -> None:
    for telling in view.sentence.tellings:
        if telling.culprit in draft.found.initiators and telling.culprit in view.actors:
            span = view.actors[telling.culprit].span
            view.note(draft.hit.head, "initiator", span, f"whom “{telling.cue.quote}” blames")


def _spoken_of_self(view: View, draft: Draft, account: Account, initiators: list[ActorRef]) -> list[ActorRef]:
    """ "The army said IT had withdrawn", "WE killed ...", the group said: who speaks is who did it."""
    claimant = account.claimant
    speaker = claimant.speaker if claimant is not None else None
    bystanders = speaker is not None and speaker.kind == "civilians" and draft.violent
    others = claimant is None or bystanders or not may_be_self("they", claimant)
    if not initiators and others and draft.violent and (going_on := _they(view, draft)) is not None:
        return [going_on]
    told = None if initiators else _subject_above(view, draft)
    if told is not None and (claimant is not None or told.kind in ARMED_KINDS or told.actor_id is not None):
        return [told]
    if (
        initiators
        or claimant is None
        or speaker is None
        or (speaker.role or "") in view.words["not_a_party"] | papers(view)
    ):
        return initiators
    tree = view.tree
    voices = {"we", "i"} if claimant.quoted or speaker.kind == "civilians" else _SELF
    voices = voices - {"it"} if is_person(speaker, view.knowledge.lexicon) else voices
    apart = others or (draft.violent and _armed_before_them(view, draft, claimant))
    voices = voices - {"they"} if apart else voices
    if any(tree[i].lower in voices for i in draft.found.initiators):
        view.note(draft.hit.head, "initiator", speaker.span, "speaks of itself")
        return [speaker]
    own = [view.actors[i] for i in draft.found.initiators if i in view.actors]
    return [standing_for(ref, speaker) for ref in own if _is_own_unit(view, ref, speaker)]


def _told_of_others(view: View, draft: Draft, account: Account) -> list[ActorRef]:
    """ "Soldiers raided X. Villagers say THEY burned nine houses": the armed people told of before, not who tells."""
    speaker = account.claimant.speaker if account.claimant is not None else None
    they = next((i for i in draft.found.initiators if view.tree[i].lower == "they" and i in view.actors), None)
    if they is None or speaker is None or speaker.kind != "civilians" or not draft.violent:
        return []
    return [_as_pronoun(view, draft, they, one) for one in _armed_just_now(view)]


def _armed_just_now(view: View) -> tuple[ActorRef, ...]:
    """Those who did the last happening, told in the sentence before or in this one, where all of them bear arms."""
    last, gap = view.story.last, view.sentence.sentence - view.story.last_sentence
    if last is None or gap > 1 or any(i.kind not in ARMED_KINDS for i in last.initiators):
        return ()
    return last.initiators


def _as_pronoun(view: View, draft: Draft, pronoun: int, ref: ActorRef) -> ActorRef:
    """The reference in the words of the pronoun that stands for it."""
    view.note(draft.hit.head, "initiator", ref.span, "goes on from the act of violence before", ref.name or "")
    token = view.tree[pronoun]
    return replace(ref, span=Span.of(view.document.text, token.start, token.end))


def _armed_before_them(view: View, draft: Draft, telling: Telling) -> bool:
    """ "TROOPS killed nine when THEY opened fire, the commission said": who tells is not who did it."""
    they = [i for i in draft.found.initiators if view.tree[i].lower == "they"]
    told = (i for i, a in view.actors.items() if a.kind in ARMED_KINDS and telling.covers(a.span.start))
    return bool(they) and any(i < they[0] for i in told)


def _by_bystanders(view: View, index: int, ref: ActorRef) -> bool:
    """ "THEY burned nine huts, residents said": residents tell what others did, and so do the United Nations."""
    return ref.kind in {"civilians", "international_organisation"} and view.tree[index].lower == "they"


def _they(view: View, draft: Draft) -> ActorRef | None:
    """ "THEY also burned a clinic": those who did the violence told just before."""
    acting = view.story.memory.acting(view.sentence.sentence)
    pronoun = next((i for i in draft.found.initiators if view.tree[i].lower == "they" and i in view.actors), None)
    if pronoun is None:
        return None
    if acting is None:
        return _blamed_before(view, pronoun) or _armed_before_it(view, pronoun)
    others = (a for i, a in view.actors.items() if i < pronoun and a.actor_id != acting.actor_id)
    if any(a.kind in ARMED_KINDS for a in others):
        return None
    ref = standing_for(view.actors[pronoun], acting)
    view.note(draft.hit.head, "initiator", ref.span, "goes on from the act of violence before", acting.name or "")
    return ref


def _armed_before_it(view: View, pronoun: int) -> ActorRef | None:
    """ "Gunmen stormed a bar. THEY shot three men": nobody else is named before them in the sentence."""
    armed = _armed_just_now(view)
    others = any(a.kind in ARMED_KINDS or a.kind == "civilians" for i, a in view.actors.items() if i < pronoun)
    return standing_for(view.actors[pronoun], armed[0]) if len(armed) == 1 and not others else None


def _blamed_before(view: View, pronoun: int) -> ActorRef | None:
    """ "blamed armed youths and said THEY abducted five": the one party of arms named before in the sentence."""
    armed = {a.span: a for i, a in view.actors.items() if i < pronoun and a.kind in ARMED_KINDS}
    return standing_for(view.actors[pronoun], next(iter(armed.values()))) if len(armed) == 1 else None


def _subject_above(view: View, draft: Draft) -> ActorRef | None:
    """ "The front released two soldiers IT had kidnapped, officials said": who acts in the clause around it."""
    tree = view.tree
    for index in draft.found.initiators:
        clause = tree[tree[index].head]
        if tree[index].lower not in _SELF or clause.dep != "relcl":
            continue
        verb = next((a for a in tree.ancestors(clause.i) if tree[a].is_verb), None)
        above = tree.child(verb, "nsubj") if verb is not None else None
        cues = {t.cue_head for t in view.sentence.tellings}
        ref = view.actors.get(above) if above is not None and verb not in cues else None
        if ref is not None and acts(view, ref_index := above or 0, ref) and tree[ref_index].tag != "PRP":
            return standing_for(view.actors[index], ref) if index in view.actors else ref
    return None


def _is_own_unit(view: View, ref: ActorRef, speaker: ActorRef) -> bool:
    """ "URBAN COMMANDO UNITS staged the attack", the front reports: units that an armed group names no further are its
    own."""
    if speaker.kind not in GROUP_KINDS or ref.actor_id is not None:
        return False
    plain = view.words["war_party_forms"] | view.words["war_parties"] | {"our"}
    return all(w.removesuffix("s") in plain for w in ref.span.quote.lower().split())


def _recipients(view: View, draft: Draft, initiators: list[ActorRef]) -> list[ActorRef]:
    """Of an act without violence, those it is done to, others than who does it; where it names nobody, the things."""
    own = {(a.span.start, a.span.end) for a in initiators}
    ids = {a.actor_id for a in initiators if a.actor_id}

    strict = True

    def other(index: int) -> ActorRef | None:
        ref = party(view, index, draft)
        if ref is None or (ref.span.start, ref.span.end) in own or ref.actor_id in ids:
            return None
        if _is_place(view, index, ref, draft) and draft.event_type not in _GOES_THERE:
            return None
        return ref if acts(view, index, ref) and not (strict and _is_vague(view, index, ref)) else None

    def named(index: int) -> bool:
        ref = other(index)
        return ref is not None and (ref.actor_id is not None or ref.country is not None or _side(view, index, ref))

    hit = replace(draft.hit, tokens=tuple(sorted({*draft.hit.tokens, *draft.heads})))
    many = hit.pos == NOUN and any(view.tree[i].tag == "NNS" for i in draft.found.initiators)
    if hit.frame == "mutual" and (
        many or len(initiators) > 1
    ):  # "Chad and Niger signed a deal ON MIGRANTS", "LEADERS held a summit": all named
        return [a for i in draft.found.targets if (a := other(i)) is not None]
    heads = recipients(view.tree, hit, draft.found, lambda index: other(index) is not None, named, view.words)
    if not heads:
        strict = False
        heads = recipients(view.tree, hit, draft.found, lambda index: other(index) is not None, named, view.words)
    found = [_thing_of(view, i, a, draft) for i in heads if (a := other(i)) is not None]
    for ref in found if not set(heads) & set(draft.found.targets) else ():
        view.note(draft.hit.head, "target", ref.span, "the nearest by syntax to whom the act can be done")
    return found or [
        a
        for i in draft.found.targets
        if (a := party(view, i, draft)) is not None and a.kind == "facility" and not _own_word(draft, i)
    ]


def _rioted_at(view: View, draft: Draft, initiators: list[ActorRef]) -> list[ActorRef]:
    """ "riots AGAINST the policies of the JUNTA": people riot against what somebody does."""
    riot = draft.event_type == "unrest.riot"
    against = riot and any(view.tree[p].lower == "against" for p in view.tree.children(draft.hit.head, "prep"))
    return [a for a in _recipients(view, draft, initiators) if a.kind != "facility"] if against else []


def _own_word(draft: Draft, index: int) -> bool:
    """ "offered its good OFFICES": what is done between parties, and no thing."""
    return draft.event_type.startswith("diplomacy.") and index in draft.hit.tokens


def _thing_of(view: View, index: int, ref: ActorRef, draft: Draft) -> ActorRef:
    """For a mere "GREEK" the thing that is Greek, where it is what the act is done to: "seized a Greek TANKER"."""
    above = view.tree[index].head
    if view.tree[index].dep not in {"amod", "compound", "nmod"} or above not in {
        *draft.found.targets,
        *draft.hit.tokens,
    }:
        return ref
    thing = party(view, above, draft)
    known = thing is not None and thing.kind == "facility" and thing.country == ref.country
    return thing if thing is not None and known else ref


def _side(view: View, index: int, ref: ActorRef) -> bool:
    """Tell whether a noun before another names a side of politics or war: "OPPOSITION calls", "REBEL demands"."""
    token = view.tree[index]
    own = is_belonging(view, view.tree[token.head].lemma)
    return own and ref.role is not None and ref.kind not in {"unknown", "facility", "civilians"}


def _is_vague(view: View, index: int, ref: ActorRef) -> bool:
    """Tell whether only a country beside a common noun makes it somebody ("proposed Israeli CHANGES")."""
    token = view.tree[index]
    known = ref.kind != "unknown" or ref.actor_id is not None or token.is_proper
    return not known and token.tag in {"NN", "NNS"} and (ref.role or "") not in view.knowledge.lexicon.roles


def _is_place(view: View, index: int, ref: ActorRef, draft: Draft) -> bool:
    """Tell whether a name is that of a place and no more, or only says where a place is ("a COLOMBIAN province")."""
    token = view.tree[index]
    if token.dep in {"amod", "compound", "nmod"} and is_spot(view, above := view.tree[token.head].lemma):
        return above not in _BORDERS or not draft.event_type.startswith("posture.")  # "tanks on the SYRIAN border"
    bare = ref.kind == "unknown" and ref.actor_id is None and ref.role is None and ref.country is None
    return bare and any(place.span.overlaps(ref.span) for place in view.sentence.places)


def _distinct(refs: Iterable[ActorRef]) -> tuple[ActorRef, ...]:
    """The references without repeated words, in the order given."""
    seen: dict[tuple[int, int], ActorRef] = {}
    for ref in refs:
        seen.setdefault((ref.span.start, ref.span.end), ref)
    return tuple(seen.values())
