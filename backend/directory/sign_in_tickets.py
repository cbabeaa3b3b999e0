"""Tickets: what joins the two halves of a sign-in, or of the making of a passkey.

A ticket is good for one purpose, once, for `LASTS_S` and for `MOST_TRIES` wrong answers. It is in the
database, so whichever process is asked next knows it.
"""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass
from typing import Literal

from backend.directory.principal import Kind
from backend.kit import clock, db, ids
from backend.kit.db import Tx
from backend.kit.errors import Unauthenticated

Purpose = Literal["second-step", "passkey", "new-passkey"]

LASTS_S = 300
MOST_TRIES = 6
# Of one person at a time; the oldest goes.
MOST_OPEN = 20
_CHALLENGE_BYTES = 32
_COLUMNS = "id, purpose, kind, subject_id, challenge, tries, expires_at"
_GONE = "This sign-in took too long or was tried too often. Please begin again"


@dataclass(frozen=True, slots=True)
class Ticket:
    """A ticket that was found; `challenge` is 32 random bytes in hexadecimal."""

    id: int
    purpose: str
    kind: Kind
    subject_id: int
    challenge: str
    tries: int
    expires_at: int

    @property
    def challenge_bytes(self) -> bytes:
        """What an authenticator signs."""
        return bytes.fromhex(self.challenge)


async def issue(purpose: Purpose, kind: Kind, subject_id: int) -> tuple[str, Ticket]:
    """A new ticket and its text, which is not stored."""
    text = ids.new_token()
    challenge = secrets.token_hex(_CHALLENGE_BYTES)
    made = Ticket(ids.new_id(), purpose, kind, subject_id, challenge, 0, clock.now() + LASTS_S)

    async def verb(tx: Tx) -> None:
        if subject_id:
            await tx.execute(
                "DELETE FROM sign_in_ticket WHERE subject_id = ? AND id NOT IN"
                " (SELECT id FROM sign_in_ticket WHERE subject_id = ? ORDER BY id DESC LIMIT ?)",
                subject_id,
                subject_id,
                MOST_OPEN - 1,
            )
        await tx.execute(
            f"INSERT INTO sign_in_ticket (ticket_hash, {_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            _hash(text),
            made.id,
            purpose,
            kind,
            subject_id,
            challenge,
            0,
            made.expires_at,
        )

    await db.write(verb, durable=False)
    return text, made


async def find(text: str, *purposes: Purpose) -> Ticket:
    """The ticket; `Unauthenticated` where it is unknown, over, used up or for something else."""
    row = await db.fetch_row(f"SELECT {_COLUMNS} FROM sign_in_ticket WHERE ticket_hash = ?", _hash(text))
    if row is None:
        raise Unauthenticated(_GONE)
    found = Ticket(*row)
    if found.purpose not in purposes or found.expires_at <= clock.now() or found.tries >= MOST_TRIES:
        raise Unauthenticated(_GONE)
    return found


async def count_try(ticket: Ticket) -> None:
    """Count an answer before it is looked at: many at once get no further than one after the other."""

    async def verb(tx: Tx) -> int:
        return await tx.execute(
            "UPDATE sign_in_ticket SET tries = tries + 1 WHERE id = ? AND tries < ?", ticket.id, MOST_TRIES
        )

    if not await db.write(verb, durable=False):
        raise Unauthenticated(_GONE)


async def use(ticket: Ticket) -> None:
    """Use it up; `Unauthenticated` where somebody else just did."""
    if not await db.write(lambda tx: tx.execute("DELETE FROM sign_in_ticket WHERE id = ?", ticket.id)):
        raise Unauthenticated(_GONE)


async def delete_expired() -> int:
    """Remove what has run out (a periodic job); how many."""
    return await db.write(
        lambda tx: tx.execute("DELETE FROM sign_in_ticket WHERE expires_at <= ?", clock.now()),
        durable=False,
    )


def _hash(text: str) -> str:
    return hashlib.sha256(text[:200].encode("utf-8", "surrogatepass")).hexdigest()
