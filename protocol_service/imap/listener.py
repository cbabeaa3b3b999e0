"""Opens the two doors of IMAP: with STARTTLS, and with TLS from the first byte (RFC 8314)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from protocol_service.access.listener import AccessRole, bind_doors, open_doors
from protocol_service.imap.connection import Connection
from protocol_service.imap.server import Server

if TYPE_CHECKING:
    from protocol_service.service import Service


async def start(service: Service) -> AccessRole[Server]:
    """Listen on both doors."""
    settings = service.settings
    bound = bind_doors(service, {"imap": settings.imap_port, "imaps": settings.imaps_port})
    server = Server(settings, service.rt.bus, service.tls_context, service.connections)
    return await open_doors(service, server, Connection, bound)
