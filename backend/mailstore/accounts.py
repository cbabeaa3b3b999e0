"""Removing an account with all its mail. Making one is `mailboxes.create_standard`."""

from __future__ import annotations

from backend.kit import blobs, db
from backend.kit.db import Tx
from backend.mailstore import expunge, mailboxes, retention
from backend.mailstore import modseq as modseqs


async def remove(account_id: int) -> None:
    """Remove an account's messages, mailboxes and everything of it, in slices; may be repeated after a stop.

    The account must not receive any more.
    """
    for row in await mailboxes.list_mailboxes(account_id):
        await expunge.empty(account_id, row.id)
    while await retention.sweep_emails():
        pass

    async def verb(tx: Tx) -> None:
        if not await modseqs.lock(tx, account_id):
            return
        for mailbox_id in await _ids(tx, "mailbox", account_id):
            await tx.execute("DELETE FROM expunged WHERE mailbox_id = ?", mailbox_id)
        for upload in await tx.fetch_rows("SELECT blob_id FROM upload WHERE account_id = ?", account_id):
            await blobs.release(tx, upload[0])
        for table in ("mailbox", "upload", "trusted_sender", "thread_key"):
            await tx.execute(f"DELETE FROM {table} WHERE account_id = ?", account_id)
        await tx.execute("DELETE FROM account WHERE id = ?", account_id)

    await db.write(verb)


async def _ids(tx: Tx, table: str, account_id: int) -> list[int]:
    return [row[0] for row in await tx.fetch_rows(f"SELECT id FROM {table} WHERE account_id = ?", account_id)]
