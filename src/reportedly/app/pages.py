"""How a page is made: the templates with their filters, what each page is given, and answers other than pages."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from importlib import resources
from typing import Any
from urllib.parse import quote

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup, escape
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from reportedly.app.desk import Desk
from reportedly.contract import dumps
from reportedly.drawing import STYLE
from reportedly.exports import words
from reportedly.exports.csv import csv_line
from reportedly.exports.links import safe_link
from reportedly.model.when import MONTHS, day_words
from reportedly.network.svg import stylesheet
from reportedly.store.answers import day_of
from reportedly.version import VERSION

# The pages that the head of every page leads to: address, name, key that goes there after `g`.
NAVIGATION: tuple[tuple[str, str], ...] = (
    ("/", "Inbox"),
    ("/documents", "Documents"),
    ("/incidents", "Incidents"),
    ("/map", "Map"),
    ("/timeline", "Timeline"),
    ("/claims", "Claims"),
    ("/actors", "Actors"),
    ("/network", "Network"),
    ("/codebooks", "Codebooks"),
    ("/knowledge", "Knowledge"),
    ("/agreement", "Agreement"),
    ("/report", "Report"),
    ("/log", "Log"),
    ("/search", "Search"),
)
# Style sheets that other parts bring along, by the name they are served under (routes/styles.py).
SHEETS = {"drawing.css": STYLE.encode(), "network.css": stylesheet().encode()}
# Characters that turn the direction of writing or move the cursor, each shown as one visible character instead, so
# that offsets stay what they are.
_UNSEEN = dict.fromkeys((*range(8234, 8239), *range(8294, 8298), 8206, 8207, 1564), "�")
_UNSEEN |= dict.fromkeys((*range(9), 11, 12, *range(14, 32), 127, *range(128, 160)), "␦")
_UNSEEN |= dict.fromkeys(range(55296, 57344), "�")


def calm(text: object) -> str:
    """Return article text for a page: one visible character for each that would play with the reader."""
    return str(text).translate(_UNSEEN)


_DATE = re.compile(rf"\d{{4}}-\d{{2}}-\d{{2}}|(?:\d{{1,2}}(?:–\d{{1,2}})? )?(?:{'|'.join(MONTHS)}) \d{{4}}")


def whole(text: object) -> Markup:
    """Return article text for a page whose dates are not broken.

    >>> whole("Clash <1>, 27 July 2024")
    Markup('Clash &lt;1&gt;, <span class="day">27 July 2024</span>')
    """
    return Markup(_DATE.sub(lambda found: f'<span class="day">{found[0]}</span>', str(escape(calm(text)))))


def day(text: str | None) -> Markup:
    """Return the day of a time as documents give it, in words; what is no full date as it is written.

    >>> day("2023-10-13T15:00:00+00:00")
    Markup('<time datetime="2023-10-13T15:00:00+00:00">13 October 2023</time>')
    """
    found = day_of(text)
    if found is None:
        return Markup(escape(calm(text or "")))
    return Markup('<time datetime="{}">{}</time>').format(calm(text), day_words(found))


def segment(text: object) -> str:
    """Return text as one part of an address, whatever signs are in it."""
    return quote(str(text), safe="", errors="replace")


@cache
def environment() -> Environment:
    """Return the templates; everything they print is escaped."""
    made = Environment(
        loader=PackageLoader("reportedly.app", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters |= {"calm": calm, "whole": whole, "day": day, "link": safe_link, "segment": segment}
    made.globals |= {"w": words, "static": static_url, "version": VERSION, "zip": zip}
    return made


@cache
def static_url(name: str) -> str:
    """Return the address of a static file, with its hash, so that browsers keep it until it changes."""
    data = SHEETS.get(name) or (resources.files("reportedly.app") / "static" / name).read_bytes()
    return f"/static/{name}?v={hashlib.sha256(data).hexdigest()[:12]}"


def page(request: Request, template: str, *, title: str, status: int = 200, **values: Any) -> HTMLResponse:
    """Return a page. Templates extend base.html; they are given `desk`, `path`, `navigation`, `title` and `values`."""
    desk: Desk = request.app.state.desk
    given = {
        "desk": desk,
        "case": desk.case.replace("\\", "/").rsplit("/", 1)[-1],
        "path": request.url.path,
        "query": f"?{request.url.query}" if request.url.query else "",
        "navigation": [(href, name) for href, name in NAVIGATION if href in request.app.state.paths],
        "title": title,
        **wording(desk),
    }
    text = environment().get_template(template).render({**given, **values})
    return HTMLResponse(text.encode("utf-8", "replace"), status)


def wording(desk: Desk) -> dict[str, Any]:
    """Return what templates put keys and letters into words with: event types, countries."""
    return {"label": desk.label, "land_names": desk.rooms.lands()}


def json_answer(value: object, status: int = 200) -> Response:
    """Return a value as JSON, with the program's own way of writing it."""
    return Response(dumps(value).encode("utf-8", "replace"), status, media_type="application/json")


def csv_answer(columns: Sequence[str], rows: Iterable[Mapping[str, object]], name: str) -> Response:
    """Return rows as a CSV file in which no spreadsheet program finds a formula.

    Rows are taken while the case is open, so they may come straight from it.
    """
    lines = [csv_line(columns), *(csv_line(row.get(column) for column in columns) for row in rows)]
    head = {"Content-Disposition": f'attachment; filename="{name}"'}
    data = "".join(lines).encode("utf-8", "replace")
    return Response(data, media_type="text/csv; charset=utf-8", headers=head)


def desk_of(request: Request) -> Desk:
    """Return the desk that a request is made to."""
    desk: Desk = request.app.state.desk
    return desk
