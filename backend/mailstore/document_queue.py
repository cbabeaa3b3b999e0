"""Emails whose documents are to be read for search: a queue in the database.

The index puts an email in when it meets documents in it (`enqueue`), in the transaction that takes it off its
own queue, so a crash leaves no gap. `claim` leases an email for some minutes; whoever is killed meanwhile
loses the lease, and another takes the email over, but not for ever: a document that ends its reader each time
is given up.
"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

from backend.formats.documents.kinds import Kind, kind_of
from backend.formats.part import Part, unpack
from backend.kit import clock, db
from backend.kit.db import Tx
from backend.mailstore.per_database import PerDatabase

LEASE_S = 600
MAX_TRIES = 3
MAX_DOCUMENTS = 50  # of one email
MAX_BYTES = 40 << 20  # of one document as transferred

wake = PerDatabase(asyncio.Event)  # set when an email was put in by this process


def documents(parts: bytes) -> list[tuple[Part, Kind]]:
    """The documents of an email, given its packed tree of parts, in their order."""
    if b"application" not in parts:
        return []
    found: list[tuple[Part, Kind]] = []
    for part in unpack(parts).walk():
        kind = kind_of(part)
        if kind is not None and part.size_bytes <= MAX_BYTES:
            found.append((part, kind))
    return found[:MAX_DOCUMENTS]


async def enqueue(tx: Tx, email_ids: Sequence[int]) -> None:
    """Have the documents of these emails read."""
    await tx.execute_many(
        "INSERT INTO attachment_pending (id, due_at, tries) VALUES (?, 0, 0) ON CONFLICT (id) DO NOTHING",
        [(email_id,) for email_id in email_ids],
    )


async def claim() -> tuple[int, int] | None:
    """Lease the email that is due longest: its id, and how often it was leased. None where nothing waits."""
    now = clock.now()

    async def verb(tx: Tx) -> db.Row | None:
        return await tx.fetch_row(
            "UPDATE attachment_pending SET due_at = ?, tries = tries + 1 WHERE due_at <= ? AND id ="
            " (SELECT id FROM attachment_pending WHERE due_at <= ? ORDER BY due_at, id LIMIT 1)"
            " RETURNING id, tries",
            now + LEASE_S,
            now,
            now,
        )

    if await db.fetch_value("SELECT id FROM attachment_pending WHERE due_at <= ? LIMIT 1", now) is None:
        return None  # no turn of the writer for nothing
    row = await db.write(verb)
    return None if row is None else (row[0], row[1])


async def release(email_id: int) -> None:
    """Give a lease back that was not used: the process is about to end in good order."""

    async def verb(tx: Tx) -> None:
        await tx.execute("UPDATE attachment_pending SET due_at = 0, tries = tries - 1 WHERE id = ?", email_id)

    await db.write(verb, durable=False)


async def finish(email_id: int, account_id: int, text: str) -> None:
    """Keep the text of an email's documents and have the email indexed anew, if it is there still."""

    async def verb(tx: Tx) -> None:
        await tx.execute("DELETE FROM attachment_pending WHERE id = ?", email_id)
        if await tx.fetch_value("SELECT id FROM email WHERE id = ?", email_id) is None:
            return
        await tx.execute(
            "INSERT INTO attachment_text (id, account_id, body) VALUES (?, ?, ?)"
            " ON CONFLICT (id) DO UPDATE SET body = excluded.body",
            email_id,
            account_id,
            text,
        )
        if text:
            await tx.execute(
                "INSERT INTO search_pending (id) VALUES (?) ON CONFLICT (id) DO NOTHING", email_id
            )

    await db.write(verb, durable=False)
