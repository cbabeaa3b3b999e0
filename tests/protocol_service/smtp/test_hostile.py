"""Peers that mean no good: they hang in every state, send byte by byte, lie about sizes and counts, name ten
thousand recipients; and a house whose disk, database or Redis is in trouble. Mail is refused or put off,
never lost, and the door serves on.
"""

from __future__ import annotations

import asyncio
import errno
from base64 import b64encode
from pathlib import Path

import pytest

from backend.directory import settings
from backend.directory.principal import SYSTEM
from backend.directory.setting_key import Level
from backend.kit import db, redis
from backend.kit.errors import Unavailable
from backend.kit.runtime import Runtime
from protocol_service.smtp.commands import bdat, data
from tests.support.mail_house import PASSWORD, House, mail_house, until
from tests.support.smtp_raw import RawSmtp

SENDER = b"MAIL FROM:<a@remote.test>\r\n"
BOB = b"RCPT TO:<bob@example.test>\r\n"
MESSAGE = b"Subject: x\r\n\r\nx\r\n"
BDAT = SENDER + BOB + b"BDAT %d LAST\r\n%b"


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every wait for a peer is short."""
    monkeypatch.setattr("protocol_service.smtp.wire.GREETING_S", 0.2)
    monkeypatch.setattr("protocol_service.smtp.wire.IDLE_S", 0.4)
    monkeypatch.setattr("protocol_service.listeners.HANDSHAKE_S", 0.2)
    for module in (data, bdat):
        monkeypatch.setattr(module, "IDLE_S", 0.4)


async def ends(client: RawSmtp, code: int = 421) -> None:
    """Read replies up to the last one, which has that code."""
    reply = await client.reply()
    while reply.code != code:
        reply = await client.reply()
    assert await client.at_end()


# -- hanging


@pytest.mark.parametrize(
    "sent",
    [
        b"",
        b"EHL",
        b"EHLO x.test\r\n",
        b"EHLO x.test\r\n" + SENDER,
        b"EHLO x.test\r\n" + SENDER + BOB,
        b"EHLO x.test\r\n" + SENDER + BOB + b"DATA\r\n",
        b"EHLO x.test\r\n" + SENDER + BOB + b"DATA\r\nSubject: x\r\n\r\n.",
        b"EHLO x.test\r\n" + SENDER + BOB + b"BDAT 100 LAST\r\nhalf",
        b"EHLO x.test\r\n" + SENDER + BOB + b"BDAT 4\r\nhalf",
        b"EHLO x.test\r\nBDAT 100\r\nhalf",
    ],
    ids=["silent", "part", "ehlo", "mail", "rcpt", "data", "dot", "chunk", "chunks", "refused chunk"],
)
async def test_a_peer_that_hangs_is_closed_in_every_state(impatient: None, doors: House, sent: bytes) -> None:
    client = await doors.connect(greet=False)
    client.send(sent)

    await ends(client)

    await doors.smtp.reception.empty()
    assert await doors.count("spool_message") == 0
    assert doors.smtp.reception.budget.used_bytes == 0


@pytest.mark.parametrize("sent", ["AUTH PLAIN", "AUTH LOGIN", "AUTH SCRAM-SHA-256 biwsbj14LHI9YQ=="])
async def test_a_peer_that_hangs_in_its_sign_in(impatient: None, doors: House, sent: str) -> None:
    client = await doors.connect("submission")

    assert (await client.command(sent)).code == 334

    await ends(client)


async def test_a_peer_that_hangs_in_the_handshake(impatient: None, rt: Runtime) -> None:
    async with mail_house(rt, with_worker=False) as house:
        asked = await house.connect()
        assert (await asked.command("STARTTLS")).code == 220
        implicit = await house.connect("submissions", greet=False)
        begun = await house.connect("submissions", greet=False)
        begun.send(b"\x16\x03\x01\x02\x00\x01")

        for client in (asked, implicit, begun):
            assert await client.at_end()
        await house.smtp.reception.empty()
        assert house.smtp.reception.connections.count == 0


@pytest.mark.parametrize("start", [b"DATA\r\n", b"BDAT 1000000 LAST\r\n", b"BDAT 1000000\r\n"])
async def test_a_message_that_comes_byte_by_byte_has_an_end(
    impatient: None, doors: House, monkeypatch: pytest.MonkeyPatch, start: bytes
) -> None:
    for module in (data, bdat):
        monkeypatch.setattr(module, "WHOLE_S", 0.6)
    client = await doors.connect()
    client.send(SENDER + BOB + start)

    async def trickle() -> None:
        while True:
            client.send(b"x")
            await asyncio.sleep(0.02)

    trickling = asyncio.create_task(trickle())
    try:
        await ends(client)
    finally:
        trickling.cancel()
    assert await doors.count("spool_message") == 0


# -- lies


async def test_a_chunk_that_is_longer_than_it_says_is_never_a_message(doors: House) -> None:
    client = await doors.connect()
    hidden = SENDER + BOB + b"DATA\r\n" + MESSAGE + b".\r\n"
    client.send(BDAT % (5, b"Subject: x\r\n\r\n" + b"y" * 100 + b"\r\n"))
    assert await client.codes(6) == [250, 250, 250, 500, 500, 500]

    client.send(SENDER + BOB + b"BDAT 14 LAST\r\nSubject: x\r\n\r\n" + b"WHAT\r\n" + hidden)

    # What follows a chunk is a command and is answered as one: nothing is hidden in anything.
    assert await client.codes(8) == [250, 250, 250, 500, 250, 250, 354, 250]
    assert await doors.count("spool_message") == 3


async def test_a_chunk_that_ends_early_takes_what_follows_and_nothing_more(doors: House) -> None:
    client = await doors.connect()
    message = b"Subject: x\r\n\r\nRSET\r\nQUIT\r\n"

    client.send(BDAT % (len(message), message) + b"NOOP\r\n")

    assert await client.codes(4) == [250, 250, 250, 250]
    assert await doors.count("spool_message") == 1


async def test_a_declared_size_binds_nobody_else(doors: House) -> None:
    client = await doors.connect()
    large = b"Subject: x\r\n\r\n" + b"y" * 100_000 + b"\r\n"
    client.send(b"MAIL FROM:<a@remote.test> SIZE=1\r\n" + BOB + b"DATA\r\n")
    assert await client.codes(3) == [250, 250, 354]

    client.send(large + b".\r\n")

    assert (await client.reply()).code == 250
    assert (await client.command("MAIL FROM:<a@remote.test> SIZE=999999999999")).code == 552
    assert (await client.command("MAIL FROM:<a@remote.test> SIZE=99999999999999999999999")).code == 501
    assert (await client.command("MAIL FROM:<a@remote.test> SIZE=-1")).code == 501


@pytest.mark.parametrize("declared", ["", " SIZE=1"])
async def test_what_no_recipient_has_room_for_is_refused_whatever_was_declared(
    doors: House, declared: str
) -> None:
    await settings.set_value(SYSTEM, "mailbox.quota_bytes", Level.USER, doors.users["bob"], 50_000)
    client = await doors.connect()
    large = b"Subject: x\r\n\r\n" + b"y" * 100_000 + b"\r\n.\r\n"

    client.send(f"MAIL FROM:<a@remote.test>{declared}\r\n".encode() + BOB + b"DATA\r\n")
    assert await client.codes(3) == [250, 250, 354]
    client.send(large)
    alone = await client.reply()
    both = [b"RCPT TO:<alice@example.test>\r\n", b"DATA\r\n"]
    client.send(f"MAIL FROM:<a@remote.test>{declared}\r\n".encode() + BOB + b"".join(both))
    assert await client.codes(4) == [250, 250, 250, 354]
    client.send(large)

    assert str(alone) == "452 4.2.2 Mailbox is full"
    assert (await client.reply()).code == 250
    assert await doors.count("spool_message") == 1


# -- too much


async def test_ten_thousand_recipients_of_a_stranger_are_taken_in_parts(doors: House) -> None:
    client = await doors.connect()
    await client.command(SENDER.decode().strip())

    client.send(b"".join(b"RCPT TO:<bob+%d@example.test>\r\n" % number for number in range(10_000)))

    # EHLO and MAIL count as well, recipients that were taken do not.
    assert await client.codes(5500 - 2) == [250] * 500 + [452] * 4998
    # Then the stranger has had all commands a connection may send without a message.
    await ends(client)


async def test_ten_thousand_recipients_of_a_user_are_one_message(doors: House) -> None:
    await settings.set_value(SYSTEM, "submission.max_recipients", Level.USER, doors.users["alice"], 10_000)
    await settings.set_value(SYSTEM, "submission.recipients_per_hour", Level.USER, doors.users["alice"], 0)
    client = await doors.connect("submission")
    login = b64encode(f"\0alice@example.test\0{PASSWORD}".encode()).decode()
    assert (await client.command(f"AUTH PLAIN {login}")).code == 235
    assert (await client.command("MAIL FROM:<alice@example.test>")).code == 250

    for start in range(0, 10_000, 1000):
        names = range(start, start + 1000)
        client.send(b"".join(b"RCPT TO:<x%d@remote.test>\r\n" % number for number in names))
        assert await client.codes(1000) == [250] * 1000
        assert (await client.command("NOOP")).code == 250
    client.send(b"RCPT TO:<last@remote.test>\r\nDATA\r\n")
    assert await client.codes(2) == [452, 354]
    client.send(MESSAGE + b".\r\n")

    assert (await client.reply()).code == 250
    assert await doors.count("spool_recipient") == 10_000


@pytest.mark.parametrize(
    "head",
    [
        b"To: " + b"(" * 200_000 + b"\r\n",
        b"To: " + b"a@b.test, " * 50_000 + b"c@d.test\r\n",
        b"Subject: " + b"=?utf-8?q?=41?= " * 20_000 + b"\r\n",
        b"Received: x\r\n\t" + b"y\r\n\t" * 20_000 + b"z\r\n",
        b"References: " + b"<a@b.test>\r\n " * 20_000 + b"\r\n",
        b": no name\r\n" * 5000,
        b"X\0Y: z\0\r\n" * 1000,
    ],
    ids=["comments", "addresses", "encoded words", "folds", "references", "no names", "nul"],
)
async def test_header_bombs_are_stored_as_they_are(house: House, head: bytes) -> None:
    client = await house.connect()

    reply = await client.mail("a@remote.test", ["bob@example.test"], head + MESSAGE)

    assert reply.code == 250
    (stored,) = await house.wait_for_mail("bob", 1)
    assert stored.endswith(head + MESSAGE)


# -- the house in trouble


async def test_a_full_disk_puts_mail_off_and_takes_it_when_there_is_room(
    rt: Runtime, doors: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    large = b"Subject: x\r\n\r\n" + b"y" * 998 + b"\r\n" * 150_000
    client = await doors.connect()

    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr("backend.kit.blob_files.os.fsync", full)
        refused = await client.mail("a@remote.test", ["bob@example.test"], large)
    accepted = await client.mail("a@remote.test", ["bob@example.test"], large)

    assert str(refused).startswith("451 4.3.0")
    assert accepted.code == 250
    assert await doors.count("spool_message") == 1
    assert len(_files(rt.settings.data / "blobs")) == 1


def _files(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]


@pytest.mark.parametrize("verb", ["fetch_row", "fetch_rows"])
async def test_a_database_that_cannot_be_read_means_try_later(
    doors: House, monkeypatch: pytest.MonkeyPatch, verb: str
) -> None:
    async def refuse(*_: object, **__: object) -> None:
        raise Unavailable("The database cannot be read just now")

    client = await doors.connect()
    assert (await client.command(SENDER.decode().strip())).code == 250
    with monkeypatch.context() as patch:
        patch.setattr(type(db.database()), verb, refuse)
        unknown = await client.command("RCPT TO:<new@example.test>")
    known = await client.command("RCPT TO:<bob@example.test>")

    assert unknown.code == (451 if verb == "fetch_row" else 550)
    assert known.code == 250


async def test_without_redis_mail_is_taken_and_sent(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    gone = redis.connect("redis://127.0.0.1:1")  # nobody listens there
    monkeypatch.setattr(redis, "_client", gone)
    client = await house.connect()
    sender = await house.connect("submission")
    login = b64encode(f"\0alice@example.test\0{PASSWORD}".encode()).decode()

    taken = await client.mail("a@remote.test", ["bob@example.test"], MESSAGE)
    signed_in = await sender.command(f"AUTH PLAIN {login}")

    assert taken.code == 250
    assert signed_in.code == 235  # guessing is counted by this process alone
    assert len(await house.wait_for_mail("bob", 1)) == 1


async def test_one_hundred_slow_peers_keep_nobody_out(doors: House) -> None:
    slow = [await doors.connect(greet=False) for _ in range(90)]
    for number, client in enumerate(slow):
        client.send(b"EHLO x.test\r\n" + (SENDER + BOB + b"DATA\r\nhalf" if number % 2 else b"MAIL"))

    quick = await doors.connect()

    assert (await quick.mail("a@remote.test", ["bob@example.test"], MESSAGE)).code == 250
    for client in slow:
        await client.close()
    await quick.command("QUIT")
    await until(lambda: doors.smtp.reception.connections.count == 0)
    assert await doors.count("spool_message") == 1
