"""What one process has heard of recipients, for all of them: answers of call-aheads in Redis.

An answer is there for as long as it counts and goes by itself: their number is that of the recipients whom
other servers have, and of the calls of some minutes. Without Redis every process asks for itself.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from hashlib import blake2b

from redis.asyncio import Redis
from redis.exceptions import RedisError

from backend.formats.addresses import Address
from backend.kit import clock
from backend.kit.redis import redis_or_none

log = logging.getLogger(__name__)

KEY_PREFIX = "postroom:call-ahead:"
PAUSE_S = 5.0
_TAKEN, _REFUSED = "taken", "refused"


class SharedAnswers:
    """The answers as this process reaches them; while Redis is away it is left alone for a moment."""

    def __init__(self, now: Callable[[], float] = time.monotonic) -> None:
        self._now = now
        self._paused_until = 0.0

    async def read(self, host: str, port: int, address: Address) -> tuple[bool, float] | None:
        """Whether the server has taken the recipient, and how many seconds ago it said so."""
        client = self._client()
        if client is None:
            return None
        try:
            said = await client.get(_name(host, port, address))
        except (RedisError, OSError) as error:
            self._pause(error)
            return None
        if said is None:
            return None
        answer, _, at = (said.decode() if isinstance(said, bytes) else str(said)).partition(" ")
        return answer == _TAKEN, max(clock.now() - float(at), 0.0)

    async def write(self, host: str, port: int, address: Address, *, is_taken: bool, lasts_s: float) -> None:
        """Let the others know, for so long."""
        client = self._client()
        if client is None:
            return
        said = f"{_TAKEN if is_taken else _REFUSED} {clock.now()}"
        try:
            await client.set(_name(host, port, address), said, ex=round(lasts_s))
        except (RedisError, OSError) as error:
            self._pause(error)

    def _client(self) -> Redis | None:
        return redis_or_none() if self._paused_until <= self._now() else None

    def _pause(self, error: Exception) -> None:
        # A frozen Redis must not slow every recipient down.
        self._paused_until = self._now() + PAUSE_S
        log.warning("answers of other servers are remembered by each process alone: %s", error)


def _name(host: str, port: int, address: Address) -> str:
    said = f"{host}\0{port}\0{address.localpart}\0{address.domain}"
    return KEY_PREFIX + blake2b(said.encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()
