"""The document the project was conceived from: rows S1 to S10 of its table, in what the commands print.

The text is not ours to publish. It is read where the shared folder lies beside the repository, and only figures,
kinds, ids, offsets and single words of it stand here.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

Json = dict[str, Any]

ROOT = Path(__file__).resolve().parents[1]
SEEDS = sorted((Path(__file__).parents[2] / "shared" / "seeds").glob("000_*.txt"))
WAGNER, CSP, JNIM, ARMY, AGENCY = "ru-wagner", "ml-csp", "x-jnim", "ml-army", "ua-intelligence"
REGIME, UKRAINE = "ml-gov", "ua-gov"

pytestmark = pytest.mark.skipif(not SEEDS, reason="the shared folder is not here")


@dataclass(frozen=True)
class Output:
    """What the commands print about the seed, without a publication date and with one."""

    text: str
    undated: Json
    dated: Json
    incidents: list[Json]
    preview: Json


def reportedly(*words: str) -> str:
    """Run the command and return what it prints."""
    environ = {**os.environ, "PYTHONPATH": str(ROOT / "src"), "XDG_CONFIG_HOME": "/nonexistent"}
    command = [sys.executable, "-m", "reportedly", *words]
    done = subprocess.run(command, capture_output=True, encoding="utf-8", env=environ, timeout=120, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory) -> Output:
    """Run the main job on the seed as a user would."""
    folder = tmp_path_factory.mktemp("seed")
    text = SEEDS[0].read_bytes().decode("utf-8")
    dated, case = folder / "dated.jsonl", folder / "mali.case"
    dated.write_text(json.dumps({"id": "dated", "text": text, "published": "2024-08-20"}), encoding="utf-8")
    lines = reportedly("extract", str(SEEDS[0]), str(dated), "--mentions").splitlines()
    one, two = (json.loads(line) for line in lines)
    reportedly("add", str(case), str(dated))
    incidents = [json.loads(line) for line in reportedly("export", str(case), "--format", "jsonl").splitlines()]
    return Output(text, one, two, incidents, json.loads(reportedly("preview", str(SEEDS[0]), "--json")))


def both(out: Output) -> tuple[Json, Json]:
    """Return the two readings: what holds of the words must hold with and without a date."""
    return out.undated, out.dated


def claims_at(found: Json, *words: str) -> list[Json]:
    """Return the claims whose trigger holds one of the words."""
    return [c for c in found["claims"] if any(word in c["trigger"]["quote"] for word in words)]


def the_claim(found: Json, event_type: str) -> Json:
    """Return the only claim of an event type."""
    (claim,) = (c for c in found["claims"] if c["event_type"] == event_type)
    return claim


def ids(actors: list[Json]) -> set[str | None]:
    """Return the ids of actors."""
    return {actor["actor_id"] for actor in actors}


def relation(found: Json, kind: str, source: str | None, target: str | None) -> list[Json]:
    """Return relations of a kind between two actors; None stands for any."""
    return [
        r
        for r in found["relations"]
        if r["kind"] == kind and source in (None, r["source"]["actor_id"]) and target in (None, r["target"]["actor_id"])
    ]


def incident_of(found: Json, claim: Json) -> Json:
    """Return the document's own incident that a claim is in."""
    (incident,) = (i for i in found["incidents"] if claim["id"] in i["claims"])
    return incident


def inside(piece: Json, start: int, end: int) -> bool:
    """Tell whether a span lies between two offsets."""
    return bool(start <= piece["start"] and piece["end"] <= end)


def spans(value: Any) -> Iterator[Json]:
    """Yield everything in the output that points into the text."""
    if isinstance(value, dict):
        if isinstance(value.get("start"), int) and ("quote" in value or "text" in value):
            yield value
        for part in value.values():
            yield from spans(part)
    elif isinstance(value, list):
        for part in value:
            yield from spans(part)


def paragraph(text: str, word: str) -> tuple[int, int]:
    """Return where the first paragraph with a word begins and ends."""
    at = text.index(word)
    start = text.rfind("\n\n", 0, at) + 2 if "\n\n" in text[:at] else 0
    end = text.find("\n\n", at)
    return start, end if end >= 0 else len(text)


# ---------------------------------------------------------------------------------------------------- everything


def test_all_quotes_slice_back(out: Output) -> None:
    for found in both(out):
        pieces = list(spans({key: value for key, value in found.items() if key != "document"}))
        assert len(pieces) > 50
        wrong = [p for p in pieces if out.text[p["start"] : p["end"]] != p.get("quote", p.get("text"))]
        assert wrong == []


def test_a_date_changes_days_and_nothing_else(out: Output) -> None:
    assert [(c["event_type"], c["trigger"]["start"]) for c in out.undated["claims"]] == [
        (c["event_type"], c["trigger"]["start"]) for c in out.dated["claims"]
    ]


# ------------------------------------------------------------------------------------------------------------ S1


def test_s1_repeats_and_order_are_reported(out: Output) -> None:
    for found in both(out):
        defects = found["document"]["defects"]
        repeats = [d for d in defects if d["kind"] == "repeated_paragraph"]
        assert len(repeats) == 2
        for defect in repeats:
            first, last = defect["repeats"]
            assert last <= defect["start"]
            assert out.text[first:last] == out.text[defect["start"] : defect["end"]]
        assert [d["kind"] for d in defects].count("order_uncertain") == 1


def test_s1_the_page_is_a_preview_and_says_so(out: Output) -> None:
    for found in both(out):
        document = found["document"]
        assert document["access"] == "preview"
        assert document["preview"]["stated_share"] == 0.15
        assert document["preview"]["publisher"] == document["publisher"]
        assert len(document["publisher"].split()) == 2


def test_s1_repeats_and_footer_are_never_read(out: Output) -> None:
    unread = ("repeated_paragraph", "boilerplate")
    for found in both(out):
        skipped = [(d["start"], d["end"]) for d in found["document"]["defects"] if d["kind"] in unread]
        assert max(end for _, end in skipped) == len(out.text)
        read = list(spans({key: found[key] for key in ("claims", "incidents", "relations", "mentions")}))
        assert [p for p in read for start, end in skipped if start <= p["start"] < end] == []


def test_s1_a_preview_of_our_own_sends_the_reader_to_the_publisher(out: Output) -> None:
    found = out.preview
    excerpt = found["excerpt"].split("\n\n")
    assert len(excerpt) == len(set(excerpt))
    assert out.text.startswith(excerpt[0])
    assert out.preview["stated_share"] == 0.15
    assert 0 < found["share"] <= 0.15
    assert len(found["excerpt"].split()) <= found["words_shown"] < found["words_total"]
    assert found["publisher"] == out.undated["document"]["publisher"]
    assert found["publisher"] in found["footer"]
    assert "15%" not in found["excerpt"]


# ------------------------------------------------------------------------------------------------------------ S2


def test_s2_a_convoy_is_ambushed_and_its_owner_is_the_target(out: Output) -> None:
    for found in both(out):
        claim = the_claim(found, "attack.ambush")
        assert claim["violent"]
        assert (claim["claimant"], claim["claimant_kind"], claim["stance"]) == (None, "outlet", "asserted")
        assert claim["modality"] == "actual"
        assert not claim["aggregate"]
        assert ids(claim["targets"]) == {WAGNER}
        assert ids(claim["initiators"]) <= {CSP, JNIM}
        assert claim["tolls"] == []


def test_s2_the_year_is_not_stated(out: Output) -> None:
    when = the_claim(out.undated, "attack.ambush")["when"]
    assert (when["earliest"], when["latest"], when["edtf"]) == (None, None, "XXXX-07-27")
    assert (when["precision"], when["basis"]) == ("day", "stated")


def test_s2_the_publication_date_gives_the_year(out: Output) -> None:
    when = the_claim(out.dated, "attack.ambush")["when"]
    assert (when["earliest"], when["latest"], when["edtf"]) == ("2024-07-27", "2024-07-27", "2024-07-27")
    assert (when["precision"], when["basis"]) == ("day", "stated")


def test_s2_the_place_is_near_a_town_on_the_border(out: Output) -> None:
    for found in both(out):
        place = the_claim(found, "attack.ambush")["place"]
        assert (place["precision"], place["country"], place["countries"]) == ("near", "ML", ["ML", "DZ"])
        assert place["lat"] == pytest.approx(19.95, abs=0.1)
        assert place["lon"] == pytest.approx(2.97, abs=0.15)


@pytest.mark.parametrize("name", ["Tinzaouaten", "Tinzawatene", "Tin Zaouatine", "Tin Zaouaten"])
def test_s2_the_town_is_known_by_its_other_spellings(out: Output, name: str) -> None:
    from reportedly.knowledge.load import load_knowledge

    expected = the_claim(out.undated, "attack.ambush")["place"]["place_id"]
    assert expected in {entry.id for entry in load_knowledge().gazetteer.lookup(name)}


# ------------------------------------------------------------------------------------------------------------ S3


def test_s3_the_battle_has_three_sides(out: Output) -> None:
    for found in both(out):
        claim = the_claim(found, "battle.clash")
        assert {WAGNER, CSP, JNIM} == ids(claim["initiators"] + claim["targets"])
        one, other = ids(claim["initiators"]), ids(claim["targets"])
        assert {WAGNER} in (one, other), "the two groups fight on the other side"
        assert (claim["claimant"], claim["stance"]) == (None, "asserted")


def test_s3_the_battle_and_the_ambush_are_one_incident(out: Output) -> None:
    for found in both(out):
        ambush, battle = the_claim(found, "attack.ambush"), the_claim(found, "battle.clash")
        incident = incident_of(found, ambush)
        assert battle["id"] in incident["claims"]
        assert {WAGNER, CSP, JNIM} <= {a["actor_id"] for side in incident["sides"] for a in side}
        assert {"attack.ambush", "battle.clash"} <= set(incident["event_types"])
        assert battle["place"] is None or battle["place"]["place_id"] == ambush["place"]["place_id"]
        assert battle["when"]["edtf"] == ambush["when"]["edtf"]


def test_s3_the_exported_incident_has_day_place_and_sides(out: Output) -> None:
    ambush = the_claim(out.dated, "attack.ambush")
    (incident,) = (i["incident"] for i in out.incidents if ambush["id"] in i["incident"]["claims"])
    assert incident["when"]["edtf"] == "2024-07-27"
    assert incident["place"]["countries"] == ["ML", "DZ"]
    assert {WAGNER, CSP, JNIM} <= {a["actor_id"] for side in incident["sides"] for a in side}
    assert (incident["documents"], incident["origins"]) == (["dated"], 1)


def test_s3_brackets_name_the_groups(out: Output) -> None:
    for found in both(out):
        named = {a["text"]: a["actor_id"] for a in found["mentions"]["actors"]}
        assert (named["CSP"], named["JNIM"]) == (CSP, JNIM)
        described = [a for a in found["mentions"]["actors"] if a["text"].endswith(("armed group", "jihadis"))]
        assert {CSP, JNIM} <= ids(described)


def test_s3_the_kinds_are_told_apart(out: Output) -> None:
    for found in both(out):
        kinds = {a["actor_id"]: a["kind"] for a in found["mentions"]["actors"]}
        assert (kinds[CSP], kinds[JNIM]) == ("rebel_group", "rebel_group")
        assert relation(found, "linked_to", JNIM, "x-al-qaeda")
        assert not relation(found, "linked_to", CSP, "x-al-qaeda")


# ------------------------------------------------------------------------------------------------------------ S4


def test_s4_one_claim_of_two_tolls_with_their_own_victims(out: Output) -> None:
    for found in both(out):
        (claim,) = (c for c in found["claims"] if c["tolls"])
        assert (claim["claimant"]["actor_id"], claim["claimant_kind"]) == (CSP, "party")
        assert (claim["stance"], claim["modality"]) == ("claimed", "actual")
        assert claim["cue"]["quote"].startswith("claims")
        assert (ids(claim["initiators"]), ids(claim["targets"])) == ({CSP}, {WAGNER, ARMY})
        tolls = [(t["outcome"], t["low"], t["high"], t["best"], t["qualifier"]) for t in claim["tolls"]]
        assert tolls == [("killed", n, n, n, "exact") for n in (84, 47)]
        assert [t["victims"]["actor_id"] for t in claim["tolls"]] == [WAGNER, ARMY]
        assert {t["victim_class"] for t in claim["tolls"]} == {"combatant"}
        assert {t["part_of"] for t in claim["tolls"]} == {None}


def test_s4_nothing_outside_its_clause(out: Output) -> None:
    start, end = out.text.index(";") + 1, paragraph(out.text, "ambushed")[1]
    for found in both(out):
        (claim,) = (c for c in found["claims"] if c["tolls"])
        pieces = [claim[key] for key in ("trigger", "content", "claimant", "cue")]
        pieces += claim["initiators"] + claim["targets"] + claim["tolls"]
        assert [p for p in pieces if not inside(p, start, end)] == []
        others = [c for c in found["claims"] if (c["claimant"] or {}).get("actor_id") == CSP]
        assert others == [claim]


def test_s4_the_figures_stand_beside_the_battle_as_the_group_s_own(out: Output) -> None:
    ambush = the_claim(out.dated, "attack.ambush")
    (incident,) = (i["incident"] for i in out.incidents if ambush["id"] in i["incident"]["claims"])
    figures = [(t["outcome"], t["low"], t["high"], t["status"]) for t in incident["tolls"]]
    assert sorted(figures) == [("killed", 47, 47, "single"), ("killed", 84, 84, "single")]
    (teller,) = {by["claimant"] for t in incident["tolls"] for by in t["by"]}
    assert teller == next(a["name"] for a in out.dated["mentions"]["actors"] if a["actor_id"] == CSP)


# ------------------------------------------------------------------------------------------------------------ S5


def test_s5_the_loss_is_the_outlet_s_and_has_no_figure(out: Output) -> None:
    at = out.text.index("largest")
    for found in both(out):
        covering = [c for c in found["claims"] if c["content"]["start"] <= at < c["content"]["end"]]
        assert covering, "the statement is part of no claim"
        assert {(c["claimant_kind"], c["claimant"]) for c in covering} == {("outlet", None)}
        assert [t for c in covering for t in c["tolls"]] == []
        assert sorted(t["best"] for c in found["claims"] for t in c["tolls"]) == [47, 84]
        assert sorted(t["best"] for t in found["mentions"]["quantities"]) == [47, 84]


# ------------------------------------------------------------------------------------------------------------ S6


def test_s6_agreement_with_its_date(out: Output) -> None:
    for found in both(out):
        (tie,) = relation(found, "agreed_with", REGIME, None)
        assert tie["target"]["text"].split()[-1][0].isupper(), "a name"
        assert tie["when"]["edtf"].startswith("2021-")
        assert not (tie["when"]["latest"] or "2021").startswith("2024")
        (claim,) = claims_at(found, "deal")
        assert not claim["violent"]
        assert claim["when"]["edtf"].startswith("2021-")


def test_s6_founder(out: Output) -> None:
    for found in both(out):
        (tie,) = relation(found, "founded_by", WAGNER, None)
        (deal,) = relation(found, "agreed_with", REGIME, None)
        assert tie["target"]["text"] == deal["target"]["text"]


def test_s6_the_operation_is_background_since_2021(out: Output) -> None:
    start, end = paragraph(out.text, "ongoing since")
    for found in both(out):
        operation = [c for c in claims_at(found, "operation") if inside(c["trigger"], start, end)]
        for claim in operation:
            assert claim["modality"] in ("ongoing", "historical")
            assert ids(claim["initiators"]) == {WAGNER}
            assert claim["place"]["country"] == "ML"
            assert claim["when"]["edtf"].startswith("2021-")
        ties = [r for r in found["relations"] if r["when"] and WAGNER in ids([r["source"], r["target"]])]
        assert operation or ties, "the operation and its beginning are nowhere"


def test_s6_nothing_of_it_is_an_incident_of_july(out: Output) -> None:
    start, end = paragraph(out.text, "ongoing since")
    for found in both(out):
        grouped = {name for i in found["incidents"] for name in i["claims"]}
        told = [c for c in claims_at(found, "operation", "deal") if inside(c["trigger"], start, end)]
        assert [c["trigger"] for c in told if c["id"] in grouped] == []


# ------------------------------------------------------------------------------------------------------------ S7


def support(found: Json) -> Json:
    """Return the claim that something was provided."""
    (claim,) = (c for c in claims_at(found, "provided") if c["cue"] and c["cue"]["quote"].startswith("claims"))
    return claim


def test_s7_the_agency_claims_support_for_the_rebels(out: Output) -> None:
    for found in both(out):
        claim = support(found)
        assert claim["event_type"] == "cooperation.support_operation"
        assert (claim["claimant"]["actor_id"], claim["stance"]) == (AGENCY, "claimed")
        assert ids(claim["initiators"]) == {AGENCY}
        assert [(t["kind"], t["country"]) for t in claim["targets"]] == [("rebel_group", "ML")]
        assert claim["tolls"] == []
        (tie,) = relation(found, "supports", AGENCY, None)
        assert tie["stance"] == "claimed"
        assert tie["target"]["start"] == claim["targets"][0]["start"]


def test_s7_it_is_linked_to_the_incident(out: Output) -> None:
    for found in both(out):
        assert support(found)["id"] in incident_of(found, the_claim(found, "attack.ambush"))["claims"]


def test_s7_the_quotation_marks_are_kept(out: Output) -> None:
    for found in both(out):
        quote = support(found)["content"]["quote"]
        assert quote.count("“") == quote.count("”") >= 1


def test_s7_the_hedge_is_a_second_and_weaker_claim(out: Output) -> None:
    start, end = paragraph(out.text, "suggested")
    for found in both(out):
        told = [c for c in found["claims"] if c["cue"] and c["cue"]["quote"].startswith("suggested")]
        assert told, "the hedged statement is no claim"
        weaker = [c for c in claims_at({"claims": told}, "provided") if inside(c["trigger"], start, end)]
        assert len(weaker) == 1
        assert weaker[0]["event_type"].startswith("cooperation.")
        assert weaker[0]["stance"] in ("alleged", "suspected")
        assert {a["country"] for a in weaker[0]["initiators"]} == {"UA"}


# ------------------------------------------------------------------------------------------------------------ S8


def test_s8_analysis_is_no_event(out: Output) -> None:
    start = out.text.index("The move is")
    end = out.text.index("\n", start)
    for found in both(out):
        assert [c["trigger"] for c in found["claims"] if inside(c["trigger"], start, end)] == []


# ------------------------------------------------------------------------------------------------------------ S9


def test_s9_groups_by_kind(out: Output) -> None:
    start, end = paragraph(out.text, "overlapping")
    expected = {"separatists": "rebel_group", "militias": "identity_militia", "jihadis": "rebel_group"}
    for found in both(out):
        here = [a for a in found["mentions"]["actors"] if inside(a, start, end)]
        kinds = {a["text"].split()[-1]: a["kind"] for a in here}
        assert {word: kinds.get(word) for word in expected} == expected
        assert any(a["text"].startswith("international") for a in here)


def test_s9_who_fights_and_supports_whom_each_with_its_words(out: Output) -> None:
    for found in both(out):
        for group in (CSP, JNIM):
            assert relation(found, "fights", WAGNER, group) or relation(found, "fights", group, WAGNER)
        assert relation(found, "supports", AGENCY, None)
        assert relation(found, "linked_to", JNIM, None)
        for tie in found["relations"]:
            assert tie["cue"]["quote"]
            assert tie["content"]["quote"]
            assert tie["content"]["start"] <= tie["cue"]["start"] < tie["cue"]["end"] <= tie["content"]["end"]
            assert tie["source"]["text"] != tie["target"]["text"]


def test_s9_those_on_one_side_do_not_fight_each_other(out: Output) -> None:
    for found in both(out):
        assert relation(found, "fights", CSP, JNIM) + relation(found, "fights", JNIM, CSP) == []


def test_s9_each_tie_is_told_once(out: Output) -> None:
    for found in both(out):
        ties = [(r["kind"], *sorted((r["source"]["start"], r["target"]["start"]))) for r in found["relations"]]
        assert len(ties) == len(set(ties))


def test_s9_civil_wars_are_a_sum_and_no_incident(out: Output) -> None:
    start, end = paragraph(out.text, "overlapping")
    for found in both(out):
        grouped = {name for i in found["incidents"] for name in i["claims"]}
        told = [c for c in found["claims"] if inside(c["trigger"], start, end)]
        assert all(c["aggregate"] for c in told)
        assert not grouped & {c["id"] for c in told}


# ----------------------------------------------------------------------------------------------------------- S10


def involvement(found: Json) -> Json:
    """Return the claim of the actor that announced its part."""
    (claim,) = (c for c in found["claims"] if (c["claimant"] or {}).get("actor_id") == UKRAINE)
    return claim


def test_s10_involvement_is_claimed_afterwards(out: Output) -> None:
    for found in both(out):
        claim = involvement(found)
        assert claim["event_type"] in ("attack.involvement", "cooperation.support_operation")
        assert ids(claim["initiators"]) == {UKRAINE}
        assert claim["tolls"] == []
        assert claim["place"] is None or claim["place"]["country"] == "ML"


def test_s10_both_dates_are_kept(out: Output) -> None:
    for found in both(out):
        claim = involvement(found)
        assert claim["said_on"] is not None
        assert "days" in claim["said_on"]["text"]
        assert claim["when"] is None or claim["when"]["edtf"] != claim["said_on"]["edtf"]
    said, when = involvement(out.dated)["said_on"], involvement(out.dated)["when"]
    assert when is not None
    assert when["edtf"] == "2024-07-27"
    assert said["latest"] is None or "2024-07-27" < said["latest"] <= "2024-08-20"
    assert said["earliest"] is None or said["earliest"] >= "2024-07-27"


def test_s10_it_belongs_to_the_incident(out: Output) -> None:
    for found in both(out):
        assert involvement(found)["id"] in incident_of(found, the_claim(found, "attack.ambush"))["claims"]


# ---------------------------------------------------------------------------------------------------- the whole


def test_the_article_tells_of_one_incident(out: Output) -> None:
    """What is said later, hedged or analysed adds to the one happening of July or to nothing."""
    for found in both(out):
        assert [sorted(i["event_types"]) for i in found["incidents"]][1:] == []
    assert [i["incident"]["title"] for i in out.incidents][1:] == []
