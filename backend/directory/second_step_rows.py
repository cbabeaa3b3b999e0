"""Removing what somebody signs in by besides a password, as part of other verbs."""

from __future__ import annotations

from backend.kit.db import Tx

_TABLES = ("passkey", "recovery_code", "sign_in_ticket", "two_step")


async def delete_of(tx: Tx, subject_id: int) -> None:
    """Forget authenticator app, recovery codes, passkeys and sign-ins that have begun."""
    for table in _TABLES:
        await tx.execute(f"DELETE FROM {table} WHERE subject_id = ?", subject_id)
