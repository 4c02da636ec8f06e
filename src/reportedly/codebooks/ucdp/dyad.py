"""Who fought whom in UCDP's terms: type of violence, sides and their names."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from reportedly.codebooks.engine import Reading
from reportedly.codebooks.facts import Facts, actor_name
from reportedly.codebooks.parties import GROUP, NOBODY, PEOPLE, Party, owner_of, read_parties
from reportedly.codebooks.tolls import CIVILIANS, SIDES
from reportedly.model import Claim

STATE, NONSTATE, ONESIDED = 1, 2, 3
GOVERNMENT, ORGANISED = "government", "organised"
_RULES = {STATE: "ucdp.type.state", NONSTATE: "ucdp.type.nonstate", ONESIDED: "ucdp.type.onesided"}


@dataclass(frozen=True, slots=True)
class Stand:
    """A side as UCDP sees it: what it is, its name by which rule, its Gleditsch-Ward number, whether it is known."""

    what: str
    name: str
    rule: str
    gwno: str = ""
    known: bool = True
    party: Party = NOBODY


@dataclass(frozen=True, slots=True)
class Dyad:
    """Type of violence and its sides A and B; `order` says which of the `parties` stands as A and which as B."""

    violence: int
    a: Stand
    b: Stand
    order: tuple[str, str]
    parties: tuple[Party, Party]

    @property
    def name(self) -> str:
        """`Government of X - Y`."""
        return f"{self.a.name} - {self.b.name}"


_CIVILIANS = Stand(CIVILIANS, "Civilians", "ucdp.side.civilians")


def read_dyad(facts: Facts, claims: Sequence[Claim]) -> Dyad | None:
    """The dyad, None when no organised actor stands against another or against civilians."""
    parties = read_parties(facts, claims)
    one, two = (_stand(facts, party) for party in parties)
    if one is not None and one.what != CIVILIANS and two is None and _civilians_died(claims):
        two = _CIVILIANS
    if one is None or two is None or one.name == two.name or one.what == two.what == CIVILIANS:
        return None
    state, onesided = GOVERNMENT in (one.what, two.what), CIVILIANS in (one.what, two.what)
    swap = one.what == CIVILIANS if onesided else state and one.what != GOVERNMENT
    a, b = (two, one) if swap else (one, two)
    order = (SIDES[1], SIDES[0]) if swap else (SIDES[0], SIDES[1])
    return Dyad(ONESIDED if onesided else STATE if state else NONSTATE, a, b, order, parties)


def dyad_readings(dyad: Dyad) -> dict[str, Reading]:
    """What the columns of the dyad take."""
    a, b = dyad.a, dyad.b
    claims, words = (*a.party.claims, *b.party.claims), (*a.party.words, *b.party.words)
    return {
        "violence": Reading(dyad.violence, claims, words, _RULES[dyad.violence]),
        "state": Reading(dyad.violence == STATE),
        "dyad": Reading(dyad.name, claims, words),
        "side_a": Reading(a.name, a.party.claims, a.party.words, a.rule),
        "side_b": Reading(b.name, b.party.claims, b.party.words, b.rule),
        "gwno_a": Reading(a.gwno, a.party.claims),
        "gwno_b": Reading(b.gwno, b.party.claims),
    }


def _stand(facts: Facts, party: Party) -> Stand | None:
    """What a side is to UCDP: a government, an organisation, civilians; None for nobody or nobody who is known."""
    if party.lead is None:
        hit = owner_of(facts, party.left_out)
        if hit is None or hit[0] == GROUP:
            return None
        words = (hit[1].span.quote,)
        if hit[0] == "civilians":
            return Stand(CIVILIANS, "Civilians", "ucdp.side.owner", party=Party(words=words))
        return _government(facts, None, Party(words=words), "ucdp.side.owner")
    what = "civilians" if party.camp == PEOPLE else facts.book.tables["sides"].get(party.lead.kind)
    if what == GOVERNMENT:
        return _government(facts, _state_of(facts, party), party, "ucdp.side.government")
    if what == ORGANISED:
        lead = party.lead
        known = facts.book.ucdp_names.get(lead.actor_id or "")
        rule = "ucdp.side" if lead.actor_id else "ucdp.side.words"
        return Stand(what, known or actor_name(lead), rule, "", lead.actor_id is not None, party)
    return Stand(CIVILIANS, "Civilians", "ucdp.side.civilians", party=party) if what else None


def _state_of(facts: Facts, party: Party) -> str | None:
    """Country of the side's government: the place's own where its forces are among them, else the lead's."""
    home = facts.place.country if facts.place else None
    forces = [party.lead, *party.beside] if party.lead else []
    own = [a for a in forces if a is not None and a.kind in ("state_forces", "government") and a.country == home]
    return home if own else (party.lead.country if party.lead else None)


def _government(facts: Facts, country: str | None, party: Party, rule: str) -> Stand | None:
    """A state's forces stand for its government; forces of no country told are those of the place."""
    known = facts.book.countries.get(country or "") or facts.country
    if known is None:
        return Stand(GOVERNMENT, actor_name(party.lead), rule, known=False, party=party) if party.lead else None
    name = facts.book.tables["names"].get(known.iso2, known.name)
    return Stand(GOVERNMENT, f"Government of {name}", rule, known.gwno, True, party)


def _civilians_died(claims: Sequence[Claim]) -> bool:
    return any(t.outcome == "killed" and t.victim_class == "civilian" for claim in claims for t in claim.tolls)
