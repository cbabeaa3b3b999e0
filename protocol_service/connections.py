"""How many connections a process holds: in all, for each address, and for each user (`user_connections`).

The limit of an address is the setting `connections.per_address`; it guards this process, the limit of a user
the whole installation. Trusted networks are counted and never refused; a refused client is told so by its
protocol and closed.
"""

from __future__ import annotations

import asyncio
import ipaddress
import logging
from collections import Counter

from backend.directory import settings as directory_settings
from backend.kit import metrics
from backend.kit.config import Settings
from backend.kit.errors import MailError
from protocol_service.user_connections import LASTS_S, UserConnections

log = logging.getLogger(__name__)

PER_ADDRESS = 100
TOTAL = 8000
# One household or one rented server owns a whole /64 of IPv6.
_V6_PREFIX = 64
_LOOK_S = 5

_open = metrics.gauge("postroom_connections", "Connections that are open now")
_refused = metrics.counter("postroom_connections_refused_total", "Connections refused for their number")


class Connections:
    """Counts every connection that listeners of this process have taken; a limit of 0 is none."""

    def __init__(self, settings: Settings, *, per_address: int = PER_ADDRESS, total: int = TOTAL) -> None:
        self._settings = settings
        self.per_address = per_address
        self._total = total
        self._by_source: Counter[str] = Counter()
        self.count = 0
        self.users = UserConnections(settings)

    def admit(self, address: str) -> bool:
        """Count a connection in, unless there are too many; then nothing is counted."""
        source = _source(address)
        is_crowded = self.count >= self._total or 0 < self.per_address <= self._by_source[source]
        if is_crowded and not self._settings.is_trusted(address):
            _refused.inc()
            return False
        self._by_source[source] += 1
        self.count += 1
        _open.inc()
        return True

    def release(self, address: str) -> None:
        """Count a connection out that was admitted."""
        source = _source(address)
        self._by_source[source] -= 1
        if self._by_source[source] <= 0:
            del self._by_source[source]
        self.count -= 1
        _open.dec()

    async def look(self) -> None:
        """Learn the limit that is set now."""
        self.per_address = await directory_settings.get_number("connections.per_address")

    async def keep(self) -> None:
        """Follow the settings and tell other processes, until cancelled."""
        turns = 0
        while True:
            await asyncio.sleep(_LOOK_S)
            turns += 1
            try:
                await self.look()
                # Three times before what Redis knows of this process ends.
                if turns % (LASTS_S // _LOOK_S // 3) == 0:
                    await self.users.renew()
                else:
                    await self.users.tell_changes()
            except MailError as exc:
                log.warning("limits of connections stay as they were: %s", exc)


def _source(address: str) -> str:
    """What is counted together: an IPv4 address, or the network of an IPv6 one."""
    if ":" not in address:
        return address
    try:
        ip = ipaddress.IPv6Address(address.partition("%")[0])
    except ValueError:
        return address
    if ip.ipv4_mapped is not None:
        return str(ip.ipv4_mapped)
    return str(ipaddress.IPv6Network((ip, _V6_PREFIX), strict=False))
