"""By which address and name of ours a message leaves: settings of the sending domain, or of the system.

An address that this machine does not have cannot be left by. Then mail leaves by the usual one rather than
not at all, and trace and log say so: with several machines each has addresses of its own.
"""

from __future__ import annotations

import asyncio
import logging
import socket
import time
from dataclasses import dataclass
from ipaddress import ip_address

from backend.directory import resolve, settings

log = logging.getLogger(__name__)

IPV4, IPV6, HELO, OWN_NAMES = "sending.ipv4", "sending.ipv6", "sending.hostname", "sending.own_names"
KNOWN_S = 30.0
_here: dict[str, tuple[float, bool]] = {}


@dataclass(frozen=True, slots=True)
class Source:
    """Addresses to leave by, empty for the usual ones, and the name to greet with."""

    helo: str
    ipv4: str = ""
    ipv6: str = ""

    @property
    def line(self) -> str:
        """What connections of another source may not be used for."""
        return f" from {self.helo} {self.ipv4} {self.ipv6}"

    @property
    def is_bound(self) -> bool:
        """Whether it matters by which address a connection leaves."""
        return bool(self.ipv4 or self.ipv6)

    def toward(self, address: str) -> tuple[str, str]:
        """The address to leave by for a remote one, empty for any; and what the trace says of it."""
        try:
            wanted = self.ipv4 if ip_address(address).version == 4 else self.ipv6
        except ValueError:
            return "", ""  # a name that could not be resolved: there will be no connection
        if not wanted:
            return "", ""
        if is_here(wanted):
            return wanted, wanted
        return "", f"the usual address: {wanted} is not one of this machine"


async def of(return_path: str, hostname: str) -> Source:
    """For what leaves with that return path."""
    domain_id = await resolve.domain_id(return_path.rpartition("@")[2])
    helo, ipv4, ipv6 = await settings.get_several((HELO, IPV4, IPV6), domain_id=domain_id)
    return Source(str(helo) or hostname, str(ipv4), str(ipv6))


async def own_names() -> frozenset[str]:
    """Further names by which MX records mean this server."""
    return frozenset(str(await settings.get(OWN_NAMES)).lower().split())


def is_here(address: str) -> bool:
    """Whether the machine has the address; asked again after a while, since addresses come and go."""
    known = _here.get(address)
    if known is not None and known[0] > time.monotonic():
        return known[1]
    family = socket.AF_INET if ip_address(address).version == 4 else socket.AF_INET6
    with socket.socket(family, socket.SOCK_DGRAM) as probe:
        try:
            probe.bind((address, 0))
            found = True
        except OSError:
            found = False
            log.warning("mail cannot leave by %s: it is not an address of this machine", address)
    if len(_here) > 1000:
        _here.clear()
    _here[address] = (time.monotonic() + KNOWN_S, found)
    return found


async def addresses_of(host: str, port: int) -> tuple[str, ...]:
    """The addresses of a host that is named in a setting; the name itself where it has none just now."""
    try:
        found = await asyncio.get_running_loop().getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except OSError:
        return (host,)
    return tuple(dict.fromkeys(str(entry[4][0]) for entry in found)) or (host,)
