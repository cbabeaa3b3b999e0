"""What is answered with 250 is on the disk: seen in the system calls, and by taking away all that was not."""

from __future__ import annotations

import asyncio
import os
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.support import crash
from tests.support.crash import PASSWORD
from tests.support.dns_stub import dns_stub
from tests.support.ledger import Ledger, hold
from tests.support.served import Served
from tests.support.syscalls import STRACE, OnDisk, Tracer

pytestmark = pytest.mark.skipif(STRACE is None, reason="strace is not installed")


@pytest.fixture
async def served(tmp_path: Path) -> AsyncIterator[Served]:
    """A running installation."""
    async with dns_stub() as dns:
        house = Served(tmp_path, POSTROOM_DNS_SERVERS=f"{dns.address[0]}:{dns.address[1]}")
        try:
            await house.start()
            yield house
        finally:
            await house.close()


async def ledger_for(served: Served, count: int) -> Ledger:
    """Somebody who sends that many messages."""
    ledger = Ledger(count, await crash.people(served), lambda: served.ports["smtp"])
    ledger.is_up.set()
    return ledger


@pytest.mark.slow
@pytest.mark.timeout(200)
async def test_a_sync_of_the_log_precedes_every_250(served: Served, tmp_path: Path) -> None:
    ledger = await ledger_for(served, 40)
    tracer = Tracer(tmp_path / "calls")
    await tracer.attach(served.child("protocol").pid)

    # One after the other: then each answer needs a sync of its own.
    await ledger.send_all(connections=1)
    await tracer.detach()

    disk, synced, answers = OnDisk(served.data / "postroom.db"), 0, 0
    for call in tracer.calls():
        synced += disk.follow(call)
        if '"250 2.0.0 Queued' in call.text:
            answers += 1
            assert synced > 0, f"answer {answers} came before its sync"
            synced = 0
    assert answers == len(ledger.accepted) == 40


@pytest.mark.slow
@pytest.mark.timeout(300)
async def test_nothing_is_lost_or_doubled_when_the_power_is_cut(served: Served, tmp_path: Path) -> None:
    count = 200
    ledger = await ledger_for(served, count)
    tracer = Tracer(tmp_path / "calls")
    await tracer.attach(served.child("protocol").pid)
    async with asyncio.TaskGroup() as group:
        group.create_task(ledger.send_all(connections=8))
        await ledger.wait_for(count // 2)
        port = served.ports["imap"]
        seen = [await asyncio.to_thread(hold, port, login, PASSWORD) for login in ledger.recipients]
        ledger.is_up.clear()
        await served.kill()
        await tracer.ended()

        disk = OnDisk(served.data / "postroom.db")
        for call in tracer.calls():
            disk.follow(call)
        assert disk.synced_bytes > 0
        assert not disk.lost_pages
        cut(served.data, disk.synced_bytes)
        await served.start()
        ledger.is_up.set()

    await crash.until_delivered(served.data / "postroom.db")
    port = served.ports["imap"]
    final = [await asyncio.to_thread(hold, port, login, PASSWORD) for login in ledger.recipients]
    assert len(ledger.accepted) == count
    assert ledger.audit(final) == []
    by_login = {held.login: held for held in final}
    for earlier in seen:
        now = by_login[earlier.login].marks
        # A delivery that was lost comes back under another number; an old number never names another message.
        assert all(now.get(uid, mark) == mark for uid, mark in earlier.marks.items())


def cut(data: Path, synced_bytes: int) -> None:
    """The data folder as a power cut leaves it: without what was not synced, and on another boot."""
    os.truncate(data / "postroom.db-wal", synced_bytes)
    (data / "postroom.db-shm").unlink()
    (mark,) = data.rglob("boot_id")
    mark.write_text("another boot")
