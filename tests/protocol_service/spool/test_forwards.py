"""Users' forwards from SMTP to the next server and back: copies, return paths, loops, atomicity."""

from __future__ import annotations

import pytest

from backend.directory import forwards, settings
from backend.directory.principal import SYSTEM
from backend.directory.setting_key import Level
from backend.directory.types import Forward
from backend.formats.addresses import Address
from backend.kit import blobs, db
from backend.kit.runtime import Runtime
from backend.mailstore import ingest
from backend.spool import expansion, settlements
from backend.spool.types import Envelope, SpoolRcpt, State
from protocol_service.spool import direct
from tests.protocol_service.spool.conftest import MESSAGE, World, agent_for
from tests.support.dns_stub import DnsStub
from tests.support.mail_house import mail_house
from tests.support.smtp_sink import Sink

STRANGER = "Carol@far.test"


async def forward(world: World, localpart: str, *targets: str, keeps_copy: bool = True) -> Forward:
    return await forwards.put(SYSTEM, world.house.users[localpart], list(targets), keeps_copy=keeps_copy)


async def test_a_copy_is_filed_and_another_goes_on_with_our_return_path(world: World) -> None:
    await forward(world, "bob", "bob@remote.test")

    message_id = await world.send("bob@example.test", sender=STRANGER)
    await world.sink.wait_for(1)
    await world.worker.idle()

    (stored,) = await world.house.inbox("bob")
    assert stored.startswith(b"Return-Path: <Carol@far.test>\r\nDelivered-To: bob@example.test\r\n")
    [sent] = world.sink.messages
    assert sent.addresses == ["bob@remote.test"]
    assert sent.sender.startswith("SRS0=")
    assert sent.sender.endswith("=far.test=Carol@example.test")
    assert sent.data == b"Delivered-To: bob@example.test\r\n" + MESSAGE
    rows = await world.settled(message_id)
    assert [(row["localpart"], row["domain"], row["state"], row["via"]) for row in rows] == [
        ("bob", "example.test", State.DELIVERED, ""),
        ("bob", "remote.test", State.DELIVERED, "bob@example.test"),
    ]
    assert await db.fetch_rows("SELECT open_count, finished_at IS NOT NULL FROM spool_message") == [(0, True)]
    assert await db.fetch_rows("SELECT refs FROM blob") == [(1,)]


async def test_without_a_copy_the_mailbox_stays_empty(world: World) -> None:
    await forward(world, "bob", "bob@remote.test", "alice@example.test", keeps_copy=False)

    await world.send("bob@example.test", sender=STRANGER)
    await world.sink.wait_for(1)
    await world.worker.idle()

    assert await world.house.inbox("bob") == []
    (stored,) = await world.house.inbox("alice")
    assert b"Return-Path: <Carol@far.test>" in stored
    assert world.sink.messages[0].addresses == ["bob@remote.test"]


async def test_senders_of_our_own_and_the_null_sender_stay(world: World) -> None:
    await forward(world, "bob", "bob@remote.test", keeps_copy=False)

    await world.send("bob@example.test", sender="alice@example.test")
    await world.send("bob@example.test", sender="")
    await world.sink.wait_for(2)

    assert {message.sender for message in world.sink.messages} == {"alice@example.test", ""}


async def test_an_alias_to_elsewhere_rewrites_too(world: World) -> None:
    await world.house.add_alias("team", "x@remote.test")

    await world.send("team@example.test", sender=STRANGER)
    await world.sink.wait_for(1)

    assert world.sink.messages[0].sender.endswith("=far.test=Carol@example.test")


async def test_the_bounce_comes_back_through_us_to_the_sender(world: World) -> None:
    world.dns.add("far.test", "MX", "10 mx.remote.test.")
    await forward(world, "bob", "bob@remote.test", keeps_copy=False)
    await world.send("bob@example.test", sender=STRANGER)
    await world.sink.wait_for(1)
    ours = world.sink.messages[0].sender
    client = await world.house.connect()

    reply = await client.mail("", [ours], b"Subject: failed\r\n\r\nno such user\r\n")

    assert reply.code == 250
    await world.sink.wait_for(2)
    assert (world.sink.messages[1].sender, world.sink.messages[1].addresses) == ("", ["Carol@far.test"])
    assert world.sink.messages[1].data.startswith(f"Delivered-To: {ours}\r\n".encode())


@pytest.mark.parametrize("change", [("=far.test=", "=victim.test="), ("Carol", "dave"), ("SRS0=", "SRS0=A")])
async def test_nobody_relays_by_an_address_of_that_shape(world: World, change: tuple[str, str]) -> None:
    await world.house.add_alias("*", "alice@example.test")
    await forward(world, "bob", "bob@remote.test", keeps_copy=False)
    await world.send("bob@example.test", sender=STRANGER)
    await world.sink.wait_for(1)
    forged = world.sink.messages[0].sender.replace(*change)
    client = await world.house.connect()
    await client.command("EHLO far.test")
    await client.command("MAIL FROM:<>")

    reply = await client.command(f"RCPT TO:<{forged}>")

    assert reply.code == 550
    assert len(await world.house.spool_rows()) == 2


async def test_a_forward_that_comes_back_ends(world: World) -> None:
    await forward(world, "bob", "bob@remote.test")
    await world.send("bob@example.test", sender=STRANGER)
    await world.sink.wait_for(1)
    came_back = world.sink.messages[0].data

    (row,) = await world.settled(await world.send("bob@example.test", raw=came_back, sender=STRANGER))

    assert (row["state"], row["last_status"]) == (State.FAILED, "5.4.6")
    assert (len(await world.house.inbox("bob")), len(world.sink.messages)) == (1, 1)


async def test_a_forward_that_was_turned_in_a_circle_since_is_returned(world: World) -> None:
    """What `forwards.put` refuses can come about by aliases; nothing may be lost by it."""
    await world.house.add_alias("list", "x@remote.test")
    await forward(world, "bob", "list@example.test", keeps_copy=False)
    await db.write(lambda tx: tx.execute("UPDATE alias SET targets = '[\"bob@example.test\"]'"))

    (row,) = await world.settled(await world.send("bob@example.test"))

    assert (row["state"], row["last_status"]) == (State.FAILED, "5.1.1")
    assert len(await world.house.wait_for_mail("alice", 1)) == 1


async def test_a_copy_that_fails_is_not_told_to_the_sender(world: World) -> None:
    await forward(world, "bob", "gone@remote.test")
    world.sink.script("RCPT gone@remote.test", "550 5.1.1 no such user")

    message_id = await world.send("bob@example.test")
    rows = await world.settled(message_id)
    while len(rows) < 2 or not rows[1]["attempts"]:
        rows = await world.settled(message_id)
    await world.worker.idle()

    assert [row["state"] for row in rows] == [State.DELIVERED, State.FAILED]
    assert await world.house.inbox("alice") == []


async def test_what_the_sender_asked_to_hear_goes_on_with_a_sole_forward(world: World) -> None:
    await forward(world, "bob", "bob@remote.test", keeps_copy=False)

    await world.send(
        SpoolRcpt("bob", "example.test", "rfc822;b@x.test", "SUCCESS,FAILURE"), envid="Q1", ret="HDRS"
    )
    await world.sink.wait_for(1)

    assert world.sink.messages[0].recipients == [
        ("bob@remote.test", "NOTIFY=SUCCESS,FAILURE ORCPT=rfc822;b@x.test")
    ]


async def test_filing_and_forwarding_are_one_transaction(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    await forward(world, "bob", "bob@remote.test")

    async def lost(*_: object, **__: object) -> None:
        raise settlements.LeaseLost(0)

    monkeypatch.setattr(expansion, "copied", lost)
    await world.send("bob@example.test")
    await world.worker.idle()

    assert await world.house.inbox("bob") == []
    (row,) = await world.house.spool_rows()
    assert (row["state"], row["localpart"]) == (State.QUEUED, "bob")


async def test_a_forward_is_left_to_the_queue_by_the_direct_way(world: World) -> None:
    await forward(world, "bob", "bob@remote.test")
    envelope = Envelope(sender=STRANGER, recipients=(SpoolRcpt("bob", "example.test"),))

    assert not await direct.deliver(envelope, await blobs.prepare(MESSAGE), MESSAGE)
    assert await world.house.count("spool_message") == 0


async def test_one_full_mailbox_takes_nothing_and_sends_nothing_on(world: World) -> None:
    await forward(world, "bob", "bob@remote.test")
    await settings.set_value(SYSTEM, "mailbox.quota_bytes", Level.USER, world.house.users["bob"], 10)

    (row,) = await world.settled(await world.send("bob@example.test", sender=STRANGER))

    assert (row["state"], row["last_status"]) == (State.QUEUED, "4.2.2")
    assert world.sink.messages == []


async def test_rcpt_takes_mail_that_only_goes_on_though_the_mailbox_is_full(world: World) -> None:
    await ingest.store(MESSAGE, world.house.users["bob"], "inbox")
    await settings.set_value(SYSTEM, "mailbox.quota_bytes", Level.USER, world.house.users["bob"], 10)
    client = await world.house.connect()
    assert (await client.mail(STRANGER, ["bob@example.test"], MESSAGE)).code == 452
    await forward(world, "bob", "bob@remote.test", keeps_copy=False)
    assert (await client.command("RSET")).code == 250

    assert (await client.mail(STRANGER, ["bob@example.test"], MESSAGE)).code == 250
    await world.sink.wait_for(1)


async def test_long_return_paths_pass_on_both_engines(any_rt: Runtime, dns: DnsStub, sink: Sink) -> None:
    domain = "a-rather-long-name-of-a-domain.of-somebody.far.test"
    dns.add(domain, "MX", "10 mx.remote.test.")
    async with mail_house(any_rt, agent=agent_for(any_rt, dns, sink.address[1])) as house:
        await forwards.put(SYSTEM, house.users["bob"], ["bob@remote.test"])
        sender = Address("a.long.localpart.too", domain)
        client = await house.connect()

        assert (await client.mail(str(sender), ["bob@example.test"], MESSAGE)).code == 250
        await sink.wait_for(1)
        ours = sink.messages[0].sender
        assert len(ours.rpartition("@")[0]) > 64
        assert (await client.mail("", [ours], b"Subject: failed\r\n\r\n")).code == 250
        await sink.wait_for(2)

        assert sink.messages[1].addresses == [str(sender)]
        assert len(await house.inbox("bob")) == 1
