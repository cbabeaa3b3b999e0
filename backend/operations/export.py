"""Everything of a mailbox in one archive, made while it is sent: an mbox file for each mailbox.

Nothing is kept on the server, so an export needs no room and leaves nothing behind. What arrives meanwhile
may be in it or not; a message is never there in part.
"""

from __future__ import annotations

import asyncio
import time
import zipfile
from collections.abc import AsyncGenerator, AsyncIterator, Iterable

from backend.formats import mbox
from backend.formats.file_names import safe_name
from backend.formats.zip_sink import ZipSink
from backend.kit import clock
from backend.kit.db import Row
from backend.kit.errors import RateLimited
from backend.mailstore import keywords, mailboxes, reader
from backend.mailstore.flag_bits import SYSTEM_FLAGS, keywords_of
from backend.mailstore.types import MAX_UID, MailboxRow

MOST_AT_ONCE = 4
_ROWS = 500
_BYTES_AT_ONCE = 8 << 20
_LEVEL = 1  # text shrinks to a half at 100 MB/s; more effort gains little
_running: set[int] = set()


async def archive(account_id: int) -> AsyncGenerator[bytes, None]:
    """The archive in pieces of a few MB. Asking for the first raises `RateLimited` while one of this account
    is under way, or too many are on this process.
    """
    if account_id in _running or len(_running) >= MOST_AT_ONCE:
        raise RateLimited("An export is under way; try again when it is done", retry_after_s=60)
    _running.add(account_id)
    try:
        yield b""
        async for piece in _pieces(account_id):
            yield piece
    finally:
        _running.discard(account_id)


async def _pieces(account_id: int) -> AsyncIterator[bytes]:
    sink = ZipSink()
    used: set[str] = set()
    with zipfile.ZipFile(sink, "w", zipfile.ZIP_DEFLATED, compresslevel=_LEVEL) as made:
        for mailbox in await mailboxes.list_mailboxes(account_id):
            info = zipfile.ZipInfo(_file_name(mailbox.name, used), time.gmtime(clock.now())[:6])
            info.compress_type = zipfile.ZIP_DEFLATED
            # Of unknown length, so more than 4 GiB are always thought of.
            with made.open(info, "w", force_zip64=True) as file:
                async for entries in _entries(account_id, mailbox):
                    await asyncio.to_thread(file.write, entries)
                    if piece := sink.take():
                        yield piece
    yield sink.take()


async def _entries(account_id: int, mailbox: MailboxRow) -> AsyncIterator[bytes]:
    """The messages as mbox text, some megabytes at a time."""
    uid = 1
    while True:
        rows = await reader.fetch_columns(
            mailbox.id, uid, MAX_UID, ("flags", "internal_at", "size_bytes"), limit=_ROWS
        )
        if not rows:
            return
        uid = rows[-1][0] + 1
        names = await keywords.keyword_names(account_id, _all_flags(rows))
        for batch in _batches(rows):
            bodies = await reader.read_bodies(mailbox.id, [row[0] for row in batch])
            yield await asyncio.to_thread(_join, batch, bodies, names)


def _join(rows: list[Row], bodies: dict[int, bytes], names: tuple[str, ...]) -> bytes:
    return b"".join(
        mbox.entry(bodies[uid], internal_at, _flags(flags, names))
        for uid, flags, internal_at, _ in rows
        if uid in bodies
    )


def _batches(rows: list[Row]) -> Iterable[list[Row]]:
    """Rows whose bodies fit into memory together; one that is larger is alone."""
    batch: list[Row] = []
    size = 0
    for row in rows:
        if batch and size + row[3] > _BYTES_AT_ONCE:
            yield batch
            batch, size = [], 0
        batch.append(row)
        size += row[3]
    if batch:
        yield batch


def _flags(flags: int, names: tuple[str, ...]) -> list[str]:
    return [name for name, bit in SYSTEM_FLAGS.items() if flags & bit] + keywords_of(flags, names)


def _all_flags(rows: list[Row]) -> int:
    found = 0
    for row in rows:
        found |= row[1]
    return found


def _file_name(mailbox: str, used: set[str]) -> str:
    """Folders as in the mailbox's name; every name once, also where capitals do not count."""
    parts = [safe_name(part) or "_" for part in mailbox.split("/")]
    shown, number = "/".join(parts), 1
    while f"{shown}.mbox".casefold() in used:
        number += 1
        shown = "/".join([*parts[:-1], f"{parts[-1]} ({number})"])
    used.add(f"{shown}.mbox".casefold())
    return f"{shown}.mbox"
