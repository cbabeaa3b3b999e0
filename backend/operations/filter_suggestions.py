"""What a filter could go by that is made from a message."""

from __future__ import annotations

from dataclasses import dataclass

from backend.formats import headers
from backend.formats.addresses import mailboxes, parse_address_list
from backend.formats.headers import message_ids
from backend.formats.subjects import base_subject
from backend.mailstore import reader

_LONGEST = 300


@dataclass(frozen=True, slots=True)
class Suggestion:
    """Of one message: who wrote it, the list it came by, its subject without prefixes, and the address of
    ours with a `+detail` that it was sent to. What there is none of is empty.
    """

    sender: str
    sender_name: str
    sender_domain: str
    list_id: str
    subject: str
    detail_address: str


async def suggest(account_id: int, ref: int) -> Suggestion:
    """What the message offers. Raises NotFound."""
    head = await reader.read_header(account_id, ref)
    found = headers.index(head)
    senders = mailboxes(parse_address_list(found.get(b"from", [b""])[0], 5))
    sender = senders[0] if senders else None
    list_id = next(iter(message_ids(found.get(b"list-id", [b""])[0])), "")
    delivered = headers.decode(found.get(b"delivered-to", [b""])[0]).strip()
    subject, _ = base_subject(headers.decode(found.get(b"subject", [b""])[0]), localized=True)
    return Suggestion(
        sender=sender.addr_spec[:_LONGEST] if sender else "",
        sender_name=sender.name[:_LONGEST] if sender else "",
        sender_domain=sender.domain[:_LONGEST] if sender else "",
        list_id=list_id[:_LONGEST],
        subject=subject[:_LONGEST],
        detail_address=delivered[:_LONGEST] if "+" in delivered.partition("@")[0] else "",
    )
