"""ENABLE (RFC 5161). Extensions that are not known are passed over."""

from __future__ import annotations

from protocol_service.imap.command import AUTHENTICATED, Command
from protocol_service.imap.lexer import Lexer
from protocol_service.imap.session import Session

_KNOWN = frozenset({b"CONDSTORE", b"QRESYNC"})


async def run(session: Session, lexer: Lexer) -> bytes:
    """Enable extensions and name those that are new."""
    wanted: list[bytes] = []
    while not wanted or not lexer.at_end():
        lexer.space()
        wanted.append(lexer.word())
    new = [name for name in dict.fromkeys(wanted) if name in _KNOWN - session.enabled]
    session.send(b"* ENABLED%b\r\n" % b"".join(b" " + name for name in new))
    if new:  # QRESYNC implies CONDSTORE (RFC 7162 §3.2.3)
        session.enable_condstore()
    if b"QRESYNC" in new:
        session.enabled |= {b"QRESYNC"}
    return b"OK ENABLE completed"


ENABLE = Command(run, AUTHENTICATED)
