"""Room 3, speech: who is charged with a deed without a verb of blame: arrests, links, evidence, hallmarks.

Rules for verbs and nouns, tried beside those of `speech_blame`. Each takes a scene and a token and returns a telling
or None. What one is arrested for or linked to has to be violence: of other matters nothing is told here.
"""

from __future__ import annotations

from collections.abc import Iterable

from reportedly.knowledge.apart import is_violent
from reportedly.knowledge.lexicon import NOUN, VERB
from reportedly.mentions.speech_scene import Scene, speaker_of, subject_of
from reportedly.model import Stance
from reportedly.model.reading import Telling
from reportedly.model.syntax import Token

_ON = frozenset({"on", "upon"})
_TO = frozenset({"to", "with"})
_FOR = frozenset({"for", "over", "in"})
_PARTS = frozenset({"involve", "implicate", "participate"})


def arrested(scene: Scene, verb: Token) -> Telling | None:
    """ "police arrested X for the murder", "X was jailed over the bombing", "held in connection with the raid"."""
    if not scene.accuses("arrested", verb.lemma):
        return None
    passive = scene.passive(verb.i)
    culprit = scene.described(verb.i) if passive else scene.tree.child(verb.i, "dobj")
    if culprit is None:
        return None
    prep = _leading_to_harm(scene, (verb.i, culprit), _FOR)
    speaker = scene.agent(verb.i) if passive else speaker_of(scene, verb)
    return None if prep is None else scene.telling(verb.i, scene.clause(prep), "alleged", speaker, culprit=culprit)


def arrest(scene: Scene, noun: Token) -> Telling | None:
    """ "the arrest of X for killing Y", "their trial over the massacre"."""
    tree = scene.tree
    of = [p for prep in tree.children(noun.i, "prep") if tree[prep].lower == "of" for p in tree.children(prep, "pobj")]
    if not of:
        return None
    prep = _leading_to_harm(scene, (noun.i, *tree.conjuncts(of[0])), _FOR)
    return None if prep is None else scene.telling(noun.i, scene.clause(prep), "alleged", None, culprit=of[0])


def named_as(scene: Scene, verb: Token) -> Telling | None:
    """ "the military named X as SUSPECTS", "Y was identified as the CULPRIT"."""
    tree = scene.tree
    if not scene.accuses("names", verb.lemma):
        return None
    passive = scene.passive(verb.i)
    culprit = scene.described(verb.i) if passive else tree.child(verb.i, "dobj")
    roles = (
        tree[o].lemma for p in tree.children(verb.i, "prep") if tree[p].lower == "as" for o in tree.children(p, "pobj")
    )
    role = next((r for r in roles if r == "suspect" or scene.accuses("guilty", r)), None)
    if culprit is None or role is None or scene.negated(verb.i):
        return None
    speaker = scene.agent(verb.i) if passive else speaker_of(scene, verb)
    stance: Stance = "suspected" if role == "suspect" else "alleged"
    return scene.telling(verb.i, scene.pieces(*tree.bounds(culprit)), stance, speaker, culprit=culprit)


def linked(scene: Scene, verb: Token) -> Telling | None:
    """ "the prosecutor linked X to the bombing", "X has been tied to the murders"."""
    if not scene.accuses("linked", verb.lemma):
        return None
    passive = scene.passive(verb.i)
    culprit = scene.described(verb.i) if passive else scene.tree.child(verb.i, "dobj")
    prep = _leading_to_harm(scene, (verb.i, culprit), _TO) if culprit is not None else None
    if prep is None:
        return None
    speaker = scene.agent(verb.i) if passive else speaker_of(scene, verb)
    return scene.telling(verb.i, scene.clause(prep), "alleged", speaker, culprit=culprit)


def laid_on(scene: Scene, verb: Token) -> Telling | None:
    """ "placed the responsibility for the massacre on X", "puts the blame on X"."""
    tree = scene.tree
    told = tree.child(verb.i, "dobj") if scene.accuses("lays", verb.lemma) else None
    if told is None or not scene.accuses("laid", tree[told].lemma):
        return None
    ons = [i for i in range(told, tree.bounds(verb.i)[1] + 1) if tree[i].lower in _ON and tree.child(i, "pobj")]
    if not ons:
        return None
    content = scene.pieces(told, tree.bounds(ons[-1])[1])
    return scene.telling(verb.i, content, "alleged", subject_of(tree, verb.i), culprit=tree.child(ons[-1], "pobj"))


def evidence(scene: Scene, verb: Token) -> Telling | None:
    """ "all the evidence points to X", "... to the involvement of X in the raid": nobody says so."""
    tree = scene.tree
    subject = subject_of(tree, verb.i) if scene.accuses("points", verb.lemma) else None
    if subject is None or not scene.accuses("evidence", tree[subject].lemma):
        return None
    for prep in tree.children(verb.i, "prep"):
        named = tree.child(prep, "pobj") if tree[prep].lower in {"to", "towards", "toward", "at"} else None
        if named is not None and (culprit := _whose_part(scene, named)) is not None:
            return scene.telling(verb.i, scene.clause(prep), "suspected", None, culprit=culprit)
    return None


def hallmark(scene: Scene, verb: Token) -> Telling | None:
    """ "the raid bears the hallmarks of X"."""
    tree = scene.tree
    mark = tree.child(verb.i, "dobj") if scene.accuses("bears", verb.lemma) else None
    subject = subject_of(tree, verb.i) if mark is not None and scene.accuses("hallmarks", tree[mark].lemma) else None
    if mark is None or subject is None:
        return None
    of = next((p for p in tree.children(mark, "prep") if tree[p].lower == "of"), None)
    culprit = tree.child(of, "pobj") if of is not None else None
    content = (*scene.clause(subject), *scene.clause(mark))
    return scene.telling(verb.i, content, "suspected", None, culprit=culprit) if culprit is not None else None


def _whose_part(scene: Scene, named: int) -> int | None:
    """Who is pointed to: an actor, or the one whose involvement it is."""
    tree = scene.tree
    if tree[named].lemma in scene.lexicon.words["part_nouns"]:
        of = [p for prep in tree.children(named, "prep") if tree[prep].lower in {"of", "by"} for p in [prep]]
        owners = [*tree.children(named, "poss"), *(o for p in of for o in tree.children(p, "pobj"))]
        return next(iter(owners), None)
    ref = scene.actors.get(named)
    return named if ref is not None and (ref.actor_id is not None or ref.role is not None) else None


def _leading_to_harm(scene: Scene, places: Iterable[int], prepositions: frozenset[str]) -> int | None:
    """The preposition behind one of the words that leads to violence, "on charges of" included."""
    tree = scene.tree
    for place in places:
        for prep in tree.children(place, "prep"):
            charged = any(scene.accuses("bridges", tree[o].lemma) for o in tree.children(prep, "pobj"))
            if (tree[prep].lower not in prepositions and not charged) or _caught_in(scene, prep):
                continue
            if any(_is_harm(scene, i) for i in _led_to(scene, prep)):
                return prep
    return None


def _caught_in(scene: Scene, prep: int) -> bool:
    """ "detained nine IN A RAID": by which they were caught, no deed of theirs."""
    tree = scene.tree
    inner = tree.child(prep, "pobj") if tree[prep].lower == "in" else None
    if inner is None or scene.accuses("bridges", tree[inner].lemma):
        return False
    return tree[inner].lemma == "raid" or not any(tree[d].lower == "the" for d in tree.children(inner, "det"))


def _led_to(scene: Scene, prep: int, steps: int = 3) -> Iterable[int]:
    """What a phrase leads to: "on CHARGES of INVOLVEMENT in the MURDER" to the murder."""
    tree = scene.tree
    for inner in tree.children(prep, "pobj", "pcomp"):
        lemma = tree[inner].lemma
        if not scene.accuses("bridges", lemma) and lemma not in scene.lexicon.words["part_nouns"] | _PARTS:
            yield from tree.conjuncts(inner)
        else:
            for further in tree.children(inner, "prep") if steps else ():
                yield from _led_to(scene, further, steps - 1)


def _is_harm(scene: Scene, index: int) -> bool:
    token = scene.tree[index]
    pos = VERB if token.is_verb else NOUN
    return any(is_violent(t.event_type) for t in scene.lexicon.triggers.get((pos, token.lemma), ()))
