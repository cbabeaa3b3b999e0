"""Signed-in users: whose name they may use, what is completed and what is taken away."""

from __future__ import annotations

import re

import pytest

from backend.directory import settings
from backend.directory.principal import SYSTEM
from backend.directory.setting_key import Level
from backend.mailstore import mailboxes, send_grants
from backend.mailstore.send_grants import SendMode
from tests.protocol_service.smtp.submitting import COMPLETE, signed_in, stored_message
from tests.support.mail_house import House


async def test_a_complete_message_is_left_as_it_is(doors: House) -> None:
    client = await signed_in(doors)

    reply = await client.mail("alice@example.test", ["friend@remote.test"], COMPLETE)

    assert reply.code == 250
    stored = await stored_message()
    assert stored.endswith(b" +0000\r\n" + COMPLETE)
    assert b"127.0.0.1" not in stored


async def test_what_is_missing_is_supplied_and_bcc_taken_away(doors: House) -> None:
    client = await signed_in(doors)
    message = (
        b"To: x@remote.test\r\nBcc: secret@remote.test,\r\n\tother@remote.test\r\n"
        b"Subject: x\r\n\r\nBcc: no field\r\n"
    )
    await client.mail("alice@example.test", ["x@remote.test", "secret@remote.test"], message)

    stored = (await stored_message()).partition(b" +0000\r\n")[2].decode()
    assert re.fullmatch(
        r"From: alice@example\.test\r\nDate: .{31}\r\nMessage-ID: <[0-9a-f]{32}@example\.test>\r\n"
        r"To: x@remote\.test\r\nSubject: x\r\n\r\nBcc: no field\r\n",
        stored,
    )


@pytest.mark.parametrize("message", [b"", b"\r\nonly a body\r\n", b"only a body\r\n"])
async def test_a_message_without_header_gets_one(doors: House, message: bytes) -> None:
    client = await signed_in(doors)

    reply = await client.mail("alice@example.test", ["x@remote.test"], message)

    assert reply.code == 250
    head, _, body = (await stored_message()).partition(b"\r\n\r\n")
    assert b"\r\nFrom: alice@example.test\r\n" in head
    assert body == message.lstrip(b"\r\n")


@pytest.mark.parametrize(
    ("sender", "expected"),
    [
        ("alice@example.test", 250),
        ("Alice+news@example.test", 250),
        ("", 250),
        ("bob@example.test", 550),
        ("staff@example.test", 550),
        ("alice@remote.test", 550),
    ],
)
async def test_the_return_path_is_ones_own(doors: House, sender: str, expected: int) -> None:
    await doors.add_alias("staff", "alice@example.test", "bob@example.test")
    client = await signed_in(doors)

    reply = await client.command(f"MAIL FROM:<{sender}>")

    assert reply.code == expected


@pytest.mark.parametrize(
    "field",
    [
        b"From: Bob <bob@example.test>\r\n",
        b"From: alice@example.test, bob@example.test\r\n",
        b"From: alice@example.test\r\nFrom: bob@example.test\r\n",
        b"From: bob@example.test <boss@remote.test>\r\n",
        b"From: group: bob@example.test;\r\n",
        b"From: no address\r\n",
    ],
)
async def test_nobody_writes_in_a_colleagues_name(doors: House, field: bytes) -> None:
    client = await signed_in(doors)

    reply = await client.mail("alice@example.test", ["x@remote.test"], field + b"Subject: x\r\n\r\nx\r\n")

    assert str(reply).startswith("550 5.7.1")
    assert await doors.count("spool_message") == 0


async def test_an_alias_of_ones_own_is_a_sender(doors: House) -> None:
    await doors.add_alias("sales", "alice@example.test")
    await doors.add_alias("*", "alice@example.test")
    client = await signed_in(doors)

    own = await client.mail(
        "sales@example.test", ["x@remote.test"], COMPLETE.replace(b"alice@", b"sales+shop@")
    )
    caught = await client.command("MAIL FROM:<anything@example.test>")

    assert [own.code, caught.code] == [250, 550]


@pytest.mark.parametrize("given", [b"", b"Sender: alice@example.test\r\n"])
async def test_on_behalf_of_a_colleague_the_writer_is_named(doors: House, given: bytes) -> None:
    await send_grants.put(SYSTEM, doors.users["bob"], "alice", SendMode.BEHALF)
    client = await signed_in(doors)

    reply = await client.mail(
        "alice@example.test", ["x@remote.test"], given + COMPLETE.replace(b"alice@", b"bob@", 1)
    )

    assert reply.code == 250
    stored = await stored_message()
    assert stored.count(b"Sender: alice@example.test\r\n") == 1
    assert b"\r\nFrom: Alice <bob@example.test>\r\n" in stored


async def test_as_a_colleague_nobody_sees_who_wrote_and_the_colleague_has_a_copy(doors: House) -> None:
    bob = doors.users["bob"]
    await send_grants.put(SYSTEM, bob, "alice", SendMode.AS)
    await settings.set_value(SYSTEM, "submission.copy_to_owner", Level.USER, bob, True)
    client = await signed_in(doors)
    message = b"Sender: alice@example.test\r\n" + COMPLETE.replace(b"Alice <alice@", b"Bob <bob@")

    reply = await client.mail("bob@example.test", ["x@remote.test"], message)

    assert reply.code == 250
    assert b"alice" not in await stored_message()
    assert (await mailboxes.by_use(bob, "sent")).exists == 1


async def test_a_sender_field_names_nobody_else(doors: House) -> None:
    client = await signed_in(doors)

    reply = await client.mail(
        "alice@example.test", ["x@remote.test"], b"Sender: bob@example.test\r\n" + COMPLETE
    )

    assert str(reply) == "550 5.7.1 Sender must be your own address"


async def test_unknown_local_recipients_are_refused_at_once(doors: House) -> None:
    client = await signed_in(doors)
    await client.command("MAIL FROM:<alice@example.test>")

    reply = await client.command("RCPT TO:<nobody@example.test>")

    assert str(reply).startswith("550 5.1.1")


async def test_the_senders_own_size_limit_is_announced_and_kept(doors: House) -> None:
    await settings.set_value(SYSTEM, "message.max_bytes", Level.USER, doors.users["alice"], 70_000)
    client = await signed_in(doors)

    offered = (await client.command("EHLO again.test")).text
    declared = await client.command("MAIL FROM:<alice@example.test> SIZE=70001")

    assert "SIZE 70000" in offered
    assert declared.code == 552
