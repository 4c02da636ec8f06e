"""Room 4, untold: events of which the words around them say that nobody tells them, that nobody takes them on,
or that their number is not known.

Doors: `told_by_nobody(view, draft)`, `is_disowned(view, draft)`, `of_unknown_number(view, draft)`.
"""

from __future__ import annotations

from reportedly.claims.draft import Draft
from reportedly.claims.view import View


def told_by_nobody(view: View, draft: Draft) -> bool:
    """ "NO GROUP HAS SAID it carried out the assault"."""
    tree, reporting = view.tree, view.knowledge.lexicon.reporting
    clauses = (a for a in (draft.hit.head, *tree.ancestors(draft.hit.head)) if tree[a].dep == "ccomp")
    above = next((tree[a].head for a in clauses if tree[tree[a].head].lemma in reporting.verbs), None)
    who = tree.child(above, "nsubj") if above is not None else None
    nobody = reporting.lists["nobody"]
    return who is not None and (
        tree[who].lower in nobody or any(tree[d].lower in nobody for d in tree.children(who, "det"))
    )


def is_disowned(view: View, draft: Draft) -> bool:
    """ "The group said it was NOT behind the bombing"."""
    return any(t.stance == "denied" and t.cue_head in draft.heads for t in view.sentence.tellings)


def of_unknown_number(view: View, draft: Draft) -> bool:
    """ "THE NUMBER of soldiers killed was not disclosed"."""
    tree, figures = view.tree, view.words["figure_nouns"]
    above = (a for a in tree.ancestors(draft.hit.head) if tree[a].lemma in figures)
    return any(tree[a].dep in {"nsubj", "nsubjpass"} and tree.children(tree[a].head, "neg") for a in above)
