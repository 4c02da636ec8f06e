"""A real browser on a real desk: Debian's Chromium, no network but the desk itself."""

from __future__ import annotations

import os
import shutil
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
import uvicorn
from playwright.sync_api import Browser, Page, sync_playwright

from reportedly.app import Desk, create_app

ARGUMENTS = [
    *("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"),
    *("--disable-component-update", "--disable-sync", "--disable-dev-shm-usage"),
]
REQUIRED = "DESK_BROWSER"


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


def settled(page: Page, condition: str, seconds: float = 10.0) -> None:
    """Wait until a condition in the page holds; asked from outside, since the page allows no evaluation of text."""
    wait_for(lambda: page.evaluate(condition), seconds)


def wait_for(condition: object, seconds: float = 10.0) -> None:
    """Wait until a function tells that something is so."""
    end = time.monotonic() + seconds
    while not condition():  # type: ignore[operator]
        assert time.monotonic() < end, "it did not happen in time"
        time.sleep(0.05)
