"""Room 2, documents: placeholder."""

from __future__ import annotations

from reportedly.documents.extracted import Extracted


def extract_html(content: bytes | str, *, charset: str | None, headers: dict[str, str]) -> Extracted | str:
    return "not yet"
