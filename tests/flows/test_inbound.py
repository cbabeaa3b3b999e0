"""Mail from elsewhere: whose it becomes, and that its bytes stay what they were."""

from __future__ import annotations

import asyncio
import re
import smtplib
from pathlib import Path

import pytest

from tests.flows.conftest import CREATE_ALIAS, DOMAIN, House
from tests.support.public_clients import Mailbox, send

pytestmark = pytest.mark.asyncio(loop_scope="package")

FIXTURES = Path(__file__).parent.parent / "fixtures" / "messages"
SENDER = "amara@north.example"
OWN_HEADER = re.compile(
    rb"Return-Path: <amara@north\.example>\r\n"
    rb"Delivered-To: (?P<to>[^\r]+)\r\n"
    rb"Received: from mx\.north\.example \(\[127\.0\.0\.1\]\)\r\n"
    rb"\tby mail\.example\.test with ESMTPS \(TLSv1\.[23]\) id [^;]+;\r\n"
    rb"\t[A-Z][a-z]{2}, [^\r]+\r\n"
)


def letter(subject: str, size: int = 0) -> bytes:
    """A message; `size` more bytes of text."""
    filling = b"".join(b"line %07d of a long and quiet text\r\n" % at for at in range(size // 40))
    return (
        b"From: Amara <amara@north.example>\r\nTo: somebody\r\nSubject: %b\r\n"
        b"Message-ID: <%b@north.example>\r\n\r\nHello\r\n" % (subject.encode(), subject.encode()) + filling
    )


async def deliver(house: House, recipients: list[str], raw: bytes) -> None:
    await asyncio.to_thread(
        send, house.served.ports["smtp"], SENDER, [f"{name}@{DOMAIN}" for name in recipients], raw
    )


async def arrived(house: House, localpart: str, subject: str) -> bytes:
    """The message with that subject in somebody's INBOX."""

    def read() -> bytes:
        with Mailbox(house.served.ports["imap"], house.address(localpart)) as inbox:
            [uid] = inbox.wait(1, "SUBJECT", f'"{subject}"')
            return inbox.raw(uid)

    return await asyncio.to_thread(read)


def has_only_crlf(path: Path) -> bool:
    raw = path.read_bytes()
    return raw.count(b"\n") == raw.count(b"\r\n") == raw.count(b"\r")


@pytest.mark.parametrize("name", sorted(path.name for path in FIXTURES.glob("*.eml") if has_only_crlf(path)))
async def test_real_mail_keeps_its_bytes_below_our_own_header_lines(house: House, name: str) -> None:
    raw = (FIXTURES / name).read_bytes()
    raw = raw if raw.endswith(b"\r\n") else raw + b"\r\n"
    web = await house.browser("sofia")
    before = (await web.boxes())["INBOX"]["total"]

    await deliver(house, ["sofia"], raw)

    def read() -> bytes:
        with Mailbox(house.served.ports["imap"], house.address("sofia")) as inbox:
            return inbox.raw(inbox.wait(before + 1)[-1])

    found = await asyncio.to_thread(read)
    own = OWN_HEADER.match(found)
    assert own is not None, found[:500]
    assert own["to"] == b"sofia@example.test"
    assert found[own.end() :] == raw
    await web.close()


async def test_a_large_message_keeps_its_bytes(house: House) -> None:
    raw = letter("large-one", 600_000)

    await deliver(house, ["sofia"], raw)

    assert (await arrived(house, "sofia", "large-one")).endswith(raw)


async def test_an_alias_reaches_all_its_targets_and_another_host(house: House) -> None:
    await house.web.ask(
        CREATE_ALIAS,
        domain=house.domain_id,
        localpart="team",
        targets=["sofia@example.test", "oliver@example.test", "friend@north.example"],
    )
    await house.heard()
    before = len(house.sink.messages)

    await deliver(house, ["team"], letter("to-the-team"))

    for localpart in ("sofia", "oliver"):
        own = OWN_HEADER.match(await arrived(house, localpart, "to-the-team"))
        assert own is not None
        assert own["to"] == house.address(localpart).encode()
    await house.sink.wait_for(before + 1, timeout_s=30)
    assert house.sink.messages[-1].addresses == ["friend@north.example"]


async def test_a_plus_address_reaches_its_user(house: House) -> None:
    await deliver(house, ["oliver+lists"], letter("with-detail"))

    own = OWN_HEADER.match(await arrived(house, "oliver", "with-detail"))
    assert own is not None
    assert own["to"] == b"oliver+lists@example.test"


async def test_several_recipients_share_one_body(house: House) -> None:
    bodies = await house.count("SELECT count(*) FROM blob")

    await deliver(house, ["maren", "sofia", "oliver"], letter("for-three", 300_000))

    for localpart in ("maren", "sofia", "oliver"):
        found = await arrived(house, localpart, "for-three")
        own = OWN_HEADER.match(found)
        assert own is not None
        assert own["to"] == house.address(localpart).encode()
        assert found[own.end() :] == letter("for-three", 300_000)
    assert await house.count("SELECT count(*) FROM blob") == bodies + 1


async def test_unknown_recipients_are_refused_until_there_is_a_catch_all(house: House) -> None:
    with pytest.raises(smtplib.SMTPRecipientsRefused) as refusal:
        await deliver(house, ["nobody.here"], letter("too-early"))
    assert refusal.value.recipients["nobody.here@example.test"][0] == 550

    await house.web.ask(CREATE_ALIAS, domain=house.domain_id, localpart="*", targets=["maren@example.test"])
    await house.heard()
    await deliver(house, ["nobody.here"], letter("caught"))

    assert b"Subject: caught\r\n" in await arrived(house, "maren", "caught")


async def test_only_what_the_dot_ended_is_delivered(house: House) -> None:
    """Clients that vanish in DATA leave nothing behind."""

    def vanish() -> None:
        client = smtplib.SMTP("127.0.0.1", house.served.ports["smtp"], timeout=30)
        client.ehlo("mx.north.example")
        client.mail(SENDER)
        client.rcpt("oliver@example.test")
        client.putcmd("data")
        client.getreply()
        client.send(letter("half-a-message"))
        client.close()

    spooled = await house.count("SELECT count(*) FROM spool_message")
    for _ in range(20):
        await asyncio.to_thread(vanish)
    await deliver(house, ["oliver"], letter("after-those"))

    assert await arrived(house, "oliver", "after-those")
    assert await house.count("SELECT count(*) FROM spool_message") <= spooled + 1
    web = await house.browser("oliver")
    rows = await web.rows((await web.boxes())["INBOX"]["id"])
    assert "half-a-message" not in {row["subject"] for row in rows}
    await web.close()
