"""Leases, restarts, and several workers on one spool."""

from __future__ import annotations

import asyncio
import os
import subprocess
import sys

import pytest

from backend.kit import blobs, clock, db
from backend.kit.db import Tx
from backend.kit.errors import Unavailable
from backend.kit.runtime import Runtime
from backend.spool import queue, settlements
from backend.spool.enqueue import place
from backend.spool.types import Claim, Envelope, SpoolRcpt, State
from protocol_service.spool import holdings, hops, node
from protocol_service.spool import worker as worker_module
from protocol_service.spool.holdings import Holdings
from protocol_service.spool.hops import WAITING_SLOW, Hops
from protocol_service.spool.worker import Worker
from tests.protocol_service.spool.conftest import MESSAGE, World
from tests.support.clocks import Clock
from tests.support.mail_house import House, mail_house, until


@pytest.fixture
async def idle_house(rt: Runtime) -> object:
    async with mail_house(rt, with_worker=False) as house:
        yield house


async def _spool(*recipients: str, lease_to: str | None = None) -> Claim:
    new = await blobs.prepare(MESSAGE)
    rcpts = tuple(SpoolRcpt(*recipient.rsplit("@", 1)) for recipient in recipients)
    envelope = Envelope(sender="alice@example.test", recipients=rcpts)

    async def verb(tx: Tx) -> Claim:
        return await place(tx, envelope, new, lease_to=lease_to)

    return await db.write(verb)


async def test_what_a_dead_worker_held_is_delivered_when_its_lease_ends(
    fake_clock: Clock, idle_house: House
) -> None:
    await _spool("bob@example.test", lease_to="elsewhere.1.dead")
    worker = Worker(idle_house.rt.settings)
    await worker.start()
    assert await db.fetch_value("SELECT lease_node FROM spool_recipient") == "elsewhere.1.dead"
    assert await idle_house.inbox("bob") == []

    fake_clock.now += queue.LEASE_S
    worker.wake()

    assert len(await idle_house.wait_for_mail("bob", 1)) == 1
    await worker.close()


async def test_leases_of_a_process_that_died_here_are_taken_over_at_once(idle_house: House) -> None:
    code = "from protocol_service.spool import node; print(node.new_name())"
    child = await asyncio.create_subprocess_exec(sys.executable, "-c", code, stdout=subprocess.PIPE)
    name, _ = await child.communicate()
    await _spool("bob@example.test", lease_to=name.decode().strip())
    worker = Worker(idle_house.rt.settings)

    await worker.start()

    assert len(await idle_house.wait_for_mail("bob", 1)) == 1
    await worker.close()


def test_only_what_is_surely_dead_counts_as_dead() -> None:
    place, _, _ = node.new_name().split(".")
    gone = subprocess.Popen([sys.executable, "-c", ""])
    gone.wait()

    found = node.dead(
        [node.new_name(), f"{place}.{gone.pid}.x", f"other.{gone.pid}.x", "junk", f"{place}.{os.getpid()}.y"]
    )

    assert found == [f"{place}.{gone.pid}.x"]


async def test_a_worker_killed_in_the_middle_loses_and_doubles_nothing(
    fake_clock: Clock, idle_house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    for _ in range(60):
        await _spool("bob@example.test", "alice@example.test")
    first = Worker(idle_house.rt.settings)
    await first.start()
    await idle_house.wait_for_mail("bob", 5)
    assert first._main is not None
    first._main.cancel()  # as SIGKILL: nothing is given back
    await asyncio.wait([first._main])

    second = Worker(idle_house.rt.settings)
    await second.start()
    fake_clock.now += queue.LEASE_S
    second.wake()
    counts = [len(await idle_house.wait_for_mail(name, 60)) for name in ("alice", "bob")]
    await second.idle()

    assert counts == [60, 60]
    assert {row["state"] for row in await idle_house.spool_rows()} == {State.DELIVERED}
    await second.close()


async def test_two_workers_on_one_spool_never_deliver_twice(idle_house: House) -> None:
    workers = [Worker(idle_house.rt.settings) for _ in range(2)]
    for worker in workers:
        await worker.start()

    for _ in range(100):
        await _spool("bob@example.test")
    await idle_house.wait_for_mail("bob", 100)
    for worker in workers:
        await worker.drain()
        await worker.close()

    assert len(await idle_house.inbox("bob")) == 100
    assert {(row["state"], row["attempts"]) for row in await idle_house.spool_rows()} == {
        (State.DELIVERED, 1)
    }


async def test_leases_that_run_out_under_our_hands_are_not_worked_on_twice(
    fake_clock: Clock, world: World
) -> None:
    world.sink.gate = asyncio.Event()
    await world.send("x@remote.test")
    await until(lambda: "DATA" in world.sink.commands)

    fake_clock.now += queue.LEASE_S + 1  # the clock jumps
    world.worker.wake()
    await asyncio.sleep(0.1)
    world.sink.gate.set()
    await world.worker.idle()

    assert len(world.sink.messages) == 1
    assert world.sink.connections == 1


async def test_held_work_is_renewed(monkeypatch: pytest.MonkeyPatch, world: World, fake_clock: Clock) -> None:
    monkeypatch.setattr(queue, "LEASE_S", 0.3)
    async with mail_house_with_short_leases(world) as worker:
        world.sink.gate = asyncio.Event()
        claim = await _spool("x@remote.test", lease_to=worker.name)
        before = await db.fetch_value("SELECT next_attempt_at FROM spool_recipient")
        worker.begin(claim, MESSAGE)
        fake_clock.now += 100
        async with asyncio.timeout(10):
            while await db.fetch_value("SELECT next_attempt_at FROM spool_recipient") == before:  # noqa: ASYNC110
                await asyncio.sleep(0.02)  # a row announces nothing
        world.sink.gate.set()
        await worker.idle()

    assert len(world.sink.messages) == 1


def mail_house_with_short_leases(world: World) -> _Running:
    return _Running(Worker(world.house.rt.settings, agent=world.worker._agent))


class _Running:
    """A worker from start to close."""

    def __init__(self, worker: Worker) -> None:
        self.worker = worker

    async def __aenter__(self) -> Worker:
        await self.worker.start()
        return self.worker

    async def __aexit__(self, *_: object) -> None:
        await self.worker.close()


async def test_a_stopping_worker_gives_back_what_it_has_not_done(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("protocol_service.spool.worker.STOP_S", 0.2)
    world.sink.gate = asyncio.Event()
    await world.send("x@remote.test")
    await until(lambda: "DATA" in world.sink.commands)

    await world.worker.drain()
    await world.worker.close()

    (row,) = await world.house.spool_rows()
    assert (row["state"], row["attempts"]) == (State.QUEUED, 0)
    assert int(row["next_attempt_at"]) <= clock.now()
    assert await db.fetch_value("SELECT lease_node FROM spool_recipient") == ""
    assert not world.worker.has_room()


async def test_a_message_that_trips_us_is_deferred(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    async def broken(*_: object, **__: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr("protocol_service.spool.local.ingest.prepare", broken)

    (row,) = await world.settled(await world.send("bob@example.test"))

    assert (row["state"], row["last_status"]) == (State.QUEUED, "4.3.0")
    assert row["last_reply"] == "Temporary fault of this server"


async def test_a_database_that_is_away_for_a_moment_delays_only(
    world: World, monkeypatch: pytest.MonkeyPatch, fake_clock: Clock
) -> None:
    async def refuse(*_: object, **__: object) -> None:
        raise Unavailable("The database cannot be written just now")

    claim = await _spool("bob@example.test", lease_to=world.worker.name)
    with monkeypatch.context() as patch:
        patch.setattr("protocol_service.spool.local.db.write", refuse)
        world.worker.begin(claim, MESSAGE)
        await world.worker.idle()
    assert [row["attempts"] for row in await world.house.spool_rows()] == [0]

    fake_clock.now += queue.LEASE_S
    world.worker.wake()

    assert len(await world.house.wait_for_mail("bob", 1)) == 1


async def test_a_crowded_line_goes_back_to_the_spool_uncounted(
    monkeypatch: pytest.MonkeyPatch, world: World
) -> None:
    world.worker._delivery.couriers.hops = Hops(at_once=1, in_all=1, waiting=0)
    world.sink.gate = asyncio.Event()
    monkeypatch.setattr(hops, "SENT_BACK_S", (1000.0, 1000.0))
    first = await world.send("x@remote.test")
    await until(lambda: "DATA" in world.sink.commands)

    await world.send("y@remote.test")
    async with asyncio.timeout(10):
        while (waiting := (await world.house.spool_rows())[1])["next_attempt_at"] < clock.now() + 900:  # noqa: ASYNC110  # a row announces nothing
            await asyncio.sleep(0.01)  # a row announces nothing
    world.sink.gate.set()

    assert (waiting["state"], waiting["attempts"]) == (State.QUEUED, 0)
    assert (await world.settled(first))[0]["state"] == State.DELIVERED


async def test_a_slow_host_gives_its_place_in_hand_to_others(
    monkeypatch: pytest.MonkeyPatch, world: World
) -> None:
    monkeypatch.setattr(worker_module, "SHED_AFTER_S", 0.05)
    world.worker._holdings._limit = 60
    world.sink.gate = asyncio.Event()  # takes nothing
    for _ in range(50):
        await world.send("x@remote.test")
    await until(lambda: not world.worker._holdings.has_half())

    async with asyncio.timeout(15):
        while True:
            world.worker.wake()
            await asyncio.sleep(0.06)
            rows = await db.fetch_rows("SELECT next_attempt_at, lease_node, attempts FROM spool_recipient")
            later = [due_at for due_at, lease_node, _ in rows if not lease_node and due_at > clock.now()]
            if len(later) == 50 - 10 - WAITING_SLOW and world.worker._holdings.has_half():
                break

    assert len(set(later)) == len(later)  # they come again one after the other
    assert {attempts for *_, attempts in rows} == {0}
    world.sink.gate.set()


async def test_bytes_that_have_no_room_are_read_again_when_it_is_their_turn(
    monkeypatch: pytest.MonkeyPatch, world: World
) -> None:
    monkeypatch.setattr(holdings, "CARRIED_BYTES", len(MESSAGE))
    world.sink.gate = asyncio.Event()
    for _ in range(4):
        await world.send("x@remote.test")
    await until(lambda: len(world.worker._holdings.ids) == 4)
    assert world.worker._holdings._carried_bytes <= len(MESSAGE)

    world.sink.gate.set()
    await world.sink.wait_for(4)
    await world.worker.idle()

    assert [message.data for message in world.sink.messages] == [MESSAGE] * 4
    assert world.worker._holdings._carried_bytes == 0


async def test_a_group_that_cannot_be_written_is_written_one_by_one(
    monkeypatch: pytest.MonkeyPatch, world: World
) -> None:
    async def refuse(*_: object, **__: object) -> set[int]:
        raise Unavailable("not now")

    monkeypatch.setattr(settlements, "delivered_apart", refuse)

    rows = await world.settled(await world.send("x@remote.test", "y@remote.test"))

    assert {row["state"] for row in rows} == {State.DELIVERED}
    assert len(world.sink.messages) == 1


async def test_a_full_worker_takes_no_more_and_says_when_it_has_room() -> None:
    told = []
    holdings = Holdings(lambda: told.append(True), limit=4)
    holdings.add([1, 2, 3, 4])
    assert not holdings.has_room()

    holdings.drop([1])
    assert (holdings.has_room(), holdings.has_half(), told) == (True, False, [])

    holdings.drop([2, 3])
    assert (holdings.has_half(), told) == (True, [True])
    holdings.drop([4])
    await holdings.empty()


async def test_new_mail_does_not_wait_for_a_slow_host(world: World) -> None:
    world.sink.gate = asyncio.Event()
    for _ in range(30):
        await world.send("x@remote.test")

    await world.send("bob@example.test")

    assert len(await world.house.wait_for_mail("bob", 1)) == 1
    world.sink.gate.set()
