"""`knowledge check`: the shipped files are right, and whatever is wrong in a file is named with its line."""

from __future__ import annotations

from pathlib import Path

import pytest

from reportedly.evaluate.examples import Example, check_examples, read_examples
from reportedly.knowledge.check import LISTS, check
from reportedly.knowledge.load import DATA

ACTORS = "id,name,kind,countries,since,until,acronyms,aliases,parent,ucdp_name,source,note"
NAMES = "actor,name,since,until,relation,source"
PLACES = "id,name,variants,countries,admin1,lat,lon,precision,feature,source,note"
OUTLETS = "id,name,aliases,domains,country,kind,owner,source"
COUNTRIES = "iso2,iso3,numeric,gwno,name,aliases,capital,adjectives,people,region,lat,lon"
DIVISIONS = "country,code,name,variants,lat,lon"
GOOD = "ml-made-up,Made-up Front,rebel_group,ML,2012,2013,MUF,Front of Kova,ml-gov,,,"

TYPE = """- key: attack.made_up
  label: Made up
  violent: true
  family: attack
  definition: Nothing.
  include: []
  exclude: []
  crosswalk:
    acled: {event_type: Battles, sub_event_type: Armed clash}
    plover: {event: ASSAULT, mode: firearms}
    cameo: "190"
    ucdp: true
  examples: ["Nothing happened."]
"""
TRIGGER = """- type: attack.armed
  frame: act
  verbs: [zap]
  examples: ["They zapped the convoy."]
"""


def checked(tmp_path: Path, name: str, text: str) -> list[str]:
    """Check one file of one's own, and return the problems without the folder's name."""
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    return [problem.replace(f"{tmp_path}/", "") for problem in check([path])]


def test_the_shipped_files_have_no_problems() -> None:
    assert check() == []


def test_every_shipped_file_is_looked_at() -> None:
    """A new list without a layout would be reported, so an unknown name can only be a mistake."""
    names = {path.name for folder in (DATA, DATA / "lexicon" / "en") for path in folder.glob("*.yml")}
    assert names == set(LISTS)


@pytest.mark.parametrize(
    ("header", "row"),
    [
        (ACTORS, GOOD),
        (NAMES, "ml-csp,Some Name,2024-05-02,,renamed,press"),
        (PLACES, "ml-made-up,Made-up,,ML;DZ,Kidal,19.5,2.5,point,village,,"),
        (OUTLETS, "ml-made-up,The Made-up Daily,,made-up.example,ML,newspaper,,"),
        (DIVISIONS, "ML,99,Made-up,,,"),
    ],
)
def test_good_rows_of_ones_own_pass(tmp_path: Path, header: str, row: str) -> None:
    assert checked(tmp_path, "own.csv", f"{header}\n{row}\n") == []


@pytest.mark.parametrize(
    ("header", "row", "expected"),
    [
        (ACTORS, GOOD.replace("rebel_group", "rebels"), "kind: 'rebels' is no kind of a listed actor; expected one of"),
        (ACTORS, GOOD.replace(",ML,", ",MLI,"), "'MLI' is no country code"),
        (ACTORS, GOOD.replace(",ML,", ",QQ,"), "'QQ' is no country code"),
        (ACTORS, GOOD.replace("ml-gov", "ml-nobody"), "parent 'ml-nobody' is no id of an actor"),
        (ACTORS, GOOD.replace("ml-gov", "ml-made-up"), "is its own parent"),
        (ACTORS, GOOD.replace("2012,2013", "2013,2012"), "since 2013 is later than until 2012"),
        (ACTORS, GOOD.replace("2012", "about 2012"), "since: 'about 2012' is no date; expected YYYY"),
        (ACTORS, GOOD.replace("ml-made-up", "Made Up"), "id: 'Made Up': string should match"),
        (ACTORS, GOOD.replace("Front of Kova", "Made-up Front"), "name 'Made-up Front' comes twice"),
        (ACTORS, f"{GOOD},and more", "13 cells; expected 12"),
        (NAMES, "ml-nobody,Some Name,2024,,renamed,press", "'ml-nobody' is no id of an actor"),
        (NAMES, "ml-csp,Some Name,2024,,called,press", "relation: 'called': input should be 'renamed'"),
        (PLACES, "ml-x,X,,ML,,19.5,2.5,exact,village,,", "precision: 'exact': input should be 'point'"),
        (PLACES, "ml-x,X,,ML,,19.5,2.5,point,hamlet,,", "feature: 'hamlet' is no feature"),
        (PLACES, "ml-x,X,,ML,,,,point,village,,", "precision is point, but lat and lon are empty"),
        (PLACES, "ml-x,X,,ML,,19.5,,region,region,,", "only one of lat and lon is given"),
        (PLACES, "ml-x,X,,ML,,2.5,19.5,point,village,,", "2.5, 19.5 lies far from all towns of ML"),
        (PLACES, "ml-x,X,,ML,,195,2.5,point,village,,", "lat: 195.0: input should be less than or equal to 90"),
        (PLACES, "ml-x,X,,ML,,north,2.5,point,village,,", "lat: could not convert string to float: 'north'"),
        (OUTLETS, "ml-x,X,,ml x,ML,newspaper,,", "domains.0: 'ml x': string should match"),
        (OUTLETS, "ml-x,X,,x.example,ML,blog,,", "kind: 'blog' is no kind of outlet"),
        (COUNTRIES, "ml,MLI,466,432,Mali,,Bamako,Malian,Malians,Western Africa,17,-4", "iso2: 'ml': string should"),
        (DIVISIONS, "QQ,01,Made-up,,,", "'QQ' is no country code"),
    ],
)  # fmt: skip
def test_a_bad_row_is_named_with_its_line(tmp_path: Path, header: str, row: str, expected: str) -> None:
    (problem,) = checked(tmp_path, "own.csv", f"{header}\n{row}\n")
    assert problem.startswith("own.csv:2: ")
    assert expected in problem


def test_all_problems_come_at_once(tmp_path: Path) -> None:
    text = "\n".join([ACTORS, GOOD, GOOD.replace("rebel_group", "rebels"), GOOD.replace("2012", "then"), GOOD])
    lines = [problem.split(":")[1] for problem in checked(tmp_path, "own.csv", text)]
    assert lines == ["3", "4", "5"]


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        (f"{ACTORS},colour", "unknown column 'colour'; expected"),
        (ACTORS.replace(",parent", ""), "column 'parent' is missing"),
        (f"{ACTORS},name", "column 'name' comes twice"),
        ("when,where", "columns when, where: no table has these"),
    ],
)
def test_columns_are_known(tmp_path: Path, header: str, expected: str) -> None:
    (problem,) = checked(tmp_path, "own.csv", f"{header}\n")
    assert problem.startswith("own.csv:1: ")
    assert expected in problem


def test_the_same_id_twice(tmp_path: Path) -> None:
    (problem,) = checked(tmp_path, "own.csv", f"{ACTORS}\n{GOOD}\n{GOOD}\n")
    assert problem.startswith("own.csv:3: id 'ml-made-up' is already given in ")
    assert problem.endswith("own.csv:2")


def test_a_name_of_two_outlets(tmp_path: Path) -> None:
    rows = ["ml-one,Kova Post,,one.example,ML,newspaper,,", "ml-two,Two,The Kova Post,two.example,ML,newspaper,,"]
    (problem,) = checked(tmp_path, "own.csv", "\n".join([OUTLETS, *rows]))
    assert "name 'The Kova Post' is already ml-one's" in problem


@pytest.mark.parametrize(
    ("text", "line", "expected"),
    [
        (TYPE, 0, ""),
        (TYPE + TYPE, 14, "event type 'attack.made_up' is already given"),
        (TYPE.replace("attack.made_up", "Attack"), 1, "0.key: 'Attack': string should match"),
        (TYPE.replace("violent: true", "violent: 'yes'"), 3, "0.violent: 'yes': input should be a valid boolean"),
        (TYPE.replace("Armed clash", "Brawl"), 1, "ACLED has no 'Brawl' under 'Battles'"),
        (TYPE.replace("ASSAULT", "ATTACK"), 1, "PLOVER has no event 'ATTACK'"),
        (TYPE.replace("firearms", "arms"), 1, "PLOVER has no mode 'arms' of ASSAULT"),
        (TYPE.replace('"190"', '"219"'), 11, "cameo: '219': string should match"),
        (TYPE + "  lable: Again\n", 14, "lable: unknown key"),
        (TYPE.replace("  family: attack\n", ""), 1, "family: is missing"),
        (TYPE + "  label: Again\n", 14, "key 'label' comes twice"),
        (TRIGGER, 0, ""),
        (TRIGGER.replace("attack.armed", "attack.alien"), 1, "'attack.alien' is no event type of the ontology"),
        (TRIGGER.replace("act", "do"), 2, "frame: 'do': input should be 'act'"),
        (TRIGGER.replace("[zap]", "[]"), 1, "no words; expected verbs, nouns or adjectives"),
        (TRIGGER.replace("[zap]", "[no]"), 0, ""),
        (TRIGGER.replace("[zap]", "[false]"), 3, "verbs.0: False: input should be a valid string"),
        (TRIGGER + "  needs: [gun]\n", 5, "needs.0: 'gun': input should be 'actor'"),
        (TRIGGER + TRIGGER, 5, "verb 'zap' stands under attack.armed already"),
        (TRIGGER.replace("[zap]", "[zap, hit, zap]"), 3, "'zap' comes twice in one list"),
        ("- type: [", 2, "no readable YAML"),
    ],
)
def test_lists_of_types_and_words(tmp_path: Path, text: str, line: int, expected: str) -> None:
    problems = checked(tmp_path, "own.yml", text)
    assert len(problems) == (1 if expected else 0), problems
    for problem in problems:
        assert problem.startswith(f"own.yml:{line}: ")
        assert expected in problem


def test_page_patterns_run_on_their_examples(tmp_path: Path) -> None:
    entry = "- {id: x, kind: advert, pattern: 'buy (?:now|here)', examples: [Buy soon], non_examples: [Buy now]}"
    text = f"max_words: 5\nanaphora: []\ndecisive: []\nentries:\n  {entry}\n"
    problems = checked(tmp_path, "boilerplate.yml", text)
    assert [problem.split(": ", 1)[1] for problem in problems] == [
        "x: does not match its example 'Buy soon'",
        "x: matches 'Buy now', which it should not",
    ]
    (problem,) = checked(tmp_path, "boilerplate.yml", text.replace("(?:now|here)", "(now"))
    assert "no regular expression" in problem


@pytest.mark.parametrize(("name", "expected"), [("own.txt", "is no knowledge file"), ("notes.yml", "is no knowledge")])
def test_other_files_are_refused(tmp_path: Path, name: str, expected: str) -> None:
    (problem,) = checked(tmp_path, name, "hello: world\n")
    assert expected in problem


def test_missing_and_unreadable_files(tmp_path: Path) -> None:
    (problem,) = check([tmp_path / "nowhere.csv"])
    assert problem.endswith("nowhere.csv: no such file or folder")
    (tmp_path / "latin.csv").write_bytes("id,name\nml-x,Café\n".encode("latin-1"))
    (problem,) = check([tmp_path / "latin.csv"])
    assert "cannot be read as UTF-8 text" in problem


def test_examples_stand_beside_every_type_and_word() -> None:
    examples = list(read_examples())
    assert len(examples) > 400
    assert {example.kind for example in examples} == {"example", "non_example", "case"}


@pytest.mark.parametrize(
    "example",
    [
        Example("x.yml", "example", "attack.ambush", "Nothing happened on the hill."),
        Example("x.yml", "non_example", "attack.ambush", "Gunmen ambushed an army convoy near Gao on Monday."),
        Example("x.yml", "case", "attack.ambush", "Gunmen ambushed an army convoy near Gao on Monday.", ("planned",)),
    ],
    ids=lambda example: example.kind,
)
def test_an_example_that_does_not_hold_is_named(example: Example, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("reportedly.evaluate.examples.read_examples", lambda folder: [example])
    (problem,) = check_examples()
    assert problem.startswith("x.yml: ")
    assert repr(example.text) in problem
    assert "attack.ambush" in problem


def test_examples_hold() -> None:
    assert check_examples() == []


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        ("      same day: 2\n", "", "no other has: same day"),
        ("      same day: 2\n", "      same day: 2\n      same hour: 1\n", "no other has: same hour"),
        ("same day: 2\n", "same day: 2.125\n", "a weight has at most two decimals"),
        ("against: [days apart,", "against: [hours apart,", "no weight for hours apart"),
        ("strike.air: air", "strike.kite: air", "'strike.kite' is no event type"),
        ("harm: [harm]", "harm: [grief]", "'grief' is no family of event types"),
        ("  source: By hand, 2026-11.\n  of:\n", "  of:\n", "source"),
    ],
)
def test_weights_of_the_comparison_are_checked(tmp_path: Path, old: str, new: str, problem: str) -> None:
    """Each feature has one weight with its source, and event types are those that there are."""
    shipped = (DATA / "linking.yml").read_text(encoding="utf-8")
    assert old in shipped
    (found,) = checked(tmp_path, "linking.yml", shipped.replace(old, new))
    assert problem in found
