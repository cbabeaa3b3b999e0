"""Deleting a mailbox with all its messages.

A large one is emptied in slices first, so that nobody waits long for the writer; the last slice and the
mailbox go in one transaction. Whoever is stopped in between leaves a smaller mailbox, never half a message.
"""

from __future__ import annotations

from backend.kit import db
from backend.kit.db import Tx
from backend.kit.errors import Conflict, NotFound
from backend.mailstore import expunge, grants, mailbox_rows
from backend.mailstore import modseq as modseqs
from backend.mailstore.mailbox_names import INBOX, is_below, normal
from backend.mailstore.selection import Selection, everything
from backend.mailstore.types import MAX_UID, place
from schema.events import MailboxListChanged


async def delete(account_id: int, name: str, *, only_empty: bool = False) -> None:
    """Delete a mailbox and its messages.

    Raises NotFound, and Conflict for INBOX, for a mailbox that has children, and where only an empty one is
    meant, for one that has messages.
    """
    wanted = normal(name)
    if wanted == INBOX:
        raise Conflict("INBOX cannot be deleted", field="name")

    async def verb(tx: Tx) -> bool:
        return await _delete_slice(tx, account_id, wanted, only_empty)

    while not await db.write(verb):
        pass


async def _delete_slice(tx: Tx, account_id: int, name: str, only_empty: bool) -> bool:
    """Remove a slice of the messages; with the last one the mailbox. Whether it is gone."""
    modseq = await modseqs.take(tx, account_id)
    known = await mailbox_rows.names(tx, account_id)
    if name not in known:
        raise NotFound("There is no such mailbox")
    if any(is_below(other, name) for other in known):
        raise Conflict("The mailbox has mailboxes below it; delete those first", field="name")
    mailbox_id = known[name]
    if only_empty and await _exists(tx, mailbox_id):
        raise Conflict("The mailbox has messages", field="name")
    await expunge.remove(tx, account_id, mailbox_id, [await _slice(tx, mailbox_id)], modseq)
    if await _exists(tx, mailbox_id):
        return False
    for table in ("expunged", "flag_log"):
        await tx.execute(
            f"DELETE FROM {table} WHERE {everything(mailbox_id).where}", *everything(mailbox_id).args
        )
    await grants.forget_mailbox(tx, account_id, mailbox_id)
    await tx.execute("DELETE FROM mailbox WHERE id = ? AND account_id = ?", mailbox_id, account_id)
    tx.announce(MailboxListChanged(account_id, modseq))
    return True


async def _exists(tx: Tx, mailbox_id: int) -> int:
    return int(await tx.fetch_value("SELECT exists_count FROM mailbox WHERE id = ?", mailbox_id))


async def _slice(tx: Tx, mailbox_id: int) -> Selection:
    """The first messages of the mailbox as one range of places."""
    last = await tx.fetch_value(
        "SELECT id FROM message WHERE id BETWEEN ? AND ? ORDER BY id LIMIT 1 OFFSET ?",
        *everything(mailbox_id).args,
        expunge.SLICE - 1,
    )
    return Selection("id BETWEEN ? AND ?", (place(mailbox_id, 1), last or place(mailbox_id, MAX_UID)))
