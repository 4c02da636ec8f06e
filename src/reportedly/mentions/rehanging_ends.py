"""Room 3, rehanging at the end of a sentence: who tells there, what was a day before, what stands behind a date.

Doors: the rules of `rehanging.rehung` for them: `closing`, `of_affairs`, `there_too`, `day_after` and
`thing_after_date` (`DATES`).
"""

from __future__ import annotations

from reportedly.knowledge.grammar import time_words
from reportedly.model.syntax import SUBJECTS, Token, Tree

DATES = frozenset({*time_words("en").months, *time_words("en").weekdays})


def closing(tree: Tree, token: Token) -> Tree | None:
    """ "A drone hit a car, killing one person, the agency REPORTS.", read as a person whom it reports."""
    speaker = tree.child(token.i, "nsubj")
    main = next((t for t in tree if t.head == t.i), None)
    if token.dep not in {"appos", "dep", "relcl"} or token.head > token.i or speaker is None or main is None:
        return None
    opens = tree.bounds(speaker)[0]
    ends = all(t.tag == "." for t in tree.tokens[token.i + 1 :])
    if not (ends and main.is_verb and main.i < opens < token.i and tree[opens - 1].text == ","):
        return None
    tokens = list(tree)
    tokens[token.i] = token._replace(dep="ROOT", head=token.i)
    tokens[main.i] = main._replace(dep="ccomp", head=token.i)
    return Tree(tokens)


def of_affairs(tree: Tree, token: Token) -> Tree | None:
    """ "the ministry of veterans AFFAIRS said", read as affairs that said."""
    body = next((c for c in tree.children(token.i, "nmod", "compound") if tree[c].is_noun and tree.children(c)), None)
    of = next((p for p in tree.children(body, "prep") if tree[p].lower == "of"), None) if body is not None else None
    named = tree.child(of, "pobj") if of is not None else None
    if body is None or of is None or named is None or not body < of < named or named != token.i - 1:
        return None
    tokens = list(tree)
    tokens[body] = tree[body]._replace(dep=token.dep, head=token.head if token.head != token.i else body)
    for child in tree.children(token.i):
        if child != body:
            tokens[child] = tree[child]._replace(head=body)
    tokens[named] = tree[named]._replace(dep="compound", head=token.i)
    tokens[token.i] = token._replace(dep="pobj", head=of)
    return Tree(tokens)


def day_after(tree: Tree, token: Token) -> Tree | None:
    """ "Jets struck a camp, the ministry said, a day AFTER a rocket killed two", read as if the rocket killed that."""
    verb = tree[token.head]
    main = next((c for c in tree.children(verb.i, "ccomp") if c < token.i and tree[c].is_verb), None)
    if token.dep != "mark" or verb.dep != "ROOT" or main is None or not tree.has(main, *SUBJECTS):
        return None
    before = [c for c in tree.children(verb.i) if main < c < token.i and tree[c].dep == "npadvmod"]
    if not before or tree[tree.bounds(before[0])[0] - 1].text != ",":
        return None
    tokens = list(tree)
    for child in tree.children(verb.i):
        if child < before[0]:
            tokens[child] = tree[child]._replace(head=main)
    tokens[main] = tree[main]._replace(dep="ROOT", head=main)
    tokens[verb.i] = verb._replace(dep="advcl", head=main)
    return Tree(tokens)


def thing_after_date(tree: Tree, token: Token) -> Tree | None:
    """ "the fighters hit at 10:15 on Tuesday, 3 MAY, a gathering of soldiers", read as a gathering that is the day; so
    is "the rebels freed on WEDNESDAY 14 soldiers whom they held"."""
    if (count := next(iter(tree.children(token.i, "nummod")), 0)) == token.i + 1 < len(tree) - 1:
        return _with_count(tree, tree[count])
    thing = next((c for c in tree.children(token.i, "appos") if c > token.i), None)
    verb = next((a for a in tree.ancestors(token.i) if tree[a].is_verb), None)
    if thing is None or verb is None or verb > token.i or not tree[thing].is_noun or tree.has(verb, "dobj"):
        return None
    opens = tree.bounds(thing)[0]
    apart = tree[opens].tag == "DT" and tree[opens - 1].text == ","
    counted = tree[opens].tag == "CD" and opens == token.i + 1 and tree[thing].tag == "NNS"
    if not (apart or counted) or tree.has(verb, "auxpass"):
        return None
    tokens = list(tree)
    tokens[thing] = tree[thing]._replace(dep="dobj", head=verb)
    tokens[verb] = tree[verb]._replace(tag="VBD")
    return Tree(tokens)


def _with_count(tree: Tree, count: Token) -> Tree | None:
    """The tree of "freed on Monday 14 SOLDIERS", where the figure was read as that of the day."""
    noun = tree[count.i + 1]
    if noun.tag != "NNS" or noun.head > noun.i:
        return None
    tokens = list(tree)
    tokens[count.i] = count._replace(head=noun.i)
    return Tree(tokens)


def there_too(tree: Tree, token: Token) -> Tree | None:
    """ "Ako is 9 km from Dem, WHERE a patrol killed ten men and burned huts", read as burned by Ako."""
    deed = tree[token.head]
    above = (tree[a] for a in tree.ancestors(deed.i) if tree[a].is_verb)
    main = next(above, None) if deed.dep == "relcl" and tree.has(deed.i, "nsubj") else None
    if main is None or main.lemma not in _LIES or main.i > token.i:
        return None
    joined = next((c for c in tree.children(main.i, "conj") if c > deed.i and tree[c].tag == deed.tag), None)
    if joined is None or tree.has(joined, "aux", "auxpass", *SUBJECTS):
        return None
    tokens = list(tree)
    tokens[joined] = tree[joined]._replace(head=deed.i)
    for child in tree.children(main.i, "cc", "punct"):
        if deed.i < child < joined:
            tokens[child] = tree[child]._replace(head=deed.i)
    return Tree(tokens)


_LIES = frozenset({"be", "lie", "stand", "sit"})
