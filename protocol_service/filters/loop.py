"""Refuses a message that has been delivered to the same address before: two forwarders that point at each
other.

Every local delivery and every expansion of an alias leaves a Delivered-To field with the address it was for.
"""

from __future__ import annotations

from backend.formats.addresses import Address
from protocol_service.filters.verdict import Addressee, FilteredMessage, Verdict

_LOOP = Verdict(refusal=("5.4.6", "Mail forwarding loop"))


async def check(message: FilteredMessage, recipient: Addressee, verdict: Verdict) -> Verdict:
    """The verdict as it is, or the refusal of a loop."""
    return _LOOP if has_passed(message, recipient.address) else verdict


def has_passed(message: FilteredMessage, recipient: Address) -> bool:
    """Whether a Delivered-To names the recipient."""
    if not message.has_field(b"\ndelivered-to:") and message.raw[:13].lower() != b"delivered-to:":
        return False
    wanted = str(recipient).lower().encode("utf-8")
    return any(value.strip().lower() == wanted for value in message.header.get(b"delivered-to", []))
