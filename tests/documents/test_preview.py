"""Previews: never over budget, whole sentences from the opening, the page's marks kept to."""

from __future__ import annotations

import random
from dataclasses import fields, replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reportedly.documents import count_words, parse, preview
from reportedly.errors import UsageError
from reportedly.model import Capture, CaptureMeta, Document, PreviewNote, Rights
from reportedly.model.preview import Preview

SENTENCES = [
    f"On day {n} the army said that {n} men had died near the town of Anou{' in the far north' * (n % 3)}."
    for n in range(40)
]
TEXT = "\n\n".join(" ".join(SENTENCES[i : i + 4]) for i in range(0, 40, 4))


def document(text: str = TEXT, **meta: str) -> Document:
    """Parse a text given as JSONL would give it."""
    found = parse(Capture("doc-1", "doc-1", "text", text, CaptureMeta(**meta)))  # type: ignore[arg-type]
    assert isinstance(found, Document)
    return found


def test_fields_are_the_contract_s() -> None:
    """Names and order of section 4."""
    assert [field.name for field in fields(Preview)] == [
        "document",
        "title",
        "publisher",
        "author",
        "published",
        "url",
        "excerpt",
        "words_shown",
        "words_total",
        "words_total_basis",
        "share",
        "stated_share",
        "footer",
        "links",
    ]


def test_default_preview_of_an_article() -> None:
    """Fifteen percent of the words at most, from the opening, with the way to the publisher."""
    shown = preview(
        document(title="T", publisher="The Border Courier", url="https://courier.example/a?utm_source=x&id=4")
    )
    assert TEXT.startswith(shown.excerpt)
    assert shown.words_shown == count_words(shown.excerpt) <= 0.15 * shown.words_total
    assert (shown.words_total, shown.words_total_basis) == (count_words(TEXT), "counted")
    assert shown.footer == "Continue reading at The Border Courier"
    assert shown.url == "https://courier.example/a?id=4"
    assert [link.rel for link in shown.links] == ["canonical", "text-fragment"]
    assert shown.links[1].url.startswith("https://courier.example/a?id=4#:~:text=On%20day%200%20the")


@given(st.floats(0, 1), st.integers(0, 400), st.integers(1, 40), st.integers())
@settings(max_examples=300, deadline=None)
def test_never_over_budget(share: float, most: int, length: int, seed: int) -> None:
    """Whatever share and length are asked for, the words shown stay within both."""
    rng = random.Random(seed)
    text = "\n\n".join(" ".join(rng.sample(SENTENCES, rng.randint(1, 6))) for _ in range(length))
    shown = preview(document(text), share=share, max_words=most)
    assert shown.words_shown == count_words(shown.excerpt)
    assert shown.words_shown <= min(most, share * shown.words_total + 1e-6)


@given(st.text(max_size=300), st.floats(0, 1))
@settings(max_examples=100, deadline=None)
def test_any_text_has_a_preview_within_budget(text: str, share: float) -> None:
    """No text breaks the preview."""
    found = parse(Capture("d", "d", "text", text))
    if isinstance(found, Document):
        shown = preview(found, share=share)
        assert count_words(shown.excerpt) <= max(0, share * shown.words_total + 1e-6)


def test_repeats_count_once_and_boilerplate_never_enters() -> None:
    """A doubled page has the words of the single one."""
    doubled = document(f"{TEXT}\n\n{TEXT}\n\nShare this article\n\nSubscribe to continue reading")
    shown = preview(doubled, share=1, max_words=10_000)
    assert shown.words_shown == count_words(TEXT)
    assert "Subscribe" not in shown.excerpt


def test_a_preview_page_is_measured_against_the_whole_article() -> None:
    """The stated share gives the whole length, as an estimate, and is never taken twice."""
    shown = preview(document(f"{TEXT}\n\nThis preview shows approximately 25% of the article."))
    assert shown.words_total == count_words(TEXT) * 4
    assert (shown.words_total_basis, shown.stated_share) == ("estimate", 0.25)
    unknown = preview(document(f"{TEXT}\n\nRead the full article"))
    assert (unknown.words_total, unknown.words_total_basis) == (count_words(TEXT), "held")


@pytest.mark.parametrize(
    "rights", [Rights(nosnippet=True), Rights(max_snippet=0), Rights(max_snippet=3), Rights(no_preview=((0, 5),))]
)
def test_the_page_s_marks_leave_title_and_link(rights: Rights) -> None:
    """nosnippet, max-snippet and locked parts are kept to."""
    shown = preview(replace(document(url="https://courier.example/a"), rights=rights), share=1)
    assert (shown.excerpt, shown.words_shown) == ("", 0)
    assert shown.links[0].url == "https://courier.example/a"


def test_max_snippet_counts_characters() -> None:
    """The excerpt stays within the characters that the page allows."""
    shown = preview(replace(document(), rights=Rights(max_snippet=150)), share=1)
    assert 0 < len(shown.excerpt) <= 150


def test_text_behind_the_lock_is_never_shown() -> None:
    """The excerpt ends where the locked part begins."""
    lock = TEXT.index("On day 2")
    shown = preview(replace(document(), rights=Rights(no_preview=((lock, len(TEXT)),))), share=1)
    assert shown.excerpt == TEXT[:lock].strip()


@pytest.mark.parametrize(
    "text",
    [
        "One sentence of an article about a town.",
        "Ten killed in raid\nArmy denies role\nUN condemns attack",
        "他说十人死亡。军队否认。",
        "قال الجيش إن عشرة جنود قتلوا. هل هذا صحيح؟ نعم.",
    ],
)
def test_share_zero_and_one(text: str) -> None:
    """Nothing and everything, for texts of all shapes."""
    assert preview(document(text), share=0).excerpt == ""
    shown = preview(document(text), share=1)
    assert shown.words_shown == shown.words_total == count_words(text)
    assert shown.share == 1.0


def test_a_short_opening_of_a_paragraph_that_does_not_fit_is_left_out() -> None:
    """A stray short sentence at the end teases and says nothing."""
    text = (
        "The army said that ten of its men had died near the town of Anou. It gave no names.\n\n"
        "But why? Residents of the town say that the convoy had been warned twice before it left the base."
    )
    assert not preview(document(text), share=0.6).excerpt.endswith("why?")
    assert preview(document(text), share=0.6, min_tail_words=0).excerpt.endswith("why?")


@pytest.mark.parametrize("wrong", [{"share": 1.5}, {"share": -0.1}, {"max_words": -1}])
def test_impossible_budgets_are_refused(wrong: dict[str, float]) -> None:
    """A wrong request is the caller's error, with a hint."""
    with pytest.raises(UsageError):
        preview(document(), **wrong)  # type: ignore[arg-type]


def test_stated_share_is_kept_when_unreal() -> None:
    """A stated share of a document is reported as stated."""
    found = replace(document(), access="preview", preview=PreviewNote(0.5, "X"))
    assert preview(found).stated_share == 0.5


@pytest.mark.parametrize("url", ["javascript:alert(1)", "file:///etc/passwd", "not a url", "http://[bad"])
def test_only_web_addresses_become_links(url: str) -> None:
    """A hostile address never becomes a link."""
    shown = preview(document(url=url))
    assert (shown.url, shown.links) == (None, ())
