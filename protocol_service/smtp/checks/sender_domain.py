"""At MAIL from a stranger: nobody could answer a sender whose domain takes no mail or does not exist."""

from __future__ import annotations

from typing import TYPE_CHECKING

from backend.directory import resolve, settings
from backend.formats.addresses import Address
from protocol_service.smtp import replies
from protocol_service.smtp.sender_domains import Standing

if TYPE_CHECKING:
    from protocol_service.smtp.server import Server
    from protocol_service.smtp.session import Transaction

NULL_MX = "reception.refuse_null_mx"
ABSENT = "reception.refuse_absent_domain"

_SETTINGS = ((Standing.NULL_MX, NULL_MX), (Standing.ABSENT, ABSENT))
# RFC 7505 §4.2, RFC 3463 §3.2.
_REFUSALS = {
    Standing.NULL_MX: replies.reply(550, "5.7.27", "The sender's domain takes no mail"),
    Standing.ABSENT: replies.reply(550, "5.1.8", "The sender's domain does not exist"),
}


async def check(server: Server, transaction: Transaction, sender: Address) -> bytes | None:
    """The reply that refuses the sender, or None."""
    if not server.is_stranger or sender.domain.startswith("["):
        return None
    asked = {standing for standing, key in _SETTINGS if await settings.get(key)}
    if not asked or await resolve.is_local_domain(sender.domain):
        return None
    found = await server.reception.sender_domains.standing(sender.domain)
    if found in asked:
        return _REFUSALS[found]
    transaction.checks.append(f"sender=pass domain {found.value}")
    return None
