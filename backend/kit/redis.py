"""The Redis (or Valkey) of the installation: hints, leases and rate limits, nothing that must survive.

Every call ends within seconds, whatever state the server is in; callers decide what its absence means.
"""

from __future__ import annotations

from redis.asyncio import Redis
from redis.asyncio.retry import Retry
from redis.backoff import NoBackoff

from backend.kit.errors import Unavailable

CONNECT_S = 1.0
ANSWER_S = 2.0


def connect(url: str) -> Redis:
    """A client with short time limits; it connects when it is first used."""
    client: Redis = Redis.from_url(
        url,
        socket_connect_timeout=CONNECT_S,
        socket_timeout=ANSWER_S,
        # Once more, because a connection of the pool may be one that a restart has cut.
        retry=Retry(NoBackoff(), 1),
        protocol=3,
        max_connections=64,
    )
    return client


_client: Redis | None = None


def redis() -> Redis:
    """The client of this process; Unavailable where it runs without Redis."""
    if _client is None:
        raise Unavailable("Redis is not available")
    return _client


def redis_or_none() -> Redis | None:
    """The client of this process, or None where it runs without Redis (tests, one-shot commands)."""
    return _client


def set_redis(client: Redis | None) -> None:
    """Name the client of this process (start-up, tests)."""
    global _client
    _client = client
