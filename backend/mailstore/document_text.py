"""Reads the documents of emails for search, in the background, one after the other.

What a search of the web or IMAP's BODY and TEXT find in documents is what stands in `attachment_text`.
"""

from __future__ import annotations

import asyncio
import logging

from msgspec import structs

from backend.formats.content import decode_part
from backend.formats.documents.reading import MAX_CHARS
from backend.formats.part import Part
from backend.kit import blobs, db
from backend.kit.errors import MailError
from backend.mailstore import document_queue, fulltext
from backend.mailstore.document_reader import DocumentReader

log = logging.getLogger(__name__)

BATCH = 4
POLL_S = 30.0


async def read_pending(reader: DocumentReader, limit: int = BATCH) -> int:
    """Read the documents of some emails that wait; how many emails."""
    claimed = await document_queue.claim(limit)
    for email_id, tries in claimed:
        row = await db.fetch_row("SELECT account_id, blob_id, parts FROM email WHERE id = ?", email_id)
        if row is None:
            await document_queue.finish(email_id, 0, "")
            continue
        account_id, blob_id, parts = row
        text = ""
        if tries <= document_queue.MAX_TRIES:
            text = await _texts(reader, blob_id, bytes(parts))
        else:
            log.warning("the documents of an email were given up after %d tries", tries - 1)
        await document_queue.finish(email_id, account_id, text)
    return len(claimed)


async def _texts(reader: DocumentReader, blob_id: int, parts: bytes) -> str:
    """The texts of an email's documents, a line each."""
    found: list[str] = []
    room = MAX_CHARS
    for part, kind in document_queue.documents(parts):
        if room <= 0:
            break
        raw = await blobs.read_range(blob_id, part.body_start, part.size_bytes)
        text = (await reader.read(kind, await asyncio.to_thread(_decoded, raw, part)))[:room]
        room -= len(text)
        if text:
            found.append(text)
    return "\n".join(found)


def _decoded(raw: bytes, part: Part) -> bytes:
    return decode_part(raw, structs.replace(part, body_start=0, end=len(raw)))


async def run() -> None:
    """Keep reading until cancelled."""
    reader = DocumentReader()
    wake = document_queue.wake()
    try:
        while True:
            wake.clear()
            try:
                while await read_pending(reader):
                    while await fulltext.index_pending():
                        pass
            except MailError as exc:
                log.warning("documents for search: %s", exc.public)
            except Exception:
                log.exception("reading documents for search failed; it goes on in a while")
            try:
                async with asyncio.timeout(POLL_S):
                    await wake.wait()
            except TimeoutError:
                continue
    finally:
        await reader.close()
