"""Watches the timers of messages: scheduled mail, snoozed mail, reminders. To the second, not at intervals.

Every process may run it; leases in the database say whose turn it is.
"""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from backend.submission import due

if TYPE_CHECKING:
    from protocol_service.service import Addresses, Service


class Timers:
    """The running watch."""

    def __init__(self) -> None:
        self._task = asyncio.create_task(due.run(), name="timers")

    @property
    def addresses(self) -> Addresses:
        """None: it takes no connections."""
        return {}

    async def drain(self) -> None:
        """Stop; what is due then is done by the next process that looks."""
        await self.close()

    async def close(self) -> None:
        """Cut off what runs; its lease runs out."""
        self._task.cancel()
        await asyncio.gather(self._task, return_exceptions=True)


async def start(service: Service) -> Timers:
    """Start to watch."""
    return Timers()
