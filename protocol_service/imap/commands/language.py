"""LANGUAGE (RFC 5255 §3): the language of the texts that people read."""

from __future__ import annotations

from protocol_service.imap import languages
from protocol_service.imap.command import ANY_STATE, Command, State, Sync
from protocol_service.imap.commands import namespace
from protocol_service.imap.errors import Refused
from protocol_service.imap.lexer import Lexer
from protocol_service.imap.session import Session

_MAX_RANGES = 20


async def run(session: Session, lexer: Lexer) -> bytes:
    """Name the languages, or choose the first that is offered."""
    ranges: list[bytes] = []
    while not lexer.at_end():
        lexer.space()
        ranges.append(lexer.astring())
        if len(ranges) > _MAX_RANGES:
            raise Refused("Too many languages", "LIMIT")
    if not ranges:
        session.send(b"* LANGUAGE (%b)\r\n" % b" ".join(languages.OFFERED))
        return b"OK LANGUAGE completed"
    chosen = languages.choose(ranges)
    if chosen is None:
        raise Refused("The language is not offered")
    session.language = chosen
    session.send(b"* LANGUAGE (%b)\r\n" % chosen)
    if session.state is not State.NOT_AUTHENTICATED:
        namespace.tell(session)  # §3.2: their names may be translated
    return b"OK LANGUAGE completed"


LANGUAGE = Command(run, ANY_STATE, Sync.NO_EXPUNGE)
