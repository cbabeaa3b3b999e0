"""Keeps what search needs up to date, soon after each change of mail and not at intervals: the full-text
index, sort keys, and the text of documents.

Every process may run it; a queue in the database says what there is to do, and doing it twice does no harm.
"""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from backend.mailstore import document_text, fulltext

if TYPE_CHECKING:
    from protocol_service.service import Addresses, Service


class Indexer:
    """The running index."""

    def __init__(self) -> None:
        self._tasks = [
            asyncio.create_task(fulltext.run(), name="fulltext-index"),
            asyncio.create_task(document_text.run(), name="document-text"),
        ]

    @property
    def addresses(self) -> Addresses:
        """None: it takes no connections."""
        return {}

    async def drain(self) -> None:
        """Stop; what is left in the queue waits for the next start."""
        await self.close()

    async def close(self) -> None:
        """Cut off what runs; the index bears it."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)


async def start(service: Service) -> Indexer:
    """Start to follow the queue."""
    return Indexer()
