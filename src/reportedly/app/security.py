"""What keeps a page of the desk from doing harm: hosts and origins checked, a token for writes, headers on everything.

Article text is hostile and other pages in the same browser may be too: a foreign page must neither read the case by a
name that resolves to this machine (DNS rebinding) nor write to it.
"""

from __future__ import annotations

import hmac
from collections.abc import Awaitable, Callable, Mapping
from urllib.parse import urlsplit

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from reportedly.app.desk import Desk

CSP = (
    "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none'; form-action 'self'; "
    "frame-ancestors 'none'"
)
HEADERS: Mapping[str, str] = {
    "Content-Security-Policy": CSP,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",  # with no-referrer browsers send `Origin: null` with our own forms too
    "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "geolocation=(), camera=(), microphone=()",
}
SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
TOKEN_HEADER = "x-desk-token"
RUN_HEADER = "X-Desk-Run"
# A decision is small; documents may be sent to one address only.
MOST_BYTES = 2_000_000
UPLOAD = "/documents/add"
MOST_UPLOADED = 64_000_000

Next = Callable[[Request], Awaitable[Response]]


def guard(desk: Desk) -> Callable[[Request, Next], Awaitable[Response]]:
    """Return the middleware that lets through only what belongs to this desk."""

    async def check(request: Request, go_on: Next) -> Response:
        refusal = _refusal(request, desk)
        response = refusal if refusal is not None else await go_on(request)
        for name, value in HEADERS.items():
            response.headers.setdefault(name, value)
        response.headers[RUN_HEADER] = desk.run
        response.headers.setdefault("Cache-Control", _keeping(request))
        return response

    return check


def _keeping(request: Request) -> str:
    """How long a browser keeps an answer: pages not at all, files as long as their address names their content."""
    if not request.url.path.startswith("/static/"):
        return "no-store"
    return "public, max-age=31536000, immutable" if "v" in request.query_params else "no-cache"


def _refusal(request: Request, desk: Desk) -> Response | None:
    """Return the answer to a request that must not pass, None when it may."""
    if _name(request.headers.get("host", "")) not in desk.hosts:
        return PlainTextResponse("This desk answers to 127.0.0.1 and localhost only.\n", 421)
    if request.method in SAFE:
        return None
    origin = request.headers.get("origin")
    if origin is not None and origin != "null" and urlsplit(origin).netloc != request.headers.get("host"):
        return PlainTextResponse("A page of another site may not write here.\n", 403)
    if origin == "null" or request.headers.get("sec-fetch-site", "same-origin") not in {"same-origin", "none"}:
        return PlainTextResponse("A page of another site may not write here.\n", 403)
    most = MOST_UPLOADED if request.url.path == UPLOAD else MOST_BYTES
    length = request.headers.get("content-length", "")
    if not length.isdigit():
        return PlainTextResponse("A write says how long it is (Content-Length).\n", 411)
    return PlainTextResponse(f"Too large: at most {most:,} bytes.\n", 413) if int(length) > most else None


def _name(host: str) -> str:
    """Return a host without its port."""
    if host.startswith("["):
        return host.partition("]")[0] + "]"
    return host.partition(":")[0].lower()


def token_fits(desk: Desk, given: str | None) -> bool:
    """Tell whether a write bears this run's token."""
    return given is not None and hmac.compare_digest(given.encode("utf-8", "replace"), desk.token.encode())
