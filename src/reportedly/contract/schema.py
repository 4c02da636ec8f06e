"""The JSON Schema of what the program prints, generated from the shapes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from reportedly.contract.lines import SCHEMA_VERSION, ExtractLine, IncidentLine
from reportedly.contract.previews import PreviewJson


def schema() -> Mapping[str, Any]:
    """Return the JSON Schema of every line that the program prints, generated from the shapes."""
    from pydantic import TypeAdapter

    body = TypeAdapter(ExtractLine | IncidentLine | PreviewJson).json_schema()
    head = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "reportedly: one line of output",
        "description": f"Schema version {SCHEMA_VERSION}. Generated from src/reportedly/contract; do not edit.",
    }
    return {**head, **body}
