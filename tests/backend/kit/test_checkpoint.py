"""Pages leave the WAL once there is something worth moving, and commits without an fsync get theirs."""

import asyncio
import errno
import fcntl
import os
import threading
from pathlib import Path

import pytest

from backend.kit import db, sqlite_checkpoint
from backend.kit.errors import Unavailable
from backend.kit.runtime import Runtime
from backend.kit.sqlite_checkpoint import Checkpointer
from backend.kit.sqlite_writer import connect
from tests.support.mail_house import until


async def put(number: int) -> None:
    async def verb(tx: db.Tx) -> None:
        await tx.execute(
            "INSERT INTO domain (id, name, created_at) VALUES (?, ?, 1)", number, f"{number}.test"
        )

    await db.write(verb, durable=False)


def state(path: str) -> tuple[int, int]:
    """Pages in the WAL, and how many of them were moved."""
    conn = connect(path, read_only=True)
    try:
        _, pages, moved = conn.execute("PRAGMA wal_checkpoint(NOOP)").fetchone()
    finally:
        conn.close()
    return pages, moved


@pytest.fixture
def path(rt: Runtime) -> str:
    return str(rt.settings.sqlite_path)


def checkpointer(path: str) -> Checkpointer:
    return Checkpointer(lambda: connect(path), path, f"{path}.lock")


async def test_few_pages_stay_and_are_synced(rt: Runtime, path: str, monkeypatch: pytest.MonkeyPatch) -> None:
    synced: list[str] = []
    real = os.fdatasync

    def fdatasync(handle: int) -> None:
        synced.append(Path(f"/proc/self/fd/{handle}").readlink().name)
        real(handle)

    monkeypatch.setattr(os, "fdatasync", fdatasync)
    moved = state(path)[1]
    await put(1)

    await until(lambda: synced)

    assert synced[0] == f"{Path(path).name}-wal"
    assert state(path)[1] == moved


async def test_many_pages_are_moved(rt: Runtime, path: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sqlite_checkpoint, "MOVED_PAGES", 1)
    await put(1)

    await until(lambda: len(set(state(path))) == 1)

    await put(2)  # starts the WAL over
    assert await db.fetch_value("SELECT count(*) FROM domain") == 2


async def test_a_wal_that_was_moved_to_its_end_is_not_quiet(rt: Runtime, path: str) -> None:
    await put(1)
    own = checkpointer(path)
    conn = connect(path)
    quiet = []
    try:
        quiet.append(own.is_quiet)
        own._checkpoint(conn)  # too little to move
        quiet.append(own.is_quiet)
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(sqlite_checkpoint, "MOVED_PAGES", 0)
            own._checkpoint(conn)
        quiet.append(own.is_quiet)
        own.wake()
        quiet.append(own.is_quiet)
    finally:
        conn.close()
        own.stop()
    assert quiet == [True, True, False, True]


def test_a_stop_while_the_last_wake_is_cleared_is_not_missed(
    path: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sqlite_checkpoint, "INTERVAL_S", 0)
    worker = checkpointer(path)

    class Late(threading.Event):
        """Somebody stops the thread between its look at the flag and this clearing."""

        def clear(self) -> None:
            worker._is_stopping.set()
            self.set()
            super().clear()

    late = Late()
    worker._has_work.set()  # the thread waits on the event that it began with
    worker._has_work = late
    late.set()

    worker._thread.join(timeout=5)

    assert not worker._thread.is_alive()
    worker.stop()


async def test_a_durable_write_is_synced_before_its_answer_and_others_are_not_kept_waiting(
    rt: Runtime, path: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    is_syncing, may_end = threading.Event(), threading.Event()
    real = os.fdatasync

    def fdatasync(handle: int) -> None:
        if threading.current_thread().name == "sqlite-writer":
            is_syncing.set()
            assert may_end.wait(20)
        real(handle)

    monkeypatch.setattr(os, "fdatasync", fdatasync)

    async def add(tx: db.Tx) -> None:
        await tx.execute("INSERT INTO domain (id, name, created_at) VALUES (1, '1.test', 1)")

    durable = asyncio.create_task(db.write(add))
    await asyncio.to_thread(is_syncing.wait, 20)
    async with asyncio.timeout(20):
        await db.write(lambda tx: tx.execute("UPDATE domain SET name = '2.test'"), durable=False, brief=True)
    assert not durable.done()
    fd = os.open(f"{path}.lock", os.O_RDWR)
    fcntl.flock(fd, fcntl.LOCK_EX | fcntl.LOCK_NB)  # another process may have its turn
    os.close(fd)

    may_end.set()
    await durable
    assert await db.fetch_value("SELECT name FROM domain") == "2.test"


async def test_a_write_that_cannot_be_synced_is_not_relied_on(
    rt: Runtime, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fdatasync(handle: int) -> None:
        raise OSError(errno.EIO, "Input/output error")

    async def add(tx: db.Tx) -> None:
        await tx.execute("INSERT INTO domain (id, name, created_at) VALUES (1, '1.test', 1)")

    with monkeypatch.context() as patch:
        patch.setattr(os, "fdatasync", fdatasync)
        with pytest.raises(Unavailable):
            await db.write(add)
    await db.write(lambda tx: tx.execute("UPDATE domain SET name = '2.test'"))
