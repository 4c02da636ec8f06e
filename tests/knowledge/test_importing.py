"""Other people's lists become files of our layout: what is kept, what is refused and why, and that it is used."""

from __future__ import annotations

import csv
import gzip
import json
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

import pytest

from reportedly.errors import InputError, UsageError
from reportedly.knowledge.check import check
from reportedly.knowledge.importing import ftm, geonames, own, ucdp
from reportedly.knowledge.importing.drafts import Item, Note
from reportedly.knowledge.importing.overlay import MANIFEST, Origin, Overlay, Receipt
from reportedly.knowledge.importing.stock import Stock, load_stock
from reportedly.knowledge.load import DATA, load_knowledge
from reportedly.knowledge.placed import Problem

UCDP = (
    "ActorId,NameData,NameOrig,NameOrigFull,NameOrigFullEng,NameChange,NewName,NewNameFullMotherTongue,NewNameFullEng,"
    "Org,ConflictId,DyadId,Location,GWNOLoc,Region,Version\n"
)


@pytest.fixture(scope="module")
def stock() -> Stock:
    return load_stock(DATA)


def written(
    tmp_path: Path, items: Iterable[Item], *, replace: bool = False, dry: bool = False
) -> tuple[Receipt, list[str], Mapping[str, Sequence[Mapping[str, str]]]]:
    """Write items to a folder; return the receipt, the problems and all rows by file."""
    problems: list[str] = []

    def report(item: Problem | Note) -> None:
        problems.append(str(item).replace(f"{tmp_path}/", ""))

    origin = Origin("test", [], {}, "")
    receipt = Overlay(tmp_path / "own", "mine", origin, replace=replace, dry=dry).write(items, report)
    tables = {}
    for path in sorted((tmp_path / "own").rglob("*.csv")):
        with path.open(encoding="utf-8", newline="") as handle:
            tables[path.relative_to(tmp_path / "own").as_posix()] = list(csv.DictReader(handle))
    return receipt, problems, tables


def place(number: int, name: str, alternates: str = "", kind: str = "P.PPL", **cells: str) -> str:
    """A line of a dump of GeoNames."""
    feature, code = kind.split(".")
    values = {"lat": "19.1", "lon": "1.2", "admin1": "10", "population": "150", "country": "ML"} | cells
    head = [str(number), name, name, alternates, values["lat"], values["lon"], feature, code, values["country"], ""]
    return (
        "\t".join([*head, values["admin1"], "", "", "", values["population"], "", "", "Africa/Bamako", "2020"]) + "\n"
    )


def places(tmp_path: Path, stock: Stock, *files: Path, **choice: object) -> Iterable[Item]:
    chosen = geonames.Choice(**choice)  # type: ignore[arg-type]
    return geonames.read(files or [tmp_path / "ML.txt"], stock, DATA, chosen)


# ----------------------------------------------------------------------------------------------------------- GeoNames


def test_places_of_geonames(tmp_path: Path, stock: Stock) -> None:
    rows = [
        place(9001, "Inabalagh", "I-n-Abalagh,Инабалаг,Quite Other"),
        place(9002, "Some Hill", kind="T.HLL"),
        place(9003, "Fort Kova", kind="S.FT", country="NE", admin1="99"),
        place(9004, "Kidal Region", kind="A.ADM1"),
    ]
    (tmp_path / "ML.txt").write_text("".join(rows), encoding="utf-8")
    receipt, problems, tables = written(tmp_path, places(tmp_path, stock))
    village, fort = tables["gazetteer/mine.csv"]
    assert (problems, receipt.rows) == ([], {"gazetteer/mine.csv": 2})
    assert (village["id"], village["variants"], village["admin1"]) == ("gn:9001", "I-n-Abalagh", "Kidal")
    assert (village["feature"], village["precision"], village["population"]) == ("village", "point", "150")
    assert (fort["feature"], fort["admin1"]) == ("base", "")
    assert "CC BY 4.0" in village["source"]
    assert check([tmp_path / "own"]) == []


def test_spellings_and_divisions_come_from_their_own_files(tmp_path: Path, stock: Stock) -> None:
    (tmp_path / "ML.txt").write_text(place(9001, "Inabalagh", admin1="77"), encoding="utf-8")
    (tmp_path / "admin1CodesASCII.txt").write_text("ML.77\tNew Region\tNew Region\t2\n")
    spellings = [
        "1\t9001\ten\tWells of Abalagh\t1\t\t\t",
        "2\t9001\tlink\thttps://example.org/x\t\t\t\t",
        "3\t9001\ten\tSlangtown\t\t\t1\t",
        "4\t777\ten\tElsewhere\t\t\t\t",
        "5\t9001\ten\ttoo short",
    ]
    (tmp_path / "alternateNamesV2.txt").write_text("".join(f"{line}\n" for line in spellings))
    files = [tmp_path / name for name in ("alternateNamesV2.txt", "ML.txt", "admin1CodesASCII.txt")]
    _, problems, tables = written(tmp_path, places(tmp_path, stock, *files))
    assert problems == ["alternateNamesV2.txt:5: 4 tab-separated columns; expected 8 to 10"]
    (row,) = tables["gazetteer/mine.csv"]
    assert (row["variants"], row["admin1"]) == ("Wells of Abalagh", "New Region")


@pytest.mark.parametrize("pack", ["gz", "zip"])
def test_packed_dumps_are_read(tmp_path: Path, stock: Stock, pack: str) -> None:
    path, text = tmp_path / f"ML.{pack}", place(9001, "Inabalagh") * 20
    if pack == "gz":
        path.write_bytes(gzip.compress(text.encode()))
    else:
        with zipfile.ZipFile(path, "w") as archive:
            archive.writestr("readme.txt", "About this.")
            archive.writestr("ML.txt", text)
    assert len(list(places(tmp_path, stock, path))) == 20


def test_places_are_chosen_by_country_and_people(tmp_path: Path, stock: Stock) -> None:
    rows = [place(1, "Big", population="900"), place(2, "Small"), place(3, "Away", population="900", country="NE")]
    (tmp_path / "ML.txt").write_text("".join(rows))
    _, _, tables = written(tmp_path, places(tmp_path, stock, countries=frozenset({"ML"}), least=500))
    assert [row["name"] for row in tables["gazetteer/mine.csv"]] == ["Big"]


def test_bad_rows_of_a_dump_are_named_and_the_rest_goes_on(tmp_path: Path, stock: Stock) -> None:
    rows = [
        b"9003\tshort\n",
        place(4, "Bad").encode().replace(b"Bad", b"B\xffd"),
        place(5, "=cmd|' /C calc'!A0").encode(),
        place(6, "Far", lat="100").encode(),
        place(8, "Huge" + "x" * 5000).encode(),
        place(9, "North", lat="north").encode(),
        place(10, "Good").encode(),
    ]
    (tmp_path / "ML.txt").write_bytes(b"".join(rows))
    receipt, problems, tables = written(tmp_path, places(tmp_path, stock))
    assert [problem.split(": ")[0] for problem in problems] == [f"ML.txt:{line}" for line in range(1, 7)]
    assert [row["name"] for row in tables["gazetteer/mine.csv"]] == ["Good"]
    assert receipt.bad == 6
    assert "formula" in problems[2]


def test_a_file_of_something_else_is_refused(tmp_path: Path, stock: Stock) -> None:
    (tmp_path / "ML.txt").write_text("name,lat\nKova,1\n")
    with pytest.raises(UsageError, match="no file of GeoNames"):
        list(places(tmp_path, stock))
    (tmp_path / "broken.zip").write_bytes(b"PK\x03\x04 and nothing more")
    with pytest.raises(InputError, match="cannot be read"):
        list(places(tmp_path, stock, tmp_path / "broken.zip"))


# --------------------------------------------------------------------------------------------------------------- UCDP


def test_actors_of_ucdp(tmp_path: Path, stock: Stock) -> None:
    """Who is known gets only the names that we lack; people who fight as a community are named as a militia."""
    rows = [
        "1,Government of Mali,,,,,,,,4,1,1,Mali,432,4,26.1",
        '5914,KVFR,KVFR,Front de la vallée,Kova Valley Front,0,NA,NA,NA,1,11,12,"Mali, Algeria","432, 615",4,26.1',
        "77,Kova,,,,,,,,3,NA,NA,Mali,432,4,26.1",
        "1173,JNIM,JNIM,,Kova Name of JNIM,,,,,1,333,1,Mali,432,4,26.1",
        ",,,,,,,,,,,,,,,",
    ]
    (tmp_path / "actors.csv").write_bytes((UCDP + "\n".join(rows) + "\n").encode("cp1252"))
    receipt, problems, tables = written(tmp_path, ucdp.read(tmp_path / "actors.csv", stock, DATA))
    assert (problems, receipt.passed) == ([], {"known already": 1})
    front, militia = tables["actors/mine.csv"]
    assert (front["id"], front["name"], front["kind"]) == ("ml-ucdp-5914", "Kova Valley Front", "rebel_group")
    assert (front["countries"], front["acronyms"]) == ("ML;DZ", "KVFR")
    assert (front["aliases"], front["ucdp_name"]) == ("Front de la vallée", "KVFR")
    assert (militia["name"], militia["kind"], militia["ucdp_name"]) == ("Kova militia", "identity_militia", "Kova")
    (name,) = tables["actors/names_mine.csv"]
    assert (name["actor"], name["name"], name["relation"]) == ("x-jnim", "Kova Name of JNIM", "also")
    assert check([tmp_path / "own"]) == []


def test_bad_actors_of_ucdp_are_named(tmp_path: Path, stock: Stock) -> None:
    rows = [
        "x1,Aba,,,,,,,,1,1,1,Mali,432,4,1",
        "2,Bab,,,,,,,,1,1,1,Atlantis,,4,1",
        "3,Cab,,,,,,,,9,1,1,Mali,432,4,1",
        "4,short",
    ]
    (tmp_path / "actors.csv").write_text(UCDP + "\n".join(rows))
    _, problems, tables = written(tmp_path, ucdp.read(tmp_path / "actors.csv", stock, DATA))
    expected = ["'x1' is no number", "'Atlantis' is no country", "org '9'", "2 cells; expected 16"]
    assert all(part in problem for part, problem in zip(expected, problems, strict=True)), problems
    assert tables == {}
    (tmp_path / "actors.csv").write_text("a,b\n1,2\n")
    with pytest.raises(InputError, match="no list of UCDP actors"):
        list(ucdp.read(tmp_path / "actors.csv", stock, DATA))


# ------------------------------------------------------------------------------------------------------ FollowTheMoney


def test_entities_and_statements_of_followthemoney(tmp_path: Path, stock: Stock) -> None:
    entities = [
        {
            "id": "Q1",
            "schema": "Organization",
            "properties": {
                "name": ["Kova Valley Front", "Фронт"],
                "alias": ["KVF"],
                "weakAlias": ["Kova"],
                "country": ["ml", "suhh"],
                "topics": ["crime.terror"],
                "startDate": ["2012-03-01T00:00"],
            },
        },
        {"id": "Q2", "schema": "Vessel", "properties": {"name": ["Sea Thing"]}},
        {"id": "Q3", "schema": "Person", "properties": {"name": ["Kova"]}},
        {"canonical_id": "S1", "schema": "LegalEntity", "prop": "name", "value": "Ministry of Wells"},
        {"id": "Q4", "schema": "Person", "properties": {"name": ["Adama Kova"], "nationality": ["ml"]}},
        {"canonical_id": "S1", "schema": "PublicBody", "prop": "country", "value": "ne"},
    ]
    lines = [*map(json.dumps, entities), "{broken", "[1]", '{"prop": 1}']
    (tmp_path / "e.jsonl").write_text("\n".join(lines))
    receipt, problems, tables = written(tmp_path, ftm.read(tmp_path / "e.jsonl", stock, DATA))
    front, person, ministry = tables["actors/mine.csv"]
    assert (front["id"], front["kind"], front["countries"]) == ("ml-kova-valley-front", "rebel_group", "ML")
    assert (front["acronyms"], front["aliases"], front["since"]) == ("KVF", "", "2012-03-01")
    assert front["note"] == "country not known: suhh"
    assert (person["name"], person["kind"]) == ("Adama Kova", "other")
    assert (ministry["name"], ministry["kind"], ministry["countries"]) == ("Ministry of Wells", "government", "NE")
    assert [problem.split(": ")[0] for problem in problems] == [f"e.jsonl:{line}" for line in (3, 7, 8, 9)]
    assert receipt.passed == {"of another kind": 1}
    assert check([tmp_path / "own"]) == []


# ----------------------------------------------------------------------------------------------------------------- CSV


def test_own_tables_whatever_their_columns_are_called(tmp_path: Path, stock: Stock) -> None:
    text = "Group;Type;Country;AKA;Notes;Colour\nKova Brigades;identity_militia;Mali;KB1|Brigades de Kova;é;red\n"
    text += "Malian Armed Forces;;MLI;Forces of Kova;;\nNo kind;;Mali;;;\n=1+1;rebel_group;Mali;;;\n"
    (tmp_path / "groups.csv").write_bytes(text.encode("cp1252"))
    _, problems, tables = written(tmp_path, own.read(tmp_path / "groups.csv", stock, DATA))
    brigades, army = tables["actors/mine.csv"]
    assert (brigades["id"], brigades["countries"]) == ("ml-kova-brigades", "ML")
    assert (brigades["acronyms"], brigades["aliases"], brigades["note"]) == ("KB1", "Brigades de Kova", "é")
    assert (army["id"], army["kind"]) == ("ml-army", "state_forces")
    assert {"Malian army", "Forces of Kova"} <= set(army["aliases"].split(";"))
    assert "colour" in problems[0]
    assert [problem.split(": ")[0] for problem in problems[1:]] == ["groups.csv:4", "groups.csv:5"]


@pytest.mark.parametrize(
    ("text", "table", "row"),
    [
        ("place,country,latitude,longitude,aka\nKova,Mali,19,1,Cova\n", "gazetteer", ("ml-kova", "ML", "Cova")),
        (
            "name,country,website\nThe Kova Daily,ML,https://www.kova.example/\n",
            "outlets",
            ("ml-the-kova-daily", "ML", ""),
        ),
        ("table,name,lat,lon,count\nplaces,Kova,19,1,12\n", "gazetteer", ("x-kova", "", "")),
    ],
)
def test_the_columns_tell_what_the_rows_are(
    tmp_path: Path, stock: Stock, text: str, table: str, row: tuple[str, str, str]
) -> None:
    (tmp_path / "t.csv").write_text(text)
    _, problems, tables = written(tmp_path, own.read(tmp_path / "t.csv", stock, DATA))
    (found,) = tables[f"{table}/mine.csv"]
    assert problems == []
    assert (found["id"], found.get("countries", found.get("country")), found.get("variants", "")) == row
    assert check([tmp_path / "own"]) == []


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (b"", "no header"),
        (b"name,name\nA,B\n", "column 'name' comes twice"),
        (b"name,kind\nA\n", "1 cells; expected 2"),
        (b"name,kind\nA\0B,rebel_group\n", "characters that are no text"),
        (b'name,kind\n"' + b"x" * 200_000 + b'",rebel_group\n', "no readable row"),
        (b"name,kind,country\nA,rebel_group,Narnia\n", "'Narnia' is no country"),
        (b"name,kind\nKova Front,rebel_group\nKova Front,rebel_group\n", "already given in line 2"),
    ],
)
def test_hostile_tables(tmp_path: Path, stock: Stock, data: bytes, expected: str) -> None:
    (tmp_path / "t.csv").write_bytes(data)
    _, problems, _ = written(tmp_path, own.read(tmp_path / "t.csv", stock, DATA))
    assert expected in problems[0]


def test_spreadsheets_may_write_utf_16(tmp_path: Path, stock: Stock) -> None:
    (tmp_path / "t.csv").write_bytes("name\tkind\nFront élu\trebel_group\n".encode("utf-16"))
    _, problems, tables = written(tmp_path, own.read(tmp_path / "t.csv", stock, DATA))
    assert (problems, tables["actors/mine.csv"][0]["name"]) == ([], "Front élu")


# -------------------------------------------------------------------------------------------------------------- folder


def groups(tmp_path: Path, stock: Stock, *names: str) -> Iterable[Item]:
    rows = "".join(f"{name},rebel_group,ML\n" for name in names)
    (tmp_path / "g.csv").write_text("name,kind,country\n" + rows)
    return own.read(tmp_path / "g.csv", stock, DATA)


def snapshot(folder: Path) -> Mapping[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


def test_importing_again_gives_the_same_bytes(tmp_path: Path, stock: Stock) -> None:
    written(tmp_path, groups(tmp_path, stock, "Kova Front"))
    first = snapshot(tmp_path / "own")
    written(tmp_path, groups(tmp_path, stock, "Kova Front"))
    assert snapshot(tmp_path / "own") == first
    assert sorted(first) == ["actors/mine.csv", MANIFEST]


def test_what_a_person_edited_is_not_overwritten(tmp_path: Path, stock: Stock) -> None:
    written(tmp_path, groups(tmp_path, stock, "Kova Front"))
    edited = tmp_path / "own" / "actors" / "mine.csv"
    edited.write_text(edited.read_text().replace("Kova", "Cova"))
    with pytest.raises(UsageError, match="was edited"):
        written(tmp_path, groups(tmp_path, stock, "Kova Front"))
    assert "Cova" in edited.read_text()
    written(tmp_path, groups(tmp_path, stock, "Kova Front"), replace=True)
    assert "Cova" not in edited.read_text()


def test_a_dry_run_and_a_failure_leave_nothing(tmp_path: Path, stock: Stock) -> None:
    receipt, _, _ = written(tmp_path, groups(tmp_path, stock, "Kova Front"), dry=True)
    assert receipt.rows == {"actors/mine.csv": 1}
    assert not (tmp_path / "own").exists()

    def failing() -> Iterable[Item]:
        yield from groups(tmp_path, stock, "Kova Front")
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        written(tmp_path, failing())
    assert snapshot(tmp_path / "own") == {}


# --------------------------------------------------------------------------------------------------------------- using


def test_own_names_go_before_ours_in_the_same_country(tmp_path: Path) -> None:
    folder = tmp_path / "own"
    (folder / "actors").mkdir(parents=True)
    (folder / "outlets").mkdir()
    columns = "id,name,kind,countries,since,until,acronyms,aliases,parent,ucdp_name,source,note\n"
    rows = "ml-kova,Kova Front,rebel_group,ML,,,CSP,Malian army,,,,\n"
    rows += "ml-army,Army of Kova,state_forces,ML,,,,,,,,\n"
    (folder / "actors" / "a.csv").write_text(columns + rows)
    (folder / "actors" / "names_a.csv").write_text(
        "actor,name,since,until,relation,source\nml-csp,KVX,,,also,\nml-csp,Kova Pact,,,also,\n"
    )
    (folder / "outlets" / "o.csv").write_text(
        "id,name,aliases,domains,country,kind,owner,source\nml-wire,Reuters,,,ML,agency,,\n"
    )
    known = load_knowledge(overlays=[folder], cache=tmp_path / "cache")
    actors = known.actors
    assert [actor.id for actor in actors.named("Malian army")] == ["ml-kova"]
    assert "ml-csp" not in [actor.id for actor in actors.named("CSP")]
    assert [actor.id for actor in actors.named("Army of Kova")] == ["ml-army"]
    assert actors.named("FAMa") == ()
    assert (
        [actor.id for actor in actors.named("the Kova Pact")]
        == [actor.id for actor in actors.named("KVX")]
        == ["ml-csp"]
    )
    assert "kvx" in actors.acronyms
    assert actors.by_id["ml-csp"].name_on(None) == actors.by_id["ml-csp"].name
    outlet = known.outlets.named("Reuters")
    assert outlet is not None
    assert outlet.id == "ml-wire"
    with pytest.raises(UsageError, match="no such folder"):
        load_knowledge(overlays=[tmp_path / "none"])
