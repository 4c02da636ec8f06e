"""The shipped sample: every file can be read, the forms and registers are there, nothing points at a real site."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

SAMPLE = Path(__file__).resolve().parent.parent / "src" / "reportedly" / "sample"
ADDRESS = re.compile(r"https?://([^/\s\"<]+)|@([a-z.-]+\.[a-z]+)\b")
VOCABULARIES = {"schema.org", "purl.org"}


def articles() -> list[dict[str, str]]:
    """Read the neutral form."""
    lines = (SAMPLE / "sample.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines]


def test_articles_have_all_fields() -> None:
    """Each article of the neutral form has an id of its own and says where and when it appeared."""
    found = articles()
    assert len({article["id"] for article in found}) == len(found) >= 18
    for article in found:
        assert all(article[key] for key in ("id", "text", "title", "publisher", "published", "url")), article["id"]


@pytest.mark.parametrize("path", sorted(SAMPLE.iterdir()), ids=lambda path: path.name)
def test_no_address_is_real(path: Path) -> None:
    """All addresses end in `.example`, which can belong to nobody."""
    hosts = {one or two for one, two in ADDRESS.findall(path.read_text(encoding="utf-8"))}
    assert {host for host in hosts if not host.endswith(".example")} <= VOCABULARIES


def test_forms() -> None:
    """The sample holds each kind of file that a newcomer would bring."""
    assert {path.suffix for path in SAMPLE.iterdir()} >= {".jsonl", ".html", ".txt", ".eml", ".xml"}


def test_preview_repeats_paragraphs_out_of_order() -> None:
    """The magazine preview holds two paragraphs twice, and a footer that states its share."""
    text = (SAMPLE / "lakeside-review-preview.txt").read_text(encoding="utf-8")
    paragraphs = [part.strip() for part in text.split("\n\n")]
    repeated = [part for part in dict.fromkeys(paragraphs) if paragraphs.count(part) == 2]
    assert len(repeated) == 2
    first, second = (paragraphs.index(part) for part in repeated)
    assert paragraphs[first + 1 :].index(repeated[0]) > paragraphs[second + 1 :].index(repeated[1])
    assert "approximately 20% of the article" in text


def test_reprint_is_nearly_the_wire_report() -> None:
    """One article is the wire report of another outlet, cut at the end."""
    texts = {article["id"]: article["text"] for article in articles()}
    assert texts["sokolo-wire"].startswith(texts["sokolo-reprint"])
