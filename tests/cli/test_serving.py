"""A second start joins the desk that has the case open, and no other program that answers at its old address."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest

from reportedly.cli.serving import _note, _running


class Answering(BaseHTTPRequestHandler):
    """A desk of one run, as far as a second start asks."""

    def do_HEAD(self) -> None:
        """Say which run it is."""
        self.send_response(200)
        self.send_header("X-Desk-Run", "first")
        self.end_headers()

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


@pytest.fixture
def port() -> Iterator[int]:
    """Return the port of a running desk."""
    server = HTTPServer(("127.0.0.1", 0), Answering)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server.server_port
    server.shutdown()
    server.server_close()


@pytest.mark.parametrize(
    ("address", "run", "joins"),
    [
        ("http://127.0.0.1:{port}/", "first", True),
        ("http://127.0.0.1:{port}/", "other", False),  # killed, and another desk has its port now
        ("http://127.0.0.1:1/", "first", False),  # killed
        ("http://10.0.0.1:{port}/", "first", False),  # no address of this machine
        ("nonsense", "first", False),
    ],
)
def test_a_second_start_joins_the_very_desk(tmp_path: Path, port: int, address: str, run: str, joins: bool) -> None:
    case = str(tmp_path / "a.case")
    _note(case).write_text(json.dumps({"address": address.format(port=port), "run": run}), encoding="utf-8")
    assert (_running(case) is not None) == joins


def test_a_note_of_an_older_version_is_no_desk(tmp_path: Path) -> None:
    case = str(tmp_path / "a.case")
    assert _running(case) is None
    _note(case).write_text(json.dumps({"address": "http://127.0.0.1:1/", "process": 1}), encoding="utf-8")
    assert _running(case) is None
