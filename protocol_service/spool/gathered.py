"""Successes that nobody is to be told of, written down together: a busy queue ends many a moment.

While one transaction is under way others gather for the next. Where a group cannot be written, each of it is
handed to `alone`, to be written by itself.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Coroutine, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from backend.kit import clock, db
from backend.kit.errors import MailError
from backend.spool import settlements
from backend.spool.types import SpooledMessage
from protocol_service.spool.outcome import Outcome

log = logging.getLogger(__name__)

MOST = 256  # recipients in one transaction, or a few more


@dataclass(slots=True)
class Done:
    """What an errand brought; `raw` is the message as it was to leave, `carried` what is to be put down."""

    message: SpooledMessage
    outcomes: Sequence[Outcome]
    raw: bytes
    carried: bytes | None


class Gathered:
    """What waits to be written; `spawn` starts a task that outlives the call, `written` hears of what is
    committed. One with more than `EACH` recipients is no matter for a group.
    """

    EACH = 50

    def __init__(
        self,
        spawn: Callable[[Coroutine[Any, Any, None]], None],
        *,
        written: Callable[[Sequence[Done]], None],
        alone: Callable[[Done], Coroutine[Any, Any, None]],
    ) -> None:
        self._spawn = spawn
        self._written = written
        self._alone = alone
        self._waiting: list[Done] = []
        self._is_writing = False

    def delivered(self, done: Done) -> None:
        """Write it down soon: `settlements.delivered`."""
        self._waiting.append(done)
        if not self._is_writing:
            self._is_writing = True
            self._spawn(self._write())

    async def _write(self) -> None:
        try:
            while self._waiting:
                await self._write_group(self._take())
        finally:
            self._is_writing = False

    def _take(self) -> list[Done]:
        count = size = 0
        while count < len(self._waiting) and size < MOST:
            size += len(self._waiting[count].outcomes)
            count += 1
        group, self._waiting = self._waiting[:count], self._waiting[count:]
        return group

    async def _write_group(self, group: Sequence[Done]) -> None:
        attempts = [(done.message.id, outcome.attempt) for done in group for outcome in done.outcomes]
        try:
            lost = await db.write(partial(settlements.delivered_apart, attempts=attempts, now=clock.now()))
        except (MailError, RuntimeError) as cause:
            log.warning("%d outcomes cannot be written together: %r", len(attempts), cause)
            for done in group:
                self._spawn(self._alone(done))
            return
        if lost:
            log.warning("another worker has settled %d recipients meanwhile", len(lost))
        self._written(group)
