"""The coder's day in a real browser, by keyboard alone, at desktop and phone width; nothing leaves this machine."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from browser import browsing, served, settled, wait_for, watched
from playwright.sync_api import Browser

from reportedly.app import Desk
from reportedly.store import open_store
from reportedly.store.answers import DocumentsWanted

pytestmark = pytest.mark.slow

OPEN = "document.querySelectorAll('.card[data-state=proposed]').length"


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Return a browser."""
    with browsing() as found:
        yield found


def most_claims(desk: Desk) -> int:
    """Return the number of the document with the most claims."""
    with open_store(desk.case) as view:
        return max(view.document_lines(DocumentsWanted()), key=lambda line: line.claims).number


@pytest.mark.parametrize("width", [1280, 390])
def test_claims_are_reviewed_by_keyboard_alone(desk: Desk, browser: Browser, width: int) -> None:
    number = most_claims(desk)
    with served(desk) as base:
        page, wrong = watched(browser, base, width)
        page.goto(f"{base}/documents/{number}")
        settled(page, "document.documentElement.classList.contains('scripted')")
        waiting = page.evaluate(OPEN)
        assert waiting >= 3

        page.keyboard.press("a")
        settled(page, f"{OPEN} === {waiting - 1}")
        accepted = page.evaluate("document.querySelector('.card.accepted').dataset.claim")
        settled(page, "document.querySelector('.card.accepted .meta').textContent.includes('ana')")
        assert page.locator(".card[aria-current]").count() == 1, "the desk's answer takes the choice nowhere else"
        assert page.evaluate("document.querySelector('.card[aria-current]').dataset.claim") != accepted

        page.keyboard.press("x")
        page.keyboard.press("Tab")
        page.keyboard.press("Enter")
        settled(page, f"{OPEN} === {waiting - 2}")

        page.keyboard.press("u")
        settled(page, f"{OPEN} === {waiting - 1}")
        page.keyboard.press("U")
        settled(page, f"{OPEN} === {waiting - 2}")

        page.keyboard.press("?")
        settled(page, "document.querySelector('#keys').open")
        page.keyboard.press("Escape")
        assert wrong == []
        page.close()
    with open_store(desk.case) as view:
        held = [(j.verdict, j.who) for j in view.judgements()]
    assert held == [("positive", "ana"), ("negative", "ana")]


def test_a_toll_is_mended_and_reaches_the_incident(desk: Desk, browser: Browser) -> None:
    with open_store(desk.case) as view:
        claim = next(c for c in view.claims() if c.tolls and c.tolls[0].qualifier == "exact" and c.violent)
        stored = view.document(claim.document)
        assert stored is not None
        home = view.homes([claim.id]).get(claim.id)
    with served(desk) as base:
        page, wrong = watched(browser, base, 1280)
        page.goto(f"{base}/documents/{stored.number}?claim={claim.id}")
        settled(page, "document.documentElement.classList.contains('scripted')")
        page.keyboard.press("e")
        page.wait_for_selector("form.edit input[name=low]")
        page.fill("form.edit .toll:first-of-type input[name=low]", "777")
        page.fill("form.edit .toll:first-of-type input[name=high]", "777")
        page.keyboard.press("Enter")
        settled(page, f"document.getElementById('c-{claim.id}').dataset.state === 'edited'")
        assert "777" in page.inner_text(f"#c-{claim.id}")
        assert wrong == []
        page.close()
        with open_store(desk.case) as view:
            mended = view.claim(claim.id)
        assert mended is not None
        assert (mended.tolls[0].low, mended.tolls[0].best) == (777, 777)
        if home:
            wait_for(lambda: _figure_in(desk, home, 777))


def _figure_in(desk: Desk, incident: str, figure: int) -> bool:
    with open_store(desk.case) as view:
        record = view.incident(incident)
    return record is not None and any(told.low == figure for cell in record.tolls for told in cell.by)


def test_a_hostile_text_stays_text(desk: Desk, browser: Browser) -> None:
    """Nothing that an article holds runs, loads or turns the page's writing round."""
    number = most_claims(desk)
    hostile = (
        '<script>window.hit=1</script><img src=x onerror="window.hit=1"> \u202egnp.exe {{ 7*7 }} javascript:alert(1)'
    )
    with open_store(desk.case, write=True) as store, store.writing() as base_table:
        base_table.execute(
            "UPDATE document SET text = substr(text, 1, 0) || ? || substr(text, ?), title = ? WHERE number = ?",
            (hostile, len(hostile) + 1, hostile, number),
        )
    with served(desk) as base:
        page, _ = watched(browser, base, 1280)
        for path in (f"/documents/{number}", "/documents", "/"):
            page.goto(base + path)
            assert page.evaluate("window.hit") is None
            assert "\u202e" not in page.content()
            assert "49" not in page.inner_text("h1")
        page.close()
