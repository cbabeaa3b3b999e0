"""STLS (RFC 2595 §4). What came behind it in clear text is thrown away unread."""

from __future__ import annotations

from protocol_service.pop3 import grammar
from protocol_service.pop3.command import AUTHORIZATION, Command
from protocol_service.pop3.errors import BadCommand
from protocol_service.pop3.session import Session


async def run(session: Session, argument: bytes) -> bytes:
    """Answer, then begin TLS."""
    grammar.nothing(argument)
    if session.channel.is_secure:
        raise BadCommand("TLS is active already")
    session.forget()
    session.channel.start_tls_after_answer()
    return b"+OK Begin TLS now"


STLS = Command(run, AUTHORIZATION)
