"""What an incident is called on a drawing and where it leads: asked for only where it is drawn by itself or named."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple


class Label(NamedTuple):
    """The address of an incident, its words, and a short number to find it by, which may be empty."""

    href: str
    title: str
    tag: str = ""


# From the id of an incident to its label.
Labels = Callable[[str], Label]
