"""Article pages: text, metadata, rights marks, and pages built to hurt."""

from __future__ import annotations

import json
import time
from typing import Any

import pytest

from reportedly.documents import parse
from reportedly.model import Capture, CaptureMeta, Document, Rejected

BODY = """<article class="has-share"><h1>Ten die in Anou raid</h1><div class="share">Share this</div>
<p>Gunmen <b>killed</b> ten soldiers near <a href="/x">Anou</a> on Monday, the army said.</p>
<p>It <span data-nosnippet>did not say who</span> was behind it.<br><br>Residents fled to the river.</p>
<div class="paywall"><p>A group claimed the attack &amp; said it had lost two men.</p></div>
<figure><figcaption>A road</figcaption></figure><aside>Related: other news</aside></article>"""


def page(body: str = BODY, head: str = "", data: dict[str, Any] | None = None) -> str:
    """Build a page around a body."""
    script = f'<script type="application/ld+json">{json.dumps(data)}</script>' if data else ""
    return (
        f'<!doctype html><html lang="en-GB"><head><title>Ten die | The Border Courier</title>{head}{script}</head>'
        f"<body><nav><a href=/>Home</a></nav>{body}<footer>About us</footer></body></html>"
    )


def read(content: str | bytes, **meta: Any) -> Document:
    """Parse a page that has to be readable."""
    found = parse(Capture("p", "p.html", "html", content, CaptureMeta(**meta)))
    assert isinstance(found, Document), found
    return found


def test_text_is_the_article_in_paragraphs() -> None:
    """Navigation, heading, captions and boxes stay out; breaks part paragraphs."""
    assert read(page()).text.split("\n\n") == [
        "Gunmen killed ten soldiers near Anou on Monday, the army said.",
        "It did not say who was behind it.",
        "Residents fled to the river.",
        "A group claimed the attack & said it had lost two men.",
    ]


def test_json_ld_goes_before_other_statements() -> None:
    """Headline, names, dates, language and lock come from the structured data."""
    data = {
        "@graph": [
            {"@type": "WebSite", "name": "x"},
            {
                "@type": ["NewsArticle"],
                "headline": "Raid on Anou",
                "datePublished": "2024-08-12T10:00:00Z",
                "inLanguage": "en",
                "author": [{"name": "A. Writer"}, {"name": "B. Writer"}],
                "publisher": {"name": "The Border Courier"},
                "isAccessibleForFree": "False",
                "license": "https://courier.example/terms",
                "hasPart": {"@type": "WebPageElement", "isAccessibleForFree": False, "cssSelector": ".paywall"},
            },
        ]
    }
    head = '<link rel="canonical" href="https://courier.example/a"><meta property="og:title" content="Other">'
    found = read(page(head=head, data=data))
    assert (found.title, found.publisher, found.author) == (
        "Raid on Anou",
        "The Border Courier",
        "A. Writer, B. Writer",
    )
    assert (found.published, found.language) == ("2024-08-12T10:00:00+00:00", "en")
    assert (found.url, found.rights.licence) == ("https://courier.example/a", "https://courier.example/terms")
    assert found.rights.free is False
    hidden = [found.text[a:b] for a, b in found.rights.no_preview]
    assert hidden == ["did not say who", "A group claimed the attack & said it had lost two men."]
    assert found.access == "full", "the locked part is on the page"


def test_meta_elements_where_no_structured_data_are() -> None:
    """OpenGraph, title and meta elements fill in."""
    head = (
        '<meta property="og:site_name" content="The Border Courier"><meta name="author" content="By A. Writer">'
        '<meta property="article:published_time" content="2024-08-12"><meta property="og:url" content="javascript:x">'
    )
    found = read(page(head=head))
    assert (found.title, found.publisher, found.author) == ("Ten die in Anou raid", "The Border Courier", "A. Writer")
    assert (found.published, found.url) == ("2024-08-12", None)


def test_rights_marks() -> None:
    """Robots directives, text mining reservation, and headers; the page goes before the header."""
    head = (
        '<meta name="robots" content="index, max-snippet:120"><meta name="googlebot" content="noai">'
        '<meta name="tdm-reservation" content="1"><meta name="tdm-policy" content="https://courier.example/tdm.json">'
    )
    headers = (("x-robots-tag", "nosnippet"), ("tdm-reservation", "0"))
    rights = read(page(head=head), headers=headers).rights
    assert (rights.nosnippet, rights.max_snippet, rights.noai) == (True, 120, True)
    assert (rights.tdm_reservation, rights.tdm_policy) == (True, "https://courier.example/tdm.json")
    assert read(page(head='<meta name="robots" content="max-snippet:-1">')).rights.max_snippet is None


def test_locked_page_without_its_rest_is_a_preview() -> None:
    """A page that says it is not free and shows no locked part holds only the lead."""
    data = {"@type": "NewsArticle", "isAccessibleForFree": False}
    assert read(page("<article><p>Ten soldiers died near Anou.</p></article>", data=data)).access == "preview"


def test_stated_share_is_compared_with_the_stated_length() -> None:
    """A page that says 50 % and shows a tenth is flagged."""
    lead = "<p>Ten soldiers died near Anou on Monday, the army said in a note.</p>"
    body = f"<article>{lead}<p>This preview shows 50% of the article.</p></article>"
    found = read(page(body, data={"@type": "NewsArticle", "wordCount": 130}))
    assert "stated_share_differs" in [d.kind for d in found.defects]


def test_article_body_of_the_data_when_the_page_has_none() -> None:
    """The structured body is used where the page shows nothing, and may not be shown where it is locked."""
    text = "Ten soldiers died near Anou. " * 12
    data = {"@type": "NewsArticle", "articleBody": text, "isAccessibleForFree": False}
    found = read(page("<div id=app></div>", data=data))
    assert found.text == text.strip()
    assert found.rights.no_preview == ((0, len(found.text)),)


def test_bytes_are_decoded_as_the_page_declares() -> None:
    """A declared charset holds where the bytes are no UTF-8."""
    content = page("<p>Десять солдат погибли</p>", head='<meta charset="windows-1251">').encode("cp1251")
    assert read(content).text == "Десять солдат погибли"


@pytest.mark.parametrize(
    "content", ["", "<html></html>", "<script>let a = 1</script>", "<body>   </body>", b"\x00\x01\x02" * 99]
)
def test_html_of_nothing_is_rejected(content: str | bytes) -> None:
    """A page without text is named, not returned empty."""
    found = parse(Capture("p", "p.html", "html", content))
    assert isinstance(found, Rejected)
    assert found.fatal
    assert found.where == "p.html"


@pytest.mark.parametrize(
    "content",
    [
        "<div>" * 200_000 + "hi",
        "<b id=1><p>" * 50_000 + "x",
        "<a href='" + "x" * 3_000_000 + "'>hi</a>",
        "<table>" * 100_000 + "hi",
        "<p>" * 200_000,
        "<br>" * 200_000 + "x",
        "<!--" * 300_000 + "hi",
        "<" * 500_000,
        "<i x=1><i x=2><p>hey" * 900,
        "<svg><p>" * 5000,
        "<a><b><i>" * 600 + "<p>x</p>" * 1000,
        '<script type="application/ld+json">' + "[" * 100_000 + "</script><p>hi",
    ],
    ids=range(12),
)
def test_hostile_pages_neither_crash_nor_hang(content: str) -> None:
    """Depth, attributes and comments without end take seconds at most."""
    start = time.process_time()
    parse(Capture("p", "p", "html", content))
    assert time.process_time() - start < 5
