"""Coders of one case compared: the program, people who decide openly, and a blind second coder."""

from __future__ import annotations

from pathlib import Path

import pytest
from fakes import FakeGrouper, FakeReader, make_document

from reportedly import review
from reportedly.contract import claim_json
from reportedly.errors import ReportedlyError, UsageError
from reportedly.model import Claim
from reportedly.review import Coder
from reportedly.review.agreement import Agreement, agree
from reportedly.review.agreement_rows import COLUMNS, agreement_json, agreement_rows, disagreement_json
from reportedly.review.coders import coders, find_coder
from reportedly.store import SqliteStore, open_store
from reportedly.store.adding import AddRun

TEXTS = {
    "a": "Red Army killed 12 soldiers at Kova on 2024-07-27, Blue Army said. "
    "Red Army killed 4 farmers at Mera on 2024-07-29.",
    "b": "Blue Army killed 20 soldiers at Kova on 2024-07-27.",
    "c": "Red Army killed 7 herders at Tula on 2024-08-02. The rest was quiet, and 5 herders fled.",
}
ANA, BEN, EVE = Coder("ana"), Coder("ben"), Coder("eve", blind=True)


@pytest.fixture
def store(tmp_path: Path) -> SqliteStore:
    """Return a case with three documents and four claims."""
    case = open_store(str(tmp_path / "a.case"), write=True)
    add(case, TEXTS)
    return case


def add(store: SqliteStore, texts: dict[str, str]) -> None:
    """Add texts with the fakes."""
    reader = FakeReader()
    documents = [make_document(key, text) for key, text in texts.items()]
    AddRun(store, lambda items: (reader.extract(item) for item in items), FakeGrouper()).run(documents)  # type: ignore[arg-type]


def claims(store: SqliteStore) -> list[Claim]:
    """Return the claims as read."""
    return list(store.claims(as_read=True))


def accept_all(store: SqliteStore, coder: Coder) -> None:
    """Accept every claim."""
    for claim in claims(store):
        review.accept(store, claim.id, coder)


def figure(store: SqliteStore, claim: Claim, number: int, coder: Coder) -> None:
    """Change a claim's figure."""
    tolls = claim_json(claim)["tolls"]
    tolls[0] |= {"low": number, "high": number, "best": number}
    review.change(store, claim.id, {"tolls": tolls}, coder)


def alpha_of(found: Agreement, key: str, document: str | None = None) -> float | None:
    """Return a field's alpha."""
    cell = found.cell(key, document)
    assert cell is not None
    return cell.found.alpha


def written(store: SqliteStore) -> dict[str, object]:
    """Return a claim of the herders who fled."""
    body = dict(claim_json(claims(store)[3]))
    text = store.document("c").document.text  # type: ignore[union-attr]
    start = text.index("5 herders fled")
    span = {"start": start, "end": start + 14, "quote": text[start : start + 14]}
    nobody = {"initiators": [], "targets": [], "tolls": [], "place": None, "when": None, "claimant": None}
    return body | nobody | {"content": span, "trigger": span, "attribution": []}


def test_who_accepts_everything_agrees_with_the_program(store: SqliteStore) -> None:
    accept_all(store, ANA)
    found = agree(store, "ana", "program")
    assert (found.claims, found.whole, found.documents) == (4, 3, ("a", "b", "c"))
    assert alpha_of(found, "place") == 1
    assert alpha_of(found, "toll_low") == 1
    assert alpha_of(found, "content_words") == 1
    assert not any(cell.disagreements for cell in found.cells)
    existence = found.cell("claim")
    assert existence is not None
    assert (existence.found.alpha, existence.found.equal) == (None, 1.0)
    assert "nothing varies" in existence.note


def test_a_changed_figure_stands_behind_its_cell(store: SqliteStore) -> None:
    accept_all(store, ANA)
    figure(store, claims(store)[0], 21, EVE)
    for claim in claims(store)[1:]:
        review.accept(store, claim.id, EVE)
    found = agree(store, "ana", "eve")
    assert found.other.label == "eve (blind)"
    assert alpha_of(found, "event_type") is None
    low = found.cell("toll_low")
    assert low is not None
    assert 0 < low.found.alpha < 1  # type: ignore[operator]
    (apart,) = low.disagreements
    assert (apart.document, apart.words, apart.one, apart.other) == ("a", "12", "12", "21")
    assert TEXTS["a"][apart.start : apart.end] == apart.words
    assert [item.one for item in found.cell("tolls").disagreements] == ["killed 12"]  # type: ignore[union-attr]
    assert agree(store, "ana", "program").cell("toll_low").disagreements == ()  # type: ignore[union-attr]


def test_coders_in_either_order_agree_as_far(store: SqliteStore) -> None:
    accept_all(store, ANA)
    review.reject(store, claims(store)[1].id, EVE)
    figure(store, claims(store)[0], 30, EVE)
    one, other = agree(store, "ana", "eve"), agree(store, "eve", "ana")
    for cell in one.cells:
        assert alpha_of(other, cell.field) == alpha_of(one, cell.field), cell.field


def test_only_claims_that_both_judged_are_units(store: SqliteStore) -> None:
    first, second, third, _ = claims(store)
    review.accept(store, first.id, ANA)
    review.accept(store, second.id, ANA)
    review.accept(store, second.id, EVE)
    review.accept(store, third.id, EVE)
    found = agree(store, "ana", "eve")
    assert (found.claims, found.documents, found.whole) == (1, ("a",), 0)
    assert "not enough: 1 claim" in found.cell("stance").note  # type: ignore[union-attr]
    assert "coded whole" in found.cell("content_words").note  # type: ignore[union-attr]


def test_nothing_in_common_says_not_enough(store: SqliteStore) -> None:
    review.accept(store, claims(store)[0].id, ANA)
    review.accept(store, claims(store)[2].id, EVE)
    found = agree(store, "ana", "eve")
    assert found.claims == 0
    assert all(cell.found.alpha is None and cell.note.startswith("not enough") for cell in found.cells)


def test_what_an_open_coder_saw_is_in_their_version(store: SqliteStore) -> None:
    claim = claims(store)[0]
    figure(store, claim, 11, ANA)
    review.accept(store, claim.id, BEN)
    assert agree(store, "ana", "ben").cell("toll_low").disagreements == ()  # type: ignore[union-attr]
    figure(store, claim, 10, ANA)
    (apart,) = agree(store, "ana", "ben").cell("toll_low").disagreements  # type: ignore[union-attr]
    assert (apart.one, apart.other) == ("10", "11")


def test_a_conflicting_word_is_that_coders_word(store: SqliteStore) -> None:
    claim, seen = claims(store)[0], store.newest()
    figure(store, claim, 11, Coder("ana", seen))
    figure(store, claim, 13, Coder("ben", seen))
    (apart,) = agree(store, "ana", "ben").cell("toll_low").disagreements  # type: ignore[union-attr]
    assert (apart.one, apart.other) == ("11", "13")


def test_an_unsure_or_undone_word_is_none(store: SqliteStore) -> None:
    claim = claims(store)[0]
    review.accept(store, claim.id, EVE)
    (entry,) = review.accept(store, claim.id, ANA)
    assert agree(store, "ana", "eve").claims == 1
    store.judge("claim", "unsure", claim.id, who="ana")
    assert agree(store, "ana", "eve").claims == 0
    review.undo(store, ANA)
    review.undo(store, ANA, entry.id)
    with pytest.raises(UsageError, match="no coder `ana`"):
        agree(store, "ana", "eve")


def test_written_claims_count_where_both_coded_the_whole_document(store: SqliteStore) -> None:
    review.write(store, "c", written(store), ANA)
    assert agree(store, "ana", "program").claims == 0, "ana has not said that there is nothing else"
    accept_all(store, ANA)
    found = agree(store, "ana", "program")
    assert found.claims == 5
    (apart,) = found.cell("claim").disagreements  # type: ignore[union-attr]
    assert (apart.words, apart.one, apart.other) == ("5 herders fled", "stands", "no claim")
    assert alpha_of(found, "content_words") < 1  # type: ignore[operator]
    accept_all(store, EVE)
    review.write(store, "c", written(store), EVE)
    both = agree(store, "ana", "eve")
    assert both.claims == 5
    assert alpha_of(both, "content_words") == 1
    assert both.cell("claim").disagreements == ()  # type: ignore[union-attr]


def test_codes_are_found_again_after_a_better_reading(store: SqliteStore) -> None:
    accept_all(store, ANA)
    accept_all(store, EVE)
    add(store, {"a": "Corrected. " + TEXTS["a"]})
    found = agree(store, "ana", "eve", document="a")
    assert (found.claims, found.documents) == (2, ("a",))


def test_coders_and_their_names(store: SqliteStore) -> None:
    review.accept(store, claims(store)[0].id, ANA)
    review.reject(store, claims(store)[0].id, Coder("ana", blind=True))
    review.accept(store, claims(store)[0].id, EVE)
    assert {one.label: n for one, n in coders(store).items()} == {
        "program": 4,
        "ana": 1,
        "ana (blind)": 1,
        "eve (blind)": 1,
    }
    assert not find_coder(store, "ana").blind
    assert find_coder(store, "eve").blind
    assert agree(store, "ana", "ana (blind)").cell("claim").disagreements != ()  # type: ignore[union-attr]
    for names in (("ana", "nobody"), ("ana", "ana")):
        with pytest.raises(UsageError):
            agree(store, *names)
    with pytest.raises(ReportedlyError, match="no document"):
        agree(store, "ana", "eve", document="z")


def test_rows_and_json_hold_the_same_figures(store: SqliteStore) -> None:
    accept_all(store, ANA)
    review.reject(store, claims(store)[0].id, ANA)
    found = agree(store, "ana", "program")
    rows = list(agreement_rows(found))
    assert all(tuple(row) == COLUMNS for row in rows)
    assert {row["document"] for row in rows} == {None, "a", "b", "c"}
    made = agreement_json(found)
    fields = {one["field"]: one for one in made["fields"]}  # type: ignore[attr-defined, index]
    assert fields["claim"]["n"] == 4
    assert fields["claim"]["disagreements"] == [disagreement_json(found.cell("claim").disagreements[0])]  # type: ignore[union-attr]
    assert made["coders"] == ["ana", "program"]
