"""Room 3, topics: what a sentence is about, where that holds its words of violence back.

Door: `Topics(tree, found, lexicon, lemmas, armed).of(words)`. A word makes no topic where it stands for those who tell
or were hurt, in the name of armed people or of an operation, or in what an armed deed was aimed at.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from reportedly.knowledge.apart import Apart, Topic, is_violent
from reportedly.knowledge.grammar import grammar_words
from reportedly.knowledge.lexicon import VERB, Lexicon, Trigger
from reportedly.model.syntax import NOUNS, Tree

_Found = tuple[Trigger, tuple[int, ...]]
_NEAR, _LINKED = 4, 3  # words of one phrase: at most so many tokens, or so many arcs, from each other
_ABOVE = frozenset({"conj", "advcl", "xcomp"})
_AIMED, _AT, _WHEN = (grammar_words()[name] for name in ("aimed_at", "done_at", "some_time_from"))
_MODIFIERS = ("compound", "amod", "nmod")


class Topics:
    """The topic words of one sentence, and how surely armed people act in it."""

    def __init__(
        self, tree: Tree, found: Sequence[_Found], lexicon: Lexicon, lemmas: frozenset[str], armed: bool
    ) -> None:
        self._tree, self._apart = tree, lexicon.apart
        topics = lexicon.apart.topics.keys()
        if not lexicon.apart.may_hold(lemmas):
            lemmas = frozenset()
        # "Rebels stormed the post and killed two": a verb that is read as violence is no word of another topic.
        lemmas -= {tree[w[0]].lemma for t, w in found if t.pos == VERB and is_violent(t.event_type)}
        if not topics.isdisjoint(lemmas):
            lemmas -= among_harmed(tree, tuple(i for _, words in found for i in words), lexicon)
            lemmas -= frozenset().union(*(tellers(tree, words[0], lexicon) for _, words in found))
            lemmas -= _only_in(tree, _named(tree, lexicon))
        self._lemmas, self._deed, self._grimness = lemmas, False, 0
        if not topics.isdisjoint(lemmas):
            deeds = list(_deeds(tree, found, lexicon, lemmas))
            self._deed = bool(deeds)
            self._lemmas = lemmas - _only_in(tree, {i for aim in deeds for i in aim})
            self._grimness = grimness(lexicon.apart, tree.forms, armed)

    def of(self, words: tuple[int, ...]) -> Topic | None:
        """The topic that holds the event words at `words` back; none where they are meant."""
        if self._apart.topics.keys().isdisjoint(self._lemmas):
            return None
        own = frozenset(self._tree[i].lemma for i in words)
        return self._apart.topic(self._lemmas, own, self._grimness, self._deed, self._near)

    def _near(self, phrase: frozenset[str]) -> bool:
        """Tell whether words of one phrase stand together: "a FIRE in the FOREST", not "set FIRE to it and fled into
        the FOREST"."""
        first, *others = ([t.i for t in self._tree if word in (t.lemma, t.lower)] for word in sorted(phrase))
        return any(all(any(_linked(self._tree, i, k) for k in other) for other in others) for i in first)


def grimness(apart: Apart, lemmas: frozenset[str], armed: bool) -> int:
    """How surely the sentence speaks of arms: a known armed actor counts like the word for one."""
    return 2 if armed and not lemmas & apart.armed else apart.grimness(lemmas)


def _linked(tree: Tree, one: int, other: int) -> bool:
    """Tell whether two words stand near each other, or hang together by few arcs."""
    if abs(one - other) <= _NEAR:
        return True
    ups = {i: n for n, i in enumerate((one, *tree.ancestors(one)))}
    return any(ups.get(i, _LINKED) + n <= _LINKED for n, i in enumerate((other, *tree.ancestors(other))))


def _only_in(tree: Tree, indices: set[int]) -> frozenset[str]:
    """Words that stand in the sentence at these places alone."""
    if not indices:
        return frozenset()
    inside = {w for i in indices for w in (tree[i].lemma, tree[i].lower)}
    return frozenset(inside.difference(w for t in tree if t.i not in indices for w in (t.lemma, t.lower)))


def _named(tree: Tree, lexicon: Lexicon) -> set[int]:
    """Words in names of armed people, arms and operations: "TIGER Forces", "LEOPARD tanks", "Operation TYPHOON"."""
    found: set[int] = set()
    for token in tree:
        if token.lower in lexicon.words["name_heads"] and token.text[:1].isupper():
            found.update(_capitals(tree, token.i))
        if token.tag in NOUNS and _is_armed(token.lemma, lexicon):
            found.update(c for c in tree.children(token.i, *_MODIFIERS) if c < token.i and tree[c].text[:1].isupper())
    return found


def _capitals(tree: Tree, index: int) -> Iterator[int]:
    """The capitalised words on from one."""
    for i in range(index, len(tree)):
        if not tree[i].text[:1].isupper():
            return
        yield i


def _is_armed(lemma: str, lexicon: Lexicon) -> bool:
    role = lexicon.roles.get(lemma)
    return lemma in lexicon.words["armed_heads"] or (role is not None and role.armed)


def _deeds(tree: Tree, found: Sequence[_Found], lexicon: Lexicon, lemmas: frozenset[str]) -> Iterator[list[int]]:
    """What each deed of armed people, weapons or strikes was aimed at: the words of its objects."""
    violent = [(t, w) for t, w in found if is_violent(t.event_type)]
    topics = lexicon.apart.topics.keys() & lemmas
    nouns = {w[-1] for t, w in violent if t.pos != VERB and t.event_type.startswith(("attack.", "strike."))}
    nouns = {n for n in nouns if _is_clean(tree, n, topics)}
    for noun in sorted(nouns):
        if aim := [i for p in _aimed(tree, noun) for i in tree.subtree(p)]:
            yield aim
    for verb in sorted({w[0] for t, w in violent if t.pos == VERB and t.frame != "die"}):
        doer = doer_of(tree, verb)
        if doer is None or not (doer in nouns or _arms(tree, doer, verb, lexicon)):
            continue
        at = [o for p in tree.children(verb, "prep") if tree[p].lower in _AT for o in tree.children(p, "pobj")]
        objects = [*tree.children(verb, "dobj"), *at]
        if not any(tree[o].lemma in lexicon.apart.beasts for o in objects):
            yield [i for o in objects for i in tree.subtree(o)]


def _arms(tree: Tree, doer: int, verb: int, lexicon: Lexicon) -> bool:
    """Tell whether armed people or a weapon does what the verb says."""
    lemma = tree[doer].lemma
    return _is_armed(lemma, lexicon) or (lemma in lexicon.weapons and tree.has(verb, "dobj"))


def _aimed(tree: Tree, noun: int) -> list[int]:
    return [p for p in tree.children(noun, "prep") if tree[p].lower in _AIMED]


def _is_clean(tree: Tree, noun: int, topics: frozenset[str] | set[str]) -> bool:
    """Tell whether nothing that says whose deed it is belongs to a topic: "a SHARK attack", "an attack by a LION"."""
    aimed = {i for p in _aimed(tree, noun) for i in tree.subtree(p)}
    return not any(tree[i].lemma in topics for i in tree.subtree(noun) if i not in aimed and i != noun)


def doer_of(tree: Tree, verb: int) -> int | None:
    """The subject of a verb, or of the verb that it hangs on; after "by" in the passive."""
    for here in (verb, *tree.ancestors(verb)):
        agents = [o for p in tree.children(here, "agent") for o in tree.children(p, "pobj")]
        subject = agents[0] if agents else tree.child(here, "nsubj")
        if subject is not None or tree.has(here, "nsubjpass") or tree[here].dep not in _ABOVE:
            return subject
    return None


def armed_afterwards(tree: Tree, verb: int, lexicon: Lexicon) -> frozenset[str]:
    """Words for armed people that stand only in a clause that says when ("visited X days after INSURGENTS came")."""
    marked = (c for c in tree.children(verb, "advcl") for m in tree.children(c, "mark") if tree[m].lower in _WHEN)
    inside = {i for clause in marked for i in tree.subtree(clause)}
    roles = ((tree[i], lexicon.roles.get(tree[i].lemma)) for i in sorted(inside))
    armed = {w for token, role in roles if role is not None and role.armed for w in (token.lemma, token.lower)}
    return frozenset(armed - {w for t in tree if t.i not in inside for w in (t.lemma, t.lower)})


def tellers(tree: Tree, head: int, lexicon: Lexicon) -> frozenset[str]:
    """Words for people that stand only in what says who tells it ("inmates rioted, POLICE said")."""
    if "ccomp" not in tree.arcs:
        return frozenset()
    clause = next((i for i in (head, *tree.ancestors(head)) if tree[i].dep == "ccomp"), None)
    if clause is None:
        return frozenset()
    told = {tree[i].lemma for i in tree.subtree(clause)}
    return frozenset(t.lemma for t in tree if t.lemma not in told and lexicon.speakers_of(t.lemma) is not None)


def _harmed(tree: Tree, lexicon: Lexicon) -> frozenset[str]:
    """Words for people who are killed or hurt: they say nothing of the topic ("a strike that killed ten WORKERS")."""
    people = (tree[o] for verb in _deadly(tree, lexicon) for o in tree.children(verb, "dobj", "nsubjpass"))
    return frozenset(token.lemma for token in people)


def among_harmed(tree: Tree, words: tuple[int, ...], lexicon: Lexicon) -> frozenset[str]:
    """The same, with all the people below such a verb ("eleven died in a strike, among them a WORKER"), but not those
    of the event word itself ("died during a strike of teachers")."""
    deadly = set(_deadly(tree, lexicon))
    below = {i for verb in deadly for i in tree.subtree(verb)}
    below.difference_update(*(tree.subtree(w) for w in words if w not in deadly))
    roles = ((lemma, lexicon.roles.get(lemma)) for lemma in (tree[i].lemma for i in below))
    people = (lemma for lemma, role in roles if role is not None and not role.facility)
    return _harmed(tree, lexicon).union(people)


def _deadly(tree: Tree, lexicon: Lexicon) -> list[int]:
    words = lexicon.words["deadly_words"]
    return [] if words.isdisjoint(tree.lemmas) else [t.i for t in tree if t.lemma in words and t.is_verb]
