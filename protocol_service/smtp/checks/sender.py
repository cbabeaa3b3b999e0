"""Checks at MAIL and before DATA: room on the disk, declared size, a sender one may use, the hourly
limit.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from backend.directory import bounce_limits, sending
from backend.kit import clock
from backend.submission import identities
from protocol_service.smtp import replies
from protocol_service.smtp.checks import sender_domain
from protocol_service.smtp.session import Transaction

if TYPE_CHECKING:
    from protocol_service.smtp.server import Server

_NOT_OWN = replies.reply(550, "5.7.1", "You may not send as that address")


async def check(server: Server, transaction: Transaction) -> bytes | None:
    """At MAIL: whether this much may be sent by this sender."""
    if transaction.declared_size > transaction.size_limit:
        return replies.TOO_LARGE
    if not server.reception.disk.has_room(transaction.declared_size):
        return replies.NO_STORAGE
    principal = server.session.principal
    # Read receipts and other notices leave mail clients with `<>` (RFC 8098 §3).
    if transaction.sender is None:
        return None
    if principal is None:
        return await sender_domain.check(server, transaction, transaction.sender)
    user_id = principal.user_id
    identity = await identities.find(user_id, transaction.sender) if user_id is not None else None
    if identity is None:
        return _NOT_OWN
    transaction.checks.append(f"sender=pass {identity.mode.value if identity.mode else 'own'}")
    return None


async def take_turn(server: Server, transaction: Transaction) -> None:
    """Before the data: count a submission against the limits of its sender. Raises RateLimited."""
    principal = server.session.principal
    if principal is not None and principal.user_id is not None:
        hold_s = await bounce_limits.hold_s(principal.user_id)
        recipients = [(one.localpart, one.domain) for one in transaction.recipients]
        hold_s = max(hold_s, await sending.take(principal.user_id, recipients))
        transaction.checks.append(f"limits=delayed {hold_s} s" if hold_s else "limits=pass")
        if hold_s:
            transaction.release_at = max(transaction.release_at or 0, clock.now() + hold_s)
