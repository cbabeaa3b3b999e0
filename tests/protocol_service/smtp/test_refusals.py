"""What is refused is found again: by whom, for whom, with which answer; a flood of it costs a few rows."""

from __future__ import annotations

from base64 import b64encode

import pytest

from backend.directory import settings, users
from backend.directory.principal import SYSTEM, for_user
from backend.directory.setting_key import Level
from backend.kit import db
from backend.kit.errors import Unavailable
from backend.spool import deliveries, refusals
from backend.spool.delivery_types import Search, Standing
from protocol_service.smtp import refusals as gathering
from tests.support.mail_house import PASSWORD, House
from tests.support.smtp_raw import trusting

MESSAGE = b"Subject: x\r\n\r\nx\r\n"


async def told(house: House) -> list[tuple[str, str, str, int]]:
    """All that was remembered, oldest first: sender, recipient, status, how often."""
    await house.smtp.reception.refusals.flush()
    found = await deliveries.refused(SYSTEM, Search(), limit=100)
    return [
        (item.sender, item.recipients[0].address, item.recipients[0].status, item.times)
        for item in reversed(found.items)
    ]


async def test_recipients_that_are_refused_are_remembered(doors: House) -> None:
    client = await doors.connect()
    await client.command("MAIL FROM:<eve@far.test>")
    for address in ("nobody@example.test", "x@elsewhere.test", "bob@example.test"):
        await client.command(f"RCPT TO:<{address}>")

    assert await told(doors) == [
        ("eve@far.test", "nobody@example.test", "5.1.1", 1),
        ("eve@far.test", "x@elsewhere.test", "5.7.1", 1),
    ]
    [found] = (await deliveries.refused(SYSTEM, Search("elsewhere"))).items
    assert found.recipients[0].reply == "550 5.7.1 Relaying denied"
    assert (found.remote_address, found.helo, found.protocol) == ("127.0.0.1", "client.example.test", "ESMTP")
    assert found.recipients[0].standing is Standing.REFUSED


async def test_a_full_mailbox_is_found_by_its_owner_and_the_domain(doors: House) -> None:
    await settings.set_value(SYSTEM, "mailbox.quota_bytes", Level.USER, doors.users["bob"], 1000)
    client = await doors.connect()

    assert (await client.mail("eve@far.test", ["bob@example.test"], b"x" * 5000)).code == 452

    await doors.smtp.reception.refusals.flush()
    bob = for_user(await users.get(SYSTEM, doors.users["bob"]))
    alice = for_user(await users.get(SYSTEM, doors.users["alice"]))
    [own] = (await deliveries.received(bob, Search())).items
    assert own.recipients[0].reply == "452 4.2.2 Mailbox is full"
    [of_domain] = (
        await deliveries.of_domain(SYSTEM, doors.domain_id, Search(standing=Standing.REFUSED))
    ).items
    assert of_domain.id == own.id
    assert not of_domain.is_outgoing
    assert (await deliveries.received(alice, Search())).items == []


@pytest.mark.parametrize("is_pipelined", [False, True])
async def test_a_sender_that_is_refused_is_remembered_once(doors: House, is_pipelined: bool) -> None:
    await settings.set_value(SYSTEM, "message.max_bytes", Level.SYSTEM, 0, 1_000_000)
    client = await doors.connect()
    lines = [b"MAIL FROM:<eve@far.test> SIZE=2000000\r\n", b"RCPT TO:<bob@example.test>\r\n", b"DATA\r\n"]
    client.send(b"".join(lines) if is_pipelined else lines[0])

    assert (await client.reply()).code == 552
    if is_pipelined:
        assert await client.codes(2) == [503, 503]

    assert await told(doors) == [("eve@far.test", "bob@example.test" if is_pipelined else "", "5.3.4", 1)]


async def test_a_message_that_is_refused_is_remembered_for_each_recipient(doors: House) -> None:
    client = await doors.connect()
    await client.mail("eve@far.test", ["alice@example.test", "bob@example.test"], b"Subject: x\n\nbare\r\n")
    await client.mail("eve@far.test", ["bob@example.test"], b"Received: x\r\n" * 60 + MESSAGE)

    assert await told(doors) == [
        ("eve@far.test", "alice@example.test", "5.5.2", 1),
        ("eve@far.test", "bob@example.test", "5.5.2", 1),
        ("eve@far.test", "bob@example.test", "5.4.6", 1),
    ]


async def test_who_has_signed_in_finds_what_was_not_taken(doors: House) -> None:
    await settings.set_value(SYSTEM, "submission.messages_per_hour", Level.SYSTEM, 0, 1)
    client = await doors.connect("submission")
    await client.start_tls(trusting())
    await client.command("EHLO client.example.test")
    await client.command("AUTH PLAIN " + _plain("alice@example.test"))
    for _ in range(2):
        await client.mail("alice@example.test", ["bob@example.test"], MESSAGE)
    await client.command("RSET")
    await client.command("MAIL FROM:<bob@example.test>")
    await doors.smtp.reception.refusals.flush()

    alice = for_user(await users.get(SYSTEM, doors.users["alice"]))
    found = await deliveries.sent(alice, Search(), limit=2)

    assert [
        (one.is_outgoing, one.recipients[0].address, one.recipients[0].status) for one in found.items
    ] == [
        (True, "", "5.7.1"),
        (True, "bob@example.test", "4.7.1"),
    ]
    older = await deliveries.sent(alice, Search(), before=found.before)
    assert [one.recipients[0].standing for one in older.items] == [Standing.WAITING]


def _plain(name: str) -> str:
    return b64encode(f"\0{name}\0{PASSWORD}".encode()).decode()


async def test_broken_commands_are_no_mail(doors: House) -> None:
    client = await doors.connect()
    for line in ("RCPT TO:<bob@example.test>", "MAIL FROM:<", "MAIL FROM:<a@far.test> X=1", "DATA", "BOO"):
        await client.command(line)
    await client.command("MAIL FROM:<eve@far.test>")
    for line in ("RCPT TO:<bob@example.test> X=1", "RCPT TO:<x", "DATA", "DATA x"):
        await client.command(line)

    assert await told(doors) == []


async def test_a_flood_of_one_network_is_a_few_rows(doors: House, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(gathering, "PER_NETWORK", 3)
    client = await doors.connect()
    await client.command("MAIL FROM:<eve@far.test>")
    for number in range(10):
        await client.command(f"RCPT TO:<guess{number}@example.test>")
    await client.command("RCPT TO:<guess0@example.test>")

    assert await told(doors) == [
        ("eve@far.test", "guess0@example.test", "5.1.1", 2),
        ("eve@far.test", "guess1@example.test", "5.1.1", 1),
        ("eve@far.test", "guess2@example.test", "5.1.1", 1),
        ("", "@example.test", "5.1.1", 7),
    ]


async def test_what_has_no_room_is_counted_and_no_answer_waits_for_the_database(
    doors: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def broken(*_: object, **__: object) -> None:
        raise Unavailable("gone")

    monkeypatch.setattr(gathering, "MOST_AT_ONCE", 1)
    client = await doors.connect()
    await client.command("MAIL FROM:<eve@far.test>")
    with monkeypatch.context() as patched:
        patched.setattr(db, "write", broken)
        for number in range(3):
            assert (await client.command(f"RCPT TO:<guess{number}@example.test>")).code == 550
        await doors.smtp.reception.refusals.flush()
    await client.command("RCPT TO:<guess9@example.test>")

    assert await told(doors) == [("eve@far.test", "guess9@example.test", "5.1.1", 1)]


async def test_old_refusals_and_the_oldest_of_too_many_go(doors: House) -> None:
    client = await doors.connect()
    await client.command("MAIL FROM:<eve@far.test>")
    for number in range(4):
        await client.command(f"RCPT TO:<guess{number}@example.test>")
    assert len(await told(doors)) == 4

    assert await refusals.prune(most=2) == 2
    assert [row[1] for row in await told(doors)] == ["guess2@example.test", "guess3@example.test"]
    assert await refusals.prune(older_than_s=-60) == 2


async def test_what_is_gathered_is_written_when_the_doors_close(doors: House) -> None:
    client = await doors.connect()
    await client.command("MAIL FROM:<eve@far.test>")
    await client.command("RCPT TO:<nobody@example.test>")

    await doors.smtp.close()

    assert await db.fetch_value("SELECT COUNT(*) FROM refusal") == 1
