"""Room 4, counted phrases: the toll of a phrase that names victims, with the parts that it includes.

Doors: `phrase_tolls`, and `phrase_toll` without the parts. A phrase without a figure is one person or a bare plural,
never a guess.
"""

from __future__ import annotations

from reportedly.claims.raw_tolls import RawToll, begins_anew, made, otherwise_harmed
from reportedly.knowledge.lexicon import NOUN
from reportedly.knowledge.outcomes import Outcomes
from reportedly.model import ARMED_KINDS, ActorRef, Outcome
from reportedly.model.quantity import Quantity
from reportedly.model.quick import replace
from reportedly.model.reading import Sentence
from reportedly.model.syntax import Tree

_DESCRIBING = frozenset({"JJ", "VBN", "NN", "NNP"})
_NAMING = frozenset({"identify", "name", "call", "know"})
_TAKEN = frozenset({"hostage", "prisoner", "captive"})
_LIST_OPENERS = frozenset({":", "-", "–", "—", "--"})
_PLURALS = ("men", "people", "children", "personnel", "police")


def phrase_tolls(sentence: Sentence, head: int, outcome: Outcome, outcomes: Outcomes) -> list[RawToll]:
    """The toll of one counted phrase and of the parts that it includes."""
    whole = phrase_toll(sentence, head, outcome, outcomes)
    if whole is None:
        return []
    if "respectively" in sentence.tree.forms and len(apart := _each(sentence, head, whole)) > 1:
        return apart
    parts = [
        replace(part, part_of=whole.start)
        for inner in _including(sentence.tree, head)
        if not otherwise_harmed(sentence.tree, inner, outcome, outcomes.by_word)
        and (part := phrase_toll(sentence, inner, outcome, outcomes)) is not None
    ]
    return [whole, *parts]


def _each(sentence: Sentence, head: int, whole: RawToll) -> list[RawToll]:
    """ "killed TWO AND FIVE civilians respectively": a toll each, of the same victims."""
    tree = sentence.tree
    numbers = [i for n in tree.children(head, "nummod") for i in tree.conjuncts(n)]
    figures = [q for q in sentence.quantities if q.countable and any(i in numbers for i in tree.at(q.start, q.end))]
    return [made(sentence, whole.outcome, whole.head, q, q.start, q.end) for q in figures]


def _including(tree: Tree, head: int) -> list[int]:
    """Heads of what a phrase is said to include: "64 killed, INCLUDING 7 children", "two reporters, AMINA and SIDI"."""
    found: list[int] = []
    near = [*tree.children(head), *tree.children(tree[head].head)]
    for child in near:
        if tree[child].lower in {"including", "among"} and child > head:
            for inner in (*tree.children(child, "pobj", "dobj"), *_behind_them(tree, child)):
                found += [i for i in tree.conjuncts(inner) if i == inner or not begins_anew(tree, tree.bounds(i)[0], i)]
    found += [i for child in tree.children(head) if child > head for i in _spelled_out(tree, head, child)]
    return list(dict.fromkeys(f for f in found if tree[f].is_noun or tree[f].tag == "CD"))


def _behind_them(tree: Tree, among: int) -> list[int]:
    """ "killed 13 miners, AMONG THEM THREE WOMEN", read as three women killed besides."""
    if among + 2 >= len(tree) or tree[among + 1].lower not in {"them", "whom"}:
        return []
    following = (t.i for t in tree.tokens[among + 2 : among + 7] if t.is_noun)
    return [n for n in following if tree.bounds(n)[0] == among + 2][:1]


def _spelled_out(tree: Tree, head: int, child: int) -> list[int]:
    """Those by whom a plural is spelled out: figures after a colon, or single persons, each of them one."""
    if tree[head].tag not in {"NNS", "NNPS"}:
        return []
    if tree[child].dep == "acl" and tree[child].lemma in _NAMING:
        named = [p for prep in tree.children(child, "prep") if tree[prep].lower == "as" for p in tree.children(prep)]
        return [i for n in named for i in tree.conjuncts(n) if tree[i].tag == "NNP"]
    if tree[child].dep != "appos":
        return []
    listed = tree.conjuncts(child)
    if all(tree[i].tag == "NNP" for i in listed) or (len(listed) > 1 and all(tree[i].tag == "NN" for i in listed)):
        return listed
    opener = tree[tree.bounds(child)[0] - 1].text
    counted = [i for i in listed if tree[i].tag == "CD" or tree.has(i, "nummod", "det")]
    return listed if opener in _LIST_OPENERS and len(counted) > 1 else []


def phrase_toll(sentence: Sentence, head: int, outcome: Outcome, outcomes: Outcomes) -> RawToll | None:
    """The toll of one counted phrase without its parts; None where nobody is counted."""
    tree = sentence.tree
    token = tree[head]
    ref = sentence.actors.get(head)
    counted = counted_noun(tree, head, outcomes)
    things = not _forms(tree, counted).isdisjoint(outcomes.not_people)
    if things or (ref is not None and ref.kind == "facility"):
        return None
    if outcome != "killed" and token.lemma in outcomes.corpses:
        return None  # "the BODIES of 50 soldiers were returned"
    if token.lemma in outcomes.words["shares"] and any(tree[p].lower == "of" for p in tree.children(head, "prep")):
        return None  # "A THIRD of the victims"
    if counted != head and tree[head].lemma in outcomes.toll_words and quantity_of(sentence, head, outcomes) is None:
        return None  # "bringing the NUMBER of people killed to 61"
    start, end = (ref.span.start, ref.span.end) if ref else (token.start, token.end)
    neither = tree.child(tree.first_conjunct(head), "preconj")
    if neither is not None and tree[neither].lower == "neither":
        start = min(start, tree[neither].start) if head == tree.first_conjunct(head) else start
        return RawToll(outcome, head, None, start, end, 0, 0, 0, "none")
    quantity = quantity_of(sentence, head, outcomes)
    if quantity is not None and quantity.high == 0 and not _is_of_people(tree, counted, ref, outcomes):
        return None  # "no RANSOM has been demanded"
    if quantity is None and token.tag == "NNS":
        quantity = _said_to_be(sentence, head)
    if quantity is not None and quantity.kind != "article":
        return made(sentence, outcome, counted, quantity, start, end)
    return _unfigured(sentence, head, outcome, outcomes, start, end)


def _said_to_be(sentence: Sentence, head: int) -> Quantity | None:
    """The figure of "29 WERE gang members killed by police"."""
    tree = sentence.tree
    be = head - 1
    while be > 0 and tree[be].tag in _DESCRIBING:
        be -= 1
    if be < 1 or tree[be].lemma != "be" or tree[be - 1].tag != "CD":
        return None
    return next((q for q in sentence.quantities if q.countable and q.end == tree[be - 1].end), None)


def _is_of_people(tree: Tree, counted: int, ref: ActorRef | None, outcomes: Outcomes) -> bool:
    """Tell whether a word counts people, or harm to them, so that none of it is nobody hurt."""
    forms = _forms(tree, counted)
    people = not (forms.isdisjoint(outcomes.anybody) and forms.isdisjoint(outcomes.corpses))
    harm = any((NOUN, form) in outcomes.by_word for form in forms)
    known = ref is not None and ref.kind not in {"unknown", "facility", "other"}
    nobody = tree[counted].lower in {"one", "nobody"} or tree[counted].tag == "CD"
    return people or harm or known or nobody


def _forms(tree: Tree, index: int) -> set[str]:
    """The forms under which a word may be listed."""
    return {tree[index].lemma, tree[index].lower, tree[index].lower.removesuffix("s")}


def _unfigured(
    sentence: Sentence, head: int, outcome: Outcome, outcomes: Outcomes, start: int, end: int
) -> RawToll | None:
    """A phrase without a figure: one named or singular person, or a bare plural (at least two)."""
    token = sentence.tree[head]
    if (token.is_proper and _is_place(sentence, head)) or _shares_figure(sentence.tree, head):
        return None
    if token.lemma in outcomes.words["figure_nouns"]:
        return None  # "the government's last FIGURE was 224 dead"
    if token.lower in outcomes.words["one_more"] and not sentence.tree.has(head, "prep"):
        return RawToll(outcome, head, None, start, end, 1, 1, 1, "exact")
    if token.lower in {"he", "she", "him", "her", "who", "himself", "herself"} or (
        token.is_proper and token.tag == "NNP" and token.lemma not in outcomes.collective
    ):
        return RawToll(outcome, head, None, start, end, 1, 1, 1, "exact")
    if token.tag == "NNPS" and head and sentence.tree[head - 1].lower in outcomes.words["titles"]:
        return RawToll(outcome, head, None, start, end, 1, 1, 1, "exact")
    if (token.tag in {"NNS", "NNPS"} or token.lower.endswith(_PLURALS)) and (
        _is_person(sentence, head, outcomes) or token.lemma in outcomes.anybody
    ):
        return RawToll(outcome, head, None, start, end, 2, None, None, "vague")
    if token.tag == "NN" and token.lemma in outcomes.words["pairs"]:
        return RawToll(outcome, head, None, start, end, 2, 2, 2, "exact")
    named = any(sentence.tree[c].tag == "NNP" for c in sentence.tree.children(head, "appos"))
    if (
        token.tag == "NN"
        and token.lemma not in outcomes.collective
        and (
            named
            or _is_person(sentence, head, outcomes)
            or token.lemma in outcomes.sides
            or _is_one(sentence.tree, head, outcomes)
        )
    ):
        return RawToll(outcome, head, None, start, end, 1, 1, 1, "exact")
    return None


def _is_one(tree: Tree, head: int, outcomes: Outcomes) -> bool:
    """ "beat A suspected thief to death": one, by his article, of those who have no side or standing."""
    lemma = tree[head].lemma
    article = any(tree[d].lower in {"a", "an"} for d in tree.children(head, "det"))
    return article and lemma in outcomes.people and lemma not in outcomes.corpses


def _shares_figure(tree: Tree, head: int) -> bool:
    """ "60 men and BOYS", "half of them CIVILIANS", "taken HOSTAGE": counted with what stands before, or not at all."""
    token, before = tree[head], tree[head - 1] if head else None
    if before is None:
        return False
    if token.lemma in _TAKEN and token.tag == "NN" and not tree.has(head, "det", "poss", "amod", "nummod"):
        return True
    if before.lower in {"them", "whom"}:
        return True
    first = tree.first_conjunct(head)
    start = tree.bounds(head)[0]
    joined = tree[start - 1] if start else before
    return (
        first in {head - 2, start - 2}
        and joined.lower in {"and", "or"}
        and token.tag == "NNS"
        and not tree.has(head, "nummod", "det")
        and tree.has(first, "nummod")
    )


def _is_place(sentence: Sentence, head: int) -> bool:
    """Tell whether a name is that of a place and of nobody known."""
    token, ref = sentence.tree[head], sentence.actors.get(head)
    known = ref is not None and ref.actor_id is not None
    return not known and any(p.span.start < token.end and token.start < p.span.end for p in sentence.places)


def _is_person(sentence: Sentence, head: int, outcomes: Outcomes) -> bool:
    ref = sentence.actors.get(head)
    return ref is not None and (
        ref.kind in ARMED_KINDS
        or ref.kind in {"civilians", "protesters", "rioters", "government"}
        or ref.role in outcomes.words["vague_people"]
    )


def counted_noun(tree: Tree, head: int, outcomes: Outcomes) -> int:
    """The noun that is counted: for "dozens of civilians" and "a total of 12 people" the noun after "of"."""
    token = tree[head]
    if token.tag in {"CD", "DT", "JJ"} or {token.lemma, token.lower.removesuffix("s")} & outcomes.words["measures"]:
        for prep in tree.children(head, "prep"):
            if tree[prep].lower == "of" and (inner := tree.child(prep, "pobj")) is not None:
                return inner
        if head + 2 < len(tree) and (tree[head + 1].lower, tree[head + 2].lower) == ("out", "of"):
            return tree.child(head + 2, "pobj") or head  # "61 OUT OF 87 drones", wherever "out" hangs
    return head


def quantity_of(sentence: Sentence, head: int, outcomes: Outcomes) -> Quantity | None:
    """The figure that counts a phrase: at its head or before it, nearer ones first; None when there is none."""
    tree = sentence.tree
    first = tree.bounds(head)[0]
    begin, end = tree[first].start, tree[head].end
    counted = counted_noun(tree, head, outcomes)
    stop = max(end, tree[counted].end)
    best: Quantity | None = None
    for quantity in sentence.quantities:
        if not quantity.countable or quantity.number_start >= stop or quantity.number_end <= begin:
            continue
        at = tree.at(quantity.number_start, quantity.number_end)
        if not any(_counts(tree, i, head) or _counts(tree, i, counted) for i in at):
            continue
        if best is None or (best.kind == "article" and quantity.kind != "article"):
            best = quantity
    return best


def _counts(tree: Tree, at: int, head: int) -> bool:
    """Tell whether the number word at a token counts the head: it is the head, or hangs from it as a numeral."""
    here = at
    for _ in range(4):
        if here == head:
            return True
        if tree[here].dep not in {
            "nummod",
            "quantmod",
            "det",
            "amod",
            "compound",
            "predet",
            "advmod",
            "npadvmod",
            "nmod",
            "pobj",
            "dep",
            "neg",
        }:
            return False
        if tree[here].dep == "pobj" and tree[tree[here].head].lower not in {"of", "than", "to", "between"}:
            return False
        here = tree[here].head
        if tree[here].dep == "prep" and tree[here].lower in {"of", "than", "to", "between"}:
            here = tree[here].head
    return here == head
