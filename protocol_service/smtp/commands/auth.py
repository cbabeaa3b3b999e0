"""AUTH (RFC 4954). Only where one has to sign in, without TLS only where the settings allow it."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from backend.directory.protocols import ProtocolDisabled
from backend.kit.errors import LimitExceeded, PermissionDenied, RateLimited, Unauthenticated, Unavailable
from protocol_service import sasl
from protocol_service.smtp import replies
from protocol_service.smtp.inbox import LineTooLong
from protocol_service.smtp.session import Hangup

if TYPE_CHECKING:
    from protocol_service.smtp.server import Server

log = logging.getLogger(__name__)

_NOT_HERE = replies.reply(502, "5.5.1", "Authentication is for the submission ports")
_ALREADY = replies.reply(503, "5.5.1", "Already authenticated")
_UNKNOWN_MECHANISM = replies.reply(504, "5.5.4", "Mechanism not supported")
_SENDING_DISABLED = replies.reply(525, "5.7.13", "Sending by mail programs is turned off for this account")
_LATER = replies.reply(454, "4.7.0", "Temporary authentication failure, try again later")
_GOODBYE = replies.reply(421, "4.7.0", "Too many failed authentications")


async def smtp_AUTH(server: Server, argument: bytes) -> bytes:
    """Sign a user in for this connection."""
    refusal = _is_out_of_turn(server)
    if refusal is not None:
        return refusal
    word, _, initial = argument.partition(b" ")
    try:
        return await _authenticate(server, word.decode("ascii", "replace"), initial.strip())
    except sasl.UnknownMechanism:
        return _UNKNOWN_MECHANISM
    except sasl.Cancelled:
        return replies.AUTH_CANCELLED
    except sasl.Malformed as error:
        return replies.reply(501, "5.5.2", str(error))
    except LineTooLong:
        return replies.AUTH_LINE_TOO_LONG
    except ProtocolDisabled:
        return _SENDING_DISABLED
    except PermissionDenied as error:
        return replies.reply(535, "5.7.8", error.public)
    except Unauthenticated:
        if server.session.sasl_peer.is_exhausted:
            server.say(replies.AUTH_FAILED)
            raise Hangup(_GOODBYE) from None
        return replies.AUTH_FAILED
    except (LimitExceeded, RateLimited, Unavailable) as error:
        log.info("authentication put off: %s", error.public)
        return _LATER


def _is_out_of_turn(server: Server) -> bytes | None:
    session = server.session
    if not session.tls_version and not server.reception.settings.allow_insecure_auth:
        return replies.TLS_FOR_AUTH
    if not server.policy.requires_auth:
        return _NOT_HERE
    if not session.helo:
        return replies.NEED_HELO
    if session.principal is not None:
        return _ALREADY
    return replies.BAD_SEQUENCE if server.transaction is not None else None


async def _authenticate(server: Server, mechanism: str, initial: bytes) -> bytes:
    async def ask(challenge: bytes) -> bytes:
        server.say(b"334 %b\r\n" % sasl.encode(challenge))
        return sasl.decode((await server.read_line()).strip(b"\r\n"))

    first = sasl.decode(initial, is_initial=True) if initial else None
    principal = await sasl.authenticate(server.session.sasl_peer, mechanism, first, ask)
    server.session.principal = principal
    server.session.authenticated = True
    return replies.AUTH_OK
