"""The bytes of one message, in order: a small one in one piece, a large one in blocks, read one by one."""

from __future__ import annotations

from collections.abc import AsyncGenerator

from backend.kit import blobs
from backend.mailstore import reader
from protocol_service.pop3.errors import Refused
from protocol_service.pop3.limits import BLOCK_BYTES, WHOLE_BYTES
from protocol_service.pop3.maildrop import Maildrop


async def whole(maildrop: Maildrop, number: int) -> AsyncGenerator[bytes, None]:
    """All of a message. Refused where another session has expunged it meanwhile."""
    uid, size = maildrop.uid(number), maildrop.size(number)
    if size > WHOLE_BYTES:
        async for block in in_blocks(maildrop, number, BLOCK_BYTES):
            yield block
        return
    raw = await reader.raw_of(maildrop.mailbox_id, uid)
    if raw is None:
        raise _gone(number)
    yield raw


async def in_blocks(maildrop: Maildrop, number: int, block_bytes: int) -> AsyncGenerator[bytes, None]:
    """A message block by block, as far as it is asked for. Refused as `whole`."""
    uid = maildrop.uid(number)
    rows = await reader.fetch_columns(maildrop.mailbox_id, uid, uid, ("prefix", "blob_id"))
    if not rows:
        raise _gone(number)
    _, prefix, blob_id = rows[0]
    left = maildrop.size(number) - len(prefix)
    first = min(block_bytes, left)
    yield bytes(prefix) + await blobs.read_range(blob_id, 0, first)
    for at in range(first, left, block_bytes):
        yield await blobs.read_range(blob_id, at, min(block_bytes, left - at))


def _gone(number: int) -> Refused:
    return Refused(f"Message {number} was removed by another program")
