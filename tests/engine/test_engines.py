"""Every engine gives the same results in the same order, holds few items, and ends well when things go wrong."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pytest
from fakes import FakeReader, make_document
from hypothesis import given, settings
from hypothesis import strategies as st

from reportedly.engine import Engine, LocalEngine, ProcessEngine, engine
from reportedly.engine.processes import AHEAD, CHUNK_ITEMS, _chunks
from reportedly.engine.reading import Line, LineJob, ReadJob
from reportedly.errors import ReportedlyError, UsageError, WorkerError
from reportedly.model import Rejected
from reportedly.settings import Settings


@dataclass(frozen=True)
class Square:
    """Makes a function that squares, fails on -1 and dies on -2."""

    def __call__(self) -> Callable[[int], int]:
        return square


def square(number: int) -> int:
    """Return the square."""
    if number == -1:
        raise ReportedlyError("no minus one", where="here", hint="use another")
    if number == -2:
        os.kill(os.getpid(), 9)
    return number * number


def fake(_: Settings) -> FakeReader:
    """Return the reader of the tests."""
    return FakeReader()


@pytest.fixture(params=["local", "processes"])
def one(request: pytest.FixtureRequest) -> Engine:
    """Return each engine in turn."""
    return engine(request.param, 2)


def test_results_come_in_order(one: Engine) -> None:
    assert list(one.map(Square(), range(100))) == [n * n for n in range(100)]


def test_nothing_in_nothing_out(one: Engine) -> None:
    assert list(one.map(Square(), [])) == []


def test_an_error_of_ours_reaches_the_caller(one: Engine) -> None:
    with pytest.raises(ReportedlyError, match=r"here: no minus one \(use another\)"):
        list(one.map(Square(), [1, 2, -1, 3]))


def test_a_killed_worker_is_named_and_the_others_end() -> None:
    with pytest.raises(WorkerError, match="killed by signal 9"):
        list(ProcessEngine(2).map(Square(), [*range(50), -2, *range(50)]))


def test_few_items_are_held() -> None:
    taken = 0

    def items() -> Iterator[int]:
        nonlocal taken
        for number in range(5000):
            taken += 1
            yield number

    results = ProcessEngine(2).map(Square(), items())
    next(results)
    assert taken <= 2 * (AHEAD + 1) * CHUNK_ITEMS + 1
    results.close()  # type: ignore[attr-defined]


@given(sizes=st.lists(st.integers(0, 500_000), max_size=30))
@settings(max_examples=30, deadline=None)
def test_chunks_keep_order_and_bounds(sizes: list[int]) -> None:
    documents = [make_document(str(n), "x" * size) for n, size in enumerate(sizes)]
    chunks = list(_chunks(iter(documents)))
    assert [item for chunk in chunks for item in chunk] == documents
    assert all(1 <= len(chunk) <= CHUNK_ITEMS for chunk in chunks)


def test_lines_are_the_same_bytes_with_every_engine() -> None:
    texts = [f"Red Army killed {n} soldiers at Kova on 2024-07-27." for n in range(30)]
    texts[7] = "CRASH"
    documents = [make_document(f"d{n}", text) for n, text in enumerate(texts)]
    items = [*documents, Rejected("x.pdf", "is empty", fatal=True)]
    job = LineJob(ReadJob(Settings(), fake), mentions=True, with_text=True)
    local = list(LocalEngine().map(job, items))
    assert list(ProcessEngine(2).map(job, items)) == local
    assert [type(item) for item in local].count(Line) == 29
    failed = local[7]
    assert isinstance(failed, Rejected)
    assert failed.fatal
    assert "crashed" in failed.reason


def test_debug_lets_the_error_through() -> None:
    with pytest.raises(ValueError, match="crashed"):
        list(LocalEngine().map(ReadJob(Settings(), fake, debug=True), [make_document("d", "CRASH")]))


@pytest.mark.parametrize("name", ["spark", "threads"])
def test_unknown_engines_are_usage_errors(name: str) -> None:
    with pytest.raises(UsageError):
        engine(name)
