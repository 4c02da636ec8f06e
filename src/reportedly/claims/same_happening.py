"""Room 4, one happening in several words of a sentence ("attacked the post, killing 12"): which drafts are one.

Door: `merged(sentence, drafts)`.
"""

from __future__ import annotations

from collections.abc import Sequence

from reportedly.claims.arcs import linked
from reportedly.claims.clause import Arguments, agents
from reportedly.claims.draft import GENERIC, HARM, Draft
from reportedly.claims.sums import SUM
from reportedly.knowledge.lexicon import ADJECTIVE, NOUN, VERB
from reportedly.model import Span
from reportedly.model.quick import replace
from reportedly.model.reading import Sentence, Telling
from reportedly.model.syntax import Tree

_DOERS = frozenset({"bomber"})  # nouns of an event that name who did it
# Burning and looting go with an attack on people and do not name it.
_PROPERTY = "destruction."
_TAKEN = "abduction."
_FLIGHT = "displacement.flight"
_DISPERSALS = frozenset({"protest.intervention", "unrest.excessive_force"})
_BODILY = frozenset({"killed", "injured", "killed_or_injured"})
_SUICIDE = "explosion.suicide"
_BY_A_BOMBER = {_SUICIDE, "explosion.bombing"}  # "a suicide bomber blew up a van"
# What hit from afar or went off says more than what it did.
_FROM_AFAR = frozenset({"strike.unspecified", "explosion.unspecified"})


def merged(sentence: Sentence, drafts: Sequence[Draft]) -> list[Draft]:
    """Join drafts that tell one happening, until nothing more joins."""
    pending = list(drafts)
    while (pair := _nearest_pair(sentence, pending)) is not None:
        i, j = pair
        pending[i] = _merge(sentence, pending[i], pending.pop(j))
    return pending


def _nearest_pair(sentence: Sentence, drafts: Sequence[Draft]) -> tuple[int, int] | None:
    """The two drafts of one happening whose words stand nearest to each other."""
    pairs = [(i, j) for j in range(len(drafts)) for i in range(j)]
    pairs.sort(key=lambda p: min(abs(a - b) for a in drafts[p[0]].heads for b in drafts[p[1]].heads))
    return next((p for p in pairs if _same_happening(sentence, drafts[p[0]], drafts[p[1]])), None)


def _same_happening(sentence: Sentence, one: Draft, other: Draft) -> bool:
    if _one_dispersal(sentence.tree, one, other) or _driven_out(sentence, one, other):
        return True
    if not (one.violent and other.violent) or not _of_one_modality(one, other):
        return False
    if one.event_type == "battle.war" or other.event_type == "battle.war":
        return False
    if (one.hit.needs >= SUM) != (other.hit.needs >= SUM):
        return False
    if _taken_and_killed(one, other) or _laid_to_others(one, other) or _laid_to_others(other, one):
        return False
    generic = {one.event_type, other.event_type} & (GENERIC | HARM)
    if _damages(one, other) or _damages(other, one):
        generic.add("destruction.property")
    if _beat_off(sentence.tree, one, other) or _beat_off(sentence.tree, other, one):
        return False
    if _where_before(sentence.tree, one, other) or _where_before(sentence.tree, other, one):
        return False
    if _took_before(sentence.tree, one, other) or _took_before(sentence.tree, other, one):
        return False
    if set(one.hit.tokens) & set(other.hit.tokens):
        return True  # "mortar ROUNDS FIRED by": one word of both
    if _was_sent(one, other) or _was_sent(other, one):
        return True
    types = {one.event_type, other.event_type}
    if not generic and len(types) > 1 and types != _BY_A_BOMBER and not _both_taken(one, other):
        return False
    if _different_telling(sentence, one, other) or _different_places(sentence, one.hit.head, other.hit.head):
        return False
    if _different_days(sentence, one, other) or _done_by_each(sentence.tree, one, other):
        return False
    if one.hit.pos == other.hit.pos == NOUN and (_is_other(sentence.tree, one) or _is_other(sentence.tree, other)):
        return False
    tree = sentence.tree
    if _by_the_same_deed(tree, one, other) or _by_the_same_deed(tree, other, one):
        return True
    if _spelled_out(tree, one, other) or _spelled_out(tree, other, one):
        return True
    ends = [[_host(tree, d, h) for h in d.heads] for d in (one, other)]
    harmed = [d.event_type in {"attack.killing", "attack.injury"} for d in (one, other)]
    return any(
        a == b or linked(tree, a, b, harmed=harmed[1]) or linked(tree, b, a, harmed=harmed[0])
        for a in ends[0]
        for b in ends[1]
    )


def _was_sent(sent: Draft, hit: Draft) -> bool:
    """ "a ROCKET LAUNCHED by rebels fell short AND HIT a house": what was sent is what hit."""
    return sent.event_type == hit.event_type and not set(sent.hit.tokens).isdisjoint(hit.found.initiators)


def _by_the_same_deed(tree: Tree, strike: Draft, harm: Draft) -> bool:
    """ "destroyed two launchers IN A DRONE STRIKE, KILLING nine": how a verb's deed was done, and its end."""
    clause, noun = tree[harm.hit.head], tree[strike.hit.head]
    if clause.dep != "advcl" or clause.tag != "VBG" or noun.dep != "pobj" or not noun.is_noun:
        return False
    hosts = {clause.head, *tree.children(clause.head, "dobj")}
    return tree[noun.head].lower in {"in", "by", "with", "during"} and tree[noun.head].head in hosts


def _spelled_out(tree: Tree, whole: Draft, part: Draft) -> bool:
    """ "126 CASUALTIES (31 KILLED, 95 wounded)": what a bracket tells of the harm that it stands behind."""
    opens = whole.hit.head + 1
    if whole.hit.pos != NOUN or whole.event_type not in HARM or "(" not in tree.forms or opens >= len(tree):
        return False
    closes = next((i for i in range(opens, len(tree)) if tree[i].text == ")"), opens)
    return tree[opens].text == "(" and opens < part.hit.head < closes


def _damages(strike: Draft, damage: Draft) -> bool:
    """ "dropped two bombs on the town, DAMAGING nine houses": what a strike or blast did to things."""
    return damage.event_type == "destruction.property" and strike.event_type.startswith(("strike.", "explosion."))


def _beat_off(tree: Tree, defence: Draft, attack: Draft) -> bool:
    """ "bandits attacked the post BUT WERE REPELLED by guards": who attacked here is attacked there; "troops REPELLED
    AN ASSAULT and killed 40": who suffers here acts there."""
    if defence.event_type == "battle.clash" and defence.hit.frame == "suffer" and defence.hit.pos == VERB:
        return not set(defence.found.targets).isdisjoint(_doers_of(tree, attack))
    beats = defence.event_type in HARM or (defence.event_type == "battle.clash" and defence.hit.frame == "act")
    beaten = {tree[i].lemma for i in defence.found.targets} - {tree[i].lemma for i in defence.found.initiators}
    return beats and bool(defence.found.initiators) and any(tree[i].lemma in beaten for i in attack.found.initiators)


def _doers_of(tree: Tree, draft: Draft) -> list[int]:
    """Who does it: its initiators, or the subject that its verb shares with the verb it is beside."""
    verb = draft.hit.head
    above = tree[verb].head if tree[verb].dep == "conj" else verb
    return [*draft.found.initiators, *(i for v in (verb, above) for i in tree.children(v, "nsubj"))]


def _took_before(tree: Tree, taking: Draft, other: Draft) -> bool:
    """ "bandits WHO TOOK 28 travellers have killed three": the clause says what those who do it did before."""
    clause = tree[taking.hit.head]
    if clause.dep != "relcl" or not taking.event_type.startswith("abduction."):
        return False
    return tree[clause.head].dep == "nsubj" and tree[clause.head].head in other.heads


def _where_before(tree: Tree, earlier: Draft, other: Draft) -> bool:
    """ "In X, WHERE REBELS SHELLED a barracks, SNIPERS killed two": the clause says what others did there."""
    clause = tree[earlier.hit.head]
    if clause.dep != "relcl" or clause.i > other.hit.head or not tree[other.hit.head].is_verb:
        return False
    doers = {tree[i].lemma for i in tree.children(clause.i, "nsubj")}
    others = {tree[i].lemma for i in tree.children(other.hit.head, "nsubj")}
    there = any(tree[c].lower == "where" for c in tree.children(clause.i, "advmod"))
    return there and bool(doers and others) and doers.isdisjoint(others)


def _one_dispersal(tree: Tree, one: Draft, other: Draft) -> bool:
    """ "USED tear gas TO DISPERSE the crowd": what police did and what for are one act."""
    if not {one.event_type, other.event_type} <= _DISPERSALS:
        return False
    pairs = ((one, other), (other, one))
    return any(
        tree[low.hit.head].dep in {"xcomp", "advcl"}
        and tree[low.hit.head].tag == "VB"
        and tree[low.hit.head].head in high.heads
        for low, high in pairs
    )


def _driven_out(sentence: Sentence, one: Draft, other: Draft) -> bool:
    """ "FIGHTING in the county DISPLACED 9,400 people": those driven out are a toll of the violence."""
    fled = [d for d in (one, other) if d.event_type == _FLIGHT and d.tolls]
    cause = other if fled and fled[0] is one else one
    if len(fled) != 1 or not cause.violent or cause.governed.modality not in {"actual", "ongoing"}:
        return False
    tree, verb = sentence.tree, fled[0].hit.head
    doers = [*tree.children(verb, "nsubj"), *agents(tree, verb)]
    return not _different_telling(sentence, one, other) and any(d in cause.heads for d in doers)


def _of_one_modality(one: Draft, other: Draft) -> bool:
    """ "two pupils, ABDUCTED on Sunday, ARE BEING HELD": what was done goes on."""
    told = {one.governed.modality, other.governed.modality}
    return len(told) == 1 or (_both_taken(one, other) and told == {"actual", "ongoing"})


def _both_taken(one: Draft, other: Draft) -> bool:
    return one.event_type.startswith(_TAKEN) and other.event_type.startswith(_TAKEN)


def _laid_to_others(one: Draft, other: Draft) -> bool:
    """ "The rider FIRED, and a sect could be behind THE KILLING": each is told of somebody else."""
    laid = one.found.answerable
    return bool(laid and other.found.initiators) and set(laid).isdisjoint(other.found.initiators)


def _taken_and_killed(one: Draft, other: Draft) -> bool:
    """ "killed ten miners AND TOOK two nationals captive": other people were taken than were killed or hurt."""
    taken = [d for d in (one, other) if d.event_type.startswith(_TAKEN)]
    if len(taken) != 1:
        return False
    other = other if taken[0] is one else one
    harmed = {t.head for t in other.tolls if t.outcome in _BODILY and t.high != 0}
    return bool(harmed) and harmed.isdisjoint(taken[0].found.targets)


def _is_other(tree: Tree, draft: Draft) -> bool:
    """ "the killing of ten and OTHER attacks on schools": what is called another one is another one."""
    return any(tree[c].lower in _OTHERS for c in tree.children(draft.hit.head, "amod", "det"))


def _host(tree: Tree, draft: Draft, head: int) -> int:
    """The word from which the happening hangs: of "FIVE dead, 17 hurt in a blast" not the adjective."""
    token = tree[head]
    if token.lemma in _DOERS and token.dep == "nsubj" and tree[token.head].is_verb:
        return token.head  # "a suicide BOMBER rammed a car into ..., killing two"
    if draft.hit.pos != ADJECTIVE or not token.tag.startswith("JJ") or draft.event_type not in HARM:
        return head
    return token.head if token.dep in {"oprd", "acomp"} or tree[token.head].dep == "ROOT" else head


def _different_telling(sentence: Sentence, one: Draft, other: Draft) -> bool:
    """Two event words told by different people are two accounts."""
    a, b = sentence.tree[one.hit.head].start, sentence.tree[other.hit.head].start
    for telling in sentence.tellings:
        if not telling.named and (telling.culprit is None or _described(sentence.tree, telling, one, other)):
            continue
        inside = [telling.covers(a), telling.covers(b)]
        if inside[0] != inside[1]:
            return True
    return False


def _described(tree: Tree, telling: Telling, one: Draft, other: Draft) -> bool:
    """ "an attack ATTRIBUTED TO X killed six": the words on the event noun are no second account, unless the other word
    says itself who did it ("a bomber killed six in an attack BLAMED ON X")."""
    cue = telling.cue_head
    heads = {*one.heads, *other.heads}
    if cue is None or tree[cue].dep != "acl" or tree[cue].head not in heads:
        return False
    named = (other if tree[cue].head in one.heads else one).found.initiators
    return all(i in heads and tree[i].lemma not in _DOERS for i in named)


def _different_places(sentence: Sentence, one: int, other: int) -> bool:
    """Two verbs that each have a place of their own tell two happenings ("killed two in Djibo and abducted a nurse in
    Arbinda")."""
    places = [_own_places(sentence, one), _own_places(sentence, other)]
    return all(places) and places[0].isdisjoint(places[1])


def _different_days(sentence: Sentence, one: Draft, other: Draft) -> bool:
    """Two clauses side by side, each with a day of its own ("a shooting WOUNDED two last week, and on Sunday gunmen
    SHOT three")."""
    tree = sentence.tree
    if len(sentence.times) < 2:
        return False
    verbs = [{h if tree[h].is_verb else tree[h].head for h in d.heads} for d in (one, other)]
    beside = [(a, b) for a in verbs[0] for b in verbs[1] if tree.first_conjunct(a) == tree.first_conjunct(b) and a != b]
    days = [(_own_days(sentence, a), _own_days(sentence, b)) for a, b in beside]
    return any(a and b and a.isdisjoint(b) for a, b in days)


def _done_by_each(tree: Tree, one: Draft, other: Draft) -> bool:
    """ "that A KILLED a teacher and that B KILLED three soldiers": each did it to somebody else."""
    verbs = [d.hit.head for d in (one, other)]
    if not all(tree[v].is_verb and tree.children(v, "nsubj") and tree.children(v, "dobj") for v in verbs):
        return False
    beside = tree.first_conjunct(verbs[0]) == tree.first_conjunct(verbs[1]) and verbs[0] != verbs[1]
    doers = [set(d.found.initiators) for d in (one, other)]
    named = [any(tree[i].is_noun for i in tree.children(v, "nsubj")) for v in verbs]
    return beside and all(named) and all(doers) and doers[0].isdisjoint(doers[1])


def _own_days(sentence: Sentence, verb: int) -> frozenset[str]:
    """The words of the days that hang from a verb, by a preposition or without one."""
    tree = sentence.tree
    hosts = {verb, *tree.children(verb, "prep")}
    return frozenset(
        t.when.span.quote.lower()
        for t in sentence.times
        if t.event_day and any(tree[i].head in hosts for i in tree.at(t.when.span.start, t.when.span.end))
    )


def _own_places(sentence: Sentence, verb: int) -> frozenset[Span]:
    """The places named in prepositional phrases of a verb or of its object ("at a camp NEAR DJUGU" too); whence
    something came is none."""
    tree = sentence.tree
    if not sentence.places or not tree[verb].is_verb:
        return frozenset()
    heads: set[int] = set()
    hosts = [verb, *tree.children(verb, "dobj", "nsubjpass")]
    while hosts:
        host = hosts.pop()
        preps = (prep for prep in tree.children(host, "prep") if tree[prep].lower != "from")
        inner = [p for prep in preps for p in tree.children(prep, "pobj") if p not in heads]
        heads.update(inner)
        hosts += inner
    return frozenset(p.span for p in sentence.places if any(tree[h].start <= p.span.start < tree[h].end for h in heads))


_OTHERS = frozenset({"other", "another", "separate", "further", "different"})


def _merge(sentence: Sentence, one: Draft, other: Draft) -> Draft:
    """One draft of two; the more telling event word leads."""
    tree = sentence.tree
    lead, rest = sorted((one, other), key=_rank)
    burnt = _also_burnt(tree, lead, rest)
    if burnt:
        lead, rest = rest, lead
    if rest.hit.pos == NOUN and set(lead.hit.tokens) & set(rest.hit.tokens):
        lead, rest = rest, lead  # "mortar rounds fired by": the noun says what was fired
    found = Arguments(
        _initiators(sentence, lead, rest),
        (*lead.found.targets, *rest.found.targets) if burnt else _targets(sentence, lead, rest),
        (*lead.found.means, *rest.found.means),
        (*lead.found.cause, *rest.found.cause),
        lead.found.passive,
        (*lead.found.answerable, *rest.found.answerable),
    )
    return replace(lead, heads=(*lead.heads, *rest.heads), found=found, tolls=(*lead.tolls, *rest.tolls))


def _also_burnt(tree: Tree, lead: Draft, rest: Draft) -> bool:
    """ "killed nine soldiers AND burned two trucks": the harm to people names the happening."""
    harm = rest.event_type in {"attack.killing", "attack.injury"} and rest.found.targets
    if not lead.event_type.startswith(_PROPERTY) or not harm:
        return False
    return lead.hit.head in tree.conjuncts(rest.hit.head)


def _initiators(sentence: Sentence, lead: Draft, rest: Draft) -> tuple[int, ...]:
    """Those who are called answerable first, then those of the leading word, unless only the other one names them.

    "X killed ten when THEY blew themselves up": a pronoun names nobody.
    """
    tree, own = sentence.tree, lead.found.initiators
    others = tuple(i for i in rest.found.initiators if i not in (*lead.heads, *lead.hit.tokens, *lead.found.targets))
    if not lead.found.targets:  # "25 rebels killed in clashes": of one side named only, those who suffered did nothing
        own = tuple(i for i in own if i not in rest.found.targets)
    if others and (all(tree[i].tag == "PRP" for i in own) or _things_of(sentence, lead, own)):
        own = others
    return tuple(dict.fromkeys([*lead.found.answerable, *rest.found.answerable, *own]))


def _things_of(sentence: Sentence, lead: Draft, own: Sequence[int]) -> bool:
    """ "X carried out the raid, in which two MISSILES hit a hall": what hit it is X's."""
    refs = (sentence.actors[i] for i in own if i in sentence.actors)
    return sentence.tree[lead.hit.head].dep == "relcl" and all(r.kind in {"facility", "unknown"} for r in refs)


def _targets(sentence: Sentence, lead: Draft, rest: Draft) -> tuple[int, ...]:
    heads = {*lead.heads, *rest.heads}
    own = tuple(t for t in lead.found.targets if t not in heads)
    if any(_can_suffer(sentence, t) for t in own) or rest.governed.negated:
        return own  # "no soldiers were killed in the attack" names no target
    killer = lead.event_type.startswith("battle.") and not heads.isdisjoint(rest.found.initiators)
    if killer and len(lead.found.initiators) > 1:
        return own  # "fighting between two armies killed SOLDIERS": both sides are named, the dead are of either
    if own and not set(lead.found.initiators).isdisjoint(rest.found.targets):
        return own  # "attacked its lines and LOST 40 MEN": those lost are the attackers'
    return tuple(t for t in rest.found.targets if t not in heads) or own


def _can_suffer(sentence: Sentence, index: int) -> bool:
    """People, bodies, names and known things; not the point of "a strike on a charging POINT killed FOUR PEOPLE"."""
    ref = sentence.actors.get(index)
    return ref is not None and (ref.kind != "unknown" or ref.actor_id is not None or sentence.tree[index].is_proper)


def _rank(draft: Draft) -> tuple[int, int, int]:
    """Specific types before generic ones, those before mere harm; earlier words first."""
    mere = draft.event_type in GENERIC or draft.event_type.startswith(_PROPERTY)
    kind = 4 if draft.event_type in {"attack.killing", "attack.injury"} else 2 if mere else 0
    if draft.event_type == "destruction.property":
        kind = 5  # "KILLED two guards and destroyed a van"
    elif kind == 4 and draft.tolls and all(t.high == 0 for t in draft.tolls):
        kind = 6  # "damaged two offices, causing NO INJURIES"
    if draft.event_type in _FROM_AFAR:
        kind = 1  # "the STRIKES killed two and destroyed a depot"
    elif draft.event_type == "attack.armed" and "violent_subject" in draft.hit.needs:
        kind = 3  # "BLAST hits shrine": what hit it comes before that it was hit
    if draft.event_type == _SUICIDE:
        kind = -1
    if not draft.violent:
        kind = 6
    return kind, draft.hit.pos == NOUN and draft.hit.pos != VERB, draft.hit.head
