"""What grouping needs to know about a document, without its text."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

_WIRE = "wire:"


@dataclass(frozen=True, slots=True)
class DocumentFacts:
    """`origin` says where its account comes from; a document without reprints or credits is its own origin.

    It is the id of the root text that near-duplicates share; or, for a text that credits a news agency, `of_wire` that
    agency; or `leaning` on one that only helped.
    """

    id: str
    origin: str
    published: date | None = None
    publisher: str | None = None
    language: str | None = None

    @property
    def wire(self) -> str | None:
        """The origin of an agency's texts where this is one of them."""
        return self.origin if self.origin.startswith(_WIRE) and "+" not in self.origin else None

    @property
    def helper(self) -> str | None:
        """The origin of the texts of the agency that this one only leans on."""
        return self.origin.partition("+")[0] if self.origin.startswith(_WIRE) and "+" in self.origin else None

    @property
    def root(self) -> str:
        """The origin without the agency that helped."""
        return self.origin.partition("+")[2] if self.helper is not None else self.origin


def of_wire(agency: str) -> str:
    """Return the origin of texts that are an agency's; `agency` is the id of an outlet."""
    return f"{_WIRE}{agency}"


def leaning(agency: str, root: str) -> str:
    """Return the origin of a text, by its root, that an agency helped with."""
    return f"{_WIRE}{agency}+{root}"
