"""`Database` on SQLite: one writer thread, read-only connections for the loop's thread and for long scans.

A thread has two of them: a few rows are looked up by one that copies pages, since mapping the file anew
after somebody's commit costs more than all of such a read; many rows are read by one that maps it.
"""

from __future__ import annotations

import asyncio
import sqlite3
import threading
from collections.abc import AsyncIterator, Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from typing import Any, TypeVar

from backend.kit.db import Dialect, Row, Tx, Verb, current_tx, publish
from backend.kit.sqlite_connection import RawTx, connect, translate
from backend.kit.sqlite_writer import COMMIT, ROLLBACK, Session, Writer
from schema.events import Event

T = TypeVar("T")
SCAN_THREADS = 2


class SessionTx(RawTx):
    """A `Tx` of a task: every statement hops to the writer's thread."""

    def __init__(self, session: Session) -> None:
        self.session = session
        self.events: list[Event] = []

    async def call(self, work: Callable[[sqlite3.Connection], Any]) -> Any:
        return await self.session.call(work)

    async def _run(self, work: Callable[[sqlite3.Connection], Any]) -> Any:
        try:
            return await self.session.call(work)
        except sqlite3.Error as exc:
            raise translate(exc) from exc

    async def fetch_row(self, sql: str, *args: Any) -> Row | None:
        row: Row | None = await self._run(lambda conn: conn.execute(sql, args).fetchone())
        return row

    async def fetch_rows(self, sql: str, *args: Any) -> list[Row]:
        rows: list[Row] = await self._run(lambda conn: conn.execute(sql, args).fetchall())
        return rows

    async def fetch_value(self, sql: str, *args: Any) -> Any:
        row = await self.fetch_row(sql, *args)
        return row[0] if row else None

    async def execute(self, sql: str, *args: Any) -> int:
        count: int = await self._run(lambda conn: conn.execute(sql, args).rowcount)
        return count

    async def execute_many(self, sql: str, rows: Iterable[Sequence[Any]]) -> None:
        given = list(rows)
        await self._run(lambda conn: conn.executemany(sql, given))

    def announce(self, event: Event) -> None:
        self.events.append(event)


class SqliteDatabase:
    """The database file of one installation."""

    dialect: Dialect = "sqlite"

    def __init__(self, path: str) -> None:
        self.path = path
        self._writer = Writer(path, path + ".lock")
        self._local = threading.local()
        self._scans = ThreadPoolExecutor(SCAN_THREADS, thread_name_prefix="sqlite-scan")

    async def write(self, verb: Verb[T], *, durable: bool = True, brief: bool = False) -> T:
        tx = current_tx.get()
        if tx is not None:
            return await verb(tx)
        result: T = await self._writer.run(verb, durable=durable, brief=brief)
        return result

    def transaction(self) -> AbstractAsyncContextManager[Tx]:
        return self._transaction()

    @asynccontextmanager
    async def _transaction(self) -> AsyncIterator[Tx]:
        outer = current_tx.get()
        if outer is not None:
            yield outer
            return
        session = await self._writer.session()
        tx = SessionTx(session)
        token = current_tx.set(tx)
        try:
            yield tx
        except BaseException:
            if not session.finished:
                await asyncio.shield(session.call(ROLLBACK))
            raise
        else:
            await _commit(tx)
        finally:
            current_tx.reset(token)

    def reader(self, *, is_mapped: bool = False) -> sqlite3.Connection:
        """A read-only connection of the calling thread."""
        name = "mapped" if is_mapped else "copying"
        conn: sqlite3.Connection | None = getattr(self._local, name, None)
        if conn is None:
            conn = connect(self.path, read_only=True, is_mapped=is_mapped)
            setattr(self._local, name, conn)
        return conn

    def read(self, work: Callable[[sqlite3.Connection], T], *, is_mapped: bool = False) -> T:
        """Run `work` with a read-only connection of the calling thread; it leaves no statement open."""
        try:
            return work(self.reader(is_mapped=is_mapped))
        except sqlite3.Error as exc:
            raise translate(exc) from exc

    async def fetch_row(self, sql: str, *args: Any) -> Row | None:
        try:  # as `read`, which would cost as much again
            row: Row | None = self.reader().execute(sql, args).fetchone()
        except sqlite3.Error as exc:
            raise translate(exc) from exc
        return row

    async def fetch_few(self, sql: str, *args: Any) -> list[Row]:
        try:
            return self.reader().execute(sql, args).fetchall()
        except sqlite3.Error as exc:
            raise translate(exc) from exc

    async def fetch_rows(self, sql: str, *args: Any) -> list[Row]:
        try:
            return self.reader(is_mapped=True).execute(sql, args).fetchall()
        except sqlite3.Error as exc:
            raise translate(exc) from exc

    async def fetch_value(self, sql: str, *args: Any) -> Any:
        row = await self.fetch_row(sql, *args)
        return row[0] if row else None

    async def scan(self, sql: str, *args: Any) -> list[Row]:
        def work() -> list[Row]:
            return self.read(lambda conn: conn.execute(sql, args).fetchall(), is_mapped=True)

        return await asyncio.get_running_loop().run_in_executor(self._scans, work)

    async def close(self) -> None:
        await asyncio.to_thread(self._writer.stop)
        self._scans.shutdown()
        for conn in vars(self._local).values():
            conn.close()
        vars(self._local).clear()


async def _commit(tx: SessionTx) -> None:
    """COMMIT and publish; a task that is cancelled meanwhile still publishes what was committed."""
    session = tx.session
    committed = asyncio.ensure_future(session.call(COMMIT))

    def announce(done: asyncio.Future[Any]) -> None:
        if not done.cancelled() and done.exception() is None:
            publish(tx.events)

    committed.add_done_callback(announce)
    try:
        await asyncio.shield(committed)
    except sqlite3.Error as exc:
        raise translate(exc) from exc
