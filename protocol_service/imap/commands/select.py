"""SELECT and EXAMINE (RFC 3501 §6.3.1, §6.3.2, RFC 9051 §6.3.2; CONDSTORE, QRESYNC: RFC 7162 §3.1.8, §3.2.5).

All is answered from the mailbox's row; the message arrays are opened by the first command that needs them.
"""

from __future__ import annotations

from functools import lru_cache

from backend.mailstore.rights import Rights, permitted_flags
from backend.mailstore.types import MailboxRow
from protocol_service.imap import list_line, object_ids, resync, sequence_set
from protocol_service.imap.command import AUTHENTICATED, Command, Sync
from protocol_service.imap.errors import BadCommand
from protocol_service.imap.grammar import mailboxes as grammar
from protocol_service.imap.lexer import Lexer
from protocol_service.imap.reached import CHANGING, reach
from protocol_service.imap.responses import condition, flag_list
from protocol_service.imap.resync import Resync
from protocol_service.imap.selected import Selected
from protocol_service.imap.session import Session


async def run_select(session: Session, lexer: Lexer) -> bytes:
    """Open a mailbox to read and change it."""
    selected = await _open(session, lexer, is_read_only=False)
    return b"OK [%b] SELECT completed" % (b"READ-ONLY" if selected.is_read_only else b"READ-WRITE")


async def run_examine(session: Session, lexer: Lexer) -> bytes:
    """Open a mailbox to read it."""
    await _open(session, lexer, is_read_only=True)
    return b"OK [READ-ONLY] EXAMINE completed"


async def _open(session: Session, lexer: Lexer, *, is_read_only: bool) -> Selected:
    lexer.space()
    name = grammar.mailbox(lexer)
    with_condstore, request = False, None
    if not lexer.at_end():
        lexer.space()
        with_condstore, request = _parameters(lexer)
    lexer.end()
    if request is not None and not session.has_qresync:
        raise BadCommand("QRESYNC is not enabled")
    # RFC 3501 §6.3.1: a SELECT that fails leaves no mailbox selected.
    if session.selected is not None:
        session.unselect()
        session.send(session.in_language(condition(b"CLOSED", b"The previous mailbox is closed")))
    box = await reach(session, name, Rights.READ)
    row = box.row
    if with_condstore:
        session.enable_condstore()
    watch = session.watches.enter(session, row.account_id, row.id, box.user_id)
    is_read_only = is_read_only or not box.rights & CHANGING
    selected = session.selected = Selected(row, watch, is_read_only=is_read_only)
    await _describe(session, selected, row, box.rights)
    if session.manner.is_rev2:
        session.send(list_line.named(session, row, name))
    if request is not None and request.uidvalidity == row.uidvalidity:
        await resync.tell(session, selected, request)
    return selected


def _parameters(lexer: Lexer) -> tuple[bool, Resync | None]:
    """`(CONDSTORE)`, `(QRESYNC (uidvalidity modseq [known-uids [match-data]]))`, or both."""
    with_condstore, request = False, None
    lexer.expect(b"(")
    while True:
        word = lexer.word()
        if word == b"CONDSTORE" and not with_condstore:
            with_condstore = True
        elif word == b"QRESYNC" and request is None:
            lexer.space()
            request = _resync(lexer)
        else:
            raise BadCommand("Unknown SELECT parameter")
        if lexer.take(b")"):
            return with_condstore, request
        lexer.space()


def _resync(lexer: Lexer) -> Resync:
    lexer.expect(b"(")
    uidvalidity = lexer.number()
    lexer.space()
    modseq = lexer.number64()
    known = None
    while not lexer.take(b")"):
        lexer.space()
        if lexer.take(b"("):
            if lexer.manner.is_uid_only:
                raise BadCommand("Only UIDs are spoken here", "UIDREQUIRED")
            # Message sequence match data (§3.2.5.2) spares a server without tombstones some answers.
            sequence_set.take_numbers(lexer)
            lexer.space()
            sequence_set.take_numbers(lexer)
            lexer.expect(b")")
        elif known is None:
            known = sequence_set.take_numbers(lexer)
        else:
            raise BadCommand("Invalid QRESYNC parameter")
    return Resync(uidvalidity, modseq, known)


async def _describe(session: Session, selected: Selected, row: MailboxRow, rights: Rights) -> None:
    names = (await session.flag_table()).names  # sends FLAGS too: they are new to this mailbox's client
    lines = (
        _permanent(names, Rights.NONE if selected.is_read_only else rights),
        session.manner.exists(row.exists),
        condition(b"UIDVALIDITY %d" % row.uidvalidity, b"UIDs valid"),
        condition(b"UIDNEXT %d" % row.uidnext, b"Predicted next UID"),
        condition(b"HIGHESTMODSEQ %d" % row.modseq, b"Highest"),
        condition(b"MAILBOXID (%b)" % object_ids.of_mailbox(row.id), b"Mailbox identifier"),
    )
    session.send(b"".join(map(session.in_language, lines) if session.language else lines))


@lru_cache(maxsize=512)
def _permanent(names: tuple[bytes, ...], rights: Rights) -> bytes:
    bits = permitted_flags(rights)
    permanent = [name for at, name in enumerate(names) if bits >> at & 1]
    permanent += [b"\\*"] if rights & Rights.WRITE else []
    return condition(b"PERMANENTFLAGS " + flag_list(permanent), b"Flags that are kept")


SELECT = Command(run_select, AUTHENTICATED, Sync.NOTHING)
EXAMINE = Command(run_examine, AUTHENTICATED, Sync.NOTHING)
