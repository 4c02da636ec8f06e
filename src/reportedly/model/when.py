"""A reported time: a range of days with its precision and how it was obtained. Never a bare date."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from reportedly.model.span import Span

WhenPrecision = Literal["day", "span", "week", "month", "season", "year"]
Basis = Literal["stated", "relative", "publication"]


@dataclass(frozen=True, slots=True)
class When:
    """Words that name a time. With no year known, `earliest` and `latest` are None and `edtf` says `XXXX-07-27`.

    `edtf` is ISO 8601-2 (extended date/time format); `basis` says whether the text states the date, gives it
    relative to another, or only the publication date is known.
    """

    span: Span
    earliest: date | None
    latest: date | None
    edtf: str
    precision: WhenPrecision
    basis: Basis
