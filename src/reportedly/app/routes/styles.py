"""Style sheets that belong to a part of the house rather than to the desk: drawings bring their looks along."""

from __future__ import annotations

from fastapi import APIRouter
from starlette.responses import Response

from reportedly.app.pages import SHEETS

router = APIRouter()


@router.get("/static/drawing.css", include_in_schema=False)
def drawing_css() -> Response:
    """Return how maps and timelines look."""
    return Response(SHEETS["drawing.css"], media_type="text/css")


@router.get("/static/network.css", include_in_schema=False)
def network_css() -> Response:
    """Return how networks look."""
    return Response(SHEETS["network.css"], media_type="text/css")
