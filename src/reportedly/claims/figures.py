"""Room 4, figures: harm counted beside words of harm, for figures that no event word has taken.

Door: `plain_tolls(sentence, taken, outcomes)`. What a figure counts is asked of the parse first; the words to the left
and right of the counted phrase (`lexicon/<language>/outcomes.yml`) say what happened.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from reportedly.claims import figure_parts, figure_rules
from reportedly.claims.counted import Counted, Read, Scene
from reportedly.claims.raw_tolls import RawToll, token_at
from reportedly.claims.toll_phrases import phrase_toll
from reportedly.knowledge.outcomes import Outcomes
from reportedly.model.quick import replace
from reportedly.model.reading import Sentence


def plain_tolls(sentence: Sentence, taken: Sequence[RawToll], outcomes: Outcomes) -> list[Read]:
    """Return tolls that no event word has taken, in text order.

    Each with the token of its word of harm, and its whole or the figure that it is read with.
    """
    scene = Scene(sentence, taken, outcomes)
    return [*_figures(scene), *_nobody(scene)]


def speaks_of_violence(sentence: Sentence, outcomes: Outcomes) -> bool:
    """Tell whether the words are about violence and not about an accident, where no event word was read."""
    lemmas = sentence.tree.forms
    return bool(lemmas & outcomes.violence) and not lemmas & outcomes.accidents


def _figures(scene: Scene) -> Iterator[Read]:
    """The figures beside words of harm."""
    for quantity in scene.sentence.quantities:
        counted = scene.counted(quantity)
        if counted is None or _is_taken(scene, counted) or not scene.may_count(counted):
            continue
        read = _read(scene, counted)
        if read is not None:
            scene.known.append(read[0])
            yield read
            yield from _joined_nouns(scene, counted, read[0])
    yield from _lone_opener(scene)
    if "among" in scene.tree.forms:
        yield from _among(scene)


def _lone_opener(scene: Scene) -> Iterator[Read]:
    """ "POLICEMAN, two civilians killed in ...": a headline's first person has no article."""
    tree, named = scene.tree, scene.outcomes.sides
    if len(tree) < 4 or tree[0].tag not in {"NN", "NNP"} or tree[0].lemma.lower() not in named or scene.words[1] != ",":
        return
    beside = next((t for t in scene.known if token_at(tree, t.start) == 2 and t.quantity is not None), None)
    if beside is not None and not any(t.start == tree[0].start for t in scene.known):
        yield RawToll(beside.outcome, 0, None, tree[0].start, tree[0].end, 1, 1, 1, "exact"), 0, beside


def _among(scene: Scene) -> Iterator[Read]:
    """ "an infant and a MONK were AMONG the 18 dead": one each, of those counted where they are."""
    tree = scene.tree
    for among in (i for i, w in enumerate(scene.words) if w == "among" and tree[tree[i].head].lemma == "be"):
        harmed = tree.child(among, "pobj")
        outcome = scene.harm_noun(harmed) if harmed is not None else None
        if harmed is None or outcome not in {"killed", "injured"}:
            continue
        whole = next((t for t in scene.known if token_at(tree, t.end - 1) == harmed and t.outcome == outcome), None)
        for subject in tree.children(tree[among].head, "nsubj"):
            for head in tree.conjuncts(subject):
                toll = phrase_toll(scene.sentence, head, outcome, scene.outcomes)
                if toll is not None and not _is_told(scene, head):
                    yield replace(toll, part_of=whole.start if whole is not None else None), among, whole


def _joined_nouns(scene: Scene, counted: Counted, toll: RawToll) -> Iterator[Read]:
    """ "no deaths or INJURIES": nothing of the second either."""
    if toll.high != 0 or counted.noun is None:
        return
    for other in scene.tree.children(counted.noun, "conj"):
        outcome = scene.harm_noun(other)
        if outcome is not None and outcome != toll.outcome:
            token = scene.tree[other]
            yield replace(toll, outcome=outcome, head=None, start=token.start, end=token.end), other, toll


def _read(scene: Scene, counted: Counted) -> Read | None:
    if counted.quantity.kind == "article" and (scene.kind_of(counted) is None or _says_who(scene, counted)):
        return None
    read = (
        figure_parts.former(scene, counted)
        or figure_parts.part(scene, counted)
        or figure_rules.summed(scene, counted)
        or figure_rules.changed(scene, counted)
        or figure_rules.outcome_noun(scene, counted)
        or figure_rules.corpse(scene, counted)
        or figure_rules.lost(scene, counted)
        or figure_rules.remains_of(scene, counted)
        or figure_rules.right_after_toll(scene, counted)
        or figure_rules.losses_at(scene, counted)
        or figure_rules.after(scene, counted)
        or figure_rules.before(scene, counted)
        or figure_rules.toll_word(scene, counted)
        or figure_parts.of_the_harmed(scene, counted)
        or figure_rules.listed(scene, counted)
    )
    if read is not None and figure_parts.said_at_first(scene, counted):
        return replace(read[0], superseded=True), read[1], read[2]
    return read


def _says_who(scene: Scene, counted: Counted) -> bool:
    """ "The mayor, A RETIRED TEACHER, was killed": who the one is that is counted already."""
    tree = scene.tree
    if counted.noun is None or tree[counted.noun].dep != "appos" or tree.has(counted.noun, "cc", "conj"):
        return False
    return any(t.head == tree[counted.noun].head and t.low == t.high == 1 for t in scene.known)


def _is_taken(scene: Scene, counted: Counted) -> bool:
    places = [counted.quantity.number_start]
    if counted.quantity.kind == "article" and counted.noun is not None:
        places.append(scene.tree[counted.noun].start)
    mine = [t for t in scene.known for place in places if t.start <= place < t.end]
    found_dead = bool(mine) and figure_rules.remains_of(scene, counted) is not None
    return any(t.outcome == "killed" or not found_dead for t in mine)  # "the bodies of nine ABDUCTED men" are two tolls


def _nobody(scene: Scene) -> Iterator[Read]:
    """ "without loss of life", "the minister escaped unhurt": a toll of 0 without a figure."""
    text = " ".join(scene.words)
    if scene.outcomes.any_nobody.search(text) is None:
        return
    for pattern in scene.outcomes.nobody:
        for match in pattern.words.finditer(text):
            first = text.count(" ", 0, match.start())
            last = first + match.group().count(" ")
            head = _subject(scene, first) if pattern.subject else None
            if pattern.subject and (head is None or not _may_be_unhurt(scene, head) or _is_told(scene, head)):
                continue
            start = scene.tree[head].start if head is not None else scene.tree[first].start
            yield RawToll(pattern.outcome, head, None, start, scene.tree[last].end, 0, 0, 0, "none"), first, None


def _may_be_unhurt(scene: Scene, head: int) -> bool:
    """People, and names of nothing else known."""
    ref = scene.sentence.actors.get(head)
    return scene.is_person(head) or (scene.tree[head].is_proper and ref is not None and ref.kind == "unknown")


def _is_told(scene: Scene, head: int) -> bool:
    return any(t.start <= scene.tree[head].start < t.end for t in scene.known)


def _subject(scene: Scene, verb: int) -> int | None:
    """The subject of a verb; of "who ESCAPED unhurt" the one that the clause is about."""
    tree, token = scene.tree, scene.tree[verb]
    above = verb if token.head == verb or token.dep not in {"aux", "auxpass"} else token.head
    found = tree.child(above, "nsubj", "nsubjpass")
    if found is not None and tree[found].tag in {"WP", "WDT"} and tree[above].dep == "relcl":
        return tree[above].head
    return found
