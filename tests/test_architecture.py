"""The arrows of the house: which part may import which. One direction, held as data (docs/pipeline.md)."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

SOURCE = Path(__file__).resolve().parent.parent / "src" / "reportedly"

NOUNS = {"errors", "model"}
KNOWING = NOUNS | {"knowledge"}
ROOMS = {"sources", "documents", "mentions", "claims", "grounding", "incidents", "codebooks", "llm"}
READING = KNOWING | ROOMS | {"settings", "version", "explanation"}
ANYTHING = {"*"}

# What each part may import besides itself. Rooms see the nouns and the knowledge, never one another.
ARROWS: dict[str, set[str]] = {
    "errors": set(),
    "version": set(),
    "model": set(),
    "knowledge": NOUNS,
    "settings": {"errors"},
    "contract": NOUNS,
    **dict.fromkeys(ROOMS, KNOWING),
    "grouper": READING,
    "pipeline": READING | {"grouper"},
    "explanation": NOUNS,  # groups the notes of a trace by sentence and claim
    "evaluate": KNOWING | {"pipeline"},  # measures the whole from outside; nothing imports it
    "store": NOUNS | {"contract", "version"},
    "review": NOUNS | {"contract", "store"},
    "network": NOUNS | {"contract", "store", "knowledge"},  # who stands to whom, over the claims of a case
    "comparison": NOUNS | {"contract", "store"},  # a user's own data set beside a case
    "drawing": set(),  # values in, markup out; knows no noun of ours
    "exports": NOUNS | {"contract", "store", "network", "drawing", "version"},
    "app": NOUNS
    | {
        "contract",
        "store",
        "review",
        "exports",
        "network",
        "drawing",
        "comparison",
        "knowledge",
        "settings",
        "version",
    },
    "engine": ANYTHING,
    "cli": ANYTHING,
    "__init__": READING | {"pipeline", "grouper"},
    "__main__": {"cli"},
}
# Nothing but the command line itself and the start of the program may import these.
TOPS = {"cli": {"cli", "__main__"}, "app": {"app", "cli"}}

# Exceptions, each with its reason.
ALLOWED: dict[tuple[str, str], str] = {}


def modules() -> Iterator[tuple[str, Path]]:
    """Yield every module with the part that it belongs to."""
    for path in sorted(SOURCE.rglob("*.py")):
        parts = path.relative_to(SOURCE).with_suffix("").parts
        yield parts[0], path


def imported_parts(path: Path) -> set[str]:
    """Return the parts of the package that a module imports, wherever in the file."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        names: list[str] = []
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.level == 0 and node.module:
            names = [f"{node.module}.{alias.name}" for alias in node.names]
        found |= {name.split(".")[1] for name in names if name.startswith("reportedly.")}
    return found


def wrong_arrows(part: str, path: Path) -> set[str]:
    """Return the imports of a module that the arrows forbid."""
    allowed = ARROWS[part] | {part}
    seen = {name for name in imported_parts(path) if (part, name) not in ALLOWED}
    banned = {name for name in seen if part not in TOPS.get(name, {part})}
    return banned | (set() if "*" in allowed else seen - allowed)


@pytest.mark.parametrize(
    ("part", "path"), [pytest.param(*one, id=str(one[1].relative_to(SOURCE))) for one in modules()]
)
def test_imports_follow_the_arrows(part: str, path: Path) -> None:
    """A module imports only what its part may see."""
    assert part in ARROWS, f"{part}: say in ARROWS what this new part may import"
    assert wrong_arrows(part, path) == set()


def test_no_relative_imports() -> None:
    """Imports name the whole path, so that the arrows can be read off them."""
    relative = [
        str(path.relative_to(SOURCE))
        for _, path in modules()
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.ImportFrom) and node.level
    ]
    assert relative == []


def test_an_arrow_that_points_the_wrong_way_is_seen(tmp_path: Path) -> None:
    """The check itself finds a room that reaches into another one."""
    module = tmp_path / "wrong.py"
    module.write_text("def f() -> None:\n    from reportedly.store import base\n", encoding="utf-8")
    assert wrong_arrows("claims", module) == {"store"}


def test_all_exceptions_are_still_needed() -> None:
    """An exception that no module uses any more is removed."""
    used = {(part, name) for part, path in modules() for name in imported_parts(path)}
    assert set(ALLOWED) <= used
