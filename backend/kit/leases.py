"""Leases: work that one process of the installation should do at a time (periodic jobs), or a thing that one
session holds (a POP3 maildrop).

A lease keeps processes from doing the same work twice; it does not make doing it twice harmful. So it may
be lost (Redis restarts, a process is stopped for long), and what runs under it must bear that.

`lease` holds one for a block and renews it; whoever holds many takes each with `take` and renews them
together.
"""

from __future__ import annotations

import asyncio
import logging
import secrets
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

from redis.asyncio import Redis
from redis.exceptions import RedisError

from backend.kit import tasks
from backend.kit.errors import Unavailable
from backend.kit.redis import redis_or_none

log = logging.getLogger(__name__)

KEY_PREFIX = "postroom:lease:"
DUE_PREFIX = "postroom:due:"

# Both compare the token first: a lease that ran out may belong to another by now.
_RENEW = "if redis.call('GET', KEYS[1]) == ARGV[1] then return redis.call('PEXPIRE', KEYS[1], ARGV[2]) end return 0"  # noqa: E501
_RELEASE = "if redis.call('GET', KEYS[1]) == ARGV[1] then return redis.call('DEL', KEYS[1]) end return 0"

_held_here: set[str] = set()


@dataclass(frozen=True, slots=True)
class Lease:
    """A lease that was ours when it was taken; `client` is None where this process keeps leases by itself."""

    client: Redis | None
    name: str
    token: str
    ttl_s: float

    async def renew(self) -> bool:
        """Hold it for another `ttl_s`; False where it ran out. Raises Unavailable: then nobody knows."""
        if self.client is None:
            return True
        try:
            ttl_ms = str(int(self.ttl_s * 1000))
            return bool(await self.client.eval(_RENEW, 1, KEY_PREFIX + self.name, self.token, ttl_ms))
        except (RedisError, OSError) as exc:
            raise Unavailable("A lease cannot be renewed") from exc

    async def release(self) -> None:
        """Give it back, if it is ours still."""
        if self.client is None:
            _held_here.discard(self.name)
            return
        try:
            await self.client.eval(_RELEASE, 1, KEY_PREFIX + self.name, self.token)
        except (RedisError, OSError) as exc:
            log.warning("lease %s runs out by itself: %s", self.name, exc)


async def take(name: str, ttl_s: float) -> Lease | None:
    """The lease, to be renewed within `ttl_s`, or None where another has it. Raises Unavailable."""
    client = redis_or_none()
    taken = Lease(client, name, secrets.token_hex(8), ttl_s)
    if client is None:
        if name in _held_here:
            return None
        _held_here.add(name)
        return taken
    try:
        is_ours = await client.set(KEY_PREFIX + name, taken.token, nx=True, px=int(ttl_s * 1000))
    except (RedisError, OSError) as exc:
        raise Unavailable("No lease can be taken") from exc
    return taken if is_ours else None


@asynccontextmanager
async def lease(name: str, ttl_s: float) -> AsyncIterator[bool]:
    """Hold the lease inside the block: True if it is ours, False if another has it or Redis is away.

    It is renewed while the block runs; whoever dies loses it after `ttl_s`. Never waits for the lease.
    """
    try:
        taken = await take(name, ttl_s)
    except Unavailable as exc:
        log.warning("%s: %s", exc.public, exc.__cause__)
        taken = None
    if taken is None:
        yield False
        return
    renewal = asyncio.create_task(_keep(taken), name=f"lease-{name}")
    try:
        yield True
    finally:
        await tasks.end(renewal)
        await taken.release()


async def _keep(taken: Lease) -> None:
    while True:
        await asyncio.sleep(taken.ttl_s / 3)
        try:
            if not await taken.renew():
                log.warning("lease %s is lost", taken.name)
                return
        except Unavailable as exc:
            log.warning("lease %s cannot be renewed: %s", taken.name, exc.__cause__)


async def is_due(name: str, every_s: float) -> bool:
    """Whether it is time for periodic work; who is told so marks it for all processes for nine tenths of
    that time.

    Without Redis it always is: doing it more often costs work and nothing else.
    """
    client = redis_or_none()
    if client is None:
        return True
    try:
        return bool(await client.set(DUE_PREFIX + name, b"", nx=True, px=max(1, int(every_s * 900))))
    except (RedisError, OSError) as exc:
        log.warning("nobody can be asked whether %s was done: %s", name, exc)
        return True
