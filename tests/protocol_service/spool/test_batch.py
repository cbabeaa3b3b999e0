"""Filing together: all of it or none, and what is not plain one by one."""

from __future__ import annotations

from dataclasses import replace

import pytest

from backend.directory import settings
from backend.directory.principal import SYSTEM
from backend.directory.setting_key import Level
from backend.kit import blobs, clock, db
from backend.kit.db import Tx
from backend.spool import settlements, trace
from backend.spool.enqueue import place
from backend.spool.types import Attempt, Claim, Envelope, SpoolRcpt, State
from protocol_service.filters import pipeline
from protocol_service.filters.verdict import Addressee, FilteredMessage, Verdict
from protocol_service.spool import batch
from protocol_service.spool.batch import Work
from tests.protocol_service.spool.conftest import MESSAGE, World


async def _work(world: World, *recipients: str, notify: str = "") -> Work:
    split = [recipient.split("@") for recipient in recipients]
    rcpts = tuple(SpoolRcpt(localpart, domain, notify=notify) for localpart, domain in split)
    new = await blobs.prepare(MESSAGE)

    async def verb(tx: Tx) -> Claim:
        envelope = Envelope(sender="a@remote.test", recipients=rcpts)
        return await place(tx, envelope, new, lease_to=world.worker.name)

    return Work(await db.write(verb), MESSAGE)


async def test_plain_messages_are_filed_together(world: World) -> None:
    works = [await _work(world, f"{name}@example.test") for name in ("bob", "alice", "bob", "bob+tag")]

    await world.worker._delivery.run_all(works)

    assert (len(await world.house.inbox("bob")), len(await world.house.inbox("alice"))) == (3, 1)
    assert (await world.house.inbox("bob"))[2].startswith(
        b"Return-Path: <a@remote.test>\r\nDelivered-To: bob+tag@example.test\r\n"
    )
    rows = await world.house.spool_rows()
    assert {(row["state"], row["attempts"], row["last_status"]) for row in rows} == {
        (State.DELIVERED, 1, "2.1.5")
    }
    assert await db.fetch_rows("SELECT DISTINCT refs FROM blob") == [(1,)]
    assert await db.fetch_value("SELECT count(*) FROM spool_message WHERE finished_at IS NULL") == 0
    # One modseq for all that came to an account.
    counted = await db.fetch_rows("SELECT count(DISTINCT modseq) FROM message GROUP BY account_id")
    assert counted == [(1,), (1,)]


async def test_each_of_a_batch_keeps_what_its_own_filters_said(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def for_alice(message: FilteredMessage, recipient: Addressee, verdict: Verdict) -> Verdict:
        return replace(verdict, flags=1) if recipient.address.localpart == "alice" else verdict

    monkeypatch.setattr(pipeline, "FILTERS", (("own", for_alice),))
    works = [await _work(world, f"{name}@example.test") for name in ("bob", "alice", "bob")]

    await world.worker._delivery.run_all(works)

    rows = await db.fetch_rows("SELECT localpart, trace FROM spool_recipient ORDER BY id")
    found = [(localpart, [one.outcome for one in trace.parse(text)[-1].checks]) for localpart, text in rows]
    assert found == [("bob", ["pass"]), ("alice", ["applied"]), ("bob", ["pass"])]


async def test_what_is_not_plain_goes_its_own_way(world: World) -> None:
    await world.house.add_alias("team", "alice@example.test", "bob@example.test")
    works = [
        await _work(world, "bob@example.test"),
        await _work(world, "team@example.test"),
        await _work(world, "alice@example.test", "bob@example.test"),
        await _work(world, "x@remote.test"),
        await _work(world, "nobody@example.test"),
    ]

    ready, left = await batch.sort(works)
    await world.worker._delivery.run_all(works)
    await world.sink.wait_for(1)

    assert ([one.claim for one in ready], left) == ([works[0].claim], works[1:])
    assert (len(await world.house.inbox("bob")), len(await world.house.inbox("alice"))) == (3, 2)


async def test_one_that_was_settled_elsewhere_leaves_the_others_whole(world: World) -> None:
    works = [await _work(world, "bob@example.test") for _ in range(3)]
    lost = works[1].claim

    async def settled(tx: Tx) -> None:
        await settlements.delivered(tx, lost.message.id, [Attempt(lost.recipients[0].id)], now=clock.now())

    await db.write(settled)

    await world.worker._delivery.run_all(works)

    assert len(await world.house.inbox("bob")) == 2
    assert {row["state"] for row in await world.house.spool_rows()} == {State.DELIVERED}


async def test_one_full_mailbox_defers_its_own_mail_only(world: World) -> None:
    await settings.set_value(
        SYSTEM, "mailbox.quota_bytes", Level.USER, world.house.users["bob"], len(MESSAGE) + 100
    )
    works = [await _work(world, f"{name}@example.test") for name in ("bob", "alice", "bob")]

    await world.worker._delivery.run_all(works)

    assert (len(await world.house.inbox("bob")), len(await world.house.inbox("alice"))) == (1, 1)
    assert sorted(str(row["last_status"]) for row in await world.house.spool_rows()) == [
        "2.1.5", "2.1.5", "4.2.2",
    ]  # fmt: skip


@pytest.mark.parametrize("notify", ["SUCCESS", "SUCCESS,FAILURE"])
async def test_a_notice_of_success_is_made_one_by_one(world: World, notify: str) -> None:
    works = [await _work(world, "bob@example.test", notify=notify) for _ in range(2)]

    assert (await batch.sort(works))[0] == []
