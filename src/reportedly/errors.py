"""The errors of the program, one class per thing that a caller can act on.

ReportedlyError
├── UsageError        the request itself is wrong (exit 2)
├── InputError        an input cannot be read as a whole
├── KnowledgeError    a knowledge file breaks its schema; `problems` lists all of them
├── StoreError        a case cannot be opened or written
│   └── CaseTooNew    the case was made by a newer version
├── WorkerError       a process of the pool died
└── ModelError        the parser's weights are missing or are not the ones that were measured
"""

from __future__ import annotations


class ReportedlyError(Exception):
    """Root of all errors: what happened, where, and what to do about it."""

    code = "failed"

    def __init__(self, message: str, *, where: str = "", hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.where = where
        self.hint = hint

    def __str__(self) -> str:
        head = f"{self.where}: {self.message}" if self.where else self.message
        return f"{head} ({self.hint})" if self.hint else head


class UsageError(ReportedlyError):
    """The request itself is wrong."""

    code = "usage"


class InputError(ReportedlyError):
    """An input cannot be read as a whole."""

    code = "input"


class KnowledgeError(ReportedlyError):
    """A knowledge file breaks its schema. `problems` lists every problem found."""

    code = "knowledge"

    def __init__(self, problems: list[str]) -> None:
        super().__init__(f"{len(problems)} problem(s) in knowledge files: " + "; ".join(problems[:5]))
        self.problems = problems


class StoreError(ReportedlyError):
    """A case cannot be opened or written."""

    code = "store"


class CaseTooNew(StoreError):
    """The case was made by a newer version of the program."""

    code = "case_too_new"


class ModelError(ReportedlyError):
    """The parser's weights are missing or not the ones that were measured."""

    code = "model"


class WorkerError(ReportedlyError):
    """A process of the pool died; what it was reading is named."""

    code = "worker"
