"""Room 3, speech: blame and responsibility.

Rules for verbs, tried before plain telling. Each takes a scene and a verb and returns a telling or None.
"""

from __future__ import annotations

from collections.abc import Sequence

from reportedly.knowledge.lexicon import NOUN
from reportedly.mentions.speech_scene import Scene, prepositions, speaker_of, subject_of
from reportedly.model import GROUP_KINDS, Span, Stance
from reportedly.model.reading import Telling
from reportedly.model.syntax import Token, Tree

_CLAIMABLE = ("attack.", "explosion", "strike.", "abduction.", "battle.")


def responsibility(scene: Scene, verb: Token) -> Telling | None:
    """ "claimed responsibility for", "denied involvement in", "took credit for", "claimed the attack"."""
    blame, tree = scene.words.blame, scene.tree
    if verb.lemma in blame["responsibility_deny"]:
        kind, stance = "denies", "denied"
    elif verb.lemma in blame["responsibility_verbs"]:
        kind, stance = "claims", "claimed"
    else:
        return None
    passive = scene.passive(verb.i)
    target = _responsible(scene, verb)
    if target is None:
        return _claimed_before(scene, verb)
    head = scene.agent(verb.i) if passive else subject_of(tree, verb.i)
    if head is None and not passive:
        head = _armed_before(scene, verb.i)
    head = _issuer(scene, head)
    if head is None or scene.negated(verb.i) or any(scene.negated(c) for c in tree.children(verb.i, "conj")):
        return None
    if verb.dep == "conj" and scene.negated(verb.head):
        return None
    content = scene.clause(target) if passive else with_phrases(scene, verb.i, target)
    if verb.dep == "relcl" and not tree.covers(verb.i, target):
        content = ()
    content = (*content, *_what_for(scene, verb, target, content))
    return scene.telling(verb.i, (*_deed_before(scene, verb), *content), _as_stance(stance), head, responsibility=kind)


def _issuer(scene: Scene, head: int | None) -> int | None:
    """Who gives out the paper that takes it on: "X distributed LEAFLETS claiming responsibility"."""
    tree = scene.tree
    if head is None or tree[head].dep != "dobj" or not scene.listed("papers", tree[head].lemma):
        return head
    verb = tree[head].head
    issuer = subject_of(tree, verb) if scene.listed("issues", tree[verb].lemma) and not scene.passive(verb) else None
    return head if issuer is None else issuer


def _claimed_before(scene: Scene, verb: Token) -> Telling | None:
    """ "Nine died in a raid on a hotel, WHICH was CLAIMED by X", "..., WHICH X CLAIMED": the clause hangs anywhere."""
    tree, passive = scene.tree, scene.passive(verb.i)
    if verb.lemma != "claim" or verb.dep not in {"relcl", "advcl"} or scene.negated(verb.i):
        return None
    which = tree.child(verb.i, "nsubjpass" if passive else "dobj")
    head = scene.agent(verb.i) if passive else tree.child(verb.i, "nsubj")
    who = scene.actors.get(head) if head is not None else None
    if which is None or tree[which].tag != "WDT" or who is None or who.kind not in GROUP_KINDS:
        return None
    return scene.telling(verb.i, (scene.span(which, which),), "claimed", head, responsibility="claims")


def _armed_before(scene: Scene, verb: int) -> int | None:
    """The known armed group named last before a verb whose subject the parse does not show."""
    kinds = {"rebel_group", "political_militia", "identity_militia"}
    named = (i for i, a in scene.actors.items() if i < verb and a.actor_id is not None and a.kind in kinds)
    return max(named, default=None)


def _what_for(scene: Scene, verb: Token, target: int, content: Sequence[Span]) -> tuple[Span, ...]:
    """The "for" phrase behind other words: "accepted responsibility this morning FOR THE DEATHS"."""
    tree = scene.tree
    if tree[target].lemma not in scene.words.blame["responsibility_nouns"]:
        return ()
    end = max((c.end for c in content), default=0)
    phrases = [p for p in tree.children(verb.i, "prep") if tree[p].lower in {"for", "in"} and tree[p].start >= end]
    return tuple(s for p in phrases if not _medium(scene, p) for s in scene.clause(p))


def _deed_before(scene: Scene, verb: Token) -> tuple[Span, ...]:
    """The deed that a relative clause speaks of: "AN ATTACK ON THE BASE for which X claimed responsibility"."""
    tree = scene.tree
    if verb.dep != "relcl" or not _reaches_back(scene, verb):
        return ()
    here = verb.head
    for above in (verb.head, *tree.ancestors(verb.head)):
        if tree[above].dep not in {"pobj", "prep", "conj", "compound"} and above != verb.head:
            here = above if tree[above].is_noun and tree[above].dep not in {"ROOT"} else here
            break
        if tree[above].is_noun and _is_deed(scene, above):
            here = above
    if not _is_deed(scene, here):  # "the raid that killed ten ON 31 OCTOBER, which ...": the nearest deed above
        here = next((a for a in tree.ancestors(here) if tree[a].is_noun and _is_deed(scene, a)), here)
    return scene.pieces(tree.bounds(here)[0], tree.bounds(verb.i)[0] - 1)


def _reaches_back(scene: Scene, verb: Token) -> bool:
    """Tell whether the clause's "for which" or "that" stands for the noun before it."""
    tree = scene.tree
    objects = tree.children(verb.i, "dobj")
    objects += [
        o for p in tree.children(verb.i, "prep") if tree[p].lower in {"for", "in"} for o in tree.children(p, "pobj")
    ]
    return any(tree[o].tag in {"WDT", "WP"} for o in objects)


def _is_deed(scene: Scene, noun: int) -> bool:
    lemma = scene.tree[noun].lemma
    return (NOUN, lemma) in scene.lexicon.triggers or lemma in scene.lexicon.words["deed_nouns"]


def held_responsible(scene: Scene, verb: Token) -> Telling | None:
    """ "held X responsible for the attack", "an attack for which X is held responsible"."""
    if verb.lemma not in scene.words.blame["hold"]:
        return None
    tree, passive = scene.tree, scene.passive(verb.i)
    guilt = _guilt(scene, verb.i)
    if guilt is None:
        return None
    culprit = tree.child(guilt, "nsubj") if tree[guilt].head == verb.i else _whole(tree, tree[guilt].head)
    if culprit is None:
        culprit = scene.described(verb.i) if passive else tree.child(verb.i, "dobj")
    if culprit is None:
        return None
    speaker = scene.agent(verb.i) if passive else speaker_of(scene, verb)
    last = max(tree.bounds(guilt)[1], tree.bounds(verb.i)[1])
    named = scene.pieces(tree.bounds(culprit)[0], min(tree.bounds(culprit)[1], guilt - 1))
    told = scene.pieces(guilt, last) if guilt < last else ()
    return scene.telling(verb.i, (*_deed_before(scene, verb), *named, *told), "alleged", speaker, culprit=culprit)


def _whole(tree: Tree, index: int) -> int:
    """The first of those named together, also where the parser took the last one's second word for another name."""
    over = tree[index].head if tree[index].dep == "appos" and tree[index].head == index - 1 else index
    return tree.first_conjunct(index if tree[index].is_proper else over)


def _guilt(scene: Scene, verb: int) -> int | None:
    """The word of guilt that the verb ascribes, wherever the parser put it."""
    tree, words = scene.tree, scene.words.blame["guilt"]
    objects = tree.children(verb, "dobj", "nsubj", "nsubjpass")
    near = [
        *tree.children(verb, "oprd", "acomp", "xcomp", "ccomp"),
        *(
            c
            for o in objects
            for each in tree.conjuncts(o)
            for named in (each, *tree.children(each, "appos"))
            for c in tree.children(named, "amod", "acl")
        ),
    ]
    return next((i for i in near if tree[i].lemma in words and i > verb), None)


def _as_stance(name: str) -> Stance:
    return "claimed" if name == "claimed" else "denied"


def _responsible(scene: Scene, verb: Token) -> int | None:
    """What is claimed or denied: responsibility, involvement, or the attack itself."""
    tree = scene.tree
    found = tree.child(verb.i, "nsubjpass" if scene.passive(verb.i) else "dobj")
    if found is None and verb.dep == "acl":
        found = scene.described(verb.i)
    if found is None:
        return None
    if verb.dep == "relcl" and tree[found].tag in {"WDT", "WP"}:
        found = verb.head
    lemma = tree[found].lemma
    if lemma in scene.words.blame["responsibility_nouns"]:
        return found
    if lemma in scene.lexicon.words["part_nouns"] and verb.lemma in scene.words.blame["responsibility_deny"]:
        return found  # "denied any ROLE"
    events = [t.event_type for t in scene.lexicon.triggers.get((NOUN, lemma), ())]
    if scene.listed("not_claimable", lemma):
        return None
    if (verb.lemma == "claim" or _owns(scene, verb)) and any(e.startswith(_CLAIMABLE) for e in events):
        return found
    return None


def _owns(scene: Scene, verb: Token) -> bool:
    """ "The FRONT ADMITTED the shooting": of an armed group that owns up; an army admits what befell it."""
    who = subject_of(scene.tree, verb.i) if verb.lemma in {"admit", "own"} and not scene.passive(verb.i) else None
    ref = scene.actors.get(who) if who is not None else None
    return ref is not None and ref.kind in GROUP_KINDS


def with_phrases(scene: Scene, verb: int, target: int) -> tuple[Span, ...]:
    """The object of a verb with the phrases after it that the parser gave to the verb: "94 killings | by soldiers"."""
    tree = scene.tree
    first, last = tree.bounds(target)
    if target > verb:
        first = max(first, verb + 1)
        for prep in tree.children(target, "prep"):
            if scene.listed("through", tree[prep].lower) and tree[prep].lower != "on" and tree.bounds(prep)[1] == last:
                last = prep - 1
        for child in tree.children(verb, "dobj"):
            left, right = tree.bounds(child)
            if left == last + 1:
                last = right  # "reported FIVE | INJURED AND NO DEATHS", read as two objects
        for child in tree.children(verb, "prep", "agent", "advcl"):
            left, right = tree.bounds(child)
            if left == last + 1 and not _medium(scene, child):
                last = right
        for child in tree.children(verb, "conj"):
            left, right = tree.bounds(child)
            if left <= last + 2 and tree[child].tag == "VBN" and not tree.has(child, "aux", "auxpass"):
                last = max(last, right)
    return scene.pieces(first, last)


def _medium(scene: Scene, prep: int) -> bool:
    """Tell whether a phrase says how or where it was told: "in a statement", "on Telegram", "through its news arm"."""
    tree = scene.tree
    if tree[prep].dep == "advcl":
        return tree[prep].tag == "VBG" or scene.listed("cites", tree[prep].lemma)
    if scene.listed("through", tree[prep].lower):
        return True
    inner = tree.child(prep, "pobj", "pcomp")
    if inner is None:
        return True
    return scene.listed("papers", tree[inner].lemma) or scene.listed("channels", tree[inner].lemma)


def blame(scene: Scene, verb: Token) -> Telling | None:
    """ "blamed X for Y", "blamed Y on X", "accused X of Y", "attributed Y to X", and their passives."""
    forms, tree = scene.words.blame, scene.tree
    if not any(verb.lemma in forms[k] for k in ("object_for", "object_of", "to", "on", "at", "with", "object_in")):
        return None
    passive = scene.passive(verb.i)
    victim = _accused(scene, verb, passive)
    if victim is None:
        return None
    speaker = scene.agent(verb.i) if passive else speaker_of(scene, verb)
    if not passive and tree[victim].lemma in scene.lexicon.words["part_nouns"]:
        return _part_of(scene, verb, victim, speaker)
    if scene.listed("judges", verb.lemma) or (verb.lemma in forms["at"] and tree[victim].lemma != "finger"):
        return None
    phrase = _blame_phrase(scene, verb, victim)
    if phrase is None:
        bare_passive = passive and (not tree.has(verb.i, "auxpass") or verb.lemma == "accuse")
        if verb.lemma not in {"accuse", "blame", "suspect"} or bare_passive or tree.has(verb.i, "ccomp", "xcomp"):
            return None
        bare: Stance = "suspected" if verb.lemma == "suspect" else "alleged"
        return scene.telling(verb.i, scene.clause(victim), bare, speaker, culprit=victim)
    prep, is_culprit = phrase
    culprit = tree.child(prep, "pobj") if is_culprit else victim
    content = (*_deed_before(scene, verb), *_blame_content(scene, verb, victim, prep, passive))
    stance: Stance = "suspected" if verb.lemma == "suspect" else "alleged"
    return scene.telling(verb.i, content, stance, speaker, culprit=culprit)


def _part_of(scene: Scene, verb: Token, part: int, speaker: int | None) -> Telling | None:
    """ "denounced THE ARMY'S INVOLVEMENT in the killing", "charged the responsibility OF the army for it"."""
    tree = scene.tree
    owners = tree.children(part, "poss")
    owners += [o for p in tree.children(part, "prep") if tree[p].lower == "of" for o in tree.children(p, "pobj")]
    deeds = [p for i in (part, verb.i) for p in tree.children(i, "prep") if tree[p].lower in {"in", "for"}]
    if not owners or not deeds:
        return None
    last = max(tree.bounds(p)[1] for p in deeds)
    content = scene.pieces(min(tree.bounds(part)[0], last), last)
    return scene.telling(verb.i, content, "alleged", speaker, culprit=owners[0])


def _accused(scene: Scene, verb: Token, passive: bool) -> int | None:
    """Who is blamed: the object, the noun before "whom", in the passive the subject, understood ones included."""
    tree = scene.tree
    if passive:
        found = scene.described(verb.i)
        return subject_of(tree, tree[verb.head].head) if found is None and verb.dep == "pcomp" else found
    found = tree.child(verb.i, "dobj")
    return verb.head if found is not None and tree[found].tag == "WP" and verb.dep == "relcl" else found


def fallen_on(scene: Scene, verb: Token) -> Telling | None:
    """ "Suspicion fell on X", "RESPONSIBILITY lies with Y": nobody says so."""
    tree = scene.tree
    noun = tree.child(verb.i, "nsubj") if scene.listed("falls", verb.lemma) else None
    stance = scene.words.nouns.get(tree[noun].lemma) if noun is not None else None
    stance = "alleged" if noun is not None and scene.accuses("laid", tree[noun].lemma) else stance
    if noun is None or stance not in {"suspected", "alleged"} or scene.negated(verb.i):
        return None
    prep = next((p for p in tree.children(verb.i, "prep") if tree[p].lower in {"on", "upon", "with"}), None)
    culprit = tree.child(prep, "pobj") if prep is not None else None
    if prep is None or culprit is None:
        return None
    return scene.telling(verb.i, scene.clause(prep), stance, None, culprit=culprit, cue=scene.span(noun, noun))


def _blame_phrase(scene: Scene, verb: Token, victim: int) -> tuple[int, bool] | None:
    """The phrase that names the deed (False) or the culprit (True), wherever the parser put it."""
    tree, forms = scene.tree, scene.words.blame
    places = [verb.i, *tree.conjuncts(victim)]
    if (agent := scene.agent(verb.i)) is not None:
        places.append(agent)
    for name in ("on", "to", "at"):
        if verb.lemma in forms[name]:
            for place in places:
                prep = next((p for p in tree.children(place, "prep") if tree[p].lower == name and p > verb.i), None)
                if prep is not None and not _is_day(scene, prep):
                    return prep, True
    for place in places:
        found = prepositions(tree, place)
        for name, key in (
            ("of", "object_of"),
            ("for", "object_for"),
            ("with", "with"),
            ("over", "object_for"),
            ("in", "object_in"),
        ):
            if verb.lemma in forms[key] and name in found and found[name] > verb.i:
                return found[name], False
    return None


def _is_day(scene: Scene, prep: int) -> bool:
    """ "blamed X for the raid ON MONDAY", "... on 5 May": when it was."""
    day = scene.tree.child(prep, "pobj")
    return day is not None and (scene.tree[day].tag == "CD" or scene.listed("days", scene.tree[day].lower))


def _blame_content(scene: Scene, verb: Token, victim: int, prep: int, passive: bool) -> tuple[Span, ...]:
    tree = scene.tree
    last = tree.bounds(prep)[1]
    if not passive:
        return scene.pieces(
            max(verb.i + 1, min(tree.bounds(victim)[0], prep)),
            max(last, _last_told(tree, verb) if prep > verb.i else last),
        )
    first, right = tree.bounds(victim)
    around = (c for c in tree.children(victim) if tree.covers(c, verb.i))  # "X, DISMISSED after being accused of"
    right = min(right, verb.i - 1, *(tree.bounds(c)[0] - 1 for c in around))
    head = scene.pieces(first, right) if first < verb.i else ()
    tail = scene.pieces(prep, last)
    return (*head, *tail)


def _last_told(tree: Tree, verb: Token) -> int:
    """The last word under a verb of blame, up to what whoever blames does besides: "accused X of murder AND VOWED"."""
    beside = (c for c in tree.children(verb.i, "conj") if c > verb.i and tree[c].tag in {"VBD", "VBZ", "VBP"})
    first = min((tree.bounds(c)[0] for c in beside), default=None)
    return tree.bounds(verb.i)[1] if first is None else first - 1
