"""ENABLE (RFC 5161). Extensions that are not known are passed over."""

from __future__ import annotations

from protocol_service.imap.command import AUTHENTICATED, Command
from protocol_service.imap.lexer import Lexer
from protocol_service.imap.session import Session

# As they are announced, for clients that compare without regard to the standard.
_KNOWN = {name.upper(): name for name in (b"CONDSTORE", b"IMAP4rev2", b"QRESYNC", b"UIDONLY", b"UTF8=ACCEPT")}


async def run(session: Session, lexer: Lexer) -> bytes:
    """Enable extensions and name those that are new."""
    wanted: list[bytes] = []
    while not wanted or not lexer.at_end():
        lexer.space()
        wanted.append(lexer.word())
    new = [name for name in dict.fromkeys(wanted) if name in _KNOWN and name not in session.enabled]
    session.send(b"* ENABLED%b\r\n" % b"".join([b" " + _KNOWN[name] for name in new]))
    if b"CONDSTORE" in new or b"QRESYNC" in new:  # QRESYNC implies CONDSTORE (RFC 7162 §3.2.3)
        session.enable_condstore()
    session.enable(*new)
    return b"OK ENABLE completed"


ENABLE = Command(run, AUTHENTICATED)
