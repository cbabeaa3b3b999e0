"""Filing into mailboxes: exactly once, aliases, full boxes, loops."""

from __future__ import annotations

from functools import partial

import pytest

from backend.directory import domain_aliases, settings
from backend.directory.principal import SYSTEM
from backend.directory.setting_key import Level
from backend.kit import clock, db
from backend.kit.db import Tx
from backend.mailstore import ingest
from backend.spool import queue, settlements
from backend.spool.types import Attempt, Claim, State
from protocol_service.filters.verdict import FilteredMessage
from protocol_service.spool import local, router
from tests.protocol_service.spool.conftest import MESSAGE, World
from tests.support.clocks import Clock


async def test_one_body_serves_all_recipients(world: World) -> None:
    rows = await world.settled(
        await world.send("alice@example.test", "bob@example.test", "bob+tag@example.test")
    )

    assert [row["state"] for row in rows] == [State.DELIVERED] * 3
    assert await world.house.inbox("alice") == [
        b"Return-Path: <alice@example.test>\r\nDelivered-To: alice@example.test\r\n" + MESSAGE
    ]
    assert [body.split(b"\r\n")[1] for body in await world.house.inbox("bob")] == [
        b"Delivered-To: bob@example.test",
        b"Delivered-To: bob+tag@example.test",
    ]
    await world.worker.idle()
    assert await db.fetch_rows("SELECT refs FROM blob") == [(3,)]
    assert await db.fetch_value("SELECT open_count FROM spool_message") == 0


async def test_a_recipient_that_is_settled_already_is_dropped(world: World) -> None:
    message_id = await world.send("bob@example.test")
    (row,) = await world.settled(message_id)
    claim = await _as_claimed(message_id)
    filtered = FilteredMessage("alice@example.test", MESSAGE)
    plan = await router.route(filtered, claim.recipients)

    with pytest.raises(settlements.LeaseLost) as caught:
        await local.deliver(claim.message, filtered, plan.local)

    assert caught.value.recipient_id == row["id"]
    assert len(await world.house.inbox("bob")) == 1
    assert await db.fetch_rows("SELECT refs FROM blob") == [(1,)]


async def _as_claimed(message_id: int) -> Claim:
    """What a worker would hold that had claimed the message before it was settled."""

    async def verb(tx: Tx) -> Claim:
        rows = await tx.fetch_rows(
            f"SELECT {queue._RECIPIENT} FROM spool_recipient WHERE message_id = ?", message_id
        )
        (claim,) = await queue._with_messages(tx, rows)
        return claim

    return await db.write(verb)


async def test_an_alias_reaches_everyone_once(world: World) -> None:
    await world.house.add_alias("staff", "alice@example.test", "bob@example.test", "x@remote.test")
    await world.house.add_alias("all", "staff@example.test", "bob@example.test", "all@example.test")

    message_id = await world.send("all@example.test", "bob@example.test")
    await world.sink.wait_for(1)
    rows = await world.settled(message_id)

    assert {row["localpart"]: (row["state"], row["via"]) for row in rows} == {
        "all": (State.EXPANDED, ""),
        "bob": (State.DELIVERED, ""),
        "alice": (State.DELIVERED, "all@example.test"),
        "x": (State.DELIVERED, "all@example.test"),
    }
    await world.worker.idle()
    assert (len(await world.house.inbox("alice")), len(await world.house.inbox("bob"))) == (1, 1)
    assert world.sink.messages[0].data == b"Delivered-To: all@example.test\r\n" + MESSAGE
    assert await db.fetch_value("SELECT finished_at FROM spool_message") is not None


async def test_an_alias_without_living_members_is_returned(world: World) -> None:
    await world.house.add_alias("empty", "gone@example.test")

    (row,) = await world.settled(await world.send("empty@example.test"))

    assert (row["state"], row["last_status"]) == (State.FAILED, "5.1.1")
    assert len(await world.house.wait_for_mail("alice", 1)) == 1


async def test_forwarders_that_point_at_each_other_end(world: World) -> None:
    await world.house.add_alias("ping", "pong@remote.test")
    await world.send("ping@example.test")
    await world.sink.wait_for(1)
    forwarded = world.sink.messages[0].data

    (row,) = await world.settled(await world.send("ping@example.test", raw=forwarded))

    assert (row["state"], row["last_status"]) == (State.FAILED, "5.4.6")
    assert len(world.sink.messages) == 1


async def test_a_message_delivered_to_the_same_mailbox_before_is_a_loop(world: World) -> None:
    raw = b"Delivered-To: bob@example.test\r\n" + MESSAGE

    (row,) = await world.settled(await world.send("bob@example.test", raw=raw))

    assert (row["state"], row["last_status"]) == (State.FAILED, "5.4.6")
    assert await world.house.inbox("bob") == []


async def test_a_mailbox_that_fills_up_defers_and_takes_the_mail_later(
    fake_clock: Clock, world: World
) -> None:
    bob = world.house.users["bob"]
    await ingest.store(b"Subject: big\r\n\r\n" + b"x" * 70_000, bob, "inbox")
    await settings.set_value(SYSTEM, "mailbox.quota_bytes", Level.USER, bob, 70_100)

    message_id = await world.send("bob@example.test", "alice@example.test")
    rows = {row["localpart"]: row for row in await world.settled(message_id)}
    assert (rows["bob"]["state"], rows["bob"]["last_status"]) == (State.QUEUED, "4.2.2")
    assert rows["alice"]["state"] == State.DELIVERED

    await settings.set_value(SYSTEM, "mailbox.quota_bytes", Level.USER, bob, 0)
    fake_clock.now += 450
    world.worker.wake()

    assert len(await world.house.wait_for_mail("bob", 2)) == 2
    assert len(await world.house.inbox("alice")) == 1


async def test_a_user_that_went_away_since_is_returned(world: World) -> None:
    (row,) = await world.settled(await world.send("gone@example.test"))

    assert (row["state"], row["last_status"], row["last_reply"]) == (
        State.FAILED,
        "5.1.1",
        "No such user here",
    )
    assert len(await world.house.wait_for_mail("alice", 1)) == 1


async def test_the_second_worker_changes_nothing(world: World) -> None:
    message_id = await world.send("bob@example.test")
    (row,) = await world.settled(message_id)

    for verb in (settlements.delivered, settlements.failed, settlements.dropped):
        attempts = [Attempt(int(str(row["id"])))]
        with pytest.raises(settlements.LeaseLost):
            await db.write(partial(verb, message_id=message_id, attempts=attempts, now=clock.now()))

    assert await db.fetch_value("SELECT open_count FROM spool_message") == 0


async def test_names_that_end_at_one_address_share_one_copy(world: World) -> None:
    house = world.house
    await domain_aliases.add(SYSTEM, house.domain_id, "example.org")
    client = await house.connect()
    both = ["bob@example.test", "Bob@example.org", "bob+x@example.test"]

    assert (await client.mail("carol@far.test", both, MESSAGE)).code == 250
    await house.wait_for_mail("bob", 2)
    await world.worker.idle()

    assert len(await house.inbox("bob")) == 2
    rows = await house.spool_rows()
    assert {row["state"] for row in rows} == {State.DELIVERED}
    assert [row["last_reply"] for row in rows] == ["", local.SAME_PLACE, ""]
