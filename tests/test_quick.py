"""Quick values are the frozen dataclasses that they were, however they are made or changed."""

from __future__ import annotations

import dataclasses
import pickle
from dataclasses import FrozenInstanceError, dataclass, field

import pytest

from reportedly.model.quick import quick, replace


@quick
@dataclass(frozen=True, slots=True, order=True)
class Sack:
    """A value with every kind of field."""

    weight: int
    label: str = "rice"
    holes: list[int] = field(default_factory=list)


def test_fields_are_given_by_place_by_name_or_not_at_all() -> None:
    """As in any dataclass, a default made anew for each."""
    one, other = Sack(3), Sack(weight=3, label="rice", holes=[])
    assert (one, repr(one)) == (other, "Sack(weight=3, label='rice', holes=[])")
    assert one.holes is not other.holes
    assert Sack(1) < Sack(2)
    assert pickle.loads(pickle.dumps(one)) == one
    with pytest.raises(TypeError):
        Sack()  # type: ignore[call-arg]


def test_they_stay_as_they_are() -> None:
    """No field can be set."""
    with pytest.raises(FrozenInstanceError):
        Sack(3).weight = 4  # type: ignore[misc]


def test_a_changed_copy_is_what_dataclasses_give() -> None:
    """The same values, and the first is left as it was."""
    sack = Sack(3, "salt", [1])
    changed = replace(sack, label="flour")
    assert changed == dataclasses.replace(sack, label="flour") == Sack(3, "flour", [1])
    assert sack == Sack(3, "salt", [1])


def test_other_dataclasses_are_copied_too() -> None:
    """Those that are not quick the slow way."""

    @dataclass(frozen=True)
    class Plain:
        word: str

    assert replace(Plain("a"), word="b") == Plain("b")
