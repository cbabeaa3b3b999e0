"""Reads the documents of emails for search, in the background, one after the other.

What a search of the web or IMAP's BODY and TEXT find in documents is what stands in `attachment_text`.
"""

from __future__ import annotations

import asyncio
import hashlib
import logging
from collections import OrderedDict
from collections.abc import Hashable

from msgspec import structs

from backend.formats.content import decode_part
from backend.formats.documents.kinds import may_be
from backend.formats.documents.reading import MAX_CHARS
from backend.formats.part import Part
from backend.kit import blobs, db
from backend.kit.errors import MailError
from backend.mailstore import document_queue, fulltext
from backend.mailstore.document_reader import DocumentReader

log = logging.getLogger(__name__)

POLL_S = 5.0  # another process may have put something into the queue
EMAIL_S = document_queue.LEASE_S / 2  # for all documents of an email: the lease must outlast it
REMEMBERED = 16


class _Recent(OrderedDict[Hashable, str]):
    """The texts that were read last."""

    def keep(self, key: Hashable, text: str) -> str:
        self[key] = text
        if len(self) > REMEMBERED:
            self.popitem(last=False)
        return text


class DocumentTexts:
    """The texts of emails' documents, by a reader. What one message brought to many is read once for most of
    them, since they wait one behind the other; so is a document that goes from message to message.
    """

    def __init__(self, reader: DocumentReader) -> None:
        self._reader = reader
        self._by_blob = _Recent()
        self._by_digest = _Recent()

    async def of(self, blob_id: int, parts: bytes) -> str:
        """The texts, a line for each document."""
        text = self._by_blob.get(blob_id)
        return self._by_blob.keep(blob_id, await self._read(blob_id, parts)) if text is None else text

    async def _read(self, blob_id: int, parts: bytes) -> str:
        found: list[str] = []
        room = MAX_CHARS
        clock = asyncio.get_running_loop().time
        until = clock() + EMAIL_S
        for part, kind in document_queue.documents(parts):
            if room <= 0 or clock() > until:
                break
            raw = await blobs.read_range(blob_id, part.body_start, part.size_bytes)
            data, digest = await asyncio.to_thread(_decoded, raw, part)
            if not may_be(kind, data):
                continue
            text = self._by_digest.get((kind, digest), "")
            # Nothing may be a failure of the moment.
            if not text and (text := await self._reader.read(kind, data)):
                self._by_digest.keep((kind, digest), text)
            text = text[:room]
            room -= len(text)
            if text:
                found.append(text)
        return "\n".join(found)


def _decoded(raw: bytes, part: Part) -> tuple[bytes, bytes]:
    """The document, and by what it is known again."""
    data = decode_part(raw, structs.replace(part, body_start=0, end=len(raw)))
    return data, hashlib.sha256(data).digest()


async def read_next(texts: DocumentTexts) -> bool:
    """Read the documents of the next email that waits; whether there was one."""
    claimed = await document_queue.claim()
    if claimed is None:
        return False
    email_id, tries = claimed
    try:
        row = await db.fetch_row("SELECT account_id, blob_id, parts FROM email WHERE id = ?", email_id)
        account_id, text = 0, ""
        if row is not None and tries <= document_queue.MAX_TRIES:
            account_id, text = row[0], await texts.of(row[1], bytes(row[2]))
        elif row is not None:
            account_id = row[0]
            log.warning("the documents of an email were given up after %d tries", tries - 1)
        await document_queue.finish(email_id, account_id, text)
    except asyncio.CancelledError:
        await document_queue.release(email_id)
        raise
    return True


async def run() -> None:
    """Keep reading until cancelled."""
    reader = DocumentReader()
    texts = DocumentTexts(reader)
    wake = document_queue.wake()
    try:
        while True:
            wake.clear()
            try:
                while await read_next(texts):
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
