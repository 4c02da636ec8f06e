"""The door `parse`: encodings, PDF, dates, languages, and content that is none."""

from __future__ import annotations

import hashlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reportedly.documents import parse
from reportedly.documents.dates import normalised_date
from reportedly.documents.decode import Decoded, decode
from reportedly.documents.language import detect, normalised
from reportedly.model import Capture, CaptureMeta, Document, Rejected

MEDIA = ["text", "markdown", "html", "pdf"]


def pdf_of(*pages: str) -> bytes:
    """Write a small PDF with one line of text per line of each page."""
    objects = [b"<</Type/Catalog/Pages 2 0 R>>", b"", b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"]
    kids = []
    for text in pages:
        lines = "".join(f"({line}) Tj 0 -14 Td " for line in text.split("\n"))
        stream = f"BT /F1 11 Tf 40 760 Td {lines} ET".encode("latin-1")
        objects.append(b"<</Length %d>>stream\n%s\nendstream" % (len(stream), stream))
        page = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Contents %d 0 R/Resources<</Font<</F1 3 0 R>>>>>>"
        objects.append(page % len(objects))
        kids.append(b"%d 0 R" % len(objects))
    objects[1] = b"<</Type/Pages/Kids[%s]/Count %d>>" % (b" ".join(kids), len(kids))
    out, places = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj%s endobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    start = len(out)
    size = len(objects) + 1
    out += b"xref\n0 %d\n0000000000 65535 f \n%strailer<</Size %d/Root 1 0 R>>\n" % (size, table, size)
    return out + b"startxref\n%d\n%%%%EOF" % start


def read(content: str | bytes, media: str = "text", **meta: str) -> Document:
    """Parse content that has to be readable."""
    found = parse(Capture("d", "d", media, content, CaptureMeta(**meta)))  # type: ignore[arg-type]
    assert isinstance(found, Document), found
    return found


@given(st.binary(max_size=3000), st.sampled_from(MEDIA))
@settings(max_examples=200, deadline=None)
def test_parse_never_raises_on_bytes(content: bytes, media: str) -> None:
    """Random bytes are a document or a reason."""
    found = parse(Capture("d", "d", media, content))
    assert isinstance(found, Rejected) or found.text


@given(st.text(max_size=500), st.sampled_from(MEDIA))
@settings(max_examples=150, deadline=None)
def test_text_is_never_changed_and_layers_slice_it(content: str, media: str) -> None:
    """Given text comes back as given; every layer lies within it."""
    found = parse(Capture("d", "d", media, content))
    if isinstance(found, Rejected):
        return
    if media in ("text", "markdown"):
        assert found.text == content
    assert found.sha256 == hashlib.sha256(found.text.encode()).hexdigest()
    for layer in (found.paragraphs, found.segments, found.defects):
        assert all(0 <= item.start <= item.end <= len(found.text) for item in layer)


@pytest.mark.parametrize(
    "content", ["", "  \n ", "half \ud800 a pair", b"", b"\x00\x01\x02\x03" * 500, b"\xcf\xe8\xf8" * 40]
)
def test_what_is_no_text_is_rejected_with_a_reason(content: str | bytes) -> None:
    """Empty, broken and binary content is named and counts as unreadable."""
    found = parse(Capture("d", "in/d.txt", "text", content))
    assert isinstance(found, Rejected)
    assert found.fatal
    assert found.where == "in/d.txt"
    assert found.reason


@pytest.mark.parametrize(
    ("content", "text", "guessed"),
    [
        ("Ménaka".encode(), "Ménaka", False),
        ("Ménaka".encode("utf-8-sig"), "Ménaka", False),
        ("Ten men in Ménaka".encode("utf-16"), "Ten men in Ménaka", False),
        ("Ten men in Anou".encode("utf-16-le"), "Ten men in Anou", True),
        ("The “army” said ten men died in Ménaka".encode("cp1252"), "The “army” said ten men died in Ménaka", True),
        ("Ménaka, Goïta, Sévaré and more é".encode() + b" \xe9", "Ménaka, Goïta, Sévaré and more é \ufffd", True),
        (
            b"a stray \x00 sign in a long enough text of the army, which goes on for a while and then some more" * 2,
            "a stray \x00 sign in a long enough text of the army, which goes on for a while and then some more" * 2,
            False,
        ),
    ],
)
def test_encodings(content: bytes, text: str, guessed: bool) -> None:
    """Marks and UTF-8 are sure; anything else is reported as a guess."""
    found = decode(content)
    assert isinstance(found, Decoded)
    assert (found.text, found.note is not None) == (text, guessed)


def test_guessed_encoding_is_a_defect() -> None:
    """The reader of the output learns that the text was guessed."""
    found = read("The “army” said ten men died in Ménaka.".encode("cp1252"))
    assert [d.kind for d in found.defects] == ["encoding"]


def test_declared_charset_of_the_container() -> None:
    """A mail or response may say how its bytes are written."""
    assert read("Десять человек".encode("koi8-r"), charset="koi8-r").text == "Десять человек"
    assert read("Ménaka is a town".encode("latin-1"), charset="no-such").text == "Ménaka is a town"


def test_pdf_pages_lines_and_hyphens() -> None:
    """Lines of a page are one paragraph, a sentence may cross pages, hyphens stay."""
    first = (
        "The army said on Monday that ten of its soldiers had died when a con-\n"
        "voy was hit near the border town of Anou. It gave no further details of"
    )
    found = read(pdf_of(first, "the clash. Residents fled."), "pdf")
    sentences = [" ".join(found.text[s.start : s.end].split()) for s in found.segments]
    assert sentences[0].startswith("The army said on Monday") and "con-" in sentences[0]  # noqa: PT018
    assert sentences[1:] == ["It gave no further details of the clash.", "Residents fled."]


@pytest.mark.parametrize("content", [b"%PDF-1.4 broken", pdf_of(""), pdf_of("a")[:200]])
def test_pdf_without_text_is_rejected(content: bytes) -> None:
    """Broken and scanned files say what to do."""
    assert isinstance(parse(Capture("d", "d.pdf", "pdf", content)), Rejected)


@pytest.mark.parametrize(
    ("stated", "iso"),
    [
        ("2024-08-12", "2024-08-12"),
        ("2024-08-12T10:00:00Z", "2024-08-12T10:00:00+00:00"),
        ("2024-08-12 10:00:00 +0200", "2024-08-12T10:00:00+02:00"),
        ("2024-08-12T10:00:00.123456-05:00", "2024-08-12T10:00:00-05:00"),
        ("20240812", "2024-08-12"),
        ("20240812T101500Z", "2024-08-12T10:15:00+00:00"),
        ("Mon, 12 Aug 2024 10:00:00 GMT", "2024-08-12T10:00:00+00:00"),
        ("12 August 2024", "2024-08-12"),
        ("12th Aug. 2024", "2024-08-12"),
        ("Monday, August 12, 2024", "2024-08-12"),
        ("Published: Aug 12 2024", "2024-08-12"),
        ("04 FEB 1990", "1990-02-04"),
        ("12.08.2024", "2024-08-12"),
        ("25/12/2024", "2024-12-25"),
        ("12/25/2024", "2024-12-25"),
        ("2024/8/2", "2024-08-02"),
        ("2024-8-2", "2024-08-02"),
        ("Updated: 2024-08-02", "2024-08-02"),
        ("2024-8-2/2024-8-9", None),
        ("2024/08/02 - 2024/08/09", None),
        ("2024-8/2", None),
        ("1723457700", "2024-08-12T10:15:00+00:00"),
        ("1723457700000", "2024-08-12T10:15:00+00:00"),
        ("2024081210", None),
        ("0999999999", None),
        ("17234577000", None),
        ("03/04/2024", None),
        ("2024-13-40", None),
        ("0025-01-01", None),
        ("yesterday", None),
        ("2024", None),
        ("", None),
        (None, None),
        ("12 Foo 2024", None),
    ],
)
def test_dates_of_publication(stated: str | None, iso: str | None) -> None:
    """What is certain becomes ISO, everything else None."""
    assert normalised_date(stated) == iso


@given(st.text(max_size=60))
def test_any_stated_date_is_iso_or_none(stated: str) -> None:
    """No words break the reading of dates."""
    found = normalised_date(stated)
    assert found is None or found[:4].isdigit()


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("The army said ten soldiers had been killed near the border.", "en"),
        ("THE ARMY SAID TEN SOLDIERS HAD BEEN KILLED NEAR THE BORDER.", "en"),
        ("Rebels attack Anou", "en"),
        (
            "L'armée a annoncé la mort de dix soldats dans une embuscade près de la ville de Gao selon un communiqué "
            "publié lundi par le ministère de la défense.",
            "fr",
        ),
        (
            "El ejército informó de que diez soldados murieron en un ataque cerca de la frontera, según un comunicado "
            "del ministerio publicado el lunes por la tarde.",
            "es",
        ),
        ("Боевики обстреляли город, погибли десять человек", "ru"),
        ("قال الجيش إن عشرة جنود قتلوا قرب الحدود", "ar"),
        ("123 456", None),
    ],
)
def test_language(text: str, language: str | None) -> None:
    """English by its function words, other languages by the classifiers."""
    assert detect(text) == language


def test_other_languages_are_returned_and_flagged() -> None:
    """The document is there, and says that it will not be read for claims."""
    found = read("Боевики обстреляли город, погибли десять человек, сообщает армия.")
    assert (found.language, [d.kind for d in found.defects]) == ("ru", ["unsupported_language"])


@pytest.mark.parametrize("stated", ["yesterday, late", "2025-02-31", "2025-02", "3/4/2024", "2024"])
def test_a_date_that_names_no_day_is_a_defect(stated: str) -> None:
    """What was stated and could not be used is told, never dropped in silence."""
    found = read("Ten died in the market.", published=stated)
    assert (found.published, [(d.kind, stated in str(d.note)) for d in found.defects]) == (
        None,
        [("unread_date", True)],
    )


@pytest.mark.parametrize("stated", [None, "", "2025-02-10T23:30:00+02:00", "Mon, 10 Feb 2025 23:30:00 GMT"])
def test_a_date_that_is_read_or_not_given_is_none(stated: str | None) -> None:
    """Only a date that was stated can be unreadable."""
    assert read("Ten died in the market.", published=stated).defects == ()


def test_what_the_container_states_is_kept() -> None:
    """Title, publisher, date and language of the input go before what the text shows."""
    found = read("Ten died.", title="T", publisher="P", published="Aug. 12, 2024", language="en-US", access="summary")
    assert (found.title, found.publisher, found.published) == ("T", "P", "2024-08-12")
    assert (found.language, found.access) == ("en", "summary")
    assert normalised("xx-weird tag!") == "xx"


HEAD = '---\r\ntitle: "Six die: Kova"\r\ndate: 2024-08-02\r\ntags: [war, Kova]\r\npublisher: Kova Daily\r\n---\r\n'


def test_the_head_of_a_markdown_file_is_read_as_what_it_states_and_not_as_the_article() -> None:
    text = f"{HEAD}\r\nGunmen killed six men in Kova.\r\n"
    found = read(text, "markdown")
    assert found.text == text
    assert (found.title, found.published, found.publisher) == ("Six die: Kova", "2024-08-02", "Kova Daily")
    assert [text[p.start : p.end] for p in found.paragraphs if p.kind == "body"] == ["Gunmen killed six men in Kova."]
    assert read(text, "markdown", title="Own").title == "Own"


@pytest.mark.parametrize(
    ("text", "media"),
    [
        (HEAD + "Gunmen killed six men.", "text"),  # no Markdown
        ("---\n\nGunmen killed six men.\n\n---\n", "markdown"),  # a rule, no head
        ("Six die.\n---\ntitle: x\n---\nMore.", "markdown"),  # not at the head
        ("---\ntitle: x\n" + "Gunmen killed six men.\n" * 80, "markdown"),  # never closed
    ],
)
def test_what_is_no_head_is_article(text: str, media: str) -> None:
    found = read(text, media)
    assert found.title is None
    assert any("ix" in text[p.start : p.end] for p in found.paragraphs if p.kind != "boilerplate")
