"""EHLO and HELO (RFC 5321 §4.1.1.1), and which extensions a door offers."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from backend.kit import clock
from protocol_service import sasl
from protocol_service.smtp import replies
from protocol_service.smtp.checks import connection, helo, recipient, sizes
from protocol_service.smtp.commands import parameters

if TYPE_CHECKING:
    from protocol_service.smtp.server import Server

# What a peer calls itself decides nothing (RFC 5321 §4.1.4), and printers greet with anything: only what
# could not be told from the end of the line is refused, and our trace field gets a harmless form.
_HELO = re.compile(rb"[ -~]{1,255}")
_UNSAFE = re.compile(r"[^A-Za-z0-9._:\[\]-]")
_BAD_NAME = replies.reply(501, "5.5.4", "Not a host name or address literal")


async def smtp_EHLO(server: Server, argument: bytes) -> bytes:
    """Begin an extended session; resets a transaction."""
    refusal = await _greet(server, argument)
    if refusal is not None:
        return refusal
    server.session.extended_smtp = True
    return replies.multiline(
        250, [f"{server.hostname} greets {server.session.helo}", *await _extensions(server)]
    )


async def smtp_LHLO(server: Server, argument: bytes) -> bytes:
    """EHLO by its name in LMTP (RFC 2033 §4.1)."""
    server.session.is_lmtp = True
    return await smtp_EHLO(server, argument)


async def smtp_HELO(server: Server, argument: bytes) -> bytes:
    """Begin a plain session; resets a transaction."""
    refusal = await _greet(server, argument)
    if refusal is not None:
        return refusal
    server.session.extended_smtp = False
    return replies.reply(250, "", server.hostname)


async def _greet(server: Server, argument: bytes) -> bytes | None:
    """Take the name, or say why not."""
    await connection.require_turn(server)
    if _HELO.fullmatch(argument) is None:
        return _BAD_NAME
    name = argument.decode("ascii")
    refusal = await helo.check(server, name)
    if refusal is None:
        server.end_transaction()
        server.session.helo = server.session.host_name = _UNSAFE.sub("?", name)
    return refusal


async def _extensions(server: Server) -> list[str]:
    offered = [
        "PIPELINING",
        f"SIZE {await sizes.announced(server)}",
        "8BITMIME",
        "CHUNKING",
        "BINARYMIME",
        "SMTPUTF8",
        "ENHANCEDSTATUSCODES",
        "DSN",
        f"LIMITS RCPTMAX={await recipient.limit(server)}",
    ]
    if server.door.is_submission:
        latest = datetime.fromtimestamp(clock.now() + parameters.MOST_HOLD_S, UTC)
        offered += [f"FUTURERELEASE {parameters.MOST_HOLD_S} {latest:%Y-%m-%dT%H:%M:%SZ}", "MT-PRIORITY"]
    if server.session.tls_version:
        offered.append("REQUIRETLS")
    elif server.policy.offers_tls:
        offered.append("STARTTLS")
    if server.may_authenticate and server.session.principal is None:
        offered.append(" ".join(("AUTH", *sasl.offered(server.session.sasl_peer))))
    return offered
