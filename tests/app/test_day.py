"""A coder's day in a real browser by keyboard alone: decide, fix a toll, merge, undo, code blind, agree, report."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from browser import browsing, keep, served, settled, watched
from playwright.sync_api import Browser, Page

from reportedly.app import Desk
from reportedly.cli import wiring
from reportedly.settings import Settings
from reportedly.store import open_store

pytestmark = pytest.mark.slow

STATE = "document.querySelector('.card[aria-current]').dataset.state"
HELD = "document.activeElement.matches({0!r})"


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Return a browser."""
    with browsing() as found:
        yield found


class Hands:
    """A person at a keyboard: keys, and Tab until something has the focus; no pointer."""

    def __init__(self, page: Page, width: int) -> None:
        self.page = page
        self._width = width
        self._taken = 0

    def ready(self) -> None:
        """Wait until the page's own keys work."""
        settled(self.page, "document.documentElement.classList.contains('scripted')")

    def keys(self, *names: str) -> None:
        """Press keys one after another."""
        for name in names:
            self.page.keyboard.press(name)

    def tab_to(self, selector: str, most: int = 400) -> None:
        """Press Tab until what is wanted has the focus."""
        for _ in range(most):
            self.keys("Tab")
            if self.page.evaluate(HELD.format(selector)):
                return
        raise AssertionError(f"Tab never leads to {selector}")

    def go(self, selector: str) -> None:
        """Tab to a link or button that leads to another page, and press Enter."""
        self.tab_to(selector)
        with self.page.expect_navigation():
            self.keys("Enter")
        self.ready()

    def write(self, words: str) -> None:
        """Write into the field that has the focus, in place of what it holds."""
        self.keys("Control+a")
        self.page.keyboard.type(words)

    def picture(self, name: str) -> None:
        """Keep a picture of this step of the day."""
        self._taken += 1
        keep(self.page, self._width, f"day-{self._taken:02}-{name}")


def told_with_a_neighbour(desk: Desk) -> tuple[int, str, str, str]:
    """Return a document's number, a claim with a figure in it, the claim's incident and another incident."""
    with open_store(desk.case) as view:
        records = list(view.incidents())
        for record in records:
            for key in record.claims:
                claim = view.claim(key)
                stored = view.document(claim.document) if claim else None
                if claim and stored and claim.tolls and claim.tolls[0].qualifier == "exact":
                    other = next(one for one in records if one.id != record.id)
                    return stored.number, claim.id, record.id, other.id
    raise AssertionError("the sample tells figures")


@pytest.mark.parametrize("width", [1280, 390])
def test_a_coders_day_by_keyboard(desk: Desk, browser: Browser, width: int) -> None:
    number, claim, incident, other = told_with_a_neighbour(desk)
    second = wiring.desk(desk.case, "ben", Settings())
    with served(desk) as base, served(second) as beside:
        page, wrong = watched(browser, base, width)
        hands = Hands(page, width)
        page.goto(base)
        hands.ready()
        hands.picture("inbox")
        hands.go("nav a[href='/documents']")
        hands.picture("documents")
        hands.go(f"td a[href='/documents/{number}']")
        review(hands, claim)
        merge_and_undo(hands, claim, incident, other)
        page.goto(f"{base}/documents/{number}")
        decide_on_all(hands, "a")
        code_blind(browser, beside, number, width)
        hands.go("nav a[href='/agreement']")
        hands.picture("agreement")
        hands.go("a[href*='one=ana'][href*='other=ben']")
        assert "judged by both" in page.inner_text("main")
        report(hands)
        assert wrong == []
        page.close()
    with open_store(desk.case) as view:
        standing = view.claim(claim)
        assert standing is not None
        assert (standing.tolls[0].low, standing.tolls[0].high) == (777, 778)
        assert {entry.who for entry in view.judgements() if entry.blind} == {"ben"}
        assert view.incident(incident).id == incident  # type: ignore[union-attr]
        assert view.incident(other).id == other  # type: ignore[union-attr]


def review(hands: Hands, claim: str) -> None:
    """Reject a claim and take that back, then fix a figure of one."""
    page = hands.page
    hands.keys("x", "Tab", "Enter")
    settled(page, "document.querySelectorAll('.card.rejected').length === 1")
    hands.keys("u")
    settled(page, "document.querySelectorAll('.card.rejected').length === 0")
    hands.keys("k", "k", "k", "k", "k", "k", "k", "k", "k", "k", "k", "k", "k", "k", "k", "k")
    while page.evaluate("document.querySelector('.card[aria-current]').dataset.claim") != claim:
        hands.keys("j")
    hands.picture("review")
    hands.keys("e")
    settled(page, HELD.format("form.edit [name=low]"))
    hands.write("777")
    hands.keys("Tab")
    hands.write("778")
    hands.picture("edit")
    hands.keys("Enter")
    settled(page, f"{STATE} === 'edited'")


def merge_and_undo(hands: Hands, claim: str, incident: str, other: str) -> None:
    """Merge the claim's incident with another one and take that back."""
    page = hands.page
    with page.expect_navigation():
        hands.keys("m")
    hands.ready()
    assert page.url.endswith(f"/incidents/{incident}/merge")
    hands.tab_to("input[name=with]")
    hands.write(other)
    with page.expect_navigation():
        hands.keys("Enter")
    hands.ready()
    hands.picture("merge")
    hands.go("button[value=merge]")
    assert page.inner_text(".banner strong") == "Merged."
    hands.picture("incident")
    hands.go(".banner button[value=undo]")
    assert page.inner_text(".banner strong") == "Taken back."


def decide_on_all(hands: Hands, key: str) -> None:
    """Decide on every claim of a document that waits, and finish it."""
    page = hands.page
    hands.ready()
    waiting = "document.querySelectorAll('.card[data-state=proposed]')"
    while left := page.evaluate(f"{waiting}.length"):
        while page.evaluate(STATE) != "proposed":
            hands.keys("j")
        hands.keys(*key.split())
        settled(page, f"{waiting}.length < {left}")
    with page.expect_navigation():
        hands.keys("Shift+Enter")
    hands.ready()
    assert "review finished" in page.inner_text("#state")


def code_blind(browser: Browser, base: str, number: int, width: int) -> None:
    """Code the document again as a second person who sees nothing of the first one's decisions."""
    page, wrong = watched(browser, base, width)
    hands = Hands(page, width)
    page.goto(f"{base}/documents/{number}")
    hands.ready()
    with page.expect_navigation():
        hands.keys("v")
    hands.ready()
    assert "Blind second-coder view" in page.inner_text("#state")
    assert page.locator(".card.accepted, .card.edited, .card.rejected").count() == 0
    hands.keys("x", "Tab", "Enter")
    settled(page, "document.querySelectorAll('.card.rejected').length === 1")
    decide_on_all(hands, "a")
    assert wrong == []
    page.close()


def report(hands: Hands) -> None:
    """Make the report: one file without scripts."""
    hands.go("nav a[href='/report']")
    hands.picture("report")
    hands.tab_to("button[formaction='/report.html']")
    with hands.page.expect_download() as download:
        hands.keys("Enter")
    text = Path(download.value.path()).read_text(encoding="utf-8")
    assert "<script" not in text
    assert "777" in text
