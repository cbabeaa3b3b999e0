"""Who may be written to from outside."""

from __future__ import annotations

import pytest

from backend.directory import domain_aliases, settings, users
from backend.directory.principal import SYSTEM
from backend.directory.roles import Role
from backend.directory.setting_key import Level
from backend.mailstore import ingest
from tests.support.mail_house import House

SENDER = "MAIL FROM:<a@remote.test>"


@pytest.mark.parametrize("sender", ["<>", "<a@remote.test>", "<bob@example.test>"])
@pytest.mark.parametrize(
    "disguise",
    [
        "<victim@remote.test>",
        "<victim%remote.test@example.test>",
        '<"victim@remote.test"@example.test>',
        "<victim@remote.test@example.test>",
        "<@example.test:victim@remote.test>",
        "<remote.test!victim@example.test>",
        "<victim@remote.test.>",
        "<victim@[192.0.2.1]>",
        "<victim@example.test.remote.test>",
    ],
)
async def test_strangers_cannot_relay(doors: House, sender: str, disguise: str) -> None:
    client = await doors.connect()
    await client.command(f"MAIL FROM:{sender}")

    reply = await client.command(f"RCPT TO:{disguise}")

    assert reply.code in (550, 553)
    assert (await client.command("DATA")).code == 554
    assert await doors.count("spool_message") == 0


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("bob@example.test", "250 2.1.5"),
        ("BOB@EXAMPLE.TEST", "250 2.1.5"),
        ("bob+lists@example.test", "250 2.1.5"),
        ("staff@example.test", "250 2.1.5"),
        ("nobody@example.test", "550 5.1.1 No such user here"),
        ("gone@example.test", "550 5.2.1"),
        ("bob@other.test", "550 5.7.1 Relaying denied"),
    ],
)
async def test_recipients(doors: House, address: str, expected: str) -> None:
    await doors.add_alias("staff", "alice@example.test", "ext@remote.test")
    await users.update(SYSTEM, await doors.add_user("gone"), is_enabled=False)
    client = await doors.connect()
    await client.command(SENDER)

    reply = await client.command(f"RCPT TO:<{address}>")

    assert str(reply).startswith(expected)


async def test_postmaster_without_a_domain_is_somebody(doors: House) -> None:
    await doors.add_user("chief", role=Role.DOMAIN_ADMINISTRATOR)
    client = await doors.connect()
    await client.command(SENDER)

    reply = await client.command("RCPT TO:<Postmaster>")

    assert reply.code == 250


async def test_a_full_mailbox_is_refused_in_the_session(doors: House) -> None:
    bob = doors.users["bob"]
    await ingest.store(b"Subject: big\r\n\r\n" + b"x" * 70_000, bob, "inbox")
    await settings.set_value(SYSTEM, "mailbox.quota_bytes", Level.USER, bob, 70_100)
    client = await doors.connect()
    await client.command(SENDER + " SIZE=1000")

    replies = [await client.command(f"RCPT TO:<{name}@example.test>") for name in ("bob", "alice")]

    assert [str(reply) for reply in replies] == ["452 4.2.2 Mailbox is full", "250 2.1.5 Recipient OK"]


async def test_the_recipients_own_size_limit_counts(doors: House) -> None:
    await settings.set_value(SYSTEM, "message.max_bytes", Level.USER, doors.users["bob"], 100_000)
    client = await doors.connect()

    await client.command(SENDER + " SIZE=200000")
    declared = await client.command("RCPT TO:<bob@example.test>")
    await client.command("RSET")
    sent = await client.mail("a@remote.test", ["bob@example.test"], b"Subject: x\r\n\r\n" + b"y" * 150_000)

    assert [str(declared)[:9], str(sent)[:9]] == ["552 5.3.4", "552 5.3.4"]
    assert await doors.count("spool_message") == 0


async def test_a_flood_of_recipients_is_put_off(doors: House, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("protocol_service.smtp.checks.recipient.MX_RECIPIENTS", 5)
    client = await doors.connect()
    await client.command(SENDER)

    client.send(b"".join(b"RCPT TO:<bob+%d@example.test>\r\n" % number for number in range(50)))

    assert await client.codes(50) == [250] * 5 + [452] * 45
    assert (await client.command("DATA")).code == 354


async def test_a_recipient_named_twice_is_one(doors: House) -> None:
    client = await doors.connect()

    await client.mail(
        "a@remote.test", ["bob@example.test", "BOB@EXAMPLE.test", "alice@example.test"], b"x\r\n"
    )

    assert [row["localpart"] for row in await doors.spool_rows()] == ["bob", "alice"]


async def test_address_harvesting_ends_the_connection(doors: House) -> None:
    client = await doors.connect()
    await client.command(SENDER)

    client.send(b"".join(b"RCPT TO:<guess%d@example.test>\r\n" % number for number in range(200)))

    assert await client.codes(101) == [550] * 100 + [421]
    assert await client.at_end()


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("bob@example.net", "250 2.1.5"),
        ("Bob+lists@EXAMPLE.NET", "250 2.1.5"),
        ("staff@example.net", "250 2.1.5"),
        ("nobody@example.net", "550 5.1.1 No such user here"),
        ("bob%remote.test@example.net", "550 5.1.1"),
        ("bob@sub.example.net", "550 5.7.1 Relaying denied"),
    ],
)
async def test_recipients_of_a_domain_alias(doors: House, address: str, expected: str) -> None:
    await domain_aliases.add(SYSTEM, doors.domain_id, "example.net")
    await doors.add_alias("staff", "alice@example.test", "ext@remote.test")
    client = await doors.connect()
    await client.command(SENDER)

    reply = await client.command(f"RCPT TO:<{address}>")

    assert str(reply).startswith(expected)


async def test_a_report_of_a_stranger_has_one_recipient(doors: House) -> None:
    client = await doors.connect()
    await client.command("MAIL FROM:<>")
    assert (await client.command("RCPT TO:<nobody@example.test>")).code == 550
    assert (await client.command("RCPT TO:<alice@example.test>")).code == 250

    refused = await client.command("RCPT TO:<bob@example.test>")

    assert str(refused) == "452 4.5.3 A report has one recipient, send it to others by themselves"
    assert (await client.command("DATA")).code == 354
    client.send(b"Subject: report\r\n\r\n.\r\n")
    assert (await client.reply()).code == 250
    assert await doors.count("spool_recipient") == 1
