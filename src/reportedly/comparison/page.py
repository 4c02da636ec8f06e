"""A comparison as one HTML file: no scripts, nothing loaded from elsewhere, all text escaped."""

from __future__ import annotations

from jinja2 import Environment, PackageLoader, StrictUndefined

from reportedly.comparison.compare import Comparison
from reportedly.comparison.result import days_of, figure_text, match_text


def page(found: Comparison) -> str:
    """Return the page."""
    environment = Environment(
        loader=PackageLoader("reportedly.comparison", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    missed = [one for one in found.missed if not one.outside]
    outside = [one for one in found.missed if one.outside]
    helpers = {"days_of": days_of, "figure_text": figure_text, "match_text": match_text}
    return environment.get_template("compare.html").render(
        found=found, counts=found.counts(), missed=missed, outside=outside, **helpers
    )
