"""Senders whose remote pictures an account always shows."""

from __future__ import annotations

from backend.formats.addresses import Address
from backend.kit import db, ids
from backend.kit.db import Tx
from backend.kit.errors import LimitExceeded

MAX_TRUSTED = 2000


async def is_trusted(account_id: int, address: str) -> bool:
    """Whether pictures of this sender are shown unasked."""
    found = await db.fetch_value(
        "SELECT 1 FROM trusted_sender WHERE account_id = ? AND address = ?", account_id, address.lower()
    )
    return found is not None


async def set_trusted(account_id: int, address: Address, is_trusted: bool) -> None:
    """Trust a sender, or no longer."""
    text = str(address).lower()

    async def verb(tx: Tx) -> None:
        if not is_trusted:
            await tx.execute("DELETE FROM trusted_sender WHERE account_id = ? AND address = ?", account_id, text)
            return
        count = await tx.fetch_value("SELECT COUNT(*) FROM trusted_sender WHERE account_id = ?", account_id)
        if count >= MAX_TRUSTED:
            raise LimitExceeded(f"At most {MAX_TRUSTED} senders can be trusted")
        await tx.execute(
            "INSERT INTO trusted_sender (id, account_id, address) VALUES (?, ?, ?) ON CONFLICT DO NOTHING",
            ids.new_id(),
            account_id,
            text,
        )

    await db.write(verb)
