"""Another way that an administrator gave recipients: a host, or a gateway by its id.

In `spool_recipient.route` it is `HOST:PORT TLS` or `gateway ID`.
"""

from __future__ import annotations

from dataclasses import dataclass

from backend.directory import names
from backend.directory.types import Tls
from backend.kit.errors import InvalidSyntax

SMTP_PORT = 25


@dataclass(frozen=True, slots=True)
class Detour:
    """A host and how to speak with it, or with `gateway_id` a gateway."""

    host: str = ""
    port: int = SMTP_PORT
    tls: Tls = Tls.OPPORTUNISTIC
    gateway_id: int = 0

    def __str__(self) -> str:
        if self.gateway_id:
            return f"gateway {self.gateway_id}"
        return f"{self.host}:{self.port} {self.tls.value}"

    @classmethod
    def to_host(cls, host: str, port: int = SMTP_PORT, tls: Tls = Tls.OPPORTUNISTIC) -> Detour:
        """A checked one; raises `InvalidSyntax`."""
        if not 1 <= port <= 65535:
            raise InvalidSyntax("A port is from 1 to 65535", field="port")
        return cls(names.host_name(host), port, tls)

    @classmethod
    def parse(cls, text: str) -> Detour:
        """As it is stored."""
        first, _, second = text.rpartition(" ")
        if first == "gateway":
            return cls(gateway_id=int(second))
        host, _, port = first.rpartition(":")
        return cls(host, int(port), Tls(second))
