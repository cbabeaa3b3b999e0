"""Successes that nobody is to be told of, written down together: a busy queue ends many a moment.

While one transaction is under way others gather for the next. Where a group cannot be written, each of it is
left to be written alone.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Coroutine, Sequence
from functools import partial
from typing import Any

from backend.kit import clock, db
from backend.kit.errors import MailError
from backend.spool import queue
from backend.spool.types import Attempt

log = logging.getLogger(__name__)

MOST = 256


class NotWritten(Exception):
    """The group could not be written; nothing of it has happened."""


class Gathered:
    """What waits to be written; `spawn` starts a task that outlives the call."""

    def __init__(self, spawn: Callable[[Coroutine[Any, Any, None]], None]) -> None:
        self._spawn = spawn
        self._waiting: list[tuple[int, Attempt, asyncio.Future[None]]] = []
        self._is_writing = False

    async def delivered(self, message_id: int, attempts: Sequence[Attempt]) -> None:
        """`queue.delivered`; returns after COMMIT. Raises `NotWritten`."""
        done = asyncio.get_running_loop().create_future()
        self._waiting += [(message_id, attempt, done) for attempt in attempts]
        if not self._is_writing:
            self._is_writing = True
            self._spawn(self._write())
        await done

    async def _write(self) -> None:
        try:
            while self._waiting:
                group, self._waiting = self._waiting[:MOST], self._waiting[MOST:]
                await _write_group(group)
        finally:
            self._is_writing = False


async def _write_group(group: Sequence[tuple[int, Attempt, asyncio.Future[None]]]) -> None:
    attempts = [(message_id, attempt) for message_id, attempt, _ in group]
    error: NotWritten | None = None
    try:
        lost = await db.write(partial(queue.delivered_apart, attempts=attempts, now=clock.now()))
    except (MailError, RuntimeError) as cause:
        log.warning("%d outcomes cannot be written together: %r", len(group), cause)
        error = NotWritten()
    else:
        if lost:
            log.warning("another worker has settled %d recipients meanwhile", len(lost))
    for _, _, done in group:
        if done.done():
            continue
        if error is None:
            done.set_result(None)
        else:
            done.set_exception(error)
