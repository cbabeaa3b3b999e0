"""The bytes of messages: a small one in one piece, a large one in blocks, read one by one.

Clients fetch message after message. For who does, the next few are read with the same query, `AHEAD_BYTES` of
them at most, and let go as they are asked for.
"""

from __future__ import annotations

from collections.abc import AsyncGenerator

from backend.kit import blobs
from backend.mailstore import reader
from protocol_service.pop3.errors import Refused
from protocol_service.pop3.limits import AHEAD_BYTES, AHEAD_MESSAGES
from protocol_service.pop3.maildrop import Maildrop


class Octets:
    """Reads the messages of one session."""

    __slots__ = ("_ahead", "_last", "_maildrop")

    def __init__(self, maildrop: Maildrop) -> None:
        self._maildrop = maildrop
        self._ahead: dict[int, bytes] = {}  # by UID
        self._last = 0

    async def whole(self, number: int) -> bytes:
        """All of a message. Refused where another session has expunged it meanwhile."""
        uid, is_next = self._maildrop.uid(number), number == self._last + 1
        self._last = number
        raw = self._ahead.pop(uid, None)
        if raw is None:
            uids = self._maildrop.following(number, AHEAD_MESSAGES, AHEAD_BYTES) if is_next else [uid]
            self._ahead = await reader.read_bodies(self._maildrop.mailbox_id, uids)
            raw = self._ahead.pop(uid, None)
        if raw is None:
            raise _gone(number)
        return raw

    async def in_blocks(self, number: int, block_bytes: int) -> AsyncGenerator[bytes, None]:
        """A message block by block, as far as it is asked for. Refused as `whole`."""
        uid = self._maildrop.uid(number)
        rows = await reader.fetch_columns(self._maildrop.mailbox_id, uid, uid, ("prefix", "blob_id"))
        if not rows:
            raise _gone(number)
        _, prefix, blob_id = rows[0]
        left = self._maildrop.size(number) - len(prefix)
        first = min(block_bytes, left)
        yield bytes(prefix) + await blobs.read_range(blob_id, 0, first)
        for at in range(first, left, block_bytes):
            yield await blobs.read_range(blob_id, at, min(block_bytes, left - at))


def _gone(number: int) -> Refused:
    return Refused(f"Message {number} was removed by another program")
