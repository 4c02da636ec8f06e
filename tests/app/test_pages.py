"""Each page as a person uses it, in a real browser: look, narrow, follow, come back; and forms without scripts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from browser import browsing, opened, served, settled, watched
from playwright.sync_api import Browser, Page, expect

from reportedly.app import Desk
from reportedly.cli import wiring
from reportedly.settings import Settings
from reportedly.store import open_store

SEEN_BY_TEST = {
    "/": "test_the_inbox_leads_to_the_claim_that_waits",
    "/documents": "test_documents_are_narrowed_and_opened",
    "/incidents": "test_incidents_are_narrowed_and_the_way_back_keeps_the_filter",
    "/map": "test_the_map_moves_by_key_and_button_and_back",
    "/timeline": "test_the_timeline_comes_closer_and_leads_to_an_incident",
    "/claims": "test_claims_are_narrowed_and_lead_to_their_words",
    "/actors": "test_an_actor_leads_to_its_incidents",
    "/network": "test_a_tie_of_the_network_opens_its_claims",
    "/codebooks": "test_a_codebook_leads_to_its_rows_and_an_incident",
    "/knowledge": "test_a_name_is_taught_and_forgotten",
    "/agreement": "test_day.py",
    "/report": "test_day.py",
    "/log": "test_an_entry_of_the_log_is_taken_back",
    "/search": "test_search_starts_at_a_key_and_finds_words",
}


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Return a browser."""
    with browsing() as found:
        yield found


@pytest.fixture(scope="module")
def looked_at(sample_case: Path) -> Iterator[str]:
    """Return the address of a desk that is only looked at."""
    with served(wiring.desk(str(sample_case), "ana", Settings())) as base:
        yield base


@pytest.fixture
def look(looked_at: str, browser: Browser) -> Iterator[Page]:
    """Return a page on the desk that is only looked at; no error, no request elsewhere."""
    page, wrong = watched(browser, looked_at, 1280)
    opened(page, looked_at)
    yield page
    page.close()
    assert [told for told in wrong if "404" not in told] == []


@pytest.fixture
def own(desk: Desk, browser: Browser) -> Iterator[Page]:
    """Return a page on a desk of its own, for writing."""
    with served(desk) as base:
        page, wrong = watched(browser, base, 1280)
        opened(page, base)
        yield page
        page.close()
    assert wrong == []


def head(page: Page, name: str) -> None:
    """Go to a page by the head of every page."""
    page.get_by_role("navigation", name="Pages").get_by_role("link", name=name, exact=True).click()
    expect(page.locator("h1")).to_be_visible()


def test_every_page_of_the_head_is_used(look: Page) -> None:
    links = look.locator("header.top nav a").evaluate_all("all => all.map((one) => one.getAttribute('href'))")
    assert set(links) == set(SEEN_BY_TEST)
    assert all(name in globals() for name in SEEN_BY_TEST.values() if not name.endswith(".py"))


def test_the_inbox_leads_to_the_claim_that_waits(look: Page) -> None:
    words = look.locator("tbody tr q").first.inner_text().strip("“”…")[:40]
    look.locator("tbody tr a").first.click()
    expect(look.locator(".card[aria-current] .quote")).to_contain_text(words[:20])
    assert look.locator(".card[aria-current]").get_attribute("data-state") == "proposed"


def test_documents_are_narrowed_and_opened(look: Page) -> None:
    head(look, "Documents")
    look.get_by_label("Access").select_option("preview")
    look.get_by_role("button", name="Show").click()
    expect(look.locator("tbody tr")).to_have_count(1)
    look.locator("tbody a").click()
    expect(look.locator(".access.preview")).to_be_visible()
    look.get_by_role("link", name="preview", exact=True).click()
    expect(look.locator("blockquote")).to_be_visible()
    look.get_by_role("link", name="Quote budget of the case").click()
    expect(look.locator("h1")).to_have_text("Quote budget")
    expect(look.locator("tbody tr")).not_to_have_count(0)


def test_incidents_are_narrowed_and_the_way_back_keeps_the_filter(look: Page) -> None:
    head(look, "Incidents")
    look.get_by_label("Status").select_option("contested")
    look.get_by_role("button", name="Show").click()
    states = look.locator("tbody .status").all_inner_texts()
    assert states
    assert set(states) == {"contested"}
    title = look.locator("tbody a").first.inner_text()
    look.locator("tbody a").first.click()
    expect(look.locator("h1")).to_have_text(title)
    look.locator("a", has_text="Show what speaks for and against").click()
    expect(look.locator("table.why, section[aria-labelledby=why] p").first).to_be_visible()
    look.go_back()
    look.go_back()
    assert "status=contested" in look.url


def test_the_map_moves_by_key_and_button_and_back(look: Page) -> None:
    head(look, "Map")
    drawing = look.locator(".drawing[data-live]")
    drawing.focus()
    look.keyboard.press("+")
    look.wait_for_url(re.compile("bbox="))
    first = look.url
    settled(look, "document.activeElement.matches('.drawing')")
    look.keyboard.press("ArrowRight")
    settled(look, f"location.href !== {first!r}")
    look.go_back()
    settled(look, f"location.href === {first!r}")
    look.locator(".steps a", has_text="world").click()
    settled(look, f"location.href !== {first!r}")
    look.locator("#list tbody a").first.click()
    expect(look.locator(".incidenthead")).to_be_visible()


def test_the_timeline_comes_closer_and_leads_to_an_incident(look: Page) -> None:
    head(look, "Timeline")
    before = look.locator("table.list caption").first.inner_text()
    assert re.match(r"(\d+ )?[A-Z][a-z]+( \d{4})?\s?–|\d+–", before), "days as people write them"
    look.locator(".steps a", has_text="closer").click()
    expect(look.locator("table.list caption").first).not_to_have_text(before)
    look.locator("tbody a").first.click()
    expect(look.locator(".incidenthead")).to_be_visible()


def test_claims_are_narrowed_and_lead_to_their_words(look: Page) -> None:
    head(look, "Claims")
    look.get_by_label("Stance").select_option("denied")
    look.get_by_role("button", name="Show").click()
    assert set(look.locator("tbody td:first-child small").all_inner_texts()) == {"denied"}
    words = look.locator("tbody td:nth-child(6) a").first.inner_text().strip("“”…")[:20]
    look.locator("tbody td:nth-child(6) a").first.click()
    expect(look.locator(".card[aria-current] .quote")).to_contain_text(words)
    expect(look.locator("#text mark.lit")).not_to_have_count(0)


def test_an_actor_leads_to_its_incidents(look: Page) -> None:
    head(look, "Actors")
    name = look.locator("tbody a").first.inner_text()
    look.locator("tbody a").first.click()
    expect(look.locator("h1")).to_have_text(name)
    look.get_by_role("link", name="its incidents").click()
    expect(look.locator("tbody tr").first).to_be_visible()


def test_a_tie_of_the_network_opens_its_claims(look: Page) -> None:
    head(look, "Network")
    look.locator("svg.network .nodes a").first.click()
    expect(look.locator("h1")).to_be_visible()
    look.go_back()
    look.locator("tbody summary").first.click()
    words = look.locator("tbody details[open] q").first
    expect(words).to_be_visible()
    with look.expect_navigation():
        look.locator("tbody details[open] a").first.press("Enter")  # words on two lines have no one place to click
    expect(look.locator("#text")).to_be_visible()


def test_a_codebook_leads_to_its_rows_and_an_incident(look: Page) -> None:
    head(look, "Codebooks")
    look.get_by_role("link", name=re.compile("ACLED")).first.click()
    with look.expect_download() as file:
        look.get_by_role("link", name=re.compile("CSV")).click()
    assert Path(file.value.path()).read_text(encoding="utf-8").startswith("event_id_cnty,event_date,year")
    look.locator("tbody th a").first.click()
    expect(look.locator("#codings")).to_be_visible()


def test_search_starts_at_a_key_and_finds_words(look: Page) -> None:
    look.keyboard.press("/")
    look.keyboard.type("soldiers")
    look.keyboard.press("Enter")
    expect(look.locator("h2", has_text="Claims")).to_be_visible()
    look.locator(".hits a").first.click()
    expect(look.locator("#text")).to_contain_text("soldiers")


def test_runs_lead_to_what_they_read(look: Page) -> None:
    head(look, "Log")
    look.get_by_role("link", name="runs").click()
    look.locator("tbody td a").first.click()
    expect(look.locator("h1")).to_have_text("Run 1")
    look.locator("tbody a").first.click()
    expect(look.locator("#text")).to_be_visible()


def test_a_page_that_is_not_there_leads_back(look: Page) -> None:
    look.goto(look.url + "documents/999")
    expect(look.locator("main")).to_contain_text("no document 999")
    look.locator("main a").first.click()
    expect(look.locator("h1")).to_have_text("Inbox")


def test_rows_become_blocks_on_a_phone(looked_at: str, browser: Browser) -> None:
    page, wrong = watched(browser, looked_at, 390)
    opened(page, f"{looked_at}/documents")
    cell = page.locator("tbody tr td:nth-child(3)").first
    assert cell.get_attribute("data-head") == "Publisher"
    assert cell.evaluate("one => getComputedStyle(one, '::before').float") == "left"
    expect(page.get_by_role("table").first).to_be_visible()
    assert page.get_by_role("row").count() > 5
    assert wrong == []
    page.close()


# ------------------------------------------------------------------------------------------ writing


def test_a_claim_is_split_off_and_comes_back(desk: Desk, own: Page) -> None:
    with open_store(desk.case) as view:
        record = max(view.incidents(), key=lambda one: len(one.claims))
    own.goto(f"{own.url}incidents/{record.id}")
    own.get_by_role("link", name="split", exact=True).click()
    own.locator("tbody input[type=checkbox]").first.check()
    own.get_by_role("button", name="Look at what comes of it").click()
    own.get_by_role("button", name="They are two: split").click()
    expect(own.locator(".banner strong")).to_have_text("Split.")
    own.locator(".banner button").click()
    expect(own.locator(".banner strong")).to_have_text("Taken back.")
    with open_store(desk.case) as view:
        assert view.incident(record.id).claims == record.claims  # type: ignore[union-attr]


def test_an_entry_of_the_log_is_taken_back(own: Page) -> None:
    with own.expect_navigation(wait_until="load"):
        own.locator("tbody a").first.click()
    own.keyboard.press("a")
    expect(own.locator(".card.accepted .meta")).to_contain_text("ana: accepted")
    head(own, "Log")
    expect(own.locator("tbody tr")).to_have_count(1)
    expect(own.locator("tbody")).to_contain_text("claim accepted")
    own.get_by_role("button", name="Take back entry 1").click()
    expect(own.locator("tbody")).to_contain_text("taken back by")


def test_a_name_is_taught_and_forgotten(own: Page) -> None:
    own.set_default_timeout(120_000)  # documents are read again before the page answers
    head(own, "Knowledge")
    row = own.locator("tbody tr", has_text="actors").first
    name = row.locator("a").first.inner_text()
    row.locator("a").first.click()
    expect(own.get_by_label("Name", exact=True)).to_have_value(name)
    own.get_by_label("Kind, of an actor").select_option("other")
    own.get_by_label("Countries, by semicolon").fill("ML")
    own.get_by_role("button", name="Teach and read again").click()
    learned = own.locator("h2:has-text('Learned') ~ table").first
    expect(learned).to_contain_text(name, timeout=120_000)
    learned.get_by_role("button", name="Forget").click()
    expect(own.locator("main")).to_contain_text("Nothing yet.", timeout=120_000)


def test_a_file_is_read_into_the_case(own: Page, tmp_path: Path) -> None:
    own.set_default_timeout(120_000)
    file = tmp_path / "report.txt"
    file.write_text("Gunmen killed four farmers near Djibo on 3 May 2024, the mayor said.", encoding="utf-8")
    head(own, "Documents")
    own.locator("details.adding summary").click()
    own.get_by_label("Files").set_input_files(file)
    own.get_by_role("button", name="Read into the case").click()
    expect(own.locator(".lead")).to_contain_text("1 added", timeout=120_000)
    own.get_by_role("link", name="All documents").click()
    own.get_by_role("link", name="report.txt").click()
    expect(own.locator(".card").first).to_contain_text("4")


def test_forms_decide_without_scripts(desk: Desk, browser: Browser) -> None:
    with served(desk) as base:
        page = browser.new_page(java_script_enabled=False)
        page.goto(f"{base}/documents/1")
        page.locator(".card button[value=accept]").first.click()
        expect(page.locator(".card.accepted")).to_have_count(1)
        page.locator(".card.accepted input[name=why]").fill("seen twice")
        page.locator(".card.accepted button[value=comment]").click()
        assert "seen twice" in page.inner_text(".card.accepted .comment")
        page.click("#finish")
        page.goto(f"{base}/documents/1")
        assert "review finished" in page.inner_text("#state")
        page.close()
