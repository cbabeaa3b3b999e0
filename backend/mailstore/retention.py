"""What is removed later: emails without a message, and tombstones that no client will ask for."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence

from backend.kit import blobs, clock, db
from backend.kit.db import Tx
from backend.mailstore import modseq as modseqs
from backend.mailstore.selection import by_values
from backend.mailstore.types import MAX_UID, UID_BITS, place

TOMBSTONES_S = 60 * 86400
BATCH = 500


async def sweep_emails(limit: int = BATCH) -> int:
    """Look at some emails that lost a message; how many were looked at. Those without any go, bodies
    included.
    """
    rows = await db.fetch_rows("SELECT id, account_id FROM email_orphan ORDER BY id LIMIT ?", limit)
    by_account: dict[int, list[int]] = defaultdict(list)
    for email_id, account_id in rows:
        by_account[account_id].append(email_id)
    for account_id, email_ids in by_account.items():
        await _sweep_account(account_id, email_ids)
    return len(rows)


async def sweep_all_emails() -> int:
    """`sweep_emails` until none is left to look at; how many were."""
    total = 0
    while done := await sweep_emails():
        total += done
    return total


async def _sweep_account(account_id: int, email_ids: Sequence[int]) -> None:
    async def verb(tx: Tx) -> None:
        # With the account locked nobody can copy a message of an email that is about to go.
        await modseqs.lock(tx, account_id)
        for chosen in by_values("id", email_ids):
            dead = await tx.fetch_rows(
                f"DELETE FROM email WHERE {chosen.where} AND NOT EXISTS"
                " (SELECT 1 FROM message WHERE message.email_id = email.id) RETURNING id, blob_id",
                *chosen.args,
            )
            await _forget(tx, [row[0] for row in dead])
            for blob_id, count in Counter(row[1] for row in dead).items():
                await blobs.release(tx, blob_id, count)
            await tx.execute(f"DELETE FROM email_orphan WHERE {chosen.where}", *chosen.args)

    await db.write(verb, durable=False)


async def _forget(tx: Tx, email_ids: Sequence[int]) -> None:
    """Remove what was derived of emails, and have them taken out of the full-text index."""
    for chosen in by_values("id", email_ids):
        await tx.execute(f"DELETE FROM email_fields WHERE {chosen.where}", *chosen.args)
        await tx.execute(f"DELETE FROM email_text WHERE {chosen.where}", *chosen.args)
        await tx.execute(f"DELETE FROM email_order WHERE {chosen.where}", *chosen.args)
        await tx.execute(f"DELETE FROM attachment_text WHERE {chosen.where}", *chosen.args)
        await tx.execute(f"DELETE FROM attachment_pending WHERE {chosen.where}", *chosen.args)
    await tx.execute_many(
        "INSERT INTO search_pending (id) VALUES (?) ON CONFLICT (id) DO NOTHING",
        [(email_id,) for email_id in email_ids],
    )


async def prune_tombstones(older_than_s: int = TOMBSTONES_S) -> int:
    """Remove old tombstones and logs of flags; who asks for changes since before them is told to start over.
    How many went.
    """
    before = clock.now() - older_than_s
    rows = await db.scan(
        "SELECT box, MAX(modseq) FROM ("
        f"SELECT id / {1 << UID_BITS} AS box, modseq FROM expunged WHERE expunged_at < ?"
        f" UNION ALL SELECT id / {1 << UID_BITS} AS box, modseq FROM flag_log WHERE logged_at < ?"
        ") AS old GROUP BY box",
        before,
        before,
    )
    removed = 0
    for mailbox_id, modseq in rows:
        removed += await _prune(mailbox_id, modseq)
    return removed


async def _prune(mailbox_id: int, modseq: int) -> int:
    async def verb(tx: Tx) -> int:
        await tx.execute(
            "UPDATE mailbox SET expunged_before = ? WHERE id = ? AND expunged_before < ?",
            modseq,
            mailbox_id,
            modseq,
        )
        first, last = place(mailbox_id, 0), place(mailbox_id, MAX_UID)
        removed = 0
        for table in ("expunged", "flag_log"):
            removed += await tx.execute(
                f"DELETE FROM {table} WHERE id BETWEEN ? AND ? AND modseq <= ?", first, last, modseq
            )
        return removed

    return await db.write(verb, durable=False)
