"""Slow start, narrowing, and hops that are left alone."""

from __future__ import annotations

import asyncio

import pytest

from backend.spool.types import SpooledRecipient
from protocol_service.spool.hops import BACK_OFF_S, SENT_BACK_S, WAITING_SLOW, Down, Full, Hops
from protocol_service.spool.outcome import Outcome, Result

RECIPIENT = SpooledRecipient(1, 1, "x", "remote.test")
WELL = [Outcome(RECIPIENT, Result.DELIVERED, "2.0.0")]
UNREACHED = [
    Outcome(RECIPIENT, Result.DEFERRED, "4.4.1", "Cannot connect", "mx.remote.test", is_unreached=True)
]
GREYLISTED = [Outcome(RECIPIENT, Result.DEFERRED, "4.3.2", "come back later", "mx.remote.test")]


class Clock:
    """Seconds that the test moves."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


async def _run(hops: Hops, gate: asyncio.Event, running: list[int], most: list[int]) -> None:
    hops.enter("hop")
    try:
        async with hops.turn("hop"):
            running[0] += 1
            most[0] = max(most[0], running[0])
            await gate.wait()
            running[0] -= 1
    finally:
        hops.leave("hop")


async def _most_at_once(hops: Hops, count: int) -> int:
    gate, running, most = asyncio.Event(), [0], [0]
    tasks = [asyncio.create_task(_run(hops, gate, running, most)) for _ in range(count)]
    for _ in range(5):
        await asyncio.sleep(0)
    gate.set()
    await asyncio.gather(*tasks)
    return most[0]


async def _learn(hops: Hops, outcomes: list[Outcome]) -> None:
    hops.enter("hop")
    hops.learn("hop", outcomes)
    hops.leave("hop")


def _may_enter(hops: Hops) -> bool:
    try:
        hops.enter("hop")
    except Down:
        return False
    hops.leave("hop")
    return True


async def test_a_hop_gets_more_with_every_success_and_no_more_than_the_most() -> None:
    hops = Hops(at_once=5)
    assert await _most_at_once(hops, 20) == 2

    await _learn(hops, WELL)
    assert await _most_at_once(hops, 20) == 3
    for _ in range(9):
        await _learn(hops, WELL)
    hops.enter("hop")  # a hop at full width need not be remembered
    hops.leave("hop")

    assert await _most_at_once(hops, 20) <= 5


async def test_a_hop_out_of_reach_is_left_alone_for_a_growing_while() -> None:
    clock = Clock()
    hops = Hops(now=clock)
    waits = []
    for _ in range(8):
        await _learn(hops, UNREACHED)
        began = clock.now
        while not _may_enter(hops):
            clock.now += 1
        waits.append(clock.now - began)

    assert waits == [15, 30, 60, 120, 240, 480, 900, BACK_OFF_S[1]]


async def test_those_in_line_hear_that_the_hop_has_gone() -> None:
    hops = Hops(at_once=1)
    hops.enter("hop")
    hops.enter("hop")

    async with hops.turn("hop"):
        second = asyncio.create_task(hops.turn("hop").__aenter__())
        await asyncio.sleep(0)
        hops.learn("hop", UNREACHED)

    with pytest.raises(Down):
        await second


async def test_a_success_ends_the_silence() -> None:
    clock = Clock()
    hops = Hops(now=clock)
    await _learn(hops, UNREACHED)
    clock.now += 16
    await _learn(hops, WELL)
    await _learn(hops, UNREACHED)
    with pytest.raises(Down, match="Cannot connect"):
        hops.enter("hop")

    clock.now += 16
    hops.enter("hop")


async def test_a_refusal_of_one_message_is_no_fault_of_the_hop() -> None:
    hops = Hops()
    await _learn(hops, GREYLISTED)

    hops.enter("hop")


async def test_what_somebody_waits_for_is_tried_all_the_same() -> None:
    hops = Hops()
    await _learn(hops, UNREACHED)

    hops.enter("hop", is_urgent=True)
    async with hops.turn("hop"):
        pass


async def test_a_line_is_bounded() -> None:
    hops = Hops(at_once=1, waiting=2)
    for _ in range(3):
        hops.enter("hop")

    with pytest.raises(Full):
        hops.enter("hop")
    hops.enter("another")


async def _stand(hops: Hops, outcomes: list[str]) -> None:
    hops.enter("hop")
    try:
        async with hops.turn("hop"):
            outcomes.append("ran")
            await asyncio.Event().wait()
    except Full as full:
        outcomes.append(f"{full.wait_s:.0f}")
        return
    hops.leave("hop")


async def test_a_slow_hop_is_shed_for_as_long_as_its_line_takes() -> None:
    clock = Clock()
    hops = Hops(at_once=2, now=clock)
    outcomes: list[str] = []
    tasks = [asyncio.create_task(_stand(hops, outcomes)) for _ in range(2 + WAITING_SLOW + 3)]
    await asyncio.sleep(0.01)
    assert outcomes == ["ran", "ran"]

    hops.shed()
    await asyncio.sleep(0.01)

    # Nothing has succeeded yet: one in two seconds is what is thought of the hop.
    assert outcomes[2:] == ["52", "54", "56"]
    with pytest.raises(Full) as told:
        hops.enter("hop")
    assert told.value.wait_s == 58
    clock.now += 10_000
    with pytest.raises(Full) as told:
        hops.enter("hop")
    assert told.value.wait_s == 2 * (WAITING_SLOW + 2) + 2
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)


async def test_a_quick_hop_is_not_shed() -> None:
    clock = Clock()
    hops = Hops(at_once=2, now=clock)
    hops.enter("hop")  # the line does not end
    for _ in range(600):
        await _learn(hops, WELL)
    outcomes: list[str] = []
    tasks = [asyncio.create_task(_stand(hops, outcomes)) for _ in range(300)]
    await asyncio.sleep(0.01)

    hops.shed()
    await asyncio.sleep(0.01)

    assert outcomes == ["ran", "ran"]
    hops.enter("hop")
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)


async def test_nobody_is_sent_back_for_longer_than_a_quarter_of_an_hour() -> None:
    hops = Hops(at_once=1, waiting=0, now=Clock())
    hops.enter("hop")
    waits = []
    for _ in range(2000):
        with pytest.raises(Full) as told:
            hops.enter("hop")
        waits.append(told.value.wait_s)

    assert waits[0] >= SENT_BACK_S[0]
    assert waits == sorted(waits)
    assert waits[-1] == SENT_BACK_S[1]


async def test_who_gives_up_waiting_leaves_the_line() -> None:
    hops = Hops(at_once=1)
    hops.enter("hop")
    hops.enter("hop")
    async with hops.turn("hop"):
        waiting = asyncio.create_task(hops.turn("hop").__aenter__())
        await asyncio.sleep(0)
        waiting.cancel()
        with pytest.raises(asyncio.CancelledError):
            await waiting

    async with asyncio.timeout(1), hops.turn("hop"):
        pass
