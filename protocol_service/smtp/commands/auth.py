"""AUTH PLAIN and LOGIN (RFC 4954, RFC 4616). Without TLS only where the settings allow it."""

from __future__ import annotations

import binascii
import logging
from base64 import b64decode, b64encode
from typing import TYPE_CHECKING

from backend.directory import authentication, policy, protocols
from backend.directory.principal import Principal
from backend.directory.protocols import ProtocolDisabled
from backend.kit.errors import InvalidSyntax, PermissionDenied, RateLimited, Unauthenticated, Unavailable
from protocol_service.smtp import replies
from protocol_service.smtp.inbox import LineTooLong
from protocol_service.smtp.session import Hangup

if TYPE_CHECKING:
    from protocol_service.smtp.server import Server

log = logging.getLogger(__name__)

FAILURE_LIMIT = 3
_NOT_HERE = replies.reply(502, "5.5.1", "Authentication is for the submission ports")
_ALREADY = replies.reply(503, "5.5.1", "Already authenticated")
_UNKNOWN_MECHANISM = replies.reply(504, "5.5.4", "Mechanism not supported")
_DISABLED = replies.reply(525, "5.7.13", "This account is disabled")
_SENDING_DISABLED = replies.reply(525, "5.7.13", "Sending by mail programs is turned off for this account")
_LATER = replies.reply(454, "4.7.0", "Temporary authentication failure, try again later")
_GOODBYE = replies.reply(421, "4.7.0", "Too many failed authentications")


class _Cancelled(Exception):
    """The client sent `*`."""


async def smtp_AUTH(server: Server, argument: bytes) -> bytes:
    """Sign a user in for this connection."""
    refusal = _is_out_of_turn(server)
    if refusal is not None:
        return refusal
    word, _, initial = argument.partition(b" ")
    mechanism = {b"PLAIN": _plain, b"LOGIN": _login}.get(word.upper())
    if mechanism is None:
        return _UNKNOWN_MECHANISM
    try:
        login, password = await mechanism(server, initial.strip())
    except _Cancelled:
        return replies.AUTH_CANCELLED
    except (InvalidSyntax, LineTooLong):
        return replies.AUTH_SYNTAX
    return await _verify(server, login, password)


def _is_out_of_turn(server: Server) -> bytes | None:
    session = server.session
    if not session.tls_version and not server.reception.settings.allow_insecure_auth:
        return replies.TLS_FOR_AUTH
    if not server.door.is_submission:
        return _NOT_HERE
    if not session.helo:
        return replies.NEED_HELO
    if session.principal is not None:
        return _ALREADY
    return replies.BAD_SEQUENCE if server.transaction is not None else None


async def _verify(server: Server, login: str, password: str) -> bytes:
    session = server.session
    try:
        principal = await authentication.verify_password(
            login, password, protocol="smtp", remote_address=session.address
        )
        policy.require_mail(principal)
        await protocols.require(principal, "smtp")
    except Unauthenticated:
        session.auth_failures += 1
        if session.auth_failures >= FAILURE_LIMIT:
            server.say(replies.AUTH_FAILED)
            raise Hangup(_GOODBYE) from None
        return replies.AUTH_FAILED
    except ProtocolDisabled:
        return _SENDING_DISABLED
    except PermissionDenied:
        return _DISABLED
    except (RateLimited, Unavailable) as error:
        log.info("authentication put off: %s", error.public)
        return _LATER
    return _sign_in(server, principal)


def _sign_in(server: Server, principal: Principal) -> bytes:
    server.session.principal = principal
    server.session.authenticated = True
    return replies.AUTH_OK


async def _plain(server: Server, initial: bytes) -> tuple[str, str]:
    """`authzid NUL authcid NUL password`; acting for somebody else is not offered."""
    message = await _response(server, b"") if not initial else _decode(b"" if initial == b"=" else initial)
    parts = message.split(b"\0")
    if len(parts) != 3 or (parts[0] and parts[0].lower() != parts[1].lower()):
        raise InvalidSyntax("PLAIN response")
    return _text(parts[1]), _text(parts[2])


async def _login(server: Server, initial: bytes) -> tuple[str, str]:
    login = await _response(server, b"Username:") if not initial else _decode(initial)
    return _text(login), _text(await _response(server, b"Password:"))


async def _response(server: Server, challenge: bytes) -> bytes:
    server.say(b"334 " + b64encode(challenge) + b"\r\n")
    line = await server.read_line()
    if line == b"*\r\n":
        raise _Cancelled
    return _decode(line.strip(b"\r\n"))


def _decode(text: bytes) -> bytes:
    try:
        return b64decode(text, validate=True)
    except binascii.Error:
        raise InvalidSyntax("base64") from None


def _text(value: bytes) -> str:
    try:
        return value.decode("utf-8")
    except UnicodeDecodeError:
        raise InvalidSyntax("UTF-8") from None
