"""Every page by axe, at desktop and phone width: no violation of WCAG 2.2 AA, nothing over the phone's edge."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from browser import browsing, keep, opened, served, watched
from playwright.sync_api import Browser

from reportedly.app import Desk
from reportedly.app.pages import NAVIGATION
from reportedly.cli import wiring
from reportedly.settings import Settings
from reportedly.store import open_store

pytestmark = pytest.mark.slow

RULES = {"runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}}


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Return a browser."""
    with browsing() as found:
        yield found


@pytest.fixture(scope="module")
def address(sample_case: Path) -> Iterator[str]:
    """Return the address of a desk that is only looked at."""
    desk: Desk = wiring.desk(str(sample_case), "ana", Settings())
    with served(desk) as base:
        yield base


def details(sample_case: Path) -> list[str]:
    """Return pages of one thing each."""
    with open_store(str(sample_case)) as view:
        contested = sorted((r for r in view.incidents()), key=lambda r: (r.status != "contested", -len(r.claims)))
        actor = next(ref for r in contested for side in r.sides for ref in side if ref.actor_id)
    first = contested[0].id
    return [
        *("/documents/1", "/documents/3?blind=1", "/documents/1/preview", "/documents/1?v=1"),
        *(f"/incidents/{first}", f"/incidents/{first}?why=1", "/incidents?q=nothing-fits-these"),
        *(f"/incidents/{first}/merge?with={contested[1].id}", f"/incidents/{first}/split"),
        *(f"/actors/{actor.actor_id}", "/codebooks/acled", "/search?q=army", "/documents/999"),
        *("/budget", "/runs", "/runs/1"),
    ]


def pages(sample_case: Path) -> list[str]:
    """Return all pages: those that the head leads to, and one of each kind below them."""
    return [*(href for href, _ in NAVIGATION), *details(sample_case)]


@pytest.mark.parametrize("width", [1280, 390])
def test_no_page_shuts_anybody_out(address: str, browser: Browser, sample_case: Path, width: int) -> None:
    page, wrong = watched(browser, address, width)
    page.emulate_media(reduced_motion="reduce")
    found: dict[str, list[str]] = {}
    for path in pages(sample_case):
        page.goto(address + path)
        keep(page, width, path)
        result = Axe().run(page, options=RULES)
        broken = [f"{v['id']}: {v['nodes'][0]['html'][:120]}" for v in result.response["violations"]]
        over = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        broken += [f"{over} px over the edge"] if over > 1 else []
        if broken:
            found[path] = broken
    page.close()
    assert found == {}
    assert [told for told in wrong if "404" not in told] == []


@pytest.mark.parametrize("width", [1280, 390])
def test_the_open_forms_shut_nobody_out(address: str, browser: Browser, sample_case: Path, width: int) -> None:
    with open_store(str(sample_case)) as view:
        claim = next(c for c in view.claims() if len(c.tolls) > 1 and c.place and c.claimant)
        number = view.document(claim.document).number  # type: ignore[union-attr]
    page, wrong = watched(browser, address, width)
    opened(page, f"{address}/documents/{number}?claim={claim.id}")
    page.keyboard.press("e")
    page.wait_for_selector("form.edit [name=low]")
    result = Axe().run(page, options=RULES)
    assert [f"{v['id']}: {v['nodes'][0]['html'][:120]}" for v in result.response["violations"]] == []
    assert page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") <= 1
    assert wrong == []
    page.close()
