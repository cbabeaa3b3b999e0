"""What a user does with acts that have begun: look at them, stop one, take one back."""

from __future__ import annotations

from functools import partial

from backend.kit import clock, db
from backend.kit.db import Tx
from backend.kit.errors import Conflict
from backend.mailstore.bulk import rows
from backend.mailstore.bulk.types import Act, State
from schema.events import BulkActChanged

# What takes an act back is kept for a day.
KEEP_S = 86_400
MAX_LISTED = 50
_FORGOTTEN_AT_ONCE = 200


async def recent(user_id: int) -> list[Act]:
    """The user's acts that are open or ended within a day, newest first."""
    return await rows.newest(user_id, clock.now() - KEEP_S, MAX_LISTED)


async def find(user_id: int, act_id: int) -> Act:
    """One act. Raises NotFound."""
    return await rows.find(db.database(), user_id, act_id)


async def cancel(user_id: int, act_id: int) -> Act:
    """Stop an act after the batch under way; what it did stays. One that has ended is left so.

    Raises NotFound.
    """

    async def verb(tx: Tx) -> Act:
        act = await rows.find(tx, user_id, act_id)
        return await rows.finish(tx, act_id, State.CANCELLED) or act

    return await db.write(verb)


async def undo(user_id: int, act_id: int) -> Act:
    """Take an act back, ended or not: the act that does so, or the same act where it had done nothing yet.

    Messages that were moved on since then stay where they are, and what was removed for good stays so.
    Raises NotFound, Conflict where it was taken back before.
    """

    async def verb(tx: Tx) -> Act:
        act = await rows.find(tx, user_id, act_id)
        if act.state is State.UNDONE:
            raise Conflict("That was taken back already")
        await tx.execute(
            "UPDATE bulk_act SET state = ?, finished_at = ?, lease = '' WHERE id = ?",
            State.UNDONE,
            clock.now(),
            act_id,
        )
        tx.announce(BulkActChanged(user_id, act_id))
        total = await tx.fetch_value(
            "SELECT COALESCE(SUM(undo_count), 0) FROM bulk_act_batch WHERE act_id = ? AND is_done = 1", act_id
        )
        if not total:
            return await rows.find(tx, user_id, act_id)
        undoing = await rows.insert(
            tx,
            user_id,
            total=int(total),
            step=None,
            label=act.label,
            due_at=clock.now(),
            undo_of=act_id,
        )
        # What was done last is taken back first.
        await tx.execute(
            "UPDATE bulk_act_batch SET act_id = ?, number = -number, is_done = 0, parts = undo, undo = '[]',"
            " undo_count = 0 WHERE act_id = ? AND is_done = 1 AND undo_count > 0",
            undoing,
            act_id,
        )
        return await rows.find(tx, user_id, undoing)

    return await db.write(verb)


async def expire() -> int:
    """Forget acts that ended more than a day ago, and what would take them back; how many (a job)."""
    old = await db.fetch_rows(
        "SELECT id FROM bulk_act WHERE state <> ? AND finished_at < ? ORDER BY id LIMIT ?",
        State.OPEN,
        clock.now() - KEEP_S,
        _FORGOTTEN_AT_ONCE,
    )
    for (act_id,) in old:
        await db.write(partial(_forget, act_id=act_id), durable=False)
    return len(old)


async def _forget(tx: Tx, act_id: int) -> None:
    await tx.execute("DELETE FROM bulk_act_batch WHERE act_id = ?", act_id)
    await tx.execute("DELETE FROM bulk_act WHERE id = ?", act_id)


async def forget_user(tx: Tx, user_id: int) -> None:
    """Forget everything of a user who is removed."""
    await tx.execute(
        "DELETE FROM bulk_act_batch WHERE act_id IN (SELECT id FROM bulk_act WHERE user_id = ?)", user_id
    )
    await tx.execute("DELETE FROM bulk_act WHERE user_id = ?", user_id)
