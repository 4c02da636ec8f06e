"""Room 3, speech: who tells what by which words, before any event is looked at.

Door: `find_tellings(tree, actors, quotations, lexicon, text)`. A telling is one cue with its speaker and content; chains arise
because one telling's content holds another. The reporting verb never becomes an event.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from reportedly.knowledge.lexicon import Lexicon
from reportedly.model import ActorRef, Span, Stance
from reportedly.model.reading import Telling
from reportedly.model.syntax import SUBJECTS, Token, Tree

# Verbs of telling that may take the thing told as a plain object ("confirmed the attack", "denied involvement").
_WITH_OBJECT = frozenset(
    "report confirm deny announce claim acknowledge admit reject dispute allege suspect fear describe record document verify register estimate refute disclaim disavow corroborate assert repudiate recount".split()
)
# Verbs that mean telling only with a clause or a quotation.
_WEAK = frozenset(
    "show find give see hear hold put list count share charge continue read learn add write answer feel expect consider determine establish prove question challenge challenge point fault pin reply complain warn understand project assess".split()
)
# Verbs whose infinitive is what the subject tells of itself ("claims to have killed").
_OF_SELF = frozenset("claim profess purport admit deny boast acknowledge".split())


@dataclass(frozen=True, slots=True)
class _Scene:
    """What the rules look at: the tree, its actors, the quotations, the words, and the document's text."""

    tree: Tree
    actors: Mapping[int, ActorRef]
    quotations: Sequence[Span]
    lexicon: Lexicon
    text: str

    def span(self, first: int, last: int) -> Span:
        return Span.of(self.text, self.tree[first].start, self.tree[last].end)

    def clause(self, index: int) -> Span:
        first, last = self.tree.bounds(index)
        while last > first and self.tree[last].tag in {",", ".", "''", ":"}:
            last -= 1
        while first < last and self.tree[first].tag in {",", "``", ":"}:
            first += 1
        return self.span(first, last)


def find_tellings(
    tree: Tree, actors: Mapping[int, ActorRef], quotations: Sequence[Span], lexicon: Lexicon, text: str
) -> tuple[Telling, ...]:
    """Return the tellings of a segment, outermost (widest content) first."""
    scene = _Scene(tree, actors, quotations, lexicon, text)
    found: list[Telling] = []
    for token in tree:
        if token.is_verb and token.tag != "MD":
            found += _by_verb(scene, token)
        elif token.is_noun:
            found += _by_noun(scene, token)
        else:
            found += _by_phrase(scene, token)
    return tuple(sorted(found, key=lambda t: (-sum(s.end - s.start for s in t.content), t.cue.start)))


def _by_verb(scene: _Scene, verb: Token) -> Iterable[Telling]:
    for rule in (_responsibility, _blame, _passive, _reporting):
        telling = rule(scene, verb)
        if telling is not None:
            yield telling
            return


# ------------------------------------------------------------------------------------------- verbs of telling


def _reporting(scene: _Scene, verb: Token) -> Telling | None:
    stance = _stance(scene, verb)
    if stance is None:
        return None
    content = _content(scene, verb)
    if content is None:
        return None
    head = subject_of(scene.tree, verb.i)
    cue_head = verb.i
    if _negated(scene.tree, verb.i):
        if stance not in {"confirmed", "denied"}:
            return None
        stance = "doubted" if stance == "confirmed" else "asserted"
    return _telling(scene, cue_head, content, stance, head)


def _stance(scene: _Scene, verb: Token) -> Stance | None:
    reporting = scene.lexicon.reporting
    for rest, stance in reporting.phrases.get(verb.lemma, ()):
        following = {t.lemma for t in scene.tree.tokens[verb.i + 1 : verb.i + 5]}
        if set(rest) <= following:
            return stance
    return reporting.verbs.get(verb.lemma)


def _content(scene: _Scene, verb: Token) -> tuple[Span, ...] | None:
    """What a verb of telling tells: its clause, its infinitive, its quotation, its object."""
    tree = scene.tree
    parts: list[Span] = [scene.clause(c) for c in tree.children(verb.i, "ccomp") if _is_clause(tree, c)]
    if not parts and verb.lemma in _OF_SELF:
        parts = [scene.clause(c) for c in tree.children(verb.i, "xcomp", "ccomp")]
    if not parts:
        parts = _quoted(scene, verb)
    if not parts and verb.dep == "parataxis":
        parts = [scene.clause(tree[verb.i].head)]
    if not parts and verb.lemma in _WITH_OBJECT:
        parts = [scene.clause(c) for c in tree.children(verb.i, "dobj", "nsubjpass")]
    if not parts and verb.lemma not in _WEAK and verb.lemma in {"say", "state", "declare"}:
        parts = _before_comma(scene, verb)
    return tuple(parts) or None


def _is_clause(tree: Tree, index: int) -> bool:
    return (
        tree[index].is_verb
        or tree[index].tag.startswith("JJ")
        or bool(tree.children(index, *SUBJECTS, "aux", "cop", "mark"))
    )


def _quoted(scene: _Scene, verb: Token) -> list[Span]:
    """The quotation that stands in the verb's own segment."""
    tree = scene.tree
    if verb.lemma in {"accuse", "blame", "show", "see", "give", "hold", "put"}:
        return []
    inside = [
        q for q in scene.quotations if q.start < tree.end and tree.start < q.end and not (q.start <= verb.start < q.end)
    ]
    return [Span.of(scene.text, max(q.start, tree.start), min(q.end, tree.end)) for q in inside if q.end - q.start > 12]


def _before_comma(scene: _Scene, verb: Token) -> list[Span]:
    """ "Twelve dead, police say": a fragment before the comma that the parser did not attach."""
    head = subject_of(scene.tree, verb.i)
    if head is None:
        return []
    first = min(scene.tree.bounds(head)[0], verb.i)
    commas = [i for i in range(first) if scene.tree[i].tag in {",", ":"}]
    if not commas or commas[-1] < first - 1:
        return []
    return [scene.span(0, max(0, commas[-1] - 1))]


def _negated(tree: Tree, index: int) -> bool:
    return bool(tree.children(index, "neg"))


def subject_of(tree: Tree, index: int) -> int | None:
    """The subject of a verb, through conjunctions, relative clauses and participles; None when there is none."""
    seen: set[int] = set()
    here: int | None = index
    while here is not None and here not in seen:
        seen.add(here)
        subject = tree.child(here, "nsubj", "nsubjpass")
        if subject is not None:
            return _antecedent(tree, here, subject)
        token = tree[here]
        if token.dep in {"acl", "relcl"}:
            return token.head
        here = token.head if token.dep in {"conj", "xcomp", "advcl"} and tree[token.head].is_verb else None
    return None


def _antecedent(tree: Tree, verb: int, subject: int) -> int:
    """For "who", "which" and "that", the noun that the relative clause describes."""
    if tree[subject].tag in {"WDT", "WP"} and tree[verb].dep in {"relcl", "acl"}:
        return tree[verb].head
    return subject


def _telling(
    scene: _Scene,
    cue_head: int,
    content: tuple[Span, ...],
    stance: Stance,
    head: int | None,
    *,
    culprit: int | None = None,
    responsibility: str | None = None,
) -> Telling:
    speaker = scene.actors.get(head) if head is not None else None
    return Telling(
        cue=_cue(scene, cue_head),
        content=content,
        stance=stance,
        speaker=speaker,
        source=(speaker.span,) if speaker else (),
        speaker_head=head,
        cue_head=cue_head,
        culprit=culprit,
        responsibility=responsibility,
        named=head is not None,
    )


def _cue(scene: _Scene, index: int) -> Span:
    """The verb, with the auxiliaries of the infinitive that it governs directly ("claims to have")."""
    tree, last = scene.tree, index
    for child in tree.children(index, "xcomp"):
        for aux in tree.children(child, "aux", "auxpass"):
            if aux == last + 1:
                last = aux
    return scene.span(index, last)


# ------------------------------------------------------------------------------------------- blame and responsibility


def _responsibility(scene: _Scene, verb: Token) -> Telling | None:
    """ "claimed responsibility for", "denied responsibility", "took credit for"."""
    blame, tree = scene.lexicon.reporting.blame, scene.tree
    nouns = blame["responsibility_nouns"]
    target = next((c for c in tree.children(verb.i, "dobj", "nsubjpass") if tree[c].lemma in nouns), None)
    if target is None:
        return None
    if verb.lemma in blame["responsibility_deny"]:
        kind, stance = "denies", "denied"
    elif verb.lemma in blame["responsibility_verbs"]:
        kind, stance = "claims", "claimed"
    else:
        return None
    passive = tree[target].dep == "nsubjpass"
    head = _agent(tree, verb.i) if passive else subject_of(tree, verb.i)
    nobody = head is not None and any(tree[i].lemma in {"no", "nobody", "none"} for i in tree.subtree(head)[:2])
    if head is None or nobody or _negated(tree, verb.i):
        return None
    content = (
        scene.span(min(target, verb.i), max(tree.bounds(verb.i)[1], target)) if not passive else scene.clause(target)
    )
    return _telling(
        scene, verb.i, (content,), "claimed" if stance == "claimed" else "denied", head, responsibility=kind
    )


def _agent(tree: Tree, verb: int) -> int | None:
    agent = tree.child(verb, "agent")
    return tree.child(agent, "pobj") if agent is not None else None


def _blame(scene: _Scene, verb: Token) -> Telling | None:
    """ "blamed X for Y", "accused X of Y", "attributed Y to X", "X was blamed for Y"."""
    blame, tree = scene.lexicon.reporting.blame, scene.tree
    if not any(verb.lemma in blame[k] for k in ("object_for", "object_of", "to", "with")):
        return None
    passive = bool(tree.children(verb.i, "auxpass", "nsubjpass"))
    victim = tree.child(verb.i, "nsubjpass" if passive else "dobj")
    speaker = _agent(tree, verb.i) if passive else subject_of(tree, verb.i)
    preps = {tree[p].lemma: p for p in tree.children(verb.i, "prep")}
    last = tree.bounds(verb.i)[1]
    if victim is None:
        return None
    if verb.lemma in blame["to"] and "to" in preps:
        culprit = tree.child(preps["to"], "pobj")
        content = scene.clause(victim)
    elif verb.lemma in blame["on"] and "on" in preps:
        culprit = tree.child(preps["on"], "pobj")
        content = scene.clause(victim)
    elif preps.keys() & {"for", "of", "with"}:
        culprit = victim
        start = min(preps[p] for p in preps.keys() & {"for", "of", "with"})
        content = scene.span(start, max(last, start))
    else:
        return None
    if verb.lemma in {"condemn", "denounce", "criticise", "criticize"}:
        return None
    return _telling(
        scene, verb.i, (content,), "suspected" if verb.lemma == "suspect" else "alleged", speaker, culprit=culprit
    )


def _passive(scene: _Scene, verb: Token) -> Telling | None:
    """ "was reported to have", "is believed to be", "are feared dead": a stance without a speaker."""
    tree = scene.tree
    stance = scene.lexicon.reporting.passive.get(verb.lemma)
    if stance is None or not tree.children(verb.i, "auxpass"):
        return None
    parts = tree.children(verb.i, "xcomp", "ccomp", "oprd", "acomp")
    if not parts:
        return None
    subject = tree.child(verb.i, "nsubjpass")
    first = tree.bounds(subject)[0] if subject is not None and tree[subject].lemma != "it" else tree.bounds(parts[0])[0]
    last = max(tree.bounds(p)[1] for p in parts)
    content = scene.span(min(first, last), max(first, last))
    return _telling(scene, verb.i, (content,), stance, _agent(tree, verb.i))


# ------------------------------------------------------------------------------------------- nouns and phrases


def _by_noun(scene: _Scene, noun: Token) -> Iterable[Telling]:
    """ "reports that", "the army's claim that", "a statement by the group"."""
    tree = scene.tree
    stance = scene.lexicon.reporting.nouns.get(noun.lemma)
    if stance is None:
        return
    clauses = [
        c for c in tree.children(noun.i, "acl", "ccomp", "relcl") if tree.children(c, "mark") and tree[c].is_verb
    ]
    if not clauses:
        return
    speaker = tree.child(noun.i, "poss")
    for prep in tree.children(noun.i, "prep"):
        if speaker is None and tree[prep].lemma in {"by", "from", "of"}:
            speaker = tree.child(prep, "pobj")
    yield _telling(scene, noun.i, (scene.clause(clauses[0]),), stance, speaker)


def _by_phrase(scene: _Scene, token: Token) -> Iterable[Telling]:
    if token.lower in {"according", "citing", "quoting"} or (token.lower == "per" and token.dep == "prep"):
        yield from _according(scene, token)
    elif token.dep == "advmod" and token.lower in scene.lexicon.reporting.adverbs:
        yield from _hedged(scene, token)


def _according(scene: _Scene, token: Token) -> Iterable[Telling]:
    tree = scene.tree
    to = next((c for c in tree.children(token.i, "prep") if tree[c].lower == "to"), None)
    inner = to if to is not None else token.i
    speaker = tree.child(inner, "pobj", "dobj")
    if speaker is None and to is not None:
        speaker = tree.child(to, "pcomp")
    if speaker is None:
        return
    last_cue = to if to is not None else token.i
    first, last = tree.bounds(token.i)
    main = _clause_head(tree, token.head)
    low, high = tree.bounds(main)
    pieces = []
    if low < first:
        pieces.append(scene.span(low, _trim_back(tree, low, first - 1)))
    if last < high:
        begin = _trim_front(tree, last + 1, high)
        pieces.append(scene.span(begin, _trim_back(tree, begin, high)))
    ref = scene.actors.get(speaker)
    if pieces:
        yield Telling(
            cue=scene.span(token.i, last_cue),
            content=tuple(p for p in pieces if len(p.quote) > 3) or tuple(pieces),
            stance="asserted",
            speaker=ref,
            source=(ref.span,) if ref else (),
            speaker_head=speaker,
            cue_head=token.i,
        )


def _clause_head(tree: Tree, index: int) -> int:
    """The verb of the clause that a phrase stands in."""
    here = index
    while not tree[here].is_verb and tree[here].head != here:
        here = tree[here].head
    return here


def _trim_back(tree: Tree, first: int, last: int) -> int:
    while last > first and tree[last].tag in {",", ".", ":"}:
        last -= 1
    return last


def _trim_front(tree: Tree, first: int, last: int) -> int:
    while first < last and tree[first].tag in {",", ":"}:
        first += 1
    return first


def _hedged(scene: _Scene, token: Token) -> Iterable[Telling]:
    """ "reportedly", "allegedly": the stance of the verb that the adverb modifies."""
    head = _clause_head(scene.tree, token.head)
    yield Telling(
        cue=scene.span(token.i, token.i),
        content=(scene.clause(head),),
        stance=scene.lexicon.reporting.adverbs[token.lower],
        cue_head=token.i,
        named=False,
    )
