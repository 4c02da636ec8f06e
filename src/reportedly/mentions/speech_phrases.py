"""Room 3, speech: tellings without a verb: "according to", "citing", "the army's claim that", "reportedly".

Rules for nouns, phrases and headlines. Each takes a scene and a token and returns tellings.
"""

from __future__ import annotations

from collections.abc import Iterable

from reportedly.mentions.speech_scene import Scene, called_untrue
from reportedly.model import Span, Stance
from reportedly.model.reading import Telling
from reportedly.model.syntax import Token, Tree

PHRASE_TAGS = frozenset({"VBG", "IN", "RB", "RBR", "FW", "RP"})
_OPENERS = frozenset({"as", "per", "by", "in"})
_LONGEST_OWNER = 6  # tokens of a speaker before a colon or after a dash in a headline


# ------------------------------------------------------------------------------------------- phrases


def may_open(scene: Scene, token: Token) -> bool:
    """A quick look before the rules: most small words open no telling."""
    return token.lower in _OPENERS or token.tag == "VBG" or token.lower in scene.words.adverbs


def by_phrase(scene: Scene, token: Token) -> Iterable[Telling]:
    """Tellings by phrases that name the speaker, and hedges. The token has one of `PHRASE_TAGS`."""
    if token.tag == "VBG":
        if token.lower == "according":
            yield from _according(scene, token)
        elif scene.listed("cites", token.lemma):
            yield from _citing(scene, token)
    elif token.lower == "as" and token.i + 2 < len(scene.tree) and scene.tree[token.i + 1].tag == "VBN":
        yield from _as_reported_by(scene, token)
    elif token.lower == "per" and token.dep == "prep":
        yield from _named_by(scene, token, token.i, scene.tree.child(token.i, "pobj"))
    elif token.lower in {"by", "in"} and token.dep in {"prep", "pobj", "advmod"}:
        yield from _by_the_account(scene, token)
    elif token.lower in scene.words.adverbs and token.tag.startswith("RB"):
        yield from _hedged(scene, token)


def _according(scene: Scene, token: Token) -> Iterable[Telling]:
    tree = scene.tree
    to = next((c for c in tree.children(token.i) if tree[c].lower == "to"), None)
    if to is None:
        return ()
    speaker = tree.child(to, "pobj", "pcomp", "dobj")
    return _named_by(scene, token, to, speaker)


def _named_by(
    scene: Scene, token: Token, last_cue: int, speaker: int | None, stance: Stance = "asserted"
) -> Iterable[Telling]:
    """The telling of a phrase that names its speaker: the rest of the clause is what is told."""
    if speaker is None:
        return
    content = _rest_of_clause(scene, token)
    telling = scene.telling(token.i, content, stance, speaker, cue=scene.span(token.i, last_cue))
    if telling is not None:
        yield telling


def _rest_of_clause(scene: Scene, token: Token) -> tuple[Span, ...]:
    """The clause that a phrase stands in, without the phrase and without what is marked off from it."""
    tree = scene.tree
    own = tree.bounds(token.i)
    main = clause_head(tree, token.head) if token.head != token.i else token.i
    if own[0] > main and tree[own[0] - 1].text == ",":
        main = _joined_by_and(scene, main)
    low, high = tree.bounds(main)
    opens = own[0] == 0  # "ACCORDING TO X, nine died, while two were hurt": all of it, but where he is contradicted
    contrast = [tree.bounds(c) for c in tree.children(main, "advcl") if c > token.i and _contrasts(tree, c, opens)]
    return scene.pieces(low, high, own, *contrast)


def _joined_by_and(scene: Scene, verb: int) -> int:
    """The first of the clauses that "and" joins: "nine were killed AND six wounded, according to X" is X's word."""
    tree, here = scene.tree, verb
    while tree[here].dep == "conj" and tree[tree[here].head].is_verb:
        up = tree[here].head
        joints = [tree[c].lower for c in tree.children(up, "cc")]
        if joints != ["and"] or tree[up].lemma in scene.words.verbs:
            return here
        here = up
    return here


def _contrasts(tree: Tree, clause: int, opens: bool) -> bool:
    words = {"although", "though", "whereas"} if opens else {"although", "though", "while", "whereas"}
    return any(tree[m].lower in words for m in tree.children(clause, "mark"))


def clause_head(tree: Tree, index: int) -> int:
    """The verb of the clause that a phrase stands in."""
    here = index
    while not tree[here].is_verb and tree[here].head != here:
        here = tree[here].head
    return here


def _citing(scene: Scene, token: Token) -> Iterable[Telling]:
    """ "X reported, citing Y, that ...": Y tells what X tells."""
    tree = scene.tree
    speaker = tree.child(token.i, "dobj", "pobj")
    if speaker is None:
        return
    main = _reporter(scene, token)
    told = [c for c in tree.children(main.i, "ccomp") if not tree.covers(token.i, c)]
    own = tree.bounds(token.i)
    inside = tree.children(token.i, "ccomp")
    if inside:
        content = scene.clause(inside[0])
    elif told and main.lemma in scene.words.verbs:
        content = tuple(s for c in told for s in scene.pieces(*tree.bounds(c), own))
    elif main.lemma in scene.words.verbs or scene.listed("gives_tolls", main.lemma):
        objects = tree.children(main.i, "dobj", "nsubjpass")
        content = tuple(s for c in objects for s in scene.clause(c))
    else:
        content = _rest_of_clause(scene, token)
    telling = scene.telling(token.i, content, "asserted", speaker)
    if telling is not None:
        yield telling


def _reporter(scene: Scene, token: Token) -> Token:
    """The verb of telling beside "citing Y", also where that describes the teller: "X, quoting Y, reported"."""
    tree = scene.tree
    over = tree[token.head] if token.head != token.i else token
    if over.is_noun and over.dep == "nsubj" and tree[over.head].lemma in scene.words.verbs:
        return tree[over.head]
    return over


def _as_reported_by(scene: Scene, token: Token) -> Iterable[Telling]:
    """ "As reported by X, ..."."""
    tree = scene.tree
    verb = tree[token.i + 1]
    if verb.lemma not in scene.words.verbs or tree[token.i + 2].lower != "by":
        return
    speaker = scene.agent(verb.i)
    if speaker is None:
        return
    first = min(token.i, tree.bounds(verb.i)[0])
    main = clause_head(tree, verb.head) if verb.head != verb.i else verb.i
    content = scene.pieces(*tree.bounds(main), (first, tree.bounds(verb.i)[1]))
    telling = scene.telling(verb.i, content, "asserted", speaker, cue=scene.span(token.i, token.i + 2))
    if telling is not None:
        yield telling


def _by_the_account(scene: Scene, token: Token) -> Iterable[Telling]:
    """ "by the account of X", "by X's own account", "in the words of X"."""
    tree = scene.tree
    noun = tree.child(token.i, "pobj")
    if noun is None or not scene.listed("accounts", tree[noun].lemma):
        return
    of = next((p for p in tree.children(noun, "prep") if tree[p].lower == "of"), None)
    owner = tree.child(noun, "poss")
    stance = scene.words.nouns.get(tree[noun].lemma, "asserted")
    if of is not None and token.head != token.i:
        yield from _named_by(scene, token, of, tree.child(of, "pobj"), stance)
    elif owner is not None and tree[owner].tag != "PRP$" and token.head != token.i:
        yield from _named_by(scene, token, noun, owner, stance)


def _hedged(scene: Scene, token: Token) -> Iterable[Telling]:
    """ "reportedly", "allegedly": the stance of the words that the adverb modifies."""
    tree = scene.tree
    head = clause_head(tree, token.head)
    if tree[head].dep == "acl" and head > token.i:
        content = scene.pieces(token.i + 1, tree.bounds(head)[1])
    elif tree[head].dep == "acl":
        content = scene.clause(head)
    else:
        others = [tree.bounds(c) for c in tree.children(head, "prep") if tree[c].lower == "according"]
        content = scene.pieces(*tree.bounds(head), (token.i, token.i), *others)
    stance = scene.words.adverbs[token.lower]
    telling = scene.telling(token.i, content, stance, None)
    if telling is not None:
        yield telling


# ------------------------------------------------------------------------------------------- nouns


def by_noun(scene: Scene, noun: Token) -> Iterable[Telling]:
    """ "reports that", "the army's claim that", "a statement by the group that", "denial of involvement"."""
    tree = scene.tree
    stance = scene.words.nouns.get(noun.lemma)
    if stance is None or noun.dep == "compound":
        return
    if noun.dep == "nsubj" and tree[noun.head].dep == "ccomp" and called_untrue(scene, noun.head):
        return  # "CLAIMS that they attacked it are untrue, the ministry said": a denial
    none = next((d for d in tree.children(noun.i, "det") if scene.listed("nobody", tree[d].lower)), None)
    if none is not None:
        yield from _unconfirmed(scene, noun, none, stance)
        return
    speaker = tree.child(noun.i, "poss")
    places = [noun.i]
    for prep in tree.children(noun.i, "prep", "agent"):
        inner = tree.child(prep, "pobj")
        if inner is not None and tree[prep].lower in {"by", "from", "of"}:
            places.append(inner)
            if speaker is None and not (tree[prep].lower == "of" and _tells_of(scene, noun)):
                speaker = inner
    clause = _clause_of(scene, noun, places)
    if clause is not None and _told_by_verb(scene, noun):
        return
    content = scene.clause(clause) if clause is not None else _of_content(scene, noun)
    if clause is not None and speaker is not None and speaker > noun.i:
        content = scene.pieces(max(tree.bounds(clause)[0], speaker + 1), tree.bounds(clause)[1])
    telling = scene.telling(noun.i, content, stance, speaker)
    if telling is not None:
        yield telling


def _unconfirmed(scene: Scene, noun: Token, none: int, stance: Stance) -> Iterable[Telling]:
    """ "There was no independent confirmation of the claim": what it speaks of is doubted."""
    if stance != "confirmed":
        return
    content = tuple(s for p in scene.tree.children(noun.i, "prep") for s in scene.clause(p))
    clause = _clause_of(scene, noun, [noun.i])
    content = content or (scene.clause(clause) if clause is not None else ())
    telling = scene.telling(noun.i, content, "doubted", None, cue=scene.span(none, noun.i))
    if telling is not None:
        yield telling


def _clause_of(scene: Scene, noun: Token, places: Iterable[int]) -> int | None:
    """The that-clause of a noun of telling, wherever behind it the parser hung it."""
    tree = scene.tree
    for place in places:
        for clause in tree.children(place, "acl", "ccomp", "relcl"):
            if not tree[clause].is_verb or clause < noun.i:
                continue
            first = tree[tree.bounds(clause)[0]]
            subject = tree.child(clause, "nsubj", "nsubjpass")
            marked = any(tree[m].lower == "that" for m in tree.children(clause, "mark"))
            gap = subject is None or tree[subject].lower == "that" or _misses_object(tree, clause)
            if marked or (first.lower == "that" and not gap) or _to_have(scene, noun, clause):
                return clause
    return None


def _to_have(scene: Scene, noun: Token, clause: int) -> bool:
    """ "the army's claim TO HAVE RETAKEN the airport"."""
    auxiliaries = {scene.tree[a].lower for a in scene.tree.children(clause, "aux")}
    return {"to", "have"} <= auxiliaries and scene.listed("of_self", noun.lemma)


def _misses_object(tree: Tree, clause: int) -> bool:
    """Tell "the claim that the army made" from "the claim that soldiers raped women", which has its own object."""
    objects = tree.children(clause, "dobj")
    return all(tree[o].lower == "that" for o in objects) and bool(objects)


def _told_by_verb(scene: Scene, noun: Token) -> bool:
    """ "wrote in a letter that ...": the clause belongs to the verb."""
    tree = scene.tree
    prep = tree[noun.head]
    return (
        noun.dep == "pobj" and prep.lower in {"in", "during", "at", "on"} and tree[prep.head].lemma in scene.words.verbs
    )


def _tells_of(scene: Scene, noun: Token) -> bool:
    plural = noun.tag == "NNS" and scene.listed("of_content_plural", noun.lemma)
    return plural or scene.listed("of_content", noun.lemma)


def _of_content(scene: Scene, noun: Token) -> tuple[Span, ...]:
    """ "claim of responsibility", "reports of executions"; "the report of the commission" names a speaker instead."""
    tree = scene.tree
    if not _tells_of(scene, noun):
        return ()
    of = next((p for p in tree.children(noun.i, "prep") if tree[p].lower == "of" and p == noun.i + 1), None)
    return scene.clause(of) if of is not None else ()


# ------------------------------------------------------------------------------------------- headlines


def headline_owner(scene: Scene, found: Iterable[Telling]) -> Iterable[Telling]:
    """ "Army: 30 rebels killed", "Strike kills nine – monitor", "Officer Ali Hassan: "Seven died"."""
    tree = scene.tree
    marks = [t for t in tree if t.text in {":", "–", "—", "-", "--"} and t.tag in {":", "HYPH", ","}]
    marks = [t for t in marks if t.text == ":" or not t.i or tree[t.i - 1].end < t.start]  # no hyphen of "Gao-Ansongo"
    if not marks:
        return
    taken = [t.cue.start for t in found]
    first, last = marks[0], marks[-1]
    if first.text == ":" and 0 < first.i <= _LONGEST_OWNER and not any(c < first.start for c in taken):
        owned = list(_owned(scene, first, first.i - 1, first.i + 1, len(tree) - 1))
        yield from owned
        taken += [t.cue.start for t in owned]
    if last.text != ":" and len(tree) - 1 - _LONGEST_OWNER <= last.i < len(tree) - 1 and not taken:
        yield from _owned(scene, last, len(tree) - 1, 0, last.i - 1)


def _owned(scene: Scene, mark: Token, edge: int, begin: int, end: int) -> Iterable[Telling]:
    tree = scene.tree
    while edge > 0 and tree[edge].tag in {".", ","}:
        edge -= 1
    if begin > end or not _can_own(scene, edge, begin):
        return
    telling = scene.telling(mark.i, scene.pieces(begin, end), "asserted", edge)
    if telling is not None:
        yield telling


def _can_own(scene: Scene, index: int, begin: int) -> bool:
    """Tell whether a phrase before a colon is a speaker rather than a place or a topic."""
    tree, token = scene.tree, scene.tree[index]
    pair = f"{tree[index - 1].lower} {token.lower}" if index else token.lower  # "AIR FORCE: 31 drones shot down"
    if any(scene.lexicon.speakers_of(word) is not None for word in (token.lemma, token.lower, pair)):
        return True
    ref = scene.actors.get(index)
    if ref is None:
        return False
    if ref.actor_id is not None and ref.kind in {"international_organisation", "state_forces", "rebel_group", "media"}:
        return True
    return begin < len(tree) and tree[begin].text in {'"', "“"} and token.is_proper and ref.kind != "facility"
