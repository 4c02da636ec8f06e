"""The form of a claim in a real browser: nothing is guessed, nothing written unasked, names are offered."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from browser import browsing, opened, select_words, served, settled, watched
from playwright.sync_api import Browser, Page
from starlette.testclient import TestClient

from reportedly.app import Desk
from reportedly.model.claim import Claim
from reportedly.store import open_store
from reportedly.store.base import StoredDocument

pytestmark = pytest.mark.slow

FRESH = ".card.fresh form.edit"


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Return a browser."""
    with browsing() as found:
        yield found


@pytest.fixture
def page(desk: Desk, browser: Browser) -> Iterator[Page]:
    """Return a page on a served desk, which must have had no error and asked nobody else for anything."""
    with served(desk) as base:
        made, wrong = watched(browser, base, 1280)
        made.goto(base)
        yield made
        made.close()
    assert wrong == []


def one_with(desk: Desk, fits: object) -> tuple[StoredDocument, Claim]:
    """Return the first claim that fits, with its document."""
    with open_store(desk.case) as view:
        claim = next(c for c in view.claims() if fits(c))  # type: ignore[operator]
        stored = view.document(claim.document)
    assert stored is not None
    return stored, claim


def after(desk: Desk, claim: Claim) -> Claim:
    """Return a claim as it stands now."""
    with open_store(desk.case) as view:
        found = view.claim(claim.id)
    assert found is not None
    return found


def ledger(desk: Desk) -> list[str]:
    """Return the kinds of all entries."""
    with open_store(desk.case) as view:
        return [one.kind for one in view.judgements(in_force=False)]


def open_form(page: Page, stored: StoredDocument, claim: Claim) -> str:
    """Open the form of a claim by keyboard, and return where it is."""
    opened(page, f"{page.url.split('/documents')[0].rstrip('/')}/documents/{stored.number}?claim={claim.id}")
    page.keyboard.press("e")
    form = f"#c-{claim.id} form.edit"
    page.wait_for_selector(form)
    return form


def saved(page: Page, form: str, claim: Claim) -> None:
    """Save the form and wait until the card says so."""
    page.click(f"{form} .ends button:not([type=button])")
    settled(page, f"document.getElementById('c-{claim.id}')?.dataset.state === 'edited'")


def test_the_means_are_chosen_from_words_of_the_text(desk: Desk, page: Page) -> None:
    stored, claim = one_with(desk, lambda c: c.violent and not c.means and " " not in c.trigger.quote)
    form = open_form(page, stored, claim)
    slot = f"{form} [data-slot=means]"
    select_words(page, claim.trigger.quote)
    page.click(f"{slot} [data-add]")
    page.wait_for_selector(f"{slot} .row")
    saved(page, form, claim)
    assert [span.quote for span in after(desk, claim).means] == [claim.trigger.quote]
    assert claim.trigger.quote in page.inner_text(f"#c-{claim.id} dl")
    form = open_form(page, stored, claim)
    page.click(f"{slot} [data-drop]")
    page.click(f"{form} .ends button:not([type=button])")
    page.wait_for_selector(form, state="detached")
    assert after(desk, claim).means == ()


def test_a_new_claim_is_asked_for_before_it_is_written(desk: Desk, page: Page) -> None:
    stored, read = one_with(desk, lambda c: c.tolls and c.violent)
    opened(page, f"{page.url}documents/{stored.number}")
    chosen = stored.document.text[read.trigger.start : read.content.end].split("\n")[0]
    select_words(page, chosen)
    page.keyboard.press("+")
    page.wait_for_selector(FRESH)
    for name in ("event_type", "stance", "modality", "claimant_kind"):
        assert page.input_value(f"{FRESH} [name={name}]") == ""
    page.keyboard.press("Enter")  # the browser asks for what is missing
    assert page.evaluate(f"document.querySelector('{FRESH}').matches(':invalid')")
    page.keyboard.press("Escape")
    settled(page, "!document.querySelector('.card.fresh')")
    assert ledger(desk) == []


def test_a_new_claim_is_written_as_it_was_chosen(desk: Desk, page: Page) -> None:
    stored, read = one_with(desk, lambda c: c.event_type == "battle.offensive")
    opened(page, f"{page.url}documents/{stored.number}")
    select_words(page, read.content.quote)
    page.keyboard.press("+")
    page.wait_for_selector(f"{FRESH} [data-hints] button")
    page.click(f"{FRESH} [data-hints] button >> nth=0")  # a suggestion, taken by a person
    assert page.input_value(f"{FRESH} [name=event_type]") != ""
    page.fill(f"{FRESH} [name=event_type]", "attack.armed")
    page.select_option(f"{FRESH} [name=claimant_kind]", "outlet")
    page.select_option(f"{FRESH} [name=stance]", "claimed")
    page.select_option(f"{FRESH} [name=modality]", "attempted")
    page.focus(f"{FRESH} [name=why]")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    with open_store(desk.case) as view:
        (written,) = (c for c in view.claims(stored.document.id) if c.found_by == "person")
    assert (written.event_type, written.stance, written.modality) == ("attack.armed", "claimed", "attempted")
    assert (written.claimant, written.claimant_kind, written.tolls) == (None, "outlet", ())
    assert written.content == read.content
    assert written.trigger.quote in written.content.quote
    assert len(written.trigger.quote) < len(written.content.quote)


def test_whoever_tells_is_asked_for(desk: Desk, page: Page) -> None:
    stored, claim = one_with(desk, lambda c: c.claimant_kind == "outlet" and c.content.quote[:1].isupper())
    form = open_form(page, stored, claim)
    page.select_option(f"{form} [name=claimant_kind]", "witness")
    page.click(f"{form} .ends button:not([type=button])")
    assert "who says so" in page.inner_text(f"{form} .wrong")
    word = re.search(r"[A-Z]\w{3,}", stored.document.text).group()  # type: ignore[union-attr]
    select_words(page, word)
    page.click(f"{form} [data-slot=claimant] > [data-add]")
    page.wait_for_selector(f"{form} [data-slot=claimant] [name=kind]")
    assert page.input_value(f"{form} [data-slot=claimant] [name=kind]") == ""
    page.select_option(f"{form} [data-slot=claimant] [name=kind]", "unknown")
    saved(page, form, claim)
    now = after(desk, claim)
    assert now.claimant is not None
    assert (now.claimant.span.quote, now.claimant.kind, now.claimant_kind) == (word, "unknown", "witness")
    assert now.attribution == (now.claimant,)


@pytest.mark.parametrize("figures", [1, 2])
def test_a_new_figure_says_what_it_counts_and_is_no_two_figures_in_one(desk: Desk, page: Page, figures: int) -> None:
    number = r"(?<![\d,.])\d{1,2}(?![\d,.])"
    one_or_more = re.compile(number + (rf"[^\n\d]{{1,40}}{number}" * (figures - 1)))
    stored, claim = one_with(desk, lambda c: _holds(desk, c, one_or_more))
    words = one_or_more.search(stored.document.text).group()  # type: ignore[union-attr]
    form = open_form(page, stored, claim)
    before = page.locator(f"{form} .toll").count()
    select_words(page, words)
    page.click(f"{form} [data-slot=tolls] > [data-add]")
    row = f"{form} .toll >> nth={before}"
    page.wait_for_selector(row)
    assert page.locator(row).locator("[name=outcome]").input_value() == ""
    assert page.locator(row).locator("[name=low]").input_value() == (words if figures == 1 else "")
    page.locator(row).locator("[name=outcome]").select_option("missing")
    page.locator(row).locator("[name=qualifier]").select_option("about")
    page.locator(row).locator("[name=low]").fill("7")
    page.locator(row).locator("[name=high]").fill("9")
    saved(page, form, claim)
    toll = after(desk, claim).tolls[-1]
    assert (toll.outcome, toll.low, toll.high, toll.best, toll.qualifier) == ("missing", 7, 9, None, "about")
    assert toll.span.quote == words


def _holds(desk: Desk, claim: Claim, pattern: re.Pattern[str]) -> bool:
    with open_store(desk.case) as view:
        stored = view.document(claim.document)
    return stored is not None and pattern.search(stored.document.text) is not None


def test_a_day_stands_on_words_of_the_text(desk: Desk, page: Page) -> None:
    stored, claim = one_with(desk, lambda c: c.when is not None and c.when.basis == "publication")
    form = open_form(page, stored, claim)
    page.fill(f"{form} [name=earliest]", "2024-02-01")
    page.fill(f"{form} [name=latest]", "2024-02-29")
    page.click(f"{form} .ends button:not([type=button])")
    assert "Choose the words that say when" in page.inner_text(f"{form} .wrong")
    select_words(page, claim.trigger.quote)
    page.click(f"{form} [data-slot=when] [data-pick]")
    settled(page, f"document.querySelector('{form} [name=basis]').value === ''")
    page.select_option(f"{form} [name=basis]", "stated")
    saved(page, form, claim)
    when = after(desk, claim).when
    assert when is not None
    assert (when.edtf, when.precision, when.basis) == ("2024-02", "month", "stated")
    assert when.span.quote == claim.trigger.quote


def test_actors_and_places_are_offered_and_taken(desk: Desk, page: Page) -> None:
    stored, claim = one_with(desk, lambda c: c.place is not None and c.place.country == "ML" and c.initiators)
    form = open_form(page, stored, claim)
    who = page.locator(f"{form} [data-slot=initiators] .row >> nth=0")
    who.locator("[name=name]").fill("Movement for Oneness")
    offered = who.locator("datalist option")
    offered.first.wait_for(state="attached")
    name = offered.first.get_attribute("value") or ""
    who.locator("[name=name]").fill(name)
    where = page.locator(f"{form} [data-slot=place] .row")
    where.locator("[name=place]").fill("Gao")
    where.locator("datalist option[value='Gao (ML)']").wait_for(state="attached")
    assert where.locator("datalist option[value='Gao']").count() == 0  # the region bears the same name
    where.locator("[name=place]").fill("Gao (ML)")
    where.locator("[name=precision]").select_option("near")
    saved(page, form, claim)
    now = after(desk, claim)
    assert now.initiators[0].name == name
    assert now.initiators[0].actor_id is not None
    assert now.initiators[0].span == claim.initiators[0].span
    assert now.place is not None
    assert (now.place.name, now.place.country, now.place.precision) == ("Gao", "ML", "near")
    assert now.place.lat == pytest.approx(16.27, abs=0.1)


def test_a_place_that_nobody_knows_is_kept_as_not_resolved(desk: Desk, page: Page) -> None:
    stored, claim = one_with(desk, lambda c: c.place is not None and c.place.lat is not None)
    form = open_form(page, stored, claim)
    page.fill(f"{form} [name=place]", "Xyzzaville")
    page.locator(f"{form} .known", has_text="not resolved").wait_for()
    saved(page, form, claim)
    place = after(desk, claim).place
    assert place is not None
    assert (place.name, place.lat, place.lon, place.precision) == ("Xyzzaville", None, None, "unresolved")


def test_words_are_chosen_by_keyboard(desk: Desk, page: Page) -> None:
    stored, claim = one_with(desk, lambda c: len(c.content.quote.split()) > 6)
    form = open_form(page, stored, claim)
    button = f"{form} [data-slot=content] [data-pick]"
    page.focus(button)
    page.keyboard.press("Enter")
    settled(page, f"getSelection().toString().length >= {len(claim.content.quote) - 2}")
    page.keyboard.press("Shift+ArrowLeft")
    settled(page, f"getSelection().toString().length < {len(claim.content.quote)}")
    page.keyboard.press("Enter")
    settled(page, f"document.activeElement === document.querySelector('{button}')")
    saved(page, form, claim)
    now = after(desk, claim).content
    assert now.start == claim.content.start
    assert claim.content.quote.startswith(now.quote)
    assert len(now.quote) < len(claim.content.quote)


@pytest.mark.parametrize(
    ("path", "key", "query", "name"),
    [
        ("actors", "actors", {"q": "arakan"}, "Arakan Army"),
        ("actors", "actors", {"q": "ARAKAN ar"}, "Arakan Army"),
        ("actors", "actors", {"q": "a"}, None),
        ("actors", "actors", {"q": "\u202e<script>"}, None),
        ("places", "places", {"q": "Timbukt"}, "Timbuktu"),
        ("places", "places", {"q": "el-fash"}, "El Fasher"),
        ("places", "places", {"q": "%_"}, None),
    ],
)
def test_what_is_offered(client: TestClient, path: str, key: str, query: dict[str, str], name: str | None) -> None:
    found = client.get(f"/suggest/{path}.json", params=query).json()[key]
    assert len(found) <= 10
    assert (name in {one["name"] for one in found}) if name else found == []


def test_what_the_case_was_taught_is_offered(client: TestClient) -> None:
    lessons = (
        {"table": "actors", "name": "Quorvath Front", "kind": "rebel_group", "countries": "ML", "aliases": "QVF"},
        {"table": "places", "name": "Quorvath Wells", "countries": "ML", "lat": "17.5", "lon": "-1.5"},
    )
    for lesson in lessons:
        assert client.post("/api/knowledge", json=lesson).status_code == 200
    (actor,) = client.get("/suggest/actors.json", params={"q": "quorv"}).json()["actors"]
    (place,) = client.get("/suggest/places.json", params={"q": "quorv"}).json()["places"]
    assert (actor["name"], actor["kind"], actor["country"]) == ("Quorvath Front", "rebel_group", "ML")
    assert (place["name"], place["lat"], place["lon"], place["precision"]) == ("Quorvath Wells", 17.5, -1.5, "point")


@pytest.mark.parametrize(
    ("words", "event_type"),
    [
        ("gunmen raided two hamlets", "attack.raid"),
        ("the town was shelled at dawn", "strike.shelling"),
        ("an air strike on a depot", "strike.air"),
        ("prices fell", None),
        ("", None),
    ],
)
def test_which_types_words_evoke(client: TestClient, words: str, event_type: str | None) -> None:
    found = client.get("/suggest/types.json", params={"words": words}).json()["types"]
    assert (event_type in {one["event_type"] for one in found}) if event_type else found == []
    assert all(words[one["start"] : one["end"]] == one["words"] for one in found)
