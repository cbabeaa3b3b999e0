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
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from protocol_service.siblings import Siblings
from protocol_service.spool.outcome import Outcome, Result

T = TypeVar("T")

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


class Hops(Generic[T]):
    """Lines of errands by next hop, and how many run at a time. `now` is a monotonic clock in seconds.

    Whoever is told by `admits` runs errands of that line one after the other: `take`, `done`, until `take`
    gives None. Each holds a place of `in_all` while it runs one.
    """

    @classmethod
    def shared(cls, siblings: Siblings) -> Hops[T]:
        """For one of several processes of a machine: a hop sees no more of all of them than of one."""
        return cls(
            first=siblings.share_of(FIRST_AT_ONCE),
            at_once=siblings.share_of(AT_ONCE),
            in_all=siblings.share_of(AT_ONCE_IN_ALL),
        )

    def __init__(
        self,
        *,
        first: int = FIRST_AT_ONCE,
        at_once: int = AT_ONCE,
        in_all: int = AT_ONCE_IN_ALL,
        waiting: int = WAITING,
        now: Callable[[], float] = time.monotonic,
    ) -> None:
        self._first = min(first, at_once)
        self._at_once = at_once
        self._waiting = waiting
        self._now = now
        self.in_all = asyncio.Semaphore(in_all)
        self._hops: dict[str, _Hop[T]] = {}

    def enter(self, hop: str, errand: T, *, is_urgent: bool = False) -> None:
        """Put an errand at the end of the line. Raises `Full` and, unless somebody waits for it, `Down`."""
        line = self._hops.get(hop)
        if line is None:
            self._forget_quiet()
            line = self._hops[hop] = _Hop(self._first)
        if is_urgent:
            line.silence = None
        if line.silence is not None and line.down_until > self._now():
            raise Down(line.silence)
        if line.count >= self._capacity(line):
            raise Full(line.send_back(self._now()))
        line.count += 1
        line.waiting.append(errand)

    def admits(self, hop: str) -> bool:
        """Whether one more may run through the line from now on."""
        line = self._hops.get(hop)
        if line is None or not line.waiting or line.running >= line.window:
            return False
        line.running += 1
        return True

    def take(self, hop: str) -> T | None:
        """The next errand, or None where there is none, or the line has become narrower: who gets that runs
        no more.
        """
        line = self._hops[hop]
        if line.waiting and line.running <= line.window:
            return line.waiting.popleft()
        line.running -= 1
        self._forget(hop, line)
        return None

    def peek(self, hop: str) -> T | None:
        """What `take` would give."""
        line = self._hops[hop]
        return line.waiting[0] if line.waiting and line.running <= line.window else None

    def put_back(self, hop: str, errand: T) -> None:
        """It was taken, and is to be the next one all the same."""
        self._hops[hop].waiting.appendleft(errand)

    def done(self, hop: str) -> None:
        """An errand that was taken has left the line."""
        line = self._hops[hop]
        line.count -= 1
        if line.count == 0:
            line.is_slow = False

    def silence(self, hop: str) -> Silence | None:
        """Why nothing is sent there for now, None where it is."""
        line = self._hops[hop]
        return line.silence if line.silence is not None and line.down_until > self._now() else None

    def learn(self, hop: str, outcomes: Sequence[Outcome]) -> None:
        """Widen or narrow the hop's window by what an errand brought."""
        line = self._hops[hop]
        silence = _silence(outcomes)
        if silence is None:
            line.silence, line.failures = None, 0
            if any(outcome.result is Result.DELIVERED for outcome in outcomes):
                line.window = min(self._at_once, line.window + 1)
                line.succeeded(self._now())
            return
        line.failures += 1
        line.silence = silence
        line.window = max(1, line.window // 2)
        first_s, most_s = BACK_OFF_S
        line.down_until = self._now() + min(most_s, first_s * 2 ** min(line.failures - 1, 10))

    def shed(self) -> list[tuple[T, float]]:
        """Send those away who will stand in line for long; each with the seconds after which it may come
        again.
        """
        now = self._now()
        sent: list[tuple[T, float]] = []
        for line in self._hops.values():
            line.is_slow = line.count > self._at_once + max(WAITING_SLOW, int(WORTH_S * line.rate(now)))
            while line.waiting and line.count > self._capacity(line):
                wait_s = line.send_back(now)
                line.count -= 1
                sent.append((line.waiting.pop(), wait_s))
        return sent

    def _capacity(self, line: _Hop[T]) -> int:
        if not line.is_slow:
            return self._at_once + self._waiting
        worth = int(WORTH_S * line.rate(self._now()))
        return self._at_once + min(self._waiting, max(WAITING_SLOW, worth))

    def _forget(self, hop: str, line: _Hop[T]) -> None:
        """A hop at full width without work need not be remembered."""
        if not line.count and not line.running and line.silence is None and line.window >= self._at_once:
            del self._hops[hop]

    def _forget_quiet(self) -> None:
        if len(self._hops) >= KNOWN_LIMIT:
            now = self._now()
            self._hops = {
                name: line
                for name, line in self._hops.items()
                if line.count or line.running or line.down_until > now
            }


@dataclass(slots=True)
class _Hop(Generic[T]):
    """One line: at most `window` run through it, `count` is what they have taken and what waits."""

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
    waiting: deque[T] = field(default_factory=deque)

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


def _silence(outcomes: Sequence[Outcome]) -> Silence | None:
    """The fault of the host, where all recipients met it."""
    if not outcomes or not all(
        outcome.is_unreached and outcome.result is Result.DEFERRED for outcome in outcomes
    ):
        return None
    return Silence(outcomes[0].status, outcomes[0].reply, outcomes[0].host)
