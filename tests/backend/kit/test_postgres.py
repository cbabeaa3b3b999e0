"""PostgreSQL alone: cut connections, lost races, a pool that is not exhausted, placeholders."""

import asyncio
from collections.abc import AsyncIterator

import pytest

from backend.kit import db
from backend.kit.config import Settings
from backend.kit.errors import Unavailable
from backend.kit.postgres_database import PostgresDatabase, numbered
from backend.kit.runtime import Runtime, open_runtime
from tests.support.postgres import Postgres

pytestmark = pytest.mark.postgres


@pytest.fixture
async def pg(settings: Settings, postgres_url: str) -> AsyncIterator[Runtime]:
    on_postgres = settings.model_copy(update={"database_url": postgres_url})
    async with open_runtime(on_postgres, use_redis="never", tables="generate") as runtime:
        yield runtime


async def add(number: int) -> None:
    async def verb(tx: db.Tx) -> None:
        await tx.execute(
            "INSERT INTO domain (id, name, created_at) VALUES (?, ?, 1)", number, f"{number}.test"
        )

    await db.write(verb)


CUT = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'postroom'"


def test_placeholders_are_numbered() -> None:
    assert (
        numbered("SELECT ? + ?, x FROM t WHERE y IN (?,?)") == "SELECT $1 + $2, x FROM t WHERE y IN ($3,$4)"
    )
    assert numbered("SELECT 1") == "SELECT 1"


async def test_cut_connections_are_replaced_without_anyone_noticing(pg: Runtime, postgres: Postgres) -> None:
    await asyncio.gather(*(add(number) for number in range(10)))
    await postgres.execute(CUT)
    assert await db.fetch_value("SELECT count(*) FROM domain") == 10

    await postgres.execute(CUT)
    await asyncio.gather(*(add(number) for number in range(10, 20)))
    await postgres.execute(CUT)
    async with db.transaction() as tx:
        await tx.execute("DELETE FROM domain WHERE id < 10")

    assert await db.fetch_value("SELECT count(*) FROM domain") == 10


async def test_connection_cut_inside_a_verb_is_unavailable_and_undone(
    pg: Runtime, postgres: Postgres
) -> None:
    async def verb(tx: db.Tx) -> None:
        await tx.execute("INSERT INTO domain (id, name, created_at) VALUES (1, 'a.test', 1)")
        await postgres.execute(CUT)
        await tx.execute("UPDATE domain SET is_enabled = 0")

    with pytest.raises(Unavailable):
        await db.write(verb)

    assert await db.fetch_value("SELECT count(*) FROM domain") == 0


async def test_deadlocked_verbs_are_repeated_until_both_are_done(pg: Runtime, postgres: Postgres) -> None:
    await add(1)
    await add(2)
    await postgres.execute("ALTER SYSTEM SET deadlock_timeout = '50ms'")
    await postgres.execute("SELECT pg_reload_conf()")
    runs = 0
    both = asyncio.Barrier(2)

    def in_order(first: int, second: int) -> db.Verb[None]:
        is_first_run = True

        async def verb(tx: db.Tx) -> None:
            nonlocal runs, is_first_run
            runs += 1
            await tx.execute("UPDATE domain SET created_at = created_at + 1 WHERE id = ?", first)
            if is_first_run:
                is_first_run = False
                await both.wait()
            await tx.execute("UPDATE domain SET created_at = created_at + 1 WHERE id = ?", second)

        return verb

    await asyncio.gather(db.write(in_order(1, 2)), db.write(in_order(2, 1)))

    assert runs == 3
    assert await db.fetch_rows("SELECT created_at FROM domain") == [(3,), (3,)]


async def test_more_tasks_than_connections_wait_their_turn(pg: Runtime) -> None:
    async def both(number: int) -> None:
        await add(number)
        async with db.transaction() as tx:
            await tx.fetch_value("SELECT pg_sleep(0.005)")
            assert await db.fetch_value("SELECT name FROM domain WHERE id = ?", number) == f"{number}.test"

    await asyncio.gather(*(both(number) for number in range(100)))

    assert await db.fetch_value("SELECT count(*) FROM domain") == 100


async def test_server_that_does_not_answer_is_unavailable() -> None:
    with pytest.raises(Unavailable, match="does not answer"):
        await PostgresDatabase.open("postgres://nobody@127.0.0.1:1/none")
