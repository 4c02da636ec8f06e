"""Room 4, patients: who "him" and "them" are to whom a second thing is done.

Door: `patients(sentence, actors)`.
"""

from __future__ import annotations

from collections.abc import Mapping

from reportedly.claims.clause import subject
from reportedly.claims.coreference import standing_for
from reportedly.model import ARMED_KINDS, ActorRef
from reportedly.model.quick import replace
from reportedly.model.reading import Sentence
from reportedly.model.syntax import SUBJECTS, Tree

_ONE = frozenset({"NN", "NNP"})
# For an object pronoun the tags of those whom it may stand for.
_PATIENTS = {"him": _ONE, "her": _ONE, "them": frozenset({"NNS", "NNPS"})}
_HARMED = ARMED_KINDS | {"civilians", "protesters", "rioters", "government", "media", "unknown"}


def patients(sentence: Sentence, actors: Mapping[int, ActorRef]) -> dict[int, ActorRef]:
    """Who "him" and "them" are to whom a second thing is done ("seized a MAYOR and shot HIM"): never who does it."""
    tree, found = sentence.tree, dict[int, ActorRef]()
    if _PATIENTS.keys().isdisjoint(tree.forms):
        return found
    for index, ref in sentence.actors.items():
        tags = _PATIENTS.get(ref.role or "") if tree[index].dep == "dobj" else None
        if tags is None:
            continue
        verb = tree[index].head
        whom = _done_to_before(tree, verb, actors, tags)
        if whom is not None:
            found[index] = replace(standing_for(ref, whom), name=whom.name or whom.span.quote)
        elif actors[index].actor_id and (doer := subject(tree, verb)) is not None and doer in actors:
            found[index] = ref if actors[doer].actor_id == actors[index].actor_id else actors[index]
    return found


def _done_to_before(tree: Tree, verb: int, actors: Mapping[int, ActorRef], tags: frozenset[str]) -> ActorRef | None:
    """The one to whom the verb before did something, of the same subject, where nobody else like him stands between."""
    if tree[verb].dep not in {"conj", "advcl"} or tree.has(verb, *SUBJECTS):
        return None
    whom = tree.child(tree[verb].head, "dobj")
    ref = actors.get(whom) if whom is not None and whom < verb else None
    if whom is None or ref is None or ref.kind not in _HARMED or not _is_one_of(tree, whom, tags):
        return None
    others = (i for i, a in actors.items() if whom < i < verb and a.kind in _HARMED and tree[i].tag in tags)
    return ref if all(tree.covers(whom, i) for i in others) else None


def _is_one_of(tree: Tree, index: int, tags: frozenset[str]) -> bool:
    """Tell whether the number of a phrase is that of the pronoun: "two guards" and "a guard and his son" are many."""
    many = tree[index].tag in {"NNS", "NNPS"} or tree.has(index, "conj")
    return many == ("NNS" in tags)
