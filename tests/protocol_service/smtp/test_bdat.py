"""BDAT (RFC 3030): chunks are counted, never searched, and read whatever becomes of them."""

from __future__ import annotations

import random

import pytest

from backend.kit import blobs, db
from protocol_service.smtp.commands import bdat
from tests.support.mail_house import House, until
from tests.support.smtp_raw import RawSmtp

HEAD = b"From: a@remote.test\r\nSubject: x\r\n\r\n"


async def _begin(house: House, parameters: str = "") -> RawSmtp:
    client = await house.connect()
    assert (await client.command(f"MAIL FROM:<a@remote.test>{parameters}")).code == 250
    assert (await client.command("RCPT TO:<bob@example.test>")).code == 250
    return client


def _chunk(data: bytes, *, last: bool = False) -> bytes:
    return b"BDAT %d%b\r\n" % (len(data), b" LAST" if last else b"") + data


async def _spooled() -> list[bytes]:
    rows = await db.fetch_rows("SELECT blob_id FROM spool_message ORDER BY id")
    return [(await blobs.read(blob_id)).split(b" +0000\r\n", 1)[1] for (blob_id,) in rows]


async def test_the_examples_of_the_rfc(doors: House) -> None:
    """RFC 3030 §4.1 and §4.2, with our hosts: a simple and a pipelined chunking session."""
    client = await _begin(doors)
    client.send(_chunk(HEAD + b"Hello\r\n.\r\nQUIT\r\n" + b"x" * 60 + b"\r\n", last=True))
    assert (await client.reply()).code == 250

    client.send(
        b"MAIL FROM:<a@remote.test>\r\nRCPT TO:<bob@example.test>\r\nRCPT TO:<alice@example.test>\r\n"
        + _chunk(HEAD)
        + _chunk(b"second\r\n")
        + _chunk(b"", last=True)
    )

    assert await client.codes(6) == [250] * 6
    assert await _spooled() == [
        HEAD + b"Hello\r\n.\r\nQUIT\r\n" + b"x" * 60 + b"\r\n",
        HEAD + b"second\r\n",
    ]


async def test_any_cut_gives_the_same_message(doors: House) -> None:
    dice = random.Random(11)
    sent = []
    client = await doors.connect()
    for _ in range(20):
        message = HEAD + b"".join(dice.choice([b".\r\n", b"..\r\n", b"\r\n", b"t\x80\r\n"]) for _ in range(9))
        sent.append(message)
        client.send(b"MAIL FROM:<a@remote.test>\r\nRCPT TO:<bob@example.test>\r\n")
        count, rest = 0, message
        while rest:
            size = dice.randrange(1, 40)
            piece, rest = rest[:size], rest[size:]
            client.send(_chunk(piece, last=not rest))
            count += 1
        assert await client.codes(2 + count) == [250] * (2 + count)

    assert await _spooled() == sent


async def test_octets_of_a_refused_chunk_are_never_commands(doors: House) -> None:
    client = await doors.connect()
    client.send(_chunk(b"RSET\r\nNOOP\r\n"))
    client.send(b"MAIL FROM:<a@remote.test>\r\n" + _chunk(b"QUIT\r\n") + b"NOOP\r\n")

    assert await client.codes(4) == [503, 250, 554, 250]
    assert await _spooled() == []


@pytest.mark.parametrize("argument", [b"", b"x", b"-1", b"5 MORE", b"5 LAST x", b"9999999999999"])
async def test_an_unreadable_size_ends_the_connection(doors: House, argument: bytes) -> None:
    client = await _begin(doors)
    client.send(b"BDAT " + argument + b"\r\nNOOP\r\n")

    assert (await client.reply()).code == 501
    assert await client.at_end()


async def test_data_and_bdat_do_not_mix(doors: House) -> None:
    client = await _begin(doors)
    client.send(_chunk(HEAD))
    assert (await client.reply()).code == 250

    assert (await client.command("DATA")).code == 503
    client.send(_chunk(b"end\r\n", last=True))
    assert (await client.reply()).code == 250
    assert await _spooled() == [HEAD + b"end\r\n"]


async def test_a_message_that_grows_too_large_is_refused_and_the_session_goes_on(doors: House) -> None:
    client = await doors.connect()
    limit = int((await client.command("EHLO again")).text.partition("SIZE ")[2].partition("\n")[0])
    client.send(b"MAIL FROM:<a@remote.test>\r\nRCPT TO:<bob@example.test>\r\n" + _chunk(HEAD))
    client.send(b"BDAT %d\r\n" % limit)
    assert await client.codes(3) == [250, 250, 250]
    for _ in range(limit // 65_536):
        client.send(bytes(65_536))
        await client.writer.drain()
    client.send(bytes(limit % 65_536))

    assert (await client.reply()).code == 552
    client.send(_chunk(b"x\r\n", last=True))
    assert (await client.reply()).code == 503
    assert doors.smtp.reception.budget.used_bytes == 0
    assert await _spooled() == []


async def test_the_number_of_chunks_is_bounded(doors: House, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bdat, "MOST_CHUNKS", 3)
    client = await _begin(doors)
    client.send(_chunk(b"a") * 4)

    assert await client.codes(4) == [250, 250, 250, 552]


@pytest.mark.parametrize("end", ["RSET", "EHLO x", "reset"])
async def test_an_abandoned_message_gives_its_memory_back(doors: House, end: str) -> None:
    client = await _begin(doors)
    client.send(_chunk(HEAD * 100))
    assert (await client.reply()).code == 250
    budget = doors.smtp.reception.budget
    assert budget.used_bytes == len(HEAD) * 100

    if end == "reset":
        client.send(b"BDAT 1000\r\nhalf")
        await client.writer.drain()
        await client.close(reset=True)
        await until(lambda: budget.used_bytes == 0)
    else:
        assert (await client.command(end)).code == 250

    assert budget.used_bytes == 0
    assert await _spooled() == []


async def test_a_last_line_without_end_gets_one(doors: House) -> None:
    client = await _begin(doors)
    client.send(_chunk(HEAD + b"no end", last=True))

    assert (await client.reply()).code == 250
    assert await _spooled() == [HEAD + b"no end\r\n"]


async def test_bare_line_ends_are_refused_by_bdat_too(doors: House) -> None:
    client = await _begin(doors)
    client.send(_chunk(HEAD + b"a\nb\r\n", last=True))

    reply = await client.reply()
    assert (reply.code, reply.text[:5]) == (550, "5.5.2")


async def test_binary_parts_are_taken_and_made_fit_for_the_store(doors: House) -> None:
    client = await _begin(doors, " BODY=BINARYMIME")
    assert (await client.command("DATA")).code == 503
    part = b"Content-Type: image/png\r\nContent-Transfer-Encoding: binary\r\n\r\n\x00\n\r\xff"
    client.send(_chunk(part, last=True))

    assert (await client.reply()).code == 250
    assert await _spooled() == [
        b"Content-Transfer-Encoding: base64\r\nContent-Type: image/png\r\n\r\nAAoN/w0K\r\n"
    ]
