"""Tortoise's door to our PostgreSQL database: models share the pool and the transaction of the verbs."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from contextlib import AsyncExitStack
from typing import Any, cast

import asyncpg
from pypika_tortoise.dialects import PostgreSQLQuery
from tortoise.backends.asyncpg.executor import AsyncpgExecutor
from tortoise.backends.asyncpg.schema_generator import AsyncpgSchemaGenerator
from tortoise.backends.base.client import BaseDBAsyncClient, TransactionContext
from tortoise.backends.base_postgres.client import BasePostgresClient
from tortoise.exceptions import IntegrityError, OperationalError

from backend.kit import db
from backend.kit.errors import Conflict
from backend.kit.postgres_database import PostgresDatabase, PostgresTx, affected, translate

_WRITES = ("INSERT", "UPDATE", "DELETE", "CREATE", "ALTER", "DROP")


class ModelConflict(IntegrityError, Conflict):
    """A constraint refused a model's row: Tortoise's error for its own code, ours for the edges."""


class PostgresClient(BaseDBAsyncClient):
    """A stateless client: what it works on is the process's database and the task's transaction."""

    executor_class = AsyncpgExecutor
    query_class = PostgreSQLQuery
    schema_generator = AsyncpgSchemaGenerator
    capabilities = BasePostgresClient.capabilities

    async def create_connection(self, with_db: bool) -> None:
        """Nothing to open: the runtime has opened the database."""

    async def close(self) -> None:
        """Nothing to close: the runtime closes the database."""

    def _in_transaction(self) -> TransactionContext:
        return _Transaction(self)

    async def execute_insert(self, query: str, values: list[Any]) -> Any:
        return await _write(lambda conn: conn.fetchrow(query, *values))

    async def execute_many(self, query: str, values: list[list[Any]]) -> None:
        await _write(lambda conn: conn.executemany(query, values))

    async def execute_query(
        self, query: str, values: list[Any] | None = None
    ) -> tuple[int, Sequence[dict[str, Any]]]:
        given = values or []
        statement = query.lstrip().upper()
        if not statement.startswith(_WRITES):
            rows = await _read(lambda conn: conn.fetch(query, *given))
            return len(rows), rows
        if " RETURNING " in statement:
            rows = await _write(lambda conn: conn.fetch(query, *given))
            return len(rows), rows
        return affected(await _write(lambda conn: conn.execute(query, *given))), []

    async def execute_query_dict(self, query: str, values: list[Any] | None = None) -> list[dict[str, Any]]:
        _, rows = await self.execute_query(query, values)
        return [dict(row) for row in rows]

    async def execute_script(self, query: str) -> None:
        await _write(lambda conn: conn.execute(query))


async def _read(work: Callable[[Any], Awaitable[Any]]) -> Any:
    tx = db.current_tx.get()
    try:
        if tx is not None:
            return await _in(cast(PostgresTx, tx), work)
        return await cast(PostgresDatabase, db.database()).read(work)
    except asyncpg.PostgresError as exc:
        raise _model_error(exc) from exc


async def _write(work: Callable[[Any], Awaitable[Any]]) -> Any:
    async def verb(tx: db.Tx) -> Any:
        try:
            return await _in(cast(PostgresTx, tx), work)
        except asyncpg.PostgresError as exc:
            raise _model_error(exc) from exc

    return await db.database().write(verb)


async def _in(tx: PostgresTx, work: Callable[[Any], Awaitable[Any]]) -> Any:
    async with tx.lock:
        return await work(tx.conn)


def _model_error(exc: asyncpg.PostgresError) -> BaseException:
    error = translate(exc)
    if isinstance(error, Conflict):
        return ModelConflict(error.public, detail=error.detail)
    return OperationalError(exc) if error is exc else error


class _Transaction(TransactionContext):
    """`in_transaction()`: our transaction; a nested one is a savepoint, which may fail alone."""

    def __init__(self, client: PostgresClient) -> None:
        self._client = client
        self._stack = AsyncExitStack()

    async def __aenter__(self) -> Any:
        database = cast(PostgresDatabase, db.database())
        is_nested = db.current_tx.get() is not None
        await self._stack.enter_async_context(database.savepoint() if is_nested else database.transaction())
        return self._client

    async def __aexit__(self, exc_type: Any, exc_val: Any, exc_tb: Any) -> None:
        await self._stack.__aexit__(exc_type, exc_val, exc_tb)


client_class = PostgresClient
