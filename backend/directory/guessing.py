"""What keeps passwords from being guessed: tries are counted by account and by address, over all protocols.

A try is counted before the password is looked at, so a batch of parallel tries gets no further than a slow
one, and given back where the password was right. Logins that name nobody are counted like any other. An
address from which the account's password was right in the last weeks has a count of its own, so the owner
still gets in while others guess.

Counts are shared through Redis and kept in the process as well: without Redis guessing stays limited, and
nobody is locked out.
"""

from __future__ import annotations

import functools
import hashlib
from dataclasses import dataclass
from ipaddress import IPv6Address, ip_address

from redis.exceptions import RedisError

from backend.kit import clock, config, events, ratelimit
from backend.kit.errors import RateLimited
from backend.kit.redis import redis_or_none

PER_S = 900
PER_ACCOUNT = 10
PER_ADDRESS = 50
PER_KNOWN_PAIR = 20
KNOWN_S = 30 * 86_400
_KEYS_HERE = 50_000
_REDIS_KEY = "postroom:known:"


@dataclass(frozen=True, slots=True)
class Try:
    """A counted try; `limits` are the keys and sizes of what it was counted on."""

    pair: str
    limits: tuple[tuple[str, int], ...]


class _Here:
    """What this process knows by itself, from the opening of its event bus on."""

    def __init__(self, bus: events.Bus) -> None:
        self.bus = bus
        self.known: dict[str, int] = {}
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
    if await _is_known(pair):
        limits: tuple[tuple[str, int], ...] = ((f"signin:pair:{pair}", PER_KNOWN_PAIR),)
    elif config.current().is_trusted(remote_address):
        limits = ((f"signin:account:{account}", PER_ACCOUNT),)
    else:
        limits = ((f"signin:account:{account}", PER_ACCOUNT), (f"signin:address:{network}", PER_ADDRESS))
    for at, (key, limit) in enumerate(limits):
        retry_after_s = await _take(key, limit)
        if retry_after_s is not None:
            await _give_back(limits[:at])
            raise RateLimited("Too many failed sign-ins; try again later", retry_after_s=retry_after_s)
    return Try(pair, limits)


async def succeed(tried: Try) -> None:
    """The password was right: give the try back and know the address from now on."""
    await _give_back(tried.limits)
    known = _here().known
    if len(known) >= _KEYS_HERE:
        known.clear()
    known[tried.pair] = clock.now() + KNOWN_S
    client = redis_or_none()
    if client is not None:
        try:
            await client.set(_REDIS_KEY + tried.pair, b"1", ex=KNOWN_S)
        except (RedisError, OSError):
            return  # this process knows it; the others count the owner like anybody


async def give_back(tried: Try) -> None:
    """The password was not looked at after all: the try does not count."""
    await _give_back(tried.limits)


async def _is_known(pair: str) -> bool:
    if _here().known.get(pair, 0) > clock.now():
        return True
    client = redis_or_none()
    if client is None:
        return False
    try:
        return bool(await client.exists(_REDIS_KEY + pair))
    except (RedisError, OSError):
        return False


async def _take(key: str, limit: int) -> float | None:
    """Count on both; None where it is allowed, else the seconds to wait."""
    arrivals, now = _here().arrivals, clock.now_ms() / 1000
    after = max(arrivals.get(key, 0.0), now) + PER_S / limit
    if after - PER_S > now:
        return after - PER_S - now
    # Counted here before anything is awaited: tries that come together must see each other.
    if len(arrivals) >= _KEYS_HERE:
        for old in [known for known, arrival in arrivals.items() if arrival <= now]:
            del arrivals[old]
    arrivals[key] = after
    verdict = await ratelimit.take(key, limit, PER_S, fail_open=True)
    return None if verdict.allowed else verdict.retry_after_s


async def _give_back(limits: tuple[tuple[str, int], ...]) -> None:
    arrivals = _here().arrivals
    for key, limit in limits:
        if key in arrivals:
            arrivals[key] -= PER_S / limit
        await ratelimit.take(key, limit, PER_S, cost=-1, fail_open=True)


def _key(*parts: str) -> str:
    """Fixed in size whatever was sent as a login."""
    return hashlib.blake2b("\0".join(parts).encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()
