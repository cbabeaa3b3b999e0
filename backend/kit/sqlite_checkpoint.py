"""Moves committed pages from the WAL into the database file, away from the writer.

Left to the writer, the commit that fills the WAL pays for all of them (75 to 135 ms every 32 MB). A thread
with a connection of its own does it while others write; only a WAL that never finds a pause to start over is
emptied under the writers' lock, when little is left to move. It waits until there is something worth moving:
pages that are written often are then moved once, and a WAL that was moved to its end makes the next writer
start it over, which costs that one an fsync. What was committed without one is synced here, a moment later.

Two connections that write and checkpoint at the same instant are what SQLite before 3.51.3 may lose pages
by: on such a library nothing is started here and the writer checkpoints itself.
"""

from __future__ import annotations

import fcntl
import logging
import os
import sqlite3
import threading
from collections.abc import Callable

from backend import _sqlite

log = logging.getLogger(__name__)

INTERVAL_S = 0.3
# Pages of 4 KiB: from here on they are moved, the WAL is to start over, the writer helps itself.
MOVED_PAGES = 2_000
RESTART_PAGES = 16_384
FALLBACK_PAGES = 65_536
_BUSY_MS = 200


class Checkpointer:
    """The thread; `wake` is called after commits."""

    def __init__(self, connect: Callable[[], sqlite3.Connection], path: str, lock_path: str) -> None:
        self._connect = connect
        self._wal_path = f"{path}-wal"
        self._lock_fd = os.open(lock_path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        self._has_work = threading.Event()
        self._is_stopping = threading.Event()
        self._is_busy = False
        self._is_emptied = False  # the next commit starts the WAL over
        self._thread = threading.Thread(target=self._work, name="sqlite-checkpoint", daemon=True)
        if _sqlite.is_safe:
            self._thread.start()

    @property
    def is_quiet(self) -> bool:
        """Whether a commit that asks for no fsync meets none."""
        return not (self._is_busy or self._is_emptied)

    def wake(self) -> None:
        """There are new pages in the WAL."""
        self._is_emptied = False
        if not self._has_work.is_set():
            self._has_work.set()

    def stop(self) -> None:
        """End the thread; what is left in the WAL is moved by whoever closes the database last."""
        self._is_stopping.set()
        self._has_work.set()
        if self._thread.is_alive():
            self._thread.join(timeout=10)
        os.close(self._lock_fd)

    def _work(self) -> None:
        conn = self._connect()
        conn.execute(f"PRAGMA busy_timeout = {_BUSY_MS}")
        while True:
            self._has_work.wait()
            if self._is_stopping.wait(INTERVAL_S):
                break
            self._has_work.clear()
            if self._is_stopping.is_set():  # its wake may just have been cleared
                break
            self._is_busy = True
            try:
                self._checkpoint(conn)
            except (sqlite3.Error, OSError) as exc:
                log.error("checkpoint failed: %s", exc)
            finally:
                self._is_busy = False
        conn.close()

    def _checkpoint(self, conn: sqlite3.Connection) -> None:
        _, pages, moved = conn.execute("PRAGMA wal_checkpoint(NOOP)").fetchone()
        if pages - moved < MOVED_PAGES:
            self._sync()
            return
        _, pages, moved = conn.execute("PRAGMA wal_checkpoint(PASSIVE)").fetchone()
        self._is_emptied = pages == moved
        if pages < RESTART_PAGES:
            return
        fcntl.flock(self._lock_fd, fcntl.LOCK_EX)
        try:
            conn.execute("PRAGMA wal_checkpoint(RESTART)").fetchone()
        finally:
            fcntl.flock(self._lock_fd, fcntl.LOCK_UN)

    def _sync(self) -> None:
        try:
            handle = os.open(self._wal_path, os.O_RDWR | os.O_CLOEXEC)
        except FileNotFoundError:  # whoever closed the database last has moved everything
            return
        try:
            os.fdatasync(handle)
        finally:
            os.close(handle)
