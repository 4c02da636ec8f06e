"""Room 3, events: the words of an entry that stand in a sentence, however far the parser hung them from its head.

Door: `match_words(tree, token, trigger)`.
"""

from __future__ import annotations

from reportedly.knowledge.lexicon import NOUN, Trigger
from reportedly.model.syntax import Token, Tree

_GAP = 3  # other words between the words of a verb phrase ("open heavy machine-gun fire")


def match_words(tree: Tree, token: Token, trigger: Trigger) -> tuple[int, ...] | None:
    """Indices of the trigger's words, the head's included, or None."""
    if not trigger.rest and not trigger.prefix:
        return (token.i,)
    first = _before(tree, token.i, trigger.prefix)
    if first is None:
        return None
    found: list[int] | None = []
    if trigger.rest:
        found = _before(tree, token.i, trigger.rest) if trigger.pos == NOUN else _after(tree, token.i, trigger.rest)
    return None if found is None else tuple(sorted((token.i, *first, *found)))


def _before(tree: Tree, head: int, rest: tuple[str, ...]) -> list[int] | None:
    found, at = [], head - 1
    for word in reversed(rest):
        while at >= 0 and (tree[at].tag in {"HYPH", "PRP$", "DT"} or tree[at].text == "-"):
            at -= 1
        if at < 0 or word not in {tree[at].lemma, tree[at].lower}:
            return None
        found.append(at)
        at -= 1
    return found


def _after(tree: Tree, head: int, rest: tuple[str, ...]) -> list[int] | None:
    last = _object(tree, head, rest[-1]) if len(rest) > 1 else None
    inner = _before(tree, last, rest[:-1]) if last is not None else None
    if last is not None and inner is not None:
        return [*inner, last]  # "a PEACE AGREEMENT was signed"
    found, at = [], head + 1
    for word in rest:
        hit = _object(tree, head, word)
        if hit is None:
            hit = _near(tree, at, word, 0 if "and" in rest else _GAP)
            hit = _bound(tree, head, word, last=word == rest[-1]) if hit is None else hit
            if hit is None:
                return None
            at = hit + 1
        found.append(hit)
        at = max(at, hit + 1)
    return found


def _near(tree: Tree, at: int, word: str, gap: int) -> int | None:
    """The word within a few words from here, with no comma or stop before it; verbs joined by "and" stand together."""
    stop = min(len(tree), at + gap + 1)
    hit = next((i for i in range(at, stop) if word in {tree[i].lemma, tree[i].lower}), None)
    return None if hit is None or any(tree[i].tag in {",", ".", ":"} for i in range(at, hit)) else hit


def _object(tree: Tree, verb: int, word: str) -> int | None:
    """The verb's object with this lemma, however far: "launched its long awaited OFFENSIVE", "a BOMB was planted",
    "a BOMB planted in a bin", "shipped nine tonnes of RICE"."""
    token = tree[verb]
    objects = [o for c in tree.children(verb, "dobj", "nsubjpass") for o in tree.conjuncts(c)]
    objects += [p for o in objects if tree[o].is_noun for p in _measured(tree, o)]
    found = [o for o in objects if tree[o].lemma == word]
    if not found and tree.has(verb, "agent"):
        found = [c for c in tree.children(verb, "nsubj") if tree[c].lemma == word]
    if not found and token.tag == "VBN" and token.dep == "acl" and tree[token.head].lemma == word:
        found = [token.head]
    return found[0] if found else None


def _measured(tree: Tree, index: int) -> list[int]:
    """What is counted or weighed: "nine tonnes of RICE"."""
    if tree[index].lemma in _STRETCHES:
        return []  # who ends a DAY of talks ends no talks
    return [p for of in tree.children(index, "prep") if tree[of].lemma == "of" for p in tree.children(of, "pobj")]


_STRETCHES = frozenset({"day", "hour", "week", "month", "round", "session"})
# Prepositions that make another verb of a verb, wherever they stand ("FORCED the whole mission OUT"); the others are
# looked for near the verb only.
_PARTICLES = frozenset({"out", "off", "from", "into", "as", "up", "down", "away", "back", "over", "under"})
# What somebody does to a thing however long its name ("set the house of the former prime minister ABLAZE").
_RESULTING = frozenset({"ablaze", "alight", "afire"})
_RESULT_ARCS = ("oprd", "acomp", "advmod", "xcomp", "amod")
_CLAUSAL = frozenset({"must", "should", "to"})


def _bound(tree: Tree, verb: int, word: str, *, last: bool) -> int | None:
    """A word that the parser hung on the verb, however far: "forced the whole mission OUT", "driven thousands FROM
    their homes", "said that all foreign troops MUST leave", "gathered in Amman FOR talks"."""
    found: list[int] = []
    if not last:
        found = [c for c in tree.children(verb, "prep") if tree[c].lower == word and c > verb]
    if found:
        return found[0]
    if word in _PARTICLES:
        found = [c for c in tree.children(verb, "prep", "prt", "advmod") if tree[c].lemma == word]
        found += [p for o in tree.children(verb, "dobj") for p in tree.children(o, "prep") if tree[p].lemma == word]
    elif word in _RESULTING:
        hosts = (verb, *tree.children(verb, "dobj"))
        found = [c for h in hosts for c in tree.children(h, *_RESULT_ARCS) if tree[c].lower == word]
    elif word in _CLAUSAL:
        clauses = tree.children(verb, "ccomp", "xcomp")
        found = [a for c in clauses for a in tree.children(c, "aux") if tree[a].lower == word]
    return next((i for i in found if i > verb), None)
