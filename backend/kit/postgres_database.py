"""`Database` on PostgreSQL: each verb in a transaction of its own, repeated when it lost against another.

Verbs write `?`; here it becomes `$1`, `$2`, … (no literal of ours contains a question mark). PostgreSQL
groups the commits of concurrent transactions by itself. A verb whose waiter is cancelled runs to its end,
as on SQLite, so that what was committed is also published.
"""

from __future__ import annotations

import asyncio
import logging
import random
from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine, Iterable, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager, suppress
from functools import lru_cache
from itertools import count
from typing import Any, TypeVar

import asyncpg

from backend.kit.db import Dialect, Row, Tx, Verb, current_tx, publish
from backend.kit.errors import Conflict, Unavailable
from schema.events import Event

log = logging.getLogger(__name__)

T = TypeVar("T")
POOL_SIZE = 16
ACQUIRE_S = 10.0
STATEMENT_S = 30.0
SCAN_S = 300.0
RETRIES = 6
_BEGIN = {True: "BEGIN", False: "BEGIN; SET LOCAL synchronous_commit TO OFF"}

# Lost against another transaction: nothing of it stays, and the same verb may win the next time.
_RETRIED = (asyncpg.SerializationError, asyncpg.DeadlockDetectedError)
_DISCONNECTED = (
    asyncpg.PostgresConnectionError,
    asyncpg.InterfaceError,
    # What asyncpg raises when the cut is noticed between two steps of its own.
    asyncpg.InternalClientError,
    asyncpg.AdminShutdownError,
    asyncpg.CrashShutdownError,
    asyncpg.CannotConnectNowError,
    OSError,
)
_NOT_NOW = (
    *_DISCONNECTED,
    *_RETRIED,
    asyncpg.InsufficientResourcesError,
    asyncpg.LockNotAvailableError,
    asyncpg.QueryCanceledError,
    asyncpg.ReadOnlySQLTransactionError,
    asyncpg.PostgresSystemError,
    TimeoutError,
)


@lru_cache(maxsize=4096)
def numbered(sql: str) -> str:
    """`?` placeholders as `$1`, `$2`, …"""
    head, *rest = sql.split("?")
    return head + "".join(f"${number}{piece}" for number, piece in enumerate(rest, 1))


def translate(exc: BaseException) -> BaseException:
    """What the caller sees: `Conflict` for a broken constraint, `Unavailable` for "not now", or itself."""
    error: Conflict | Unavailable
    if isinstance(exc, asyncpg.UniqueViolationError):
        error = Conflict("It exists already", detail={"cause": str(exc)})
    elif isinstance(exc, asyncpg.ForeignKeyViolationError | asyncpg.RestrictViolationError):
        error = Conflict("Something else still refers to it", detail={"cause": str(exc)})
    elif isinstance(exc, _NOT_NOW):
        log.error("database: %s: %s", type(exc).__name__, exc)
        error = Unavailable("The database cannot be used just now", detail={"cause": str(exc)})
    else:
        return exc
    error.__cause__ = exc
    return error


class PostgresTx:
    """A `Tx` on one connection."""

    __slots__ = ("conn", "events", "lock")

    dialect: Dialect = "postgres"

    def __init__(self, conn: Any) -> None:
        self.conn = conn
        self.events: list[Event] = []
        # Tasks that share a transaction (gather inside `transaction()`) take turns on its connection.
        self.lock = asyncio.Lock()

    async def fetch_row(self, sql: str, *args: Any) -> Row | None:
        async with self.lock:
            record = await self.conn.fetchrow(numbered(sql), *args)
        return tuple(record) if record is not None else None

    async def fetch_rows(self, sql: str, *args: Any) -> list[Row]:
        async with self.lock:
            records = await self.conn.fetch(numbered(sql), *args)
        return [tuple(record) for record in records]

    async def fetch_value(self, sql: str, *args: Any) -> Any:
        async with self.lock:
            return await self.conn.fetchval(numbered(sql), *args)

    async def execute(self, sql: str, *args: Any) -> int:
        async with self.lock:
            return affected(await self.conn.execute(numbered(sql), *args))

    async def execute_many(self, sql: str, rows: Iterable[Sequence[Any]]) -> None:
        async with self.lock:
            await self.conn.executemany(numbered(sql), list(rows))

    def announce(self, event: Event) -> None:
        self.events.append(event)


def affected(status: str) -> int:
    """How many rows a statement touched, from its command tag (`UPDATE 3`, `INSERT 0 1`)."""
    last = status.rpartition(" ")[2]
    return int(last) if last.isdigit() else 0


class PostgresDatabase:
    """The database of an installation on several machines."""

    dialect: Dialect = "postgres"

    def __init__(self, pool: Any) -> None:
        self._pool = pool
        self._running: set[asyncio.Task[Any]] = set()
        self._savepoints = count(1)

    @classmethod
    async def open(cls, url: str, *, pool_size: int = POOL_SIZE) -> PostgresDatabase:
        """Connect; Unavailable where the server does not answer."""
        try:
            pool = await asyncpg.create_pool(
                url,
                min_size=1,
                max_size=pool_size,
                timeout=ACQUIRE_S,
                command_timeout=STATEMENT_S,
                statement_cache_size=512,
                # Nothing of ours changes a session's state, so a connection needs no clean-up round trip.
                reset=_keep,
                server_settings={
                    "application_name": "postroom",
                    "jit": "off",
                    "lock_timeout": "10s",
                    "idle_in_transaction_session_timeout": "60s",
                },
            )
        except (*_NOT_NOW, asyncpg.PostgresError) as exc:
            raise Unavailable(f"The database does not answer: {exc}") from exc
        return cls(pool)

    async def write(self, verb: Verb[T], *, durable: bool = True, brief: bool = False) -> T:
        tx = current_tx.get()
        if tx is not None:
            return await verb(tx)
        return await self._to_the_end(self._write(verb, durable))

    async def _write(self, verb: Verb[T], durable: bool) -> T:
        for attempt in count(1):
            try:
                return await self._attempt(verb, durable)
            except _RETRIED as exc:
                if attempt == RETRIES:
                    raise translate(exc) from exc
                await asyncio.sleep(random.uniform(0, 0.005 * 2**attempt))
            except BaseException as exc:
                raise translate(exc) from exc
        raise AssertionError("unreachable")

    async def _attempt(self, verb: Verb[T], durable: bool) -> T:
        async with self._begun(durable) as tx:
            token = current_tx.set(tx)
            try:
                result = await verb(tx)
            except BaseException:
                await _roll_back(tx.conn)
                raise
            finally:
                current_tx.reset(token)
            await tx.conn.execute("COMMIT")
        publish(tx.events)
        return result

    @asynccontextmanager
    async def _begun(self, durable: bool) -> AsyncIterator[PostgresTx]:
        """A connection with an open transaction; one that a restart of the server has cut is replaced."""
        for attempt in (1, 2, 3):
            conn = await self._pool.acquire(timeout=ACQUIRE_S)
            try:
                await conn.execute(_BEGIN[durable])
                break
            except BaseException as exc:
                _drop(conn)
                await self._pool.release(conn)
                if attempt == 3 or not isinstance(exc, _DISCONNECTED):
                    raise
                await self._pool.expire_connections()  # one was cut: so, most likely, were the others
        try:
            yield PostgresTx(conn)
        finally:
            await self._pool.release(conn)

    async def _to_the_end(self, work: Coroutine[Any, Any, T]) -> T:
        task = asyncio.ensure_future(work)
        self._running.add(task)
        task.add_done_callback(self._forget)
        return await asyncio.shield(task)

    def _forget(self, task: asyncio.Task[Any]) -> None:
        self._running.discard(task)
        if not task.cancelled():
            task.exception()  # seen: the waiter got it, or has gone

    def transaction(self) -> AbstractAsyncContextManager[Tx]:
        return self._transaction()

    @asynccontextmanager
    async def _transaction(self) -> AsyncIterator[Tx]:
        outer = current_tx.get()
        if outer is not None:
            yield outer
            return
        try:
            async with self._begun(durable=True) as tx:
                token = current_tx.set(tx)
                try:
                    yield tx
                except BaseException:
                    await asyncio.shield(_roll_back(tx.conn))
                    raise
                finally:
                    current_tx.reset(token)
                await self._to_the_end(_commit(tx))
        except (asyncpg.PostgresError, *_NOT_NOW) as exc:
            raise translate(exc) from exc

    @asynccontextmanager
    async def savepoint(self) -> AsyncIterator[None]:
        """Inside a transaction: a part of it that may fail alone."""
        tx = current_tx.get()
        if tx is None:
            raise RuntimeError("a savepoint needs a transaction")
        name = f"nested_{next(self._savepoints)}"
        await tx.execute(f"SAVEPOINT {name}")
        try:
            yield
        except BaseException:
            await tx.execute(f"ROLLBACK TO {name}")
            raise
        else:
            await tx.execute(f"RELEASE {name}")

    async def read(self, work: Callable[[Any], Awaitable[T]]) -> T:
        """Run `work`, which only reads, outside a transaction; again where the connection had been cut."""
        try:
            for attempt in (1, 2, 3):
                async with self._pool.acquire(timeout=ACQUIRE_S) as conn:
                    try:
                        return await work(conn)
                    except _DISCONNECTED:
                        _drop(conn)
                        if attempt == 3:
                            raise
                await self._pool.expire_connections()
        except _NOT_NOW as exc:
            raise translate(exc) from exc
        raise AssertionError("unreachable")

    async def fetch_row(self, sql: str, *args: Any) -> Row | None:
        record = await self.read(lambda conn: conn.fetchrow(numbered(sql), *args))
        return tuple(record) if record is not None else None

    async def fetch_rows(self, sql: str, *args: Any) -> list[Row]:
        records = await self.read(lambda conn: conn.fetch(numbered(sql), *args))
        return [tuple(record) for record in records]

    fetch_few = fetch_rows  # reading few rows costs the same per row here

    async def fetch_value(self, sql: str, *args: Any) -> Any:
        return await self.read(lambda conn: conn.fetchval(numbered(sql), *args))

    async def scan(self, sql: str, *args: Any) -> list[Row]:
        records = await self.read(lambda conn: conn.fetch(numbered(sql), *args, timeout=SCAN_S))
        return [tuple(record) for record in records]

    async def close(self) -> None:
        if self._running:
            await asyncio.wait(self._running, timeout=ACQUIRE_S)
        try:
            await asyncio.wait_for(self._pool.close(), ACQUIRE_S)
        except TimeoutError:
            self._pool.terminate()


async def _keep(conn: Any) -> None:
    """The reset of the pool: nothing to do."""


async def _commit(tx: PostgresTx) -> None:
    await tx.conn.execute("COMMIT")
    publish(tx.events)


async def _roll_back(conn: Any) -> None:
    """ROLLBACK; a connection that cannot is closed, which the server takes for the same."""
    try:
        await conn.execute("ROLLBACK", timeout=ACQUIRE_S)
    except (asyncpg.PostgresError, *_NOT_NOW):
        _drop(conn)


def _drop(conn: Any) -> None:
    """Close a connection at once; the pool may have taken a cut one back by itself, then it is closed."""
    with suppress(asyncpg.InterfaceError):
        conn.terminate()
