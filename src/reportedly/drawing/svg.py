"""Elements of a drawing as safe markup. No style attributes and no scripts: pages look by class, under a strict CSP.

Texts may be hostile: markup is escaped, characters that XML forbids or that turn the line round are shown as U+FFFD.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from markupsafe import Markup, escape

# Control characters and lone surrogates may not stand in XML; the others turn the direction of what follows.
_UNFIT = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]"
)


def clean(text: str) -> str:
    """Return the text without characters that cannot be shown or that turn the line round."""
    return _UNFIT.sub("\ufffd", text)


def number(value: float) -> str:
    """Write a length: a tenth of a pixel is enough."""
    return f"{round(value, 1):g}" if abs(value) < 100_000 else f"{value:.0f}"


def element(tag: str, *children: str | Markup, **attributes: str | float | None) -> Markup:
    """Return an element. Attributes that are None are left out; `class_` is class, `view_box` is viewBox."""
    written = "".join(
        f' {_NAMES.get(name) or name.rstrip("_").replace("_", "-")}="{_value(value)}"'
        for name, value in attributes.items()
        if value is not None
    )
    inside = "".join(child if isinstance(child, Markup) else escape(clean(child)) for child in children)
    return Markup(f"<{tag}{written}>{inside}</{tag}>" if inside else f"<{tag}{written}/>")


# Names that SVG spells with capitals.
_NAMES = {
    "view_box": "viewBox",
    "pattern_units": "patternUnits",
    "pattern_transform": "patternTransform",
    "mask_units": "maskUnits",
    "mask_content_units": "maskContentUnits",
}


def _value(value: str | float) -> str:
    return str(escape(clean(value))) if isinstance(value, str) else number(value)


def group(children: Iterable[Markup], **attributes: str | float | None) -> Markup:
    """Return a group of elements."""
    return element("g", *children, **attributes)


def link(href: str | None, title: str, *children: Markup, class_: str | None = None) -> Markup:
    """Return what leads somewhere on this site and can be reached by key; without an address a titled group."""
    words = element("title", title)
    if href is None or not _stays(href):
        return element("g", words, *children, class_=class_)
    return element("a", words, *children, href=href, class_=class_)


def _stays(href: str) -> bool:
    """Tell whether an address stays on this site: a path, a query or a place on the page."""
    return href.startswith(("/", "#", "?")) and not href.startswith(("//", "/\\"))


def text(x: float, y: float, words: str, class_: str, anchor: str | None = None, **more: str | float | None) -> Markup:
    """Return words at a place; `anchor` is start, middle or end."""
    return element("text", words, x=x, y=y, class_=class_, text_anchor=anchor, **more)


def line(x1: float, y1: float, x2: float, y2: float, class_: str) -> Markup:
    """Return a straight line."""
    return element("line", x1=x1, y1=y1, x2=x2, y2=y2, class_=class_)


def drawing(
    width: float, height: float, label: str, *children: Markup, class_: str, role: str = "group", **more: str | float
) -> Markup:
    """Return the whole drawing with its name for screen readers. A group, not an image, so that links stay links."""
    inside = (element("title", label), *children)
    return element(
        "svg",
        *inside,
        xmlns="http://www.w3.org/2000/svg",
        view_box=f"0 0 {number(width)} {number(height)}",
        role=role,
        aria_label=label,
        class_=class_,
        **more,
    )
