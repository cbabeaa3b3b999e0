"""Modification sequences of an account (RFC 7162).

Every change takes the account's next modseq before it touches anything else. On PostgreSQL that locks the
account's row, on SQLite there is one writer: either way the changes of one account commit in the order of
their modseqs, and a verb sees no half of another.
"""

from __future__ import annotations

from backend.kit import db
from backend.kit.db import Tx
from backend.kit.errors import NotFound
from backend.mailstore.types import ModSeq


async def take(tx: Tx, account_id: int) -> ModSeq:
    """The account's next modseq; the account stays locked until the transaction ends."""
    taken = await tx.fetch_value(
        "UPDATE account SET modseq = modseq + 1 WHERE id = ? RETURNING modseq", account_id
    )
    if taken is None:
        raise NotFound("There is no such account")
    return ModSeq(taken)


async def of_account(tx: Tx, account_id: int) -> ModSeq:
    """The account's last modseq. Raises NotFound."""
    found = await tx.fetch_value("SELECT modseq FROM account WHERE id = ?", account_id)
    if found is None:
        raise NotFound("There is no such account")
    return ModSeq(found)


_OF_MAILBOX = "SELECT modseq FROM mailbox WHERE id = ? AND account_id = ?"


async def read_mailbox(account_id: int, mailbox_id: int) -> ModSeq | None:
    """The modseq of a mailbox as it is committed; None where there is no such mailbox."""
    row = await db.fetch_row(_OF_MAILBOX, mailbox_id, account_id)
    return None if row is None else ModSeq(row[0])


async def of_mailbox(tx: Tx, account_id: int, mailbox_id: int) -> ModSeq:
    """The modseq of a mailbox as it is. Raises NotFound."""
    found = await tx.fetch_value(_OF_MAILBOX, mailbox_id, account_id)
    if found is None:
        raise NotFound("There is no such mailbox")
    return ModSeq(found)


async def lock(tx: Tx, account_id: int) -> bool:
    """Lock the account without a change that anybody sees; False where there is none."""
    return await tx.execute("UPDATE account SET modseq = modseq WHERE id = ?", account_id) > 0
