"""Room 4, untold: events of which the words around them say that nobody tells them, that nobody takes them on, or that
they tell of no happening at all.

Doors: `told_by_nobody`, `is_disowned`, `of_unknown_number`, `of_teller`, `describes`, `in_purpose`, each of a view and
a draft; `is_bare` of a draft.
"""

from __future__ import annotations

from reportedly.claims.draft import Draft
from reportedly.claims.view import View
from reportedly.knowledge.lexicon import NOUN


def told_by_nobody(view: View, draft: Draft) -> bool:
    """ "NO GROUP HAS SAID it carried out the assault"."""
    tree, reporting = view.tree, view.knowledge.lexicon.reporting
    nobody = reporting.lists["nobody"]
    if nobody.isdisjoint(tree.forms):
        return False
    clauses = (a for a in (draft.hit.head, *tree.ancestors(draft.hit.head)) if tree[a].dep == "ccomp")
    above = next((tree[a].head for a in clauses if tree[tree[a].head].lemma in reporting.verbs), None)
    who = tree.child(above, "nsubj") if above is not None else None
    return who is not None and (
        tree[who].lower in nobody or any(tree[d].lower in nobody for d in tree.children(who, "det"))
    )


def is_disowned(view: View, draft: Draft) -> bool:
    """ "The group said it was NOT behind the bombing"."""
    return any(t.stance == "denied" and t.cue_head in draft.heads for t in view.sentence.tellings)


def of_unknown_number(view: View, draft: Draft) -> bool:
    """ "THE NUMBER of soldiers killed was not disclosed"."""
    tree, figures = view.tree, view.words["figure_nouns"]
    if figures.isdisjoint(tree.lemmas):
        return False
    above = (a for a in tree.ancestors(draft.hit.head) if tree[a].lemma in figures)
    return any(tree[a].dep in {"nsubj", "nsubjpass"} and tree.children(tree[a].head, "neg") for a in above)


def of_teller(view: View, draft: Draft) -> bool:
    """ "a soldier WHO SURVIVED THE ATTACK told reporters"."""
    clauses = (a for a in view.tree.ancestors(draft.hit.head) if view.tree[a].dep == "relcl")
    described = {view.tree[c].head for c in clauses}
    taken_on = (t for t in view.sentence.tellings if t.responsibility is not None)
    if any(t.covers(view.tree[draft.hit.head].start) for t in taken_on):
        return False  # "the front, which CLAIMED THE RAIDS, said ..."
    return any(t.named and t.speaker_head in described for t in view.sentence.tellings)


def describes(view: View, draft: Draft) -> bool:
    """ "the BANNED party", "a long-THREATENED invasion", "two BURNT-out wagons", "VISITING envoys": what
    it is called, not what is told."""
    if draft.violent and not draft.event_type.startswith("destruction."):
        return False
    token = view.tree[draft.hit.head]
    alone = token.dep == "amod" and token.head > token.i and len(draft.hit.tokens) == 1
    return alone and (token.tag == "VBN" or (token.tag == "VBG" and draft.event_type in _ON_THE_WAY))


_ON_THE_WAY = frozenset({"displacement.flight", "diplomacy.visit"})


def in_purpose(view: View, draft: Draft) -> bool:
    """A war named inside a purpose ("a bid to gain support for the war") is not what the sentence tells."""
    tree = view.tree
    above = tree.ancestors(draft.hit.head)
    return any(tree[a].is_verb and any(tree[t].tag == "TO" for t in tree.children(a, "aux")) for a in above)


def is_bare(draft: Draft) -> bool:
    """An event noun without figure or weapon may only name a kind of event ("there are some bombings"); not where its
    entry asks for a headline with a place.
    """
    placed = draft.hit.needs >= _HEADED
    return draft.hit.pos == NOUN and not placed and not draft.tolls and not draft.found.means and len(draft.heads) == 1


_HEADED = frozenset({"headline", "place"})
