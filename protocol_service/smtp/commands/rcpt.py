"""RCPT TO: one recipient, checked before any data is taken (RFC 5321 §4.1.1.3)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from backend.formats.addresses import parse_path, split_path
from backend.formats.errors import InvalidSyntax as BadAddress
from backend.spool.types import SpoolRcpt
from protocol_service.smtp import replies
from protocol_service.smtp.checks import recipient
from protocol_service.smtp.commands import parameters

if TYPE_CHECKING:
    from protocol_service.smtp.server import Server

_TO = re.compile(rb"TO:[ \t]*", re.IGNORECASE)
_KNOWN = frozenset({"NOTIFY", "ORCPT"})
_SYNTAX = replies.reply(501, "5.5.4", "Syntax: RCPT TO:<address>")
_BAD_RECIPIENT = replies.reply(553, "5.1.3", "Not an address")


async def smtp_RCPT(server: Server, argument: bytes) -> bytes:
    """Take a recipient, or say why not."""
    transaction = server.transaction
    if transaction is None:
        return replies.BAD_SEQUENCE if server.session.helo else replies.NEED_HELO
    match = _TO.match(argument)
    if match is None:
        return _SYNTAX
    try:
        path, rest = split_path(argument[match.end() :])
        given = parameters.split(rest, _KNOWN) if rest else {}
        address = parse_path(path, smtputf8=transaction.is_smtputf8)
    except BadAddress:
        return _BAD_RECIPIENT
    except parameters.UnknownParameter:
        return replies.UNKNOWN_PARAMETER
    if address is None:
        return _BAD_RECIPIENT
    orcpt = parameters.orcpt(given["ORCPT"]) if "ORCPT" in given else ""
    notify = parameters.notify(given["NOTIFY"]) if "NOTIFY" in given else ""
    checked = await recipient.check(server, transaction, address)
    if isinstance(checked, bytes):
        return checked
    key = (checked.localpart.lower(), checked.domain)
    if transaction.each is not None:
        transaction.each.named(key)
    if key not in transaction.known:  # named twice it is still one recipient
        transaction.known.add(key)
        transaction.recipients.append(SpoolRcpt(checked.localpart, checked.domain, orcpt, notify))
        server.recipient_taken()
    return replies.RECIPIENT_OK
