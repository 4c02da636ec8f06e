"""Room 3, speech: what could not be verified, and what somebody declines to say.

Doors: `unverified(scene, verb)`, a telling or None; `held_back(scene, verb)`.
"""

from __future__ import annotations

from reportedly.mentions.speech_blame import with_phrases
from reportedly.mentions.speech_scene import Scene, governor, subject_of
from reportedly.model.reading import Telling
from reportedly.model.syntax import Token


def unverified(scene: Scene, verb: Token) -> Telling | None:
    """ "could not be verified", "was unable to confirm", "have yet to confirm", "did not confirm"."""
    tree = scene.tree
    if not scene.listed("verifies", verb.lemma):
        return None
    first = _undone(scene, verb)
    first = _nothing(scene, verb) if first is None else first
    if first is None:
        return None
    if scene.passive(verb.i):
        told, head = scene.described(verb.i), scene.agent(verb.i)
        content = scene.pieces(*tree.bounds(told)) if told is not None else ()
    else:
        head = subject_of(tree, verb.i)
        told = tree.child(verb.i, "dobj", "ccomp")
        content = with_phrases(scene, verb.i, told) if told is not None else ()
    if head is not None and tree[head].lower in {"it", "that", "which"}:
        head = None
    return scene.telling(verb.i, content, "doubted", head, cue=scene.span(min(first, verb.i), verb.i))


def _undone(scene: Scene, verb: Token) -> int | None:
    """The token that says that it was not done: a negation, "unable", "yet", "declined"; None if it was done."""
    tree = scene.tree
    own = tree.children(verb.i, "neg")
    if own:
        return own[0]
    above = governor(tree, verb)
    for _ in range(3):
        if above is None:
            return None
        if scene.listed("refuses", tree[above].lemma):
            return above
        around = [above, *tree.children(above, "neg", "advmod", "acomp")]
        undone = [i for i in around if tree[i].dep == "neg" or scene.listed("undone", tree[i].lower)]
        if undone:
            return min(undone)
        above = tree[above].head if tree[above].dep in {"acomp", "xcomp"} else None
    return None


def _nothing(scene: Scene, verb: Token) -> int | None:
    """The word that says that what could be verified is nothing: "NEITHER account could be confirmed", "NONE of it"."""
    told = scene.described(verb.i) if scene.passive(verb.i) else None
    words = (told, *scene.tree.children(told, "det", "preconj")) if told is not None else ()
    return next((i for i in words if scene.listed("nobody", scene.tree[i].lower)), None)


def held_back(scene: Scene, verb: Token) -> bool:
    """Tell whether a verb of telling is not done: "declined to say", "did not say", "has yet to announce"."""
    tree = scene.tree
    if verb.dep == "conj" and scene.negated(verb.head) and not tree.has(verb.i, "nsubj", "nsubjpass"):
        return not any(tree[c].lower == "but" for c in tree.children(verb.head, "cc"))  # "did not comment, BUT SAID"
    return _undone(scene, verb) is not None or scene.negated(verb.i)
