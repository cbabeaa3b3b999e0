"""Pages leave the WAL once there is something worth moving, and commits without an fsync get theirs."""

import os
import threading
from pathlib import Path

import pytest

from backend.kit import db, sqlite_checkpoint
from backend.kit.runtime import Runtime
from backend.kit.sqlite_checkpoint import Checkpointer
from backend.kit.sqlite_connection import connect
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
