"""The database as the rest of Postroom sees it: verbs over a small `Tx`, on SQLite or PostgreSQL.

A *verb* is a plain `async def` over a `Tx` with SQL that both engines take: `?` placeholders, `RETURNING`,
`ON CONFLICT`, integers for times and truth values. On SQLite the writer thread drives it to its end in one
turn and several verbs share a commit (`sqlite_writer`); on PostgreSQL it is awaited in a transaction of its
own. So a verb never awaits anything but its `Tx`, and may be run again.

* `write(verb)` runs a verb and answers after COMMIT. Inside `transaction()` it joins that transaction.
* `transaction()` is for everyday CRUD by Tortoise models (and verbs) in one transaction; no socket is
  awaited in it.
* `fetch_row/fetch_few/fetch_rows/fetch_value` read committed rows; `scan` reads long ranges away from the
  event loop.
* Events announced through a `Tx` are published after COMMIT and dropped on rollback (rule 2).
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable, Sequence
from contextlib import AbstractAsyncContextManager
from contextvars import ContextVar
from typing import Any, Literal, Protocol, TypeVar

from schema.events import Event

T = TypeVar("T")
Row = tuple[Any, ...]
Dialect = Literal["sqlite", "postgres"]


class Tx(Protocol):
    """One open transaction. Rows are plain tuples in the order of the SELECT list."""

    dialect: Dialect

    async def fetch_row(self, sql: str, *args: Any) -> Row | None:
        """The first row, or None."""

    async def fetch_rows(self, sql: str, *args: Any) -> list[Row]:
        """Every row."""

    async def fetch_value(self, sql: str, *args: Any) -> Any:
        """The first column of the first row, or None."""

    async def execute(self, sql: str, *args: Any) -> int:
        """Run a statement without rows; how many rows it touched."""

    async def execute_many(self, sql: str, rows: Iterable[Sequence[Any]]) -> None:
        """Run a statement once for each sequence of arguments."""

    def announce(self, event: Event) -> None:
        """Publish the event after COMMIT; nothing is published on rollback."""


Verb = Callable[[Tx], Awaitable[T]]


class Database(Protocol):
    """An open database of one of the two engines."""

    dialect: Dialect

    async def write(self, verb: Verb[T], *, durable: bool = True, brief: bool = False) -> T:
        """Run the verb in a transaction and return its value after COMMIT.

        `durable=False` allows the commit to be on disk a moment later (flags); where such a verb touches few
        rows, `brief=True` allows to run it on the event loop's own thread. What the verb raises is
        raised here, and nothing of it stays. Raises `Unavailable` where the database cannot be reached or
        written, `Conflict` where a UNIQUE or FOREIGN KEY constraint refused a row (a verb does not catch
        it: PostgreSQL has then ended the transaction; where a duplicate is expected, write ON CONFLICT).
        """

    def transaction(self) -> AbstractAsyncContextManager[Tx]:
        """A transaction for several steps, Tortoise models included; nested calls join it."""

    async def fetch_row(self, sql: str, *args: Any) -> Row | None:
        """Read outside a transaction: short indexed reads only."""

    async def fetch_few(self, sql: str, *args: Any) -> list[Row]:
        """Read outside a transaction: a handful of rows, as cheaply as one."""

    async def fetch_rows(self, sql: str, *args: Any) -> list[Row]:
        """Read outside a transaction: at most some hundred rows."""

    async def fetch_value(self, sql: str, *args: Any) -> Any:
        """The first column of the first row, or None."""

    async def scan(self, sql: str, *args: Any) -> list[Row]:
        """A long read, on a thread and connection of its own."""

    async def close(self) -> None:
        """Finish what is queued and close."""


current_tx: ContextVar[Tx | None] = ContextVar("current_tx", default=None)


def dialect() -> Dialect:
    """The engine in use, for the rare statement that differs."""
    return database().dialect


_database: Database | None = None
_publish: Callable[[list[Event]], None] | None = None


def database() -> Database:
    """The open database of this process."""
    if _database is None:
        raise RuntimeError("no database is open in this process")
    return _database


def set_database(db: Database | None) -> None:
    """Name the open database of this process (start-up, tests)."""
    global _database
    _database = db


def set_publisher(publish: Callable[[list[Event]], None] | None) -> None:
    """Name who carries events on after COMMIT (the event bus)."""
    global _publish
    _publish = publish


def publish(events: list[Event]) -> None:
    """Hand committed events to the bus. Called on the event loop that made the write."""
    if events and _publish is not None:
        _publish(events)


async def write(verb: Verb[T], *, durable: bool = True, brief: bool = False) -> T:
    """`database().write`."""
    return await database().write(verb, durable=durable, brief=brief)


def transaction() -> AbstractAsyncContextManager[Tx]:
    """`database().transaction`."""
    return database().transaction()


async def fetch_row(sql: str, *args: Any) -> Row | None:
    """`database().fetch_row`; inside a transaction its own view."""
    tx = current_tx.get()
    return await (tx or database()).fetch_row(sql, *args)


async def fetch_few(sql: str, *args: Any) -> list[Row]:
    """`database().fetch_few`; inside a transaction its own view."""
    tx = current_tx.get()
    return await (database().fetch_few if tx is None else tx.fetch_rows)(sql, *args)


async def fetch_rows(sql: str, *args: Any) -> list[Row]:
    """`database().fetch_rows`; inside a transaction its own view."""
    tx = current_tx.get()
    return await (tx or database()).fetch_rows(sql, *args)


async def fetch_value(sql: str, *args: Any) -> Any:
    """`database().fetch_value`; inside a transaction its own view."""
    tx = current_tx.get()
    return await (tx or database()).fetch_value(sql, *args)


async def scan(sql: str, *args: Any) -> list[Row]:
    """`database().scan`: committed rows, also inside a transaction."""
    return await database().scan(sql, *args)


def marks(count: int) -> str:
    """`?,?,?` for an IN list of that many values; keep lists to a few hundred."""
    return ",".join("?" * count)
