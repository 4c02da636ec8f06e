"""Content-hash ids: the same content gives the same id, so that a rerun adds nothing twice."""

from __future__ import annotations

import hashlib
import json

_written = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), default=str).encode


def content_id(prefix: str, *parts: object) -> str:
    """Return `prefix-` and 16 hex digits of the SHA-256 of the parts written as JSON."""
    payload = _written(parts)
    return f"{prefix}-{hashlib.sha256(payload.encode('utf-8', 'surrogatepass')).hexdigest()[:16]}"
