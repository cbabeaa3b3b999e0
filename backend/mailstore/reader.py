"""Reading stored messages: FETCH joins what ingest has stored, in slices, and never parses (rule 7).

A message's bytes are its prefix and its blob. Offsets in `parts` count from the start of the blob.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass

from backend.formats.part import Part, unpack
from backend.kit import blobs, db
from backend.kit.db import Row
from backend.kit.errors import NotFound
from backend.mailstore.selection import by_uids
from backend.mailstore.types import MAX_UID, mailbox_of, place, uid_of

SLICE = 500
FEW_BODIES = 4
SLICE_BODIES = 50  # a body in the database has 128 KiB at most

_OF_MESSAGE = ("email_id", "thread_id", "ref", "flags", "modseq", "size_bytes", "internal_at", "saved_at")
_OF_EMAIL = (
    "envelope", "bodystructure", "body", "head", "parts", "prefix", "blob_id", "sent_at", "has_attachments",
    "from_name", "from_addr", "to_text", "subject", "preview", "message_id",
)  # fmt: skip
# Cut out by the database: rows then leave as they come.
_UID = f"m.id & {MAX_UID}"
COLUMNS = {name: f"m.{name}" for name in _OF_MESSAGE} | {name: f"e.{name}" for name in _OF_EMAIL}


def _select(columns: Sequence[str]) -> str:
    wanted = ", ".join((_UID, *(COLUMNS[name] for name in columns)))
    join = " JOIN email e ON e.id = m.email_id" if any(name in _OF_EMAIL for name in columns) else ""
    return f"SELECT {wanted} FROM message m{join}"


async def fetch_columns(
    mailbox_id: int, uid_low: int, uid_high: int, columns: Sequence[str], *, limit: int = SLICE
) -> list[Row]:
    """Rows of (uid, *columns) of the first messages between two UIDs, both included, in UID order."""
    low, high = place(mailbox_id, max(uid_low, 1)), place(mailbox_id, min(uid_high, MAX_UID))
    if low == high:
        return await db.fetch_few(f"{_select(columns)} WHERE m.id = ?", low)
    return await db.fetch_rows(
        f"{_select(columns)} WHERE m.id BETWEEN ? AND ? ORDER BY m.id LIMIT ?", low, high, limit
    )


async def fetch_stored(
    mailbox_id: int, uids: Sequence[int], columns: Sequence[str]
) -> AsyncIterator[list[Row]]:
    """Rows of (uid, *columns) of these messages in UID order, in slices; others get a turn in between.

    A message that has gone meanwhile is left out.
    """
    ordered = sorted(uids)
    select = _select(columns)
    for at in range(0, len(ordered), SLICE):
        for chosen in by_uids(mailbox_id, ordered[at : at + SLICE], column="m.id"):
            yield await db.fetch_rows(f"{select} WHERE {chosen.where} ORDER BY m.id", *chosen.args)
        if at + SLICE < len(ordered):
            await asyncio.sleep(0)


async def read_bodies(mailbox_id: int, uids: Sequence[int]) -> dict[int, bytes]:
    """Whole messages by UID, less those that have gone; the caller sees to it that they fit into memory
    together. Others get a turn after each slice but the last.
    """
    found: dict[int, bytes] = {}
    ordered = sorted(uids)
    read = db.fetch_few if len(ordered) <= FEW_BODIES else db.fetch_rows
    for at in range(0, len(ordered), SLICE_BODIES):
        if at:
            await asyncio.sleep(0)
        for chosen in by_uids(mailbox_id, ordered[at : at + SLICE_BODIES], column="m.id"):
            rows = await read(
                f"SELECT {_UID}, e.prefix, e.blob_id, d.data FROM message m JOIN email e ON e.id = m.email_id"
                f" LEFT JOIN blob_data d ON d.id = e.blob_id WHERE {chosen.where} ORDER BY m.id",
                *chosen.args,
            )
            for uid, prefix, blob_id, data in rows:
                found[uid] = prefix + (await blobs.read(blob_id) if data is None else data)
    return found


@dataclass(frozen=True, slots=True)
class Stored:
    """A message's row, where its bytes are, and its parts."""

    ref: int
    mailbox_id: int
    uid: int
    flags: int
    email_id: int
    thread_id: int
    size_bytes: int
    internal_at: int
    prefix: bytes
    blob_id: int
    root: Part


async def stored(account_id: int, ref: int) -> Stored:
    """A message by its ref. Raises NotFound, also for another account's."""
    row = await db.fetch_row(
        "SELECT m.id, m.flags, m.email_id, m.thread_id, m.size_bytes, m.internal_at, e.prefix, e.blob_id,"
        " e.parts FROM message m JOIN email e ON e.id = m.email_id WHERE m.ref = ? AND m.account_id = ?",
        ref,
        account_id,
    )
    if row is None:
        raise NotFound("There is no such message")
    place_id, flags, email_id, thread_id, size_bytes, internal_at, prefix, blob_id, parts = row
    return Stored(
        ref=ref,
        mailbox_id=mailbox_of(place_id),
        uid=uid_of(place_id),
        flags=flags,
        email_id=email_id,
        thread_id=thread_id,
        size_bytes=size_bytes,
        internal_at=internal_at,
        prefix=bytes(prefix),
        blob_id=blob_id,
        root=unpack(bytes(parts)),
    )


async def read_message(account_id: int, ref: int) -> bytes:
    """A message's bytes with its prefix. Raises NotFound."""
    found = await stored(account_id, ref)
    return found.prefix + await blobs.read(found.blob_id)


async def read_header(account_id: int, ref: int, *, limit: int = 1 << 16) -> bytes:
    """A message's header section with its prefix, cut at `limit` bytes. Raises NotFound."""
    found = await stored(account_id, ref)
    header = await blobs.read_range(found.blob_id, 0, min(found.root.body_start, limit))
    return (found.prefix + header)[:limit]


async def read_part(account_id: int, ref: int, number: str) -> tuple[Part, bytes]:
    """A part by its IMAP section number and its body as transferred. Raises NotFound."""
    found = await stored(account_id, ref)
    part = found.root.find(number)
    if part is None:
        raise NotFound("There is no such part")
    return part, await blobs.read_range(found.blob_id, part.body_start, part.size_bytes)


async def raw_of(mailbox_id: int, uid: int) -> bytes | None:
    """The bytes of one message of a mailbox, None where it has gone."""
    return (await read_bodies(mailbox_id, [uid])).get(uid)
