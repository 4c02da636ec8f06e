"""Room 3, speech: who speaks by a verb of telling, and which words are told by it, where the parse misses them.

Door: `told_by(scene, verb)`. "Rebels seized the town, a local administrator said": the speaker is the phrase before the
cue, whatever it was hung from.
"""

from __future__ import annotations

from collections.abc import Sequence

from reportedly.mentions.speech_content import content_of
from reportedly.mentions.speech_scene import Scene, speaker_of
from reportedly.model import Span
from reportedly.model.syntax import Token, Tree

_FINITE = frozenset({"VBD", "VBZ", "VBP"})
_AUXILIARY_SAY = frozenset({"VBP", "VBZ", "VBD"})


def told_by(scene: Scene, verb: Token) -> tuple[int | None, tuple[Span, ...]]:
    """Return the head of whoever speaks by a verb, and what is told; no content where the verb tells nothing."""
    head = _speaker(scene, verb)
    told = content_of(scene, verb, head)
    chunk = _chunk_speaker(scene, verb, head, told) or _echo(scene, verb, head) or _tail_speaker(scene, verb)
    if chunk is not None:
        head, told = chunk
    return head, _clipped(scene, verb, head, told)


def _speaker(scene: Scene, verb: Token) -> int | None:
    """The speaker of an active verb; in the passive, only the "by" phrase."""
    tree = scene.tree
    if verb.dep == "aux" and verb.tag in _AUXILIARY_SAY:
        return verb.i - 1 if verb.i and tree[verb.i - 1].is_noun else None
    if not verb.is_verb:
        return _misread_subject(tree, verb)
    if tree.has(verb.i, "auxpass", "nsubjpass"):
        return scene.agent(verb.i)
    if verb.dep == "pcomp" and (quoted := _quoted_speaker(scene, verb)) is not None:
        return quoted
    found = speaker_of(scene, verb)
    quoted = verb.i > 0 and (
        tree[verb.i - 1].tag == "''" or (tree[verb.i - 1].tag == "," and scene.listed("plain", verb.lemma))
    )
    if found is None and quoted and not scene.listed("hearers", verb.lemma):
        found = next((c for c in tree.children(verb.i, "dobj", "attr") if c > verb.i), None)
    if found is not None and tree[found].lower == "it" and scene.listed("impersonal", verb.lemma):
        return None
    return found


def _misread_subject(tree: Tree, verb: Token) -> int | None:
    before = verb.i - 1
    return before if before >= 0 and (tree[before].is_noun or tree[before].tag == "JJ") else None


def _chunk_speaker(
    scene: Scene, verb: Token, head: int | None, content: Sequence[Span]
) -> tuple[int, tuple[Span, ...]] | None:
    """The speaker between the last comma and the cue, where the parser drew it into what is told.

    "Rebels seized the town of Sake, a local administrator said", "..., a vigilante leader, Babakura Kolo, said".
    """
    tree = scene.tree
    if head is not None or not content or not scene.listed("plain", verb.lemma) or not verb.i or verb.tag == "VBN":
        return None
    if content[-1].end > verb.start or verb.start - content[-1].end > 2:
        return None
    if (found := _chunk_before(tree, verb)) is None:
        return None
    comma, speaker = found
    limit = tree[comma].start
    kept = tuple(Span.of(scene.text, c.start, min(c.end, limit)) for c in content if c.start < limit)
    return (speaker, kept) if kept else None


def _chunk_before(tree: Tree, verb: Token) -> tuple[int, int] | None:
    """The comma and the head of the noun phrase between it and a verb, an apposition in commas included."""
    end = verb.i - 1
    if tree[end].tag == ",":
        end = _comma_before(tree, end) - 1
    comma = _comma_before(tree, end + 1)
    clause = next((i for i in range(comma + 2, end) if tree[i].tag == "WP" and tree[i - 1].is_noun), None)
    if clause is not None and comma > 0:
        return comma, clause - 1  # ", A SOLDIER who survived the attack told reporters"
    if comma <= 0 or end <= comma or any(tree[i].is_verb for i in range(comma + 1, end + 1)):
        return None
    nouns = [i for i in range(comma + 1, end + 1) if tree[i].is_noun or tree[i].tag == "CD"]
    stop = next((i for i in range(comma + 2, end + 1) if tree[i].tag in {"IN", "CC"}), end + 1)
    head = max((i for i in nouns if i < stop), default=None)
    return (comma, head) if head is not None else None


def _tail_speaker(scene: Scene, verb: Token) -> tuple[int, tuple[Span, ...]] | None:
    """ "Clashes killed 13 people, an elder, Mahamat Saleh, said": a closing cue hung to the main verb."""
    tree = scene.tree
    if verb.dep not in {"conj", "advcl"} or not scene.listed("plain", verb.lemma) or verb.tag not in _FINITE:
        return None
    heard = () if scene.listed("hearers", verb.lemma) else tree.children(verb.i, "dobj")
    if heard or tree.has(verb.i, "nsubj", "nsubjpass", "ccomp", "mark", "xcomp") or verb.head > verb.i:
        return None
    if tree[verb.i - 1].tag == "CC" or (found := _chunk_before(tree, verb)) is None:
        return None
    comma, speaker = found
    first = tree.bounds(verb.head)[0]
    return (speaker, scene.pieces(first, comma - 1)) if verb.head < comma else None


def _echo(scene: Scene, verb: Token, head: int | None) -> tuple[int, tuple[Span, ...]] | None:
    """ "..., something the army has always denied": the noun stands for what was said, the name beside it speaks."""
    tree = scene.tree
    if head is None or not scene.listed("echoes", tree[head].lemma):
        return None
    speaker = tree.child(head, "appos")
    return (speaker, (scene.span(head, head),)) if speaker is not None and speaker < verb.i else None


def _comma_before(tree: Tree, index: int) -> int:
    return next((i for i in range(index - 1, -1, -1) if tree[i].tag == ","), -1)


def _clipped(scene: Scene, verb: Token, head: int | None, content: Sequence[Span]) -> tuple[Span, ...]:
    """What is told without what stands before a colon, or before another teller's words, ahead of cue and speaker."""
    tree = scene.tree
    begin = min(verb.i, head) if head is not None else verb.i
    edge = next((tree[i].end for i in range(begin - 1, 0, -1) if tree[i].text == ":"), None)
    if edge is None:
        edge = _after_other(scene, verb, begin)
    if edge is None:
        return tuple(content)
    kept = []
    for piece in content:
        start = max(piece.start, edge)
        start += len(scene.text[start : piece.end]) - len(scene.text[start : piece.end].lstrip(" \n,"))
        if piece.end - start > 1:
            kept.append(Span.of(scene.text, start, piece.end))
    return tuple(kept) or tuple(content)


def _after_other(scene: Scene, verb: Token, begin: int) -> int | None:
    """In "officials say 12 killed, residents say 40", where the first teller's words end."""
    tree = scene.tree
    for i in range(1, begin):
        token = tree[i]
        if token.dep in {"ccomp", "ROOT"} and token.is_verb and scene.listed("plain", token.lemma):
            if tree.child(i, "nsubj") is not None and tree[begin - 1].tag == "," and token.head in {verb.i, i}:
                return tree[begin - 1].end
            commas = [c for c in range(i + 1, begin) if tree[c].tag == ","]
            if tree.child(i, "nsubj") is not None and commas and token.head == verb.i:
                return tree[commas[0]].end
    return None


def _quoted_speaker(scene: Scene, saying: Token) -> int | None:
    """In "quoted Y as saying" and "Y was quoted as saying", Y."""
    tree = scene.tree
    verb = tree[tree[saying.head].head]
    if not scene.listed("quotes", verb.lemma):
        return None
    return scene.described(verb.i) if scene.passive(verb.i) else tree.child(verb.i, "dobj")
