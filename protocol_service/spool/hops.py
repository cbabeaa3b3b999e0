"""How much is under way to each next hop, so that no destination takes the place of another.

A hop begins with a few errands at a time and gets more with every success (slow start), fewer after a
failure. One that cannot be reached is left alone for a growing while: what is meant for it is deferred
at once with what the last attempt brought. A bounded number stands in line for a hop, the rest waits in the
spool.
"""

from __future__ import annotations

import asyncio
import time
from collections import deque
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from protocol_service.spool.outcome import Outcome, Result

FIRST_AT_ONCE = 2
AT_ONCE = 10
AT_ONCE_IN_ALL = 200
WAITING = 500
BACK_OFF_S = (15.0, 900.0)
KNOWN_LIMIT = 10_000


@dataclass(frozen=True, slots=True)
class Silence:
    """What the last attempt at a hop brought that cannot be reached."""

    status: str
    reply: str
    host: str


class Full(Exception):
    """Too many stand in line for that hop."""


class Down(Exception):
    """The hop is left alone for now."""

    def __init__(self, silence: Silence) -> None:
        super().__init__(silence.reply)
        self.silence = silence


class Hops:
    """Counts and limits errands by next hop. `now` is a monotonic clock in seconds."""

    def __init__(
        self,
        *,
        at_once: int = AT_ONCE,
        in_all: int = AT_ONCE_IN_ALL,
        waiting: int = WAITING,
        now: Callable[[], float] = time.monotonic,
    ) -> None:
        self._at_once = at_once
        self._waiting = waiting
        self._now = now
        self._in_all = asyncio.Semaphore(in_all)
        self._hops: dict[str, _Hop] = {}

    def enter(self, hop: str, *, is_urgent: bool = False) -> None:
        """Stand in line for a next hop. Raises `Full` and, unless somebody waits for it, `Down`."""
        line = self._hops.get(hop)
        if line is None:
            self._forget_quiet()
            line = self._hops[hop] = _Hop(min(FIRST_AT_ONCE, self._at_once))
        if is_urgent:
            line.silence = None
        if line.silence is not None and line.down_until > self._now():
            raise Down(line.silence)
        if line.count >= self._at_once + self._waiting:
            raise Full
        line.count += 1

    def leave(self, hop: str) -> None:
        """Give the place in line back."""
        line = self._hops[hop]
        line.count -= 1
        if line.count == 0 and line.silence is None and line.window >= self._at_once:
            del self._hops[hop]

    @asynccontextmanager
    async def turn(self, hop: str) -> AsyncIterator[None]:
        """Wait for the turn of one who stands in line. Raises `Down` where the hop has gone meanwhile."""
        line = self._hops[hop]
        await line.wait()
        try:
            if line.silence is not None and line.down_until > self._now():
                raise Down(line.silence)
            async with self._in_all:
                yield
        finally:
            line.done()

    def learn(self, hop: str, outcomes: Sequence[Outcome]) -> None:
        """Widen or narrow the hop's window by what an errand brought."""
        line = self._hops[hop]
        silence = _silence(outcomes)
        if silence is None:
            line.silence, line.failures = None, 0
            if any(outcome.result is Result.DELIVERED for outcome in outcomes):
                line.widen(self._at_once)
            return
        line.failures += 1
        line.silence = silence
        line.window = max(1, line.window // 2)
        first_s, most_s = BACK_OFF_S
        line.down_until = self._now() + min(most_s, first_s * 2 ** min(line.failures - 1, 10))

    def _forget_quiet(self) -> None:
        if len(self._hops) >= KNOWN_LIMIT:
            now = self._now()
            self._hops = {
                name: line for name, line in self._hops.items() if line.count or line.down_until > now
            }


@dataclass(slots=True)
class _Hop:
    """One line: `window` errands run, `count` is those and the waiting ones."""

    window: int
    count: int = 0
    running: int = 0
    failures: int = 0
    down_until: float = 0.0
    silence: Silence | None = None
    waiters: deque[asyncio.Future[None]] = field(default_factory=deque)

    async def wait(self) -> None:
        """Until it is one's turn."""
        if self.running < self.window and not self.waiters:
            self.running += 1
            return
        turn = asyncio.get_running_loop().create_future()
        self.waiters.append(turn)
        try:
            await turn
        except asyncio.CancelledError:
            if turn.done() and not turn.cancelled():
                self.done()
            raise

    def done(self) -> None:
        """One has run; the next ones may."""
        self.running -= 1
        self._admit()

    def widen(self, most: int) -> None:
        """One more at a time."""
        self.window = min(most, self.window + 1)
        self._admit()

    def _admit(self) -> None:
        while self.waiters and self.running < self.window:
            turn = self.waiters.popleft()
            if not turn.done():
                self.running += 1
                turn.set_result(None)


def _silence(outcomes: Sequence[Outcome]) -> Silence | None:
    """The fault of the host, where all recipients met it."""
    if not outcomes or not all(
        outcome.is_unreached and outcome.result is Result.DEFERRED for outcome in outcomes
    ):
        return None
    return Silence(outcomes[0].status, outcomes[0].reply, outcomes[0].host)
