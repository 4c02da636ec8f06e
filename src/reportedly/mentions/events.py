"""Room 3, events: find the words that evoke an event type in a parsed segment.

Door: `find_triggers(tree, lexicon, context)`. Several hits at one head are alternatives, most specific first; which of them
holds depends on their arguments and is decided in the claims room.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from reportedly.knowledge.lexicon import ADJECTIVE, NOUN, VERB, Lexicon, Trigger
from reportedly.model.reading import TriggerHit
from reportedly.model.syntax import Token, Tree

_GAP = 3  # other words between the words of a verb phrase ("open heavy machine-gun fire")
_STRIKERS = frozenset(
    {
        "missile",
        "rocket",
        "shell",
        "drone",
        "bomb",
        "warplane",
        "jet",
        "helicopter",
        "aircraft",
        "artillery",
        "mortar",
        "projectile",
        "airstrike",
        "strike",
        "round",
        "munition",
        "plane",
        "fighter jet",
        "uav",
        "gunship",
    }
)
_STRIKE_WORDS = frozenset(
    {
        "air",
        "military",
        "deadly",
        "retaliatory",
        "precision",
        "cross-border",
        "overnight",
        "aerial",
        "targeted",
        "drone",
        "missile",
        "artillery",
        "rocket",
    }
)


@dataclass(frozen=True, slots=True)
class Context:
    """What surrounds a trigger: lemmas of the sentence, whether armed actors or violence stand in sentence or document."""

    lemmas: frozenset[str]
    armed: bool
    people: bool
    violent: bool
    weapons: bool
    military: bool


def find_triggers(tree: Tree, lexicon: Lexicon, context: Context) -> tuple[TriggerHit, ...]:
    """Return the trigger hits of a segment in text order; hits that lie within a longer one are dropped."""
    found: list[tuple[Trigger, tuple[int, ...], Token]] = []
    for token in tree:
        for pos in _positions(token):
            for trigger in lexicon.triggers.get((pos, token.lemma), ()):
                if trigger.rest and not context.lemmas.issuperset(trigger.rest):
                    continue
                words = _match(tree, token, trigger)
                if words is not None and _fits(tree, trigger, words, context):
                    found.append((trigger, words, token))
    kept = [f for f in found if not any(_inside(f, g) for g in found)]
    return tuple(
        TriggerHit(token.i, words, t.event_type, t.frame, t.pos, t.target, t.needs) for t, words, token in kept
    )


def _positions(token: Token) -> Iterator[str]:
    if token.tag.startswith("VB"):
        yield VERB
        if token.tag == "VBN" and token.dep == "amod":
            yield ADJECTIVE
    elif token.tag.startswith("NN"):
        yield NOUN
    elif token.tag.startswith("JJ"):
        yield ADJECTIVE


def _match(tree: Tree, token: Token, trigger: Trigger) -> tuple[int, ...] | None:
    """Indices of the trigger's words, the head's included, or None."""
    if not trigger.rest:
        return (token.i,)
    found = _before(tree, token.i, trigger.rest) if trigger.pos == NOUN else _after(tree, token.i, trigger.rest)
    return None if found is None else tuple(sorted((token.i, *found)))


def _before(tree: Tree, head: int, rest: tuple[str, ...]) -> list[int] | None:
    found, at = [], head - 1
    for word in reversed(rest):
        while at >= 0 and tree[at].tag == "HYPH":
            at -= 1
        if at < 0 or word not in {tree[at].lemma, tree[at].lower}:
            return None
        found.append(at)
        at -= 1
    return found


def _after(tree: Tree, head: int, rest: tuple[str, ...]) -> list[int] | None:
    found, at = [], head + 1
    for word in rest:
        stop = min(len(tree), at + _GAP + 1)
        hit = next((i for i in range(at, stop) if word in {tree[i].lemma, tree[i].lower}), None)
        if hit is None or any(tree[i].tag in {",", ".", ":"} for i in range(at, hit)):
            return None
        found.append(hit)
        at = hit + 1
    return found


def _fits(tree: Tree, trigger: Trigger, words: tuple[int, ...], context: Context) -> bool:
    """Check what can be told from the sentence alone; needs of arguments are checked with the arguments."""
    own = {tree[i].lemma for i in words}
    if trigger.unless & (context.lemmas - own):
        return False
    if trigger.pos == NOUN and (_inside_name(tree, words[-1]) and trigger.size == 1 or _modifies(tree, words[-1])):
        return False
    checks = {
        "violent_context": context.violent,
        "armed": context.armed,
        "weapon": context.weapons,
        "person": context.people or context.armed,
        "military_strike": _is_strike(tree, words[-1] if trigger.pos == NOUN else words[0], trigger, context),
    }
    return all(checks.get(need, True) for need in trigger.needs)


def _inside_name(tree: Tree, index: int) -> bool:
    """A lone event noun written as a part of a longer capitalised name ("Battle Creek") is a name."""
    token = tree[index]
    if not token.is_proper or not token.text[:1].isupper() or token.text.isupper():
        return False
    around = [tree[i] for i in (index - 1, index + 1) if 0 <= i < len(tree)]
    return any(t.is_proper and t.text[:1].isupper() and t.dep in {"compound", token.dep} for t in around)


def _modifies(tree: Tree, index: int) -> bool:
    """An event noun before another noun says what kind of thing that is ("kidnapping ring", "attack helicopter"), unless
    that noun only counts or phases the event ("bomb attack", "murder case")."""
    token = tree[index]
    return token.dep in {"compound", "nmod"} and tree[token.head].is_noun and tree[token.head].lemma not in _CARRIERS


_CARRIERS = frozenset(
    "attack attempt campaign wave spree series incident case scene victim blast explosion operation raid strike assault toll death killing crime bid threat plot offensive".split()
)


def _is_strike(tree: Tree, head: int, trigger: Trigger, context: Context) -> bool:
    """Tell a military strike from labour disputes and figures of speech."""
    if trigger.pos == VERB:
        subject = tree.child(head, "nsubj")
        if subject is not None and any(tree[i].lemma in _STRIKERS for i in tree.subtree(subject)):
            return True
        return context.military and subject is not None and tree.child(head, "dobj") is not None
    before = {tree[c].lemma for c in tree.children(head, "amod", "compound", "nmod")}
    return bool(before & _STRIKE_WORDS) or context.military


def _inside(one: tuple[Trigger, tuple[int, ...], Token], other: tuple[Trigger, tuple[int, ...], Token]) -> bool:
    """Tell whether a hit's words are a true part of another's."""
    return set(one[1]) < set(other[1]) or (
        one[0].pos != other[0].pos and one[1] == other[1] and one[0].pos == ADJECTIVE
    )
