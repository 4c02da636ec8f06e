"""Who stands on the two sides of a row: a lead, those beside it, and who is left out because they cannot stand there.

The claims that tell the event decide, each with one vote for an actor on a side. A side is the state's, an armed
group's or the people's, never two that fight each other: claims of several happenings may meet in one incident.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from reportedly.codebooks.facts import PEOPLE_WORDS, Facts, actor_key, distinct
from reportedly.model import ActorRef, Claim

STATE, ARMED, PEOPLE = "state", "armed", "people"
GROUP = "group"
# Half a vote for a telling that does not settle who did it.
WEAK_VOTE = 0.5
Camps = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Party:
    """One side. `lead` None: nobody. `beside` are others of its kind, `left_out` those who cannot stand with them."""

    lead: ActorRef | None = None
    camp: str | None = None
    beside: tuple[ActorRef, ...] = ()
    left_out: tuple[ActorRef, ...] = ()
    claims: tuple[str, ...] = ()
    words: tuple[str, ...] = ()


NOBODY = Party()


@dataclass(frozen=True, slots=True)
class _Vote:
    actor: ActorRef
    weight: float
    strong: bool
    claims: tuple[str, ...]


def read_parties(facts: Facts, claims: Sequence[Claim]) -> tuple[Party, Party]:
    """The two sides as these claims tell them: those who act first, those who suffer second.

    Where no target is named, those said to have been killed, injured or taken are the second side.
    """
    told = [_sides_of(facts, claim) for claim in claims]
    first = _votes(facts, [(claim, one) for claim, (one, _) in zip(claims, told, strict=True)])
    second = _votes(facts, [(claim, two) for claim, (_, two) in zip(claims, told, strict=True)])
    camps = facts.book.tables["camps"]
    battle = any(claim.event_type.startswith("battle.") for claim in claims)
    suffering = camps if battle else {**camps, **facts.book.tables["camps_suffering"]}
    acting, others = _stronger(first, second), _stronger(second, first, ties=False)
    if not any(_counts(vote.actor) for vote in others.values()):
        harmed = _votes(facts, [(claim, _harmed(claim, battle=battle)) for claim in claims])
        others = {**{k: v for k, v in harmed.items() if k not in first}, **others}
    return _apart((camps, acting), (suffering, others), battle=battle)


def _apart(
    acting: tuple[Camps, dict[str, _Vote]], suffering: tuple[Camps, dict[str, _Vote]], *, battle: bool
) -> tuple[Party, Party]:
    """The two parties; where both are the same people in other words ("soldiers"), the nameless one is another."""
    one, two = _party(*acting), _party(*suffering)
    other = _party(*acting, without=one.camp)
    if battle and other.camp in (STATE, ARMED) and _is_named(other) and not _is_named(two):
        return one, other  # "the army fought X; the group lost ten": X is the enemy, not beside the army
    if one.lead is None and battle and two.camp in (STATE, ARMED):
        fallen = _party(*suffering, without=two.camp)  # "the army lost ten, the rebels twelve": they fought each other
        return (fallen, two) if fallen.camp in (STATE, ARMED) else (one, two)
    if not _same_people(one, two):
        return one, two
    if other.camp in (STATE, ARMED) and other.lead is not None and not _is_named(one) and other.lead.kind != "unknown":
        return other, two
    if _is_named(two):
        return other, two
    enemy = _party(*suffering, without=one.camp)
    return one, (NOBODY if battle and enemy.camp == PEOPLE else enemy)


def _is_named(party: Party) -> bool:
    return party.lead is not None and party.lead.actor_id is not None


def _same_people(one: Party, two: Party) -> bool:
    """Tell whether one side has no name and is of the other's kind and country, so that nobody tells them apart."""
    if one.lead is None or two.lead is None or one.camp != two.camp or one.camp == PEOPLE:
        return False
    peoples = {one.lead.span.quote.lower(), two.lead.span.quote.lower()}
    if one.lead.kind == two.lead.kind == "identity_militia" and len(peoples) > 1:
        return False  # "Fulani gunmen and Tiv gunmen": each is of its people
    nameless = not (_is_named(one) and _is_named(two))
    alike = one.lead.kind == two.lead.kind or one.camp == STATE
    return nameless and alike and len({one.lead.country, two.lead.country} - {None}) < 2


def actors_of(parties: tuple[Party, Party]) -> tuple[tuple[ActorRef, ...], tuple[ActorRef, ...]]:
    """All actors of the two sides, the leads first."""
    one, two = ((*([party.lead] if party.lead else []), *party.beside) for party in parties)
    return one, two


def _counts(actor: ActorRef) -> bool:
    """Tell whether a reference is somebody: no thing, and no bare name that nothing is known of."""
    return actor.kind != "facility" and (actor.kind != "unknown" or actor.role is not None)


def _sides_of(facts: Facts, claim: Claim) -> tuple[Sequence[ActorRef], Sequence[ActorRef]]:
    """Initiators and targets; in two-sided fighting in the record's order, since which comes first says nothing."""
    one, two = claim.initiators, claim.targets
    if not claim.event_type.startswith(tuple(facts.book.tables["mutual"])):
        return one, two
    if not two:  # "clashes between A and B", "A and B signed": all stand against one another
        return one[:1], one[1:]
    left, right = ({actor_key(a) for a in side} for side in facts.record.sides)
    straight = sum(actor_key(a) in left for a in one) + sum(actor_key(a) in right for a in two)
    turned = sum(actor_key(a) in right for a in one) + sum(actor_key(a) in left for a in two)
    return (two, one) if turned > straight else (one, two)


def _harmed(claim: Claim, *, battle: bool) -> list[ActorRef]:
    """Victims of the claim's tolls; mere "people" who fell in a fight are of neither side."""
    current = [(toll.victims, toll.victim_class) for toll in claim.tolls if not toll.superseded]
    return [one for one, known in current if one and not (battle and known == "unknown" and one.role in PEOPLE_WORDS)]


def _votes(facts: Facts, told: Iterable[tuple[Claim, Iterable[ActorRef]]]) -> dict[str, _Vote]:
    weak = facts.book.tables["weak"]
    found: dict[str, _Vote] = {}
    for claim, actors in told:
        doubtful = claim.stance in weak
        for actor in distinct(actors):
            old = found.get(actor_key(actor), _Vote(actor, 0.0, False, ()))
            weight = old.weight + (WEAK_VOTE if doubtful else 1.0)
            found[actor_key(actor)] = _Vote(old.actor, weight, old.strong or not doubtful, (*old.claims, claim.id))
    return found


def _stronger(own: dict[str, _Vote], other: dict[str, _Vote], *, ties: bool = True) -> dict[str, _Vote]:
    """Those who stand more often on this side than on the other."""

    def stays(key: str) -> bool:
        against = other[key].weight if key in other else 0.0
        return own[key].weight > against or (ties and own[key].weight == against)

    return {key: vote for key, vote in own.items() if stays(key)}


def _party(camps: Camps, votes: Mapping[str, _Vote], without: str | None = None) -> Party:
    """The camp with the most votes, fighters before people of equals; its best named actor leads.

    `without` is a camp that this side is not.
    """
    people = [v for v in votes.values() if v.actor.kind in camps and camps[v.actor.kind] != without]
    if not people:
        return Party(left_out=tuple(v.actor for v in votes.values() if v.actor.kind == "facility"))
    weights = {camp: sum(v.weight for v in people if camps[v.actor.kind] == camp) for camp in (ARMED, STATE, PEOPLE)}
    camp = max(weights, key=lambda name: weights[name])
    own = sorted((v for v in people if camps[v.actor.kind] == camp), key=_standing)
    lead, beside = own[0].actor, [v.actor for v in own[1:]]
    rest = [v.actor for v in people if camps[v.actor.kind] != camp]
    if camp != PEOPLE:
        beside += [actor for actor in rest if camps[actor.kind] == PEOPLE]
        rest = [actor for actor in rest if camps[actor.kind] != PEOPLE]
    words = tuple(a.span.quote for a in (lead, *beside))
    return Party(lead, camp, tuple(beside), tuple(rest), own[0].claims, words)


def _standing(vote: _Vote) -> tuple[bool, bool, bool, float]:
    """Known actors that somebody vouches for before words, who is armed before who is not; then by votes."""
    actor = vote.actor
    return (not vote.strong, actor.actor_id is None, actor.kind in ("unknown", "other", "government"), -vote.weight)


def owner_of(facts: Facts, things: Iterable[ActorRef]) -> tuple[str, ActorRef] | None:
    """Who is hit with a thing: the word for its people ("police", "civilians", `GROUP`), and the thing."""
    owners, groups = facts.book.tables["owners"], facts.book.tables["owned_by_groups"]
    for thing in things:
        words = f" {' '.join(f'{thing.span.quote} {thing.role or str()}'.casefold().split())} "
        if _named_in(words, groups):
            return GROUP, thing
        fitting = _named_in(words, owners)
        if fitting:
            return owners[max(fitting, key=len)], thing
    return None


def _named_in(words: str, names: Iterable[str]) -> list[str]:
    return [name for name in names if any(f" {name}{ending} " in words for ending in ("", "s", "es", "'s", "s'"))]
