"""What changed in a mailbox since a modseq (RFC 7162): the feed of IDLE, QRESYNC and the web.

The mailbox's modseq is read before the rows. A change that commits in between may then be reported twice,
which does no harm, but none is ever left out.

`user_id` is 0 for the owner; a reader of another's mailbox has marks of what was read laid over it
(`reader_changes`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from backend.kit import db
from backend.kit.errors import NotFound, SyncLost
from backend.mailstore import flag_log, reader_changes
from backend.mailstore.selection import by_uids, everything
from backend.mailstore.types import ModSeq, Uid, uid_of

# Up to here rows are read on the event loop's own thread, beyond in a scan.
SHORT_ROWS = 500
FEW_ROWS = 16


@dataclass(frozen=True, slots=True)
class Changes:
    """Messages added or changed as (uid, flags, modseq), and UIDs expunged, up to `modseq`."""

    modseq: ModSeq
    changed: list[tuple[Uid, int, ModSeq]]
    expunged: list[Uid]


@dataclass(frozen=True, slots=True)
class RowChanges:
    """As `Changes`, with rows of (id, flags, modseq, size, internal date) and ids of expunged messages."""

    modseq: ModSeq
    rows: list[tuple[int, int, int, int, int]]
    expunged: list[int]


async def account_state(account_id: int) -> ModSeq:
    """The last modseq of an account. Raises NotFound."""
    modseq = await db.fetch_value("SELECT modseq FROM account WHERE id = ?", account_id)
    if modseq is None:
        raise NotFound("There is no such account")
    return ModSeq(modseq)


async def mailbox_state(mailbox_id: int, user_id: int = 0) -> tuple[ModSeq, ModSeq]:
    """A mailbox's modseq, and the modseq up to which its tombstones are gone. Raises NotFound."""
    if user_id:
        modseq, expunged_before, _ = await reader_changes.state(user_id, mailbox_id)
        return ModSeq(modseq), ModSeq(expunged_before)
    row = await db.fetch_row("SELECT modseq, expunged_before FROM mailbox WHERE id = ?", mailbox_id)
    if row is None:
        raise NotFound("There is no such mailbox")
    return ModSeq(row[0]), ModSeq(row[1])


async def changes_since(mailbox_id: int, modseq: int, user_id: int = 0) -> Changes:
    """What changed after `modseq`. Raises SyncLost where tombstones since then are gone, NotFound."""
    found = await row_changes_since(mailbox_id, modseq, user_id)
    changed = [(uid_of(row[0]), row[1], ModSeq(row[2])) for row in found.rows]
    return Changes(found.modseq, changed, [uid_of(place_id) for place_id in found.expunged])


async def row_changes_since(mailbox_id: int, modseq: int, user_id: int = 0) -> RowChanges:
    """`changes_since` with all columns of an index, in the order of UIDs."""
    reader_id, has_arrived, has_gone = 0, True, True
    if user_id:
        now, expunged_before, reader_id = await reader_changes.state(user_id, mailbox_id)
    else:
        now, expunged_before, has_arrived, has_gone = await _state(mailbox_id, modseq)
    if modseq < expunged_before:
        raise SyncLost("Changes since then are no longer known", detail={"mailbox_id": mailbox_id})
    if modseq >= now:
        return RowChanges(ModSeq(now), [], [])
    columns = "flags, modseq, size_bytes, internal_at"
    arrived: list[db.Row] = []
    if has_arrived:
        arrived = await flag_log.newest("message", "arrived_modseq", columns, mailbox_id, modseq)
    # What was flagged or marked since `now` may have arrived since then, and others before it: an index would
    # take it in without them.
    flagged = await flag_log.changed_since(mailbox_id, modseq, now)
    if arrived:
        first_new = uid_of(arrived[-1][0])
        flagged = [uid for uid in flagged if uid < first_new]
    if user_id:
        changed = [*flagged, *(uid_of(row[0]) for row in reversed(arrived))]
        rows = await reader_changes.rows_since(reader_id, mailbox_id, (modseq, now), changed)
    else:
        rows = [
            *await _changed(mailbox_id, flagged, columns),
            *((row[0], *row[2:]) for row in reversed(arrived)),
        ]
    gone: list[db.Row] = []
    if has_gone:
        gone = await _read("SELECT id FROM expunged WHERE mailbox_id = ? AND modseq > ?", mailbox_id, modseq)
    return RowChanges(ModSeq(now), rows, sorted(row[0] for row in gone))


async def _state(mailbox_id: int, since: int) -> tuple[int, int, bool, bool]:
    """`mailbox_state`, and whether messages have arrived or gone since a modseq: mostly only flags change,
    and what asks for more costs as much as all the rest. Raises NotFound.
    """
    row = await db.fetch_row(
        "SELECT modseq, expunged_before,"
        " (SELECT arrived_modseq FROM message WHERE id BETWEEN ? AND ? ORDER BY id DESC LIMIT 1),"
        " EXISTS (SELECT 1 FROM expunged WHERE expunged.mailbox_id = mailbox.id AND expunged.modseq > ?)"
        " FROM mailbox WHERE id = ?",
        *everything(mailbox_id).args,
        since,
        mailbox_id,
    )
    if row is None:
        raise NotFound("There is no such mailbox")
    now, expunged_before, arrived, has_gone = row
    return now, expunged_before, (arrived or 0) > since, bool(has_gone)


async def _changed(mailbox_id: int, uids: Sequence[int], columns: str) -> list[db.Row]:
    """Rows of (id, *columns) of these messages, in the order of UIDs."""
    read = db.scan if len(uids) > SHORT_ROWS else db.fetch_few if len(uids) <= FEW_ROWS else db.fetch_rows
    rows: list[db.Row] = []
    for chosen in by_uids(mailbox_id, uids):
        sql = f"SELECT id, {columns} FROM message WHERE {chosen.where} ORDER BY id"
        rows += await read(sql, *chosen.args)
    return rows


async def _read(sql: str, mailbox_id: int, modseq: int) -> list[db.Row]:
    # Mostly there are none.
    rows = await db.fetch_few(f"{sql} LIMIT ?", mailbox_id, modseq, SHORT_ROWS)
    if len(rows) < SHORT_ROWS:
        return rows
    return await db.scan(sql, mailbox_id, modseq)
