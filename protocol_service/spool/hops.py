"""How much is under way to each next hop: few at a time, a bounded number waiting, the rest back in the
spool.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

AT_ONCE = 10
AT_ONCE_IN_ALL = 200
WAITING = 500


class Hops:
    """Counts and limits errands by next hop."""

    def __init__(
        self, *, at_once: int = AT_ONCE, in_all: int = AT_ONCE_IN_ALL, waiting: int = WAITING
    ) -> None:
        self._at_once = at_once
        self._waiting = waiting
        self._in_all = asyncio.Semaphore(in_all)
        self._hops: dict[str, _Hop] = {}

    def enter(self, hop: str) -> bool:
        """Stand in line for a next hop; False when its line is full."""
        line = self._hops.get(hop)
        if line is None:
            line = self._hops[hop] = _Hop(asyncio.Semaphore(self._at_once))
        if line.count >= self._at_once + self._waiting:
            return False
        line.count += 1
        return True

    def leave(self, hop: str) -> None:
        """Give the place in line back."""
        line = self._hops[hop]
        line.count -= 1
        if line.count == 0:
            del self._hops[hop]

    @asynccontextmanager
    async def turn(self, hop: str) -> AsyncIterator[None]:
        """Wait for the turn of one who stands in line."""
        async with self._hops[hop].turns, self._in_all:
            yield


class _Hop:
    """One line."""

    __slots__ = ("count", "turns")

    def __init__(self, turns: asyncio.Semaphore) -> None:
        self.turns = turns
        self.count = 0
