"""UNAUTHENTICATE (RFC 8437): the connection stays, the client becomes a stranger again."""

from __future__ import annotations

from protocol_service.imap.command import AUTHENTICATED, Command, Sync
from protocol_service.imap.errors import BadCommand
from protocol_service.imap.lexer import Lexer
from protocol_service.imap.session import Session


async def run(session: Session, lexer: Lexer) -> bytes:
    """Forget who signed in, what is selected and what was enabled; nothing of it is expunged or told."""
    lexer.end()
    if not session.channel.may_sign_out:  # and it is not announced
        raise BadCommand("The command is not allowed now")
    session.signed_out()
    return b"OK [CAPABILITY %b] UNAUTHENTICATE completed" % session.capabilities


UNAUTHENTICATE = Command(run, AUTHENTICATED, Sync.NOTHING)
