"""MAIL FROM: begins a transaction (RFC 5321 §4.1.1.2)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from backend.formats.addresses import Address, parse_path, split_path
from backend.formats.errors import InvalidSyntax as BadAddress
from protocol_service.smtp import replies
from protocol_service.smtp.checks import sender, sizes
from protocol_service.smtp.commands import parameters
from protocol_service.smtp.lmtp import EachReply
from protocol_service.smtp.reception import Share
from protocol_service.smtp.session import Door, Transaction

if TYPE_CHECKING:
    from protocol_service.smtp.server import Server

_FROM = re.compile(rb"FROM:[ \t]*", re.IGNORECASE)
_LONGEST = 320  # what the spool keeps of a return path
_KNOWN = frozenset({"SIZE", "BODY", "SMTPUTF8", "RET", "ENVID", "AUTH", "REQUIRETLS"})
_KNOWN_SUBMISSION = _KNOWN | {"MT-PRIORITY", "HOLDFOR", "HOLDUNTIL"}
_SYNTAX = replies.reply(501, "5.5.4", "Syntax: MAIL FROM:<address>")
_BAD_SENDER = replies.reply(553, "5.1.7", "Not an address")
_NO_VALUE = replies.reply(501, "5.5.4", "This parameter takes no value")
_NEEDS_TLS = replies.reply(530, "5.7.4", "REQUIRETLS needs TLS here as well")


async def smtp_MAIL(server: Server, argument: bytes) -> bytes:
    """Check who sends and how much, and begin the transaction."""
    refusal = _is_out_of_turn(server)
    if refusal is not None:
        return refusal
    match = _FROM.match(argument)
    if match is None:
        return _SYNTAX
    try:
        path, rest = split_path(argument[match.end() :])
        known = _KNOWN_SUBMISSION if server.door.is_submission else _KNOWN
        given = parameters.split(rest, known) if rest else {}
        address = parse_path(path, smtputf8="SMTPUTF8" in given)
    except BadAddress:
        return _BAD_SENDER
    except parameters.UnknownParameter:
        return replies.UNKNOWN_PARAMETER
    if address is not None and (not address.domain or len(str(address)) > _LONGEST):
        return _BAD_SENDER
    if given.get("SMTPUTF8") or given.get("REQUIRETLS"):
        return _NO_VALUE
    if "REQUIRETLS" in given and not server.session.tls_version:
        return _NEEDS_TLS
    transaction = await _begin(server, address, given)
    refusal = await sender.check(server, transaction)
    if refusal is not None:
        return refusal
    server.transaction = transaction
    return replies.SENDER_OK


def _is_out_of_turn(server: Server) -> bytes | None:
    session = server.session
    if not session.helo:
        return replies.NEED_HELO
    if server.transaction is not None:
        return replies.BAD_SEQUENCE
    if server.policy.requires_tls and not session.tls_version:
        return replies.TLS_FIRST
    if server.policy.requires_auth and session.principal is None:
        return replies.AUTH_FIRST if server.may_authenticate else replies.TLS_FIRST
    return None


async def _begin(server: Server, address: Address | None, given: dict[str, str]) -> Transaction:
    transaction = Transaction(
        address,
        await sizes.limit_of_sender(server),
        Share(server.reception.budget),
        is_smtputf8="SMTPUTF8" in given,
        requires_tls="REQUIRETLS" in given,
        each=EachReply() if server.door is Door.LMTP else None,
    )
    if "SIZE" in given:
        transaction.declared_size = parameters.size(given["SIZE"])
    if "BODY" in given:
        transaction.is_binary = parameters.body(given["BODY"]) == "BINARYMIME"
    if "RET" in given:
        transaction.ret = parameters.ret(given["RET"])
    if "ENVID" in given:
        transaction.envid = parameters.envid(given["ENVID"])
    if "MT-PRIORITY" in given:
        transaction.priority = parameters.priority(given["MT-PRIORITY"])
    transaction.release_at = parameters.release_at(given)
    return transaction
