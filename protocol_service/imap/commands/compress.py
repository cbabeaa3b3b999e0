"""COMPRESS DEFLATE (RFC 4978). Both directions are compressed from the end of the answer on."""

from __future__ import annotations

from protocol_service.imap.command import AUTHENTICATED, Command, Sync
from protocol_service.imap.errors import Refused
from protocol_service.imap.lexer import Lexer
from protocol_service.imap.session import Session


async def run(session: Session, lexer: Lexer) -> bytes:
    """Answer, then compress."""
    lexer.space()
    mechanism = lexer.word()
    lexer.end()
    if mechanism != b"DEFLATE":
        raise Refused("The compression is not supported", "CANNOT")
    if session.channel.is_compressed:
        raise Refused("DEFLATE is active already", "COMPRESSIONACTIVE")
    session.channel.compress_after_answer()
    return b"OK DEFLATE active"


COMPRESS = Command(run, AUTHENTICATED, Sync.NO_EXPUNGE)
