"""Actors of an ACLED row: names, types, associates and the interaction of the two sides."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from reportedly.codebooks.engine import Reading
from reportedly.codebooks.facts import Facts, actor_name, ask_role
from reportedly.codebooks.parties import GROUP, PEOPLE, Party, owner_of, read_parties
from reportedly.model import ActorRef, Claim

RIOTERS, PROTESTERS, CIVILIANS = "rioters", "protesters", "civilians"


@dataclass(frozen=True, slots=True)
class Side:
    """One side of the row: its first actor's name and type code (0 = nobody), its associates, and what was decided."""

    name: str = ""
    code: int = 0
    associates: tuple[str, ...] = ()
    name_rule: str = "acled.actor.none"
    code_rule: str = "acled.inter.none"
    notes: tuple[str, ...] = ()
    claims: tuple[str, ...] = ()
    words: tuple[str, ...] = ()


NOBODY = Side()
Sides = tuple[Side, Side]


def read_sides(facts: Facts, claims: Sequence[Claim]) -> Sides:
    """Both sides as these claims tell them."""
    battle = any(claim.event_type.startswith("battle.") for claim in claims)
    one, two = read_parties(facts, claims)
    return _side(facts, one, acting=True, battle=battle), _side(facts, two, acting=battle, battle=battle)


def settle(facts: Facts, event: str, sub: str, sides: Sides, enemy: Side, *, harmed: bool, violent: bool) -> Sides:
    """Make the sides those that the event type has: who must be armed, who demonstrates, who is hit.

    `enemy` is the second side as all claims of the incident tell it. `harmed`: people who are no fighters are told to
    have been killed or hurt.
    """
    tables = facts.book.tables
    crowd = tables["crowds"].get(sub) or tables["crowds"].get(event)
    if crowd:
        one, two = _crowd(facts, sides, crowd, alone=sub in tables["alone"])
    elif event in tables["armed_first"]:
        one, two = _armed_first(facts, sides)
        two = _hit(facts, event, two, enemy if enemy.name != one.name else NOBODY, harmed=harmed)
    else:
        one, two = _by_somebody(facts, *(sides if sides[0].code else (sides[1], NOBODY)), violent=violent)
    return _allowed(facts, one, two)


def actor_readings(facts: Facts, one: Side, two: Side) -> dict[str, Reading]:
    """What the actor columns take."""
    found: dict[str, Reading] = {}
    for n, side in ((1, one), (2, two)):
        found[f"actor{n}"] = Reading(side.name, side.claims, side.words, side.name_rule)
        found[f"associates{n}"] = Reading("; ".join(side.associates), side.claims)
        found[f"inter{n}"] = Reading(_code(facts, side.code), side.claims, side.words, side.code_rule)
    found["interaction"] = Reading(_interaction(facts, one.code, two.code), (*one.claims, *two.claims))
    return found


def _code(facts: Facts, code: int) -> int | str:
    return code if facts.book.chosen["codes"] == "numbers" else str(facts.book.tables["labels"][code])


def pair(one: int, two: int) -> int:
    """The two-digit code: the smaller type first, 0 second for a lone actor."""
    present = sorted(code for code in (one, two) if code)
    return int("".join(map(str, present)).ljust(2, "0")) if present else 0


def _interaction(facts: Facts, one: int, two: int) -> int | str:
    """As text the two labels, the smaller code first."""
    if facts.book.chosen["codes"] == "numbers":
        return pair(one, two)
    labels = [str(facts.book.tables["labels"][code]) for code in sorted((one, two)) if code]
    return f"{labels[0]} only" if len(labels) == 1 else "-".join(labels)


# ------------------------------------------------------------------------------------------- from a party to a side


def _side(facts: Facts, party: Party, *, acting: bool, battle: bool) -> Side:
    left = tuple(
        f"`{actor_name(a)}` ({a.kind}) is left out of a side: it cannot stand beside `{actor_name(party.lead)}`"
        for a in party.left_out
        if party.lead is not None
    )
    if party.lead is None:
        return _of_things(facts, party) if not acting or battle else NOBODY
    lead = _identified(facts, party.lead)
    code, rule = _inter(facts, lead, acting=acting)
    name, name_rule = _name(facts, lead, code)
    notes: tuple[str, ...] = ()
    if rule == "acled.inter.decided":
        notes = (f"`{name}` is of kind {lead.kind}, which has no actor type of its own: {code} is written",)
    associates = _associates(facts, party, name, code)
    return Side(name, code, associates, name_rule, rule, (*notes, *left), party.claims, party.words)


def _identified(facts: Facts, actor: ActorRef) -> ActorRef:
    """The actor; one who is named by nothing but the deed ("a suicide bomber") is of no group that is known."""
    nameless = ask_role(actor, dict.fromkeys(facts.book.tables["nameless"], "nameless"))
    return replace(actor, kind="political_militia") if nameless and not _is_named(actor) else actor


def _of_things(facts: Facts, party: Party) -> Side:
    """The people who are hit with a thing: the police with their station, civilians with a market."""
    found = owner_of(facts, party.left_out)
    if found is None:
        return NOBODY
    word, thing = found
    kind = {"civilians": CIVILIANS, GROUP: "unknown"}.get(word, "state_forces")
    side = of_class(facts, kind, "acled.actor.owner", police=word)
    return replace(side, words=(thing.span.quote,))


def of_class(facts: Facts, kind: str, rule: str, *, police: str = "") -> Side:
    """A side known only by its class: `Civilians (Mali)`."""
    code = facts.book.tables["inter"][kind]
    if kind == "state_forces":
        kind = "police" if police == "police" else "military"
    return Side(_class_name(facts, kind), code, (), rule, "acled.inter.class")


def _associates(facts: Facts, party: Party, name: str, code: int) -> tuple[str, ...]:
    """Others of the side by name, and the groups that civilians belong to; words that only repeat the lead are not."""
    lead = party.lead
    found = []
    if lead is not None and code == facts.book.tables["inter"]["civilians"]:
        found += [_own_name(facts, lead)] if lead.kind != "civilians" and lead.kind != "unknown" else []
        found += [_group(facts, actor) for actor in (lead, *party.beside)]
    for actor in party.beside:
        known = _is_named(actor) and actor.kind != "unknown"
        bystanders = party.camp != PEOPLE and facts.book.tables["camps"][actor.kind] == PEOPLE
        if known or bystanders:
            found.append(_name(facts, actor, _inter(facts, actor, acting=True)[0])[0])
    return tuple(dict.fromkeys(one for one in found if one and one != name))


def _group(facts: Facts, actor: ActorRef) -> str:
    found = ask_role(actor, facts.book.tables["groups"])
    return f"{found} ({_country_name(facts, actor.country)})" if found else ""


def _is_named(actor: ActorRef) -> bool:
    """Tell whether the reference names an actor; mere words ("gunmen", "SEVERAL SOLDIERS") do not."""
    if actor.actor_id is not None:
        return True
    words = [w for w in (actor.name or actor.span.quote).split() if w[:1].isalpha()]
    if not words or not words[-1][:1].isupper():
        return False
    # The only word of a sentence's opening and text in capitals say nothing about a name; a known role does.
    return actor.role is None or (len(words) > 1 and not all(w.isupper() for w in words))


def _name(facts: Facts, actor: ActorRef, code: int) -> tuple[str, str]:
    kind = actor.kind
    if code == facts.book.tables["inter"]["civilians"] and not (kind == "civilians" and actor.actor_id):
        home = None if actor.kind in facts.book.tables["beyond_countries"] else actor.country
        return _class_name(facts, CIVILIANS, home), "acled.actor.class"
    if kind in ("protesters", "rioters") and actor.actor_id is None:
        return _class_name(facts, kind, actor.country), "acled.actor.class"
    if _is_named(actor):
        return actor_name(actor), "acled.actor"
    if kind == "state_forces":
        police = ask_role(actor, dict.fromkeys(facts.book.tables["police"], "police"))
        return _class_name(facts, police or "military", actor.country), "acled.actor.class"
    if kind == "government":
        return _class_name(facts, kind, actor.country), "acled.actor.class"
    if kind == "identity_militia":
        people = _people(facts, actor)
        named = _class_name(facts, kind, actor.country, people) if people else _own_name(facts, actor)
        return named, "acled.actor.people" if people else "acled.actor.words"
    if kind in facts.book.tables["names"]:
        return _class_name(facts, kind, actor.country), "acled.actor.unidentified"
    return _own_name(facts, actor), "acled.actor.words"


def _own_name(facts: Facts, actor: ActorRef) -> str:
    """The name, or the words with the country that they are told of."""
    if _is_named(actor):
        return actor_name(actor)
    words = " ".join(actor.span.quote.split())
    words = words.lower() if words.isupper() else words
    country = _country_name(facts, actor.country)
    return f"{words[:1].upper()}{words[1:]} ({country})" if country else words[:1].upper() + words[1:]


def _people(facts: Facts, actor: ActorRef) -> str:
    """The people whose armed men they are: "FULANI" of "armed Fulani herders"; empty where only "tribal" is told."""
    none = facts.book.tables["no_people"]
    named = [w for w in actor.span.quote.split() if w[:1].isupper() and w.lower() not in none]
    return named[-1].capitalize() if named else ""


def _class_name(facts: Facts, kind: str, country: str | None = None, people: str = "") -> str:
    known = _country_name(facts, country)
    pattern = str(facts.book.tables["names"][kind])
    pattern = pattern if known else pattern.split(" (")[0].split(" of {")[0]
    return pattern.format(country=known, people=people)


def _country_name(facts: Facts, country: str | None = None) -> str:
    known = facts.book.countries.get(country or "") or facts.country
    return known.name if known else ""


def _inter(facts: Facts, actor: ActorRef, *, acting: bool) -> tuple[int, str]:
    tables, home = facts.book.tables, facts.place.country if facts.place else None
    if actor.kind == "state_forces" and actor.country and home and actor.country not in _homes(facts):
        return tables["inter"]["external_forces"], "acled.inter.abroad"
    if actor.kind in tables["beyond_countries"] and ask_role(actor, dict.fromkeys(tables["peacekeepers"], "armed")):
        return tables["inter"]["external_forces"], "acled.inter.peacekeepers"
    special = tables["inter_acting"] if acting else tables["inter_suffering"]
    rule = "acled.inter.decided" if actor.kind in tables["decided"] else "acled.inter.kind"
    code: int = special.get(actor.kind) or tables["inter"][actor.kind]
    return code, rule


def _homes(facts: Facts) -> set[str]:
    place = facts.place
    return {place.country or "", *place.countries} if place else set()


# ------------------------------------------------------------------------------------------- what the event asks for


def _crowd(facts: Facts, sides: Sides, kind: str, *, alone: bool) -> Sides:
    """Who demonstrates or riots stands first; who they turn against is no actor of a peaceful protest."""
    people = {facts.book.tables["inter"][k] for k in (RIOTERS, PROTESTERS, CIVILIANS)}
    one, two = sides
    if one.code not in people and two.code in people and kind != RIOTERS:
        one, two = two, one
    crowd = of_class(facts, kind, "acled.actor.class")
    named = one.associates if one.name_rule == "acled.actor.class" or not one.name else (one.name, *one.associates)
    if one.code in people or one.code == 0 or kind == RIOTERS:
        one = replace(crowd, associates=named, claims=one.claims, words=one.words, notes=one.notes)
    elif not alone:
        one, two = crowd, one
    else:
        one = replace(crowd, associates=(one.name, *one.associates), claims=one.claims, words=one.words)
    return one, NOBODY if alone else two


def _by_somebody(facts: Facts, one: Side, two: Side, *, violent: bool) -> Sides:
    """Violence against civilians by nobody who is named was done by an unidentified group."""
    if violent and one.code == facts.book.tables["inter"]["civilians"] and not two.code:
        return of_class(facts, "unknown", "acled.actor.unidentified"), one
    return one, two


def _armed_first(facts: Facts, sides: Sides) -> Sides:
    """Armed violence has an armed actor on the first side: one of the two, else a group that nobody names."""
    armed = facts.book.tables["armed"]
    one, two = sides
    if one.code in armed:
        return one, two
    if two.code in armed and one.code and one.code == facts.book.tables["inter"]["civilians"]:
        return two, one
    told = f" (told: {', '.join(one.words)})" if one.words else ""
    note = f"nobody armed is named as having done it: an unidentified armed group is written{told}"
    unknown = of_class(facts, "unknown", "acled.actor.unidentified")
    return replace(unknown, notes=(note,), claims=one.claims, words=one.words), two


def _hit(facts: Facts, event: str, two: Side, enemy: Side, *, harmed: bool) -> Side:
    """Who must be on the second side: civilians in violence against them and where people are hurt, else an enemy."""
    tables = facts.book.tables
    if event in tables["civilian_events"] and two.code != tables["inter"]["civilians"]:
        return replace(of_class(facts, "civilians", "acled.actor.victims"), claims=two.claims, words=two.words)
    if event in tables["two_sided"] and two.code not in tables["armed"]:
        enemy = enemy if enemy.code in tables["armed"] else of_class(facts, "unknown", "acled.actor.enemy")
        beside = (two.name,) if two.code and two.name_rule != "acled.actor.owner" else ()
        return replace(enemy, associates=beside, claims=two.claims, words=two.words)
    if two.code:
        return two
    return of_class(facts, "civilians", "acled.actor.harmed") if harmed else NOBODY


def _allowed(facts: Facts, one: Side, two: Side) -> Sides:
    """Only pairs that the book has; of any other the second side becomes an associate of the first."""
    if pair(one.code, two.code) in facts.book.tables["interactions"] or not two.code:
        return one, two
    others = tuple(dict.fromkeys(n for n in (*one.associates, two.name, *two.associates) if n and n != one.name))
    return replace(one, associates=others, notes=(*one.notes, *two.notes)), NOBODY
