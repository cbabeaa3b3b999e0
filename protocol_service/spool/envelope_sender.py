"""Where bounces of a message go that leaves by an alias or a forward of ours.

A stranger's address as return path would fail the stranger's SPF at the next server, since the message then
comes from us. It is rewritten to one of the domain it passed through (`backend.directory.sender_rewriting`);
senders of our own domains and the null sender stay as they are, and so do all on the way to a server that
takes the mail of a domain of ours.
"""

from __future__ import annotations

import logging

from backend.directory import resolve, sender_rewriting
from backend.formats.addresses import Address
from backend.formats.errors import InvalidSyntax
from backend.spool.types import SENT_BY_SYSTEM, SpooledMessage
from protocol_service.spool.router import Leg

log = logging.getLogger(__name__)


async def leaving(message: SpooledMessage, leg: Leg) -> str:
    """The envelope sender for recipients of that leg."""
    if not leg.via or leg.is_routed or message.sender == SENT_BY_SYSTEM:
        return message.sender
    try:
        sender, forwarder = Address.parse(message.sender), Address.parse(leg.via)
        if await resolve.is_local_domain(sender.domain):
            return message.sender
        return str(await sender_rewriting.rewritten(sender, forwarder.domain))
    except InvalidSyntax as error:
        log.info("the return path of message %d cannot be rewritten: %s", message.id, error)
        return message.sender
