"""What an account uses: the sum of its messages' sizes, each copy counted, kept in the account's row.

The limit itself is a setting and comes with the call; a message that would pass it is refused before anything
is written.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NoReturn

from backend.kit import db
from backend.kit.db import Tx
from backend.kit.errors import NotFound, OverQuota
from backend.mailstore import counters, modseq
from backend.mailstore.selection import everything
from backend.mailstore.types import ModSeq

_UNLIMITED = 1 << 62


@dataclass(frozen=True, slots=True)
class Usage:
    """Bytes and messages of an account."""

    used_bytes: int
    message_count: int


async def usage(account_id: int) -> Usage:
    """What an account uses now; nothing for an account without mail."""
    row = await db.fetch_row("SELECT used_bytes, message_count FROM account WHERE id = ?", account_id)
    return Usage(*row) if row else Usage(0, 0)


async def deleted_bytes(mailbox_id: int) -> int:
    """The size of a mailbox's messages that are marked \\Deleted (RFC 9208 §4.1.4)."""
    [(size,)] = await db.scan(
        "SELECT COALESCE(SUM(size_bytes), 0) FROM message WHERE id BETWEEN ? AND ? AND flags & 8 <> 0",
        *everything(mailbox_id).args,
    )
    return int(size)


async def take_and_charge(
    tx: Tx, account_id: int, size_bytes: int, *, messages: int = 1, quota_bytes: int | None = None
) -> ModSeq:
    """`modseq.take` and `charge` in one statement. A quota of 0 or None is none.

    Raises OverQuota, and then nothing has changed.
    """
    taken = await tx.fetch_value(
        "UPDATE account SET modseq = modseq + 1, used_bytes = used_bytes + ?,"
        " message_count = message_count + ? WHERE id = ? AND used_bytes + ? <= ? RETURNING modseq",
        size_bytes,
        messages,
        account_id,
        size_bytes,
        quota_bytes or _UNLIMITED,
    )
    if taken is None:
        await _refuse(tx, account_id, size_bytes, quota_bytes)
    return ModSeq(taken)


async def charge(
    tx: Tx, account_id: int, size_bytes: int, *, messages: int, quota_bytes: int | None = None
) -> None:
    """Add to (or, below zero, take from) what the account uses. Raises OverQuota."""
    limit = quota_bytes if quota_bytes and size_bytes > 0 else _UNLIMITED
    touched = await tx.execute(
        "UPDATE account SET used_bytes = used_bytes + ?, message_count = message_count + ?"
        " WHERE id = ? AND used_bytes + ? <= ?",
        size_bytes,
        messages,
        account_id,
        size_bytes,
        limit,
    )
    if not touched:
        await _refuse(tx, account_id, size_bytes, quota_bytes)


async def _refuse(tx: Tx, account_id: int, size_bytes: int, quota_bytes: int | None) -> NoReturn:
    used = await tx.fetch_value("SELECT used_bytes FROM account WHERE id = ?", account_id)
    if used is None:
        raise NotFound("There is no such account")
    raise OverQuota(
        "The mailbox is full",
        needed_bytes=used + size_bytes - (quota_bytes or 0),
        detail={"account_id": account_id, "used_bytes": used, "quota_bytes": quota_bytes},
    )


async def recount(tx: Tx, account_id: int) -> Usage:
    """Repair the account's row and its mailboxes' counters from the message rows; files behind links count
    as well.
    """
    await modseq.lock(tx, account_id)
    for (mailbox_id,) in await tx.fetch_rows("SELECT id FROM mailbox WHERE account_id = ?", account_id):
        await counters.recount(tx, mailbox_id)
    row = await tx.fetch_row(
        "SELECT COALESCE(SUM(size_bytes), 0) + (SELECT COALESCE(SUM(size_bytes), 0) FROM file_link"
        " WHERE account_id = ?), COALESCE(SUM(exists_count), 0) FROM mailbox WHERE account_id = ?",
        account_id,
        account_id,
    )
    found = Usage(int(row[0]), int(row[1])) if row else Usage(0, 0)
    await tx.execute(
        "UPDATE account SET used_bytes = ?, message_count = ? WHERE id = ?",
        found.used_bytes,
        found.message_count,
        account_id,
    )
    return found
