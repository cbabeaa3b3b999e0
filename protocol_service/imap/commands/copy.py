"""COPY and MOVE, by number and by UID (RFC 3501 §6.4.7, RFC 6851), with COPYUID (RFC 4315 §3) and
SAVELIMIT (RFC 9738): a copy is one transaction, in which nobody else can write.
"""

from __future__ import annotations

from functools import partial

from backend.directory import limits
from backend.kit.errors import NotFound
from backend.mailstore import copy_move, foreign_copy
from backend.mailstore.copy_move import CopyResult
from backend.mailstore.foreign_copy import Act, Place
from backend.mailstore.rights import Rights, permitted_flags
from protocol_service.imap import sequence_set
from protocol_service.imap.command import SELECTED, Command, Sync
from protocol_service.imap.errors import Refused
from protocol_service.imap.grammar import mailboxes as grammar
from protocol_service.imap.lexer import Lexer
from protocol_service.imap.limits import MAX_SAVED
from protocol_service.imap.reached import Reached, reach
from protocol_service.imap.selected import Selected
from protocol_service.imap.sequence_set import SequenceSet
from protocol_service.imap.session import Session

_MOVING = Rights.READ | Rights.DELETE_MESSAGES | Rights.EXPUNGE  # RFC 6851 §4.4


async def run_copy(session: Session, lexer: Lexer, *, by_uid: bool) -> bytes:
    """Copy messages to another mailbox, all or none."""
    pairs, name = _arguments(lexer)
    selected = session.mailbox()
    await session.rights(Rights.READ)
    uids = await selected.uids(await selected.spans(pairs, by_uid=by_uid))
    target = await destination(session, name)
    if not uids:
        return b"OK No messages were copied"
    if len(uids) > MAX_SAVED:
        raise Refused("Too many messages for one COPY", f"MESSAGELIMIT {MAX_SAVED}")
    session.goal = len(uids)
    quota_bytes = await limits.delivery_quota(target.row.account_id) or None
    if selected.user_id or target.user_id:
        result = await foreign_copy.run(_act(session, selected, target, quota_bytes), uids)
    else:
        result = await copy_move.copy(
            selected.account_id, selected.mailbox_id, uids, target.row.id, quota_bytes=quota_bytes
        )
    session.brought(target.row.id, [new for _, new in result.pairs])
    return b"OK %bCOPY completed" % _copyuid(result)


async def run_move(session: Session, lexer: Lexer, *, by_uid: bool) -> bytes:
    """Move messages to another mailbox, all or none. COPYUID goes ahead of their EXPUNGE (RFC 6851 §4.3)."""
    pairs, name = _arguments(lexer)
    selected = session.writable()
    await session.rights(_MOVING)
    uids = await selected.uids(await selected.spans(pairs, by_uid=by_uid))
    target = await destination(session, name)
    if target.row.id == selected.mailbox_id:
        raise Refused("The messages are in that mailbox already", "CANNOT")
    if not uids:
        return b"OK No messages were moved"
    session.goal = len(uids)
    if selected.user_id or target.user_id:
        quota_bytes = await limits.delivery_quota(target.row.account_id) or None
        act = _act(session, selected, target, quota_bytes, removes=True)
        result = await foreign_copy.run(act, uids)
    else:
        result = await copy_move.move(selected.account_id, selected.mailbox_id, uids, target.row.id)
    if result.old:
        session.send(session.in_language(b"* OK %bMoved\r\n" % _copyuid(result)))
    return b"OK MOVE completed"


async def destination(session: Session, name: str) -> Reached:
    """The mailbox to copy or append to; the client may be told to make it first."""
    try:
        return await reach(session, name, Rights.INSERT)
    except NotFound as exc:
        raise Refused(exc.public, "TRYCREATE") from exc


def _act(
    session: Session, selected: Selected, target: Reached, quota_bytes: int | None, *, removes: bool = False
) -> Act:
    return Act(
        session.account_id,
        Place(selected.account_id, selected.mailbox_id),
        Place(target.row.account_id, target.row.id),
        permitted_flags(target.rights),
        quota_bytes,
        removes,
    )


def _arguments(lexer: Lexer) -> tuple[SequenceSet, str]:
    lexer.space()
    pairs = sequence_set.take(lexer)
    lexer.space()
    name = grammar.mailbox(lexer)
    lexer.end()
    return pairs, name


def _copyuid(result: CopyResult) -> bytes:
    if not result.old:
        return b""
    old, new = sequence_set.render(result.old), sequence_set.render(result.new)
    return b"[COPYUID %d %b %b] " % (result.uidvalidity, old, new)


COPY = Command(partial(run_copy, by_uid=False), SELECTED, Sync.ALL)
UID_COPY = Command(partial(run_copy, by_uid=True), SELECTED, Sync.ALL)
MOVE = Command(partial(run_move, by_uid=False), SELECTED, removes=True)
UID_MOVE = Command(partial(run_move, by_uid=True), SELECTED, removes=True)
