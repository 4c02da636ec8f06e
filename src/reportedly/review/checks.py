"""What a person writes is checked before it enters the ledger: the contract's shape, and quotes that slice back."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from functools import cache
from typing import TYPE_CHECKING, Any

from reportedly.contract import ClaimJson
from reportedly.errors import UsageError

if TYPE_CHECKING:
    from pydantic import TypeAdapter


@cache
def _shape() -> TypeAdapter[ClaimJson]:
    from pydantic import TypeAdapter  # heavy: only where something is written

    return TypeAdapter(ClaimJson)


def checked_claim(body: Mapping[str, Any], text: str) -> ClaimJson:
    """Return a claim's JSON when it has the contract's shape and every quote stands in the text.

    Raises UsageError naming the field and what was expected.
    """
    from pydantic import ValidationError

    try:
        shaped = _shape().validate_python(dict(body), strict=False)
    except ValidationError as error:
        first = error.errors()[0]
        field = ".".join(str(part) for part in first["loc"]) or "claim"
        raise UsageError(f"`{field}`: {first['msg']}", hint="see docs/reference/contract.schema.json") from None
    wrong = next(_not_in_text(shaped, text, "claim"), None)
    if wrong is not None:
        raise UsageError(f"`{wrong}`: the quote is not what stands at these offsets of the text")
    _check_figures(shaped)
    return shaped


def check_written(claim: ClaimJson, fields: Collection[str]) -> None:
    """Check what people wrote into these fields against each other: whoever tells is named, a day stands on words.

    Raises UsageError. The program's own values are not looked at: a correction of one field must not fail on another.
    """
    if not {"claimant", "claimant_kind"}.isdisjoint(fields):
        kind, named = claim["claimant_kind"], claim["claimant"] is not None
        if named == (kind == "outlet") and kind != "anonymous":
            raise UsageError(f"`claimant_kind` {kind} {'is told by nobody else' if named else 'needs a claimant'}")
    when = claim["when"]
    if "when" in fields and when is not None and when["basis"] != "publication" and when["start"] == when["end"]:
        raise UsageError("`when` stands on no words", hint="only the day of publication needs none")


def _not_in_text(value: Any, text: str, path: str) -> Iterator[str]:
    """Yield the fields whose words are not in the text where they say."""
    if isinstance(value, list):
        for number, item in enumerate(value):
            yield from _not_in_text(item, text, f"{path}.{number}")
    elif isinstance(value, dict):
        if "start" in value and "end" in value:
            quote = value.get("quote", value.get("text"))
            if not 0 <= value["start"] <= value["end"] <= len(text) or text[value["start"] : value["end"]] != quote:
                yield path
        for key, item in value.items():
            yield from _not_in_text(item, text, f"{path}.{key}")


def _check_figures(claim: ClaimJson) -> None:
    for toll in claim["tolls"]:
        low, high = toll["low"], toll["high"]
        if (low is not None and low < 0) or (low is not None and high is not None and low > high):
            raise UsageError(f"toll of {toll['outcome']}: low {low} and high {high} are no range")
