"""Room 4, rules of harm: what the words left and right of a counted phrase say happened. Helper of `figures`.

The words stand in `lexicon/<language>/outcomes.yml`.
"""

from __future__ import annotations

from reportedly.claims.counted import REACH, SKIP_TAGS, Counted, Read, Scene
from reportedly.claims.raw_tolls import OF_THOSE_BEFORE, RawToll, token_at
from reportedly.claims.sums import sum_verb
from reportedly.claims.toll_values import whose_deaths
from reportedly.knowledge.outcomes import HarmPattern
from reportedly.model.quick import replace
from reportedly.model.syntax import Token

_STATES = frozenset({"government", "state_forces", "rebel_group"})
_SUMS = frozenset({"killed", "injured"})
_OF_THEIR_OWN = [["of", whose, "own"] for whose in ("their", "its", "his", "our")]
_BE = frozenset({"be", "get", "become"})


def outcome_noun(scene: Scene, counted: Counted) -> Read | None:
    """ "24 fatalities", "no injuries", "62 civilian deaths", "two martyrs"."""
    if counted.noun is None or counted.quantity.kind == "article":
        return None
    token = scene.tree[counted.noun]
    outcome = scene.harm_noun(counted.noun)
    zero = counted.quantity.high == 0
    if token.lower in scene.outcomes.words["vague_counted"] and scene.words[counted.noun - 1] == "the":
        return None  # "five of the wounded died"
    if outcome is None or token.lemma in scene.outcomes.corpses or (token.lemma == "victim" and not zero):
        return None
    if outcome in {"captured", "abducted"}:
        seized = scene.tree[counted.first - 1].lemma in {"take", "seize"} if counted.first else False
        return scene.made(counted, outcome, counted.noun) if seized else None
    if outcome not in {"killed", "injured", "killed_or_injured", "missing"}:
        return None
    raw, _, _ = scene.made(counted, outcome, counted.noun)
    return replace(raw, head=whose_deaths(scene.tree, counted.noun, scene.outcomes)), counted.noun, None


def corpse(scene: Scene, counted: Counted) -> Read | None:
    """ "14 bodies", "the bodies of nine men" (the latter by the words before)."""
    if counted.noun is None or scene.tree[counted.noun].lemma not in scene.outcomes.corpses:
        return None
    inner = next(
        (
            p
            for o in scene.tree.children(counted.noun, "prep")
            if scene.words[o] == "of"
            for p in scene.tree.children(o, "pobj")
        ),
        None,
    )
    if counted.quantity.high == 0:
        return None  # "NO BODIES were found" says of nobody that he lives
    if _handed_over(scene, counted.noun):
        return None
    raw, at, _ = scene.made(counted, "killed", counted.noun)
    if counted.noun is not None and scene.words[counted.noun - 1] == "the" and scene.known:
        return None  # "only 15 OF THE BODIES have been identified": of those counted before
    whose = inner if inner is not None and scene.is_person(inner) else None
    return replace(raw, head=whose, quantity=counted.quantity), at, None


def after(scene: Scene, counted: Counted) -> Read | None:
    """ "9 dead", "4 soldiers were killed", "3 rebels, 2 civilians killed"."""
    tree = scene.tree
    begin = next((i for i in range(counted.end + 1, len(tree)) if i not in scene.asides), len(tree))
    for index in range(begin, min(len(tree), begin + REACH)):
        text = " ".join(scene.words[index : index + 7])
        for pattern in scene.outcomes.after if scene.outcomes.any_after.match(text) else ():
            match = pattern.words.match(text)
            if (
                match
                and not _is_active(scene, pattern, index, match.group())
                and not _other_subject(scene, counted, index)
            ):
                said = match.group().count(" ") if tree[index].tag in {"WP", "WDT"} else 0  # "18 who are MISSING"
                return scene.made(counted, pattern.outcome, index + said)
        token = tree[index]
        skipped = token.tag in SKIP_TAGS or token.lower in scene.outcomes.words["skipped_after_count"]
        if not skipped and index not in scene.asides:
            return None
    return None


def _is_active(scene: Scene, pattern: HarmPattern, index: int, words: str) -> bool:
    """Tell whether the word is a verb with an object of its own: "ten gunmen KILLED a man"."""
    tree, last = scene.tree, index + words.count(" ")
    if pattern.passive and tree[last].lower == "dead" and tree[last - 1].tag == "VBD":
        return last + 1 < len(tree) and tree[last + 1].tag in {"DT", "CD", "NNS", "NNP", "PRP$"}  # "SHOT DEAD a girl"
    if not pattern.passive or not tree[last].is_verb:
        return False
    if index and (tree[index - 1].lemma in _BE or words.startswith(("was", "were", "are"))):
        return False
    following = tree[last + 1] if last + 1 < len(tree) else None
    return following is not None and (
        following.tag in {"DT", "CD", "PRP", "PRP$", "JJ", "NN", "NNS", "NNP", "NNPS"}
        or (
            following.lower in {"at", "up", "more"}
            and last + 2 < len(tree)
            and tree[last + 2].lower in {"least", "to", "than"}
        )
    )


def _other_subject(scene: Scene, counted: Counted, index: int) -> bool:
    """Tell whether somebody else stands between, whom the harm is about.

    "12 shots; a man killed", "loyal to two ministers, LEAVING nine fighters dead".
    """
    tree, verb = scene.tree, counted.end + 1
    while verb in scene.asides:
        verb += 1
    while verb < index and (tree[verb].tag != "VBG" or tree[verb].lower == "including"):
        verb += 1
    if any(tree[verb].end <= q.start < tree[index].start and q.countable for q in scene.sentence.quantities):
        return True
    return any(
        t.tag == "DT"
        and t.lower in {"a", "an"}
        and i - 1 > counted.end
        and i not in scene.asides
        and scene.words[i - 1] not in {",", "and"}
        for i, t in enumerate(scene.tree.tokens[counted.end + 1 : index], counted.end + 1)
    )


def remains_of(scene: Scene, counted: Counted) -> Read | None:
    """ "the remains of SIX servicemen missing since May": found dead, whatever was said of them before."""
    of, noun = counted.first - 1, counted.first - 2
    if noun < 0 or scene.words[of] != "of" or scene.tree[noun].lemma not in scene.outcomes.corpses:
        return None
    if _handed_over(scene, noun):
        return None
    return scene.made(counted, "killed", noun) if scene.is_person(counted.noun) else None


def _handed_over(scene: Scene, noun: int) -> bool:
    """ "the sides EXCHANGED the bodies of 31 soldiers", "the return of 20 bodies": the dead of another time."""
    tree, above = scene.tree, scene.tree[scene.tree[scene.tree.first_conjunct(noun)].head]
    if above.lower == "of":
        above = tree[above.head]
    if scene.tree[noun].dep == "conj" and tree[noun - 1 if noun else 0].dep == "det":
        own = scene.tree[scene.tree[noun].head]
        above = (
            own if own.lemma in scene.outcomes.words["returning_words"] else above
        )  # "the TRANSFER of ... and bodies"
    return above.lemma in scene.outcomes.words["returning_words"] or _received(scene, above)


def _received(scene: Scene, verb: Token) -> bool:
    """ "Kyiv RECEIVED the bodies of 602 soldiers", "... FROM Russia": by a side, and by no hospital."""
    if verb.lemma != "receive":
        return False
    tree, actors = scene.tree, scene.sentence.actors
    givers = [p for f in tree.children(verb.i, "prep") if tree[f].lower == "from" for p in tree.children(f, "pobj")]
    named = (actors.get(i) for i in (*tree.children(verb.i, "nsubj"), *givers))
    return any(ref is not None and ref.kind in _STATES for ref in named)


def before(scene: Scene, counted: Counted) -> Read | None:
    """ "killing 49", "claims 35 lives", "the deaths of 47 civilians", "lost three men"."""
    left = scene.left(counted.first)
    previous = scene.tree[counted.first - 1] if counted.first else None
    if previous is None:
        return None
    whose = counted.first - 2
    if whose >= 0 and scene.tree[whose].lemma in scene.outcomes.corpses and _handed_over(scene, whose):
        return None
    noun = scene.tree[counted.noun].lemma if counted.noun is not None else None
    if noun == "life":
        taken = any(
            scene.tree[i].lemma in scene.outcomes.claiming for i in range(max(0, counted.first - 4), counted.first)
        )
        return scene.made(replace(counted, noun=None), "killed", previous.i) if taken else None
    for pattern in scene.outcomes.before:
        if pattern.words.search(left):
            if pattern.outcome in {"captured", "released"} and noun is not None and not scene.is_person(counted.noun):
                return None
            raw, at, whole = scene.made(counted, pattern.outcome, previous.i)
            return (replace(raw, part_of=OF_THOSE_BEFORE) if pattern.member else raw), at, whole
    return None


def lost(scene: Scene, counted: Counted) -> Read | None:
    """ "LOST five men", whatever is said of others after them ("and six others were wounded")."""
    previous = counted.first - 1
    if _were_lost(scene, counted):
        return scene.made(counted, "killed", counted.end + 1)
    if previous < 0 or not _is_lost(scene, counted, previous):
        return None
    if scene.words[counted.last + 1 : counted.last + 4] in _OF_THEIR_OWN:
        return scene.made(replace(counted, noun=None, end=counted.last + 3), "killed", previous)
    return scene.made(counted, "killed", previous) if scene.kind_of(counted) else None


def _were_lost(scene: Scene, counted: Counted) -> bool:
    """ "with up to 45 troops LOST"; neither "troops lost their way" nor "two hikers lost"."""
    at = counted.end + 1
    if counted.noun is None or scene.tree[counted.noun].lemma not in scene.outcomes.combatants:
        return False
    token, after = scene.tree[at] if at < len(scene.tree) else None, scene.tree[at + 1 : at + 2]
    participle = token is not None and token.lower == "lost" and token.tag == "VBN" and token.dep == "acl"
    return participle and all(t.tag in {",", ".", ":", "IN", "CC", "-RRB-"} for t in after)


def _is_lost(scene: Scene, counted: Counted, previous: int) -> bool:
    """ "LOST five men", "LOST a tank and five men"; neither "cost 12 men THEIR JOBS" nor "suffered five wounded"."""
    tree, losing = scene.tree, scene.outcomes.losing
    if tree[previous].lemma in losing:
        return True
    if counted.noun is None or tree[counted.noun].dep != "conj":
        return False
    first = tree[tree.first_conjunct(counted.noun)]
    return first.dep == "dobj" and tree[first.head].lemma in losing and tree[first.head].lemma != "cost"


def toll_word(scene: Scene, counted: Counted) -> Read | None:
    """ "death toll rises to 28", "the number of wounded had risen to 210"."""
    toll = scene.toll_noun(counted.first)
    if toll is None or counted.quantity.kind == "article":
        return None
    person = counted.noun is not None and scene.kind_of(counted)
    noun = counted.noun if person else scene.counted_by_toll(toll, counted.first)
    end = counted.end if person else counted.last
    raw, at, _ = scene.made(replace(counted, noun=noun, end=end), scene.toll_outcome(counted.first), toll)
    raw = replace(raw, running=True)
    if (
        any(
            t.lemma in scene.outcomes.over or t.lower in scene.outcomes.over
            for t in scene.tree.tokens[toll : counted.first]
        )
        and raw.qualifier == "exact"
    ):
        raw = replace(raw, high=None, qualifier="more_than")
    return raw, at, None


def right_after_toll(scene: Scene, counted: Counted) -> Read | None:
    """The first figure after a toll noun is the toll's, whatever follows ("death toll hits 12, 30 hurt")."""
    toll = scene.toll_noun(counted.first)
    put = scene.words[counted.first - 1 : counted.first] == ["at"]
    if toll is None or (scene.tree[toll].lemma not in scene.outcomes.sure_toll_words and not put):
        return None
    inside = (scene.tree[toll].end, counted.quantity.start)
    if any(inside[0] <= q.start < inside[1] for q in scene.sentence.quantities if q.countable and q.kind != "article"):
        return None
    breaks = {".", ":", ",", "CC"}
    return None if any(t.tag in breaks for t in scene.tree.tokens[toll : counted.first]) else toll_word(scene, counted)


def summed(scene: Scene, counted: Counted) -> Read | None:
    """ "three more died, BRINGING THE TOTAL TO EIGHT": of the same harm as the figure before, where it is not said."""
    near, verb = _near_any(scene, counted), sum_verb(scene.tree, counted.first, scene.outcomes.words)
    if near is None or verb is None:
        return None
    person = counted.noun is not None and scene.kind_of(counted)
    several = near.head is not None and scene.tree[near.head].tag in {"NNS", "NNPS"}
    mine = counted if person else replace(counted, noun=near.head if several else None, end=counted.last)
    what = scene.tree.child(verb, "dobj")
    said = next((o for i in scene.tree.subtree(what) if (o := scene.harm_noun(i)) in _SUMS), None) if what else None
    raw, at, whole = scene.made(mine, said or near.outcome, verb, near)
    return replace(raw, running=True), at, whole


def changed(scene: Scene, counted: Counted) -> Read | None:
    """ "reported six deaths, but later RAISED THE FIGURE TO 11": of the harm counted before."""
    tree, to = scene.tree, counted.first - 1
    near = next((t for t in reversed(scene.known) if t.end <= counted.quantity.start), None)
    if near is None or to < 0 or scene.words[to] != "to" or counted.noun is not None:
        return None
    verb = tree[to].head
    what = tree.child(verb, "dobj", "nsubjpass")
    if tree[verb].lemma not in scene.outcomes.words["changing_verbs"] or what is None or what > to:
        return None
    figure = tree[what].lemma in scene.outcomes.words["figure_nouns"]
    raw, at, whole = scene.made(counted, near.outcome, verb)
    return (replace(raw, running=True), at, whole) if figure else None


def _near_any(scene: Scene, counted: Counted) -> RawToll | None:
    """The last toll before the figure, however far."""
    near = (t for t in scene.known if t.end <= counted.quantity.start and not t.superseded)
    return max(near, key=lambda t: t.end, default=None)


def losses_at(scene: Scene, counted: Counted) -> Read | None:
    """ "put the army's LOSSES at 22 men", "put its civilian DEAD at 41", "enemy LOSSES amounted to 60 men"."""
    tree, at = scene.tree, counted.first - 1
    if counted.first < 2 or scene.words[at] not in {"at", "to"} or not tree[tree[at].head].is_verb:
        return None
    amounts = scene.words[at] == "to" and tree[tree[at].head].lemma == "amount"
    if scene.words[at] == "to" and not amounts:
        return None
    nouns = tree.children(tree[at].head, *(("nsubj",) if amounts else ("dobj", "nsubjpass", "oprd")))
    noun = next((n for n in nouns if n < at and scene.harm_noun(n) is not None), None)
    outcome = scene.harm_noun(noun) if noun is not None else None
    if noun is None or outcome not in {"killed", "injured", "killed_or_injured"}:
        return None
    raw, _, _ = scene.made(counted, outcome, noun)
    whose = tree.child(noun, "poss") if tree[noun].tag != "JJ" else next((n for n in nouns if n == noun - 1), None)
    return (raw if raw.head is not None or whose is None else replace(raw, head=whose)), noun, None


def listed(scene: Scene, counted: Counted) -> Read | None:
    """A figure coordinated with a toll: "killed in Kherson and THREE in Nikopol", "and six policemen"."""
    tree = scene.tree
    near = _near_before(scene, counted)
    if near is None or (
        counted.quantity.kind == "article" and (counted.noun is None or tree[counted.noun].dep != "conj")
    ):
        return None
    link = scene.words[counted.first - 1]
    if scene.words[counted.last + 1 : counted.last + 2] == ["of"] and counted.noun is None:
        return None
    if link not in {"and", ",", "or"}:
        return None
    if (
        counted.noun is not None
        and not scene.is_person(counted.noun)
        and scene.tree[counted.noun].lemma not in scene.outcomes.words["vague_counted"]
    ):
        return None
    after = tree[counted.end + 1] if counted.end + 1 < len(tree) else None
    if after is not None and (after.is_verb or after.tag in {"TO", "RB"}):
        return None
    raw, at, whole = scene.made(counted, near.outcome, counted.first)
    if counted.quantity.kind == "article" and near.part_of is not None:
        raw = replace(raw, part_of=near.part_of)  # "eleven died, among them two children AND A NURSE"
    return raw, at, whole


def _near_before(scene: Scene, counted: Counted) -> RawToll | None:
    near = [t for t in scene.known if t.end <= counted.quantity.start and not t.superseded]
    last = max(near, key=lambda t: t.end, default=None)
    if last is None:
        return None
    stop = token_at(scene.tree, last.end - 1)
    if stop is None or counted.first - stop > 9:
        return None
    between = scene.tree.tokens[stop + 1 : counted.first]
    stops, harm = {"VBD", "VBZ", "VBP", "VBG", "MD", ".", ":"}, scene.outcomes.by_word
    apart = any(t.tag in stops and t.lemma != "be" and ("verb", t.lemma) not in harm for t in between)
    return None if apart else last
