"""Ending sessions as part of other verbs (a new password, a user who goes)."""

from __future__ import annotations

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
    for (session_id,) in rows:
        tx.announce(SessionRevoked(session_id))
    return len(rows)
