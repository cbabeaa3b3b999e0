"""Coroutines that are begun at once: when they end, wait, fail, are cancelled."""

from __future__ import annotations

import asyncio
from contextvars import ContextVar

import pytest

from protocol_service.eager import begin

variable: ContextVar[str] = ContextVar("variable", default="outside")


async def outside_of_tasks(coroutine: object) -> asyncio.Task[None] | None:
    """Call `begin` as a transport does: from the loop, not from a task."""
    loop = asyncio.get_running_loop()
    begun: asyncio.Future[asyncio.Task[None] | None] = loop.create_future()

    def call() -> None:
        begun.set_result(begin(loop, coroutine))  # type: ignore[arg-type]  # a coroutine of the tests below

    loop.call_soon(call)
    return await begun


async def test_what_does_not_wait_needs_no_task() -> None:
    done: list[str] = []

    async def work() -> None:
        done.append("all")

    assert await outside_of_tasks(work()) is None
    assert done == ["all"]


async def test_what_waits_goes_on_in_a_task_and_its_context() -> None:
    steps: list[str] = []
    gate = asyncio.Event()

    async def work() -> None:
        token = variable.set("inside")
        steps.append("begun")
        await gate.wait()
        await asyncio.sleep(0)
        steps.append(variable.get())
        variable.reset(token)

    task = await outside_of_tasks(work())
    assert steps == ["begun"]
    assert variable.get() == "outside"
    gate.set()

    assert task is not None
    await task
    assert steps == ["begun", "inside"]


async def test_a_timeout_begun_early_still_fires() -> None:
    async def work() -> None:
        async with asyncio.timeout(0.01):
            await asyncio.Event().wait()

    task = await outside_of_tasks(work())

    assert task is not None
    with pytest.raises(TimeoutError):
        await task


async def test_a_cancelled_task_cleans_up_even_before_its_first_turn() -> None:
    cleaned: list[bool] = []
    loop = asyncio.get_running_loop()
    tasks: list[asyncio.Task[None] | None] = []

    async def work() -> None:
        try:
            await asyncio.Event().wait()
        finally:
            cleaned.append(True)

    def call() -> None:
        task = begin(loop, work())
        assert task is not None
        task.cancel()
        tasks.append(task)

    loop.call_soon(call)
    await asyncio.sleep(0.01)

    [task] = tasks
    assert task is not None
    assert task.cancelled()
    assert cleaned == [True]


async def test_an_error_before_the_first_wait_is_the_callers() -> None:
    loop = asyncio.get_running_loop()
    errors: list[BaseException] = []

    async def work() -> None:
        raise ValueError("early")

    def call() -> None:
        try:
            begin(loop, work())
        except ValueError as exc:
            errors.append(exc)

    loop.call_soon(call)
    await asyncio.sleep(0)

    assert [str(error) for error in errors] == ["early"]
