"""Keeps the full-text index of the web's search up to date: soon after each change of mail, not at intervals.

Every process may run it; a queue in the database says what there is to do, and doing it twice does no harm.
"""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from backend.mailstore import fulltext

if TYPE_CHECKING:
    from protocol_service.service import Addresses, Service


class Indexer:
    """The running index."""

    def __init__(self) -> None:
        self._task = asyncio.create_task(fulltext.run(), name="fulltext-index")

    @property
    def addresses(self) -> Addresses:
        """None: it takes no connections."""
        return {}

    async def drain(self) -> None:
        """Stop; what is left in the queue waits for the next start."""
        await self.close()

    async def close(self) -> None:
        """Cut off what runs; the index bears it."""
        self._task.cancel()
        await asyncio.gather(self._task, return_exceptions=True)


async def start(service: Service) -> Indexer:
    """Start to follow the queue."""
    return Indexer()
