"""PASS (RFC 1939 §7). The password is all that follows the space, further spaces included."""

from __future__ import annotations

from protocol_service import sasl
from protocol_service.pop3 import sign_in
from protocol_service.pop3.command import AUTHORIZATION, Command
from protocol_service.pop3.errors import BadCommand
from protocol_service.pop3.session import Session


async def run(session: Session, argument: bytes) -> bytes:
    """Sign in as the name that came directly before."""
    sign_in.require_privacy(session)
    login, session.login = session.login, None
    if login is None:
        raise BadCommand("USER comes first")
    return await sign_in.finish(session, sasl.sign_in(session.peer, login, argument))


PASS = Command(run, AUTHORIZATION)
