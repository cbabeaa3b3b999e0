"""MYRIGHTS (RFC 4314 §3.5): what the client may do with a mailbox."""

from __future__ import annotations

from backend.kit.errors import NotFound
from backend.mailstore.rights import Rights, letters_with_obsolete
from protocol_service.imap.command import AUTHENTICATED, Command
from protocol_service.imap.grammar import mailboxes as grammar
from protocol_service.imap.lexer import Lexer
from protocol_service.imap.reached import reach
from protocol_service.imap.session import Session

_ANY_OF = (
    Rights.LOOKUP | Rights.READ | Rights.INSERT | Rights.CREATE | Rights.DELETE_MAILBOX | Rights.ADMINISTER
)


async def run(session: Session, lexer: Lexer) -> bytes:
    """Show the own rights, to who has one that allows to ask (§4)."""
    lexer.space()
    name = grammar.mailbox(lexer)
    lexer.end()
    box = await reach(session, name, Rights.NONE)
    if not box.rights & _ANY_OF:
        raise NotFound("There is no such mailbox")
    rights = letters_with_obsolete(box.rights).encode()
    session.send(b"* MYRIGHTS %b %b\r\n" % (session.mailbox_name(box.row.name), rights))
    return b"OK MYRIGHTS completed"


MYRIGHTS = Command(run, AUTHENTICATED)
