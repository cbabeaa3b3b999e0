"""Whether a sender's domain can be answered: it exists, and does not say that it takes no mail (RFC 7505).

Asked of DNS in a bounded time, while the peer waits for the reply to MAIL. Answers are remembered, a question
under way is asked once, and where DNS is silent the domain is taken for a good one.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from enum import Enum

from backend.kit.resolver import DnsUnavailable, NoData, NoSuchName, Resolver

WAIT_S = 5.0
KNOWN_S = 900.0
SILENCE_S = 30.0
CACHE_LIMIT = 20_000
AT_ONCE = 100


class Standing(Enum):
    """What DNS says of a domain as one that sends."""

    GOOD = "good"
    ABSENT = "absent"
    NULL_MX = "null MX"


class SenderDomains:
    """Answers for one process."""

    def __init__(self, resolver: Resolver, now: Callable[[], float] = time.monotonic) -> None:
        self._resolver = resolver
        self._now = now
        self._known: dict[str, tuple[float, Standing]] = {}
        self._asking: dict[str, asyncio.Task[Standing]] = {}

    async def standing(self, domain: str) -> Standing:
        """GOOD also where that cannot be found out now."""
        known = self._known.get(domain)
        if known is not None and known[0] > self._now():
            return known[1]
        task = self._asking.get(domain)
        if task is None:
            if len(self._asking) >= AT_ONCE:
                return Standing.GOOD
            task = self._asking[domain] = asyncio.create_task(self._look(domain))
            task.add_done_callback(lambda _: self._asking.pop(domain, None))
        # A peer that hangs up must not take the answer from others.
        return await asyncio.shield(task)

    async def _look(self, domain: str) -> Standing:
        try:
            async with asyncio.timeout(WAIT_S):
                found, seconds = await self._ask(domain), KNOWN_S
        except (DnsUnavailable, TimeoutError):
            found, seconds = Standing.GOOD, SILENCE_S
        if len(self._known) >= CACHE_LIMIT:
            self._known.clear()
        self._known[domain] = (self._now() + seconds, found)
        return found

    async def _ask(self, domain: str) -> Standing:
        try:
            answer = await self._resolver.resolve(domain, "MX")
        except NoSuchName:
            return Standing.ABSENT
        except NoData:
            return Standing.GOOD
        hosts = [record.exchange.to_text(omit_final_dot=True) for record in answer]
        return Standing.NULL_MX if all(host in {"", "."} for host in hosts) else Standing.GOOD
