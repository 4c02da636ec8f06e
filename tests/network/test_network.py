"""The actor network: who stands to whom, by which claims, when; dyads by UCDP's definitions."""

from __future__ import annotations

import json
import tempfile
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from worlds import TEXT, ZERO, Tale, case, claim, day, killed, party, place

from reportedly.errors import UsageError
from reportedly.knowledge.actors import Actor, DatedName, index_actors
from reportedly.knowledge.countries import load_countries
from reportedly.knowledge.load import DATA
from reportedly.model import ActorRef, Claim, Relation, Span, When
from reportedly.network import Edge, Identities, Network, Scope, build, draw, gexf, graphml, network_json
from reportedly.network.dyads import activity
from reportedly.network.profile import profile
from reportedly.network.tolls import TollRange

RED, BLUE = party("Red Front"), party("Blue Army")
ARMY = party("Home Army", "state_forces")
ABROAD = party("Far Army", "state_forces", "NE")
HIRED = party("Hired Corps", "external_forces", "RU")
VILLAGERS = party("villagers", "civilians", None, known=False)
GUNMEN = party("gunmen", "political_militia", None, known=False)
MARKET = party("market", "facility", None, known=False)


def clash(*first: ActorRef, against: tuple[ActorRef, ...] = (), **slots: object) -> Claim:
    """Return a clash between two sides."""
    return claim(initiators=first, targets=against, **slots)


def network(folder: Path, *tales: Tale, scope: Scope | None = None, identities: Identities | None = None) -> Network:
    """Return the network of a case of these tales."""
    with case(folder, *tales) as store:
        return build(store, identities or Identities(), scope)


def edges(found: Network) -> dict[tuple[str, str, str], Edge]:
    """Return the edges by kind and ends."""
    return {(edge.kind, edge.source, edge.target): edge for edge in found.edges}


# ------------------------------------------------------------------------------------------- ties


def test_a_clash_ties_both_sides_and_an_attack_goes_one_way(tmp_path: Path) -> None:
    fight = clash(RED, against=(BLUE,), tolls=(killed(12),))
    raid = clash(BLUE, against=(RED,), event_type="attack.raid")
    found = edges(network(tmp_path, Tale("d1", ((fight,), (raid,)))))
    assert set(found) == {("fights", "x-blue-army", "x-red-front"), ("attacks", "x-blue-army", "x-red-front")}
    fights = found["fights", "x-blue-army", "x-red-front"]
    assert (fights.killed.low, fights.killed.high, fights.mutual, fights.documents) == (12, 12, True, ("d1",))
    assert [str(spell.start) for spell in fights.spells] == ["2024-07-27"]


def test_every_edge_names_claims_in_which_its_ends_stand(tmp_path: Path) -> None:
    """Three sides in one clash give three ties and, on one side, a tie of standing beside each other."""
    tale = Tale("d1", ((clash(RED, BLUE, against=(ARMY,)),), (clash(GUNMEN, against=(VILLAGERS, MARKET)),)))
    with case(tmp_path, tale) as store:
        found = build(store, Identities())
        ends = {
            one.id: {ref.actor_id or f"unidentified:{ref.kind}:ML" for ref in (*one.initiators, *one.targets)}
            for one in store.claims()
        }
    assert len(found.edges) == 4
    for edge in found.edges:
        assert edge.claims
        assert all({edge.source, edge.target} <= ends[key] for key in edge.claims)
    assert ("beside", "x-blue-army", "x-red-front") in edges(found)
    assert found.left_out == 1


@pytest.mark.parametrize("modality", ["planned", "threatened", "hypothetical", "historical"])
def test_what_did_not_happen_now_ties_nobody(tmp_path: Path, modality: str) -> None:
    found = network(tmp_path, Tale("d1", ((clash(RED, against=(BLUE,), modality=modality),),)))
    assert (found.edges, found.dyads) == ((), ())


def test_a_denial_stands_beside_the_claims_and_supports_nothing(tmp_path: Path) -> None:
    told, denied = clash(RED, against=(BLUE,)), clash(RED, against=(BLUE,), stance="denied")
    (edge,) = network(tmp_path, Tale("d1", ((told, denied),))).edges
    assert (len(edge.claims), len(edge.denied)) == (1, 1)
    assert set(edge.claims).isdisjoint(edge.denied)


def test_relations_are_ties_with_the_words_that_tell_them(tmp_path: Path) -> None:
    span = Span(0, 20, TEXT[:20])
    since = When(span, date(2021, 1, 1), date(2021, 12, 31), "2021", "year", "stated")
    tie = Relation("supports", ABROAD, RED, span, span, since, BLUE, "claimed")
    denied = Relation("supports", ABROAD, BLUE, span, span, stance="denied")
    found = edges(network(tmp_path, Tale("d1", (), (tie, denied))))
    edge = found["supports", "x-far-army", "x-red-front"]
    assert [(one.document, one.start, one.end, one.claimant) for one in edge.tellings] == [("d1", 0, 20, "Blue Army")]
    assert [(str(spell.start), str(spell.end)) for spell in edge.spells] == [("2021-01-01", "2021-12-31")]
    assert found["supports", "x-far-army", "x-blue-army"].denied == ("d1#0-20",)


def test_days_that_touch_are_one_spell_and_a_day_of_publication_is_none(tmp_path: Path) -> None:
    days = ["2024-07-27", "2024-07-28", "2024-07-30"]
    told = [clash(RED, against=(BLUE,), when=day(one)) for one in days]
    late = clash(RED, against=(BLUE,), when=day("2024-08-02", "publication"))
    (edge,) = network(tmp_path, Tale("d1", tuple((one,) for one in (*told, late)))).edges
    assert [(str(s.start), str(s.end)) for s in edge.spells] == [
        ("2024-07-27", "2024-07-28"),
        ("2024-07-30", "2024-07-30"),
    ]
    assert (edge.told.start if edge.told else None) == date(2024, 8, 1)


def test_groups_that_nobody_identified_are_one_actor_a_kind_and_country(tmp_path: Path) -> None:
    here = clash(GUNMEN, against=(VILLAGERS,))
    there = clash(GUNMEN, against=(VILLAGERS,), place=place("NE"))
    nowhere = clash(GUNMEN, against=(VILLAGERS,), place=None)
    identities = Identities(None, load_countries(DATA))
    found = network(tmp_path, Tale("d1", ((here,), (there,), (nowhere,))), identities=identities)
    assert {node.id: node.label for node in found.nodes if "militia" in node.id} == {
        "unidentified:political_militia:ML": "Unidentified armed group (Mali)",
        "unidentified:political_militia:NE": "Unidentified armed group (Niger)",
        "unidentified:political_militia:": "Unidentified armed group (country not stated)",
    }
    assert not any(node.identified for node in found.nodes)


# ------------------------------------------------------------------------------------------- identities


def identities() -> Identities:
    """Return a group that was renamed and merged into another, and its wing."""

    def actor(key: str, name: str, parent: str | None = None, *dated: DatedName) -> Actor:
        return Actor(key, name, "rebel_group", ("ML",), "", "", ("RF",), (), parent, None, "test", "", dated)

    old = DatedName("Red League", "2019", "2024-04", "founding")
    new = DatedName("Red Front", "2024-05", "", "renamed")
    gone = DatedName("Grand Union", "2025", "", "merged_into")
    rows = [actor("x-red-front", "Red Front", None, new, old, gone), actor("x-union", "Grand Union")]
    rows.append(actor("x-wing", "Red Wing", "x-red-front"))
    return Identities(index_actors({row.id: row for row in rows}), {})


def test_an_actor_has_its_names_by_date_beside_those_in_texts(tmp_path: Path) -> None:
    words = Span(0, 9, "Red Front")
    early = replace(RED, span=words, name_on_date="Red League")
    told = clash(early, against=(BLUE,), when=day("2020-03-01"))
    found = network(tmp_path, Tale("d1", ((told,),)), identities=identities())
    node = found.node("x-red-front")
    assert node is not None
    assert node.identity is not None
    assert [(use.words, use.on_date, str(use.first)) for use in node.uses] == [
        ("Red Front", "Red League", "2020-03-01")
    ]
    assert [(name.name, name.since, name.until) for name in node.identity.names] == [
        ("Red League", "2019", "2024-04"),
        ("Red Front", "2024-05", ""),
    ]
    assert [(tie.kind, tie.actor) for tie in node.identity.ties] == [("merged_into", "x-union")]


def test_a_wing_belongs_to_its_body() -> None:
    wing = identities().of("x-wing")
    assert wing is not None
    assert [(tie.kind, tie.name, tie.actor) for tie in wing.ties] == [("part_of", "Red Front", "x-red-front")]
    assert identities().of("x-nobody") is None


def test_the_shipped_tables_know_what_became_of_a_coalition() -> None:
    """The Permanent Strategic Framework went into the Azawad Liberation Front on 30 November 2024."""
    from reportedly.knowledge.actors import load_actors

    found = Identities(load_actors(DATA), load_countries(DATA)).of("ml-csp")
    assert found is not None
    assert [name.since for name in found.names] == ["2021-05", "2024-05-02"]
    assert [(tie.kind, tie.actor, tie.since) for tie in found.ties] == [("merged_into", "ml-fla", "2024-11-30")]


def test_an_actor_is_quoted_by_outlets_and_through_tellers(tmp_path: Path) -> None:
    told = clash(RED, against=(ARMY,), claimant=RED, claimant_kind="party", attribution=(BLUE, RED))
    tales = [Tale(f"d{n}", ((told,),), publisher="Kova Post" if n else None) for n in range(3)]
    with case(tmp_path, *tales) as store:
        found = profile(store, build(store, Identities()), "x-red-front")
        assert profile(store, build(store, Identities()), "x-nobody") is None
    assert found is not None
    assert found.quoted_by == (("Kova Post", 2), ("unknown publisher", 1))
    assert found.quoted_through == (("Blue Army", 3),)
    assert [dyad.violence for dyad in found.dyads] == ["state-based"]


# ------------------------------------------------------------------------------------------- dyads


@pytest.mark.parametrize(
    ("first", "second", "violence", "sides", "supporters"),
    [
        ((ARMY,), (RED,), "state-based", ("gov:ML", "x-red-front"), ()),
        ((RED,), (ARMY,), "state-based", ("gov:ML", "x-red-front"), ()),
        ((ARMY, HIRED), (RED,), "state-based", ("gov:ML", "x-red-front"), ("x-hired-corps",)),
        ((HIRED,), (RED,), "state-based", ("x-hired-corps", "x-red-front"), ()),
        ((ABROAD, ARMY), (RED,), "state-based", ("gov:ML", "x-red-front"), ("gov:NE",)),
        ((ARMY,), (ABROAD,), "state-based", ("gov:ML", "gov:NE"), ()),
        ((RED,), (BLUE,), "non-state", ("x-blue-army", "x-red-front"), ()),
        ((RED,), (VILLAGERS,), "one-sided", ("x-red-front", "civilians"), ()),
        ((ARMY,), (VILLAGERS,), "one-sided", ("gov:ML", "civilians"), ()),
        ((GUNMEN,), (VILLAGERS,), "one-sided", ("unidentified:political_militia:ML", "civilians"), ()),
    ],
)
def test_dyads_are_typed_by_their_sides(
    tmp_path: Path,
    first: tuple[ActorRef, ...],
    second: tuple[ActorRef, ...],
    violence: str,
    sides: tuple[str, str],
    supporters: tuple[str, ...],
) -> None:
    told = clash(*first, against=second, event_type="attack.armed", tolls=(killed(3),))
    (dyad,) = network(tmp_path, Tale("d1", ((told,),))).dyads
    assert (dyad.violence, (dyad.side_a, dyad.side_b), dyad.supporters) == (violence, sides, supporters)


def test_civilians_alone_or_nobody_make_no_dyad(tmp_path: Path) -> None:
    riot = clash(VILLAGERS, against=(VILLAGERS,), event_type="unrest.riot")
    unknown = clash(against=(RED,), event_type="attack.armed")
    assert network(tmp_path, Tale("d1", ((riot,), (unknown,)))).dyads == ()


def test_an_armed_side_that_is_told_to_have_killed_civilians_is_one_sided(tmp_path: Path) -> None:
    """Also where the targets name a building: 17 civilians died, so civilians are the other side."""
    told = clash(RED, against=(MARKET,), event_type="attack.armed", tolls=(killed(17, kind="civilian"), killed(2)))
    (dyad,) = network(tmp_path, Tale("d1", ((told,),))).dyads
    assert (dyad.violence, dyad.killed) == ("one-sided", TollRange(17, 17, 17))


def test_years_are_active_by_the_lowest_or_only_by_the_highest_figures(tmp_path: Path) -> None:
    def told(year: int, *figures: int) -> tuple[Claim, ...]:
        tellers = (RED, ARMY)
        return tuple(
            clash(ARMY, against=(RED,), when=day(f"{year}-05-01"), tolls=(killed(figure),), claimant=tellers[n])
            for n, figure in enumerate(figures)
        )

    groups = (told(2021, 10), told(2022, 20, 30), told(2023, 25), told(2023, 7), told(2024, 3))
    (dyad,) = network(tmp_path, Tale("d1", groups)).dyads
    assert [(one.year, one.killed.low, one.killed.high, one.activity) for one in dyad.years] == [
        (2021, 10, 10, "below"),
        (2022, 20, 30, "possible"),
        (2023, 32, 32, "active"),
        (2024, 3, 3, "below"),
    ]
    assert dyad.enters == 2023


def test_dyads_of_one_government_are_one_conflict_where_an_incident_counts_once(tmp_path: Path) -> None:
    both = clash(ARMY, against=(RED, BLUE), tolls=(killed(20),))
    one = clash(ARMY, against=(RED,), tolls=(killed(6),))
    found = network(tmp_path, Tale("d1", ((both,), (one,))))
    assert [(dyad.side_b, dyad.killed.low, dyad.shared) for dyad in sorted(found.dyads, key=lambda d: d.side_b)] == [
        ("x-blue-army", 20, 1),
        ("x-red-front", 26, 1),
    ]
    (conflict,) = found.conflicts
    assert (conflict.killed.low, conflict.years[0].activity, len(conflict.dyads)) == (26, "active", 2)
    assert "not stated" in conflict.name


def test_an_incident_without_a_day_is_in_no_year(tmp_path: Path) -> None:
    (dyad,) = network(tmp_path, Tale("d1", ((clash(ARMY, against=(RED,), when=None, tolls=(killed(90),)),),))).dyads
    assert (dyad.years, dyad.undated, dyad.killed.low) == ((), 1, 90)


@pytest.mark.parametrize(
    ("killed_range", "expected"),
    [
        (TollRange(25, 25, 25), "active"),
        (TollRange(24, None, 24), "below"),
        (TollRange(24, 25, 25), "possible"),
        (TollRange(None, None, 0), "below"),
    ],
)
def test_the_threshold_is_25(killed_range: TollRange, expected: str) -> None:
    assert activity(killed_range) == expected


# ------------------------------------------------------------------------------------------- tolls


def tolls_of(folder: Path, *tellers: tuple[ActorRef | None, tuple[object, ...]]) -> TollRange:
    """Return the killed of the one edge of a clash that several tellers tell of."""
    told = tuple(clash(ARMY, against=(RED,), claimant=who, tolls=figures) for who, figures in tellers)
    return network(folder, Tale("d1", (told,))).edges[0].killed


def test_figures_of_tellers_span_a_range_and_are_not_added_up(tmp_path: Path) -> None:
    assert tolls_of(tmp_path, (RED, (killed(84),)), (ARMY, (killed(20),))) == TollRange(20, 84, 84)


def test_losses_of_two_sides_are_added_up(tmp_path: Path) -> None:
    assert tolls_of(tmp_path, (BLUE, (killed(10, victims=ARMY), killed(5, victims=RED)))) == TollRange(15, 15, 15)


def test_a_whole_is_never_added_to_its_parts(tmp_path: Path) -> None:
    assert tolls_of(tmp_path, (BLUE, (killed(20), killed(12, victims=RED)))) == TollRange(20, 20, 20)


def test_an_open_end_stays_open(tmp_path: Path) -> None:
    least = replace(killed(30), high=None, qualifier="at_least")
    assert tolls_of(tmp_path, (RED, (least,)), (ARMY, (killed(12),))) == TollRange(12, None, 30)


ranges = st.builds(
    lambda low, more, opened: TollRange(low, None if opened else low + more, low + more),
    st.integers(0, 99),
    st.integers(0, 99),
    st.booleans(),
)


@given(ranges, ranges)
def test_sums_of_ranges_keep_their_order(one: TollRange, other: TollRange) -> None:
    both = one + other
    assert both == other + one
    assert (both.low or 0) <= both.top
    assert both.high is None or both.top <= both.high


# ------------------------------------------------------------------------------------------- scope


WORLD = Tale(
    "d1",
    (
        (clash(RED, against=(ARMY,), tolls=(killed(4),)),),
        (clash(RED, against=(ARMY,), when=day("2024-09-01")),),
        (clash(BLUE, against=(VILLAGERS,), event_type="attack.raid", when=day("2023-02-01")),),
        (clash(HIRED, against=(BLUE,), when=day("2024-08-02", "publication")),),
    ),
)


@pytest.mark.parametrize(
    ("scope", "kinds"),
    [
        (Scope(), {"x-home-army+x-red-front", "x-blue-army+unidentified:civilians:ML", "x-blue-army+x-hired-corps"}),
        (Scope(since=date(2024, 1, 1)), {"x-home-army+x-red-front", "x-blue-army+x-hired-corps"}),
        (Scope(until=date(2023, 12, 31)), {"x-blue-army+unidentified:civilians:ML"}),
        (Scope(date(2024, 8, 15), date(2024, 9, 30)), {"x-home-army+x-red-front"}),
        (Scope(min_incidents=2), {"x-home-army+x-red-front"}),
        (Scope(actors=("Red Front",)), {"x-home-army+x-red-front"}),
        (Scope(actors=("x-blue-army",)), {"x-blue-army+unidentified:civilians:ML", "x-blue-army+x-hired-corps"}),
    ],
)
def test_a_part_of_the_network(tmp_path: Path, scope: Scope, kinds: set[str]) -> None:
    found = network(tmp_path, WORLD, scope=scope)
    assert {f"{edge.source}+{edge.target}" for edge in found.edges} == kinds
    if scope.actors or scope.min_incidents:
        assert {node.id for node in found.nodes} == {end for pair in kinds for end in pair.split("+")}


def test_an_actor_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="Green Host"):
        network(tmp_path, WORLD, scope=Scope(actors=("Green Host",)))


# ------------------------------------------------------------------------------------------- determinism


TALES = (
    WORLD,
    Tale("d2", ((clash(ARMY, HIRED, against=(RED,), tolls=(killed(9),)),), (clash(GUNMEN, against=(VILLAGERS,)),))),
    Tale("d3", ((clash(RED, against=(BLUE,), stance="denied"),),), (Relation("allied_with", RED, BLUE, ZERO, ZERO),)),
    Tale("d0", ((clash(BLUE, RED, against=(ARMY,)),),), published=None),
)


@settings(max_examples=12, deadline=None)
@given(st.permutations(TALES))
def test_the_order_of_adding_changes_no_byte(tales: list[Tale]) -> None:
    assert written(tales) == written(list(TALES))


def written(tales: list[Tale]) -> list[str]:
    """Return the network of the tales in every form."""
    with tempfile.TemporaryDirectory() as folder:
        found = network(Path(folder), *tales)
    return [json.dumps(network_json(found)), "".join(gexf(found)), "".join(graphml(found)), draw(found)]
