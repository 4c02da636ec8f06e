"""The door `read`: every kind of input, good and bad. Nothing raises, nothing is dropped in silence."""

from __future__ import annotations

import gzip
import io
import json
import os
import tracemalloc
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import BinaryIO, cast

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reportedly.model import Capture, Rejected
from reportedly.sources import read
from reportedly.sources.limits import MAX_BYTES

GOOD = json.dumps({"id": "doc-1", "text": "Ten soldiers were killed in Anou.", "published": "2024-08-12"}).encode()
Write = Callable[[str, bytes], Path]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Return a function that writes a file below a fresh folder."""

    def written(name: str, content: bytes) -> Path:
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
        return path

    return written


def ids(items: object) -> list[str]:
    """Return ids of captures, and `!` or `-` for fatal and other rejections."""
    found = cast(list[Capture | Rejected], list(items))  # type: ignore[call-overload]
    return [i.id if isinstance(i, Capture) else ("!" if i.fatal else "-") for i in found]


def reasons(items: object) -> list[str]:
    """Return where and why of the rejections."""
    return [f"{i.where}: {i.reason}" for i in items if isinstance(i, Rejected)]  # type: ignore[attr-defined]


# Files and folders --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "media"),
    [
        ("a.txt", "text"),
        ("a.MD", "markdown"),
        ("a.html", "html"),
        ("a.htm", "html"),
        ("a.pdf", "pdf"),
        ("a.txt.gz", "text"),
    ],
)
def test_single_files(write: Write, name: str, media: str) -> None:
    """A file is one capture with its name as id and its bytes as content."""
    content = b"Ten men died."
    path = write(name, gzip.compress(content, mtime=0) if name.endswith("gz") else content)
    (found,) = read(path)
    assert isinstance(found, Capture)
    assert (found.id, found.media, found.content, found.origin) == (name, media, content, str(path))


def test_folders_in_path_order(write: Write, tmp_path: Path) -> None:
    """Ids are relative paths with `/`; hidden files stay out, other kinds and broken links are named."""
    for name in ("b/2.txt", "a.txt", "b/1.txt", "B.txt", ".hidden.txt", ".git/x.txt", "b/x.docx"):
        write(f"in/{name}", b"Ten men died.")
    (tmp_path / "in/gone.txt").symlink_to("/no/such/file")
    (tmp_path / "in/loop").symlink_to(tmp_path / "in")
    os.mkfifo(tmp_path / "in/pipe.txt")
    found = list(read(tmp_path / "in"))
    assert ids(found) == ["-", "B.txt", "a.txt", "b/1.txt", "b/2.txt", "-", "!", "-"]
    assert any("x.docx: unsupported" in reason for reason in reasons(found))


@pytest.mark.parametrize(
    "name", ["empty.txt", "blank.jsonl", "empty.csv", "empty.xml", "empty.json", "empty.warc", "empty.eml", "x.jpg"]
)
def test_inputs_of_nothing_are_named(write: Write, name: str) -> None:
    """Each empty or unknown input is one fatal rejection that names the file."""
    path = write(name, b"\n\n" if "blank" in name else b"")
    found = list(read(path))
    assert ids(found) == ["!"]
    assert reasons(found)[0].startswith(str(path))


def test_what_is_not_there(tmp_path: Path) -> None:
    """A missing file is a rejection, an empty folder a note."""
    assert ids(read(tmp_path / "none.txt")) == ["!"]
    assert ids(read("no\0name")) == ["!"]
    assert ids(read(tmp_path)) == ["-"]


def test_a_file_over_the_limit_is_refused_unread(tmp_path: Path) -> None:
    """Two hundred megabytes of one line, plain or compressed, cost no memory."""
    path = tmp_path / "huge.txt"
    with path.open("wb") as file:
        file.truncate(200 * 1024**2)
    packed = tmp_path / "huge.txt.gz"
    with gzip.open(packed, "wb", 1) as out:
        for _ in range(MAX_BYTES // 2**20 + 2):
            out.write(bytes(2**20))
    for name in (path, packed):
        found = list(read(name))
        assert ids(found) == ["!"]
        assert "50 MB" in reasons(found)[0]


# JSONL --------------------------------------------------------------------------------------------------------------


def test_bad_lines_among_good_ones(write: Write) -> None:
    """Each bad line is named by number with what was expected; the others are delivered."""
    lines = [
        GOOD,
        b"{bad",
        b"",
        b'{"text": 5}',
        b'{"id": 3, "text": "x"}',
        b"[1]",
        b'{"title": "t"}',
        b'{"text": "\\ud800"}',
        b"\xff\xfe",
        b"[" * 100_000,
        b'{"text": " "}',
        b'{"text": "x", "url": 1}',
        b'{"id": true, "text": "x"}',
        b'{"text": "a \\u0000 stays"}',
        b"9" * 5000,
        GOOD,
    ]
    found = list(read(write("in.jsonl", b"\n".join(lines))))
    assert ids(found) == ["doc-1", "!", "!", "3", *"!!!!!!!!", "in.jsonl#14", "!", "doc-1"]
    said = reasons(found)
    assert said[0].endswith("one object with a text was expected") and "line 2" in said[0]  # noqa: PT018
    assert ['"text" is a number' in said[1], "line 7" in said[3], "surrogate" in said[4], "UTF-8" in said[5]] == [
        True
    ] * 4
    assert all(len(reason) < 300 for reason in said)


def test_fields_that_other_programs_write_otherwise(write: Write) -> None:
    """Days in numbers and authors in a list are read; what no string can be made of is named."""
    fields: list[dict[str, object]] = [
        {"published": 1723457700000},
        {"published": 20240812},
        {"author": ["Ada North", "Ben South"]},
        {"published": True},
        {"published": float("nan")},
        {"author": ["Ada North", 7]},
    ]
    lines = [json.dumps({"text": "Ten men died."} | given) for given in fields]
    found = list(read(write("in.jsonl", "\n".join(lines).encode())))
    metas = [i.meta for i in found if isinstance(i, Capture)]
    assert [(m.published, m.author) for m in metas] == [
        ("1723457700000", None),
        ("20240812", None),
        (None, "Ada North, Ben South"),
    ]
    assert [r.split(": ")[1] for r in reasons(found)] == [
        '"published" is true or false, a string was expected',
        '"published" is a number, a string was expected',
        '"author" is a list, a string was expected',
    ]


def test_a_line_over_the_limit_is_read_past(tmp_path: Path) -> None:
    """A giant line is one rejection, held in memory once at most, and the next line is there."""
    path = tmp_path / "in.jsonl"
    with path.open("wb") as file:
        file.write(GOOD + b'\n{"text": "')
        for _ in range(MAX_BYTES // 2**20 + 10):
            file.write(b"x" * 2**20)
        file.write(b'"}\n' + GOOD)
    tracemalloc.start()
    found = ids(read(path))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert found == ["doc-1", "!", "doc-1"]
    assert peak < 3 * MAX_BYTES


def test_a_long_file_streams(write: Write) -> None:
    """Memory does not grow with the number of lines."""
    path = write("in.jsonl", (GOOD + b"\n") * 60_000)
    tracemalloc.start()
    assert sum(1 for _ in read(path)) == 60_000
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 1_000_000


def test_cut_off_gzip_gives_what_stands_before_the_break(write: Write) -> None:
    """Documents before the break are delivered, then the break is named."""
    lines = b"".join(json.dumps({"text": f"{n} men died {os.urandom(20).hex()}"}).encode() + b"\n" for n in range(3000))
    found = ids(read(write("in.jsonl.gz", gzip.compress(lines, mtime=0)[:-5000])))
    assert len(found) > 1000
    assert found[-1] == "!"
    assert "!" not in found[:-1]
    assert ids(read(write("no.txt.gz", b"not gzip"))) == ["!"]


# Feeds and JSON files -----------------------------------------------------------------------------------------------

RSS = b"""<?xml version="1.0"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"
xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>Anou Post</title><language>en</language>
<item><title>A</title><link>https://post.example/a</link><guid>g1</guid><pubDate>Mon, 12 Aug 2024 10:00:00 GMT</pubDate>
<description>Short</description><content:encoded><![CDATA[<p>Ten men <b>died</b>.</p>]]></content:encoded>
<dc:creator>A. W.</dc:creator></item>
<item><link>https://post.example/b</link><description>Two &lt;b&gt;fled&lt;/b&gt;.</description></item>
<item><title>none</title></item><item><guid>g1</guid><description>Again.</description></item></channel></rss>"""


def test_rss(write: Write) -> None:
    """Content is the article, a description a summary; ids are guids, then links; repeated ids are numbered."""
    found = list(read(write("feed.xml", RSS)))
    assert ids(found) == ["g1", "https://post.example/b", "!", "g1#2"]
    first, second = cast(list[Capture], found[:2])
    assert (first.media, first.content) == ("html", "<p>Ten men <b>died</b>.</p>")
    assert (first.meta.title, first.meta.publisher, first.meta.author, first.meta.access) == (
        "A",
        "Anou Post",
        "A. W.",
        None,
    )
    assert (second.media, second.content, second.meta.access) == ("html", "Two <b>fled</b>.", "summary")


def test_a_feed_that_breaks_off(write: Write) -> None:
    """Entries before the break are read, the break is named."""
    found = ids(read(write("feed.xml", RSS[:-120])))
    assert found[:2] == ["g1", "https://post.example/b"]
    assert found[-1] == "!"


def test_a_feed_with_small_faults(write: Write) -> None:
    """A feed that is whole but not well-formed is read, with a note."""
    faulty = RSS.replace(b"Short", b"Short&nbsp;one & two")
    assert ids(read(write("feed.xml", faulty))) == ["g1", "https://post.example/b", "!", "g1#2", "-"]


def test_atom_with_xhtml(write: Write) -> None:
    """Atom entries carry mark-up as elements."""
    atom = (
        b'<feed xmlns="http://www.w3.org/2005/Atom"><title>T</title><entry><id>tag:1</id><updated>2024-08-12'
        b'</updated><link href="https://x.example/1"/><content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml">'
        b"<p>Ten died.</p></div></content><author><name>N</name></author></entry></feed>"
    )
    (found,) = read(write("a.atom", atom))
    assert isinstance(found, Capture)
    assert (found.id, found.media, found.meta.author, found.meta.url) == ("tag:1", "html", "N", "https://x.example/1")
    assert "<p>Ten died.</p>" in str(found.content)


def test_entities_are_never_expanded(write: Write) -> None:
    """A feed can neither read files nor blow up."""
    bomb = (
        b'<?xml version="1.0"?><!DOCTYPE l [<!ENTITY a "aaaaaaaaaa"><!ENTITY f SYSTEM "file:///etc/passwd">]>'
        b"<rss><channel><item><description>&a;&f; text</description></item></channel></rss>"
    )
    content = "".join(str(i.content) for i in read(write("b.xml", bomb)) if isinstance(i, Capture))
    assert "root:" not in content
    assert "aaaa" not in content


@pytest.mark.parametrize("content", [b"<newsml/>", b"no xml", b"<rss><channel/></rss>", b"\x00" * 50])
def test_xml_that_is_no_feed(write: Write, content: bytes) -> None:
    """Other XML is named with its root."""
    assert ids(read(write("a.xml", content))) == ["!"]


def test_json_feed_and_ninjs(write: Write) -> None:
    """JSON Feed items, agency items and neutral documents come out of JSON files."""
    feed = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": "F",
        "items": [
            {"id": "1", "content_html": "<p>Ten died</p>", "date_published": "2024-08-12"},
            {"id": "2", "summary": "Two."},
            3,
        ],
    }
    found = list(read(write("f.json", json.dumps(feed).encode())))
    assert ids(found) == ["1", "2", "!"]
    assert [(c.media, c.meta.access, c.meta.publisher) for c in found if isinstance(c, Capture)] == [
        ("html", None, "F"),
        ("text", "summary", "F"),
    ]
    items = [
        {
            "uri": "urn:1",
            "headlines": [{"value": "H"}],
            "bodies": [{"contentType": "text/html", "value": "<p>Ten</p>"}],
            "representationType": "incomplete",
        },
        {"uri": "urn:2", "pubStatus": "canceled", "body_text": "x"},
    ]
    found = list(read(write("n.json", json.dumps(items).encode())))
    assert ids(found) == ["urn:1", "-"]
    assert isinstance(found[0], Capture)
    assert (found[0].media, found[0].meta.title, found[0].meta.access) == ("html", "H", "preview")
    assert ids(read(write("one.json", GOOD))) == ["doc-1"]
    assert ids(read(write("lines.json", GOOD + b"\n" + GOOD))) == ["doc-1", "doc-1"]
    for bad in (b'{"a":', b"[]", b"[" * 100_000, b"\xff", b"3"):
        assert ids(read(write("bad.json", bad))) == ["!"]


# Web archives -------------------------------------------------------------------------------------------------------


def record(
    url: str, body: bytes, kind: str = "text/html; charset=utf-8", status: str = "200 OK", more: str = ""
) -> bytes:
    """Write one WARC response record."""
    http = f"HTTP/1.1 {status}\r\nContent-Type: {kind}\r\nX-Robots-Tag: nosnippet\r\n{more}\r\n".encode() + body
    head = f"WARC/1.1\r\nWARC-Type: response\r\nWARC-Target-URI: {url}\r\nContent-Type: application/http\r\n"
    return f"{head}Content-Length: {len(http)}\r\n\r\n".encode() + http + b"\r\n\r\n"


RECORDS = [
    record(f"https://post.example/{n}", b"<p>Ten men died.</p>" * 30 + os.urandom(300).hex().encode()) for n in range(4)
]
URLS = [f"https://post.example/{n}" for n in range(4)]


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.warc", b"".join(RECORDS)),
        ("a.warc.gz", b"".join(gzip.compress(one, mtime=0) for one in RECORDS)),
        ("b.warc.gz", gzip.compress(b"".join(RECORDS), mtime=0)),
    ],
)
def test_warc(write: Write, name: str, content: bytes) -> None:
    """Plain, by record and as a whole compressed; response headers with rights are kept."""
    found = list(read(write(name, content)))
    assert ids(found) == URLS
    assert isinstance(found[0], Capture)
    assert (found[0].meta.charset, found[0].meta.headers) == ("utf-8", (("x-robots-tag", "nosnippet"),))


@pytest.mark.parametrize("name", ["t.warc", "t.warc.gz"])
def test_a_warc_that_breaks_off(write: Write, name: str) -> None:
    """At whichever byte it is cut, whole records before are delivered and the break is named."""
    content = b"".join(gzip.compress(one, mtime=0) for one in RECORDS) if name.endswith("gz") else b"".join(RECORDS)
    for part in (0.3, 0.55, 0.8, 0.97):
        found = ids(read(write(name, content[: int(part * len(content))])))
        assert found == [*URLS[: int(part * 4)], "!"]


def test_warc_bodies(write: Write) -> None:
    """Encodings are undone, repeats numbered, what is no text is counted, what is broken is named."""
    packed = record("https://x.example/z", gzip.compress(b"<p>packed</p>", mtime=0), more="Content-Encoding: gzip\r\n")
    broken = record("https://x.example/y", b"no gzip", more="Content-Encoding: gzip\r\n")
    chunks = record(
        "https://x.example/z", b"9\r\n<p>chunks\r\n4\r\n</p>\r\n0\r\n\r\n", more="Transfer-Encoding: chunked\r\n"
    )
    others = record("https://x.example/i", b"x", kind="image/png") + record(
        "https://x.example/e", b"x", status="404 No"
    )
    found = list(read(write("a.warc", packed + broken + chunks + others)))
    assert ids(found) == ["https://x.example/z", "!", "https://x.example/z#2", "-"]
    assert [c.content for c in found if isinstance(c, Capture)] == [b"<p>packed</p>", b"<p>chunks</p>"]
    bomb = record(
        "https://x.example/b", gzip.compress(bytes(MAX_BYTES + 10), mtime=0), more="Content-Encoding: gzip\r\n"
    )
    assert ids(read(write("b.warc", bomb))) == ["!"]


@pytest.mark.parametrize(
    "content", [b"garbage" * 50, b"WARC/1.0\r\n" + b"x" * 200_000, b"WARC/1.0\r\nContent-Length: -5\r\n\r\n"]
)
def test_what_is_no_warc(write: Write, content: bytes) -> None:
    """Garbage under the name of an archive is named."""
    assert ids(read(write("a.warc", content))) == ["!"]


def test_wacz(write: Write) -> None:
    """The archives inside are read; junk and zip bombs are refused."""
    inner = b"".join(gzip.compress(one, mtime=0) for one in RECORDS)
    assert ids(read(write("a.wacz", zipped({"archive/d.warc.gz": inner, "pages/pages.jsonl": b"{}"})))) == URLS
    assert ids(read(write("b.wacz", zipped({"x.txt": b"x"})))) == ["!"]
    assert ids(read(write("c.wacz", b"PK\x03\x04junk"))) == ["!"]
    assert "zip bomb" in reasons(read(write("d.wacz", zipped({"archive/d.warc": bytes(MAX_BYTES + 1)}))))[0]


def zipped(members: dict[str, bytes]) -> bytes:
    """Return a zip file."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in members.items():
            file.writestr(name, content)
    return out.getvalue()


# Mail and tables ----------------------------------------------------------------------------------------------------

MAIL = (
    b"From: A. Writer <a@post.example>\r\nSubject: =?utf-8?q?Attack_in_M=C3=A9naka?=\r\n"
    b"Date: Mon, 12 Aug 2024 10:00:00 +0000\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=XX\r\n\r\n"
    b"--XX\r\nContent-Type: text/html\r\n\r\n<p>html</p>\r\n"
    b"--XX\r\nContent-Type: text/plain; charset=iso-8859-1\r\n\r\nTen died in M\xe9naka.\r\n"
    b"--XX\r\nContent-Type: text/html\r\nContent-Disposition: attachment; filename=r.html\r\n\r\n<p>Report</p>\r\n"
    b"--XX\r\nContent-Disposition: attachment; filename=x.jpg\r\n\r\nzz\r\n--XX--\r\n"
)


def test_mail(write: Write) -> None:
    """Plain text is the body, readable attachments are captures of their own, others are named."""
    found = list(read(write("m.eml", MAIL)))
    assert ids(found) == ["m.eml", "m.eml#2", "-"]
    assert isinstance(found[0], Capture)
    assert found[0].content == b"Ten died in M\xe9naka."
    meta = found[0].meta
    assert (meta.title, meta.author, meta.published, meta.charset) == (
        "Attack in Ménaka",
        "A. Writer",
        "Mon, 12 Aug 2024 10:00:00 +0000",
        "iso-8859-1",
    )
    assert ids(read(write("n.eml", b"no headers here"))) == ["!"]


def test_tables(write: Write) -> None:
    """Columns are found by name, whatever delimiter and encoding; empty cells are named."""
    found = list(read(write("a.csv", b'id;Title;Text\n1;T1;"Ten ""men"" died;\nin Anou"\n2;T2;\n;;Some text\n')))
    assert ids(found) == ["1", "!", "a.csv#3"]
    assert isinstance(found[0], Capture)
    assert (found[0].content, found[0].meta.title) == (b'Ten "men" died;\nin Anou', "T1")
    for encoding in ("utf-8", "utf-8-sig", "cp1252", "utf-16"):
        (row,) = read(write("b.csv", "title,text\nMénaka,“Ten” died in Ménaka\n".encode(encoding)))
        assert isinstance(row, Capture)
        assert row.meta.title == "Ménaka"


def test_a_table_without_a_text_column(write: Write) -> None:
    """The columns found and those expected are both named."""
    said = reasons(read(write("a.csv", b"place,dead\nAnou,10\n")))
    assert len(said) == 1
    assert "place, dead" in said[0]
    assert "text, body" in said[0]


def test_broken_tables(write: Write) -> None:
    """An open quotation swallows the rest and says so; giant fields and lines are fine or named."""
    found = list(read(write("a.csv", b'id,text\n1,fine\n2,"never closed\n' + b"3,x\n" * 50)))
    assert ids(found) == ["1", "!"]
    assert "later rows are unread" in reasons(found)[0]
    assert ids(read(write("b.csv", b"id,text\n1," + b"word " * 400_000 + b"\n2,ok\n"))) == ["1", "2"]
    assert ids(read(write("c.csv", b"id,text\n1," + b"x" * (MAX_BYTES + 10)))) == ["!"]
    assert ids(read(write("d.csv", b"id,text\n"))) == ["!"]


# Standard input -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (GOOD, ["doc-1"]),
        (GOOD + b"\n{bad\n" + GOOD, ["doc-1", "!", "doc-1"]),
        (b"{bad\n" + GOOD, ["!", "doc-1"]),
        (b"Ten died.", ["@"]),
        (b"<html><p>Ten died", ["@"]),
        (b"%PDF-1.4", ["@"]),
        (b"".join(RECORDS), URLS),
        (b"".join(gzip.compress(one, mtime=0) for one in RECORDS), URLS),
        (gzip.compress(GOOD, mtime=0), ["doc-1"]),
        (b"id,text\n1,Ten died", ["1"]),
        (b'[\n{"text":"Ten died"}\n]', ["@"]),
        (b'{\n"text":"Ten died"}', ["@"]),
        (zipped({"archive/d.warc": b"".join(RECORDS)}), URLS),
        (RSS, ["g1", "https://post.example/b", "!", "g1#2"]),
        (MAIL, ["@", "@", "-"]),
        (b"", ["!"]),
        (b"\x1f\x8bjunk", ["!"]),
    ],
)
def test_standard_input_is_recognised(content: bytes, expected: list[str]) -> None:
    """The first bytes tell the kind."""
    found = ids(read("-", stdin=io.BytesIO(content)))
    assert ["@" if name.startswith("stdin-") else name for name in found] == expected


def test_documents_of_a_pipe_are_named_by_their_content() -> None:
    """Another pipe's first line is another document, not a new version of this one; the same again is the same."""

    def piped(*texts: str) -> list[str]:
        lines = "\n".join(f'{{"text": "{text}"}}' for text in texts)
        return ids(read("-", stdin=io.BytesIO(lines.encode())))

    monday, tuesday = piped("Ten died in the raid.", "Two were hurt."), piped("Nine fled.", "Ten died in the raid.")
    assert len({*monday, *tuesday}) == 3
    assert tuesday[1] == monday[0]
    assert piped("Two were hurt.") == monday[1:]


def test_an_id_that_a_line_of_a_pipe_gives_is_kept() -> None:
    """Whatever it looks like."""
    assert ids(read("-", stdin=io.BytesIO(b'{"id": "stdin#1", "text": "Ten died"}'))) == ["stdin#1"]


def test_standard_input_of_the_process(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without a stream of the caller's the process's own is read; nothing connected is a rejection."""
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(GOOD)))
    assert ids(read("-")) == ["doc-1"]
    monkeypatch.setattr("sys.stdin", None)
    assert ids(read("-")) == ["!"]


class _Slow(io.RawIOBase):
    """A pipe that gives a few bytes at a time."""

    def __init__(self, content: bytes) -> None:
        self._content = io.BytesIO(content)

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        data = self._content.read(min(7, len(buffer)))
        buffer[: len(data)] = data
        return len(data)


def test_a_slow_pipe() -> None:
    """Short reads lose nothing."""
    assert ids(read("-", stdin=cast(BinaryIO, _Slow((GOOD + b"\n") * 50)))) == ["doc-1"] * 50


SUFFIXES = ["txt", "html", "pdf", "jsonl", "json", "xml", "warc", "warc.gz", "wacz", "eml", "csv", "txt.gz"]


@given(st.binary(max_size=2000), st.sampled_from(SUFFIXES))
@settings(max_examples=200, deadline=None)
def test_no_bytes_raise(tmp_path_factory: pytest.TempPathFactory, content: bytes, suffix: str) -> None:
    """Any bytes under any name, and as standard input, are captures or named rejections."""
    path = tmp_path_factory.mktemp("fuzz") / f"a.{suffix}"
    path.write_bytes(content)
    for items in (read(path), read("-", stdin=io.BytesIO(content))):
        found = list(cast(Iterator[Capture | Rejected], items))
        assert found
        assert all(isinstance(item, Capture) or (item.where and item.reason) for item in found)
