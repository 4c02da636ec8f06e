"""What `doctor` looks at: one check a function, each says what it found. Nothing is repaired."""

from __future__ import annotations

import importlib
import os
import re
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib import metadata
from typing import Literal

from reportedly.errors import ReportedlyError
from reportedly.settings import Settings


class Slow(ReportedlyError):
    """Something works, but not as fast as it could."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was checked: `ok`, `slow` (it works), or `bad`."""

    name: str
    state: Literal["ok", "slow", "bad"]
    text: str


def findings(settings: Settings) -> Iterator[Finding]:
    """Yield what was found, in the order in which things are needed."""
    checks: list[tuple[str, Callable[[Settings], str]]] = [
        ("python", _python),
        ("sqlite", _sqlite),
        ("cache folder", _cache),
        ("parser kernel", _kernel),
        ("parser weights", _parser),
        ("gazetteer", _gazetteer),
        ("knowledge", _knowledge),
    ]
    for name, check in checks:
        try:
            yield Finding(name, "ok", check(settings))
        except Slow as error:
            yield Finding(name, "slow", str(error))
        except ReportedlyError as error:
            yield Finding(name, "bad", str(error))
        except Exception as error:
            yield Finding(name, "bad", f"{type(error).__name__}: {error}")


def _python(settings: Settings) -> str:
    text = ".".join(str(part) for part in sys.version_info[:3])
    if not (3, 11) <= sys.version_info[:2] <= (3, 12):
        raise ReportedlyError(f"{text} found, 3.11 or 3.12 needed", hint="the parser has no build for others")
    return text


def _sqlite(settings: Settings) -> str:
    base = sqlite3.connect(":memory:")
    try:
        base.execute("CREATE VIRTUAL TABLE probe USING fts5(text, tokenize='unicode61 remove_diacritics 2')")
    except sqlite3.Error as error:
        raise ReportedlyError(f"{sqlite3.sqlite_version} without full-text search: {error}") from error
    finally:
        base.close()
    return f"{sqlite3.sqlite_version} with FTS5"


def _cache(settings: Settings) -> str:
    folder = settings.cache_folder
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            pass
    except OSError as error:
        raise ReportedlyError(f"cannot be written: {error.strerror}", where=str(folder)) from error
    return str(folder)


def _kernel(settings: Settings) -> str:
    """Name the matrix kernel that blis picks for this processor; it says so on standard error only when asked."""
    probe = "import numpy, blis.py; a = numpy.ones((2, 2), dtype='f'); blis.py.gemm(a, a)"
    environ = {**os.environ, "BLIS_ARCH_DEBUG": "1"}
    done = subprocess.run([sys.executable, "-c", probe], env=environ, capture_output=True, text=True, timeout=60)
    if done.returncode:
        raise ReportedlyError("blis does not run", hint="install reportedly again")
    found = re.search(r"sub-configuration '(\w+)'", done.stderr)
    name = found[1] if found else "not named"
    if name == "generic":
        raise Slow("blis runs its generic kernel on this processor: parsing is slower, results are the same")
    return f"blis {metadata.version('blis')}, kernel {name}"


def _parser(settings: Settings) -> str:
    """Load the parser, which compares its weights with the hashes of the measured ones."""
    room = importlib.import_module("reportedly.mentions.parser")
    room.Parser()
    return f"{room.MODEL} {metadata.version(room.MODEL.replace('_', '-'))}, weights as measured"


def _gazetteer(settings: Settings) -> str:
    """Open the compiled places; the first time on a machine this compiles them."""
    path = importlib.import_module("reportedly.knowledge.gazetteer").open_gazetteer().path
    base = sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)
    try:
        places = base.execute("SELECT count(*) FROM place").fetchone()[0]
    finally:
        base.close()
    return f"{places:,} places in {path}"


def _knowledge(settings: Settings) -> str:
    known = importlib.import_module("reportedly.knowledge.load").load_knowledge()
    return f"{len(known.ontology)} event types, {len(known.actors.by_id):,} actors, {len(known.countries)} countries"
