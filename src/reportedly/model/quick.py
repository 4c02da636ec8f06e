"""Values that are made by the thousand in an article: the same frozen dataclasses, made in a third of the time.

A frozen dataclass looks up each field by its name to write it. `quick` has it written through the field's own slot,
which takes less than half the time; `replace` copies from slot to slot. Nothing else about the class changes.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from dataclasses import MISSING, Field, fields
from typing import TYPE_CHECKING, Any, TypeVar

T = TypeVar("T")

_COPIERS: dict[type, Callable[[Any, dict[str, Any]], Any]] = {}


def quick(cls: type[T]) -> type[T]:
    """Let a frozen dataclass with slots write its fields through their slots. Stands above `@dataclass`."""
    own = fields(cls)  # type: ignore[arg-type]
    setters = {f.name: getattr(cls, f.name).__set__ for f in own}
    scope: dict[str, Any] = {f"set_{name}": setter for name, setter in setters.items()}
    scope |= {f"default_{f.name}": f.default for f in own} | {f"make_{f.name}": f.default_factory for f in own}
    scope |= {"cls": cls, "new": object.__new__, "setters": setters, "unset": MISSING}
    exec(_source(own), scope)  # as `dataclass` itself makes its methods
    cls.__init__ = scope["__init__"]  # type: ignore[method-assign]
    _COPIERS[cls] = scope["copied"]
    return cls


def _source(own: tuple[Field[Any], ...]) -> str:
    """The text of the two functions: one line a field."""
    asked = [f.name if _is_asked(f) else f"{f.name}=default_{f.name}" for f in own]
    given = [f"make_{f.name}() if {f.name} is unset else {f.name}" if _is_made(f) else f.name for f in own]
    return "\n".join(
        (
            f"def __init__(self, {', '.join(asked)}):",
            *(f"    set_{f.name}(self, {value})" for f, value in zip(own, given, strict=True)),
            "def copied(value, changes):",
            "    made = new(cls)",
            *(f"    set_{f.name}(made, value.{f.name})" for f in own),
            "    for name, change in changes.items():",
            "        setters[name](made, change)",
            "    return made",
        )
    )


def _is_made(field: Field[Any]) -> bool:
    return field.default_factory is not MISSING


def _is_asked(field: Field[Any]) -> bool:
    return field.default is MISSING and not _is_made(field)


if TYPE_CHECKING:
    from dataclasses import replace as replace
else:

    def replace(value: T, **changes: Any) -> T:
        """`dataclasses.replace`, for quick classes from slot to slot."""
        copier = _COPIERS.get(type(value))
        return copier(value, changes) if copier is not None else dataclasses.replace(value, **changes)
