"""LSUB (RFC 3501 §6.3.9): subscribed mailboxes, and with `%` the parents of such."""

from __future__ import annotations

from backend.mailstore import mailboxes, shares
from protocol_service.imap.command import AUTHENTICATED, Command
from protocol_service.imap.commands.list import matchers
from protocol_service.imap.errors import BadCommand
from protocol_service.imap.grammar import mailboxes as grammar
from protocol_service.imap.lexer import Lexer
from protocol_service.imap.mailbox_name import DELIMITER
from protocol_service.imap.session import Session


async def run(session: Session, lexer: Lexer) -> bytes:
    """Show the subscribed mailboxes that match."""
    request = grammar.list_request(lexer)
    if request.is_extended:
        raise BadCommand("LSUB takes no options")
    tests = matchers(request)
    rows = [*await mailboxes.list_mailboxes(session.account_id)]
    rows += [box.row for box in await shares.visible(session.account_id)]
    subscribed = [row.name for row in rows if row.is_subscribed]
    shown: dict[str, bytes] = {}
    for name in subscribed:
        if any(matches(name) for matches in tests):
            shown[name] = b""
        elif request.patterns[0].endswith("%"):
            # The mailbox itself is too deep; the parent that does match stands for it.
            levels = name.split(DELIMITER)
            for depth in range(1, len(levels)):
                parent = DELIMITER.join(levels[:depth])
                if any(matches(parent) for matches in tests):
                    shown.setdefault(parent, b"\\Noselect")
    for name, words in shown.items():
        session.send(b'* LSUB (%b) "/" %b\r\n' % (words, session.mailbox_name(name)))
    return b"OK LSUB completed"


LSUB = Command(run, AUTHENTICATED)
