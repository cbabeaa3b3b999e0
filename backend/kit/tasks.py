"""Ending tasks that talk to Redis.

A cancellation that comes while a connection is being made can get lost on its way through the client; a task
that was cancelled once would then go on, and whoever waits for its end would wait for ever.
"""

from __future__ import annotations

import asyncio
from typing import Any

AGAIN_S = 0.1


async def end(*tasks: asyncio.Task[Any]) -> None:
    """Cancel the tasks, as often as it takes, and wait until all have ended."""
    left = set(tasks)
    while left:
        for task in left:
            task.cancel()
        _, left = await asyncio.wait(left, timeout=AGAIN_S)
    await asyncio.gather(*tasks, return_exceptions=True)
