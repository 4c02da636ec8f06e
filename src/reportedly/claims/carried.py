"""Room 4, what a protest carries: its demands and grievances, and what is broken or burned in it, are the protest.

Door: `carried(tree, drafts, words)`. "Marched TO DEMAND answers from X" is one happening whose target is who is asked;
"rioted, SETTING FIRE to cars" is a riot.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from reportedly.claims.draft import Draft
from reportedly.model.quick import replace
from reportedly.model.syntax import Tree

Words = Mapping[str, frozenset[str]]
_VOICED = frozenset(
    {
        "diplomacy.demand",
        "diplomacy.request",
        "diplomacy.complain",
        "diplomacy.condemn",
        "diplomacy.accuse",
        "diplomacy.reject",
        "diplomacy.rally_opposition",
        "diplomacy.rally_support",
    }
)
_RIOT, _BROKEN = "unrest.", "destruction."
_ARCS = frozenset({"advcl", "acl", "xcomp", "ccomp", "prep", "pobj", "pcomp", "dobj", "conj", "relcl"})
_MOST_ARCS = 5
_NOT_FINITE = frozenset({"VB", "VBG"})


def carried(tree: Tree, drafts: Sequence[Draft], words: Words) -> list[Draft]:
    """Return the drafts with what protests carry joined to them."""
    protests = [d for d in drafts if d.event_type.startswith(("protest.", _RIOT))]
    if not protests:
        return list(drafts)
    bearers = {d.hit.head: next((p for p in protests if _carries(tree, p, d, words)), None) for d in drafts}
    found = []
    for draft in drafts:
        if bearers[draft.hit.head] is None:
            own = [d for d in drafts if bearers[d.hit.head] is draft]
            found.append(_joined(draft, own) if own else draft)
    return found


def _carries(tree: Tree, protest: Draft, other: Draft, words: Words) -> bool:
    if other is protest:
        return False
    if other.event_type in _VOICED:
        return _hangs(tree, other.hit.head, protest, words)
    riot = protest.event_type.startswith(_RIOT) and other.event_type.startswith(_BROKEN)
    together = riot and other.governed.modality == protest.governed.modality
    return together and _hangs(tree, other.hit.head, protest, words)


def _hangs(tree: Tree, head: int, protest: Draft, words: Words) -> bool:
    """Tell whether a word hangs from the protest as its aim, its words or its cause ("in PROTEST at the refusal")."""
    here = head
    for _ in range(_MOST_ARCS):
        token = tree[here]
        if token.dep not in _ARCS or token.head == here:
            return False
        if (
            token.is_verb
            and token.dep in {"advcl", "acl", "conj"}
            and (token.tag not in _NOT_FINITE or tree.has(here, "mark", "nsubj"))
        ):
            return False
        if token.dep == "pobj" and token.lemma not in words["purposes"] and not _of_purpose(tree, token.head, words):
            return False
        here = token.head
        if here in protest.hit.tokens:
            return True
    return False


def _of_purpose(tree: Tree, prep: int, words: Words) -> bool:
    """ "in protest AT": the phrase says what the purpose is about."""
    above = tree[tree[prep].head]
    return above.lemma in words["purposes"] or above.is_verb


def _joined(protest: Draft, others: Sequence[Draft]) -> Draft:
    """The protest with the words of what it carries; who is addressed there is its target where it names none."""
    targets = protest.found.targets
    for other in others:
        targets = targets or tuple(t for t in other.found.targets if t not in protest.found.initiators)
    initiators = protest.found.initiators
    for other in others:
        initiators = initiators or other.found.initiators
    heads = (*protest.heads, *(h for other in others for h in other.heads))
    found = replace(protest.found, initiators=initiators, targets=targets)
    return replace(protest, heads=heads, found=found)
