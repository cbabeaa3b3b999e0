"""Senders whom the recipient has blocked: to Junk or Trash, as the setting says, before any other filter."""

from __future__ import annotations

from dataclasses import replace

from backend.directory import settings
from backend.formats.addresses import mailboxes, parse_address_list
from backend.mailstore.flag_bits import JUNK
from backend.rules import account_rules
from backend.rules.senders import Standing
from protocol_service.filters.verdict import Addressee, FilteredMessage, Verdict


async def check(message: FilteredMessage, recipient: Addressee, verdict: Verdict) -> Verdict:
    """The verdict, or another mailbox for what a blocked sender wrote."""
    known = (await account_rules.of_account(recipient.account_id)).senders
    if known is None or known.standing(author(message)) is not Standing.BLOCKED:
        return verdict
    use = str(await settings.get("senders.blocked_to", user_id=recipient.account_id))
    return replace(verdict, mailbox=use, flags=verdict.flags | JUNK * (use == "junk"))


def author(message: FilteredMessage) -> str:
    """Who is seen to have written it: the address in From, else the return path."""
    boxes = mailboxes(parse_address_list(message.header.get(b"from", [b""])[0], 5))
    return boxes[0].addr_spec if boxes else message.sender
