"""Signatures: named HTML that the composer puts below what is written, before the quoted original.

The HTML is its owner's own and goes into the owner's messages; the composer sanitises it as it does a draft.
"""

from __future__ import annotations

from dataclasses import dataclass

from backend.kit import clock, db, ids
from backend.kit.db import Tx
from backend.kit.errors import LimitExceeded, NotFound
from backend.submission.kept_texts import check_html, check_name

MOST = 50


@dataclass(frozen=True, slots=True)
class Signature:
    """A stored signature."""

    id: int
    name: str
    html: str


async def list_own(account_id: int) -> list[Signature]:
    """All of an account, by name."""
    rows = await db.fetch_rows(
        "SELECT id, name, html FROM signature WHERE account_id = ? ORDER BY name, id LIMIT ?",
        account_id,
        MOST,
    )
    return [Signature(*row) for row in rows]


async def create(account_id: int, name: str, html: str) -> Signature:
    """Keep a new one. Raises InvalidSyntax, TooLarge, LimitExceeded."""
    made = Signature(ids.new_id(), check_name(name), check_html(html))

    async def verb(tx: Tx) -> None:
        count = await tx.fetch_value("SELECT COUNT(*) FROM signature WHERE account_id = ?", account_id)
        if count >= MOST:
            raise LimitExceeded(f"There are {MOST} signatures already: remove one first")
        await tx.execute(
            "INSERT INTO signature (id, account_id, name, html, created_at) VALUES (?, ?, ?, ?, ?)",
            made.id,
            account_id,
            made.name,
            made.html,
            clock.now(),
        )

    await db.write(verb)
    return made


async def update(account_id: int, signature_id: int, name: str, html: str) -> Signature:
    """Change one. Raises NotFound, InvalidSyntax, TooLarge."""
    changed = Signature(signature_id, check_name(name), check_html(html))

    async def verb(tx: Tx) -> None:
        touched = await tx.execute(
            "UPDATE signature SET name = ?, html = ? WHERE id = ? AND account_id = ?",
            changed.name,
            changed.html,
            signature_id,
            account_id,
        )
        if not touched:
            raise NotFound("There is no such signature")

    await db.write(verb)
    return changed


async def remove(account_id: int, signature_id: int) -> None:
    """Remove one; addresses that used it have none any more. Raises NotFound."""

    async def verb(tx: Tx) -> None:
        if not await tx.execute(
            "DELETE FROM signature WHERE id = ? AND account_id = ?", signature_id, account_id
        ):
            raise NotFound("There is no such signature")
        for column in ("signature_id", "reply_signature_id"):
            await tx.execute(
                f"UPDATE sender_profile SET {column} = 0 WHERE account_id = ? AND {column} = ?",
                account_id,
                signature_id,
            )

    await db.write(verb)


async def require(tx: Tx, account_id: int, signature_id: int) -> None:
    """Part of a verb: raises NotFound where the account has no such signature."""
    found = await tx.fetch_value(
        "SELECT id FROM signature WHERE id = ? AND account_id = ?", signature_id, account_id
    )
    if found is None:
        raise NotFound("There is no such signature")
