"""Checks at MAIL and before DATA: room on the disk, declared size, a sender that is one's own, the hourly
limit.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from backend.directory import resolve, settings
from backend.directory.principal import Principal
from backend.directory.resolve import LocalUser
from backend.formats.addresses import Address
from backend.kit import ratelimit
from protocol_service.smtp import replies
from protocol_service.smtp.session import Transaction

if TYPE_CHECKING:
    from protocol_service.smtp.server import Server

HOUR_S = 3600
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


async def take_turn(server: Server) -> bytes | None:
    """Before DATA: count a submission against its sender's hourly limit, by every way together."""
    principal = server.session.principal
    if principal is None:
        return None
    limit = await settings.get_number("submission.messages_per_hour", user_id=principal.user_id)
    if limit == 0:
        return None
    verdict = await ratelimit.take(f"submission:{principal.user_id}", limit, HOUR_S, fail_open=True)
    if verdict.allowed:
        return None
    minutes = max(1, math.ceil(verdict.retry_after_s / 60))
    return replies.reply(451, "4.7.1", f"You may send {limit} messages an hour; try again in {minutes} min")
