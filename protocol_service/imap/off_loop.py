"""Work on many messages that would hold the event loop: in a thread, others get their turns meanwhile."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import ParamSpec, TypeVar

from protocol_service.imap.limits import SLICE_ROWS

P = ParamSpec("P")
T = TypeVar("T")


async def off_loop(count: int, work: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
    """What `work` makes of `count` messages; for few of them a change of threads would cost more."""
    if count <= SLICE_ROWS:
        return work(*args, **kwargs)
    return await asyncio.to_thread(work, *args, **kwargs)
