"""LIST (RFC 3501 §6.3.8) with the options of RFC 5258, 5819 and 6154.

Mailboxes come from the account's rows with their counters, so RETURN (STATUS) costs nothing more. Parents
always exist: making `a/b` makes `a`.
"""

from __future__ import annotations

from backend.mailstore import mailboxes
from backend.mailstore.types import MailboxRow
from protocol_service.imap import list_line, list_pattern
from protocol_service.imap.command import AUTHENTICATED, Command
from protocol_service.imap.commands import status
from protocol_service.imap.grammar import mailboxes as grammar
from protocol_service.imap.grammar.mailboxes import ListRequest
from protocol_service.imap.lexer import Lexer
from protocol_service.imap.mailbox_name import DELIMITER
from protocol_service.imap.session import Session


async def run(session: Session, lexer: Lexer) -> bytes:
    """Show the mailboxes that match."""
    request = grammar.list_request(lexer)
    if request.patterns == ("",) and not request.is_extended:
        session.send(b'* LIST (\\Noselect) "/" ""\r\n')  # only the delimiter is asked for
        return b"OK LIST completed"
    rows = await mailboxes.list_mailboxes(session.account_id)
    if b"HIGHESTMODSEQ" in request.status_items:
        session.enable_condstore()
    tests = matchers(request)
    parents = frozenset(row.name.rpartition(DELIMITER)[0] for row in rows)
    above_selected = _above(rows, request) if b"RECURSIVEMATCH" in request.selection else frozenset()
    for row in rows:
        if not any(matches(row.name) for matches in tests):
            continue
        if _is_selected(row, request) or row.name in above_selected:
            session.send(_line(session, row, parents, above_selected, request))
            if b"STATUS" in request.returns:
                session.send(status.line(session, row, request.status_items))
    return b"OK LIST completed"


def matchers(request: ListRequest) -> list[list_pattern.Matches]:
    """The tests for the patterns below the reference."""
    return [list_pattern.compiled(request.reference + pattern) for pattern in request.patterns]


def _is_selected(row: MailboxRow, request: ListRequest) -> bool:
    if b"SUBSCRIBED" in request.selection and not row.is_subscribed:
        return False
    return b"SPECIAL-USE" not in request.selection or bool(row.special_use)


def _above(rows: list[MailboxRow], request: ListRequest) -> frozenset[str]:
    """The names below which, at any depth, a mailbox is selected (RFC 5258 §3.5)."""
    found: set[str] = set()
    for row in rows:
        if _is_selected(row, request):
            levels = row.name.split(DELIMITER)
            found.update(DELIMITER.join(levels[:depth]) for depth in range(1, len(levels)))
    return frozenset(found)


def _line(
    session: Session,
    row: MailboxRow,
    parents: frozenset[str],
    above_selected: frozenset[str],
    request: ListRequest,
) -> bytes:
    """Children and special use are always told: RFC 6154 §2 allows it, and older clients look for them."""
    words = [b"\\HasChildren" if row.name in parents else b"\\HasNoChildren"]
    if row.special_use:
        words.append(b"\\" + row.special_use.capitalize().encode())
    if row.is_subscribed and b"SUBSCRIBED" in request.selection | request.returns:
        words.append(b"\\Subscribed")
    extended = b""
    if row.name in above_selected:
        options = sorted(request.selection - {b"RECURSIVEMATCH", b"REMOTE"})
        extended = b"CHILDINFO (%b)" % b" ".join(b'"%b"' % option for option in options)
    return list_line.line(session, words, row.name, extended)


LIST = Command(run, AUTHENTICATED)
