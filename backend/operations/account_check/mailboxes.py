"""Mailboxes and the account's own row: counters, UIDNEXT, modseqs, sequences, quota."""

from __future__ import annotations

from collections.abc import AsyncIterator

from backend.kit import db
from backend.kit.db import Tx
from backend.mailstore import counters, mailbox_rows, quota, readers
from backend.mailstore import modseq as modseqs
from backend.mailstore.selection import everything
from backend.mailstore.types import MAX_UID, UID_BITS, MailboxRow, uid_of
from backend.operations.account_check.finding import Finding, raised

_COUNTED = (
    "SELECT b.exists_count, b.unseen_count, b.deleted_count, b.size_bytes, b.uidnext, b.modseq,"
    " b.list_modseq, a.modseq, m.*, x.*, f.*"
    " FROM mailbox b JOIN account a ON a.id = b.account_id"
    " CROSS JOIN (SELECT COUNT(*), COALESCE(SUM(1 - (flags & 1)), 0), COALESCE(SUM((flags & 8) / 8), 0),"
    " COALESCE(SUM(size_bytes), 0), COALESCE(MAX(id), 0), COALESCE(MAX(modseq), 0)"
    " FROM message WHERE id BETWEEN ? AND ?) AS m"
    " CROSS JOIN (SELECT COALESCE(MAX(id), 0), COALESCE(MAX(modseq), 0)"
    " FROM expunged WHERE id BETWEEN ? AND ?) AS x"
    " CROSS JOIN (SELECT COALESCE(MAX(modseq), 0) FROM flag_log WHERE id BETWEEN ? AND ?) AS f"
    " WHERE b.id = ?"
)
_NAMES = ("messages", "unseen", "deleted", "bytes")


async def structure(account_id: int) -> AsyncIterator[Finding]:
    """What the account cannot be without."""
    rows = await db.fetch_rows("SELECT id, name, uidvalidity FROM mailbox WHERE account_id = ?", account_id)
    if not any(name == "INBOX" for _, name, _ in rows):

        async def make_inbox(tx: Tx) -> None:
            await mailbox_rows.insert(tx, account_id, "INBOX", modseq=await modseqs.take(tx, account_id))

        yield Finding("mailbox", "INBOX", "there is none", make_inbox)
    last_id, last_uidvalidity = await db.fetch_row(
        "SELECT mailbox_id, uidvalidity FROM mailbox_sequence"
    ) or (
        0,
        0,
    )
    for mailbox_id, name, uidvalidity in rows:
        if mailbox_id > last_id:
            text = f"its id {mailbox_id} may be given again: the last one counts as {last_id}"
            repair = raised("mailbox_sequence", "mailbox_id", mailbox_id, 1)
            yield Finding("mailbox", name, text, repair)
        if uidvalidity > last_uidvalidity:
            text = f"its UIDVALIDITY {uidvalidity} may be given again"
            yield Finding("mailbox", name, text, raised("mailbox_sequence", "uidvalidity", uidvalidity, 1))


async def counted(box: MailboxRow) -> AsyncIterator[Finding]:
    """A mailbox's counters and high marks against its rows, as of one moment."""
    span = everything(box.id).args
    rows = await db.scan(_COUNTED, *span, *span, *span, box.id)
    if not rows:
        return  # it was deleted meanwhile
    row = [int(value) for value in rows[0]]
    told, (uidnext, modseq, list_modseq, of_account), found = row[:4], row[4:8], row[8:12]
    last_message, last_change, last_grave, last_expunge, last_logged = row[12:]
    if told != found:
        text = ", ".join(
            f"{name} {one} instead of {other}"
            for name, one, other in zip(_NAMES, told, found, strict=True)
            if one != other
        )
        yield Finding("counters", box.name, text, lambda tx: counters.recount(tx, box.id))
    highest_uid = uid_of(max(last_message, last_grave))
    if uidnext <= highest_uid:
        text = f"UIDNEXT is {uidnext}, but UID {highest_uid} was given"
        yield Finding("uid", box.name, text, raised("mailbox", "uidnext", highest_uid + 1, box.id))
    highest = max(last_change, last_expunge, last_logged)
    if modseq < highest:
        text = f"its modseq {modseq} is below that of a change, {highest}"
        yield Finding("modseq", box.name, text, raised("mailbox", "modseq", highest, box.id))
    if of_account < (most := max(modseq, list_modseq, highest)):
        text = f"the account's modseq {of_account} is below {most}"
        yield Finding("modseq", box.name, text, raised("account", "modseq", most, box.account_id))


async def readers_of(box: MailboxRow) -> AsyncIterator[Finding]:
    """What others keep of a mailbox: how many messages they have read, and at which modseq."""
    for user_id, of_account, marked, *values in await db.scan(_READERS, box.id):
        reader = readers.State(*values)
        where = f"{box.name} for user {user_id}"
        # Where tombstones are gone, the next reading counts anew by itself.
        if reader.counted_modseq >= box.expunged_before and reader.seen_count != marked:

            async def recount(tx: Tx, reader: readers.State = reader) -> None:
                await readers.count_anew(tx, reader, box.id, await modseqs.of_account(tx, box.account_id))

            text = f"seen {reader.seen_count} instead of {marked}"
            yield Finding("counters", where, text, recount)
        if reader.modseq > of_account:
            text = f"the account's modseq {of_account} is below {reader.modseq}"
            yield Finding("modseq", where, text, raised("account", "modseq", reader.modseq, box.account_id))


_READERS = (
    "SELECT r.user_id, a.modseq, (SELECT COUNT(*) FROM seen_mark k JOIN message g"
    f" ON g.id = (m.id << {UID_BITS}) + (k.id & {MAX_UID})"
    f" WHERE k.reader_id = r.id AND k.is_seen = 1), {readers.OF_MAILBOX}"
    " FROM mailbox m JOIN account a ON a.id = m.account_id JOIN mailbox_reader r ON r.mailbox_id = m.id"
    " WHERE m.id = ?"
)


async def totals(account_id: int) -> AsyncIterator[Finding]:
    """What the account uses against the sum of its mailboxes and of what lies behind its links."""
    [row] = await db.scan(
        "SELECT a.used_bytes, a.message_count, COALESCE(SUM(b.size_bytes), 0)"
        " + (SELECT COALESCE(SUM(size_bytes), 0) FROM file_link WHERE account_id = a.id),"
        " COALESCE(SUM(b.exists_count), 0) FROM account a LEFT JOIN mailbox b ON b.account_id = a.id"
        " WHERE a.id = ? GROUP BY a.id, a.used_bytes, a.message_count",
        account_id,
    )
    used, messages, sum_bytes, sum_messages = (int(value) for value in row)
    if (used, messages) != (sum_bytes, sum_messages):

        async def repair(tx: Tx) -> None:
            await quota.recount(tx, account_id)

        text = f"{used} bytes in {messages} messages instead of {sum_bytes} in {sum_messages}"
        yield Finding("counters", "the account", text, repair)
