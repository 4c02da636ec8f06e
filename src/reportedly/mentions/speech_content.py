"""Room 3, speech: what a verb of telling tells: its clause, infinitive, quotation or object, or what stands before.

Doors: `content_of(scene, verb, head)`; `resumed` for a quotation that the cue splits, and `after_cue` for what goes on
behind a cue in the middle.
"""

from __future__ import annotations

from collections.abc import Sequence

from reportedly.mentions.speech_blame import with_phrases
from reportedly.mentions.speech_scene import Scene, has_clause
from reportedly.model import Span
from reportedly.model.syntax import Token, Tree

_SHORTEST_QUOTE = 12


def resumed(scene: Scene, verb: Token, content: Sequence[Span]) -> tuple[Span, ...]:
    """The second part of a quotation that a cue splits: ""We know," the general told reporters, "BUT ..."."""
    tree, quotes = scene.tree, scene.quotations
    if len(quotes) < 2 or not any(q.start <= content[-1].start < q.end for q in quotes) or content[-1].end > verb.start:
        return ()
    later = next((q for q in quotes if verb.end < q.start < tree.end and q.end - q.start > _SHORTEST_QUOTE), None)
    if later is None or any(t.is_verb for t in tree.tokens[verb.i + 1 :] if t.start < later.start):
        return ()
    return (Span.of(scene.text, later.start, min(later.end, tree.end)),)


def content_of(scene: Scene, verb: Token, head: int | None) -> tuple[Span, ...]:
    """What a verb of telling tells: its clause, its infinitive, its quotation, its object, or what stands before it."""
    tree = scene.tree
    if verb.dep == "aux":
        return scene.pieces(verb.i + 1, tree.bounds(verb.head)[1])
    clauses = [c for c in tree.children(verb.i, "ccomp") if has_clause(tree, c) and _is_told(scene, verb, c)]
    clauses = [c for c in clauses if not _times_apart(scene, c)]
    if not clauses and verb.dep == "relcl" and scene.listed("plain", verb.lemma):
        clauses = tree.children(verb.i, "xcomp")
    if not clauses:
        clauses = _written(scene, verb)
    if clauses:
        return tuple(s for c in clauses for s in _around(scene, verb, c, head))
    if scene.listed("of_self", verb.lemma):
        clauses = [c for c in tree.children(verb.i, "xcomp", "ccomp", "acl") if c > verb.i]
    if not clauses and scene.listed("with_object", verb.lemma):
        clauses = [c for c in tree.children(verb.i, "xcomp") if tree[c].tag == "VBG"]
    if clauses:
        return tuple(s for c in clauses for s in scene.clause(c))
    return _quoted(scene, verb) or _elsewhere(scene, verb, head)


def _written(scene: Scene, verb: Token) -> list[int]:
    """ "wrote in a letter to the president that ...": the clause hangs from the letter."""
    tree = scene.tree
    papers = [n for p in tree.children(verb.i, "prep") for n in tree.children(p, "pobj")]
    places = [n for n in papers if scene.listed("papers", tree[n].lemma) or scene.listed("channels", tree[n].lemma)]
    inner = [m for n in places for p in tree.children(n, "prep") for m in tree.children(p, "pobj")]
    found = [c for n in (*places, *inner) for c in tree.children(n, "relcl", "acl", "ccomp")]
    return [
        c for c in found if tree[tree.bounds(c)[0]].lower == "that" and tree.child(c, "nsubj", "nsubjpass") is not None
    ]


def _is_told(scene: Scene, verb: Token, clause: int) -> bool:
    """Verbs like "find" and "see" tell only with a clause that is marked or finite; nobody tells "IN WHICH ..."."""
    tree = scene.tree
    first = tree.bounds(clause)[0]
    if tree[first].tag == "IN" and tree[first + 1].tag in {"WDT", "WP"}:
        return False
    if not scene.listed("needs_clause", verb.lemma):
        return True
    if scene.listed("perceives", verb.lemma):
        before = clause < verb.i and tree[verb.i - 1].is_noun  # "nine were killed, ministry figures SHOW"
        return before or any(tree[m].lower == "that" for m in tree.children(clause, "mark"))
    return tree.has(clause, "mark", "aux", *("nsubj", "nsubjpass"))


def _around(scene: Scene, verb: Token, clause: int, head: int | None) -> tuple[Span, ...]:
    """The clause without cue and speaker inside it, and what goes on after a cue that stands in the middle."""
    tree = scene.tree
    first, last = tree.bounds(clause)
    if verb.tag and first < verb.i < last:
        return scene.pieces(first, last, _cue_range(scene, verb, head))
    if last < verb.i:
        first = _clause_before(scene, verb, first)
        return (*_before(scene, verb, first, last, head), *after_cue(scene, verb))
    if verb.dep == "relcl" and last > verb.i:
        first = max(first, verb.i + 1)
    for child in tree.children(verb.i, "advcl", "conj", "dep"):
        left, right = tree.bounds(child)
        if left == last + 2 and tree[last + 1].lower == "and" and tree[child].tag in {"CD", "NNS", "VBN"}:
            last = right  # "four were killed and six wounded"
    return scene.pieces(first, last)


def _clause_before(scene: Scene, verb: Token, first: int) -> int:
    """Where what is told begins: "REBELS ATTACKED A POST, and the army lost nine men, sources told us" tells both."""
    tree, main = scene.tree, scene.tree[verb.head]
    joined = verb.dep == "conj" and main.is_verb and main.i < first and first > 0 and tree[first - 1].lower == "and"
    if not joined or main.lemma in scene.words.verbs or tree.child(main.i, "nsubj", "nsubjpass") is None:
        return first
    return tree.bounds(main.i)[0]


def _cue_range(scene: Scene, verb: Token, head: int | None) -> tuple[int, int]:
    """The tokens of cue and speaker."""
    tree = scene.tree
    left = min(verb.i, tree.bounds(head)[0]) if head is not None and head < verb.i else verb.i
    right = tree.bounds(head)[1] if head is not None and verb.i < head < verb.i + 12 else verb.i
    return left, right


def _before(scene: Scene, verb: Token, first: int, last: int, head: int | None) -> tuple[Span, ...]:
    """Words before the cue; a speaker that the parser drew into them is left out."""
    if head is not None and first <= head <= last:
        last = max(first, _chunk_start(scene.tree, head) - 1)
    return scene.pieces(first, last)


def _chunk_start(tree: Tree, head: int) -> int:
    """First token of a noun phrase that the parser hung to the wrong word: back to the comma before it."""
    here = head
    while here > 0 and tree[here - 1].tag not in {",", "''", "``", ":"}:
        here -= 1
    return here


def after_cue(scene: Scene, verb: Token) -> tuple[Span, ...]:
    """What goes on behind a cue in the middle: "..., he said late on Sunday, AFTER A BOMB EXPLODED"."""
    tree = scene.tree
    found: list[Span] = []
    for child in tree.children(verb.i, "advcl", "conj", "prep"):
        left, right = tree.bounds(child)
        comma = tree[left - 1].tag == "," or (tree[left - 1].tag == "CC" and tree[max(left - 2, 0)].tag == ",")
        if left <= verb.i or not comma:
            continue
        if _times_apart(scene, child):
            continue
        subject = tree.child(child, "nsubj", "nsubjpass")
        marked = tree.has(child, "mark", "advmod", "aux")
        if tree[child].lemma in scene.words.verbs or (tree[child].tag == "VBG" and not marked):
            continue
        if tree[child].dep == "prep" and (tree[child].tag == "VBG" or scene.listed("through", tree[child].lower)):
            continue
        if tree[child].dep == "conj" and subject is not None:
            continue
        found += scene.pieces(left, right)
    return tuple(found)


def _times_apart(scene: Scene, clause: int) -> bool:
    """ "Nine were hurt, the mayor said, A DAY AFTER a missile killed five": what that was the outlet tells."""
    tree = scene.tree
    marks = [m for m in tree.children(clause, "mark") if tree[m].lower in {"after", "before"}]
    return any(m > 0 and tree[m - 1].lemma in scene.lexicon.words["stretches_of_time"] for m in marks)


def _quoted(scene: Scene, verb: Token) -> tuple[Span, ...]:
    """The quotation that stands in the verb's own segment."""
    tree = scene.tree
    puts_it = verb.lemma == "put" and any(tree[c].lower == "it" for c in tree.children(verb.i, "dobj"))
    if scene.listed("not_with_quotes", verb.lemma) and not puts_it:
        return ()
    near = [q for q in scene.quotations if q.start < tree.end and tree.start < q.end]
    outside = [q for q in near if not q.start <= verb.start < q.end]
    spans = [Span.of(scene.text, max(q.start, tree.start), min(q.end, tree.end)) for q in outside]
    return tuple(s for s in spans if s.end - s.start > _SHORTEST_QUOTE)


def _elsewhere(scene: Scene, verb: Token, head: int | None) -> tuple[Span, ...]:
    """What is told where the verb has neither clause nor quotation: around it, its object, or before a comma."""
    tree = scene.tree
    marks = {tree[m].lower for m in tree.children(verb.i, "mark", "advmod")}
    if verb.dep == "parataxis" or (verb.dep in {"advcl", "ccomp"} and "as" in marks):
        main = tree.bounds(verb.head)
        own = tree.bounds(verb.i)
        apart = (tree.bounds(c)[0] for c in tree.children(verb.head, "advcl") if c > own[1] and _times_apart(scene, c))
        return scene.pieces(main[0], min((a - 1 for a in apart), default=main[1]), own)
    if scene.listed("with_object", verb.lemma):
        return _object(scene, verb)
    if not scene.listed("needs_clause", verb.lemma):
        return _before_comma(scene, verb, head)
    return ()


def _object(scene: Scene, verb: Token) -> tuple[Span, ...]:
    """ "confirmed the attack", "denied involvement", "the strike was confirmed"."""
    tree = scene.tree
    if scene.passive(verb.i):
        told = scene.described(verb.i)
        if told is None or not scene.listed("told_in_passive", verb.lemma):
            return ()
        return scene.clause(told)
    told = tree.child(verb.i, "dobj")
    if told is None and verb.lemma == "report":
        told = tree.child(verb.i, "oprd")  # "REPORTED nine wounded"
    if told is None and scene.listed("calls", verb.lemma):
        told = next((p for prep in tree.children(verb.i, "prep") for p in tree.children(prep, "pobj")), None)
    if told is None and verb.dep == "relcl" and tree.child(verb.i, "nsubj") is not None:
        return scene.source(verb.head)
    if told is None or (verb.lemma == "claim" and not _is_claimed(scene, told)):
        return ()
    if scene.listed("perceives", verb.lemma) and not tree.has(told, "acl"):
        return ()
    if scene.listed("turns_down", verb.lemma) and not scene.listed("deniable", tree[told].lemma):
        return ()  # who "rejected the OFFER" denies nothing
    if scene.listed("calls", verb.lemma) and tree[told].tag in {"WP", "WDT"}:
        return tuple(
            s for p in tree.children(verb.i, "prep") for q in tree.children(p, "pobj") for s in scene.clause(q)
        )
    return with_phrases(scene, verb.i, told)


def _is_claimed(scene: Scene, told: int) -> bool:
    """ "claimed the hill" and "claimed 40 lives" tell nothing; "claimed the capture of" does."""
    lemma = scene.tree[told].lemma
    if scene.listed("not_claimable", lemma):
        return False
    return ("noun", lemma) in scene.lexicon.triggers or scene.listed("claimable", lemma)


def _before_comma(scene: Scene, verb: Token, head: int | None) -> tuple[Span, ...]:
    """ "Twelve dead, police say": a fragment before the comma that the parser did not attach."""
    tree = scene.tree
    if head is None or not scene.listed("plain", verb.lemma):
        return ()
    edge = min(tree.bounds(head)[0], verb.i) if head < verb.i else verb.i
    commas = [i for i in range(edge) if tree[i].tag in {",", ":", "''"} and tree[i].text != "'"]
    if not commas or commas[-1] < edge - 1 or commas[-1] == 0:
        return ()
    begin = commas[-1]
    for i in range(commas[-1] - 1, -1, -1):
        if tree[i].lemma in scene.words.verbs and tree[i].is_verb and i < begin - 2:
            later = [c for c in commas if c > i]
            begin = later[0] + 1 if later[0] < commas[-1] else 0
            break
        begin = i
    return scene.pieces(begin, commas[-1] - 1)
