"""Message rows: where they lie, what they name, their numbers beside those of their mailbox."""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass

from backend.kit import db
from backend.kit.db import Tx
from backend.mailstore.selection import everything
from backend.mailstore.types import MAX_UID, MailboxRow, place, uid_of
from backend.operations.account_check import content
from backend.operations.account_check.finding import (
    Finding,
    Repair,
    raised,
    starting_over,
    statement,
)

PAGE = 500

_PAGE = (
    "SELECT m.id, m.account_id, m.mailbox_id, m.email_id, m.thread_id, m.modseq, m.arrived_modseq,"
    " m.size_bytes, b.uidnext, b.modseq, b.expunged_before, x.id, e.account_id, e.blob_id,"
    " length(e.prefix), o.size_bytes, o.refs"
    " FROM message m JOIN mailbox b ON b.id = CAST(? AS BIGINT) LEFT JOIN expunged x ON x.id = m.id"
    " LEFT JOIN email e ON e.id = m.email_id LEFT JOIN blob o ON o.id = e.blob_id"
    " WHERE m.id BETWEEN ? AND ? ORDER BY m.id LIMIT ?"
)


_COUNT_REFS = (
    "UPDATE blob SET refs = (SELECT COUNT(*) FROM email WHERE blob_id = blob.id)"
    " + (SELECT COUNT(*) FROM upload WHERE blob_id = blob.id)"
    " + (SELECT COUNT(*) FROM spool_message WHERE blob_id = blob.id AND finished_at IS NULL)"
    " + (SELECT COUNT(*) FROM submission WHERE draft_blob_id = blob.id)"
    " WHERE id = ? AND refs <= 0"
)


@dataclass(frozen=True, slots=True)
class Found:
    """A message row beside what it names; None where that is not there."""

    id: int
    account_id: int
    mailbox_id: int
    email_id: int
    thread_id: int
    modseq: int
    arrived_modseq: int
    size_bytes: int
    uidnext: int
    mailbox_modseq: int
    expunged_before: int
    grave: int | None
    email_account_id: int | None
    blob_id: int | None
    prefix_bytes: int | None
    blob_bytes: int | None
    blob_refs: int | None


async def check(box: MailboxRow) -> AsyncIterator[Finding | int]:
    """Findings in a mailbox's messages, and after each page how many it had."""
    first, last = everything(box.id).args
    arrived, log = 0, await _logged(box)
    while True:
        rows = [Found(*row) for row in await db.scan(_PAGE, box.id, first, last, PAGE)]
        for row in rows:
            where = f"{box.name} UID {uid_of(row.id)}"
            for finding in (*_place(box, row, where), *_numbers(box, row, where, arrived)):
                yield finding
            for finding in _named(box, row, where):
                yield finding
            if row.modseq > max(row.arrived_modseq, row.expunged_before) and not _is_in(log, row.modseq):
                async for finding in _unlogged(box, row, where):
                    yield finding
            arrived = max(arrived, min(row.arrived_modseq, row.modseq))
        async for finding in content.check(box, [row for row in rows if row.blob_bytes is not None]):
            yield finding
        yield len(rows)
        if len(rows) < PAGE:
            return
        first = rows[-1].id + 1


def _place(box: MailboxRow, row: Found, where: str) -> Iterator[Finding]:
    if row.mailbox_id != box.id:
        text = f"says that it is in mailbox {row.mailbox_id}"
        yield Finding("place", where, text, statement(_SET.format("mailbox_id"), box.id, row.id))
    if row.account_id != box.account_id:
        text = f"belongs to account {row.account_id}"
        yield Finding("place", where, text, statement(_SET.format("account_id"), box.account_id, row.id))
    if row.grave is not None:
        text = "counts as expunged as well"
        yield Finding("uid", where, text, statement("DELETE FROM expunged WHERE id = ?", row.id))


_SET = "UPDATE message SET {} = ? WHERE id = ?"


def _numbers(box: MailboxRow, row: Found, where: str, arrived: int) -> Iterator[Finding]:
    uid = uid_of(row.id)
    if uid >= row.uidnext:
        text = f"lies at or above UIDNEXT {row.uidnext}"
        yield Finding("uid", where, text, raised("mailbox", "uidnext", uid + 1, box.id))
    if row.modseq > row.mailbox_modseq:
        text = f"its modseq {row.modseq} is above that of its mailbox, {row.mailbox_modseq}"
        yield Finding("modseq", where, text, _raised_all(box, row.modseq))
    if row.arrived_modseq < arrived or row.arrived_modseq > row.modseq:
        right = max(arrived, min(row.arrived_modseq, row.modseq))
        sql = "UPDATE message SET arrived_modseq = ?, modseq = CASE WHEN modseq < ? THEN ? ELSE modseq END"
        text = f"its arrival {row.arrived_modseq} is not between {arrived} and its modseq {row.modseq}"
        repair = starting_over(box, f"{sql} WHERE id = ?", right, right, right, row.id)
        yield Finding("modseq", where, text, repair)


def _raised_all(box: MailboxRow, modseq: int) -> Repair:
    """The mailbox's modseq and the account's, so that the next one to be taken is above it as well."""

    async def repair(tx: Tx) -> None:
        await raised("mailbox", "modseq", modseq, box.id)(tx)
        await raised("account", "modseq", modseq, box.account_id)(tx)

    return repair


async def _logged(box: MailboxRow) -> array[int]:
    """The modseqs at which flags of the mailbox changed, ascending: 8 bytes for each STORE that is kept."""
    sql = "SELECT modseq FROM flag_log WHERE id BETWEEN ? AND ? ORDER BY id"
    return array("q", [row[0] for row in await db.scan(sql, *_log_of(box))])


def _log_of(box: MailboxRow) -> tuple[int, int]:
    return place(box.id, 0), place(box.id, MAX_UID)


def _is_in(log: array[int], modseq: int) -> bool:
    at = bisect_left(log, modseq)
    return at < len(log) and log[at] == modseq


async def _unlogged(box: MailboxRow, row: Found, where: str) -> AsyncIterator[Finding]:
    """A change that no client would be told; asked for once more, since it may have come just now."""
    found = await db.scan(
        "SELECT 1 FROM message m WHERE m.id = ? AND m.modseq = ? AND NOT EXISTS"
        " (SELECT 1 FROM flag_log f WHERE f.id BETWEEN ? AND ? AND f.modseq = m.modseq)",
        row.id,
        row.modseq,
        *_log_of(box),
    )
    if found:
        yield Finding("modseq", where, f"its change at {row.modseq} is not logged", starting_over(box))


def _named(box: MailboxRow, row: Found, where: str) -> Iterator[Finding]:
    if row.email_account_id is None:
        yield Finding("content", where, f"its email {row.email_id} is not there")
        return
    if row.email_account_id != box.account_id:
        repair = statement("UPDATE email SET account_id = ? WHERE id = ?", box.account_id, row.email_id)
        yield Finding("place", where, f"its email belongs to account {row.email_account_id}", repair)
    if row.blob_bytes is None or row.blob_refs is None or row.blob_id is None:
        yield Finding("content", where, f"its body {row.blob_id} is not there")
        return
    if row.blob_refs <= 0:
        repair = statement(_COUNT_REFS, row.blob_id)
        yield Finding("content", where, "its body counts as unused and would be removed", repair)
    size = (row.prefix_bytes or 0) + row.blob_bytes
    if row.size_bytes != size:
        repair = starting_over(box, _SET.format("size_bytes"), size, row.id)
        yield Finding("size", where, f"has {size} bytes, its row says {row.size_bytes}", repair)
