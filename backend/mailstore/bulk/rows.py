"""Acts in their table: making, claiming, finishing."""

from __future__ import annotations

from collections.abc import Sequence

from backend.kit import clock, db, ids
from backend.kit.db import Row, Tx
from backend.kit.errors import LimitExceeded, NotFound
from backend.mailstore.bulk.types import Act, Part, State, Step, dump_parts, dump_step, load_step
from schema.events import BulkActChanged, BulkActsReady

BATCH = 500
MAX_MESSAGES = 1_000_000
MAX_OPEN = 20
LABEL_CHARS = 200

_COLUMNS = (
    "id, user_id, label, step, undo_of, state, total, done, skipped, error, due_at, created_at, finished_at"
)


def act_of(row: Row) -> Act:
    """An act from a row of `_COLUMNS`."""
    step = load_step(row[3]) if row[3] else None
    return Act(row[0], row[1], row[2], step, row[4], State(row[5]), *row[6:])


async def find(source: db.Database | Tx, user_id: int, act_id: int) -> Act:
    """The user's act. Raises NotFound."""
    row = await source.fetch_row(
        f"SELECT {_COLUMNS} FROM bulk_act WHERE id = ? AND user_id = ?", act_id, user_id
    )
    if row is None:
        raise NotFound("There is no such act")
    return act_of(row)


async def newest(user_id: int, since: int, limit: int) -> list[Act]:
    """The user's acts that are open or ended after that time, newest first."""
    rows = await db.fetch_rows(
        f"SELECT {_COLUMNS} FROM bulk_act WHERE user_id = ? AND (state = ? OR finished_at > ?)"
        " ORDER BY id DESC LIMIT ?",
        user_id,
        State.OPEN,
        since,
        limit,
    )
    return [act_of(row) for row in rows]


async def insert(
    tx: Tx, user_id: int, *, total: int, step: Step | None, label: str, due_at: int, undo_of: int = 0
) -> int:
    """Make an open act; its id. Raises LimitExceeded for a user who has many of them open."""
    count = await tx.fetch_value(
        "SELECT COUNT(*) FROM bulk_act WHERE user_id = ? AND state = ?", user_id, State.OPEN
    )
    if count >= MAX_OPEN:
        raise LimitExceeded(f"{MAX_OPEN} acts are under way: wait until one of them is done")
    act_id = ids.new_id()
    await tx.execute(
        "INSERT INTO bulk_act (id, user_id, label, step, undo_of, total, due_at, created_at)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        act_id,
        user_id,
        label[:LABEL_CHARS],
        dump_step(step) if step else "",
        undo_of,
        total,
        due_at,
        clock.now(),
    )
    tx.announce(BulkActsReady(due_at))
    tx.announce(BulkActChanged(user_id, act_id))
    return act_id


async def insert_batches(tx: Tx, act_id: int, step: Step, refs: Sequence[int]) -> None:
    """The batches of an act, in the order of the refs."""
    await tx.execute_many(
        "INSERT INTO bulk_act_batch (id, act_id, number, parts) VALUES (?, ?, ?, ?)",
        [
            (ids.new_id(), act_id, number, dump_parts([Part(step, list(refs[at : at + BATCH]))]))
            for number, at in enumerate(range(0, len(refs), BATCH))
        ],
    )


async def finish(tx: Tx, act_id: int, state: State, error: str = "") -> Act | None:
    """End an open act; None where it is not open any more."""
    row = await tx.fetch_row(
        "UPDATE bulk_act SET state = ?, error = ?, finished_at = ?, lease = ''"
        f" WHERE id = ? AND state = ? RETURNING {_COLUMNS}",
        state,
        error[:300],
        clock.now(),
        act_id,
        State.OPEN,
    )
    if row is None:
        return None
    act = act_of(row)
    tx.announce(BulkActChanged(act.user_id, act_id))
    return act
