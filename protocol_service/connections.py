"""How many connections a process holds, in all and for each address.

Trusted networks are counted and never refused; a refused client is told so by its protocol and closed.
"""

from __future__ import annotations

import ipaddress
from collections import Counter

from backend.kit import metrics
from backend.kit.config import Settings

PER_ADDRESS = 100
TOTAL = 8000
# One household or one rented server owns a whole /64 of IPv6.
_V6_PREFIX = 64

_open = metrics.gauge("postroom_connections", "Connections that are open now")
_refused = metrics.counter("postroom_connections_refused_total", "Connections refused for their number")


class Connections:
    """Counts every connection that listeners of this process have taken."""

    def __init__(self, settings: Settings, *, per_address: int = PER_ADDRESS, total: int = TOTAL) -> None:
        self._settings = settings
        self._per_address = per_address
        self._total = total
        self._by_source: Counter[str] = Counter()
        self.count = 0

    def admit(self, address: str) -> bool:
        """Count a connection in, unless there are too many; then nothing is counted."""
        source = _source(address)
        is_crowded = self.count >= self._total or self._by_source[source] >= self._per_address
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
