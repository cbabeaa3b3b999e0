"""Senders whose remote images an account always shows."""

from __future__ import annotations

from backend.kit import db, ids
from backend.kit.db import Tx


async def set_trusted(account_id: int, address: str, is_trusted: bool) -> None:
    """Trust a sender's address, or no longer."""
    folded = address.lower()

    async def verb(tx: Tx) -> None:
        if not is_trusted:
            await tx.execute(
                "DELETE FROM trusted_sender WHERE account_id = ? AND address = ?", account_id, folded
            )
            return
        await tx.execute(
            "INSERT INTO trusted_sender (id, account_id, address) VALUES (?, ?, ?)"
            " ON CONFLICT (account_id, address) DO NOTHING",
            ids.new_id(),
            account_id,
            folded,
        )

    await db.write(verb)


async def is_trusted(account_id: int, address: str) -> bool:
    """Whether the account trusts this sender."""
    found = await db.fetch_value(
        "SELECT id FROM trusted_sender WHERE account_id = ? AND address = ?", account_id, address.lower()
    )
    return found is not None
