"""Connections to SQLite: their pragmas, a transaction on one, and what its errors mean to callers."""

from __future__ import annotations

import logging
import sqlite3
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from backend import _sqlite
from backend.kit.db import Dialect, Row
from backend.kit.errors import Conflict, Unavailable
from backend.kit.sqlite_checkpoint import FALLBACK_PAGES
from schema.events import Event

log = logging.getLogger(__name__)

MAPPED_BYTES = 1 << 38  # of address space
_CONSTRAINT = 19
# Result codes (sqlite.org/rescode.html). BUSY, LOCKED, NOMEM, READONLY, IOERR, CORRUPT, FULL, CANTOPEN,
# PROTOCOL, NOTADB: "not now". What is left are mistakes of ours, and stay as they are.
_UNAVAILABLE = frozenset({5, 6, 7, 8, 10, 11, 13, 14, 15, 26})


def connect(path: str, *, read_only: bool = False, is_mapped: bool = False) -> sqlite3.Connection:
    """A connection with our pragmas; autocommit, so transactions are ours to begin.

    One that is mapped reads the file where it lies, at half the cost, but maps it anew after every commit.
    """
    conn = sqlite3.connect(
        path, isolation_level=None, check_same_thread=False, cached_statements=512, timeout=10
    )
    conn.execute("PRAGMA journal_mode=WAL")
    conn.execute("PRAGMA synchronous=FULL")
    conn.execute("PRAGMA foreign_keys=ON")
    conn.execute(f"PRAGMA wal_autocheckpoint={FALLBACK_PAGES if _sqlite.is_safe else 8000}")
    conn.execute("PRAGMA journal_size_limit=134217728")
    conn.execute("PRAGMA cache_size=-65536")
    conn.execute("PRAGMA temp_store=MEMORY")
    if read_only:
        conn.execute("PRAGMA query_only=ON")
    if is_mapped:
        conn.execute(f"PRAGMA mmap_size={MAPPED_BYTES}")
    return conn


class RawTx(ABC):
    """A SQLite transaction that also takes work on its connection (the models' engine uses it)."""

    dialect: Dialect = "sqlite"

    @abstractmethod
    async def call(self, work: Callable[[sqlite3.Connection], Any]) -> Any:
        """Run `work` with the write connection inside this transaction."""


class SqliteTx(RawTx):
    """A `Tx` on the writer's thread: its coroutines never suspend."""

    __slots__ = ("_conn", "events")

    def __init__(self, conn: sqlite3.Connection) -> None:
        self._conn = conn
        self.events: list[Event] = []

    async def call(self, work: Callable[[sqlite3.Connection], Any]) -> Any:
        return work(self._conn)

    async def fetch_row(self, sql: str, *args: Any) -> Row | None:
        row: Row | None = self._conn.execute(sql, args).fetchone()
        return row

    async def fetch_rows(self, sql: str, *args: Any) -> list[Row]:
        return self._conn.execute(sql, args).fetchall()

    async def fetch_value(self, sql: str, *args: Any) -> Any:
        row = self._conn.execute(sql, args).fetchone()
        return row[0] if row else None

    async def execute(self, sql: str, *args: Any) -> int:
        return self._conn.execute(sql, args).rowcount

    async def execute_many(self, sql: str, rows: Iterable[Sequence[Any]]) -> None:
        self._conn.executemany(sql, rows)

    def announce(self, event: Event) -> None:
        self.events.append(event)


def translate(exc: BaseException) -> BaseException:
    """What the caller sees: `Conflict` for a broken constraint, `Unavailable` for "not now", or itself."""
    code = getattr(exc, "sqlite_errorcode", None)
    if not isinstance(exc, sqlite3.Error) or code is None:
        return exc
    error: Conflict | Unavailable
    # The bundled library gives no extended codes; these texts are part of SQLite's interface by long use.
    if code & 0xFF == _CONSTRAINT and str(exc).startswith("UNIQUE"):
        error = Conflict("It exists already", detail={"cause": str(exc)})
    elif code & 0xFF == _CONSTRAINT and str(exc).startswith("FOREIGN KEY"):
        error = Conflict("Something else still refers to it", detail={"cause": str(exc)})
    elif code & 0xFF in _UNAVAILABLE:
        log.error("database: %s", exc)
        error = Unavailable("The database cannot be used just now", detail={"cause": str(exc)})
    else:
        return exc
    error.__cause__ = exc
    return error
