"""What a worker has in hand: leased recipients, and the bytes of messages it carries in memory for them."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Collection

from backend.spool.types import Claim

HELD_LIMIT = 2000
CARRIED_BYTES = 64 * 1024 * 1024


class Holdings:
    """Counts for one worker; `on_room` is called when a crowded worker has room again."""

    def __init__(self, on_room: Callable[[], None], *, limit: int = HELD_LIMIT) -> None:
        self._on_room = on_room
        self._limit = limit
        self._carried_bytes = 0
        self._is_empty = asyncio.Event()
        self._is_empty.set()
        self.ids: set[int] = set()

    def has_room(self) -> bool:
        """Whether another message fits."""
        return len(self.ids) < self._limit

    def has_half(self) -> bool:
        """Whether it is worth claiming a batch."""
        return len(self.ids) <= self._limit // 2

    def take(self, claim: Claim) -> Claim | None:
        """Hold the claim's recipients; what is left of it without those in hand already, None for nothing.

        They are in hand already when our own lease ran out while we were still at it.
        """
        recipients = [recipient for recipient in claim.recipients if recipient.id not in self.ids]
        self.add([recipient.id for recipient in recipients])
        if not recipients:
            return None
        is_whole = len(recipients) == len(claim.recipients)
        return claim if is_whole else Claim(claim.message, tuple(recipients))

    def add(self, recipient_ids: Collection[int]) -> None:
        """Hold these too."""
        if recipient_ids:
            self.ids.update(recipient_ids)
            self._is_empty.clear()

    def drop(self, recipient_ids: Collection[int]) -> None:
        """These are done with."""
        was_crowded = not self.has_half()
        self.ids.difference_update(recipient_ids)
        if not self.ids:
            self._is_empty.set()
        if was_crowded and self.has_half():
            self._on_room()

    def carry(self, raw: bytes | None) -> bytes | None:
        """The bytes, if there is room to keep them in memory; `put_down` them later."""
        if raw is None or self._carried_bytes + len(raw) > CARRIED_BYTES:
            return None
        self._carried_bytes += len(raw)
        return raw

    def put_down(self, raw: bytes | None) -> None:
        """Give back what `carry` returned."""
        self._carried_bytes -= len(raw or b"")

    async def empty(self) -> None:
        """Wait until nothing is in hand."""
        await self._is_empty.wait()
