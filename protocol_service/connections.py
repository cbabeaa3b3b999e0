"""How many connections a process holds: in all, for each address, and for each user (`user_connections`).

The limit of an address is the setting `connections.per_address`; it holds for the processes that share the
ports of a machine (`siblings`), the limit of a user for the whole installation, the limit in all for this
process. Trusted networks are counted and never refused; a refused client is told so by its
protocol and closed.
"""

from __future__ import annotations

import asyncio
import ipaddress
import logging
from collections import Counter
from dataclasses import dataclass, field

from backend.directory import settings as directory_settings
from backend.directory.protocols import Protocol
from backend.kit import metrics
from backend.kit.config import Settings
from backend.kit.errors import MailError
from protocol_service.siblings import Counts, Siblings
from protocol_service.user_connections import LASTS_S, UserConnections

log = logging.getLogger(__name__)

PER_ADDRESS = 100
TOTAL = 8000
# One household or one rented server owns a whole /64 of IPv6.
_V6_PREFIX = 64
_LOOK_S = 5

_open = metrics.gauge("postroom_connections", "Connections that are open now")
_refused = metrics.counter("postroom_connections_refused_total", "Connections refused for their number")


@dataclass(slots=True)
class Timeouts:
    """In seconds: until somebody has signed in, and for each protocol how long who has may say nothing."""

    login_s: int = 60
    # RFC 9051 §5.4 and RFC 1939 §3 allow no less.
    idle_s: dict[Protocol, int] = field(default_factory=lambda: {"imap": 30 * 60, "pop3": 10 * 60})


class Connections:
    """Counts every connection that listeners of this process have taken; a limit of 0 is none.

    `timeouts` and `binds_channels` (whether SCRAM may be tied to its TLS connection) are followed from the
    settings as well.
    """

    def __init__(
        self,
        settings: Settings,
        *,
        per_address: int = PER_ADDRESS,
        total: int = TOTAL,
        counts: Counts | None = None,
    ) -> None:
        self._settings = settings
        self._counts = counts or Counts(Siblings())
        self.per_address = per_address
        self._total = total
        self._by_source: Counter[str] = Counter()
        self.count = 0
        self.users = UserConnections(settings)
        self.timeouts = Timeouts()
        self.binds_channels = True

    def admit(self, address: str) -> bool:
        """Count a connection in, unless there are too many; then nothing is counted."""
        source = _source(address)
        others = self._counts.enter(source)
        is_crowded = self.count >= self._total or 0 < self.per_address <= self._by_source[source] + others
        if is_crowded and not self._settings.is_trusted(address):
            self._counts.leave(source)
            _refused.inc()
            return False
        self._by_source[source] += 1
        self.count += 1
        _open.inc()
        return True

    def release(self, address: str) -> None:
        """Count a connection out that was admitted."""
        source = _source(address)
        self._counts.leave(source)
        self._by_source[source] -= 1
        if self._by_source[source] <= 0:
            del self._by_source[source]
        self.count -= 1
        _open.dec()

    async def look(self) -> None:
        """Learn what is set now."""
        number = directory_settings.get_number
        self.per_address = await number("connections.per_address")
        self.timeouts.login_s = await number("connections.login_seconds")
        for protocol in self.timeouts.idle_s:
            self.timeouts.idle_s[protocol] = await number(f"{protocol}.idle_seconds")
        self.binds_channels = bool(await directory_settings.get("sasl.channel_binding"))

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
