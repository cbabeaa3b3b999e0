"""Ending tasks."""

import asyncio
import contextlib

from backend.kit import tasks


async def test_a_task_that_loses_its_first_cancellation_is_ended_all_the_same() -> None:
    lost = 0

    async def work() -> None:
        nonlocal lost
        while lost < 2:
            with contextlib.suppress(asyncio.CancelledError):
                await asyncio.sleep(60)
            lost += 1
        await asyncio.sleep(60)

    stubborn, plain = asyncio.create_task(work()), asyncio.create_task(asyncio.sleep(60))
    await asyncio.sleep(0)

    await asyncio.wait_for(tasks.end(stubborn, plain), 10)

    assert lost == 2
    assert stubborn.cancelled()
    assert plain.cancelled()


async def test_nothing_and_what_has_ended_is_ended_at_once() -> None:
    done = asyncio.create_task(asyncio.sleep(0, "result"))
    await done

    await tasks.end()
    await tasks.end(done)

    assert done.result() == "result"
