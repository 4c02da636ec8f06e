"""Room 8: keep and query. Door: `open_store(url) -> Store`, a case in one SQLite file."""

from __future__ import annotations

from pathlib import Path

from reportedly.errors import StoreError
from reportedly.store.base import Ledger, Store, View, Writer
from reportedly.store.grouper import Grouper
from reportedly.store.sqlite import SqliteStore

__all__ = ["Grouper", "Ledger", "SqliteStore", "Store", "View", "Writer", "open_store"]


def open_store(url: str, *, write: bool = False, patience: float = 10.0) -> SqliteStore:
    """Open a case by path or `sqlite:///path`; with `write`, make it where it does not exist.

    `patience` is how long to wait for another writer, in seconds.
    """
    if url.startswith(("postgresql://", "postgres://")):
        raise StoreError("PostgreSQL cases are not available in this version", where=url.split("@")[-1])
    return SqliteStore(Path(url.removeprefix("sqlite:///")), write=write, patience=patience)
