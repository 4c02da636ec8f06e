"""A real browser on a real desk: Debian's Chromium, no network but the desk itself."""

from __future__ import annotations

import os
import re
import shutil
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import uvicorn
from playwright.sync_api import Browser, Page, sync_playwright

from reportedly.app import Desk, create_app

ARGUMENTS = [
    *("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"),
    *("--disable-component-update", "--disable-sync", "--disable-dev-shm-usage"),
]
REQUIRED = "DESK_BROWSER"
SCREENS = "DESK_SCREENS"


def chromium() -> str:
    """Return the browser's path; without one the test is skipped, unless the run says that it must not be."""
    found = shutil.which("chromium") or shutil.which("chromium-browser")
    if found is None and os.environ.get(REQUIRED) == "required":
        raise RuntimeError("no Chromium on this machine: install Debian's package `chromium`")
    if found is None:
        pytest.skip("no Chromium on this machine (Debian's package `chromium`)")
    return found


@contextmanager
def served(desk: Desk) -> Iterator[str]:
    """Serve a desk on a free port of this machine and give its address."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen(64)
        config = uvicorn.Config(create_app(desk), log_level="error", access_log=False, lifespan="off")
        server = uvicorn.Server(config)
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
        thread.start()
        try:
            yield f"http://127.0.0.1:{listener.getsockname()[1]}"
        finally:
            server.should_exit = True
            thread.join(10)


@contextmanager
def browsing() -> Iterator[Browser]:
    """Start the browser."""
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=chromium(), args=ARGUMENTS)
        try:
            yield browser
        finally:
            browser.close()


def watched(browser: Browser, base: str, width: int) -> tuple[Page, list[str]]:
    """Open a page of this width; the list fills with errors of scripts and requests that leave the desk."""
    page = browser.new_page(viewport={"width": width, "height": 900})
    wrong: list[str] = []
    page.on("pageerror", lambda error: wrong.append(f"error: {error}"))
    page.on("console", lambda message: wrong.append(message.text) if message.type == "error" else None)
    page.on("request", lambda request: None if request.url.startswith((base, "data:")) else wrong.append(request.url))
    return page, wrong


SELECT = """([words, skip]) => {
  const text = document.getElementById("text");
  const walker = document.createTreeWalker(text, NodeFilter.SHOW_TEXT);
  let all = "";
  const nodes = [];
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    nodes.push([all.length, node]);
    all += node.data;
  }
  let at = -1;
  for (let i = 0; i <= skip; i += 1) at = all.indexOf(words, at + 1);
  const place = (offset) => {
    const [start, node] = nodes.filter(([from]) => from <= offset).at(-1);
    return [node, offset - start];
  };
  const range = document.createRange();
  range.setStart(...place(at));
  range.setEnd(...place(at + words.length));
  getSelection().removeAllRanges();
  getSelection().addRange(range);
}"""


def select_words(page: Page, words: str, skip: int = 0) -> None:
    """Select words of the text as a mouse does; `skip` passes over earlier places where they stand."""
    page.evaluate(SELECT, [words, skip])


def opened(page: Page, address: str) -> None:
    """Open a page and wait until its scripts are there."""
    page.goto(address)
    settled(page, "document.documentElement.classList.contains('scripted')")


def keep(page: Page, width: int, name: str) -> None:
    """Keep a picture of what the page shows in the folder that DESK_SCREENS names, one folder within for each width."""
    if os.environ.get(SCREENS):
        folder = Path(os.environ[SCREENS]) / str(width)
        folder.mkdir(parents=True, exist_ok=True)
        page.screenshot(path=folder / f"{re.sub(r'[^a-z0-9]+', '-', name.lower()).strip('-') or 'inbox'}.png")


def settled(page: Page, condition: str, seconds: float = 10.0) -> None:
    """Wait until a condition in the page holds; asked from outside, since the page allows no evaluation of text."""
    wait_for(lambda: page.evaluate(condition), seconds)


def wait_for(condition: object, seconds: float = 10.0) -> None:
    """Wait until a function tells that something is so."""
    end = time.monotonic() + seconds
    while not condition():  # type: ignore[operator]
        assert time.monotonic() < end, "it did not happen in time"
        time.sleep(0.05)
