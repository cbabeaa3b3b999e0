"""Return paths of our own for forwarded mail (`formats.srs`), and what they stand for.

Their secret changes by itself every `PERIOD_S`; the one before it still verifies, which is longer than any
such address lives.
"""

from __future__ import annotations

from backend.directory import server_secret
from backend.formats import srs
from backend.formats.addresses import Address
from backend.formats.errors import InvalidSyntax
from backend.kit import clock

PERIOD_S = 90 * srs.DAY_S


async def rewritten(sender: Address, domain: str) -> Address:
    """The sender's return path through our domain. Raises `InvalidSyntax` where it would be too long."""
    now = clock.now()
    return srs.rewrite(sender, domain, await _secret(now // PERIOD_S), now=now)


async def original(address: Address) -> Address | None:
    """Who stands behind such a return path; None where it is not ours, was changed, or has expired."""
    now = clock.now()
    period = now // PERIOD_S
    try:
        found = srs.restore(address, [await _secret(period), await _secret(period - 1)], now=now)
        # What is in it was an address once; this says that it still is one.
        return Address.parse(str(found))
    except InvalidSyntax:
        return None


async def _secret(period: int) -> bytes:
    return await server_secret.get(f"return-path-{period}")
