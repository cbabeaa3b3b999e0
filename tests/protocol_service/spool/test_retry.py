"""The schedule, by a clock that the test moves."""

from __future__ import annotations

import asyncio

import pytest

from backend.directory import settings
from backend.directory.principal import SYSTEM
from backend.directory.setting_key import Level
from backend.directory.setting_keys import find
from backend.kit.errors import InvalidSyntax
from backend.spool.types import State
from protocol_service.spool import retry
from tests.protocol_service.spool.conftest import World
from tests.support.clocks import Clock

MINUTE_S, HOUR_S = 60, 3600


def test_the_waits_are_those_promised() -> None:
    schedule = retry.parse(str(find("spool.retry_schedule").default))
    waits = [schedule.wait_s(attempts) for attempts in range(1, 10)]

    assert waits == [450, 900, 1800, HOUR_S, 2 * HOUR_S, 4 * HOUR_S, 8 * HOUR_S, 16 * HOUR_S, None]
    assert [attempts for attempts in range(1, 10) if schedule.is_delay_notice_due(attempts)] == [
        5,
        6,
        7,
        8,
        9,
    ]
    assert schedule.remaining_s(5) == 30 * HOUR_S


async def test_a_message_is_tried_nine_times_told_late_once_and_returned(
    fake_clock: Clock, world: World
) -> None:
    world.sink.always["RCPT"] = "451 4.3.0 not now"
    schedule = retry.parse(str(find("spool.retry_schedule").default))
    began = fake_clock.now
    tried_at = []

    message_id = await world.send("x@remote.test")
    for attempt in range(1, 10):
        row = await _attempted(world, message_id, attempt)
        tried_at.append(fake_clock.now - began)
        if row["state"] == State.QUEUED:
            assert row["next_attempt_at"] == int(fake_clock.now) + (schedule.wait_s(attempt) or 0)
            fake_clock.now += schedule.wait_s(attempt) or 0
            world.worker.wake()

    assert tried_at == [0, 450, 1350, 3150, 6750, 13_950, 28_350, 57_150, 114_750]
    assert (row["state"], row["last_status"]) == (State.FAILED, "4.4.7")
    late, failed = (await world.report(count=2), await world.report(count=2))
    stored = await world.house.inbox("alice")
    assert [b"Action: delayed" in body for body in stored] == [True, False]
    assert [b"Action: failed" in body for body in stored] == [False, True]
    assert late["Subject"] == failed["Subject"] == "Your message could not be delivered"


async def _attempted(world: World, message_id: int, count: int) -> dict[str, object]:
    async with asyncio.timeout(20):
        while True:
            (row,) = [row for row in await world.house.spool_rows() if row["message_id"] == message_id]
            if row["attempts"] == count:
                return row
            await asyncio.sleep(0.01)


async def test_a_domain_has_a_schedule_of_its_own(fake_clock: Clock, world: World) -> None:
    await settings.set_value(SYSTEM, "spool.retry_schedule", Level.DOMAIN, world.house.domain_id, "1m 1.5h")
    world.sink.always["RCPT"] = "451 4.3.0 not now"

    own = await world.send("x@remote.test", account_id=world.house.users["alice"])
    other = await world.send("x@remote.test")

    assert (await _attempted(world, own, 1))["next_attempt_at"] == fake_clock.now + 60
    assert (await _attempted(world, other, 1))["next_attempt_at"] == fake_clock.now + 450
    fake_clock.now += 60
    world.worker.wake()
    assert (await _attempted(world, own, 2))["next_attempt_at"] == fake_clock.now + 5400
    fake_clock.now += 5400
    world.worker.wake()
    assert (await _attempted(world, own, 3))["state"] == State.FAILED


@pytest.mark.parametrize("text", ["", "15", "15 m", "1h  2h", "1h,2h", "x", "1h " * 21, "99999h"])
async def test_what_is_no_schedule(world: World, text: str) -> None:
    with pytest.raises(InvalidSyntax):
        await settings.set_value(SYSTEM, "spool.retry_schedule", Level.DOMAIN, world.house.domain_id, text)
