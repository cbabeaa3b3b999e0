"""Leases: work that one process of the installation should do at a time (periodic jobs).

A lease keeps processes from doing the same work twice; it does not make doing it twice harmful. So it may
be lost (Redis restarts, a process is stopped for long), and what runs under it must bear that.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import secrets
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from redis.asyncio import Redis
from redis.exceptions import RedisError

from backend.kit.redis import redis_or_none

log = logging.getLogger(__name__)

KEY_PREFIX = "postroom:lease:"
DUE_PREFIX = "postroom:due:"

# Both compare the token first: a lease that ran out may belong to another by now.
_RENEW = "if redis.call('GET', KEYS[1]) == ARGV[1] then return redis.call('PEXPIRE', KEYS[1], ARGV[2]) end return 0"  # noqa: E501
_RELEASE = "if redis.call('GET', KEYS[1]) == ARGV[1] then return redis.call('DEL', KEYS[1]) end return 0"

_held_here: set[str] = set()


@asynccontextmanager
async def lease(name: str, ttl_s: float) -> AsyncIterator[bool]:
    """Hold the lease inside the block: True if it is ours, False if another has it or Redis is away.

    It is renewed while the block runs; whoever dies loses it after `ttl_s`. Never waits for the lease.
    """
    client = redis_or_none()
    if client is None:
        async with _local(name) as is_ours:
            yield is_ours
        return
    key, token = KEY_PREFIX + name, secrets.token_hex(8)
    if not await _acquire(client, key, token, ttl_s):
        yield False
        return
    renewal = asyncio.create_task(_renew(client, key, token, ttl_s), name=f"lease-{name}")
    try:
        yield True
    finally:
        renewal.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await renewal
        await _release(client, key, token)


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


@asynccontextmanager
async def _local(name: str) -> AsyncIterator[bool]:
    if name in _held_here:
        yield False
        return
    _held_here.add(name)
    try:
        yield True
    finally:
        _held_here.discard(name)


async def _acquire(client: Redis, key: str, token: str, ttl_s: float) -> bool:
    try:
        return bool(await client.set(key, token, nx=True, px=int(ttl_s * 1000)))
    except (RedisError, OSError) as exc:
        log.warning("no lease can be taken: %s", exc)
        return False


async def _renew(client: Redis, key: str, token: str, ttl_s: float) -> None:
    while True:
        await asyncio.sleep(ttl_s / 3)
        try:
            if not await client.eval(_RENEW, 1, key, token, str(int(ttl_s * 1000))):
                log.warning("lease %s is lost", key)
                return
        except (RedisError, OSError) as exc:
            log.warning("lease %s cannot be renewed: %s", key, exc)


async def _release(client: Redis, key: str, token: str) -> None:
    try:
        await client.eval(_RELEASE, 1, key, token)
    except (RedisError, OSError) as exc:
        log.warning("lease %s runs out by itself: %s", key, exc)
