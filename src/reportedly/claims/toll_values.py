"""Room 4, values of tolls: ids, victims and their standing, and what is part of what.

Doors: `classed`, `mended` and `finish`, in this order.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from reportedly.claims.raw_tolls import RawToll, token_at
from reportedly.claims.sums import sum_verb
from reportedly.knowledge.outcomes import Outcomes
from reportedly.model import ARMED_KINDS, ActorRef, Span, Toll, VictimClass, content_id
from reportedly.model.quick import replace
from reportedly.model.reading import Sentence
from reportedly.model.syntax import Token, Tree

_LEADING = re.compile(
    r"(?:[\s\-–]+|of\b|(?:year|month|week|day)s?-old\b|(?:an?|the|dead|as|many|such|none|neither|no|not|single|other|further|additional|another)\s)*",
    re.IGNORECASE,
)


_HURT = frozenset({"injured", "killed_or_injured"})
_OPENING = frozenset({":", "(", "including", "comprising"})


def finish(
    raw: Iterable[RawToll],
    sentence: Sentence,
    actors: Mapping[int, ActorRef],
    text: str,
    key: str,
    outcomes: Outcomes,
) -> tuple[Toll, ...]:
    """Turn raw tolls into values with ids, victims and classes; the same figure for the same words once."""
    seen: dict[tuple[str, int, int], RawToll] = {}
    for toll in raw:
        seen.setdefault((toll.outcome, toll.start, toll.end), toll)
    ids = {which: content_id("toll", key, *which) for which in seen}
    at = {start: own for (_, start, _), own in ids.items()}
    return tuple(
        _value(toll, sentence, actors, text, own, at, outcomes)
        for toll, own in zip(seen.values(), ids.values(), strict=True)
    )


def _value(
    toll: RawToll,
    sentence: Sentence,
    actors: Mapping[int, ActorRef],
    text: str,
    own: str,
    ids: Mapping[int, str],
    outcomes: Outcomes,
) -> Toll:
    victims = actors.get(toll.head) if toll.head is not None else None
    if toll.head is not None and victims is None and toll.victim_class in {"civilian", "combatant"}:
        victims = _described(sentence.tree[toll.head], toll.victim_class, text)
    if victims is not None:
        victims = _bare(victims, toll, sentence, text, outcomes)
    return Toll(
        id=own,
        span=Span.of(text, toll.start, toll.end),
        outcome=toll.outcome,
        low=toll.low,
        high=toll.high,
        best=toll.best,
        qualifier=toll.qualifier,
        victims=victims,
        victim_class=_class_of(toll, victims, outcomes),
        part_of=ids.get(toll.part_of) if toll.part_of is not None else None,
        superseded=toll.superseded,
        running=toll.running,
    )


def _described(token: Token, standing: VictimClass, text: str) -> ActorRef:
    """The victims by an adjective: "CIVILIAN deaths"."""
    span = Span.of(text, token.start, token.end)
    return ActorRef(span, name=span.quote, kind="civilians" if standing == "civilian" else "unknown", role=token.lemma)


def _bare(ref: ActorRef, toll: RawToll, sentence: Sentence, text: str, outcomes: Outcomes) -> ActorRef | None:
    """The victims without the words of the figure; None where nobody is named."""
    start, end = ref.span.start, ref.span.end
    if ref.actor_id is None:
        inside = [q for q in sentence.quantities if q.countable and q.start < end and start < q.end]
        last = max(
            (q.end for q in inside if toll.head is None or q.end <= sentence.tree[toll.head].start), default=start
        )
        start += len(match.group()) if (match := _LEADING.match(text, max(start, last), end)) else 0
        start = max(start, last + (len(match.group()) if match else 0))
    words = text[start:end].lower()
    if not words or (
        ref.actor_id is None and (words in outcomes.words["no_victims"] or not any(c.isalpha() for c in words))
    ):
        return None
    return ref if start == ref.span.start else replace(ref, span=Span.of(text, start, end))


def _class_of(toll: RawToll, ref: ActorRef | None, outcomes: Outcomes) -> VictimClass:
    if ref is None:
        return "unknown"
    return toll.victim_class if toll.victim_class is not None else victim_class(ref, outcomes)


def classed(toll: RawToll, sentence: Sentence, outcomes: Outcomes) -> RawToll:
    """The toll with what the words say of its victims; None leaves it to who the actor is.

    They say it by the counted noun, by what it is a member of, or by "all of them civilians" after it.
    """
    if toll.head is None:
        return toll
    tree, head = sentence.tree, toll.head
    after = [t for t in tree if t.start >= toll.end][:5] if "all" in tree.forms else []
    if [t.lower for t in after[:2]] == [",", "all"]:
        told = _class_by_words([t.lemma for t in after[2:]], outcomes)
        if told is not None:
            return replace(toll, victim_class=told)
    ref = sentence.actors.get(head)
    if tree[head].tag == "NNP" and (ref is None or ref.actor_id is None) and tree[head].lemma.islower() is False:
        return replace(toll, victim_class="unknown")
    told = _class_by_words([tree[head].lemma, tree[head].lower], outcomes)
    if told is None:
        beside = [tree[c].lemma for c in tree.children(head, "compound", "amod", "nmod")]
        of = [o for o in tree.children(head, "prep") if tree[o].lower == "of"]
        told = _class_by_words([*beside, *(tree[p].lemma for o in of for p in tree.children(o, "pobj"))], outcomes)
    if told is None and {tree[head].lemma, tree[head].lower} & outcomes.people:
        told = "unknown"
    return toll if told == toll.victim_class else replace(toll, victim_class=told)


def mended(tolls: Sequence[RawToll], sentence: Sentence, outcomes: Outcomes) -> tuple[RawToll, ...]:
    """The tolls of one happening with the parts that their order tells.

    "seven people, TWO OF THEM critically", "two children AMONG FIVE killed", "143 casualties: 52 dead and 91 injured".
    Who died of wounds is not counted as injured or shot as well ("a WOUNDED mayor dies").
    """
    dead = {(t.head, t.low) for t in tolls if t.outcome == "killed" and t.head is not None}
    tolls = [t for t in tolls if t.outcome not in _HURT or (t.head, t.low) not in dead]
    return tuple(_parted(toll, tolls, sentence.tree, outcomes) if len(tolls) > 1 else toll for toll in tolls)


def _parted(toll: RawToll, tolls: Sequence[RawToll], tree: Tree, outcomes: Outcomes) -> RawToll:
    """The toll as a part of what includes it, where one of the rules says so."""
    if toll.part_of is not None:
        return toll
    wholes = (rule(toll, tolls, tree, outcomes) for rule in (_whole_of, _sum_of, _part_beside))
    whole = next((w for w in wholes if w is not None), None)
    return toll if whole is None else replace(toll, part_of=whole)


def _whole_of(toll: RawToll, tolls: Sequence[RawToll], tree: Tree, outcomes: Outcomes) -> int | None:
    words = [t.lower for t in tree]
    first, last = token_at(tree, toll.start), token_at(tree, toll.end - 1)
    if first is None or last is None or toll.superseded:
        return None
    before = [t for t in tolls if t.end <= toll.start and t.part_of is None and not t.superseded]
    near = max(before, key=lambda t: t.end, default=None)
    of_them = any(words[i : i + 2] in (["of", "them"], ["of", "whom"]) for i in (first + 1, first + 2))
    alike = {toll.outcome, "killed_or_injured"} if toll.outcome in {"killed", "injured"} else {toll.outcome}
    if of_them and near is not None and near.outcome in alike and words[first - 1] in {",", "(", "-", "–", "—"}:
        return near.start
    both = next((t for t in before if t.outcome == "killed_or_injured"), None)
    opened = words[token_at(tree, both.end - 1) or 0 : first] if both is not None else []
    if both is not None and toll.outcome in {"killed", "injured"} and not _OPENING.isdisjoint(opened):
        return both.start
    for whole in tolls:
        at = token_at(tree, whole.start)
        if whole.outcome == toll.outcome and whole.quantity is not None and at is not None and at > last + 1:
            between = tree.tokens[last + 1 : at]
            if between[-1].lower == "among" and not any(t.is_verb and t.lemma != "be" for t in between):
                return whole.start
    return None


def _part_beside(toll: RawToll, tolls: Sequence[RawToll], tree: Tree, outcomes: Outcomes) -> int | None:
    """ "seven of them children AND TWO WOMEN": of the same whole as the part before."""
    first = token_at(tree, toll.start)
    part = max((t for t in tolls if t.end <= toll.start), key=lambda t: t.end, default=None)
    if first is None or part is None or part.outcome != toll.outcome or toll.superseded:
        return None
    joined = tree[first - 1].lower == "and" and token_at(tree, part.end - 1) == first - 2
    return part.part_of if joined else None


def _sum_of(toll: RawToll, tolls: Sequence[RawToll], tree: Tree, outcomes: Outcomes) -> int | None:
    """ "FOUR more died, bringing the toll to 29": the four are of the 29."""
    for whole in tolls:
        first = token_at(tree, whole.start) if whole.outcome == toll.outcome and whole.start > toll.end else None
        if first is not None and sum_verb(tree, first, outcomes.words) is not None:
            return whole.start if (toll.low or 0) < (whole.low or 0) and not toll.superseded else None
    return None


def whose_deaths(tree: Tree, noun: int, outcomes: Outcomes) -> int | None:
    """Whose deaths an adjective tells: "62 CIVILIAN deaths"."""
    return next((c for c in tree.children(noun, "amod", "compound") if tree[c].lemma in outcomes.sides), None)


def _class_by_words(words: list[str], outcomes: Outcomes) -> VictimClass | None:
    if set(words) & outcomes.combatants:
        return "combatant"
    return "civilian" if set(words) & outcomes.civilians else None


def victim_class(ref: ActorRef, outcomes: Outcomes) -> VictimClass:
    """Combatant or civilian by what the words say; "people" and names alone are unknown."""
    if ref.kind in ARMED_KINDS:
        return "combatant"
    if ref.role is None and ref.kind == "civilians" and ref.country is not None:
        return "unknown"  # "31 Russians": of a nation, soldiers or not
    if (
        ref.kind in {"civilians", "protesters", "government", "media"}
        and ref.role not in outcomes.words["vague_people"]
    ):
        return "civilian"
    return "unknown"
