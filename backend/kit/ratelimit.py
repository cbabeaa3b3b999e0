"""Rate limits shared by all processes: the generic cell rate algorithm (GCRA) as a Lua script on Redis.

A key may be used `limit` times in `per_s` seconds; after a burst one more becomes free every `per_s / limit`.
Redis keeps one number per key, the theoretical arrival time. Where the installation has Redis and it does not
answer, the caller's `fail_open` decides: open for mail, closed for sign-in. A process that runs without Redis
(tests, one-shot commands) counts in memory.
"""

from __future__ import annotations

import logging
import math
import time
from dataclasses import dataclass

from redis.exceptions import RedisError

from backend.kit import clock
from backend.kit.redis import redis_or_none

log = logging.getLogger(__name__)

KEY_PREFIX = "postroom:limit:"
MEMORY_KEYS = 10_000
# After a failure Redis is not asked for that long: a frozen one must not cost every command two seconds.
PAUSE_S = 1.0
_CLOSED_RETRY_S = 5.0

# KEYS[1]; ARGV: limit, per (ms), cost, 1 to take or 0 to look, the longest wait (ms).
# Answers {allowed, wait or retry after (ms)}.
_SCRIPT = """
local time = redis.call('TIME')
local now = time[1] * 1000 + time[2] / 1000
local limit, per, cost = tonumber(ARGV[1]), tonumber(ARGV[2]), tonumber(ARGV[3])
local arrival = math.max(tonumber(redis.call('GET', KEYS[1]) or 0), now)
local after = arrival + cost * per / limit
local wait = after - per - now
if wait > 0.001 and wait > tonumber(ARGV[5]) then
  return {0, math.ceil(wait)}
end
if ARGV[4] == '1' then
  redis.call('SET', KEYS[1], string.format('%.3f', after), 'PX', math.max(1, math.ceil(after - now)))
end
return {1, wait > 0.001 and math.ceil(wait) or 0}
"""


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether it is allowed, and if not, when it is worth another try; of a reservation, when it begins."""

    allowed: bool
    retry_after_s: float = 0.0


_memory: dict[str, float] = {}
_paused_until = 0.0


async def take(key: str, limit: int, per_s: float, cost: int = 1, *, fail_open: bool) -> Verdict:
    """Use the key `cost` times if all of them are free, else none."""
    return await _ask(key, limit, per_s, cost, is_taken=True, fail_open=fail_open)


async def peek(key: str, limit: int, per_s: float, cost: int = 1, *, fail_open: bool) -> Verdict:
    """What `take` would answer now; nothing is counted."""
    return await _ask(key, limit, per_s, cost, is_taken=False, fail_open=fail_open)


async def reserve(
    key: str, limit: int, per_s: float, cost: int = 1, *, most_wait_s: float, fail_open: bool
) -> Verdict:
    """`take`, or where that would be refused now, the place in line that becomes free within `most_wait_s`
    seconds: allowed then, with the time to wait.
    """
    return await _ask(key, limit, per_s, cost, is_taken=True, fail_open=fail_open, most_wait_s=most_wait_s)


async def forget(key: str) -> None:
    """Count the key anew (a sign-in succeeded, an administrator lifted a block)."""
    _memory.pop(key, None)
    client = redis_or_none()
    if client is not None:
        try:
            await client.delete(KEY_PREFIX + key)
        except (RedisError, OSError) as exc:
            log.warning("a rate limit cannot be lifted: %s", exc)


async def _ask(
    key: str,
    limit: int,
    per_s: float,
    cost: int,
    *,
    is_taken: bool,
    fail_open: bool,
    most_wait_s: float = 0,
) -> Verdict:
    global _paused_until
    if limit <= 0:
        return Verdict(False, per_s)
    client = redis_or_none()
    if client is None:
        return _ask_memory(key, limit, per_s, cost, is_taken=is_taken, most_wait_s=most_wait_s)
    if time.monotonic() >= _paused_until:
        try:
            allowed, wait_ms = await client.eval(
                _SCRIPT,
                1,
                KEY_PREFIX + key,
                str(limit),
                str(per_s * 1000),
                str(cost),
                "1" if is_taken else "0",
                str(most_wait_s * 1000),
            )
            return Verdict(bool(allowed), wait_ms / 1000)
        except (RedisError, OSError) as exc:
            log.warning(
                "rate limits cannot be counted, they are %s: %s", "open" if fail_open else "closed", exc
            )
            _paused_until = time.monotonic() + PAUSE_S
    return Verdict(True) if fail_open else Verdict(False, _CLOSED_RETRY_S)


def _ask_memory(
    key: str, limit: int, per_s: float, cost: int, *, is_taken: bool, most_wait_s: float
) -> Verdict:
    now = clock.now_ms() / 1000
    after = max(_memory.get(key, 0.0), now) + cost * per_s / limit
    wait = after - per_s - now
    wait_s = math.ceil(wait * 1000) / 1000 if wait > 1e-6 else 0.0
    if wait_s > most_wait_s:
        return Verdict(False, wait_s)
    if is_taken:
        if len(_memory) >= MEMORY_KEYS:
            for old in [known for known, arrival in _memory.items() if arrival <= now]:
                del _memory[old]
        _memory[key] = after
    return Verdict(True, wait_s)


def reset_memory() -> None:
    """Forget what this process counted without Redis (tests)."""
    global _paused_until
    _memory.clear()
    _paused_until = 0.0
