"""The gazetteer: spellings, the compiled file, layers of the user, concurrent use."""

from __future__ import annotations

import csv
import pickle
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportedly.errors import InputError, KnowledgeError
from reportedly.knowledge import gazetteer as module
from reportedly.knowledge.gazetteer import DATA, Gazetteer, open_gazetteer
from reportedly.knowledge.gazetteer_sources import read_layer, read_supplement
from reportedly.knowledge.place_keys import acronym_key, place_key

SUPPLEMENT = sorted(p for p in (DATA / "gazetteer").glob("*.csv") if p.name != "admin1.csv")
HEADER = "id,name,variants,countries,admin1,lat,lon,precision,feature,source,note\n"


@pytest.fixture(scope="module")
def gazetteer() -> Gazetteer:
    return open_gazetteer()


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Al-Ḥudaydah", "al hudaydah"),
        ("N’Djamena", "N'DJAMENA"),
        ("El Fasher", "al-Fasher"),
        ("Ar Raqqah", "al-Raqqah"),
        ("St. Petersburg", "Saint Petersburg"),
        ("Ménaka", "menaka"),
        ("Łódź", "lodz"),
    ],
)
def test_spellings_of_one_name_share_a_key(one: str, other: str) -> None:
    assert place_key(one) == place_key(other)


@given(st.text(max_size=40))
def test_a_key_is_its_own_key_or_shorter(name: str) -> None:
    key = place_key(name)
    assert key == " ".join(key.split())
    assert len(place_key(key)) <= max(len(key) + 8, 1)


def test_short_forms_keep_their_capitals() -> None:
    assert acronym_key("U.S.") == acronym_key("US") == "=US"
    assert acronym_key("us") is None
    assert acronym_key("Mali") is None


@pytest.mark.parametrize(
    ("name", "place_id"),
    [
        ("Kidal", "adm1:ML.10"),
        ("Mali", "cc:ML"),
        ("DRC", "cc:CD"),
        ("U.S.", "cc:US"),
        ("Tinzawatène", "sup:ml-tinzaouatene"),
        ("Hodeidah", "gn:79415"),
        ("Kiev", "gn:703448"),
    ],
)
def test_names_lead_to_places(gazetteer: Gazetteer, name: str, place_id: str) -> None:
    assert place_id in {c.id for c in gazetteer.lookup(name)}


def test_country_comes_before_its_small_namesakes(gazetteer: Gazetteer) -> None:
    found = gazetteer.lookup("Mali")
    assert found[0].feature == "country"
    assert len(found) > 1


def test_unknown_names_have_no_answer(gazetteer: Gazetteer) -> None:
    assert gazetteer.lookup("Qwertyville-on-Nowhere") == ()
    assert gazetteer.lookup("") == ()


def test_a_border_town_lists_both_countries(gazetteer: Gazetteer) -> None:
    (place,) = gazetteer.lookup("Labbezanga")
    assert place.countries == ("ML", "NE")
    assert place.admin1_name == "Gao"


def test_supplement_adds_to_a_known_town_instead_of_doubling_it(gazetteer: Gazetteer) -> None:
    towns = [c for c in gazetteer.lookup("Chasov Yar") if c.precision == "point"]
    assert len(towns) == 1
    assert towns[0].id.startswith("gn:")
    assert towns[0].known


def test_many_keys_at_once_answer_like_single_ones(gazetteer: Gazetteer) -> None:
    names = ["kidal", "gao", "nowhere at all"]
    many = gazetteer.lookup_keys(names)
    assert list(many) == names
    assert many["gao"] == gazetteer.lookup("Gao")
    assert many["nowhere at all"] == ()


def test_place_is_found_by_its_id(gazetteer: Gazetteer) -> None:
    place = gazetteer.place("cc:ML")
    assert place is not None
    assert place.name == "Mali"
    assert gazetteer.place("gn:0") is None


def test_gazetteer_travels_to_another_process(gazetteer: Gazetteer) -> None:
    assert pickle.loads(pickle.dumps(gazetteer)).lookup("Kidal") == gazetteer.lookup("Kidal")


def test_forgetting_old_answers_keeps_new_ones_right(gazetteer: Gazetteer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "REMEMBERED", 2)
    fresh = Gazetteer(gazetteer.path)
    for name in ("Kidal", "Gao", "Goma", "Kidal"):
        assert fresh.lookup(name) == gazetteer.lookup(name)


def test_threads_get_the_same_answers(gazetteer: Gazetteer) -> None:
    fresh = Gazetteer(gazetteer.path)
    names = ["Kidal", "Gao", "Goma", "Djibo", "Aleppo"] * 20
    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(fresh.lookup, names)) == [gazetteer.lookup(n) for n in names]


def test_an_unwritable_cache_falls_back_to_the_temporary_folder(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("not a folder")
    monkeypatch.setenv("XDG_CACHE_HOME", str(blocked))
    assert module.cache_folder().is_dir()
    assert blocked not in module.cache_folder().parents


def test_the_file_name_depends_on_the_layers(tmp_path: Path) -> None:
    layer = tmp_path / "mine.csv"
    layer.write_text(HEADER)
    first = module._fingerprint([layer], DATA)
    layer.write_text(HEADER + "a,Alpha,,ML,,1,1,point,village,me,\n")
    assert module._fingerprint([layer], DATA) != first
    assert module._fingerprint([], DATA) != first


def test_a_layer_of_the_user_is_found_and_compiling_leaves_one_file(tmp_path: Path) -> None:
    layer = tmp_path / "mine.csv"
    layer.write_text(HEADER + "alpha,Alphaville Nord,Alfaville;AVN,ML;NE,Gao,16.5,0.5,point,village,me,\n")
    mine = open_gazetteer([layer], cache=tmp_path / "cache")
    (place,) = mine.lookup("Alfaville")
    assert (place.id, place.countries, place.admin1) == ("sup:alpha", ("ML", "NE"), "ML.09")
    assert [c.id for c in mine.lookup("AVN")] == ["sup:alpha"]
    assert [p.suffix for p in sorted((tmp_path / "cache").iterdir())] == [".lock", ".sqlite"]


def layered(tmp_path: Path, *rows: str) -> Gazetteer:
    """A gazetteer with one layer of the user's."""
    layer = tmp_path / "mine.csv"
    layer.write_text(HEADER.replace("note", "note,population") + "".join(f"{row}\n" for row in rows), encoding="utf-8")
    return open_gazetteer([layer], cache=tmp_path / "cache")


def test_own_rows_go_before_ours(tmp_path: Path) -> None:
    """By id a row replaces ours with all its names; by name and country near ours it moves and renames that place."""
    mine = layered(
        tmp_path,
        "ml-tinzaouatene,Tinzaouaten Ville,,ML,Kidal,20.1,2.9,point,town,me,,",
        "ml-gao-own,Gao,Gao Ville,ML,Gao,16.4,0.2,point,town,me,,90000",
    )
    assert mine.lookup("Tinzawatène") == ()
    (moved,) = mine.lookup("Tinzaouaten Ville")
    assert (moved.id, moved.lat, moved.lon, moved.known) == ("sup:ml-tinzaouatene", 20.1, 2.9, True)
    gao = next(c for c in mine.lookup("Gao") if c.precision == "point" and c.country == "ML")
    assert (gao.lat, gao.lon, gao.population, gao.known) == (16.4, 0.2, 90000, True)
    assert gao.id in {c.id for c in mine.lookup("Gao Ville")}


def test_rows_of_geonames_correct_places_and_leave_their_news_names(tmp_path: Path) -> None:
    """The number finds the place under any name; a new village is a place like any other, not one known from news."""
    mine = layered(
        tmp_path,
        "gn:703448,Misto Kyiv,Kyjiv Misto,UA,,50.5,30.6,point,city,,,2950000",
        "gn:99,Inafarak,I-n-Afarak,ML,Kidal,20.4,1.1,point,village,,,120",
    )
    kyiv = mine.place("gn:703448")
    assert kyiv is not None
    assert (kyiv.name, kyiv.feature, kyiv.lat, kyiv.population) == ("Kyiv", "capital", 50.5, 2950000)
    assert kyiv.id in {c.id for c in mine.lookup("Kyjiv Misto")} & {c.id for c in mine.lookup("Kiev")}
    (village,) = mine.lookup("I-n-Afarak")
    assert (village.id, village.known, village.admin1) == ("gn:99", False, "ML.10")


def test_a_missing_layer_is_named(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no such gazetteer file"):
        list(read_layer(tmp_path / "none.txt"))


def test_bad_rows_are_all_reported(tmp_path: Path) -> None:
    path = tmp_path / "bad.csv"
    path.write_text(HEADER + "a,A,,ML,,1,x,point,town,,\n" + "b,B,,ML,,1,1,somewhere,town,,\n")
    with pytest.raises(KnowledgeError) as caught:
        list(read_supplement(path))
    assert len(caught.value.problems) == 2


def test_a_file_without_the_columns_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "bad.csv"
    path.write_text("name,lat\nA,1\n")
    with pytest.raises(KnowledgeError, match="columns missing"):
        list(read_supplement(path))


def test_the_supplement_is_large_and_sound() -> None:
    with (DATA / "countries" / "countries.csv").open(encoding="utf-8") as handle:
        known = {row["iso2"] for row in csv.DictReader(handle)}
    entries = [(path.name, entry) for path in SUPPLEMENT for entry in read_supplement(path)]
    ids = [entry.id for _, entry in entries]
    assert len(entries) >= 1200
    assert len(ids) == len(set(ids))
    for name, entry in entries:
        where = f"{name}: {entry.id}"
        assert set(entry.countries) <= known, where
        assert -90 <= (entry.lat if entry.lat is not None else 999) <= 90, where
        assert -180 <= (entry.lon if entry.lon is not None else 999) <= 180, where


def test_every_compiled_division_has_a_name(gazetteer: Gazetteer) -> None:
    with (DATA / "gazetteer" / "admin1.csv").open(encoding="utf-8") as handle:
        rows = list(csv.DictReader(handle))
    assert len(rows) > 3500
    assert all(row["country"] and row["code"] and row["name"] for row in rows)
    assert len({(row["country"], row["code"]) for row in rows}) == len(rows)
