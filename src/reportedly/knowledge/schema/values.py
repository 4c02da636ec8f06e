"""Cells and words, and what they may hold: shared by the layouts of all files."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Annotated, get_args

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field

from reportedly.knowledge.tables import cells
from reportedly.model import ActorKind

ACTOR_KINDS = frozenset(get_args(ActorKind)) - {"rioters", "protesters", "civilians", "unknown"}
"""Kinds that a listed actor may have; the others are for people without an organisation, or relative."""
_DATE = re.compile(r"\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?")


def one_of(values: Sequence[str] | frozenset[str], what: str) -> AfterValidator:
    """Accept one of a closed list and name the list otherwise."""

    def check(value: str) -> str:
        if value not in values:
            raise ValueError(f"{value!r} is no {what}; expected one of {', '.join(sorted(values))}")
        return value

    return AfterValidator(check)


def _date(value: str) -> str:
    if value and not _DATE.fullmatch(value):
        raise ValueError(f"{value!r} is no date; expected YYYY, YYYY-MM or YYYY-MM-DD, or nothing")
    return value


def _number(value: str) -> float | None:
    return float(value) if value else None


def _whole(value: str) -> int | None:
    return int(value) if value else None


Cells = Annotated[tuple[str, ...], BeforeValidator(cells)]
Date = Annotated[str, AfterValidator(_date)]
Text = Annotated[str, Field(min_length=1)]
Slug = Annotated[str, Field(pattern=r"^(x|[a-z]{2})-[a-z0-9]+(-[a-z0-9]+)*$")]
PlaceId = Annotated[str, Field(pattern=r"^(gn:[1-9]\d*|(x|[a-z]{2})-[a-z0-9]+(-[a-z0-9]+)*)$")]
Iso2 = Annotated[str, Field(pattern=r"^[A-Z]{2}$")]
Key = Annotated[str, Field(pattern=r"^[a-z]+(_[a-z]+)*\.[a-z]+(_[a-z]+)*$")]
Latitude = Annotated[Annotated[float, Field(ge=-90, le=90)] | None, BeforeValidator(_number)]
Longitude = Annotated[Annotated[float, Field(ge=-180, le=180)] | None, BeforeValidator(_number)]
Population = Annotated[Annotated[int, Field(ge=0)] | None, BeforeValidator(_whole)]
Domain = Annotated[str, Field(pattern=r"^[a-z0-9-]+(\.[a-z0-9-]+)+(/[a-z0-9-]+)*$")]
Words = list[Text]
ListedKind = Annotated[str, one_of(ACTOR_KINDS, "kind of a listed actor")]


class Strict(BaseModel):
    """No unknown columns or keys, and no guessing of types."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)
