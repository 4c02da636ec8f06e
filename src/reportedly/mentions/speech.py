"""Room 3, speech: who tells what by which words, before any event is looked at.

Door: `find_tellings(tree, actors, quotations, lexicon, text)`. A telling is one cue with its speaker and content;
chains arise because one telling's content holds another. The reporting verb never becomes an event.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from reportedly.knowledge.lexicon import Lexicon
from reportedly.mentions.speech_blame import (
    blame,
    fallen_on,
    held_back,
    held_responsible,
    responsibility,
    unverified,
    with_phrases,
)
from reportedly.mentions.speech_phrases import PHRASE_TAGS, by_noun, by_phrase, headline_owner
from reportedly.mentions.speech_scene import Scene, has_clause, prepositions, speaker_of, subject_of
from reportedly.model import ActorRef, Span, Stance
from reportedly.model.reading import Telling
from reportedly.model.syntax import Token, Tree

_SHORTEST_QUOTE = 12
_FINITE = frozenset({"VBD", "VBZ", "VBP"})
_NOUN_TAGS = frozenset({"NN", "NNS"})
_AUXILIARY_SAY = frozenset({"VBP", "VBZ", "VBD"})


def find_tellings(
    tree: Tree, actors: Mapping[int, ActorRef], quotations: Sequence[Span], lexicon: Lexicon, text: str
) -> tuple[Telling, ...]:
    """Return the tellings of a segment, outermost (widest content) first; of equal ones the cited is the inner."""
    scene = Scene(tree, actors, quotations, lexicon, text)
    found: dict[int, Telling] = {}
    for token in tree:
        for telling in _by_token(scene, token):
            if not any(other.cue.overlaps(telling.cue) for other in found.values()):
                found[telling.cue.start] = telling
    for telling in headline_owner(scene, found.values()):
        found.setdefault(telling.cue.start, telling)
    return tuple(sorted(found.values(), key=lambda t: (-_size(t), _is_citation(scene, t), t.cue.start)))


def _size(telling: Telling) -> int:
    return sum(s.end - s.start for s in telling.content)


def _is_citation(scene: Scene, telling: Telling) -> bool:
    cue = telling.cue_head
    return cue is not None and scene.tree[cue].tag == "VBG" and scene.listed("cites", scene.tree[cue].lemma)


def _by_token(scene: Scene, token: Token) -> Iterable[Telling]:
    tag = token.tag
    if tag in PHRASE_TAGS and (phrase := list(by_phrase(scene, token))):
        return phrase
    if tag == "MD":
        return ()
    if token.is_verb or (tag in _NOUN_TAGS and _is_misread_verb(scene, token)):
        return _by_verb(scene, token) if _may_tell(scene, token) else ()
    if token.lemma in scene.words.nouns and token.is_noun:
        return by_noun(scene, token)
    return ()


def _may_tell(scene: Scene, verb: Token) -> bool:
    """A quick look before the rules: most verbs tell nothing."""
    return verb.lemma in scene.words.telling


def _is_misread_verb(scene: Scene, token: Token) -> bool:
    """ "The army claims to have ...": a noun for the parser, a verb for what follows."""
    tree = scene.tree
    if token.tag not in _NOUN_TAGS or not scene.listed("of_self", token.lemma) or token.i == 0:
        return False
    return (
        token.dep in {"ROOT", "ccomp", "conj", "advcl"}
        and bool(tree.children(token.i, "acl"))
        and _next_is(tree, token, "to")
    )


def _next_is(tree: Tree, token: Token, word: str) -> bool:
    return token.i + 1 < len(tree) and tree[token.i + 1].lower == word


_RULES = (responsibility, held_responsible, blame, fallen_on, unverified)


def _by_verb(scene: Scene, verb: Token) -> Iterable[Telling]:
    for rule in (*_RULES, _quoted_as, _passive, _of_toll, _said_of, _reporting):
        telling = rule(scene, verb)
        if telling is not None:
            yield telling
            return


# ------------------------------------------------------------------------------------------- verbs of telling


def _reporting(scene: Scene, verb: Token) -> Telling | None:
    stance = _stance(scene, verb)
    if stance is None or held_back(scene, verb) or _only_claims_to_speak(scene, verb):
        return None
    if scene.listed("perceives", verb.lemma) and scene.passive(verb.i):
        return None
    head = _speaker(scene, verb)
    told = _content(scene, verb, head)
    chunk = _chunk_speaker(scene, verb, head, told) or _echo(scene, verb, head) or _tail_speaker(scene, verb)
    if chunk is not None:
        head, told = chunk
    content = _clipped(scene, verb, head, told)
    if not content:
        return None
    content = (*content, *_resumed(scene, verb, content))
    if stance in {"asserted", "claimed"} and (_denies_itself(scene, verb, head) or _calls_false(scene, verb)):
        stance = "denied"
    return scene.telling(verb.i, content, stance, head, cue=_cue(scene, verb.i))


def _stance(scene: Scene, verb: Token) -> Stance | None:
    for rest, stance in scene.words.phrases.get(verb.lemma, ()):
        following = {t.lemma for t in scene.tree.tokens[verb.i + 1 : verb.i + 5]}
        if set(rest) <= following:
            return stance
    return scene.words.verbs.get(verb.lemma)


def _only_claims_to_speak(scene: Scene, verb: Token) -> bool:
    """ "a man claiming to speak for the rebels" tells nothing of an event."""
    return verb.dep == "acl" and any(
        scene.tree[c].lemma in {"speak", "represent"} for c in scene.tree.children(verb.i, "xcomp")
    )


def _speaker(scene: Scene, verb: Token) -> int | None:
    """The speaker of an active verb; in the passive, only the "by" phrase."""
    tree = scene.tree
    if verb.dep == "aux" and verb.tag in _AUXILIARY_SAY:
        return verb.i - 1 if verb.i and tree[verb.i - 1].is_noun else None
    if not verb.is_verb:
        return _misread_subject(tree, verb)
    if tree.children(verb.i, "auxpass", "nsubjpass"):
        return scene.agent(verb.i)
    if verb.dep == "pcomp" and (quoted := _quoted_speaker(scene, verb)) is not None:
        return quoted
    found = speaker_of(scene, verb)
    quoted = verb.i > 0 and (
        tree[verb.i - 1].tag == "''" or (tree[verb.i - 1].tag == "," and scene.listed("plain", verb.lemma))
    )
    if found is None and quoted:
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
    if tree.children(verb.i, "nsubj", "nsubjpass", "ccomp", "dobj", "mark", "xcomp") or verb.head > verb.i:
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
        if token.is_verb and token.dep in {"ccomp", "ROOT"} and scene.listed("plain", token.lemma):
            if tree.child(i, "nsubj") is not None and tree[begin - 1].tag == "," and token.head in {verb.i, i}:
                return tree[begin - 1].end
            commas = [c for c in range(i + 1, begin) if tree[c].tag == ","]
            if tree.child(i, "nsubj") is not None and commas and token.head == verb.i:
                return tree[commas[0]].end
    return None


def _cue(scene: Scene, index: int) -> Span:
    """The verb, with the auxiliaries of the infinitive that it governs directly ("claims to have")."""
    tree, last = scene.tree, index
    for child in tree.children(index, "xcomp", "acl"):
        for aux in tree.children(child, "aux", "auxpass"):
            if aux == last + 1:
                last = aux
    return scene.span(index, last)


def _denies_itself(scene: Scene, verb: Token, head: int | None) -> bool:
    """ "said it had not attacked", "insisted that his men had never fired": a denial in plain words."""
    tree = scene.tree
    for clause in tree.children(verb.i, "ccomp"):
        subject = tree.child(clause, "nsubj")
        if subject is None or not _is_own(scene, subject, head):
            continue
        undone = [tree[n].lower for n in tree.children(clause, "neg")]
        acts = not scene.listed("states", tree[clause].lemma)
        perfect = any(tree[a].lemma == "have" for a in tree.children(clause, "aux"))
        behind = tree[clause].lemma == "be" and any(
            tree[c].lower in {"behind", "responsible", "involved"}
            for c in tree.children(clause, "prep", "acomp", "advmod")
        )
        if undone and ((acts and perfect) or behind or ("never" in undone and acts)):
            return True
    return False


def _is_own(scene: Scene, subject: int, head: int | None) -> bool:
    """Tell whether the subject of what is said is the speaker: "it", "its forces", "we"."""
    tree = scene.tree
    own = {"it", "they", "he", "she", "we", "i", "its", "their", "his", "her", "our"}
    return subject == head or any(tree[i].lower in own for i in (subject, *tree.children(subject, "poss")))


def _calls_false(scene: Scene, verb: Token) -> bool:
    """ "described the report as false"."""
    tree = scene.tree
    if not scene.listed("calls", verb.lemma):
        return False
    near = [tree[i] for i in range(verb.i + 1, tree.bounds(verb.i)[1] + 1)]
    return any(t.tag.startswith("JJ") and scene.words.adjectives.get(t.lower) == "denied" for t in near)


# ------------------------------------------------------------------------------------------- what is told


def _resumed(scene: Scene, verb: Token, content: Sequence[Span]) -> tuple[Span, ...]:
    """The second part of a quotation that a cue splits: ""We know," the general told reporters, "BUT ..."."""
    tree, quotes = scene.tree, scene.quotations
    if len(quotes) < 2 or not any(q.start <= content[-1].start < q.end for q in quotes) or content[-1].end > verb.start:
        return ()
    later = next((q for q in quotes if verb.end < q.start < tree.end and q.end - q.start > _SHORTEST_QUOTE), None)
    if later is None or any(t.is_verb for t in tree.tokens[verb.i + 1 :] if t.start < later.start):
        return ()
    return (Span.of(scene.text, later.start, min(later.end, tree.end)),)


def _content(scene: Scene, verb: Token, head: int | None) -> tuple[Span, ...]:
    """What a verb of telling tells: its clause, its infinitive, its quotation, its object, or what stands before it."""
    tree = scene.tree
    if verb.dep == "aux":
        return scene.pieces(verb.i + 1, tree.bounds(verb.head)[1])
    clauses = [c for c in tree.children(verb.i, "ccomp") if has_clause(tree, c) and _is_told(scene, verb, c)]
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
    """Verbs like "find" and "see" tell only with a clause that is marked or finite."""
    tree = scene.tree
    if not scene.listed("needs_clause", verb.lemma):
        return True
    if scene.listed("perceives", verb.lemma):
        return any(tree[m].lower == "that" for m in tree.children(clause, "mark"))
    return bool(tree.children(clause, "mark", "aux", *("nsubj", "nsubjpass")))


def _around(scene: Scene, verb: Token, clause: int, head: int | None) -> tuple[Span, ...]:
    """The clause without cue and speaker inside it, and what goes on after a cue that stands in the middle."""
    tree = scene.tree
    first, last = tree.bounds(clause)
    if verb.tag and first < verb.i < last:
        return scene.pieces(first, last, _cue_range(scene, verb, head))
    if last < verb.i:
        return (*_before(scene, verb, first, last, head), *_after(scene, verb))
    if verb.dep == "relcl" and last > verb.i:
        first = max(first, verb.i + 1)
    for child in tree.children(verb.i, "advcl", "conj", "dep"):
        left, right = tree.bounds(child)
        if left == last + 2 and tree[last + 1].lower == "and" and tree[child].tag in {"CD", "NNS", "VBN"}:
            last = right  # "four were killed and six wounded"
    return scene.pieces(first, last)


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


def _after(scene: Scene, verb: Token) -> tuple[Span, ...]:
    """What goes on behind a cue in the middle: "..., he said late on Sunday, AFTER A BOMB EXPLODED"."""
    tree = scene.tree
    found: list[Span] = []
    for child in tree.children(verb.i, "advcl", "conj", "prep"):
        left, right = tree.bounds(child)
        comma = tree[left - 1].tag == "," or (tree[left - 1].tag == "CC" and tree[max(left - 2, 0)].tag == ",")
        if left <= verb.i or not comma:
            continue
        subject = tree.child(child, "nsubj", "nsubjpass")
        marked = bool(tree.children(child, "mark", "advmod", "aux"))
        if tree[child].lemma in scene.words.verbs or (tree[child].tag == "VBG" and not marked):
            continue
        if tree[child].dep == "prep" and (tree[child].tag == "VBG" or scene.listed("through", tree[child].lower)):
            continue
        if tree[child].dep == "conj" and subject is not None:
            continue
        found += scene.pieces(left, right)
    return tuple(found)


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
        return scene.pieces(main[0], main[1], own)
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
    if told is None and scene.listed("calls", verb.lemma):
        told = next((p for prep in tree.children(verb.i, "prep") for p in tree.children(prep, "pobj")), None)
    if told is None and verb.dep == "relcl" and tree.child(verb.i, "nsubj") is not None:
        return scene.source(verb.head)
    if told is None or (verb.lemma == "claim" and not _is_claimed(scene, told)):
        return ()
    if scene.listed("perceives", verb.lemma) and not tree.children(told, "acl"):
        return ()
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


# ------------------------------------------------------------------------------------------- other forms


def _quoted_as(scene: Scene, verb: Token) -> Telling | None:
    """ "X quoted Y as saying that ...": X tells what Y says; "Y, quoted by X, said ..." the same."""
    tree = scene.tree
    if not scene.listed("quotes", verb.lemma):
        return None
    if (saying := _saying(scene, verb)) is not None:
        head = scene.agent(verb.i) if scene.passive(verb.i) else subject_of(tree, verb.i)
        content = _content(scene, saying, None)
        return scene.telling(verb.i, content, "asserted", head) if head is not None else None
    if verb.dep == "acl" and (agent := scene.agent(verb.i)) is not None:
        said = tree[tree[verb.head].head]
        if said.lemma in scene.words.verbs and tree[verb.head].dep == "nsubj":
            return scene.telling(verb.i, _content(scene, said, verb.head), "asserted", agent)
    return None


def _saying(scene: Scene, verb: Token) -> Token | None:
    tree = scene.tree
    prep = prepositions(tree, verb.i).get("as")
    inner = tree.child(prep, "pcomp") if prep is not None else None
    return tree[inner] if inner is not None and tree[inner].lemma in scene.words.verbs else None


def _quoted_speaker(scene: Scene, saying: Token) -> int | None:
    """In "quoted Y as saying" and "Y was quoted as saying", Y."""
    tree = scene.tree
    verb = tree[tree[saying.head].head]
    if not scene.listed("quotes", verb.lemma):
        return None
    return scene.described(verb.i) if scene.passive(verb.i) else tree.child(verb.i, "dobj")


def _passive(scene: Scene, verb: Token) -> Telling | None:
    """A stance with or without a speaker: "was reported to have", "is believed to be", "are feared dead"."""
    tree = scene.tree
    stance = scene.words.passive.get(verb.lemma)
    if stance is None or not tree.children(verb.i, "auxpass") or held_back(scene, verb):
        return None
    parts = tree.children(verb.i, "xcomp", "ccomp", "oprd", "acomp")
    if not parts and scene.listed("figures", verb.lemma):
        parts = [p for p in tree.children(verb.i, "prep") if tree[p].lower == "at"]
    if not parts:
        return _parenthetical_passive(scene, verb, stance)
    subject = tree.child(verb.i, "nsubjpass")
    if scene.listed("hearers", verb.lemma) and subject is not None and tree[subject].lemma != "it":
        return scene.telling(verb.i, [s for p in parts for s in scene.clause(p)], stance, scene.agent(verb.i))
    named = subject is not None and tree[subject].lemma != "it"
    first = tree.bounds(subject)[0] if named and subject is not None else tree.bounds(parts[0])[0]
    last = max(tree.bounds(p)[1] for p in parts)
    if scene.listed("figures", verb.lemma):
        last = max(
            last, max((tree.bounds(c)[1] for c in tree.children(verb.i, "advcl") if c == last + 1), default=last)
        )
    content = scene.pieces(min(first, last), max(first, last))
    if last < verb.i:
        content = (*content, *_after(scene, verb))
    return scene.telling(verb.i, content, stance, scene.agent(verb.i))


def _parenthetical_passive(scene: Scene, verb: Token, stance: Stance) -> Telling | None:
    """ "Police arrested six suspects, it was reported on Monday"."""
    tree = scene.tree
    subject = tree.child(verb.i, "nsubjpass")
    if subject is None or tree[subject].lower != "it":
        return None
    if verb.dep == "parataxis":
        content = (*scene.pieces(*tree.bounds(verb.head), tree.bounds(verb.i)), *_after(scene, verb))
        return scene.telling(verb.i, content, stance, None)
    return None


def _of_toll(scene: Scene, verb: Token) -> Telling | None:
    """ "put the toll at 12", "gave a toll of", "raised the death toll to", "counted 13 dead"."""
    tree = scene.tree
    if not scene.listed("gives_tolls", verb.lemma) or scene.passive(verb.i) or held_back(scene, verb):
        return None
    told, head = tree.child(verb.i, "dobj"), speaker_of(scene, verb)
    if told is None or head is None:
        return None
    figure = any(tree[i].tag == "CD" for i in range(tree.bounds(told)[0], tree.bounds(told)[1] + 1))
    if not (scene.listed("tolls", tree[told].lemma) or (figure and scene.listed("counts", verb.lemma))):
        return None
    if not figure and not any(t.tag == "CD" for t in tree.tokens[told : tree.bounds(verb.i)[1] + 1]):
        return None
    first, last = tree.bounds(told)
    for child in tree.children(verb.i, "prep", "advcl", "acl", "oprd"):
        if tree.bounds(child)[0] > last and not scene.listed("cites", tree[child].lemma):
            last = max(last, tree.bounds(child)[1])
    stance: Stance = scene.words.verbs.get(verb.lemma, "asserted")
    return scene.telling(verb.i, scene.pieces(first, last), stance, head)


def _said_of(scene: Scene, verb: Token) -> Telling | None:
    """ "spoke of men in uniform", "confessed to killing"."""
    tree = scene.tree
    words = {"of": "speaks_of", "to": "confesses_to"}
    for child in tree.children(verb.i, "prep"):
        name = words.get(tree[child].lower)
        if name is None or not scene.listed(name, verb.lemma) or tree.children(verb.i, "ccomp", "dobj"):
            continue
        stance = scene.words.verbs.get(verb.lemma, "asserted")
        return scene.telling(verb.i, scene.clause(child), stance, subject_of(tree, verb.i))
    return None
