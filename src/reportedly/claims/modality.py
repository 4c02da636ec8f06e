"""Room 4, modality: what kind of happening the words speak of, by auxiliaries, governing verbs, nouns and time.

Doors: `modality_of(tree, head, control)`; `means_itself(tree, verb)` of what one says that one will do;
`asks(tree, verb)` of what one says that others shall do.
The lists stand in `lexicon/en/control.yml`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from reportedly.claims.negation import negated
from reportedly.knowledge.grammar import grammar_words
from reportedly.model import Modality
from reportedly.model.quick import quick
from reportedly.model.syntax import Tree

# What each effect of `control.yml` makes of the event it governs.
EFFECTS: dict[str, Modality] = {
    "intend": "planned",
    "offer": "planned",
    "refuse": "hypothetical",
    "request": "hypothetical",
    "demand": "hypothetical",
    "threaten": "threatened",
    "attempt": "attempted",
    "foil": "attempted",
    "forbid": "hypothetical",
    "continue": "ongoing",
    "consider": "hypothetical",
    "suppose": "hypothetical",
}
_MODALS = {
    "will": "intend",
    "shall": "intend",
    "'ll": "intend",
    "wo": "intend",
    "would": "consider",
    "may": "consider",
    "might": "consider",
    "could": "consider",
    "can": "consider",
    "should": "request",
    "must": "demand",
    "ought": "request",
}
_CLAUSAL = frozenset({"xcomp", "ccomp", "pcomp", "advcl", "acl", "dobj", "pobj", "conj", "nsubjpass", "prep", "relcl"})
# Beside one of these a plan was also done ("planned and CARRIED OUT").
_DONE = frozenset({"carry", "execute", "commit", "perpetrate", "stage", "launch", "conduct", "direct", "finance"})
_SOUGHT = grammar_words()["sought_nouns"]
# Prepositions whose object is taken as given, whatever governs them ("may stay away BECAUSE OF the attack").
_IF = frozenset({"if", "unless", "whether", "lest", "should"})


@quick
@dataclass(frozen=True, slots=True)
class Governed:
    """How an event is governed: its modality, the effects on the way up (nearest first) with the governing tokens."""

    modality: Modality
    effects: tuple[tuple[str, int], ...]
    negated: bool


def modality_of(tree: Tree, head: int, control: Mapping[str, frozenset[str]], stop: int | None = None) -> Governed:
    """Read the modality of the event at a token. `stop` is a token (a cue) above which nothing is looked at."""
    effects = tuple(_effects(tree, head, control, stop))
    modality: Modality = "actual"
    for effect, _ in effects:
        modality = EFFECTS.get(effect, modality)
        if modality != "actual":
            break
    if any(effect == "suppose" for effect, _ in effects):
        modality = "hypothetical"  # "unless the minister agrees TO RESIGN": no plan of his
    elif modality == "planned" and _on_condition(tree, head):
        modality = "threatened"
    if (
        modality == "actual"
        and tree[head].tag == "VBG"
        and any(tree[a].tag in {"VBP", "VBZ"} for a in tree.children(head, "aux"))
    ):
        modality = "ongoing"
    return Governed(modality, effects, negated(tree, head))


def means_itself(tree: Tree, verb: int) -> bool:
    """ "warned that IT WOULD use force": what one says that one will do."""
    clauses = [c for c in tree.children(verb, "ccomp") if tree[c].lemma != "be"]
    return any(
        tree[s].lower in _SELF and any(tree[a].lower in _MODALS for a in tree.children(c, "aux"))
        for c in clauses
        for s in tree.children(c, "nsubj")
    )


def asks(tree: Tree, verb: int) -> bool:
    """ "suggested that Chad HOLD talks", "SHOULD hold talks": what is told is what somebody shall do."""
    helpers = ((c, [tree[a].lower for a in tree.children(c, "aux", "auxpass")]) for c in tree.children(verb, "ccomp"))
    return any(_MODALS.get(h[0], "") in _ASKING if h else tree[c].tag in {"VB", "VBP"} for c, h in helpers)


_ASKING = frozenset({"request", "demand"})
_SELF = frozenset({"it", "they", "he", "she", "we"})


def _on_condition(tree: Tree, verb: int) -> bool:
    """ "will strike UNLESS the law is changed": what one says one will do is a threat."""
    return any(tree[m].lower == "unless" for c in tree.children(verb, "advcl") for m in tree.children(c, "mark"))


def _effects(
    tree: Tree, head: int, control: Mapping[str, frozenset[str]], stop: int | None
) -> Iterator[tuple[str, int]]:
    yield from _local(tree, head, control)
    if tree[head].dep == "ccomp" and _wished(tree, head, control):
        yield "consider", head
    here = head
    for _ in range(6):
        token = tree[here]
        up = token.head
        if _ruled_out(tree, here, control):
            yield "refuse", up
        if up in (here, stop) or token.dep not in _CLAUSAL:
            return
        if token.dep in {"relcl", "acl"} and tree[up].is_noun:
            yield from _told_by_noun(tree, here, up, control)
            return
        if _stands_apart(tree, here, up, control):
            return
        governor = tree[up]
        if governor.lemma == "lead" and governor.dep in _CLAUSAL and tree[governor.head].lemma in _SOUGHT:
            yield "consider", up  # "offered a reward for INFORMATION LEADING TO the arrest"
        if token.dep == "advcl" and _listed(tree, here, up):
            yield from _local(tree, up, control)
            here = up
            continue
        if token.dep in {"xcomp", "advcl"} and _set_to(tree, here, up, control):
            yield "intend", up
        if token.dep == "xcomp" and governor.lemma == "be" and _to_infinitive(tree, here):
            yield "intend", up  # "the rebels WERE TO attack", "a bomb that WAS TO go off"
        if token.dep == "advcl" and not _to_infinitive(tree, here):
            if _awaited(tree, here, up):
                yield "consider", up
            elif _forestalled(tree, here, up, control):
                yield "foil", up
            return
        if governor.is_verb and (here != head or token.is_verb or token.dep in {"dobj", "nsubjpass", "pobj"}):
            own = not (_perpetrated(tree, here) or _told_as_past(tree, here, control) or _has_happened(tree, here))
            if token.dep != "conj" and own and not _done_too(tree, up):
                yield from _word(tree, up, control, "", here)
            yield from _local(tree, up, control)
        elif governor.is_noun:
            yield from _word(tree, up, control, "nouns")
        elif governor.tag.startswith("JJ") and not _ends_phrase(tree, up, control):
            yield from _word(tree, up, control, "adjectives")
        here = up


def _told_by_noun(
    tree: Tree, clause: int, noun: int, control: Mapping[str, frozenset[str]]
) -> Iterator[tuple[str, int]]:
    """ "the DEMAND that X free them", "an APPEAL to Chad to allow it": what the noun makes of its clause."""
    if _to_infinitive(tree, clause) or _subjunctive(tree, clause):
        yield from _turned_down(tree, noun, control)
        yield from _word(tree, noun, control, "nouns")
        yield from _addressed(tree, noun, control)
    elif tree[noun].lemma in control["consider_nouns"] and tree.has(clause, "mark"):
        yield "consider", noun  # "the POSSIBILITY that they staged it"


def _stands_apart(tree: Tree, here: int, up: int, control: Mapping[str, frozenset[str]]) -> bool:
    """Tell whether what stands above in the tree governs a word no more."""
    token = tree[here]
    if token.dep == "conj" and tree[here].is_verb and tree.has(here, "nsubj"):
        return True
    if token.dep == "ccomp" and here < up and token.tag in {"VBD", "VBZ", "VBP"} and tree.has(here, "nsubj"):
        return True  # "Strike KILLS two, group vows revenge": two statements side by side
    if token.dep == "conj" and _finite(tree, here) and tree[up].tag in {"VB", "VBG"}:
        return True  # "tried to enter and FIRED at the guards": the shots were fired
    return token.dep == "pobj" and _taken_as_given(tree, up, control)


def _ends_phrase(tree: Tree, adjective: int, control: Mapping[str, frozenset[str]]) -> bool:
    """ "MADE it POSSIBLE to repel them": the verb and the adjective say together what becomes of it."""
    phrase = f"{tree[tree[adjective].head].lemma} {tree[adjective].lemma}"
    return any(phrase in words for words in control.values())


def _ruled_out(tree: Tree, index: int, control: Mapping[str, frozenset[str]]) -> bool:
    """ "LIFTING the sanctions IS out of the question", "is unacceptable": nobody does it."""
    over = tree[index].head
    if tree[index].dep not in {"csubj", "nsubj"} or tree[index].tag not in {"VBG", "VB"} or tree[over].lemma != "be":
        return False
    said = {tree[a].lower for a in tree.children(over, "acomp", "oprd")}
    out = [c for c in tree.children(over, "prep", "advmod") if tree[c].lower == "out"]
    question = any(tree[i].lower == "question" for c in out for i in tree.subtree(c))
    return not said.isdisjoint(control["refuse_adjectives"]) or question


def _awaited(tree: Tree, clause: int, above: int) -> bool:
    """ "MUST agree BEFORE they disarm": what waits for what has not happened has not happened either."""
    before = any(tree[m].lower in {"before", "until"} for m in tree.children(clause, "mark"))
    return (
        before and tree[clause].tag in {"VBP", "VBZ"} and any(tree[a].tag == "MD" for a in tree.children(above, "aux"))
    )


def _forestalled(tree: Tree, clause: int, above: int, control: Mapping[str, frozenset[str]]) -> bool:
    """ "The bomb was FOUND BEFORE IT exploded": it did not."""
    before = any(tree[m].lower == "before" for m in tree.children(clause, "mark"))
    pronoun = any(tree[s].lower in {"it", "they"} for s in tree.children(clause, "nsubj", "nsubjpass"))
    return before and pronoun and tree[above].lemma in control["forestalling"]


def _told_as_past(tree: Tree, index: int, control: Mapping[str, frozenset[str]]) -> bool:
    """ "warned that rebels HAD CROSSED the river": what one threatens or means to do lies ahead."""
    token = tree[index]
    above = tree[token.head].lemma
    if token.dep != "ccomp" or (above not in control["threaten"] and above not in control["intend"]):
        return False
    helpers = [tree[a] for a in tree.children(index, "aux", "auxpass")]
    return any(t.tag == "VBD" for t in (token, *helpers)) and not any(t.tag == "MD" for t in helpers)


def _has_happened(tree: Tree, noun: int) -> bool:
    """ "planned the attack WHICH KILLED nine": what a clause in the past says of an event, it has done."""
    if not tree[noun].is_noun:
        return False
    clauses = [c for c in tree.children(noun, "relcl") if tree[c].tag == "VBD"]
    return any(tree[s].tag == "WDT" and tree[s].head == c for c in clauses for s in tree.children(c, "nsubj"))


def _subjunctive(tree: Tree, index: int) -> bool:
    """ "the demand that the government FREE the prisoners"."""
    return tree[index].tag == "VB" and any(tree[m].lower == "that" for m in tree.children(index, "mark"))


def _wished(tree: Tree, index: int, control: Mapping[str, frozenset[str]]) -> bool:
    """ "suggested that Chad HOLD talks": asked for; of a plural the form does not tell ("that rebels HOLD it")."""
    lists = ("request", "demand", "offer")
    if tree[index].tag == "VBP" and any(tree[tree[index].head].lemma in control[name] for name in lists):
        return any(tree[s].tag in {"NN", "NNP"} for s in tree.children(index, "nsubj")) and _is_told(tree, index)
    return _subjunctive(tree, index)


def _is_told(tree: Tree, index: int) -> bool:
    return not tree.has(index, "aux") and any(tree[m].lower == "that" for m in tree.children(index, "mark"))


def _addressed(tree: Tree, noun: int, control: Mapping[str, frozenset[str]]) -> Iterator[tuple[str, int]]:
    """ "an APPEAL to Chad TO ALLOW visits", read as what Chad shall be."""
    prep = tree[tree[noun].head]
    if tree[noun].dep == "pobj" and prep.lower in {"to", "on"} and tree[prep.head].is_noun:
        yield from _word(tree, prep.head, control, "nouns")


def _turned_down(tree: Tree, noun: int, control: Mapping[str, frozenset[str]]) -> Iterator[tuple[str, int]]:
    """ "REJECTED an offer to meet": what was offered or asked will not be."""
    verb = tree[tree[noun].head]
    if tree[noun].dep in {"dobj", "nsubjpass"} and verb.is_verb and verb.lemma in control["refuse"]:
        yield "refuse", verb.i


def _listed(tree: Tree, participle: int, above: int) -> bool:
    """ "will be expelled, SHOT and buried": a participle among others of one passive, read as a clause beside it."""
    if tree[participle].tag != "VBN" or participle < above or tree[above].tag != "VBN":
        return False
    bare = not tree.has(participle, "nsubj", "nsubjpass", "mark", "aux", "auxpass", "agent", "prep")
    return bare and tree.has(participle, "cc") and tree.has(above, "auxpass")


def _set_to(tree: Tree, clause: int, index: int, control: Mapping[str, frozenset[str]]) -> bool:
    """ "was SET to expel", "is POISED to strike", "were GOING to be fired"."""
    word = tree[index].lower
    if word == "going":
        return tree.has(index, "aux") and _to_infinitive(tree, clause)
    return word in control["intend_adjectives"] and tree.has(index, "auxpass")


def _taken_as_given(tree: Tree, prep: int, control: Mapping[str, frozenset[str]]) -> bool:
    """ "threatened to strike AFTER the raid", "in RETALIATION FOR the raid": what moves one to act has happened."""
    return tree[prep].lower in control["given_after"] or tree[tree[prep].head].lemma in control["given_by"]


def _perpetrated(tree: Tree, index: int) -> bool:
    """ "committed a crime" does it; "committed to withdraw" only means to."""
    token = tree[index]
    return token.is_noun and token.dep in {"dobj", "nsubjpass"} and tree[token.head].lemma == "commit"


def _done_too(tree: Tree, verb: int) -> bool:
    """ "was planned AND CARRIED OUT by X": what was also done is no plan."""
    others = tree.conjuncts(verb)
    return any(tree[c].lemma in _DONE and tree[c].tag in {"VBD", "VBN"} for c in others if c != verb)


def _local(tree: Tree, index: int, control: Mapping[str, frozenset[str]]) -> Iterator[tuple[str, int]]:
    """Auxiliaries, conjunctions and adjectives at the event word itself."""
    if index and tree[index].tag == "VB" and tree[index - 1].text in _MARKS and not tree.has(index, "nsubj", "aux"):
        yield "demand", index  # "STOP shelling us"
    for child in tree.children(index):
        token = tree[child]
        if token.dep == "aux" and token.lower in _MODALS and not _past_irrealis(tree, index, token.lower):
            yield "intend" if _backshifted(tree, index, token.lower) else _MODALS[token.lower], child
        elif token.dep == "mark" and token.lower in _IF:
            yield "suppose", child
        elif token.dep == "amod" or (token.dep == "compound" and tree[index].is_noun):
            for effect in EFFECTS:
                if token.lower in control.get(f"{effect}_adjectives", ()):
                    yield effect, child
        elif token.dep == "advmod" and token.lower in {"possibly", "perhaps", "maybe"}:
            yield "consider", child


_MARKS = frozenset({'"', "“", "``", "''"})


def _backshifted(tree: Tree, index: int, modal: str) -> bool:
    """ "said that it WOULD leave": of what was told in the past the future is told so."""
    token = tree[index]
    above = tree[token.head]
    return modal == "would" and token.dep == "ccomp" and above.tag in {"VBD", "VBN"} and above.i != index


def _past_irrealis(tree: Tree, index: int, modal: str) -> bool:
    """ "could see", "can confirm": ability, not supposition, with verbs of sensing."""
    return modal in {"could", "can"} and tree[index].lemma in {"see", "hear", "confirm", "be"}


def _word(
    tree: Tree, index: int, control: Mapping[str, frozenset[str]], part: str, below: int | None = None
) -> Iterator[tuple[str, int]]:
    """The effect of a governing word, phrases of several words included, also where the parser gave their second word
    to the clause `below` ("called FOR him to resign")."""
    lemma = tree[index].lemma
    following = {tree[c].lemma for c in tree.children(index)}
    following |= {tree[c].lemma for c in tree.children(below, "mark")} if below is not None else set()
    best: tuple[int, str] | None = None
    for effect, base in _effects_of(part, tuple(control)):
        words = control[effect]
        sizes = [len(p.split()) for p in _phrases(words, lemma) if set(p.split()[1:]) <= following]
        size = max([*sizes, 1 if lemma in words else 0])
        if size and (best is None or size > best[0]):
            best = (size, base)
    if best is not None:
        yield best[1], index


@lru_cache(maxsize=16)
def _effects_of(part: str, lists: tuple[str, ...]) -> tuple[tuple[str, str], ...]:
    """The lists of words of one part of speech, each with its effect."""
    split = ((name, *name.partition("_")) for name in lists)
    return tuple((name, base) for name, base, _, kind in split if kind == part and (base in EFFECTS or base in _MORE))


_MORE = frozenset({"begin", "end", "enable", "concede", "deny"})


def _phrases(words: frozenset[str], lemma: str) -> Sequence[str]:
    """The phrases of a list that begin with a word."""
    return _phrases_by_word(words).get(lemma, ())


@lru_cache(maxsize=256)
def _phrases_by_word(words: frozenset[str]) -> Mapping[str, Sequence[str]]:
    found: dict[str, list[str]] = {}
    for phrase in sorted(w for w in words if " " in w):
        found.setdefault(phrase.partition(" ")[0], []).append(phrase)
    return found


def _finite(tree: Tree, index: int) -> bool:
    tags = {tree[index].tag, *(tree[a].tag for a in tree.children(index, "aux", "auxpass"))}
    return not tags.isdisjoint({"VBD", "VBZ", "VBP"})


def _to_infinitive(tree: Tree, index: int) -> bool:
    return any(tree[a].tag == "TO" for a in tree.children(index, "aux"))
