"""Verbs and transactions, on both engines: joined, undone, grouped, announced."""

import asyncio
import contextvars
import sqlite3
from collections.abc import AsyncIterator

import pytest

from backend.kit import db
from backend.kit.errors import Conflict, Unavailable
from backend.kit.runtime import Runtime
from backend.kit.sqlite_database import SqliteDatabase
from schema.events import DomainChanged, Event, SettingsChanged

INSERT = "INSERT INTO domain (id, name, created_at) VALUES (?, ?, 1)"


async def names() -> list[str]:
    return [row[0] for row in await db.fetch_rows("SELECT name FROM domain ORDER BY name")]


def add(number: int) -> db.Verb[int]:
    async def verb(tx: db.Tx) -> int:
        return await tx.execute(INSERT, number, f"{number}.test")

    return verb


@pytest.fixture
async def published(any_rt: Runtime) -> AsyncIterator[list[Event]]:
    """Events in the order in which they reached the bus."""
    seen: list[Event] = []
    removes = [any_rt.bus.subscribe(kind, seen.append) for kind in (DomainChanged, SettingsChanged)]
    yield seen
    for remove in removes:
        remove()


async def test_verb_sees_its_own_writes_and_answers_after_commit(any_rt: Runtime) -> None:
    async def verb(tx: db.Tx) -> tuple[object, ...]:
        await tx.execute_many(INSERT, [(1, "1.test"), (2, "2.test")])
        row = await tx.fetch_row("UPDATE domain SET is_enabled = 0 WHERE id = ? RETURNING id, name", 2)
        return (
            row,
            await tx.fetch_value("SELECT count(*) FROM domain"),
            await tx.fetch_row("SELECT 1 WHERE 1 = 0"),
        )

    assert await db.write(verb) == ((2, "2.test"), 2, None)
    assert await names() == ["1.test", "2.test"]
    assert await db.scan("SELECT id FROM domain ORDER BY id") == [(1,), (2,)]


async def test_failing_verb_leaves_nothing_and_its_neighbours_stay(any_rt: Runtime) -> None:
    async def failing(tx: db.Tx) -> None:
        await tx.execute(INSERT, 99, "99.test")
        raise LookupError("no")

    results = await asyncio.gather(
        *(any_rt.db.write(add(number)) for number in range(5)),
        any_rt.db.write(failing),
        *(any_rt.db.write(add(number)) for number in range(5, 10)),
        return_exceptions=True,
    )

    assert [type(result) for result in results] == [int] * 5 + [LookupError] + [int] * 5
    assert await names() == [f"{number}.test" for number in range(10)]


async def test_broken_constraint_is_a_conflict(any_rt: Runtime) -> None:
    await db.write(add(1))

    async def orphan(tx: db.Tx) -> None:
        await tx.execute(
            "INSERT INTO alias (id, domain_id, localpart, targets, created_at) VALUES (1, 7, 'a', '[]', 1)"
        )

    with pytest.raises(Conflict):
        await db.write(add(1))
    with pytest.raises(Conflict):
        await db.write(orphan)
    with pytest.raises(Conflict):
        async with db.transaction() as tx:
            await tx.execute(INSERT, 2, "1.test")
    assert await names() == ["1.test"]


async def test_nested_calls_join_the_transaction(any_rt: Runtime) -> None:
    with pytest.raises(LookupError):
        async with db.transaction() as outer:
            await db.write(add(1))
            async with db.transaction() as inner:
                assert inner is outer
                await db.write(add(2))
            assert await names() == ["1.test", "2.test"]
            assert await db.scan("SELECT id FROM domain") == []
            raise LookupError

    assert await names() == []


async def test_db_functions_inside_a_verb_see_its_transaction(any_rt: Runtime) -> None:
    async def verb(tx: db.Tx) -> list[str]:
        await db.write(add(1))
        return await names()

    assert await db.write(verb) == ["1.test"]


async def test_events_are_published_after_commit_and_dropped_on_rollback(
    any_rt: Runtime, published: list[Event]
) -> None:
    async def verb(tx: db.Tx) -> None:
        tx.announce(DomainChanged(1))
        assert published == []

    async def failing(tx: db.Tx) -> None:
        tx.announce(DomainChanged(2))
        raise LookupError

    await db.write(verb)
    assert published == [DomainChanged(1)]
    with pytest.raises(LookupError):
        await db.write(failing)
    with pytest.raises(LookupError):
        async with db.transaction() as tx:
            tx.announce(DomainChanged(3))
            raise LookupError
    async with db.transaction() as tx:
        tx.announce(DomainChanged(4))
        assert published == [DomainChanged(1)]

    assert published == [DomainChanged(1), DomainChanged(4)]


async def test_cancelled_waiter_does_not_undo_its_verb(any_rt: Runtime, published: list[Event]) -> None:
    started = asyncio.Event()
    loop = asyncio.get_running_loop()

    async def verb(tx: db.Tx) -> None:
        loop.call_soon_threadsafe(started.set)
        await tx.execute(INSERT, 1, "1.test")
        tx.announce(DomainChanged(1))

    task = asyncio.create_task(any_rt.db.write(verb))
    await started.wait()
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)
    await db.write(add(2))

    assert await names() == ["1.test", "2.test"]
    assert published == [DomainChanged(1)]


async def test_cancelled_transaction_is_rolled_back_and_the_writer_is_free(any_rt: Runtime) -> None:
    inside = asyncio.Event()

    async def hold() -> None:
        async with db.transaction() as tx:
            await tx.execute(INSERT, 1, "1.test")
            inside.set()
            await asyncio.Event().wait()

    task = asyncio.create_task(hold())
    await inside.wait()
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    await db.write(add(2))

    assert await names() == ["2.test"]


async def test_concurrent_transactions_lose_no_update(any_rt: Runtime) -> None:
    await db.write(add(1))

    async def raise_count(tx: db.Tx) -> None:
        await tx.execute("UPDATE domain SET created_at = created_at + 1 WHERE id = 1")

    async def in_transaction() -> None:
        async with db.transaction() as tx:
            await raise_count(tx)

    await asyncio.gather(*(db.write(raise_count) for _ in range(30)), *(in_transaction() for _ in range(10)))

    assert await db.fetch_value("SELECT created_at FROM domain WHERE id = 1") == 41


async def test_non_durable_write_is_seen_at_once(any_rt: Runtime) -> None:
    await any_rt.db.write(add(1), durable=False)
    await any_rt.db.write(add(2))

    assert await names() == ["1.test", "2.test"]


async def test_brief_write_takes_its_turn_at_once_and_fails_alone(
    any_rt: Runtime, published: list[Event]
) -> None:
    async def failing(tx: db.Tx) -> None:
        await tx.execute(INSERT, 2, "2.test")
        tx.announce(DomainChanged(2))
        raise LookupError("no")

    async def announcing(tx: db.Tx) -> db.Tx | None:
        await tx.execute(INSERT, 1, "1.test")
        tx.announce(DomainChanged(1))
        return db.current_tx.get()

    seen = await db.write(announcing, durable=False, brief=True)
    with pytest.raises(LookupError):
        await db.write(failing, durable=False, brief=True)

    assert db.current_tx.get() is None
    assert seen is not None or any_rt.db.dialect == "postgres"
    assert await names() == ["1.test"]
    assert published == [DomainChanged(1)]


async def test_brief_write_waits_for_an_open_transaction(rt: Runtime) -> None:
    async with db.transaction() as tx:
        await tx.execute(INSERT, 1, "1.test")
        other = asyncio.create_task(
            rt.db.write(add(2), durable=False, brief=True), context=contextvars.Context()
        )
        await asyncio.sleep(0.01)
        assert not other.done()
    await other
    assert await names() == ["1.test", "2.test"]


async def test_mistake_in_sql_is_raised_as_it_is(any_rt: Runtime) -> None:
    async def verb(tx: db.Tx) -> None:
        await tx.execute("UPDATE no_such_table SET x = 1")

    with pytest.raises(Exception, match="no_such_table") as caught:
        await db.write(verb)

    assert not isinstance(caught.value, Unavailable)


async def test_verb_that_awaits_something_else_is_refused(rt: Runtime) -> None:
    async def verb(tx: db.Tx) -> None:
        await tx.execute(INSERT, 1, "1.test")
        await asyncio.sleep(0)

    with pytest.raises(RuntimeError, match="awaited something other"):
        await db.write(verb)
    assert await names() == []


async def test_locked_database_is_unavailable_and_works_again_afterwards(
    rt: Runtime, monkeypatch: pytest.MonkeyPatch
) -> None:
    database = rt.db
    assert isinstance(database, SqliteDatabase)
    other = sqlite3.connect(database.path, isolation_level=None)

    async def impatient(tx: db.Tx) -> None:
        await tx.execute("PRAGMA busy_timeout = 50")

    await db.write(impatient)
    other.execute("BEGIN EXCLUSIVE")
    with pytest.raises(Unavailable):
        await db.write(add(1))
    with pytest.raises(Unavailable):
        async with db.transaction():
            pass
    other.execute("ROLLBACK")
    other.close()

    await db.write(add(2))
    assert await names() == ["2.test"]


async def test_full_disk_is_unavailable_leaves_nothing_and_goes_on_with_space(rt: Runtime) -> None:
    await db.write(add(1))

    async def limit(tx: db.Tx) -> None:
        pages = await tx.fetch_value("PRAGMA page_count")
        await tx.fetch_value(f"PRAGMA max_page_count = {pages + 2}")

    async def large(tx: db.Tx) -> None:
        await tx.execute(INSERT, 2, "2.test")
        await tx.execute("INSERT INTO blob_data (id, data) VALUES (1, ?)", b"x" * 1_000_000)

    await db.write(limit)
    results = await asyncio.gather(db.write(large), db.write(large), return_exceptions=True)
    assert [type(result) for result in results] == [Unavailable, Unavailable]
    with pytest.raises(Unavailable):
        async with db.transaction() as tx:
            await large(tx)
    assert await names() == ["1.test"]

    async def more(tx: db.Tx) -> None:
        await tx.fetch_value("PRAGMA max_page_count = 1000000")

    await db.write(more)
    await db.write(large)
    assert await names() == ["1.test", "2.test"]
