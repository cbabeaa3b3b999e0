"""AUTHENTICATE (RFC 3501 §6.2.2) with an initial response (RFC 4959)."""

from __future__ import annotations

from protocol_service import sasl
from protocol_service.imap import sign_in
from protocol_service.imap.command import NOT_AUTHENTICATED, Command, Sync
from protocol_service.imap.errors import BadCommand
from protocol_service.imap.lexer import Lexer
from protocol_service.imap.session import Session


async def run(session: Session, lexer: Lexer) -> bytes:
    """Sign in by SASL."""
    lexer.space()
    mechanism = lexer.word().decode("ascii", "replace")
    initial = None
    if not lexer.at_end():
        lexer.space()
        initial = _decoded(lexer.astring())
        lexer.end()

    async def ask(challenge: bytes) -> bytes:
        return sasl.decode(await session.channel.ask(sasl.encode(challenge)))

    return await sign_in.finish(session, sasl.authenticate(session.peer, mechanism, initial, ask))


def _decoded(initial: bytes) -> bytes:
    try:
        return sasl.decode(initial, is_initial=True)
    except sasl.Cancelled:
        raise BadCommand("Authentication was cancelled") from None
    except sasl.Malformed as exc:
        raise BadCommand(str(exc)) from None


AUTHENTICATE = Command(run, NOT_AUTHENTICATED, Sync.NOTHING)
