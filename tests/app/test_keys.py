"""The keys of the review screen: as they come, as a config file has them, and what it may not ask for."""

from __future__ import annotations

from pathlib import Path

import pytest
from browser import browsing, opened, served, settled, watched

from reportedly.app import Desk
from reportedly.app.keys import ACTS, keys_of
from reportedly.cli import wiring
from reportedly.errors import UsageError
from reportedly.settings import Settings, load_settings


@pytest.mark.parametrize(
    ("own", "told"),
    [
        (["acept=y"], "no act `acept`"),
        (["accept="], "no key that is free"),
        (["accept"], "no key that is free"),
        (["accept=?"], "no key that is free"),
        (["accept=j"], "`j` would do both"),
    ],
)
def test_what_a_config_file_may_not_ask_for(own: list[str], told: str) -> None:
    with pytest.raises(UsageError, match=told):
        keys_of(own)


def test_two_keys_may_change_places() -> None:
    """Each key does one thing, whatever the order in which they were named."""
    keys = keys_of(["accept=x", "reject=a"])
    assert (keys["accept"].key, keys["reject"].key) == ("x", "a")
    assert keys["next"] == ACTS["next"]


def test_a_key_of_the_config_file_works_on_the_page(desk: Desk, tmp_path: Path) -> None:
    """What stands in the file is what the page listens to, and the old key does nothing."""
    file = tmp_path / "config.toml"
    file.write_text('keys = ["accept=y"]\n', encoding="utf-8")
    settings = load_settings(config=file, environ={}, folder=tmp_path).settings
    assert settings.keys == Settings(keys=("accept=y",)).keys
    with browsing() as browser, served(wiring.desk(desk.case, "ana", settings)) as base:
        page, wrong = watched(browser, base, 1280)
        opened(page, f"{base}/documents/1")
        page.keyboard.press("a")
        page.keyboard.press("y")
        settled(page, "document.querySelectorAll('.card.accepted').length === 1")
        page.keyboard.press("?")
        assert page.get_by_label("Key for: accept", exact=True).input_value() == "y"
        assert wrong == []
        page.close()
