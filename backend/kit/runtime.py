"""What a process of Postroom stands on: settings, database, models, Redis, bus, body store, opened in that
order.

Every entry (backend, protocol service, command line, tests) opens one runtime; modules reach its parts
through `db.database()`, `events.bus()`, `blobs.store()`, `redis.redis()` and `config.current()`.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Literal
from urllib.parse import urlsplit

from redis.asyncio import Redis
from tortoise.context import TortoiseContext

from backend.kit import blobs, config, db, events, metrics, migrations, power_loss, tasks
from backend.kit import redis as redis_module
from backend.kit.blob_files import BlobStore, FileStore
from backend.kit.config import Settings
from backend.kit.models import open_models
from backend.kit.sqlite_database import SqliteDatabase

# "needed": the embedded one may still be starting, so connect in the background and keep trying.
# "if running": a command uses the embedded one only where a server has it open.
# "never": the bus stays inside the process, limits are counted in memory.
UseRedis = Literal["needed", "if running", "never"]
# "migrate": bring an embedded database up to date, and check another one. "check": check either. "leave": a
# command that deals with the schema itself. "generate": tables straight from the models (tests).
Tables = Literal["migrate", "check", "leave", "generate"]


@dataclass(frozen=True, slots=True)
class Runtime:
    """The opened parts of one process."""

    settings: Settings
    process: str
    db: db.Database
    redis: Redis | None
    bus: events.Bus
    blobs: BlobStore


@asynccontextmanager
async def open_runtime(
    settings: Settings,
    process: str = "postroom",
    *,
    use_redis: UseRedis = "needed",
    tables: Tables = "migrate",
) -> AsyncIterator[Runtime]:
    """Open everything, make it the process's own, and close it in reverse order."""
    async with AsyncExitStack() as stack:
        config.set_current(settings)
        stack.callback(config.set_current, None)
        database = await open_database(settings)
        stack.push_async_callback(database.close)
        db.set_database(database)
        stack.callback(db.set_database, None)
        await _prepare_tables(settings, tables, await open_models(database.dialect))
        store = open_store(settings)
        stack.push_async_callback(store.close)
        blobs.set_store(store)
        stack.callback(blobs.set_store, None)
        client = _open_redis(settings, use_redis)
        if client is not None:
            stack.push_async_callback(client.aclose)
        redis_module.set_redis(client)
        stack.callback(redis_module.set_redis, None)
        bus = events.Bus(client)
        events.set_bus(bus)
        stack.callback(events.set_bus, None)
        await bus.start()
        stack.push_async_callback(bus.close)
        if client is not None and use_redis == "needed":
            figures = asyncio.create_task(
                metrics.share(client, process, reads_others=process == "backend"), name="metrics"
            )
            stack.push_async_callback(tasks.end, figures)
        yield Runtime(settings, process, database, client, bus, store)


async def open_database(settings: Settings) -> db.Database:
    """The database that the settings name."""
    settings.data.mkdir(mode=0o700, parents=True, exist_ok=True)
    if settings.is_embedded_database:
        return SqliteDatabase(str(settings.sqlite_path))
    from backend.kit.postgres_database import PostgresDatabase

    return await PostgresDatabase.open(str(settings.database_url))


async def _prepare_tables(settings: Settings, tables: Tables, context: TortoiseContext) -> None:
    if tables == "generate":
        await context.generate_schemas(safe=True)
    elif tables == "migrate" and settings.is_embedded_database:
        await migrations.migrate()
        await power_loss.step_over(settings.run_dir)
    elif tables != "leave":
        await migrations.require_current()


def open_store(settings: Settings) -> BlobStore:
    """The store of large bodies that the settings name."""
    if settings.blob_url is None:
        return FileStore(settings.data / "blobs")
    if settings.blob_url.startswith("file:"):
        return FileStore(Path(urlsplit(settings.blob_url).path))
    from backend.kit.blob_s3 import S3Store

    return S3Store(settings.blob_url)


def _open_redis(settings: Settings, use_redis: UseRedis) -> Redis | None:
    if use_redis == "never":
        return None
    if use_redis == "if running" and settings.redis_url is None and not settings.valkey_socket.is_socket():
        return None
    return redis_module.connect(settings.redis_address)
