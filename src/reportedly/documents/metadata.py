"""Room 2, documents: what an article page states about itself: JSON-LD, OpenGraph and meta elements, rights marks."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from selectolax.lexbor import LexborHTMLParser

from reportedly.model.document import Rights

_ARTICLE = re.compile(r"(?:Article|BlogPosting|Report|LiveBlogPosting|NewsStory)$")
_CLASS_SELECTOR = re.compile(r"[.#]?[A-Za-z_-][\w-]{0,80}(?:\.[A-Za-z_-][\w-]{0,80})*$")
_SITE_SUFFIX = re.compile(r"\s+[|»·]\s+[^|»·]{2,60}$|\s+[-–—]\s+[^-–—]{2,40}$")
_MAX_JSON = 2_000_000


@dataclass(frozen=True, slots=True)
class PageData:
    """What a page states about its article. `language` is stated for the article, `hint` for the page."""

    title: str | None = None
    url: str | None = None
    publisher: str | None = None
    author: str | None = None
    published: str | None = None
    language: str | None = None
    hint: str | None = None
    body: str | None = None
    words: int | None = None
    rights: Rights = field(default_factory=Rights)
    locked_selectors: tuple[str, ...] = ()


def page_data(tree: LexborHTMLParser, headers: Mapping[str, str]) -> PageData:
    """Read all that a page and its response headers state; what is malformed counts as not stated."""
    article = _article(tree)
    metas = _metas(tree)
    url = _url(tree, metas, article)
    publisher = _name(article.get("publisher")) or metas.get("og:site_name") or _name(article.get("sourceOrganization"))
    return PageData(
        title=_title(tree, metas, article, publisher),
        url=url,
        publisher=publisher,
        author=_name(article.get("author")) or _author(metas),
        published=_string(article.get("datePublished")) or _published(tree, metas),
        language=_language(article.get("inLanguage")),
        hint=_page_language(tree, metas),
        body=_string(article.get("articleBody"), keep=True),
        words=_whole_number(article.get("wordCount")),
        rights=_rights(tree, metas, article, headers),
        locked_selectors=_locked_selectors(article),
    )


# JSON-LD ------------------------------------------------------------------------------------------------------------


def _article(tree: LexborHTMLParser) -> dict[str, Any]:
    """Return the first article object of the page's JSON-LD, empty when there is none."""
    for node in tree.css('script[type="application/ld+json"]')[:50]:
        source = node.text(deep=True)
        if len(source) > _MAX_JSON:
            continue
        try:
            data = json.loads(source.strip().removeprefix("<!--").removesuffix("-->"), strict=False)
        except (ValueError, RecursionError):
            continue
        for item in _objects(data):
            if any(_ARTICLE.search(kind) for kind in _types(item)):
                return item
    return {}


def _objects(data: object, depth: int = 0) -> Iterator[dict[str, Any]]:
    """Yield the objects of a JSON-LD value: itself, lists, graphs and main entities."""
    if depth > 5:
        return
    if isinstance(data, list):
        for item in data[:200]:
            yield from _objects(item, depth + 1)
    elif isinstance(data, dict):
        yield data
        for key in ("@graph", "mainEntity", "itemListElement"):
            if key in data:
                yield from _objects(data[key], depth + 1)


def _types(item: Mapping[str, Any]) -> list[str]:
    kinds = item.get("@type")
    return [kind for kind in (kinds if isinstance(kinds, list) else [kinds]) if isinstance(kind, str)]


def _string(value: object, *, keep: bool = False) -> str | None:
    """Return a stated string, white space squeezed unless it is to be kept; None for anything else."""
    if not isinstance(value, str):
        return None
    value = value.encode("utf-8", "replace").decode("utf-8")
    return (value.strip() if keep else " ".join(value.split())) or None


def _name(value: object) -> str | None:
    """Return the name or names in a person or organisation value."""
    items = value if isinstance(value, list) else [value]
    names = [_string(item.get("name")) if isinstance(item, dict) else _string(item) for item in items[:20]]
    found = [name for name in names if name and not name.startswith("http")]
    return ", ".join(dict.fromkeys(found)) or None


def _language(value: object) -> str | None:
    if isinstance(value, dict):
        return _string(value.get("alternateName")) or _string(value.get("name"))
    return _string(value)


def _whole_number(value: object) -> int | None:
    try:
        number = int(value) if isinstance(value, int | str) and not isinstance(value, bool) else 0
    except ValueError:
        return None
    return number if 0 < number < 10_000_000 else None


# Meta elements ------------------------------------------------------------------------------------------------------


def _metas(tree: LexborHTMLParser) -> dict[str, str]:
    """Return the meta elements by name, the first of each; robots lines are joined."""
    found: dict[str, str] = {}
    for node in tree.css("meta")[:500]:
        attributes = node.attributes
        key = (attributes.get("property") or attributes.get("name") or attributes.get("itemprop") or "").lower()
        value = _string(attributes.get("content"))
        if not key or value is None:
            continue
        if key in ("robots", "googlebot", "googlebot-news"):
            found["robots"] = f"{found.get('robots', '')},{value}"
        else:
            found.setdefault(key, value)
    return found


def _title(
    tree: LexborHTMLParser, metas: Mapping[str, str], article: Mapping[str, Any], publisher: str | None
) -> str | None:
    stated = _string(article.get("headline")) or metas.get("og:title") or metas.get("twitter:title")
    if stated:
        return _without_site(stated, publisher)
    for selector in ("article h1", "h1"):
        node = tree.css_first(selector)
        if node is not None and (heading := _string(node.text(deep=True))):
            return heading[:500]
    node = tree.css_first("title")
    title = _string(node.text(deep=True)) if node is not None else None
    return _SITE_SUFFIX.sub("", title)[:500] if title else None


def _without_site(title: str, publisher: str | None) -> str:
    """Cut the publisher's name off the end of a title."""
    if publisher and title.lower().endswith(publisher.lower()):
        bare = title[: -len(publisher)].rstrip()
        if bare and bare[-1] in "|-–—»·:":
            return bare[:-1].rstrip() or title
    return title


def _url(tree: LexborHTMLParser, metas: Mapping[str, str], article: Mapping[str, Any]) -> str | None:
    """Return the page's canonical address; only web addresses count."""
    link = tree.css_first('link[rel="canonical"]')
    entity = article.get("mainEntityOfPage")
    stated = [
        link.attributes.get("href") if link is not None else None,
        metas.get("og:url"),
        article.get("url"),
        entity.get("@id") if isinstance(entity, dict) else entity,
    ]
    base = next((url for url in stated if _is_web(url)), None)
    return str(base).strip() if base else None


def _is_web(url: object) -> bool:
    if not isinstance(url, str) or len(url) > 2000 or re.search(r"[\s<>\"]", url.strip()):
        return False
    try:
        parts = urlsplit(url.strip())
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(parts.netloc)


def _author(metas: Mapping[str, str]) -> str | None:
    for key in ("author", "article:author", "parsely-author", "dc.creator", "byl"):
        value = metas.get(key)
        if value and not value.startswith(("http", "@")):
            return re.sub(r"^by\s+", "", value, flags=re.IGNORECASE)
    return None


def _published(tree: LexborHTMLParser, metas: Mapping[str, str]) -> str | None:
    for key in ("article:published_time", "datepublished", "dc.date", "dc.date.issued", "date", "pubdate",
                "parsely-pub-date", "article:published", "publishdate", "publish-date", "sailthru.date"):  # fmt: skip
        if metas.get(key):
            return metas[key]
    node = tree.css_first("article time[datetime], time[itemprop='datePublished'], header time[datetime]")
    return _string(node.attributes.get("datetime")) if node is not None else None


def _page_language(tree: LexborHTMLParser, metas: Mapping[str, str]) -> str | None:
    root = tree.css_first("html")
    stated = root.attributes.get("lang") if root is not None else None
    return stated or metas.get("og:locale") or metas.get("language")


# Rights -------------------------------------------------------------------------------------------------------------


def _rights(
    tree: LexborHTMLParser, metas: Mapping[str, str], article: Mapping[str, Any], headers: Mapping[str, str]
) -> Rights:
    """Return the marks that limit use. Page elements go before response headers, as the protocol asks."""
    robots = f"{headers.get('x-robots-tag', '')},{metas.get('robots', '')}".lower()
    reserved = _reservation(headers.get("tdm-reservation"))
    stated = _reservation(metas.get("tdm-reservation"))
    link = tree.css_first('link[rel="license"], a[rel="license"]')
    return Rights(
        nosnippet=re.search(r"(?<![\w-])nosnippet\b", robots) is not None,
        max_snippet=_max_snippet(robots),
        noai=re.search(r"(?<![\w-])noai\b", robots) is not None,
        tdm_reservation=reserved if stated is None else stated,
        tdm_policy=_string(metas.get("tdm-policy")) or _string(headers.get("tdm-policy")),
        free=_free(article),
        licence=_string(article.get("license"))
        or metas.get("dc.rights")
        or (_string(link.attributes.get("href")) if link is not None else None),
    )


def _reservation(value: str | None) -> bool | None:
    """Read a text and data mining reservation: 1 and 0 count, anything else is not stated."""
    return {"1": True, "0": False}.get((value or "").strip())


def _max_snippet(robots: str) -> int | None:
    """Return the smallest stated limit in characters; -1 is no limit."""
    limits = [int(value) for value in re.findall(r"max-snippet\s*:\s*(-?\d{1,9})", robots)]
    return min((limit for limit in limits if limit >= 0), default=None)


def _free(article: Mapping[str, Any]) -> bool | None:
    """Tell whether the article is free to read, None when the page does not say."""
    values = [_truth(article.get("isAccessibleForFree"))]
    values += [_truth(part.get("isAccessibleForFree")) for part in _parts(article)]
    if False in values:
        return False
    return True if True in values else None


def _truth(value: object) -> bool | None:
    if isinstance(value, bool):
        return value
    word = str(value).rpartition("/")[2].strip().lower()
    return {"true": True, "false": False}.get(word)


def _parts(article: Mapping[str, Any]) -> list[dict[str, Any]]:
    parts = article.get("hasPart")
    return [part for part in (parts if isinstance(parts, list) else [parts]) if isinstance(part, dict)][:50]


def _locked_selectors(article: Mapping[str, Any]) -> tuple[str, ...]:
    """Return the plain selectors of the parts that are not free; others are not followed."""
    found: list[str] = []
    for part in _parts(article):
        selectors = part.get("cssSelector")
        if _truth(part.get("isAccessibleForFree")) is not False:
            continue
        for selector in selectors if isinstance(selectors, list) else str(selectors or "").split(","):
            if isinstance(selector, str) and _CLASS_SELECTOR.match(selector.strip()):
                found.append(selector.strip())
    return tuple(found[:20])
