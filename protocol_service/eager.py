"""Coroutines that are begun at once: most commands end without ever waiting, and need no task.

A task is first run in the next turn of the event loop, which costs as much as a whole short command. `begin`
runs a coroutine in the caller's turn up to its first wait; only if there is one, a task takes it over from
there, in the same context. While it runs it counts as the current task, so that timeouts work (asyncio's
documentation, "Extending").
"""

from __future__ import annotations

import asyncio
from asyncio.tasks import _enter_task, _leave_task
from collections.abc import Coroutine, Generator
from contextvars import copy_context
from typing import Any, cast

_NOTHING = object()


class _Stand:
    """What the current task is before there is one; it passes on what is asked of it later."""

    __slots__ = ("task",)

    def __init__(self) -> None:
        self.task: asyncio.Task[None] | None = None

    def cancel(self, msg: Any = None) -> bool:
        return self.task is not None and self.task.cancel(msg)

    def cancelling(self) -> int:
        return 0 if self.task is None else self.task.cancelling()

    def uncancel(self) -> int:
        return 0 if self.task is None else self.task.uncancel()


class _Rest(Coroutine[Any, Any, None]):
    """A coroutine from its first wait on."""

    __slots__ = ("_coroutine", "_waited")

    def __init__(self, coroutine: Coroutine[Any, Any, None], waited: Any) -> None:
        self._coroutine = coroutine
        self._waited = waited

    def send(self, value: Any) -> Any:
        if self._waited is _NOTHING:
            return self._coroutine.send(value)
        waited, self._waited = self._waited, _NOTHING
        return waited

    def throw(self, *args: Any) -> Any:
        self._waited = _NOTHING
        return self._coroutine.throw(*args)

    def close(self) -> None:
        self._coroutine.close()

    def __await__(self) -> Generator[Any, Any, None]:
        return self._coroutine.__await__()


def begin(loop: asyncio.AbstractEventLoop, coroutine: Coroutine[Any, Any, None]) -> asyncio.Task[None] | None:
    """Run up to the first wait; a task for the rest, or None. To be called outside of any task."""
    context, stand = copy_context(), _Stand()
    task = cast("asyncio.Task[None]", stand)
    _enter_task(loop, task)
    try:
        waited = context.run(coroutine.send, None)
    except StopIteration:
        return None
    finally:
        _leave_task(loop, task)
    stand.task = loop.create_task(_Rest(coroutine, waited), context=context)
    return stand.task
