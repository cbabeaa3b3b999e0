"""Tortoise's door to our SQLite database: models go through the same writer and readers as verbs do.

Inside `db.transaction()` (or `in_transaction()`, which is the same) every statement of a model runs in that
transaction. Outside, reads use the loop thread's read-only connection and a write is a verb of its own.
Tortoise's own client would open a second, deferred writer, and fail with "database is locked".
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Sequence
from contextlib import AsyncExitStack
from itertools import count
from typing import Any, cast

from pypika_tortoise.dialects import SQLLiteQuery
from tortoise.backends.base.client import BaseDBAsyncClient, Capabilities, TransactionContext
from tortoise.backends.sqlite.executor import SqliteExecutor
from tortoise.backends.sqlite.schema_generator import SqliteSchemaGenerator
from tortoise.exceptions import IntegrityError, OperationalError

from backend.kit import db
from backend.kit.errors import Conflict
from backend.kit.sqlite_connection import RawTx, translate
from backend.kit.sqlite_database import SqliteDatabase

_READS = ("SELECT", "EXPLAIN", "WITH", "PRAGMA")
_savepoints = count(1)


class ModelConflict(IntegrityError, Conflict):
    """A constraint refused a model's row: Tortoise's error for its own code, ours for the edges."""


class SqliteClient(BaseDBAsyncClient):
    """A stateless client: what it works on is the process's database and the task's transaction."""

    executor_class = SqliteExecutor
    query_class = SQLLiteQuery
    schema_generator = SqliteSchemaGenerator
    capabilities = Capabilities(
        "sqlite",
        daemon=False,
        requires_limit=True,
        inline_comment=True,
        support_for_update=False,
        support_update_limit_order_by=False,
        can_rollback_ddl=True,
        support_returning=True,
    )

    async def create_connection(self, with_db: bool) -> None:
        """Nothing to open: the runtime has opened the database."""

    async def close(self) -> None:
        """Nothing to close: the runtime closes the database."""

    async def db_create(self) -> None:
        """The file appears when it is opened."""

    def _in_transaction(self) -> TransactionContext:
        return _Transaction(self)

    async def execute_insert(self, query: str, values: list[Any]) -> Any:
        return await _write(lambda conn: conn.execute(query, values).lastrowid)

    async def execute_many(self, query: str, values: list[list[Any]]) -> None:
        await _write(lambda conn: conn.executemany(query, values))

    async def execute_query(
        self, query: str, values: list[Any] | None = None
    ) -> tuple[int, Sequence[dict[str, Any]]]:
        run = _read if query.lstrip().upper().startswith(_READS) else _write
        result: tuple[int, list[dict[str, Any]]] = await run(lambda conn: _fetch(conn, query, values or ()))
        return result

    async def execute_query_dict(self, query: str, values: list[Any] | None = None) -> list[dict[str, Any]]:
        _, rows = await self.execute_query(query, values)
        return [dict(row) for row in rows]

    async def execute_script(self, query: str) -> None:
        await _write(lambda conn: _run_script(conn, query))


def _fetch(conn: sqlite3.Connection, query: str, values: Sequence[Any]) -> tuple[int, list[Any]]:
    cursor = conn.cursor()
    cursor.row_factory = sqlite3.Row
    rows = cursor.execute(query, values).fetchall()
    return (cursor.rowcount if cursor.rowcount > 0 else len(rows)), rows


def _run_script(conn: sqlite3.Connection, script: str) -> None:
    # executescript() would commit the transaction that is open; statement by statement does not.
    statement = ""
    for piece in script.split(";"):
        statement += piece + ";"
        if sqlite3.complete_statement(statement):
            conn.execute(statement)
            statement = ""


async def _read(work: Callable[[sqlite3.Connection], Any]) -> Any:
    tx = db.current_tx.get()
    if tx is not None:
        return await _translated(tx, work)
    try:
        return work(cast(SqliteDatabase, db.database()).reader())
    except sqlite3.Error as exc:
        raise _model_error(exc) from exc


async def _write(work: Callable[[sqlite3.Connection], Any]) -> Any:
    async def verb(tx: db.Tx) -> Any:
        return await _translated(tx, work)

    return await db.database().write(verb)


async def _translated(tx: db.Tx, work: Callable[[sqlite3.Connection], Any]) -> Any:
    try:
        return await cast(RawTx, tx).call(work)
    except sqlite3.Error as exc:
        raise _model_error(exc) from exc


def _model_error(exc: sqlite3.Error) -> BaseException:
    error = translate(exc)
    if isinstance(error, Conflict):
        return ModelConflict(error.public, detail=error.detail)
    return OperationalError(exc) if error is exc else error


class _Transaction(TransactionContext):
    """`in_transaction()`: our transaction; a nested one is a savepoint, which may fail alone."""

    def __init__(self, client: SqliteClient) -> None:
        self._client = client
        self._stack = AsyncExitStack()
        self._savepoint = ""

    async def __aenter__(self) -> Any:
        if db.current_tx.get() is not None:
            self._savepoint = f"nested_{next(_savepoints)}"
            await self._execute(f"SAVEPOINT {self._savepoint}")
        else:
            await self._stack.enter_async_context(db.transaction())
        return self._client

    async def __aexit__(self, exc_type: Any, exc_val: Any, exc_tb: Any) -> None:
        if not self._savepoint:
            await self._stack.__aexit__(exc_type, exc_val, exc_tb)
            return
        if exc_type is not None:
            await self._execute(f"ROLLBACK TO {self._savepoint}")
        await self._execute(f"RELEASE {self._savepoint}")

    async def _execute(self, sql: str) -> None:
        tx = db.current_tx.get()
        assert tx is not None  # noqa: S101  # we are inside one
        await tx.execute(sql)


client_class = SqliteClient
