"""Sessions as part of other verbs: they end with a new password or a user who goes, and lose their limits."""

from __future__ import annotations

from backend.directory import push_devices
from backend.kit.db import Tx
from schema.events import SessionRevoked


async def delete_of(tx: Tx, kind: str, subject_id: int, *, except_id: int | None = None) -> int:
    """End all sessions of a user or administrator but one; how many there were."""
    rows = await tx.fetch_rows(
        "DELETE FROM session WHERE kind = ? AND subject_id = ? AND id <> ? RETURNING id",
        kind,
        subject_id,
        except_id if except_id is not None else 0,
    )
    await push_devices.forget_sessions(tx, [session_id for (session_id,) in rows])
    for (session_id,) in rows:
        tx.announce(SessionRevoked(session_id))
    return len(rows)


async def lift_limits(tx: Tx, kind: str, subject_id: int) -> None:
    """Give the sessions of somebody who has set up the second step what they may."""
    rows = await tx.fetch_rows(
        "UPDATE session SET is_limited = 0 WHERE kind = ? AND subject_id = ? AND is_limited = 1 RETURNING id",
        kind,
        subject_id,
    )
    for (session_id,) in rows:
        tx.announce(SessionRevoked(session_id))
