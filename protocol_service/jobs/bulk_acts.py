"""Does acts on many messages as soon as they are asked for. Every process may run it."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from backend.mailstore.bulk.runner import Runner

if TYPE_CHECKING:
    from protocol_service.service import Addresses, Service


class BulkActs:
    """The running worker."""

    def __init__(self) -> None:
        self._runner = Runner()
        self._task = asyncio.create_task(self._runner.run(), name="bulk-acts")

    @property
    def addresses(self) -> Addresses:
        """None: it takes no connections."""
        return {}

    async def drain(self) -> None:
        """Finish the batches under way; their acts go on elsewhere, or with the next start."""
        self._runner.stop()
        await asyncio.gather(self._task, return_exceptions=True)

    async def close(self) -> None:
        """Cut off what runs; the acts bear it."""
        self._task.cancel()
        await asyncio.gather(self._task, return_exceptions=True)


async def start(service: Service) -> BulkActs:
    """Start to do what waits."""
    return BulkActs()
