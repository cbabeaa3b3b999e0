"""What keeps passwords from being guessed: tries are counted by account and by address, over all protocols.

A try on an account is counted before the password is looked at, so a batch of parallel tries gets no further
than a slow one, and given back where the password was right. An address is counted by failures only: a whole
office may sign in at nine. Logins that name nobody are counted like any other. An address from which the
account's password was right in the last weeks has a count of its own, so the owner still gets in while others
guess.

Counts are shared through Redis and kept in the process as well: without Redis guessing stays limited, and
nobody is locked out.
"""

from __future__ import annotations

import functools
import hashlib
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from ipaddress import IPv6Address, ip_address

from redis.asyncio import Redis
from redis.exceptions import RedisError

from backend.kit import clock, config, events, ratelimit
from backend.kit.errors import RateLimited
from backend.kit.redis import redis_or_none

PER_S = 900
PER_ACCOUNT = 10
PER_ADDRESS = 50
PER_KNOWN_PAIR = 20
MOST_IN_A_SECOND = 4
KNOWN_S = 30 * 86_400
_KEYS_HERE = 50_000
_PAUSE_S = 5
_ROUNDING = 1e-6  # of times as fractions
_REDIS_KEY = "postroom:known:"

# In the `detail` of a refusal: which of the limits it was.
BY_PACE, BY_ACCOUNT, BY_ADDRESS = "pace", "account", "address"


@dataclass(frozen=True, slots=True)
class Limit:
    """How often a key may be used in how many seconds; `by` says what it is a limit of."""

    key: str
    count: int
    per_s: int
    by: str


@dataclass(frozen=True, slots=True)
class Try:
    """A try under way: what it was counted on, and what a failure is counted on besides."""

    pair: str
    taken: tuple[Limit, ...]
    on_failure: tuple[Limit, ...]


class _Here:
    """What this process knows by itself, from the opening of its event bus on."""

    def __init__(self, bus: events.Bus) -> None:
        self.bus = bus
        self.known: dict[str, int] = {}
        # Until then Redis is not asked for known addresses: a frozen one must not slow every sign-in down.
        self.paused_until = 0
        self.arrivals: dict[str, float] = {}


class _Process:
    """Holds what the process knows."""

    here: _Here | None = None


def _here() -> _Here:
    here, bus = _Process.here, events.bus()
    if here is None or here.bus is not bus:
        here = _Process.here = _Here(bus)
    return here


@functools.lru_cache(maxsize=20_000)
def network_of(remote_address: str) -> str:
    """What is counted as one address: an IPv4 address, or the /64 that one IPv6 customer has."""
    try:
        address = ip_address(remote_address)
    except ValueError:
        return remote_address
    if isinstance(address, IPv6Address):
        if address.ipv4_mapped is not None:
            return str(address.ipv4_mapped)
        return str(IPv6Address(int(address) >> 64 << 64))
    return str(address)


async def begin(login: str, remote_address: str) -> Try:
    """Count a try; raises `RateLimited` where there were too many, the same for every login."""
    network = network_of(remote_address)
    account, pair = _key(login), _key(login, network)
    on_failure: tuple[Limit, ...] = ()
    if await _is_known(pair):
        counted = Limit(f"signin:pair:{pair}", PER_KNOWN_PAIR, PER_S, BY_ACCOUNT)
    else:
        counted = Limit(f"signin:account:{account}", PER_ACCOUNT, PER_S, BY_ACCOUNT)
        on_failure = _of_address(remote_address)
    taken = (Limit(f"{counted.key}:pace", MOST_IN_A_SECOND, 1, BY_PACE), counted)
    await _require_room(on_failure)
    for at, limit in enumerate(taken):
        retry_after_s = await _ask(limit, is_taken=True)
        if retry_after_s is not None:
            await _give_back(taken[:at])
        _require(limit, retry_after_s)
    return Try(pair, taken, on_failure)


async def begin_token(remote_address: str) -> Try:
    """Begin a try with a token, which cannot be guessed: only failures from an address are counted."""
    on_failure = _of_address(remote_address)
    await _require_room(on_failure)
    return Try("", (), on_failure)


async def fail(tried: Try) -> None:
    """The password was wrong."""
    for limit in tried.on_failure:
        await _ask(limit, is_taken=True)


async def succeed(tried: Try) -> None:
    """The password was right: give the try back and know the address from now on."""
    await _give_back(tried.taken)
    known = _here().known
    if len(known) >= _KEYS_HERE:
        known.clear()
    known[tried.pair] = clock.now() + KNOWN_S
    await _in_redis(lambda client: client.set(_REDIS_KEY + tried.pair, b"1", ex=KNOWN_S))


async def give_back(tried: Try) -> None:
    """The password was not looked at after all: the try does not count."""
    await _give_back(tried.taken)


async def _is_known(pair: str) -> bool:
    if _here().known.get(pair, 0) > clock.now():
        return True
    return bool(await _in_redis(lambda client: client.exists(_REDIS_KEY + pair)))


async def _in_redis(ask: Callable[[Redis], Awaitable[object]]) -> object:
    """What Redis answers; None where there is none, or it does not answer: then this process knows alone."""
    here, client = _here(), redis_or_none()
    if client is None or here.paused_until > clock.now():
        return None
    try:
        return await ask(client)
    except (RedisError, OSError):
        here.paused_until = clock.now() + _PAUSE_S
        return None


def _of_address(remote_address: str) -> tuple[Limit, ...]:
    if config.current().is_trusted(remote_address):
        return ()
    return (Limit(f"signin:address:{network_of(remote_address)}", PER_ADDRESS, PER_S, BY_ADDRESS),)


async def _require_room(limits: tuple[Limit, ...]) -> None:
    for limit in limits:
        _require(limit, await _ask(limit, is_taken=False))


def _require(limit: Limit, retry_after_s: float | None) -> None:
    if retry_after_s is not None:
        raise RateLimited(
            "Too many failed sign-ins; try again later",
            retry_after_s=retry_after_s,
            detail={"by": limit.by},
        )


async def _ask(limit: Limit, *, is_taken: bool) -> float | None:
    """Count, or only look, here and in Redis; None where it is allowed, else the seconds to wait."""
    arrivals, now = _here().arrivals, clock.now_ms() / 1000
    after = max(arrivals.get(limit.key, 0.0), now) + limit.per_s / limit.count
    if after - limit.per_s > now + _ROUNDING:
        return after - limit.per_s - now
    if is_taken:
        # Counted here before anything is awaited: tries that come together must see each other.
        if len(arrivals) >= _KEYS_HERE:
            for old in [known for known, arrival in arrivals.items() if arrival <= now]:
                del arrivals[old]
        arrivals[limit.key] = after
    ask = ratelimit.take if is_taken else ratelimit.peek
    verdict = await ask(limit.key, limit.count, limit.per_s, fail_open=True)
    return None if verdict.allowed else verdict.retry_after_s


async def _give_back(taken: tuple[Limit, ...]) -> None:
    arrivals = _here().arrivals
    for limit in taken:
        if limit.key in arrivals:
            arrivals[limit.key] -= limit.per_s / limit.count
        await ratelimit.take(limit.key, limit.count, limit.per_s, cost=-1, fail_open=True)


def _key(*parts: str) -> str:
    """Fixed in size whatever was sent as a login."""
    return hashlib.blake2b("\0".join(parts).encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()
