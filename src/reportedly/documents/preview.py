"""Room 2, documents: a preview that publishers can live with. Door: `preview(document)`.

Whole sentences from the opening, in document order, within a budget of words; repeats count once, boilerplate never
enters, marks of the page (nosnippet, max-snippet, locked parts) are kept to.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from math import floor
from urllib.parse import parse_qsl, quote, urlencode, urlsplit, urlunsplit

from reportedly.documents.words import count_words
from reportedly.errors import UsageError
from reportedly.model.document import Document
from reportedly.model.preview import Preview, PreviewLink, WordsBasis

SHARE = 0.15
MAX_WORDS = 200
MIN_TAIL_WORDS = 8
_TRACKING = re.compile(
    r"utm_\w+|fbclid|gclid|dclid|yclid|msclkid|mc_[ce]id|igshid|ref_?src|cmpid|smid|ocid|xtor|s_cid|_ga|_gl|wt_mc|at_\w+",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class _Sentence:
    """A whole sentence of the body: its span, words, and whether it opens or closes its paragraph."""

    start: int
    end: int
    words: int
    paragraph: int
    opens: bool
    closes: bool


def preview(
    document: Document, *, share: float = SHARE, max_words: int = MAX_WORDS, min_tail_words: int = MIN_TAIL_WORDS
) -> Preview:
    """Return the opening of a document within min(share of its words, `max_words`, what the page allows).

    A last sentence shorter than `min_tail_words` that opens a paragraph which does not fit is left out.
    """
    if not 0 <= share <= 1:
        raise UsageError(f"share {share} is out of range", hint="give a number from 0 to 1, such as 0.15")
    if max_words < 0:
        raise UsageError(f"max-words {max_words} is negative", hint="give a number of words, such as 200")
    sentences = list(_sentences(document))
    total, basis = _total(document, sum(sentence.words for sentence in sentences))
    budget = min(floor(share * total + 1e-9), max_words)
    shown = _without_tail(_fitting(document, sentences, budget), min_tail_words)
    excerpt = _excerpt(document.text, shown)
    words = sum(sentence.words for sentence in shown)
    url = clean_url(document.url)
    return Preview(
        document=document.id,
        title=document.title,
        publisher=document.publisher,
        author=document.author,
        published=document.published,
        url=url,
        excerpt=excerpt,
        words_shown=words,
        words_total=total,
        words_total_basis=basis,
        share=round(words / total, 4) if total else 0.0,
        stated_share=document.preview.stated_share if document.preview else None,
        footer=f"Continue reading at {_publisher(document, url)}",
        links=_links(document, shown, url),
    )


def _sentences(document: Document) -> Iterator[_Sentence]:
    """Yield the sentences of the body; headings and everything that is not the article's own are left out."""
    spans: dict[int, list[int]] = {}
    for part in document.segments:
        span = spans.setdefault(part.sentence, [part.start, part.end, part.paragraph])
        span[1] = part.end
    whole = [(start, end, paragraph) for start, end, paragraph in spans.values()]
    for number, (start, end, paragraph) in enumerate(whole):
        if document.paragraphs[paragraph].kind != "body":
            continue
        yield _Sentence(
            start=start,
            end=end,
            words=count_words(document.text[start:end]),
            paragraph=paragraph,
            opens=number == 0 or whole[number - 1][2] != paragraph,
            closes=number + 1 == len(whole) or whole[number + 1][2] != paragraph,
        )


def _total(document: Document, held: int) -> tuple[int, WordsBasis]:
    """Return how long the whole article is and how that is known: never a share of a share in silence."""
    if document.access == "full":
        return held, "counted"
    stated = document.preview.stated_share if document.preview else None
    if stated:
        return max(held, round(held / stated)), "estimate"
    return held, "held"


def _fitting(document: Document, sentences: list[_Sentence], budget: int) -> list[_Sentence]:
    """Return the longest run of sentences from the opening that stays within every limit."""
    rights = document.rights
    if rights.nosnippet or rights.max_snippet == 0:
        return []
    shown: list[_Sentence] = []
    words = characters = 0
    for sentence in sentences:
        if any(start < sentence.end and sentence.start < end for start, end in rights.no_preview):
            break
        words += sentence.words
        joint = 0 if not shown else (1 if shown[-1].paragraph == sentence.paragraph else 2)
        characters += joint + len(_squeezed(document.text[sentence.start : sentence.end]))
        if words > budget or (rights.max_snippet is not None and characters > rights.max_snippet):
            break
        shown.append(sentence)
    # signs without a word at the end ("—") add nothing to a preview without words
    return shown if any(sentence.words for sentence in shown) else []


def _without_tail(shown: list[_Sentence], least: int) -> list[_Sentence]:
    """Drop a short last sentence that opens a paragraph whose rest is not shown."""
    last = shown[-1] if len(shown) > 1 else None
    return shown[:-1] if last and last.opens and not last.closes and last.words < least else shown


def _excerpt(text: str, shown: list[_Sentence]) -> str:
    """Return the sentences as paragraphs; line breaks of the source become spaces."""
    paragraphs: dict[int, list[str]] = {}
    for sentence in shown:
        paragraphs.setdefault(sentence.paragraph, []).append(_squeezed(text[sentence.start : sentence.end]))
    return "\n\n".join(" ".join(sentences) for sentences in paragraphs.values())


def _squeezed(words: str) -> str:
    return " ".join(words.split())


# The way to the publisher -------------------------------------------------------------------------------------------


def clean_url(url: str | None) -> str | None:
    """Return a web address without tracking parameters and fragment; None for anything that is no web address.

    >>> clean_url("https://courier.example/a?id=4&utm_source=x#top")
    'https://courier.example/a?id=4'
    """
    try:
        parts = urlsplit((url or "").strip())
    except ValueError:
        return None
    if parts.scheme not in ("http", "https") or not parts.netloc:
        return None
    query = [(k, v) for k, v in parse_qsl(parts.query, keep_blank_values=True) if not _TRACKING.fullmatch(k)]
    kept = parts.query if len(query) == len(parse_qsl(parts.query, keep_blank_values=True)) else urlencode(query)
    return urlunsplit((parts.scheme, parts.netloc, parts.path, kept, ""))


def _publisher(document: Document, url: str | None) -> str:
    """Return who publishes the article, by name, else by address."""
    if document.publisher:
        return document.publisher
    return urlsplit(url).netloc.removeprefix("www.") if url else "the publisher"


def _links(document: Document, shown: list[_Sentence], url: str | None) -> tuple[PreviewLink, ...]:
    """Return the canonical link, and one that opens the page at the words shown."""
    if url is None:
        return ()
    name = _publisher(document, url)
    links = [PreviewLink("canonical", f"Continue reading at {name}", url)]
    if shown:
        links.append(PreviewLink("text-fragment", f"Find these words at {name}", _fragment(document, shown[0], url)))
    return tuple(links)


def _fragment(document: Document, sentence: _Sentence, url: str) -> str:
    """Return the address with a text fragment for the first and last words of a sentence."""
    words = _squeezed(document.text[sentence.start : sentence.end]).split()
    if len(words) <= 8:
        return f"{url}#:~:text={_escaped(' '.join(words))}"
    return f"{url}#:~:text={_escaped(' '.join(words[:4]))},{_escaped(' '.join(words[-4:]))}"


def _escaped(words: str) -> str:
    """Escape words for a text fragment, where hyphen and comma have a meaning of their own."""
    return quote(words, safe="").replace("-", "%2D")
