"""STARTTLS (RFC 3207). Everything known before it is forgotten, received or said."""

from __future__ import annotations

from typing import TYPE_CHECKING

from protocol_service.smtp import replies

if TYPE_CHECKING:
    from protocol_service.smtp.server import Server

_ACTIVE = replies.reply(503, "5.5.1", "TLS is already active")


async def smtp_STARTTLS(server: Server, argument: bytes) -> bytes:
    """Change to TLS; the 220 leaves before the handshake, so nothing is left to answer."""
    if argument:
        return replies.NO_ARGUMENT
    if server.session.tls_version:
        return _ACTIVE
    if not server.policy.offers_tls:
        return replies.NOT_IMPLEMENTED
    await server.start_tls()
    return b""
