"""The one writer of a process on SQLite: group commit (rule 6).

A thread owns the only write connection. It takes every verb that is queued, runs them in one transaction,
commits once (one fsync) and then answers all. A verb that fails is undone alone by its savepoint. Between
processes it takes a blocking file lock before BEGIN IMMEDIATE, so turns are handed over at once; SQLite's
own busy handler sleeps and starves.

A `Session` (everyday transactions) holds the writer from BEGIN to COMMIT and is served statement by
statement.

A brief verb that needs no fsync is not worth two changes of threads: while nobody else writes, the caller's
thread takes the turn itself (`run`).
"""

from __future__ import annotations

import asyncio
import fcntl
import logging
import os
import queue
import sqlite3
import threading
from collections.abc import Callable, Coroutine
from typing import Any

from backend.kit.db import Verb, current_tx, publish
from backend.kit.errors import Unavailable
from backend.kit.sqlite_checkpoint import Checkpointer
from backend.kit.sqlite_connection import SqliteTx, connect, translate
from schema.events import Event

log = logging.getLogger(__name__)

GROUP_LIMIT = 128
SESSION_IDLE_S = 30.0


class _Job:
    """A verb on its way through the writer."""

    __slots__ = ("durable", "error", "events", "future", "loop", "result", "verb")

    def __init__(self, verb: Verb[Any], durable: bool, loop: asyncio.AbstractEventLoop) -> None:
        self.verb = verb
        self.durable = durable
        self.loop = loop
        self.future: asyncio.Future[Any]  # of one that is queued
        self.result: Any = None
        self.error: BaseException | None = None
        self.events: list[Event] = []


class Session:
    """A transaction held open by a task; its statements run on the writer's thread."""

    def __init__(self, loop: asyncio.AbstractEventLoop) -> None:
        self.loop = loop
        self.requests: queue.SimpleQueue[tuple[Callable[[sqlite3.Connection], Any], asyncio.Future[Any]]] = (
            queue.SimpleQueue()
        )
        self.ready: asyncio.Future[None] = loop.create_future()
        self.finished = False

    async def call(self, work: Callable[[sqlite3.Connection], Any]) -> Any:
        """Run `work` with the write connection inside this transaction."""
        if self.finished:
            raise Unavailable("The transaction has already ended")
        future: asyncio.Future[Any] = self.loop.create_future()
        self.requests.put((work, future))
        return await future


class Writer:
    """The writer thread; `run` and `session` are its doors."""

    def __init__(self, path: str, lock_path: str) -> None:
        self._path = path
        self._queue: queue.SimpleQueue[_Job | Session | None] = queue.SimpleQueue()
        self._lock_fd = os.open(lock_path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        self._conn = connect(path)
        self._checkpointer = Checkpointer(lambda: connect(path), path, lock_path)
        self._synchronous = "FULL"
        self._turn = threading.Lock()  # whoever holds it may use the connection
        self._thread = threading.Thread(target=self._work, name="sqlite-writer", daemon=True)
        self._thread.start()

    async def run(self, verb: Verb[Any], *, durable: bool, brief: bool) -> Any:
        """Queue a verb, or run a brief one at once; its value after COMMIT. Cancelling the waiter does not
        undo a verb that is under way.
        """
        job = _Job(verb, durable, asyncio.get_running_loop())
        if brief and not durable and self._run_here(job):
            if job.error is not None:
                raise job.error
            return job.result
        job.future = job.loop.create_future()
        self._queue.put(job)
        return await job.future

    def _run_here(self, job: _Job) -> bool:
        """Run a verb on the caller's thread, unless it would wait there for others or for the disk."""
        if not (self._checkpointer.is_quiet and self._queue.empty() and self._turn.acquire(blocking=False)):
            return False
        try:
            fcntl.flock(self._lock_fd, fcntl.LOCK_EX | fcntl.LOCK_NB)
            self._commit([job])
        except BlockingIOError:  # another process has the turn
            return False
        finally:
            self._turn.release()
        if job.error is None:
            publish(job.events)
        return True

    async def session(self) -> Session:
        """Begin a transaction that this task holds until `COMMIT` or `ROLLBACK` is called on it."""
        session = Session(asyncio.get_running_loop())
        self._queue.put(session)
        try:
            await session.ready
        except asyncio.CancelledError:
            session.requests.put((_rollback, session.loop.create_future()))
            raise
        return session

    def stop(self) -> None:
        """Finish what is queued, then close the connection."""
        self._queue.put(None)
        self._checkpointer.stop()
        self._thread.join(timeout=30)
        os.close(self._lock_fd)

    # -- on the writer's thread

    def _work(self) -> None:
        waiting: _Job | Session | None
        while (waiting := self._queue.get()) is not None:
            stop = False
            while waiting is not None:
                if isinstance(waiting, Session):
                    with self._turn:
                        self._serve(waiting)
                    waiting = None
                    continue
                group = [waiting]
                waiting = None
                while len(group) < GROUP_LIMIT:
                    try:
                        more = self._queue.get_nowait()
                    except queue.Empty:
                        break
                    if isinstance(more, _Job):
                        group.append(more)
                        continue
                    waiting, stop = more, more is None
                    break
                with self._turn:
                    fcntl.flock(self._lock_fd, fcntl.LOCK_EX)
                    self._commit(group)
                _answer(group)
            if stop:
                break
        self._conn.close()

    def _begin(self, durable: bool) -> None:
        # With FULL it is COMMIT that waits for the WAL to be on the disk, so within the turn. To commit with
        # NORMAL and sync the file behind the turn is quicker where the disk is busy. It was tried, and under
        # load the test of power cuts once missed two of 200 messages whose 250 had been read. Why is unknown:
        # by SQLite's own rules a checkpoint syncs the WAL before it copies from it, and the database before
        # the WAL is begun anew (with other salts), and a sync of the file takes in what others wrote before.
        # Whoever tries again has to find that loss first.
        wanted = "FULL" if durable else "NORMAL"
        if wanted != self._synchronous:
            self._conn.execute(f"PRAGMA synchronous={wanted}")
            self._synchronous = wanted
        self._conn.execute("BEGIN IMMEDIATE")

    def _end(self) -> None:
        if self._conn.in_transaction:
            try:
                self._conn.execute("ROLLBACK")
            except sqlite3.Error as exc:
                log.error("rollback failed: %s", exc)
        fcntl.flock(self._lock_fd, fcntl.LOCK_UN)

    def _commit(self, group: list[_Job]) -> None:
        """Run verbs in one transaction; the file lock is held, and given back."""
        try:
            self._begin(any(job.durable for job in group))
            if len(group) == 1:
                self._run(group[0])
            else:
                for job in group:
                    self._run_apart(job)
            self._conn.execute("COMMIT")
            self._checkpointer.wake()
        except BaseException as exc:  # noqa: BLE001  # whatever it is, those who wait must hear of it
            failure = translate(exc)
            for job in group:
                job.error = job.error or failure
        finally:
            self._end()

    def _run(self, job: _Job) -> None:
        tx = SqliteTx(self._conn)
        # What a verb calls may ask for `db.write` or `db.fetch_row`: they join and see this transaction.
        token = current_tx.set(tx)
        try:
            job.result = drive(job.verb(tx))  # type: ignore[arg-type]  # a verb is an async def: its awaitable is a coroutine
            job.events = tx.events
        finally:
            current_tx.reset(token)

    def _run_apart(self, job: _Job) -> None:
        """Run one verb of several so that its failure is its own."""
        conn = self._conn
        conn.execute("SAVEPOINT verb")
        try:
            self._run(job)
        except BaseException as exc:
            if not conn.in_transaction:  # SQLite ended the whole transaction itself (disk full, I/O error)
                raise
            conn.execute("ROLLBACK TO verb")
            job.error = translate(exc)
        conn.execute("RELEASE verb")

    def _serve(self, session: Session) -> None:
        fcntl.flock(self._lock_fd, fcntl.LOCK_EX)
        try:
            self._begin(durable=True)
        except BaseException as exc:  # noqa: BLE001  # whatever it is, the task that waits must hear of it
            self._end()
            _call(session.loop, _set_error, session.ready, translate(exc))
            return
        _call(session.loop, _set_result, session.ready, None)
        try:
            while not session.finished:
                work, future = session.requests.get(timeout=SESSION_IDLE_S)
                session.finished = work is _commit or work is _rollback
                try:
                    result = work(self._conn)
                except BaseException as exc:  # noqa: BLE001  # it belongs to the task, not to this thread
                    _call(session.loop, _set_error, future, exc)
                else:
                    if session.finished:
                        self._checkpointer.wake()
                        self._end()
                    _call(session.loop, _set_result, future, result)
        except queue.Empty:
            log.error("a transaction was idle for %s s and is rolled back", SESSION_IDLE_S)
        finally:
            session.finished = True
            self._end()
            _refuse_rest(session)


def _refuse_rest(session: Session) -> None:
    while True:
        try:
            _, future = session.requests.get_nowait()
        except queue.Empty:
            return
        _call(session.loop, _set_error, future, Unavailable("The transaction has already ended"))


def _commit(conn: sqlite3.Connection) -> None:
    conn.execute("COMMIT")


def _rollback(conn: sqlite3.Connection) -> None:
    if conn.in_transaction:
        conn.execute("ROLLBACK")


COMMIT, ROLLBACK = _commit, _rollback


def drive(coroutine: Coroutine[Any, Any, Any]) -> Any:
    """Run a coroutine that never suspends to its end."""
    try:
        coroutine.send(None)
    except StopIteration as stop:
        return stop.value
    coroutine.close()
    raise RuntimeError("a verb awaited something other than its transaction")


def _answer(group: list[_Job]) -> None:
    """Resolve the futures, one wake-up for each event loop."""
    loops: dict[asyncio.AbstractEventLoop, list[_Job]] = {}
    for job in group:
        loops.setdefault(job.loop, []).append(job)
    for loop, jobs in loops.items():
        _call(loop, _resolve, jobs)


def _resolve(jobs: list[_Job]) -> None:
    for job in jobs:
        if job.future.done():
            continue
        if job.error is not None:
            job.future.set_exception(job.error)
        else:
            job.future.set_result(job.result)
    # Those who wait go on in the loop's next turn, and then before the bus tells other processes.
    publish([event for job in jobs if job.error is None for event in job.events])


def _set_result(future: asyncio.Future[Any], value: Any) -> None:
    if not future.done():
        future.set_result(value)


def _set_error(future: asyncio.Future[Any], exc: BaseException) -> None:
    if not future.done():
        future.set_exception(exc)


def _call(loop: asyncio.AbstractEventLoop, function: Callable[..., None], *args: Any) -> None:
    try:
        loop.call_soon_threadsafe(function, *args)
    except RuntimeError:  # the loop has closed: nobody waits any more
        log.debug("an answer came after its event loop had closed")
