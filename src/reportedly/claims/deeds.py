"""Room 4, deeds: happenings of which a sentence says only who is blamed for them or takes them on.

Door: `deed_drafts(sentence, drafts, knowledge)`, for words that name no event of their own: "the incident was blamed
on X", "Y claimed responsibility", "the army put the number at 50". What such a deed was stands in a sentence before;
see `antecedents`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from reportedly.claims.answerable import with_answerable, with_blamed
from reportedly.claims.clause import Arguments, spread, subject
from reportedly.claims.doers import NAMING, doers_named, signed_for
from reportedly.claims.draft import Draft
from reportedly.claims.drafts import cue_above
from reportedly.claims.frames import arguments
from reportedly.claims.modality import modality_of
from reportedly.claims.raw_tolls import made
from reportedly.knowledge.lexicon import NOUN, VERB
from reportedly.knowledge.load import Knowledge
from reportedly.model import ARMED_KINDS
from reportedly.model.quick import replace
from reportedly.model.reading import Sentence, Telling, TriggerHit
from reportedly.model.syntax import Token, Tree, takes_place

INVOLVEMENT = "attack.involvement"
_DEED = frozenset({"deed"})
_PLACED = frozenset({"deed", "placed"})
_UNSAID = frozenset({"deed", "unsaid"})
_STANDING_IN = frozenset({"it", "this", "that", "them", "these", "those"})
_FIGURE = frozenset({"deed", "unsaid", "figure"})
_OF_KNOWN = frozenset({"confirmed", "denied"})  # what is said of a deed told before ("the navy CONFIRMED the incident")
_REFUSED = frozenset({"deed", "unsaid", "refused"})
_ACCUSING = ("accusation_nouns", "refused_accounts")
_BACK = frozenset({"this", "that", "these", "those", "such"})


def is_deed(draft: Draft) -> bool:
    """Tell whether a draft says only that something was done, and who is said to have done it."""
    return "deed" in draft.hit.needs


def is_unsaid(draft: Draft) -> bool:
    """Tell whether no word stands for the deed: the times and places around are those of the telling."""
    return "unsaid" in draft.hit.needs


def is_refused(draft: Draft) -> bool:
    """Tell whether a draft only says that somebody denies what he is said to have done ("X denied IT")."""
    return "refused" in draft.hit.needs


def is_figure(draft: Draft) -> bool:
    """Tell whether a draft says only how many, and not what became of them."""
    return "figure" in draft.hit.needs


def is_placed(draft: Draft) -> bool:
    """Tell whether a draft says where a deed was that is told before."""
    return "placed" in draft.hit.needs


def deed_drafts(sentence: Sentence, drafts: Sequence[Draft], knowledge: Knowledge) -> list[Draft]:
    """Return the deeds of a sentence for which somebody is named, where no event word tells them."""
    deeds = knowledge.lexicon.words["deed_nouns"]
    taken = {i for d in drafts for i in d.heads}
    found = []
    for token in sentence.tree if _may_stand(sentence, knowledge) else ():
        if token.i in taken or not token.tag.startswith("NN"):
            continue
        if token.lemma in deeds or _is_refused(sentence, token, knowledge):
            draft = _named_deed(sentence, token.i, knowledge)
            if draft is not None:
                found.append(draft)
    if not _STANDING_IN.isdisjoint(sentence.tree.forms):
        found += [d for token in sentence.tree if (d := _pronoun(sentence, token, knowledge)) is not None]
    lemmas, left = sentence.tree.lemmas, knowledge.lexicon.words["left_signs"]
    if not NAMING.isdisjoint(lemmas) or not left.isdisjoint(lemmas):
        verbs = (t for t in sentence.tree if t.is_verb)
        found += [d for t in verbs if (d := _named_alone(sentence, t, taken, knowledge)) is not None]
    if not found:
        found = [d for t in sentence.tellings if (d := _unsaid(sentence, t, drafts, knowledge)) is not None]
    if not found:
        found = [d for t in sentence.tellings if (d := _set_off(sentence, t, drafts, knowledge)) is not None]
    if not found and not drafts:
        found = [d for t in sentence.tellings if (d := _figure(sentence, t, knowledge)) is not None]
    return found


def _may_stand(sentence: Sentence, knowledge: Knowledge) -> bool:
    """A quick look before the rules: most sentences have no noun for a deed or for what was said of one."""
    lists, lemmas = knowledge.lexicon.words, sentence.tree.lemmas
    return any(not lists[n].isdisjoint(lemmas) for n in ("deed_nouns", "figure_nouns", *_ACCUSING))


def _is_refused(sentence: Sentence, token: Token, knowledge: Knowledge) -> bool:
    """ "The army dismissed THE FIGURE as invented", "denied THE ACCUSATION": told before, and denied."""
    lists = knowledge.lexicon.words
    if token.dep not in {"dobj", "nsubjpass"}:
        return False
    if not any(token.lemma in lists[name] for name in ("figure_nouns", *_ACCUSING)):
        return False
    return any(t.named and t.stance == "denied" and t.cue_head == token.head for t in sentence.tellings)


def _named_deed(sentence: Sentence, index: int, knowledge: Knowledge) -> Draft | None:
    """ "the incident", "this action": a deed that refers back and that somebody is made answerable for."""
    tree, words = sentence.tree, knowledge.lexicon.words
    determiners = {tree[d].lower for d in tree.children(index, "det")}
    if not determiners & {"the", *_BACK} and not tree.has(index, "relcl", "acl"):
        return None
    where = _says_where(sentence, index, words)
    needs = _FIGURE if tree[index].lemma in words["figure_nouns"] else _PLACED if where else _DEED
    needs = _REFUSED if tree[index].lemma in words["refused_accounts"] else needs
    hit = TriggerHit(index, (index,), INVOLVEMENT, "act", NOUN, needs=needs)
    plain = arguments(tree, hit, sentence.actors, knowledge.outcomes)
    if tree[index].lemma in words["loose_deeds"] and not determiners & _BACK:
        plain = Arguments()  # "the army carried out the operation" tells of another happening
    found = with_blamed(sentence, index, with_answerable(tree, index, plain, words))
    told = any(
        (t.responsibility is not None or (t.named and t.stance in _OF_KNOWN))
        and t.speaker_head is not None
        and t.covers(tree[index].start)
        for t in sentence.tellings
    )
    return _draft(sentence, hit, found, knowledge) if found.initiators or told or where else None


def _says_where(sentence: Sentence, index: int, words: Mapping[str, frozenset[str]]) -> bool:
    """ "The incident OCCURRED IN X": where a deed was that is told before."""
    tree, verb = sentence.tree, sentence.tree[sentence.tree[index].head]
    if not takes_place(tree, index, words["occurring_verbs"]):
        return False
    return any(p.span.start > verb.start for p in sentence.places)


def _pronoun(sentence: Sentence, token: Token, knowledge: Knowledge) -> Draft | None:
    """ "X is behind IT", "Y was responsible for THIS", "fired IT", "denied IT": what was told before, where somebody is
    named."""
    tree = sentence.tree
    if token.lower not in _STANDING_IN or token.dep not in {"pobj", "dobj", "nsubj"} or token.tag == "WDT":
        return None  # "the drones THAT Russia launched" refers to nothing told before
    if token.dep == "nsubj" and not _called_a_deed(tree, token, knowledge.lexicon.words):
        return None
    found = Arguments()
    if any(_refuses(tree, t, token) for t in sentence.tellings):
        hit = TriggerHit(token.i, (token.i,), INVOLVEMENT, "act", NOUN, needs=_REFUSED)
        return _draft(sentence, hit, found, knowledge)
    if token.dep != "dobj":
        found = with_answerable(tree, token.i, found, knowledge.lexicon.words)
    elif (
        tree[token.head].lemma in knowledge.lexicon.words["done_verbs"]
        and (doer := subject(tree, token.head)) is not None
    ):
        found = Arguments(spread(tree, [doer]))
    named = [sentence.actors[i] for i in found.initiators if i in sentence.actors]
    if not any(ref.actor_id is not None or ref.kind in ARMED_KINDS for ref in named):
        return None
    hit = TriggerHit(token.head, (token.head,), INVOLVEMENT, "act", NOUN, needs=_DEED)
    return _draft(sentence, hit, found, knowledge)


def _called_a_deed(tree: Tree, token: Token, words: Mapping[str, frozenset[str]]) -> bool:
    """ "THIS is the WORK of X"."""
    verb = tree[token.head]
    return verb.lemma == "be" and any(tree[a].lemma in words["doing_nouns"] for a in tree.children(verb.i, "attr"))


def _refuses(tree: Tree, telling: Telling, token: Token) -> bool:
    """ "X denied IT", "X said it had nothing to do with IT", "... no hand in THIS"."""
    if not telling.named or telling.stance != "denied":
        return False
    if token.dep == "dobj":
        return telling.cue_head == token.head
    return telling.covers(token.start) and tree[token.head].lower in {"with", "in"}


def _named_alone(sentence: Sentence, verb: Token, taken: set[int], knowledge: Knowledge) -> Draft | None:
    """ "X was responsible", "the gunmen belonged to X": with no word of what was done."""
    words = knowledge.lexicon.words
    named = doers_named(sentence, verb, words) if verb.i not in taken else ()
    doers = named or signed_for(sentence, verb, words)
    if not doers:
        return None
    hit = TriggerHit(verb.i, (verb.i,), INVOLVEMENT, "act", NOUN, needs=_UNSAID)
    draft = _draft(sentence, hit, Arguments(initiators=doers), knowledge)
    if not named:
        return replace(draft, laid=True)
    return replace(draft, found=replace(draft.found, answerable=doers, cleared=draft.governed.negated))


def _figure(sentence: Sentence, telling: Telling, knowledge: Knowledge) -> Draft | None:
    """ "The rebels put the NUMBER at 50", "put IT at 50", "gave a FIGURE of 19": another's figure for the harm told
    before."""
    tree, verb = sentence.tree, telling.cue_head
    if verb is None or not telling.named or tree[verb].lemma not in knowledge.lexicon.reporting.lists["gives_tolls"]:
        return None
    noun = tree.child(verb, "dobj")
    if noun is None or (tree[noun].lower != "it" and tree[noun].lemma not in knowledge.lexicon.words["figure_nouns"]):
        return None
    inside = [q for q in sentence.quantities if q.countable and q.kind != "article" and telling.covers(q.start)]
    if len(inside) != 1 or inside[0].number_start < tree[noun].end:
        return None
    hit = TriggerHit(noun, (noun,), INVOLVEMENT, "act", NOUN, needs=_FIGURE)
    draft = _draft(sentence, hit, Arguments(), knowledge)
    return replace(draft, tolls=(made(sentence, "killed", None, inside[0], inside[0].start, inside[0].end),))


def _set_off(sentence: Sentence, telling: Telling, drafts: Sequence[Draft], knowledge: Knowledge) -> Draft | None:
    """ "X claimed responsibility for THE BOMB", "took responsibility for four BOMBS": each is one that went off."""
    tree = sentence.tree
    if telling.responsibility is None or any(d.violent and telling.covers(tree[d.hit.head].start) for d in drafts):
        return None
    taken = knowledge.lexicon.reporting.blame["responsibility_nouns"]
    for token in tree:
        over = tree[tree[token.head].head]
        if token.lemma == _BOMB and token.dep == "pobj" and over.lemma in taken and telling.covers(token.start):
            hit = TriggerHit(token.i, (token.i,), "explosion.bombing", "burst", NOUN)
            return replace(_draft(sentence, hit, Arguments(), knowledge), event_type=hit.event_type)
    return None


_BOMB = "bomb"


def _unsaid(sentence: Sentence, telling: Telling, drafts: Sequence[Draft], knowledge: Knowledge) -> Draft | None:
    """ "X claimed responsibility", "police suspect Y", "blamed it on Z": with no word of what was done."""
    told = (h for d in drafts if d.violent for h in d.heads if telling.covers(sentence.tree[h].start))
    if any(not _of_culprit(sentence.tree, telling, h) for h in told):
        return None
    laid = knowledge.lexicon.reporting.blame["laid"] | knowledge.lexicon.reporting.blame["guilt"]
    at = (
        _responsibility(sentence, telling, knowledge) if telling.responsibility else _suspicion(sentence, telling, laid)
    )
    if at is None:
        return None
    tree = sentence.tree
    pos = NOUN if tree[at].is_noun else VERB
    hit = TriggerHit(at, (at,), INVOLVEMENT, "act", pos, needs=_UNSAID)
    culprits = spread(tree, [telling.culprit] if telling.culprit is not None else [])
    return _draft(sentence, hit, Arguments(initiators=culprits), knowledge)


def _of_culprit(tree: Tree, telling: Telling, head: int) -> bool:
    """ "X, WHICH HAS STAGED SUCH RAIDS, is suspected": what a clause says of whoever is blamed is another deed."""
    culprit = telling.culprit
    if culprit is None or telling.cue_head is None or tree.covers(culprit, telling.cue_head):
        return False
    return any(tree.covers(c, head) for c in tree.children(culprit, "relcl"))


def _responsibility(sentence: Sentence, telling: Telling, knowledge: Knowledge) -> int | None:
    """The word "responsibility" or "credit", where it does not say for what, or a "which" that is claimed."""
    tree, nouns = sentence.tree, knowledge.lexicon.reporting.blame["responsibility_nouns"]
    nouns = nouns | knowledge.lexicon.words["part_nouns"] if telling.responsibility == "denies" else nouns
    which = next((t.i for t in tree if t.tag == "WDT" and telling.covers(t.start) and len(telling.content) == 1), None)
    if which is not None and telling.content[0].end == tree[which].end:
        return which
    noun = next((t.i for t in tree if t.lemma in nouns and telling.covers(t.start)), None)
    if noun is None:
        return None
    phrases = [*tree.children(noun, "prep"), *tree.children(tree[noun].head, "prep")]
    said = (p for p in phrases if tree[p].lower in {"for", "of"})
    return noun if all(tree[o].tag == "WDT" for p in said for o in tree.children(p, "pobj")) else None


def _suspicion(sentence: Sentence, telling: Telling, laid: frozenset[str]) -> int | None:
    """The verb of blame, where what is told is no more than who is blamed, or blamed for "it"."""
    tree, culprit = sentence.tree, telling.culprit
    ref = sentence.actors.get(culprit) if culprit is not None else None
    if (
        culprit is None
        or telling.cue_head is None
        or ref is None
        or (ref.actor_id is None and ref.kind not in ARMED_KINDS)
    ):
        return None
    own = set(tree.subtree(culprit)) - set(
        tree.subtree(telling.cue_head) if tree.covers(culprit, telling.cue_head) else ()
    )
    rest = [t for c in telling.content for i in tree.at(c.start, c.end) if i not in own for t in (tree[i],)]
    plain = all(t.tag in {"IN", "DT", "PRP", "RB"} or t.lemma in laid for t in rest)
    return telling.cue_head if plain else None


def _draft(sentence: Sentence, hit: TriggerHit, found: Arguments, knowledge: Knowledge) -> Draft:
    stop = cue_above(sentence, hit.head)
    governed = modality_of(sentence.tree, hit.head, knowledge.lexicon.control, stop)
    return Draft(hit, (hit.head,), INVOLVEMENT, found, governed)
