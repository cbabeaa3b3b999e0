"""A message made ready for ingest: read once, its body safe, its search fields folded.

Nothing of it is in the tables yet. One `Prepared` may be ingested into many accounts.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass

from backend.formats.encoded_words import decode
from backend.formats.search_text import fold
from backend.formats.summary import Summary, summarize
from backend.kit import blobs
from backend.kit.blobs import NewBlob
from backend.mailstore.threads import Clues, clues

# Above this a message is read in a thread: the event loop must not wait for it.
THREAD_BYTES = 1 << 20
MAX_FIELD_CHARS = 20_000
_ADDRESS_FIELDS = (b"from", b"to", b"cc", b"bcc")


@dataclass(frozen=True, slots=True)
class SearchFields:
    """Folded header fields that have columns of their own."""

    subject: str
    from_text: str
    to_text: str
    cc_text: str
    bcc_text: str


@dataclass(frozen=True, slots=True)
class Prepared:
    """A message with all that is derived from it; no `new_blob` where the body has its rows already."""

    blob_id: int
    size_bytes: int
    summary: Summary
    fields: SearchFields
    clues: Clues
    new_blob: NewBlob | None = None


async def prepare(raw: bytes | None = None, *, blob: tuple[int, int, bytes] | None = None) -> Prepared:
    """Read a message and make its body ready: new bytes, or `blob` (id, size, bytes) that is stored already.

    A large new body is durable in the blob store when this returns. Never raises for anything in the message.
    """
    if blob is not None:
        blob_id, size_bytes, raw = blob
        return Prepared(blob_id, size_bytes, *await _read(raw))
    if raw is None:
        raise ValueError("neither bytes nor a stored body are given")
    found = await _read(raw)
    new = await blobs.prepare(raw)
    return Prepared(new.id, new.size_bytes, *found, new)


_Read = tuple[Summary, SearchFields, Clues]


async def _read(raw: bytes) -> _Read:
    if len(raw) > THREAD_BYTES:
        return await asyncio.to_thread(_summarize, raw)
    return _summarize(raw)


def _summarize(raw: bytes) -> _Read:
    summary = summarize(raw)
    return summary, _search_fields(summary), clues(summary)


def _search_fields(summary: Summary) -> SearchFields:
    texts = []
    for name in _ADDRESS_FIELDS:
        values = summary.fields.get(name)
        texts.append(fold(" ".join([decode(value[:MAX_FIELD_CHARS]) for value in values])) if values else "")
    return SearchFields(fold(summary.subject), *texts)
