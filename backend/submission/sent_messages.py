"""What became of a message that stands in the user's Sent, whichever program put it there."""

from __future__ import annotations

from backend.directory import policy
from backend.directory.principal import Principal
from backend.formats import headers
from backend.kit.errors import NotFound
from backend.mailstore import reader
from backend.spool import deliveries
from backend.spool.delivery_types import Delivery


async def delivery(actor: Principal, ref: int) -> Delivery | None:
    """How it stands with the recipients of the user's message `ref`, found by its Message-ID and Date."""
    account_id = policy.require_mail(actor)
    try:
        head = await reader.read_header(account_id, ref)
    except NotFound:
        return None
    found = headers.message_ids(headers.first(head, b"message-id") or b"")
    sent_at = headers.parse_date(headers.first(head, b"date") or b"")
    if not found or sent_at is None:
        return None
    return await deliveries.of_sent_message(actor, ref, found[0], sent_at)
