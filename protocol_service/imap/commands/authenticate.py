"""AUTHENTICATE PLAIN (RFC 3501 §6.2.2, RFC 4616) with an initial response (RFC 4959)."""

from __future__ import annotations

import binascii

from protocol_service.imap import sign_in
from protocol_service.imap.command import NOT_AUTHENTICATED, Command, Sync
from protocol_service.imap.errors import BadCommand, Refused
from protocol_service.imap.lexer import Lexer
from protocol_service.imap.session import Session


async def run(session: Session, lexer: Lexer) -> bytes:
    """Sign in by SASL."""
    lexer.space()
    mechanism = lexer.word()
    initial = None
    if not lexer.at_end():
        lexer.space()
        initial = lexer.astring()
        lexer.end()
    if mechanism != b"PLAIN":
        raise Refused("The mechanism is not supported", "CANNOT")
    sign_in.require_privacy(session)
    login, password = _plain(_decoded(await session.channel.ask(b"") if initial is None else initial))
    return await sign_in.with_password(session, login, password)


def _decoded(line: bytes) -> bytes:
    """The client's response; `*` is its way to give up, `=` an empty one."""
    if line == b"*":
        raise BadCommand("Authentication was cancelled")
    if line == b"=":
        return b""
    try:
        return binascii.a2b_base64(line, strict_mode=True)
    except binascii.Error:
        raise BadCommand("The response is not base64") from None


def _plain(response: bytes) -> tuple[bytes, bytes]:
    """`[authzid] NUL authcid NUL password`; nobody may act for somebody else."""
    parts = response.split(b"\0")
    if len(parts) != 3 or not parts[1]:
        raise BadCommand("The response does not have the form of PLAIN")
    identity, login, password = parts
    if identity and identity.lower() != login.lower():
        raise Refused("You may not act for somebody else", "AUTHORIZATIONFAILED")
    return login, password


AUTHENTICATE = Command(run, NOT_AUTHENTICATED, Sync.NOTHING)
