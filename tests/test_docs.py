"""The documentation agrees with the program: generated pages are fresh, links lead somewhere, everything is named."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import fields
from pathlib import Path

import pytest
import yaml

import gen_docs
from reportedly.knowledge.ontology import load_ontology
from reportedly.settings import Settings
from reportedly.version import VERSION

ROOT = Path(__file__).resolve().parent.parent
LINK = re.compile(r"\]\(([^)\s]+)\)")
README_LINES = 90


@pytest.fixture(scope="module")
def generated() -> Mapping[str, str]:
    """All pages as they would be generated now."""
    pages: Mapping[str, str] = gen_docs.pages()
    return pages


def hand_written_and_generated() -> Iterator[Path]:
    """Yield every Markdown page of the project."""
    yield from sorted(ROOT.glob("*.md"))
    yield from sorted((ROOT / "docs").rglob("*.md"))


def test_generated_pages_are_fresh(generated: Mapping[str, str]) -> None:
    """`make docs` would change nothing."""
    assert gen_docs.stale(generated) == [], "run `make docs`"


def test_generated_pages_do_not_depend_on_the_run(generated: Mapping[str, str]) -> None:
    """Generating again gives the same bytes."""
    assert gen_docs.pages() == generated


@pytest.mark.parametrize(
    "page", [pytest.param(page, id=str(page.relative_to(ROOT))) for page in hand_written_and_generated()]
)
def test_links_lead_somewhere(page: Path) -> None:
    """Every link within the project names a file that is there."""
    targets = [link.split("#")[0] for link in LINK.findall(page.read_text(encoding="utf-8")) if "://" not in link]
    missing = [target for target in targets if target and not (page.parent / target).exists()]
    assert missing == []


def test_every_event_type_is_documented(generated: Mapping[str, str]) -> None:
    """The list of event types names each of them."""
    index = generated["docs/ontology/index.md"]
    assert [key for key in load_ontology(ROOT / "src/reportedly/knowledge/data") if f"`{key}`" not in index] == []


def test_every_setting_is_documented(generated: Mapping[str, str]) -> None:
    """The reference names each setting and says what it means."""
    page = generated["docs/reference/settings.md"]
    assert [one.name for one in fields(Settings) if f"`{one.name}`" not in page] == []
    assert [one.name for one in fields(Settings) if not one.metadata.get("help")] == []


def test_every_command_has_help_and_an_example(generated: Mapping[str, str]) -> None:
    """A command without help or without an example is not finished."""
    sections = re.split(r"^## ", generated["docs/reference/cli.md"], flags=re.MULTILINE)[1:]
    commands = [section for section in sections if "COMMAND ..." not in section]
    without = [section.splitlines()[0] for section in commands if section.count("```") < 4]
    assert without == []


def test_commands_in_the_readme_exist(generated: Mapping[str, str]) -> None:
    """Every `reportedly X` of the README, the quick start and the how-tos is a command, and every `make X` a target."""
    pages = [ROOT / "README.md", ROOT / "docs/quickstart.md", *sorted((ROOT / "docs/howto").glob("*.md"))]
    text = "".join(page.read_text("utf-8") for page in pages)
    groups = r"(?:knowledge import [a-z-]+|(?:knowledge|config) [a-z]+|[a-z]+)"
    commands = set(re.findall(rf"^(?:\$ )?reportedly ({groups})", text, flags=re.MULTILINE))
    assert [name for name in commands if f"## reportedly {name}\n" not in generated["docs/reference/cli.md"]] == []
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text("utf-8"), flags=re.MULTILINE))
    assert set(re.findall(r"^(?:\$ )?make ([a-z-]+)", text, flags=re.MULTILINE)) <= targets


def test_readme_stays_on_one_screen() -> None:
    """The README is short; what does not fit belongs into docs/."""
    assert len((ROOT / "README.md").read_text("utf-8").splitlines()) <= README_LINES


def test_version_is_the_same_everywhere() -> None:
    """Package, program, citation and changelog name one version."""
    assert f'version = "{VERSION}"' in (ROOT / "pyproject.toml").read_text("utf-8")
    assert yaml.safe_load((ROOT / "CITATION.cff").read_text("utf-8"))["version"] == VERSION
    assert f"## {VERSION}" in (ROOT / "CHANGELOG.md").read_text("utf-8")


def test_decisions_are_numbered_without_gaps() -> None:
    """Decision records have the numbers 1 to n and say status, context, decision and cost."""
    pages = sorted((ROOT / "docs" / "decisions").glob("[0-9]*.md"))
    assert [int(page.name[:4]) for page in pages] == list(range(1, len(pages) + 1))
    for page in pages:
        text = page.read_text("utf-8")
        assert all(f"## {part}" in text for part in ("Context", "Decision", "What we gave up")), page.name
        assert "Status:" in text, page.name


def test_glossary_covers_the_words_of_the_contract() -> None:
    """Every closed set of values in the schema is explained on the concepts page."""
    concepts = (ROOT / "docs" / "concepts.md").read_text("utf-8")
    from typing import get_args

    from reportedly.model.attribution import Stance
    from reportedly.model.claim import Modality

    assert [value for value in (*get_args(Stance), *get_args(Modality)) if f"`{value}`" not in concepts] == []
