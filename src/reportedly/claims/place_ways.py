"""Room 4, ways between a name and an event: borders of clauses, what is told on the way, other events beside it.

Doors: `ways_between`, `length`, `by_way`, `by_rivals`, `cares` and `dies_in_care`.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from reportedly.claims.place_scene import Scene
from reportedly.claims.place_seats import Seat
from reportedly.model.syntax import Tree

_BORDERS = frozenset({"relcl", "advcl", "ccomp", "acl", "parataxis"})
_THROUGH = {"topic": "through_topic", "time": "through_topic", "party": "through_party"}
_CLAUSES = frozenset({"relcl", "acl"})
_PARTIES = frozenset({"dobj", "nsubj", "nsubjpass"})
_BEFORE_AND_AFTER = frozenset({"after", "before"})


def length(tree: Tree, ways: tuple[Sequence[int], Sequence[int]]) -> int:
    """Arcs on the way between two tokens; a border of a clause counts three."""
    return sum(3 if tree[i].dep in _BORDERS else 1 for way in ways for i in way)


def ways_between(tree: Tree, steps: Sequence[int], anchor: int) -> tuple[list[int], list[int]] | None:
    """The tokens from a name up, and from an anchor up, to (not including) where the two ways meet."""
    down: list[int] = []
    for index in (anchor, *tree.ancestors(anchor)):
        if index in steps:
            return list(steps[: steps.index(index)]), down
        down.append(index)
    return None


def by_way(scene: Scene, up: Sequence[int], down: Sequence[int]) -> Iterator[str]:
    """Borders of clauses and coordination on the way up from the phrase and down to the event."""
    tree, kind_of = scene.sentence.tree, scene.words.kind_of
    for n, index in enumerate(up):
        token = tree[index]
        if token.lemma in scene.words.happening and _happens(scene, index):
            continue
        if token.lemma in scene.words.living and index not in scene.anchors and token.is_verb:
            yield "lives_there"
        meanwhile = token.is_verb and index not in scene.anchors and n > 0 and _meanwhile(scene, index, up[n - 1])
        if meanwhile and _their_own(scene, index, up[:n]):
            yield "meanwhile"
        moves = token.is_verb and token.lemma in scene.words.moving and not meanwhile
        if index not in scene.anchors and (moves or cares(scene, index)):
            yield "moved_on"
        if token.dep in _BORDERS or (token.dep == "conj" and token.is_verb):
            yield from _out_of(scene, index)
        elif token.dep == "appos":
            yield "in_apposition"
        elif token.dep == "pobj" and index != up[0]:
            through = _THROUGH.get(kind_of.get(tree[token.head].lower, ""), "through_other")
            own = through == "through_party" and tree[tree[token.head].head].i in scene.anchors
            yield "through_own_party" if own else through
            if _dated(scene, token.head, token.head):
                yield "apart_in_time"
    for index in down:
        dep = tree[index].dep
        if dep == "conj" and tree[index].is_verb and not tree.has(index, "nsubj", "nsubjpass", "expl"):
            yield "carried_on"
        if dep in {"ccomp", "parataxis"}:
            yield "into_speech"
        elif dep in {"relcl", "acl"}:
            yield "into_clause"
        elif dep == "advcl":
            yield "into_time" if _in_time(scene, index) else "into_adverbial"
        elif dep == "pobj" and kind_of.get(tree[tree[index].head].lower) == "time":
            yield "into_time"


def _happens(scene: Scene, index: int) -> bool:
    """ "TOOK place", "was CARRIED out", not "was TAKEN to X"."""
    tree = scene.sentence.tree
    return tree[index].lemma not in scene.words.moving or tree.has(index, "dobj", "prt")


def _dated(scene: Scene, clause: int, over: int) -> bool:
    """ "A DAY AFTER gunmen killed ...", "it CAME AFTER the bombing of ...": another happening, at another time.

    Not of what is found of those killed: "two days after a strike on X, rescuers pulled a BODY from the rubble".
    """
    tree = scene.sentence.tree
    if not scene.words.aftermath.isdisjoint(tree[a].lemma for a in scene.anchors):
        return False
    marks = [m for m in (over, *tree.children(clause, "mark", "advmod")) if tree[m].lower in _BEFORE_AND_AFTER]
    measured = any(tree.children(m, "npadvmod", "quantmod", "advmod") for m in marks)
    measured = measured or any(i < m for m in marks for i in tree.children(clause, "npadvmod"))
    return bool(marks) and (measured or tree[tree[over].head].lemma in scene.words.sequels)


def cares(scene: Scene, index: int) -> bool:
    """ "were TRANSFERRED to the hospital of X", "are receiving TREATMENT in X": not where they were hurt."""
    tree, caring = scene.sentence.tree, scene.words.caring
    if caring.isdisjoint(tree.lemmas):
        return False
    return tree[index].lemma in caring or any(tree[o].lemma in caring for o in tree.children(index, "dobj"))


def dies_in_care(scene: Scene) -> bool:
    """ "five of the wounded DIED IN HOSPITAL in X": not where they were hurt either."""
    tree = scene.sentence.tree
    deaths = [a for a in scene.anchors if tree[a].is_verb and tree[a].lemma in scene.words.dying]
    places = (p for death in deaths for p in tree.children(death, "prep") if tree[p].lower in {"in", "at"})
    return any(tree[o].lemma in scene.words.caring_houses for p in places for o in tree.children(p, "pobj"))


def _out_of(scene: Scene, index: int) -> Iterator[str]:
    """A border of a clause on the way up from a name: what that clause is to the event."""
    token = scene.sentence.tree[index]
    if token.dep == "conj" and _shares(scene, index):
        yield "shared"
    elif token.dep in _CLAUSES and token.head in scene.anchors:
        yield "own_clause"
    else:
        yield "out_of_clause"
    if token.dep == "advcl" and _in_time(scene, index):
        yield "out_to_time"
        if _dated(scene, index, index):
            yield "apart_in_time"
    if token.lemma in scene.words.telling:
        yield "where_told"


def _in_time(scene: Scene, index: int) -> bool:
    tree = scene.sentence.tree
    marks = (tree[m].lower for m in tree.children(index, "mark", "advmod", "prep") if m < index)
    return any(scene.words.kind_of.get(m) == "time" for m in marks)


def _meanwhile(scene: Scene, index: int, below: int) -> bool:
    """ "was shot AS HE DROVE through Gao", "attacked a family DRIVING near Gao": on the way when it happened, not
    afterwards."""
    tree = scene.sentence.tree
    token = tree[index]
    while token.dep == "xcomp":
        token = tree[token.head]  # "AS HE TRIED to flee the camp of Gao"
    if token.dep == "acl" and token.tag == "VBG":
        there = scene.words.kind_of.get(tree[below].lower) == "within"
        return there and tree[token.head].dep in _PARTIES and tree[token.head].head in scene.anchors
    marks = (tree[m].lower for m in tree.children(token.i, "mark", "advmod"))
    return token.dep == "advcl" and token.head in scene.anchors and any(m in {"as", "while", "when"} for m in marks)


def _their_own(scene: Scene, index: int, below: Sequence[int]) -> bool:
    """ "shot WHILE TRYING TO ENTER Gao", "AS HE LEFT Gao": what those did to whom it happened, not yet elsewhere."""
    tree = scene.sentence.tree
    clause = tree[index]
    if tree[below[-1]].is_verb or any(scene.words.kind_of.get(tree[i].lower) == "goal" for i in below):
        return False
    while clause.dep == "xcomp":
        clause = tree[clause.head]
    subjects = tree.children(clause.i, "nsubj", "nsubjpass", "csubj")
    return all(tree[s].tag == "PRP" for s in subjects)


def _shares(scene: Scene, index: int) -> bool:
    """Tell whether a verb in a row with the event has the same subject: "captured and disarmed thirty men in X"."""
    tree = scene.sentence.tree
    return tree.first_conjunct(index) in scene.anchors and not tree.has(index, "nsubj", "nsubjpass", "expl")


def by_rivals(scene: Scene, stand: Seat, near: int, way: Collection[int]) -> Iterator[str]:
    """Other events: on the way, or nearer to the name. What is told as a circumstance of this event, or it of that, is
    no other happening ("killed in a RAID near X")."""
    tree = scene.sentence.tree
    rivals = [o for o in scene.others if not _same(scene, o)]
    if any(o in way for o in rivals):
        yield "past_event"
    lengths = [length(tree, w) for o in rivals if (w := ways_between(tree, stand.steps, o))]
    if lengths and min(lengths) < near:
        yield "nearer_event"


def _same(scene: Scene, other: int) -> bool:
    """Tell whether an event word tells of the same happening: its circumstance, or what a clause says that it did."""
    tree = scene.sentence.tree
    if tree[other].dep == "amod":
        return True  # "struck a column of FLEEING rebels north of X": what they were doing
    first = tree.first_conjunct(other)
    if tree[first].dep in _CLAUSES and tree[first].head in scene.anchors:
        return True
    if any(_results(scene, a, other) for a in scene.anchors):
        return True
    return any(_circumstance(scene, other, a) or _circumstance(scene, a, other) for a in scene.anchors)


def _results(scene: Scene, anchor: int, other: int) -> bool:
    """ "launched an ASSAULT on Gao, KILLING six", "STORMED a hotel in Gao, KILLING six": a participle says what came of
    the happening before it, where it names no place of its own."""
    tree = scene.sentence.tree
    token = tree[anchor]
    if token.dep != "advcl" or token.tag != "VBG" or tree.has(anchor, "nsubj", "mark"):
        return False
    before = token.head < anchor and other in {token.head, *tree.children(token.head, "dobj")}
    return before and all(p.span.end <= token.start for p in scene.sentence.places)


def _circumstance(scene: Scene, noun: int, verb: int) -> bool:
    """Tell whether an event noun says in, during or by what the verb's happening was."""
    tree = scene.sentence.tree
    preposition = tree[noun].head
    if tree[noun].dep != "pobj" or tree[noun].is_verb or tree[preposition].head != verb:
        return False
    return tree[preposition].lower in scene.words.circumstances
