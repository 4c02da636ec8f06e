"""Room 3, events: find the words that evoke an event type in a parsed segment.

Door: `find_triggers(tree, lexicon, context)`. Several hits at one head are alternatives, most specific first; which of
them holds depends on their arguments and is decided in the claims room.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass

from reportedly.knowledge.apart import is_violent
from reportedly.knowledge.grammar import grammar_words
from reportedly.knowledge.lexicon import ADJECTIVE, NOUN, VERB, Lexicon, Trigger
from reportedly.mentions.event_words import match_words
from reportedly.mentions.topics import Topics, among_harmed, armed_afterwards, grimness, tellers
from reportedly.model.quick import quick
from reportedly.model.reading import TriggerHit
from reportedly.model.syntax import Token, Tree, takes_place
from reportedly.model.trace import Trace

_HARM = frozenset(
    {
        "attack.killing",
        "attack.injury",
        "attack.stabbing",
        "attack.shooting",
        "explosion.unspecified",
        "destruction.property",
        "destruction.arson",
    }
)

_STRETCHES = grammar_words()["stretches_of_time"]
_OF_NOUNS = frozenset({"csubj", "nsubj", "nsubjpass", "pobj", "dobj"})
_Match = tuple[Trigger, tuple[int, ...], Token]


@quick
@dataclass(frozen=True, slots=True)
class Context:
    """What surrounds a trigger: lemmas of the sentence, armed actors or violence in the sentence or document.

    `plain` are the lemmas outside known actors' names: a word inside a name says nothing of what is told.
    """

    lemmas: frozenset[str]
    plain: frozenset[str]
    armed: bool
    people: bool
    violent: bool
    weapons: bool
    military: bool
    telegraphic: bool = False


def find_triggers(tree: Tree, lexicon: Lexicon, context: Context, trace: Trace | None = None) -> tuple[TriggerHit, ...]:
    """Return the trigger hits of a segment in text order; hits that lie within a longer one are dropped."""
    refusals = _Refusals(tree, trace)
    found: list[_Match] = []
    evoking = lexicon.evoking
    for token in tree:
        if token.lemma not in evoking and token.lower not in evoking:
            continue
        if token.lemma == "have" and token.dep == "aux":
            continue  # "HAVE ruled out talks"
        for pos in _positions(tree, token):
            word = token.lower if pos == ADJECTIVE or (pos == NOUN and token.tag == "VBG") else token.lemma
            for trigger in lexicon.beside(pos, word, context.lemmas):
                words = match_words(tree, token, trigger)
                if words is None:
                    continue
                reason = _misfit(tree, trigger, words, lexicon, context)
                if reason is None:
                    found.append((trigger, words, token))
                else:
                    refusals.add((trigger, words, token), reason)
    if len(found) > 1:
        found = _outermost(found)
    refusals.entries(found)
    if not any(is_violent(t.event_type) for t, _, _ in found):
        return tuple(_hit(match, match[0].event_type) for match in found)
    return tuple(_kept_apart(tree, found, lexicon, context, refusals))


class _Refusals:
    """Notes which entries matched and which did not hold."""

    def __init__(self, tree: Tree, trace: Trace | None) -> None:
        self._tree = tree
        self._trace = trace

    def add(self, match: _Match, reason: str) -> None:
        """Note that an entry does not hold here."""
        if self._trace is not None:
            trigger, _, token = match
            self._trace.refuse(token.start, token.end, "event", reason, trigger.event_type, token.start)

    def entries(self, found: Iterable[_Match]) -> None:
        """Note the entries that matched."""
        if self._trace is None or not self._trace.full:
            return
        for trigger, words, token in found:
            start, end = self._tree[words[0]].start, self._tree[words[-1]].end
            self._trace.note(start, end, "event", f"entry {trigger.named}", trigger.event_type, token.start)


def _hit(match: _Match, event_type: str) -> TriggerHit:
    trigger, words, token = match
    frame = (trigger.frame, trigger.pos, trigger.target, trigger.takes, trigger.asks, trigger.needs)
    return TriggerHit(token.i, words, event_type, *frame)


def _kept_apart(
    tree: Tree, found: Sequence[_Match], lexicon: Lexicon, context: Context, refusals: _Refusals
) -> Iterator[TriggerHit]:
    """The hits, without those that the topic of the sentence takes for something else; accidents get their own type."""
    words_of = [(trigger, words) for trigger, words, _ in found]
    topics = Topics(tree, words_of, lexicon, context.plain, context.armed)
    for match in found:
        trigger, words, _ = match
        topic = topics.of(words) if is_violent(trigger.event_type) else None
        if topic is None:
            yield _hit(match, trigger.event_type)
        elif topic.becomes is not None and trigger.event_type in _HARM:
            yield _hit(match, topic.becomes)
        else:
            refusals.add(match, f"the sentence is about something else: {topic.name} (apart.yml)")


def _positions(tree: Tree, token: Token) -> Iterator[str]:
    if token.tag.startswith("VB"):
        if token.tag == "VBG" and token.i + 1 < len(tree) and tree[token.i + 1].lower == "of":
            yield NOUN  # "after SHELLING of the village", read as a verb
            return
        if token.tag == "VBG" and token.i and tree[token.i - 1].text == "-":
            return  # "slow-burning", "crime-fighting" are adjectives
        noun_first = token.tag == "VBG" and token.dep in {"nsubj", "nsubjpass"}
        bare = noun_first and not tree.has(token.i, "dobj")
        yield from ((NOUN, VERB) if bare else (VERB, NOUN) if noun_first else (VERB,))  # "FIGHTING continued"
        if token.tag == "VBN":
            yield ADJECTIVE
        elif token.tag == "VBG" and token.dep in _OF_NOUNS:
            yield NOUN  # "FIGHTING broke out", read as a verb
    elif token.tag.startswith("NN"):
        yield NOUN
    elif token.tag.startswith("JJ"):
        yield ADJECTIVE


def _beasts_as_verbs(tree: Tree, lexicon: Lexicon) -> set[str]:
    """ "The attack BORE the hallmarks of X" tells of no bear."""
    beasts = lexicon.words["beasts"]
    return {t.lemma for t in tree if t.lemma in beasts and t.is_verb}


def _names_of_bodies(tree: Tree, words: Set[str], lexicon: Lexicon) -> set[str]:
    """ "An AIR FORCE man fired at a car": words that only name a body of armed people."""
    heads = lexicon.words["unit_heads"]
    if heads.isdisjoint(tree.lemmas):
        return set()
    plain = {t.lemma for t in tree if t.lemma in words and not (t.dep == "compound" and tree[t.head].lemma in heads)}
    return set(words - plain)


def _misfit(tree: Tree, trigger: Trigger, words: tuple[int, ...], lexicon: Lexicon, context: Context) -> str | None:
    """Return why the entry does not hold, as far as the sentence alone can tell; None where it may.

    Needs of arguments are checked with the arguments.
    """
    against = trigger.unless & context.plain
    if against:
        against -= {tree[i].lemma for i in words}
    if against:
        against -= tellers(tree, words[0], lexicon) | among_harmed(tree, words, lexicon)
        against -= _beasts_as_verbs(tree, lexicon)
    if against:
        against -= armed_afterwards(tree, words[0], lexicon) | _names_of_bodies(tree, against, lexicon)
    if against:
        return f"not beside “{min(against)}”"
    if trigger.pos == NOUN:
        if len(words) == 1 and _inside_name(tree, words[-1]):
            return "part of a longer name"
        if _modifies(tree, words[-1], lexicon.words["event_carriers"]):
            return "says what kind of thing another noun is"
    months = lexicon.words["months_alike"]
    if not months.isdisjoint(tree.forms) and any(tree[i].lower in months and _is_capital(tree, i) for i in words):
        return "the name of a month"
    if len(words) > 1 and _of_people(tree, trigger, words, lexicon):
        return "its words say what kind of people others are"
    for need in sorted(trigger.needs) if trigger.needs else ():
        if not _holds(need, tree, trigger, words, lexicon, context):
            return f"needs {need}"
    return None


def _is_capital(tree: Tree, index: int) -> bool:
    """Tell whether a word inside a sentence is written as a name ("held since MARCH")."""
    token = tree[index]
    return index > 0 and token.is_proper and token.text[:1].isupper() and not token.text.isupper()


def _of_people(tree: Tree, trigger: Trigger, words: tuple[int, ...], lexicon: Lexicon) -> bool:
    """Tell whether a noun of a verb phrase only describes people: who seizes AID WORKERS seizes no aid; or a place: who
    destroys a DRONE WORKSHOP destroys no drone, and who destroys TOWER HOUSES no tower."""
    disrupted = trigger.event_type == "weapons.disrupted"
    destroyed = trigger.event_type.startswith("destruction.")
    for index in words:
        token = tree[index]
        role = lexicon.roles.get(tree[token.head].lemma) if token.dep == "compound" and token.is_noun else None
        if role is not None and (role.facility is disrupted or destroyed) and token.head not in words:
            return True
    return disrupted and _kept_for(tree, words)


def _kept_for(tree: Tree, words: tuple[int, ...]) -> bool:
    """ "destroyed a workshop FOR DRONES": what the weapons are for is no weapon."""
    last = tree[words[-1]]
    return last.dep == "pobj" and tree[last.head].lower == "for" and tree[tree[last.head].head].is_noun


def _holds(need: str, tree: Tree, trigger: Trigger, words: tuple[int, ...], lexicon: Lexicon, context: Context) -> bool:
    """Check one need; those of arguments hold until the arguments are known."""
    if need == "violent_context":
        return context.violent or grimness(lexicon.apart, context.lemmas, context.armed) > 0
    if need == "armed":
        return context.armed
    if need == "headline":
        return context.telegraphic
    if need == "breaks_out":
        noun = words[-1]
        fought = context.lemmas & lexicon.words["deadly_words"] or tree[noun].lemma == "fighting"
        deadly = fought and _between_people(tree, noun, lexicon)
        return (
            context.armed
            or context.weapons
            or bool(deadly)
            or _lasts(tree, noun)
            or _breaks_out(tree, noun, lexicon)
            or _stands_alone(tree, noun, lexicon, context)
        )
    if need == "occurs":
        return takes_place(tree, words[-1], lexicon.words["occurring_verbs"])
    if need == "grows":
        return _grows(tree, words[-1], lexicon.words["growing_verbs"])
    if need == "erupts":
        return _breaks_out(tree, words[-1], lexicon)
    if need == "deadly":
        return not context.lemmas.isdisjoint(lexicon.words["deadly_words"])
    if need == "weapon":
        return context.weapons
    if need == "person":
        return context.people or context.armed or _one_more(tree, words[0], lexicon)
    if need == "grim":
        return grimness(lexicon.apart, context.lemmas, context.armed) > 0
    if need == "military_strike":
        head = words[-1] if trigger.pos == NOUN else words[0]
        return _is_strike(tree, head, trigger, context, lexicon.words)
    return True


def _grows(tree: Tree, toll: int, verbs: frozenset[str]) -> bool:
    """Tell whether a toll is said to grow or to be counted ("the toll MOUNTS", "casualties REPORTED in X")."""
    return takes_place(tree, toll, verbs) or any(tree[c].lemma in verbs for c in tree.children(toll, "acl"))


def _one_more(tree: Tree, verb: int, lexicon: Lexicon) -> bool:
    """Tell whether a verb is about one more of those told of before ("A THIRD was wounded", "ANOTHER was wounded")."""
    who = tree.child(verb, "nsubjpass")
    return who is not None and tree[who].lower in lexicon.words["one_more"] and not tree.has(who, "prep")


def _breaks_out(tree: Tree, noun: int, lexicon: Lexicon) -> bool:
    """Tell whether fighting of nobody named breaks out or goes on somewhere ("heavy fighting erupted in the port").

    What clashes without a quality of arms may be a crowd, opinions or colours.
    """
    token, words = tree[noun], lexicon.words
    fierce = any(tree[c].lower in words["armed_qualities"] for c in tree.children(noun, "amod"))
    if token.lemma in {"clash", "confrontation", "battle", "hostility"} and not fierce:
        return False
    above = tree[token.head]
    return above.lemma in words["outbreak_verbs"] and token.dep in {"nsubj", "nsubjpass", "dobj", "pobj"}


def _lasts(tree: Tree, noun: int) -> bool:
    """ "A WEEK OF FIGHTING has closed the port": no quarrel is fought for so long."""
    of = tree[tree[noun].head]
    lasting = of.lower == "of" and tree[of.head].lemma in _STRETCHES and tree[noun].dep == "pobj"
    return lasting and tree[noun].lemma == "fighting"


def _between_people(tree: Tree, noun: int, lexicon: Lexicon) -> bool:
    """Tell whether the sides of a clash are people, armed or not ("clashes between HERDERS and FARMERS")."""
    sides = [o for p in tree.children(noun, "prep") if tree[p].lower == "between" for o in tree.children(p, "pobj")]
    if any(len(tree.conjuncts(s)) > 1 and all(tree[i].tag == "NNPS" for i in tree.conjuncts(s)) for s in sides):
        return True  # "between AZERBAIJANIS and ARMENIANS"
    people = [lexicon.roles.get(tree[i].lemma) for side in sides for i in (side, *tree.conjuncts(side))]
    return len(people) > 1 and all(role is not None and not role.facility for role in people)


def _stands_alone(tree: Tree, noun: int, lexicon: Lexicon, context: Context) -> bool:
    """A headline may be no more than the fighting and where it is ("FIERCE BATTLES near the airport"), or what
    came after it ("Truce in Goma after DEADLY CLASHES")."""
    if not context.telegraphic:
        return False
    fierce = any(tree[c].lower in lexicon.words["armed_qualities"] for c in tree.children(noun, "amod"))
    token = tree[noun]
    follows = token.dep == "pobj" and tree[token.head].lower == "after" and tree[tree[token.head].head].dep == "ROOT"
    return fierce and (token.dep == "ROOT" or follows)


def _inside_name(tree: Tree, index: int) -> bool:
    """A lone event noun written as a part of a longer capitalised name ("Battle Creek") is a name."""
    token = tree[index]
    if not token.is_proper or not token.text[:1].isupper() or token.text.isupper():
        return False
    around = [tree[i] for i in (index - 1, index + 1) if 0 <= i < len(tree)]
    return any(t.is_proper and t.text[:1].isupper() and t.dep in {"compound", token.dep} for t in around)


def _modifies(tree: Tree, index: int, carriers: frozenset[str]) -> bool:
    """An event noun before another noun says what kind of thing that is ("kidnapping ring", "attack helicopter"),
    unless that noun only counts or phases the event ("bomb attack", "murder case")."""
    token = tree[index]
    return token.dep in {"compound", "nmod"} and tree[token.head].is_noun and tree[token.head].lemma not in carriers


_TELLING_STRIKES = frozenset({"report", "confirm", "claim", "carry", "conduct", "launch", "acknowledge", "deny"})


def _is_strike(tree: Tree, head: int, trigger: Trigger, context: Context, words: Mapping[str, frozenset[str]]) -> bool:
    """Tell a military strike from labour disputes and figures of speech."""
    if trigger.pos == VERB:
        subject = tree.child(head, "nsubj")
        if subject is not None and any(tree[i].lemma in words["strikers"] for i in tree.subtree(subject)):
            return True
        return context.military and subject is not None and tree.child(head, "dobj") is not None
    before = tree.children(head, "amod", "compound", "nmod", "poss")
    if context.military or any(tree[c].lemma in words["strike_words"] for c in before):
        return True
    clauses = tree.children(head, "relcl")
    told = [*clauses, tree[head].head] if tree[head].dep == "nsubj" else clauses
    if any(tree[c].lemma in words["deadly_words"] for c in told):
        return True  # "STRIKES killed twelve", "a STRIKE that killed ten": no dispute over wages does
    on = [p for p in tree.children(head, "prep") if tree[p].lower in {"on", "against"}]
    if tree[tree[head].head].lemma in _TELLING_STRIKES and on and tree[head].dep == "dobj" and context.violent:
        return True  # "the ministry REPORTED a strike ON a depot"
    prep = tree[head].head
    if tree[prep].lower == "from" and tree[tree[prep].head].lemma == "toll":
        return True  # "the TOLL FROM the market strike"
    if not any(tree[c].text[:1].isupper() for c in before):
        return False
    if on:
        return True  # "a RUSSIAN strike ON the port"
    harmed = tree[prep].lower in {"in", "by"} and tree[tree[prep].head].lemma in words["deadly_words"]
    return harmed and tree[head].dep == "pobj"  # "KILLED IN an Israeli strike"


def _outermost(found: Sequence[_Match]) -> list[_Match]:
    """The hits without those that lie within another one."""
    around: dict[int, list[_Match]] = {}
    for match in found:
        for index in match[1]:
            around.setdefault(index, []).append(match)
    others = (around[f[2].i] for f in found)
    return [f for f, beside in zip(found, others, strict=True) if not (len(beside) > 1 and _in_any(f, beside))]


def _in_any(one: _Match, others: Sequence[_Match]) -> bool:
    return any(_inside(one, other) for other in others)


def _inside(one: _Match, other: _Match) -> bool:
    """Tell whether a hit's words are a true part of another's that has its head, or its noun is a word of a longer verb
    phrase."""
    pos, words = one[0].pos, other[1]
    if pos == NOUN and other[0].pos == VERB and not is_violent(one[0].event_type):
        return True
    return set(one[1]) < set(words) or (pos == ADJECTIVE != other[0].pos and one[1] == words)
