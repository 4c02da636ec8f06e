"""What holds for every text: quotes slice back, ids and bytes are stable, bounds are in order, and nothing raises.

Texts are mixed from the sentences of our own articles, cut, glued and sprinkled with what real files hold: other
scripts, emoji, combining marks, control characters, other line ends.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from reportedly.contract import dumps, extract_line
from reportedly.engine import LocalEngine, ProcessEngine
from reportedly.engine.reading import LineJob, ReadJob
from reportedly.errors import InputError
from reportedly.model import Document
from reportedly.pipeline import BOOKS, Reader, document_from_text, load_reader
from reportedly.settings import Settings

SYNTHETIC = Path(__file__).parent / "synthetic"
ARTICLES = {path.stem: yaml.safe_load(path.read_text(encoding="utf-8")) for path in sorted(SYNTHETIC.glob("*.yml"))}
SENTENCES = sorted({part for data in ARTICLES.values() for part in data["text"].replace("\n", " ").split(". ") if part})
GLUE = (". ", ".\n\n", ".\r\n\r\n", ", ", "; ", " \t", "\n", " — ", "” “", ".\u2028", "\x0b", "\xa0", " \u200b")
SPRINKLES = (
    "🚑", "👨‍👩‍👧", "مقتل ١٢ جنديا", "\u202e\u202c", "убито 12 военных", "e\u0301\u0323", "ﬁ", "ß", "İ", "\ufeff",
    "\x00", "“", "(",
    "<b>", "&amp;", "1,000,000", "2024-07-27", "84", "½", "Ⅻ", "-", "—", "...", "’s", "\ud7ff", "𝟏𝟐 𝐤𝐢𝐥𝐥𝐞𝐝",
)  # fmt: skip
SLOW = settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow], derandomize=True)


@lru_cache(maxsize=1)
def reader() -> Reader:
    """Load the real reader once; no fixture, so that a failing example is not printed with all it knows."""
    return load_reader()


@st.composite
def texts(draw: st.DrawFn) -> str:
    """Draw a text of a few sentences, mutated."""
    parts: list[str] = []
    for _ in range(draw(st.integers(1, 5))):
        sentence = draw(st.sampled_from(SENTENCES))
        match draw(st.integers(0, 4)):
            case 0:
                sentence = sentence[: draw(st.integers(0, len(sentence)))]
            case 1:
                at = draw(st.integers(0, len(sentence)))
                sentence = sentence[:at] + draw(st.sampled_from(SPRINKLES)) + sentence[at:]
            case 2:
                sentence = sentence.upper() if draw(st.booleans()) else sentence.lower()
        parts += [sentence, draw(st.sampled_from(GLUE))]
    return "".join(parts)


def document(text: str, name: str = "doc", published: str | None = "2024-08-20") -> Document | None:
    """Make a document, or None of a text that holds nothing."""
    try:
        return document_from_text(text, id=name, published=published)
    except InputError:
        return None


def line(read_by: Reader, made: Document, *, books: tuple[str, ...] = ()) -> str:
    """Return the line that `extract` prints."""
    found = read_by.extract(made, books=books, mentions=True)
    return dumps(extract_line(found, books=books, mentions=True, with_text=True))


def spans(value: Any) -> Iterator[tuple[int, int, str]]:
    """Yield everything in the output that points into the text."""
    if isinstance(value, dict):
        quote = value.get("quote", value.get("text"))
        if isinstance(value.get("start"), int) and isinstance(quote, str):
            yield value["start"], value["end"], quote
        for part in value.values():
            yield from spans(part)
    elif isinstance(value, list):
        for part in value:
            yield from spans(part)


def tolls(found: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Yield all figures of a line."""
    for claim in found["claims"]:
        yield from claim["tolls"]
    yield from found["mentions"]["quantities"]


# ------------------------------------------------------------------------------------------------------ every text


@SLOW
@given(text=texts(), dated=st.booleans())
def test_quotes_slice_back_and_bounds_are_in_order(text: str, dated: bool) -> None:
    made = document(text, published="2024-08-20" if dated else None)
    if made is None:
        return
    found = json.loads(line(reader(), made, books=BOOKS))
    assert found["text"] == text
    found.pop("text")
    assert [s for s in spans(found) if text[s[0] : s[1]] != s[2] or not 0 <= s[0] <= s[1] <= len(text)] == []
    for toll in tolls(found):
        known = [toll[key] for key in ("low", "best", "high") if toll[key] is not None]
        assert known == sorted(known)
    for claim in found["claims"]:
        assert 0 <= claim["confidence"] <= 1
        when = claim["when"]
        if when and when["earliest"] and when["latest"]:
            assert when["earliest"] <= when["latest"]
        if not dated and when:
            assert when["basis"] != "publication"


@SLOW
@given(text=texts())
def test_what_points_at_claims_points_at_claims_that_are_there(text: str) -> None:
    made = document(text)
    if made is None:
        return
    found = json.loads(line(reader(), made, books=BOOKS))
    ids = [claim["id"] for claim in found["claims"]]
    assert len(ids) == len(set(ids))
    assert {name for incident in found["incidents"] for name in incident["claims"]} <= set(ids)
    assert {name for rows in found["codings"].values() for row in rows for name in row["_claims"]} <= set(ids)
    for claim in found["claims"]:
        own = {toll["id"] for toll in claim["tolls"]}
        assert {toll["part_of"] for toll in claim["tolls"]} <= own | {None}
        assert claim["attribution"] == [] or claim["claimant"] == claim["attribution"][-1]
        assert (claim["claimant"] is None) == (claim["attribution"] == []) or claim["claimant_kind"] != "outlet"


@settings(SLOW, max_examples=60)
@given(text=st.text(st.characters(exclude_categories=["Cs"]), max_size=400))
def test_any_text_is_read_or_refused(text: str) -> None:
    made = document(text)
    if made is None:
        return
    found = json.loads(line(reader(), made))
    assert [s for s in spans(found["claims"]) if text[s[0] : s[1]] != s[2]] == []


@pytest.mark.parametrize("text", ["", " \n\t ", "\ud800 soldiers killed 12 people", "\udfff"])
def test_what_is_no_text_is_refused_with_a_reason(text: str) -> None:
    with pytest.raises(InputError, match=r"no text|surrogate"):
        document_from_text(text)


@pytest.mark.parametrize("name", ["\x00", "\x00\x00\x00"])
def test_null_characters_stay_in_the_text(name: str) -> None:
    text = f"Gunmen killed 12 soldiers{name} near Gao on Monday."
    found = json.loads(line(reader(), document_from_text(text)))
    assert found["text"] == text
    assert [s for s in spans(found["claims"]) if text[s[0] : s[1]] != s[2]] == []


# --------------------------------------------------------------------------------------------- the same, every time


def articles() -> list[Document]:
    """Return the golden articles as documents."""
    return [
        document_from_text(data["text"], id=name, title=data["title"], published=data.get("published"))
        for name, data in ARTICLES.items()
    ]


@pytest.fixture(scope="module")
def lines() -> dict[str, str]:
    """Read every golden article alone."""
    return {made.id: line(reader(), made) for made in articles()}


@settings(SLOW, max_examples=3)
@given(order=st.permutations(range(len(ARTICLES))))
def test_order_and_company_do_not_matter(lines: dict[str, str], order: list[int]) -> None:
    made = articles()
    assert [line(reader(), made[n]) for n in order] == [lines[made[n].id] for n in order]


@pytest.mark.parametrize("jobs", [0, 1, 2, 3])
def test_engines_and_process_counts_do_not_matter(lines: dict[str, str], jobs: int) -> None:
    engine = ProcessEngine(jobs) if jobs else LocalEngine()
    job = LineJob(ReadJob(Settings()), mentions=True, with_text=True)
    read = [item.text if hasattr(item, "text") else str(item) for item in engine.map(job, articles())]
    assert read == list(lines.values())


def test_a_second_reader_gives_the_same(lines: dict[str, str]) -> None:
    other = load_reader()
    assert {made.id: line(other, made) for made in articles()[:4]}.items() <= lines.items()


def test_nothing_of_the_machine_is_in_the_output(lines: dict[str, str]) -> None:
    for text in lines.values():
        assert str(Path.home()) not in text
        assert str(SYNTHETIC) not in text


def test_asking_for_mentions_and_books_changes_no_claim() -> None:
    for made in articles():
        plain = reader().extract(made)
        assert reader().extract(made, books=BOOKS, mentions=True).claims == plain.claims


def test_the_title_moves_no_offset() -> None:
    for name, data in ARTICLES.items():
        bare = document_from_text(data["text"], id=name, published=data.get("published"))
        found = json.loads(line(reader(), bare))
        assert [s for s in spans(found["claims"]) if data["text"][s[0] : s[1]] != s[2]] == []
