"""Checks at MAIL and before DATA: room on the disk, declared size, a sender that is one's own, the hourly
limit.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from backend.directory import bounce_limits, resolve, sending
from backend.directory.principal import Principal
from backend.directory.resolve import LocalUser
from backend.formats.addresses import Address
from backend.kit import clock
from protocol_service.smtp import replies
from protocol_service.smtp.session import Transaction

if TYPE_CHECKING:
    from protocol_service.smtp.server import Server

_NOT_OWN = replies.reply(550, "5.7.1", "You may only send as your own address")


async def check(server: Server, transaction: Transaction) -> bytes | None:
    """At MAIL: whether this much may be sent by this sender."""
    if transaction.declared_size > transaction.size_limit:
        return replies.TOO_LARGE
    if not server.reception.disk.has_room(transaction.declared_size):
        return replies.NO_STORAGE
    principal = server.session.principal
    # Read receipts and other notices leave mail clients with `<>` (RFC 8098 §3).
    if principal is None or transaction.sender is None:
        return None
    return None if await is_own(principal, transaction.sender) else _NOT_OWN


async def is_own(principal: Principal, address: Address) -> bool:
    """Whether the address, its tag apart, is the principal's; an alias that others share is not."""
    found = await resolve.resolve(address)
    return isinstance(found, LocalUser) and found.user_id == principal.user_id


async def take_turn(server: Server, transaction: Transaction) -> None:
    """Before the data: count a submission against the limits of its sender. Raises RateLimited."""
    principal = server.session.principal
    if principal is not None and principal.user_id is not None:
        hold_s = await bounce_limits.hold_s(principal.user_id)
        await sending.take(principal.user_id, len(transaction.recipients))
        if hold_s:
            transaction.release_at = max(transaction.release_at or 0, clock.now() + hold_s)
