"""How an account sees the mail of a sender: its own colours in the dark, remote images never asked about."""

from __future__ import annotations

from dataclasses import dataclass

from backend.kit import db, ids
from backend.kit.db import Tx


@dataclass(frozen=True, slots=True)
class SenderLook:
    """What was chosen for a sender; both are off by default."""

    has_own_colours: bool = False
    hides_images: bool = False


async def of_sender(account_id: int, address: str) -> SenderLook:
    """What the account has chosen for this sender."""
    row = await db.fetch_row(
        "SELECT has_own_colours, hides_images FROM sender_look WHERE account_id = ? AND address = ?",
        account_id,
        address.lower(),
    )
    return SenderLook(bool(row[0]), bool(row[1])) if row is not None else SenderLook()


async def choose(account_id: int, address: str, look: SenderLook) -> None:
    """Remember what was chosen; the default is remembered by nothing."""
    folded = address.lower()

    async def verb(tx: Tx) -> None:
        if look == SenderLook():
            await tx.execute(
                "DELETE FROM sender_look WHERE account_id = ? AND address = ?", account_id, folded
            )
            return
        await tx.execute(
            "INSERT INTO sender_look (id, account_id, address, has_own_colours, hides_images)"
            " VALUES (?, ?, ?, ?, ?) ON CONFLICT (account_id, address) DO UPDATE SET"
            " has_own_colours = excluded.has_own_colours, hides_images = excluded.hides_images",
            ids.new_id(),
            account_id,
            folded,
            int(look.has_own_colours),
            int(look.hides_images),
        )

    await db.write(verb)
