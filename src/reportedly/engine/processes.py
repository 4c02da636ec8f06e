"""The engine for many cores: worker processes that take chunks of items over pipes.

A worker that dies ends the run with an error that says what it was reading. Workers end with the parent, whatever
ends the parent: each reads from a pipe that only the parent holds.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from typing import Any, Generic

from reportedly.engine.base import Item, Make, Result
from reportedly.errors import ReportedlyError, WorkerError

# Items a worker takes at once: enough to hide the cost of the pipe (about 0.1 ms a chunk against some 10 ms a
# document), few enough that the last worker does not keep the others waiting.
CHUNK_ITEMS = 8
CHUNK_SIZE = 400_000
# Chunks that may be read ahead of the oldest unfinished one, for each worker.
AHEAD = 4


@dataclass(slots=True)
class _Worker:
    process: BaseProcess
    pipe: Connection
    chunk: int | None = None
    reading: str = ""


@dataclass(frozen=True, slots=True)
class ProcessEngine:
    """Maps in `jobs` processes (0: one for each core)."""

    jobs: int = 0

    def map(self, make: Make[Item, Result], items: Iterable[Item]) -> Iterator[Result]:
        """Yield the function's result for each item, in the order of the items."""
        with _pool(make, self.jobs or cores()) as workers:
            yield from _Map[Item, Result](workers, _chunks(items)).results()


def cores() -> int:
    """Return how many cores this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0)) or 1
    return os.cpu_count() or 1


@dataclass(slots=True)
class _Map(Generic[Item, Result]):
    """One map: hands out chunks, takes results as they come, yields them in order."""

    workers: list[_Worker]
    chunks: Iterator[list[Item]]
    done: dict[int, list[Result]] = field(default_factory=dict)
    handed: int = 0
    yielded: int = 0
    exhausted: bool = False

    def results(self) -> Iterator[Result]:
        self._hand_out()
        while self.yielded < self.handed:
            while self.yielded not in self.done:
                self._collect()
                self._hand_out()
            yield from self.done.pop(self.yielded)
            self.yielded += 1
            self._hand_out()

    def _hand_out(self) -> None:
        for worker in self.workers:
            if worker.chunk is not None:
                continue
            if self.exhausted or self.handed - self.yielded >= AHEAD * len(self.workers):
                return
            chunk = next(self.chunks, None)
            if chunk is None:
                self.exhausted = True
                return
            self._send(worker, chunk)

    def _send(self, worker: _Worker, chunk: list[Item]) -> None:
        worker.reading = f"{_name(chunk[0])} to {_name(chunk[-1])}"
        try:
            worker.pipe.send(chunk)
        except OSError:
            raise _death(worker) from None
        worker.chunk = self.handed
        self.handed += 1

    def _collect(self) -> None:
        """Wait for at least one worker and take what it made."""
        busy = {worker.pipe: worker for worker in self.workers if worker.chunk is not None}
        for ready in wait(list(busy)):
            worker = busy[ready]  # type: ignore[index]
            failed, answer = self._receive(worker)
            if failed:
                raise answer
            assert worker.chunk is not None, "only busy workers answer"
            self.done[worker.chunk] = answer
            worker.chunk = None

    def _receive(self, worker: _Worker) -> tuple[bool, Any]:
        try:
            answer: tuple[bool, Any] = worker.pipe.recv()
        except (EOFError, OSError):
            raise _death(worker) from None
        return answer


def _name(item: object) -> str:
    return str(getattr(item, "id", None) or getattr(item, "where", None) or type(item).__name__)


def _death(worker: _Worker) -> WorkerError:
    worker.process.join(timeout=5)
    code = worker.process.exitcode
    how = f"was killed by signal {-code}" if code is not None and code < 0 else f"ended with status {code}"
    hint = "often too little memory: use fewer --jobs; a case keeps what was finished, run `add` again"
    return WorkerError(f"a worker process {how}", where=worker.reading, hint=hint)


def _chunks(items: Iterable[Item]) -> Iterator[list[Item]]:
    chunk: list[Item] = []
    size = 0
    for item in items:
        chunk.append(item)
        size += len(getattr(item, "text", ""))
        if len(chunk) >= CHUNK_ITEMS or size >= CHUNK_SIZE:
            yield chunk
            chunk, size = [], 0
    if chunk:
        yield chunk


@contextmanager
def _pool(make: Make[Item, Result], jobs: int) -> Iterator[list[_Worker]]:
    """Start the workers, and end them whatever happens."""
    workers: list[_Worker] = []
    try:
        with _interrupts_held():
            for _ in range(jobs):
                workers.append(_start(make))
        yield workers
    finally:
        for worker in workers:
            worker.pipe.close()
            worker.process.terminate()
        for worker in workers:
            worker.process.join(timeout=5)
            if worker.process.is_alive():
                worker.process.kill()


def _start(make: Make[Item, Result]) -> _Worker:
    # `spawn` everywhere: a fork of a process with threads (the parser's, a progress bar's) may hang.
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe()
    process = context.Process(target=_work, args=(make, theirs), daemon=True)
    process.start()
    theirs.close()
    return _Worker(process, ours)


@contextmanager
def _interrupts_held() -> Iterator[None]:
    """Start workers deaf to Ctrl-C, from their first moment: the parent alone decides when they end."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


def _work(make: Make[Item, Result], pipe: Connection) -> None:
    """Answer chunks until the parent closes the pipe or is gone."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    function: Callable[[Item], Result] | None = None
    while True:
        try:
            chunk = pipe.recv()
        except (EOFError, OSError):
            return
        try:
            function = function or make()
            answer: tuple[bool, Any] = (False, [function(item) for item in chunk])
        except Exception as error:
            answer = (True, _portable(error))
        try:
            pipe.send(answer)
        except (BrokenPipeError, ConnectionResetError):
            return


def _portable(error: Exception) -> ReportedlyError:
    """Return the error in a form that travels between processes."""
    if isinstance(error, ReportedlyError):
        plain = ReportedlyError(error.message, where=error.where, hint=error.hint)
        plain.code = error.code
        return plain
    return WorkerError(f"{type(error).__name__}: {error}")
