"""An open runtime in a fresh data folder, without any server: in-process bus, limits counted in memory."""

from __future__ import annotations

import asyncio
import os
import shutil
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from functools import partial
from pathlib import Path

import pytest

from backend.directory import scram_keys
from backend.kit import ratelimit
from backend.kit.config import Settings, load
from backend.kit.runtime import Runtime, open_runtime
from protocol_service.sasl import mechanisms
from tests.support.postgres import Postgres

PORTS = tuple(name for name in Settings.model_fields if name.endswith("_port") and name != "remote_smtp_port")

Fresh = Callable[[Settings], AbstractAsyncContextManager[Settings]]


@pytest.fixture(autouse=True)
def clean_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """Settings of the person who runs the tests must not reach them."""
    for name in os.environ:
        if name.startswith("POSTROOM_"):
            monkeypatch.delenv(name)


@pytest.fixture(autouse=True)
def quick_sign_in(monkeypatch: pytest.MonkeyPatch) -> None:
    """Keys of SCRAM cost as little as the RFC allows, and a wrong password is answered at once."""
    monkeypatch.setattr(scram_keys, "ITERATIONS", 4096)
    monkeypatch.setattr(mechanisms, "FAILURE_DELAY_S", 0)


@pytest.fixture
def settings(tmp_path: Path, clean_environment: None) -> Settings:
    """Settings of a fresh installation: every port any free one, passwords without TLS."""
    changes = {"hostname": "mail.example.test", "allow_insecure_auth": True, **dict.fromkeys(PORTS, 0)}
    return load(data=tmp_path / "data").model_copy(update=changes)


@pytest.fixture(scope="session")
def sqlite_tables(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database file with every table and nothing in it, to be copied: that takes no time."""
    settings = load(data=tmp_path_factory.mktemp("tables"))
    asyncio.run(_make_tables(settings))
    return settings.sqlite_path


@pytest.fixture(scope="session")
def postgres_tables(postgres: Postgres, tmp_path_factory: pytest.TempPathFactory) -> str:
    """The name of such a database on PostgreSQL, which is emptied after each test."""
    name = "tables"
    asyncio.run(postgres.execute(f"CREATE DATABASE {name}"))
    settings = load(data=tmp_path_factory.mktemp("tables"))
    asyncio.run(_make_tables(settings.model_copy(update={"database_url": postgres.url(name)})))
    return name


async def _make_tables(settings: Settings) -> None:
    async with open_runtime(settings, process="test", use_redis="never", tables="generate"):
        pass


@pytest.fixture
async def rt(settings: Settings, sqlite_tables: Path) -> AsyncIterator[Runtime]:
    """The runtime of a fresh installation on SQLite."""
    async with _on_sqlite(sqlite_tables, settings) as fresh, _open(fresh) as runtime:
        yield runtime


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def any_tables(request: pytest.FixtureRequest) -> Fresh:
    """Makes settings those of a fresh installation, once on SQLite and once on PostgreSQL."""
    if request.param == "sqlite":
        return partial(_on_sqlite, request.getfixturevalue("sqlite_tables"))
    server, database = request.getfixturevalue("postgres"), request.getfixturevalue("postgres_tables")
    return partial(_on_postgres, server, database)


@pytest.fixture
async def any_rt(settings: Settings, any_tables: Fresh) -> AsyncIterator[Runtime]:
    """The runtime of a fresh installation, once on each of the two engines."""
    async with any_tables(settings) as fresh, _open(fresh) as runtime:
        yield runtime


@asynccontextmanager
async def _on_sqlite(tables: Path, settings: Settings) -> AsyncIterator[Settings]:
    settings.data.mkdir(mode=0o700, parents=True)
    shutil.copyfile(tables, settings.sqlite_path)
    yield settings


@asynccontextmanager
async def _on_postgres(server: Postgres, database: str, settings: Settings) -> AsyncIterator[Settings]:
    try:
        yield settings.model_copy(update={"database_url": server.url(database)})
    finally:
        await server.empty(database)


@asynccontextmanager
async def _open(settings: Settings) -> AsyncIterator[Runtime]:
    ratelimit.reset_memory()
    async with open_runtime(settings, process="test", use_redis="never", tables="leave") as runtime:
        yield runtime
