"""Finished messages stay for a while, for whoever asks what became of one; then their rows go."""

from __future__ import annotations

from backend.kit import clock, db
from backend.kit.db import Tx

KEEP_S = 30 * 86_400
SLICE = 200


async def prune(older_than_s: int = KEEP_S) -> int:
    """Remove messages that were finished long ago, a slice a transaction; how many went."""
    before = clock.now() - older_than_s
    total = 0
    while removed := await db.write(lambda tx: _prune(tx, before), durable=False):
        total += removed
    return total


async def _prune(tx: Tx, before: int) -> int:
    rows = await tx.fetch_rows(
        "SELECT id FROM spool_message WHERE finished_at < ? ORDER BY finished_at LIMIT ?", before, SLICE
    )
    if not rows:
        return 0
    ids, marks = [row[0] for row in rows], db.marks(len(rows))
    await tx.execute(f"DELETE FROM spool_recipient WHERE message_id IN ({marks})", *ids)
    return await tx.execute(f"DELETE FROM spool_message WHERE id IN ({marks})", *ids)
