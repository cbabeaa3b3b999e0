"""Tells people's devices of new mail. Every process may run it; the database says whose turn it is."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from backend.notifications.runner import Runner

if TYPE_CHECKING:
    from protocol_service.service import Addresses, Service


class Push:
    """The running errands."""

    def __init__(self) -> None:
        self._runner = Runner()
        self._task = asyncio.create_task(self._runner.run(), name="push")

    @property
    def addresses(self) -> Addresses:
        """None: it takes no connections."""
        return {}

    async def drain(self) -> None:
        """Finish what is under way; what comes from now on is told elsewhere, or with the next start."""
        self._runner.stop()
        await asyncio.gather(self._task, return_exceptions=True)

    async def close(self) -> None:
        """Cut off what runs; those notices are lost, the mail is not."""
        self._task.cancel()
        await asyncio.gather(self._task, return_exceptions=True)


async def start(service: Service) -> Push:
    """Start to watch."""
    return Push()
