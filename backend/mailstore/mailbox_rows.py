"""Rows of mailboxes: reading them, and inserting one with an id and UIDVALIDITY never given before."""

from __future__ import annotations

from backend.kit import clock
from backend.kit.db import Row, Tx
from backend.kit.errors import Conflict, LimitExceeded
from backend.mailstore.types import MailboxId, MailboxRow

MAX_MAILBOXES = 10_000
COLUMNS = (
    "id, account_id, name, special_use, uidvalidity, uidnext, exists_count, unseen_count, deleted_count,"
    " size_bytes, modseq, list_modseq, expunged_before, is_subscribed"
)


def mailbox_row(row: Row) -> MailboxRow:
    """The value of a row of `COLUMNS`."""
    return MailboxRow(*row)


async def names(tx: Tx, account_id: int) -> dict[str, MailboxId]:
    """All mailboxes of an account by name."""
    rows = await tx.fetch_rows("SELECT name, id FROM mailbox WHERE account_id = ?", account_id)
    return dict(rows)


async def of_account(tx: Tx, account_id: int) -> list[MailboxRow]:
    """All mailboxes of an account, in no order."""
    rows = await tx.fetch_rows(f"SELECT {COLUMNS} FROM mailbox WHERE account_id = ?", account_id)
    return [mailbox_row(row) for row in rows]


async def insert(
    tx: Tx, account_id: int, name: str, *, modseq: int, special_use: str = "", is_subscribed: bool = True
) -> MailboxRow:
    """Insert an empty mailbox under a normal name. Raises Conflict where the name is taken."""
    count = await tx.fetch_value("SELECT COUNT(*) FROM mailbox WHERE account_id = ?", account_id)
    if count >= MAX_MAILBOXES:
        raise LimitExceeded(f"An account has at most {MAX_MAILBOXES} mailboxes")
    mailbox_id, uidvalidity = await _next(tx)
    row = await tx.fetch_row(
        "INSERT INTO mailbox (id, account_id, name, special_use, uidvalidity, modseq, list_modseq,"
        " is_subscribed) VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (account_id, name) DO NOTHING RETURNING "
        + COLUMNS,
        mailbox_id,
        account_id,
        name,
        special_use,
        uidvalidity,
        modseq,
        modseq,
        int(is_subscribed),
    )
    if row is None:
        raise Conflict("A mailbox of that name exists", field="name")
    return mailbox_row(row)


async def next_id(tx: Tx) -> int:
    """An id below 2^31 that neither a mailbox nor a reader has had."""
    return (await _next(tx))[0]


async def _next(tx: Tx) -> tuple[int, int]:
    """The next mailbox id, and a UIDVALIDITY: the time, or one more than the last where that is greater."""
    row = await tx.fetch_row(
        "INSERT INTO mailbox_sequence (id, mailbox_id, uidvalidity) VALUES (1, 1, ?)"
        " ON CONFLICT (id) DO UPDATE SET mailbox_id = mailbox_sequence.mailbox_id + 1,"
        " uidvalidity = CASE WHEN mailbox_sequence.uidvalidity >= excluded.uidvalidity"
        " THEN mailbox_sequence.uidvalidity + 1 ELSE excluded.uidvalidity END"
        " RETURNING mailbox_id, uidvalidity",
        clock.now(),
    )
    if row is None:
        raise LimitExceeded("No mailbox can be made")
    return row[0], row[1]
