"""LIST (RFC 3501 §6.3.8) with the options of RFC 5258, 5819, 6154, 8440 and
9590.

Mailboxes come from their rows with their counters, so RETURN (STATUS) costs nothing more. In the own account
parents always exist: making `a/b` makes `a`. Names above another's mailbox may be no mailboxes, or not be the
client's to see; they are shown as \\NonExistent, so that clients can walk down.
"""

from __future__ import annotations

from dataclasses import dataclass

from backend.mailstore import mailboxes, shares
from backend.mailstore.mailbox_names import parents
from backend.mailstore.rights import ALL, Rights, letters_with_obsolete
from backend.mailstore.types import MailboxRow
from protocol_service.imap import list_line, list_pattern, metadata
from protocol_service.imap.command import AUTHENTICATED, Command
from protocol_service.imap.commands import status
from protocol_service.imap.grammar import mailboxes as grammar
from protocol_service.imap.grammar.mailboxes import ListRequest
from protocol_service.imap.lexer import Lexer
from protocol_service.imap.mailbox_name import DELIMITER
from protocol_service.imap.session import Session


@dataclass(frozen=True, slots=True)
class Listed:
    """A name that LIST may show; `row` is None where there is no mailbox of that name for the client."""

    name: str
    row: MailboxRow | None
    rights: Rights = ALL


async def run(session: Session, lexer: Lexer) -> bytes:
    """Show the mailboxes that match."""
    request = grammar.list_request(lexer)
    if request.patterns == ("",) and not request.is_extended:
        session.send(b'* LIST (\\Noselect) "/" ""\r\n')  # only the delimiter is asked for
        return b"OK LIST completed"
    listed = await names(session)
    if b"HIGHESTMODSEQ" in request.status_items:
        session.enable_condstore()
    tests = matchers(request)
    above = frozenset(one.name.rpartition(DELIMITER)[0] for one in listed)
    above_selected = _above(listed, request) if b"RECURSIVEMATCH" in request.selection else frozenset()
    for one in listed:
        if not any(matches(one.name) for matches in tests):
            continue
        if _is_selected(one, request) or one.name in above_selected:
            session.send(_line(session, one, above, above_selected, request))
            if one.row is not None:
                session.send(await _more(session, one, one.row, request))
    return b"OK LIST completed"


async def names(session: Session) -> list[Listed]:
    """Own mailboxes, then those of others with the names above them, parents before children."""
    listed = [Listed(row.name, row) for row in await mailboxes.list_mailboxes(session.account_id)]
    boxes = await shares.visible(session.account_id)
    if not boxes:
        return listed
    known = {box.row.name for box in boxes}
    shown: set[str] = set()
    for box in boxes:
        for name in parents(box.row.name):
            if name not in known and name not in shown:
                shown.add(name)
                listed.append(Listed(name, None))
        listed.append(Listed(box.row.name, box.row, box.rights))
    return listed


def matchers(request: ListRequest) -> list[list_pattern.Matches]:
    """The tests for the patterns below the reference."""
    return [list_pattern.compiled(request.reference + pattern) for pattern in request.patterns]


def _is_selected(one: Listed, request: ListRequest) -> bool:
    if b"SUBSCRIBED" in request.selection and not (one.row and one.row.is_subscribed):
        return False
    return b"SPECIAL-USE" not in request.selection or bool(one.row and one.row.special_use)


def _above(listed: list[Listed], request: ListRequest) -> frozenset[str]:
    """The names below which, at any depth, a mailbox is selected (RFC 5258 §3.5)."""
    return frozenset(above for one in listed if _is_selected(one, request) for above in parents(one.name))


def _line(
    session: Session,
    one: Listed,
    above: frozenset[str],
    above_selected: frozenset[str],
    request: ListRequest,
) -> bytes:
    """A line; names that are no mailbox of the client's stand where some lie below them."""
    if one.row is None:
        has_children = b"\\HasChildren" if one.name in above else b"\\HasNoChildren"
        # The last is for who does not know the one before.
        words = [has_children, b"\\NonExistent", b"\\Noselect"]
    else:
        words = list_line.attributes(
            one.row,
            has_children=one.name in above,
            with_subscribed=b"SUBSCRIBED" in request.selection | request.returns,
        )
    extended = b""
    if one.name in above_selected:
        options = sorted(request.selection - {b"RECURSIVEMATCH", b"REMOTE"})
        extended = b"CHILDINFO (%b)" % b" ".join(b'"%b"' % option for option in options)
    return list_line.line(session, words, one.name, extended)


async def _more(session: Session, one: Listed, row: MailboxRow, request: ListRequest) -> bytes:
    """What RETURN asks for beside the line: STATUS and METADATA (RFC 9590) of who may read, MYRIGHTS."""
    lines = b""
    if b"STATUS" in request.returns and one.rights & Rights.READ:
        deleted = await status.deleted_bytes(row, request.status_items)
        lines += status.line(session, row, request.status_items, deleted)
    if request.entries and one.rights & Rights.READ:
        found = await metadata.find(session, row, request.entries)
        lines += metadata.response(session, row.name, found)
    if b"MYRIGHTS" in request.returns:
        rights = letters_with_obsolete(one.rights).encode()
        lines += b"* MYRIGHTS %b %b\r\n" % (session.mailbox_name(one.name), rights)
    return lines


LIST = Command(run, AUTHENTICATED)
