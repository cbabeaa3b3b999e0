"""Check at RCPT of a submission: where nothing is sent is refused, if the domain wants it so."""

from __future__ import annotations

from backend.directory.principal import Principal
from backend.formats.addresses import Address
from backend.spool import suppression
from protocol_service.smtp import replies


async def refusal(principal: Principal, address: Address) -> bytes | None:
    """The reply that refuses the recipient, None where it is taken."""
    found = await suppression.refused_at_submission([(address.localpart, address.domain)], principal.user_id)
    return replies.reply(550, found[0].status, found[0].refusal) if found else None
