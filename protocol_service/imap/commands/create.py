"""CREATE (RFC 3501 §6.3.3), for a special use too (RFC 6154 §3), with MAILBOXID (RFC 8474 §4.1)."""

from __future__ import annotations

from backend.kit.errors import InvalidSyntax
from backend.mailstore import mailboxes, shares
from backend.mailstore.mailbox_names import parents
from protocol_service.imap import list_line, object_ids
from protocol_service.imap.command import AUTHENTICATED, Command
from protocol_service.imap.errors import Refused
from protocol_service.imap.grammar import mailboxes as grammar
from protocol_service.imap.lexer import Lexer
from protocol_service.imap.mailbox_name import DELIMITER
from protocol_service.imap.reached import place_below
from protocol_service.imap.session import Session


async def run(session: Session, lexer: Lexer) -> bytes:
    """Make a mailbox."""
    lexer.space()
    name = grammar.mailbox(lexer)
    uses: tuple[str, ...] = ()
    if not lexer.at_end():
        lexer.space()
        uses = grammar.special_use(lexer)
    lexer.end()
    if len(uses) > 1:
        raise Refused("A mailbox has one special use at most", "USEATTR")
    account_id, path = await place_below(session, name)
    if uses and account_id != session.account_id:
        raise Refused("A special use is for an own mailbox", "USEATTR")
    try:
        row = await mailboxes.create(account_id, path, "".join(uses))
    except InvalidSyntax as exc:
        if exc.field == "special_use":
            raise Refused(exc.public, "USEATTR") from exc
        raise
    is_own = account_id == session.account_id
    shown = row.name if is_own else shares.whole_name(name)
    session.caused(shown, *parents(shown))
    if session.manner.is_rev2 and is_own and row.name != name.removesuffix(DELIMITER):
        session.send(list_line.named(session, row, name))
    return b"OK [MAILBOXID (%b)] CREATE completed" % object_ids.of_mailbox(row.id)


CREATE = Command(run, AUTHENTICATED)
