"""What administrators want of recipients that wait: pause, return, hurry; and acts on everything at once."""

from __future__ import annotations

import asyncio

import pytest

from backend.directory.principal import SYSTEM
from backend.kit import blobs, db, events
from backend.kit.db import Tx
from backend.kit.errors import NotFound
from backend.kit.runtime import Runtime
from backend.spool import admin, listing, pauses, queue
from backend.spool.enqueue import enqueue
from backend.spool.listing import Filter
from backend.spool.types import Envelope, Instruction, SpoolRcpt, State
from schema.events import PausesChanged, decode, encode
from tests.protocol_service.spool.conftest import MESSAGE, World
from tests.support.mail_house import until


async def _spool(recipient: str, priority: int = 0) -> int:
    localpart, domain = recipient.split("@")
    envelope = Envelope(
        sender="alice@example.test", recipients=(SpoolRcpt(localpart, domain),), priority=priority
    )
    blob = await blobs.prepare(MESSAGE)
    return await db.write(lambda tx: enqueue(tx, envelope, blob))


async def _states() -> list[tuple[int, int]]:
    return [
        (row[0], row[1])
        for row in await db.fetch_rows("SELECT state, instruction FROM spool_recipient ORDER BY id")
    ]


async def test_a_paused_destination_waits_and_others_do_not(world: World) -> None:
    world.dns.add("other.test", "MX", "10 mx.remote.test.")
    await pauses.pause(SYSTEM, "Remote.TEST")
    await world.send("x@remote.test", "y@other.test", "bob@example.test")

    await world.sink.wait_for(1)
    await world.worker.idle()

    assert world.sink.messages[0].addresses == ["y@other.test"]
    assert len(await world.house.inbox("bob")) == 1
    [held] = [row for row in await world.house.spool_rows() if row["state"] == State.HELD]
    assert (held["localpart"], held["attempts"]) == ("x", 0)

    await pauses.resume(SYSTEM, "remote.test")
    await world.sink.wait_for(2)
    assert world.sink.messages[1].addresses == ["x@remote.test"]


async def test_a_pause_made_in_another_process_holds_as_soon_as_it_is_told(any_rt: Runtime) -> None:
    assert not await pauses.is_paused("remote.test")

    async def elsewhere(tx: Tx) -> None:
        await tx.execute("INSERT INTO spool_pause (domain, paused_at, actor) VALUES ('remote.test', 1, 'k')")

    await db.write(elsewhere)
    assert not await pauses.is_paused("remote.test")

    events.bus().publish([decode(encode(PausesChanged(), "elsewhere"))[1]])

    assert await pauses.is_paused("remote.test")


async def test_all_sending_waits_but_mail_here_does_not(world: World) -> None:
    await pauses.pause(SYSTEM, pauses.EVERYTHING)
    await world.send("x@remote.test", "bob@example.test")

    assert len(await world.house.wait_for_mail("bob", 1)) == 1
    await world.worker.idle()
    assert world.sink.messages == []
    assert [one.domain for one in await pauses.list_pauses(SYSTEM)] == [""]

    await pauses.resume(SYSTEM, pauses.EVERYTHING)
    await world.sink.wait_for(1)


async def test_a_pause_holds_what_waits_already_and_resume_needs_one(any_rt: Runtime) -> None:
    for _ in range(3):
        await _spool("x@remote.test")
    await _spool("x@other.test")
    await pauses.pause(SYSTEM, "remote.test")
    assert await _states() == [(State.HELD, Instruction.PAUSED)] * 3 + [(State.QUEUED, Instruction.NONE)]

    await pauses.pause(SYSTEM, pauses.EVERYTHING)
    await pauses.resume(SYSTEM, "remote.test")
    assert (await _states())[0] == (State.HELD, Instruction.PAUSED)
    await pauses.resume(SYSTEM, pauses.EVERYTHING)

    assert await _states() == [(State.QUEUED, Instruction.NONE)] * 4
    with pytest.raises(NotFound):
        await pauses.resume(SYSTEM, "remote.test")


async def test_what_is_returned_goes_back_without_another_attempt(world: World) -> None:
    world.sink.always["RCPT"] = "451 4.3.0 not now"
    message_id = await world.send("x@remote.test")
    await world.settled(message_id)
    asked = len(world.sink.commands)

    assert await admin.give_back(SYSTEM, [message_id]) == 1

    report = await world.report()
    assert "Returned by an administrator" in report.as_string()
    [row] = [row for row in await world.house.spool_rows() if row["message_id"] == message_id]
    assert (row["state"], row["last_status"]) == (State.FAILED, "5.7.1")
    assert len(world.sink.commands) == asked


async def test_held_mail_is_returned_too(world: World) -> None:
    await pauses.pause(SYSTEM, "remote.test")
    message_id = await world.send("x@remote.test")
    async with asyncio.timeout(10):
        while await _states() != [(State.HELD, Instruction.PAUSED)]:  # noqa: ASYNC110  # tables tell nobody
            await asyncio.sleep(0.01)

    assert await admin.give_back(SYSTEM, [message_id]) == 1

    await world.report()
    await until(lambda: not world.worker._holdings.ids)
    assert [row["state"] for row in await world.house.spool_rows() if row["localpart"] == "x"] == [
        State.FAILED
    ]


async def test_priorities_decide_who_is_claimed_first(any_rt: Runtime) -> None:
    low, plain, high = [await _spool("x@remote.test", priority) for priority in (-3, 0, 9)]
    assert await admin.prioritize(SYSTEM, [low, plain, high], 0) == 2
    assert await admin.prioritize(SYSTEM, [plain], 1) == 1
    assert await admin.prioritize(SYSTEM, [high], -1) == 1

    claimed = []
    for _ in range(3):

        async def one(tx: Tx) -> list[int]:
            return [claim.message.id for claim in await queue.claim(tx, "node", now=2**40, limit=1)]

        claimed += await db.write(one)

    assert claimed == [plain, low, high]


async def test_an_act_on_everything_comes_to_an_end(any_rt: Runtime, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(admin, "MAX_IDS", 2)
    monkeypatch.setattr(admin, "SLICES_AT_ONCE", 2)
    for number in range(9):
        await _spool(f"x{number}@{'remote' if number % 3 else 'other'}.test")
    wanted = Filter(domain="remote.test")

    steps = [await admin.act_on(SYSTEM, admin.hold, wanted)]
    while steps[-1].before is not None:
        steps.append(await admin.act_on(SYSTEM, admin.hold, wanted, steps[-1].before))

    assert [(step.changed, step.looked_at) for step in steps] == [(4, 4), (2, 2)]
    assert [(row.domain, row.queued, row.held) for row in await listing.destinations(SYSTEM)] == [
        ("remote.test", 0, 6),
        ("other.test", 3, 0),
    ]


async def test_a_long_list_is_counted_so_far_and_no_farther(
    any_rt: Runtime, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(listing, "COUNTED", 3)
    for _ in range(6):
        await _spool("x@remote.test")

    assert (await listing.list_page(SYSTEM, limit=2)).total == 4
    assert (await listing.list_page(SYSTEM, Filter(domain="remote.test"), limit=2)).total == 4
