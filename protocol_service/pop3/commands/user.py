"""USER (RFC 1939 §7). Every name is welcome: whether there is such a mailbox is for nobody to know yet."""

from __future__ import annotations

from protocol_service.pop3 import sign_in
from protocol_service.pop3.command import AUTHORIZATION, Command
from protocol_service.pop3.errors import BadCommand
from protocol_service.pop3.session import Session


async def run(session: Session, argument: bytes) -> bytes:
    """Keep the name for PASS."""
    login = argument.strip(b" ")
    if not login:
        raise BadCommand("A name is needed")
    sign_in.require_privacy(session)
    session.login = login
    return b"+OK"


USER = Command(run, AUTHORIZATION)
