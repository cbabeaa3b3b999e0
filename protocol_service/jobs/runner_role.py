"""A role that is one runner: something that works until it is told to stop, and takes no connections."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from protocol_service.service import Addresses


class Runner(Protocol):
    """Works in `run`; after `stop` that ends once what is under way is done."""

    async def run(self) -> None: ...

    def stop(self) -> None: ...


class RunnerRole:
    """A running one. What it has not begun is done by another process, or with the next start."""

    def __init__(self, runner: Runner, name: str) -> None:
        self._runner = runner
        self._task = asyncio.create_task(runner.run(), name=name)

    @property
    def addresses(self) -> Addresses:
        """None: it takes no connections."""
        return {}

    async def drain(self) -> None:
        """Finish what is under way."""
        self._runner.stop()
        await asyncio.gather(self._task, return_exceptions=True)

    async def close(self) -> None:
        """Cut off what runs."""
        self._task.cancel()
        await asyncio.gather(self._task, return_exceptions=True)
