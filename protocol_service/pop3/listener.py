"""Opens the two doors of POP3: with STLS, and with TLS from the first byte (RFC 8314)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from protocol_service.access.listener import AccessRole, bind_doors, open_doors
from protocol_service.pop3.connection import Connection
from protocol_service.pop3.server import Server

if TYPE_CHECKING:
    from protocol_service.service import Service


async def start(service: Service) -> AccessRole[Server]:
    """Listen on both doors."""
    settings = service.settings
    bound = bind_doors(service, {"pop3": settings.pop3_port, "pop3s": settings.pop3s_port})
    server = Server(settings, service.rt.bus, service.tls_context, service.connections)
    return await open_doors(service, server, Connection, bound)
