"""Room 4, means: the weapons and methods of one happening. Door: `means_of(view, draft)`."""

from __future__ import annotations

from reportedly.claims.draft import Draft
from reportedly.claims.view import View
from reportedly.knowledge.lexicon import NOUN
from reportedly.model import Span
from reportedly.model.syntax import Tree

_EVENT_NOUNS = frozenset({"attack", "fire", "blast", "explosion", "strike", "bombing", "bomb", "barrage"})
_PARTS = frozenset({"compound", "amod", "nummod", "nmod"})


def means_of(view: View, draft: Draft) -> tuple[Span, ...]:
    """The weapons and methods among the arguments, and those named in the event words or beside them."""
    tree = view.tree
    if tree.lemmas.isdisjoint(view.knowledge.lexicon.weapon_heads):
        return ()
    near = {i for h in draft.heads for i in tree.subtree(_clause_top(tree, h))}
    found: dict[tuple[int, int], Span] = {}
    for index in sorted(near | set(draft.found.means)):
        if not _is_weapon(view, index) or _describes(tree, index):
            continue
        if index in draft.found.targets or _only_named(view, index, draft):
            continue
        if index in near and _is_event_alone(view, index):
            continue
        span = Span.of(view.document.text, tree[_first(tree, index)].start, tree[index].end)
        found[span.start, span.end] = span
    return tuple(s for s in found.values() if not any(o is not s and o.covers(s) for o in found.values()))


def _is_weapon(view: View, index: int) -> bool:
    """A weapon by its own word, or with the word before it ("petrol bomb")."""
    tree, weapons = view.tree, view.knowledge.lexicon.weapons
    if not tree[index].is_noun:
        return False
    pair = f"{tree[index - 1].lemma} {tree[index].lemma}" if index else ""
    return tree[index].lemma in weapons or pair in weapons


def _describes(tree: Tree, index: int) -> bool:
    """Tell whether the word only describes a noun that is no event ("a bomb expert", unlike "a bomb attack")."""
    head = tree[tree[index].head]
    return tree[index].dep == "compound" and head.is_noun and head.lemma not in _EVENT_NOUNS


def _only_named(view: View, index: int, draft: Draft) -> bool:
    """Tell whether the weapon is what another verb finds, seizes or trades: "attacked a post and SEIZED two rifles"."""
    for above in view.tree.ancestors(index):
        if above in draft.heads:
            return False
        if view.tree[above].is_verb:
            return view.tree[above].lemma in view.words["arms_verbs"]
    return False


def _is_event_alone(view: View, index: int) -> bool:
    """Tell whether the word is an event word and no weapon without the word before it."""
    named = any(d.head == index and d.pos == NOUN for d in view.sentence.triggers)
    return named and view.tree[index].lemma not in view.knowledge.lexicon.weapons


def _first(tree: Tree, index: int) -> int:
    """The first word of the weapon's phrase, figures left out."""
    first = index
    while first > 0:
        if first > 1 and tree[first - 1].tag == "HYPH" and tree[first - 2].end + 1 == tree[first].start:
            first -= 2  # "ROCKET-propelled grenades"
        elif _belongs(tree, first - 1, index):
            first -= 1
        else:
            break
    return first


def _belongs(tree: Tree, before: int, index: int) -> bool:
    token = tree[before]
    return token.dep in _PARTS and token.head == index and not token.tag.startswith("CD")


def _clause_top(tree: Tree, head: int) -> int:
    """The top of the clause around an event word, a few arcs up at most."""
    here = head
    for _ in range(3):
        token = tree[here]
        if token.head == here or token.dep in {"ROOT", "ccomp", "relcl", "parataxis"}:
            return here
        if token.dep == "conj" and token.is_verb:
            return here
        here = token.head
    return here
