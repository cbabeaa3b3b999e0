"""LMTP: LHLO, and a reply for each recipient after the data (RFC 2033)."""

from __future__ import annotations

import asyncio
import smtplib

import pytest

from backend.directory import settings
from backend.directory.principal import SYSTEM
from backend.directory.setting_key import KIB, Level
from backend.kit import blobs
from backend.kit.errors import Unavailable
from backend.kit.runtime import Runtime
from tests.support.mail_house import House, mail_house
from tests.support.smtp_raw import RawSmtp

BODY = b"From: <chris@bar.test>\r\nSubject: next meeting\r\n\r\nBlurdybloop\r\n"


async def greeted(house: House) -> RawSmtp:
    client = await house.connect("lmtp", greet=False)
    assert (await client.reply()).code == 220
    assert (await client.command("LHLO foo.test")).code == 250
    return client


async def taken(client: RawSmtp, *names: str) -> list[int]:
    """Begin a message and name recipients; the codes of their replies."""
    assert (await client.command("MAIL FROM:<chris@bar.test>")).code == 250
    return [(await client.command(f"RCPT TO:<{name}@example.test>")).code for name in names]


async def test_the_example_of_rfc_2033(doors: House) -> None:
    client = await doors.connect("lmtp", greet=False)
    assert str(await client.reply()) == "220 mail.example.test LMTP Postroom"
    extensions = (await client.command("LHLO foo.test")).text
    assert all(word in extensions for word in ("PIPELINING", "ENHANCEDSTATUSCODES", "SIZE", "8BITMIME"))

    client.send(
        b"MAIL FROM:<chris@bar.test>\r\nRCPT TO:<alice@example.test>\r\nRCPT TO:<nobody@example.test>\r\n"
        b"RCPT TO:<bob@example.test>\r\nDATA\r\n"
    )
    assert await client.codes(5) == [250, 250, 550, 250, 354]
    client.send(BODY + b".\r\nQUIT\r\n")

    assert await client.codes(3) == [250, 250, 221]
    assert await client.at_end()


async def test_what_came_is_delivered_and_says_by_which_door(rt: Runtime) -> None:
    async with mail_house(rt) as house:
        client = await greeted(house)
        assert await taken(client, "alice", "bob") == [250, 250]
        assert (await client.command("DATA")).code == 354
        client.send(BODY + b".\r\n")
        assert await client.codes(2) == [250, 250]

        for name in ("alice", "bob"):
            [raw] = await house.wait_for_mail(name, 1)
            assert raw.endswith(BODY)
            assert b"with LMTP id" in raw


async def test_a_recipient_named_twice_has_two_replies_and_one_message(rt: Runtime) -> None:
    async with mail_house(rt) as house:
        client = await greeted(house)
        assert await taken(client, "alice", "ALICE", "alice") == [250, 250, 250]
        assert (await client.command("DATA")).code == 354

        client.send(BODY + b".\r\nNOOP\r\n")

        assert await client.codes(4) == [250] * 4
        assert len(await house.wait_for_mail("alice", 1)) == 1


@pytest.mark.parametrize("by_chunks", [False, True])
async def test_what_is_too_large_for_one_is_taken_for_the_other(rt: Runtime, by_chunks: bool) -> None:
    async with mail_house(rt) as house:
        await settings.set_value(SYSTEM, "message.max_bytes", Level.USER, house.users["bob"], 64 * KIB)
        raw = BODY + b"x" * 70 * KIB + b"\r\n"
        client = await greeted(house)
        assert await taken(client, "bob", "alice", "bob") == [250, 250, 250]

        if by_chunks:
            client.send(b"BDAT 10\r\n%bBDAT %d LAST\r\n%b" % (raw[:10], len(raw) - 10, raw[10:]))
            assert await client.codes(1) == [250]
        else:
            assert (await client.command("DATA")).code == 354
            client.send(raw + b".\r\n")

        assert await client.codes(3) == [552, 250, 552]
        assert (await house.wait_for_mail("alice", 1))[0].endswith(raw)
        assert await taken(client, "bob") == [250]
        assert (await client.command("DATA")).code == 354
        client.send(raw + b".\r\nNOOP\r\n")
        assert await client.codes(2) == [552, 250]
        assert await house.inbox("bob") == []


async def test_a_failure_is_told_for_each(doors: House, monkeypatch: pytest.MonkeyPatch) -> None:
    async def full(_: bytes) -> blobs.NewBlob:
        raise Unavailable("The disk is full")

    client = await greeted(doors)
    assert await taken(client, "alice", "bob") == [250, 250]
    monkeypatch.setattr(blobs, "prepare", full)
    assert (await client.command("DATA")).code == 354

    client.send(BODY + b".\r\nNOOP\r\n")

    assert [code // 100 for code in await client.codes(3)] == [4, 4, 2]


async def test_only_the_data_has_a_reply_for_each(doors: House) -> None:
    client = await greeted(doors)
    assert (await client.command("DATA")).code == 503
    assert await taken(client, "nobody") == [550]
    assert (await client.command("DATA")).code == 503
    assert (await client.command("RSET")).code == 250
    assert await taken(client, "alice", "bob") == [250, 250]
    client.send(b"BDAT %d\r\n%b" % (len(BODY), BODY))
    assert await client.codes(1) == [250]

    client.send(b"BDAT 0 LAST\r\nNOOP\r\n")

    assert await client.codes(3) == [250, 250, 250]


@pytest.mark.parametrize(
    ("door", "line", "code"),
    [("lmtp", "EHLO foo.test", 500), ("lmtp", "HELO foo.test", 500), ("smtp", "LHLO foo.test", 500)],
)
async def test_each_door_has_its_own_greeting(doors: House, door: str, line: str, code: int) -> None:
    client = await doors.connect(door, greet=False)
    assert (await client.reply()).code == 220

    assert (await client.command(line)).code == code
    assert (await client.command("MAIL FROM:<>")).code == 503


async def test_strangers_may_not_relay(doors: House) -> None:
    client = await greeted(doors)
    assert (await client.command("MAIL FROM:<chris@bar.test>")).code == 250

    assert (await client.command("RCPT TO:<a@elsewhere.test>")).code == 550


async def test_without_a_port_there_is_no_door(rt: Runtime) -> None:
    async with mail_house(rt, settings=rt.settings.model_copy(update={"lmtp_port": None})) as house:
        assert set(house.smtp.addresses) == {"smtp", "submission", "submissions"}


async def test_smtplib_delivers(rt: Runtime) -> None:
    async with mail_house(rt) as house:
        host, port = house.smtp.addresses["lmtp"]

        def send() -> None:
            with smtplib.LMTP(host, port) as client:
                refused = client.sendmail(
                    "chris@bar.test", ["alice@example.test", "nobody@example.test"], BODY
                )
            assert list(refused) == ["nobody@example.test"]

        await asyncio.to_thread(send)
        assert len(await house.wait_for_mail("alice", 1)) == 1
