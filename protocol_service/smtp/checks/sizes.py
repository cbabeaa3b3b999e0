"""How large a message may be: the system's limit for mail from outside, the sender's own for submission."""

from __future__ import annotations

from typing import TYPE_CHECKING

from backend.directory import settings

if TYPE_CHECKING:
    from protocol_service.smtp.server import Server

_KEY = "message.max_bytes"


async def announced(server: Server) -> int:
    """What EHLO names (RFC 1870)."""
    return await limit_of_sender(server)


async def limit_of_sender(server: Server) -> int:
    """The limit that is known before any recipient is."""
    principal = server.session.principal
    limit = await settings.get_number(_KEY, user_id=principal.user_id if principal is not None else None)
    return min(limit, server.policy.max_bytes) if server.policy.max_bytes else limit


async def limit_of_user(user_id: int) -> int:
    """What this user takes in."""
    return await settings.get_number(_KEY, user_id=user_id)
