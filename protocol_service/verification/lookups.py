"""DNS for the checks of one process: answers are remembered, and a question under way is asked once."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import dns.exception
import dns.reversename

from backend.formats.lookups import TemporaryFailure
from backend.kit.resolver import DnsUnavailable, NoData, NoSuchName, Resolver

TTL_S = (30.0, 1800.0)
NOTHING_S = 120.0
SILENCE_S = 10.0
CACHE_LIMIT = 10_000
MOST_RECORDS = 50


@dataclass(frozen=True, slots=True)
class _Known:
    """A remembered answer; `records` is None where there was none that could be used."""

    until: float
    records: tuple[Any, ...] | None


class DnsLookups:
    """`backend.formats.lookups.Lookups` over the resolver."""

    def __init__(self, resolver: Resolver, now: Callable[[], float] = time.monotonic) -> None:
        self._resolver = resolver
        self._now = now
        self._known: dict[tuple[str, str], _Known] = {}
        self._asking: dict[tuple[str, str], asyncio.Task[_Known]] = {}

    async def txt(self, name: str) -> list[bytes]:
        return [b"".join(record.strings) for record in await self._records(name, "TXT")]

    async def addresses(self, name: str, *, ipv6: bool) -> list[str]:
        return [str(record.address) for record in await self._records(name, "AAAA" if ipv6 else "A")]

    async def mx(self, name: str) -> list[str]:
        found = sorted(
            (record.preference, record.exchange.to_text(omit_final_dot=True).lower())
            for record in await self._records(name, "MX")
        )
        return [host for _, host in found if host not in {"", "."}]

    async def names(self, address: str) -> list[str]:
        name = dns.reversename.from_address(address).to_text(omit_final_dot=True)
        found = await self._records(name, "PTR")
        return [record.target.to_text(omit_final_dot=True).lower() for record in found]

    async def _records(self, name: str, kind: str) -> tuple[Any, ...]:
        key = (name.lower(), kind)
        known = self._known.get(key)
        if known is None or known.until <= self._now():
            known = await self._ask(key)
        if known.records is None:
            raise TemporaryFailure(f"{name} {kind}")
        return known.records

    async def _ask(self, key: tuple[str, str]) -> _Known:
        task = self._asking.get(key)
        if task is None:
            task = self._asking[key] = asyncio.create_task(self._look_up(*key))
            task.add_done_callback(lambda _: self._asking.pop(key, None))
        # One caller that runs out of time must not take the answer from the others.
        return await asyncio.shield(task)

    async def _look_up(self, name: str, kind: str) -> _Known:
        try:
            answer = await self._resolver.resolve(f"{name}.", kind)
        except (NoSuchName, NoData):
            known = _Known(self._now() + NOTHING_S, ())
        except DnsUnavailable:
            known = _Known(self._now() + SILENCE_S, None)
        else:
            ttl_s = float(answer.rrset.ttl) if answer.rrset is not None else TTL_S[0]
            until = self._now() + min(max(ttl_s, TTL_S[0]), TTL_S[1])
            known = _Known(until, tuple(answer)[:MOST_RECORDS])
        if len(self._known) >= CACHE_LIMIT:
            self._known.clear()
        self._known[name, kind] = known
        return known
