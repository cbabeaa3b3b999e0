"""Reading a message: its end, its size, its lines, and peers that misbehave on the way."""

from __future__ import annotations

import asyncio
import random
import tracemalloc

import pytest

from backend.kit import blobs, db
from protocol_service.smtp.reception import DataBudget
from tests.support.mail_house import House, until
from tests.support.smtp_raw import RawSmtp, stuffed

HEAD = b"From: a@remote.test\r\nSubject: x\r\n\r\n"


async def _begin(house: House) -> RawSmtp:
    client = await house.connect()
    for line in ("MAIL FROM:<a@remote.test>", "RCPT TO:<bob@example.test>"):
        assert (await client.command(line)).code == 250
    assert (await client.command("DATA")).code == 354
    return client


async def _spooled() -> list[bytes]:
    rows = await db.fetch_rows("SELECT blob_id FROM spool_message ORDER BY id")
    return [await blobs.read(blob_id) for (blob_id,) in rows]


async def test_any_message_in_any_pieces_arrives_as_it_was(doors: House) -> None:
    dice = random.Random(7)
    client = await doors.connect()
    lines = [b"", b".", b"..", b".x", b"text", b"\x80\xff", b"x" * 2000]
    sent = []
    for _ in range(40):
        message = b"".join(dice.choice(lines) + b"\r\n" for _ in range(dice.randrange(8)))
        sent.append(message)
        wire = b"MAIL FROM:<a@remote.test>\r\nRCPT TO:<bob@example.test>\r\nDATA\r\n"
        wire += (stuffed(message) if message else b".\r\n") + b"NOOP\r\n"
        while wire:
            size = dice.choice([1, 2, 3, 5, 100, 10_000])
            client.send(wire[:size])
            wire = wire[size:]
            if dice.random() < 0.3:
                await client.writer.drain()
                await asyncio.sleep(0)
        assert await client.codes(5) == [250, 250, 354, 250, 250]

    stored = await _spooled()

    assert [body.split(b" +0000\r\n", 1)[1] for body in stored] == sent


@pytest.mark.parametrize(
    "end",
    [
        b"\n.\n",
        b"\n.\r\n",
        b"\r.\r",
        b"\r\n.\n",
        b"\r\n.\r",
        b"\n.\r",
        b"\r.\n",
        b"\r.\r\n",
        b"\r\n\0.\r\n",
        b"\n\n.\r\n",
    ],
    ids=lambda end: end.hex(),
)
async def test_smuggling_never_splits_a_message(doors: House, end: bytes) -> None:
    client = await _begin(doors)
    smuggled = (
        b"MAIL FROM:<boss@example.test>\r\nRCPT TO:<bob@example.test>\r\nDATA\r\nFrom: boss\r\n\r\nevil"
    )

    client.send(HEAD + b"hello" + end + smuggled + b"\r\n.\r\n")
    reply = await client.reply()

    assert (await client.command("NOOP")).code == 250
    stored = await _spooled()
    if end == b"\r\n\0.\r\n":  # no bare CR or LF: one message, with what was to be smuggled as its text
        assert reply.code == 250
        assert len(stored) == 1
        assert smuggled in stored[0]
    else:
        assert str(reply) == "550 5.5.2 Message has a CR or LF that is not part of a CR LF"
        assert stored == []


@pytest.mark.parametrize("body", [b"a\nb\r\n", b"a\rb\r\n", b"a\r\r\n", b"\n\r\n"])
async def test_bare_cr_and_lf_are_refused(doors: House, body: bytes) -> None:
    client = await _begin(doors)

    client.send(HEAD + body + b".\r\n")

    assert str(await client.reply()).startswith("550 5.5.2")
    assert await _spooled() == []


async def test_nul_and_eight_bit_bytes_are_kept(doors: House) -> None:
    body = HEAD + bytes(byte for byte in range(256) if byte not in (10, 13)) + b"\r\n"
    client = await _begin(doors)

    client.send(stuffed(body))

    assert (await client.reply()).code == 250
    (stored,) = await _spooled()
    assert stored.endswith(body)


@pytest.mark.parametrize("extra_bytes", [0, 1])
async def test_the_size_limit_is_exact_and_the_session_goes_on(doors: House, extra_bytes: int) -> None:
    limit = 100_000
    client = await _limited(doors, limit)

    client.send(HEAD + b"x" * (limit - len(HEAD) - 2 + extra_bytes) + b"\r\n.\r\nNOOP\r\n")

    assert await client.codes(2) == [552 if extra_bytes else 250, 250]
    assert len(await _spooled()) == 1 - extra_bytes


async def test_an_oversized_message_is_read_to_its_end_in_flat_memory(doors: House) -> None:
    client = await _limited(doors, 100_000)
    block = b"y" * 998 + b"\r\n"

    tracemalloc.start()
    client.send(HEAD)
    for _ in range(300):
        client.send(block * 100)
        await client.writer.drain()
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    client.send(b".\r\nNOOP\r\n")

    assert str(await client.reply()) == "552 5.3.4 Message exceeds the size limit"
    assert (await client.reply()).code == 250
    assert peak < 15_000_000  # of 30 MB sent; the client in this process has its share
    assert await _spooled() == []


async def test_data_that_never_ends_ends_the_connection(
    doors: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("protocol_service.smtp.commands.data.DISCARD_LIMIT", 1_000_000)
    client = await _limited(doors, 100_000)

    client.send(HEAD + (b"y" * 998 + b"\r\n") * 3000)

    assert str(await client.reply()) == "552 5.3.4 Message exceeds the size limit"
    assert await _spooled() == []


async def test_messages_under_way_share_a_bounded_memory(doors: House) -> None:
    doors.smtp.reception.budget = DataBudget(150_000)
    greedy, late = await _begin(doors), await _begin(doors)

    greedy.send(HEAD + (b"g" * 98 + b"\r\n") * 1000)
    await until(lambda: doors.smtp.reception.budget.used_bytes > 99_000)
    late.send(HEAD + (b"l" * 98 + b"\r\n") * 1000 + b".\r\n")
    refused = await late.reply()
    greedy.send(b".\r\n")
    taken = await greedy.reply()

    assert [str(refused), taken.code] == ["452 4.3.1 Insufficient system storage, try again later", 250]
    assert doors.smtp.reception.budget.used_bytes == 0


async def test_a_message_that_has_come_too_far_is_refused(doors: House) -> None:
    client = await doors.connect()
    hop = b"Received: from a by b; Sat, 22 Nov 2025 18:21:00 +0000\r\n"

    replies = [await client.mail("a@remote.test", ["bob@example.test"], hop * n + HEAD) for n in (50, 51)]

    assert [str(reply)[:9] for reply in replies] == ["250 2.0.0", "554 5.4.6"]


@pytest.mark.parametrize(
    "head", [b"X: " + b"y" * 1_000_000 + b"\r\n", b"X-Y: z\r\n" * 20_000], ids=["long", "many"]
)
async def test_monstrous_headers_are_stored(house: House, head: bytes) -> None:
    client = await house.connect()

    reply = await client.mail("a@remote.test", ["bob@example.test"], head + HEAD + b"x\r\n")

    assert reply.code == 250
    (stored,) = await house.wait_for_mail("bob", 1)
    assert stored.endswith(head + HEAD + b"x\r\n")


async def test_clients_that_vanish_leave_nothing(doors: House) -> None:
    clients = [await _begin(doors) for _ in range(80)]

    for number, client in enumerate(clients):
        client.send(HEAD + b"half a message" * number)
        await client.close(reset=number % 2 == 0)
    await doors.smtp.reception.empty()

    assert await _spooled() == []
    assert doors.smtp.reception.budget.used_bytes == 0
    assert doors.smtp.reception.connections.count == 0


async def _limited(house: House, limit: int) -> RawSmtp:
    from backend.directory import settings
    from backend.directory.principal import SYSTEM
    from backend.directory.setting_key import Level

    await settings.set_value(SYSTEM, "message.max_bytes", Level.SYSTEM, 0, limit)
    return await _begin(house)
