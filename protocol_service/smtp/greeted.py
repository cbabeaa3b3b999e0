"""Addresses whose clients have waited for our banner: they are not kept waiting again for a day.

Redis tells all processes; each remembers what it has seen itself, so without Redis a client waits once in
each process. Nothing is lost with either but some seconds.
"""

from __future__ import annotations

import logging
import time

from redis.exceptions import RedisError

from backend.directory.guessing import network_of
from backend.kit.redis import redis_or_none

log = logging.getLogger(__name__)

KEY_PREFIX = "postroom:greeted:"
LASTS_S = 86_400
MOST_KNOWN = 20_000
# After a failure Redis is not asked for that long: a frozen one must not hold up every connection.
_PAUSE_S = 5.0


class Greeted:
    """What one process knows of them; an IPv6 client is known by its /64."""

    def __init__(self) -> None:
        self._known: dict[str, float] = {}
        self._paused_until = 0.0

    async def knows(self, address: str) -> bool:
        """Whether a client from there has passed within the last day."""
        network = network_of(address)
        if self._known.get(network, 0.0) > time.monotonic():
            return True
        client = redis_or_none()
        if client is None or self._paused_until > time.monotonic():
            return False
        try:
            left_s = int(await client.ttl(KEY_PREFIX + network))
        except (RedisError, OSError) as error:
            self._pause(error)
            return False
        if left_s > 0:
            self._remember(network, left_s)
        return left_s > 0

    async def learn(self, address: str) -> None:
        """A client from there has passed."""
        network = network_of(address)
        self._remember(network, LASTS_S)
        client = redis_or_none()
        if client is None or self._paused_until > time.monotonic():
            return
        try:
            await client.set(KEY_PREFIX + network, "1", ex=LASTS_S)
        except (RedisError, OSError) as error:
            self._pause(error)

    def _remember(self, network: str, lasts_s: float) -> None:
        if len(self._known) >= MOST_KNOWN:
            self._known.clear()
        self._known[network] = time.monotonic() + lasts_s

    def _pause(self, error: Exception) -> None:
        self._paused_until = time.monotonic() + _PAUSE_S
        log.warning("who has waited for our banner is known to this process alone: %s", error)
