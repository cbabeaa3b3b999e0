"""How much is under way to each next hop, so that no destination takes the place of another.

A hop begins with a few errands at a time and gets more with every success (slow start), fewer after a
failure. One that cannot be reached is left alone for a growing while: what is meant for it is deferred
at once with what the last attempt brought.

Of a hop that is quick any number stands in line, up to `WAITING`. When the worker has too much in hand it
sheds: of a hop that is slow only as many stay as it takes in a few seconds. The rest goes back to the spool
for about as long as the line before it will take, and so does what is claimed for it later.
"""

from __future__ import annotations

import asyncio
import math
import time
from collections import deque
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from protocol_service.spool.outcome import Outcome, Result

FIRST_AT_ONCE = 2
AT_ONCE = 10
AT_ONCE_IN_ALL = 200
WAITING = 1500
WAITING_SLOW = 20
RATE_OVER_S = 3.0
WORTH_S = 5.0  # of its work may stand in line for a slow hop
SENT_BACK_S = (2.0, 900.0)
BACK_OFF_S = (15.0, 900.0)
KNOWN_LIMIT = 10_000


@dataclass(frozen=True, slots=True)
class Silence:
    """What the last attempt at a hop brought that cannot be reached."""

    status: str
    reply: str
    host: str


class Full(Exception):
    """Too many stand in line for that hop; it is worth asking again after `wait_s`."""

    def __init__(self, wait_s: float) -> None:
        super().__init__(f"{wait_s:.0f} s")
        self.wait_s = wait_s


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
        if line.count >= self._capacity(line):
            raise Full(line.send_back(self._now()))
        line.count += 1

    def leave(self, hop: str) -> None:
        """Give the place in line back."""
        line = self._hops[hop]
        line.count -= 1
        if line.count == 0:
            line.is_slow = False
        if line.count == 0 and line.silence is None and line.window >= self._at_once:
            del self._hops[hop]

    @asynccontextmanager
    async def turn(self, hop: str) -> AsyncIterator[None]:
        """Wait for the turn of one who stands in line. Raises `Down` where the hop has gone meanwhile, `Full`
        where it turned out to be slow: who gets that has left the line.
        """
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
                line.succeeded(self._now())
            return
        line.failures += 1
        line.silence = silence
        line.window = max(1, line.window // 2)
        first_s, most_s = BACK_OFF_S
        line.down_until = self._now() + min(most_s, first_s * 2 ** min(line.failures - 1, 10))

    def shed(self) -> None:
        """Send those away who will stand in line for long."""
        now = self._now()
        for line in self._hops.values():
            line.is_slow = line.count > self._at_once + max(WAITING_SLOW, int(WORTH_S * line.rate(now)))
            while line.waiters and line.count > self._capacity(line):
                line.send_away(line.send_back(now))

    def _capacity(self, line: _Hop) -> int:
        if not line.is_slow:
            return self._at_once + self._waiting
        worth = int(WORTH_S * line.rate(self._now()))
        return self._at_once + min(self._waiting, max(WAITING_SLOW, worth))

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
    is_slow: bool = False
    decayed_rate: float = 0.0
    succeeded_at: float = 0.0
    taken_until: float = 0.0  # the line and those who were sent back will take so long
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

    def rate(self, now: float) -> float:
        """Successes in a second, those of long ago counting less and less."""
        return self.decayed_rate * math.exp((self.succeeded_at - now) / RATE_OVER_S)

    def succeeded(self, now: float) -> None:
        """Count a success."""
        self.decayed_rate, self.succeeded_at = self.rate(now) + 1 / RATE_OVER_S, now

    def send_back(self, now: float) -> float:
        """In how many seconds somebody may come again who finds the line full, after all who were told so
        before.
        """
        least_s, most_s = SENT_BACK_S
        each_s = 1 / max(self.rate(now), 1 / least_s)
        self.taken_until = max(self.taken_until, now + self.count * each_s) + each_s
        return max(least_s, min(most_s, self.taken_until - now))

    def send_away(self, wait_s: float) -> None:
        """The last of the line has to come again, and stands in it no more."""
        turn = self.waiters.pop()
        if not turn.done():
            self.count -= 1
            turn.set_exception(Full(wait_s))

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
