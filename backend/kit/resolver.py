"""DNS as delivery and administration ask it: the configured servers, bounded time, and three ways to fail."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Sequence

import dns.asyncresolver
import dns.exception
import dns.flags
import dns.nameserver
import dns.rdatatype
import dns.resolver

from backend.kit.config import HostPort

QUERY_S = 3.0
LIFETIME_S = 10.0


class NoSuchName(Exception):
    """The name does not exist."""


class NoData(Exception):
    """The name exists, without records of that type."""


class DnsUnavailable(Exception):
    """No server gave an answer that can be used; it may succeed later."""


class Resolver:
    """Asks the servers named in the settings, else those of the system.

    `asks_for_proof`: they validate, over a path we trust, and shall tell (DNSSEC).
    """

    def __init__(
        self,
        servers: Sequence[HostPort],
        *,
        query_s: float = QUERY_S,
        lifetime_s: float = LIFETIME_S,
        asks_for_proof: bool = False,
    ) -> None:
        self._asks_for_proof = asks_for_proof
        self._servers = servers
        self._query_s = query_s
        self._lifetime_s = lifetime_s
        self._resolver: dns.asyncresolver.Resolver | None = None

    async def resolve(self, name: str, kind: str) -> dns.resolver.Answer:
        """The answer, aliases followed. Raises `NoSuchName`, `NoData` or `DnsUnavailable`."""
        resolver = self._resolver or await self._open()
        try:
            return await resolver.resolve(name, dns.rdatatype.from_text(kind), search=False)
        except dns.resolver.NXDOMAIN as error:
            raise NoSuchName(name) from error
        except dns.resolver.NoAnswer as error:
            raise NoData(name) from error
        except (dns.exception.DNSException, OSError, ValueError) as error:
            raise DnsUnavailable(f"{name} {kind}: {error}") from error

    @staticmethod
    def is_authentic(answer: dns.resolver.Answer) -> bool:
        """Whether the server says that it has validated the answer (AD, RFC 4035 §3.2.3)."""
        return bool(answer.response.flags & dns.flags.AD)

    async def _open(self) -> dns.asyncresolver.Resolver:
        try:
            resolver = dns.asyncresolver.Resolver(configure=not self._servers)
            if self._servers:
                resolver.nameservers = [await _nameserver(host, port) for host, port in self._servers]
        except (dns.exception.DNSException, OSError) as error:
            raise DnsUnavailable(f"no name server: {error}") from error
        if self._asks_for_proof:
            resolver.use_edns(0, dns.flags.DO, 1232)
        resolver.timeout = self._query_s
        resolver.lifetime = self._lifetime_s
        self._resolver = resolver
        return resolver


async def _nameserver(host: str, port: int) -> dns.nameserver.Nameserver:
    found = await asyncio.get_running_loop().getaddrinfo(host, port, type=socket.SOCK_DGRAM)
    return dns.nameserver.Do53Nameserver(str(found[0][4][0]), port)
