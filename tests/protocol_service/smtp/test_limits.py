"""Too many, too slow, too full, and going down."""

from __future__ import annotations

import asyncio

import pytest

from backend.kit.runtime import Runtime
from protocol_service.connections import Connections
from protocol_service.smtp.reception import DiskReserve
from tests.support.mail_house import House, mail_house

MESSAGE = b"Subject: x\r\n\r\nx\r\n"


async def test_too_many_connections_of_one_address(doors: House) -> None:
    doors.smtp.reception.connections = Connections(doors.rt.settings, per_address=3)
    clients = [await doors.connect() for _ in range(3)]

    extra = await doors.connect(greet=False)

    assert str(await extra.reply()) == "421 4.7.0 Too many connections, try again later"
    assert await extra.at_end()
    assert (await clients[0].command("QUIT")).code == 221
    await clients[0].at_end()
    assert (await (await doors.connect(greet=False)).reply()).code == 220


@pytest.mark.parametrize("sent", [b"", b"EHLO x.te", b"E"], ids=["silent", "half", "trickle"])
async def test_a_peer_that_does_not_greet_is_closed(
    doors: House, monkeypatch: pytest.MonkeyPatch, sent: bytes
) -> None:
    monkeypatch.setattr("protocol_service.smtp.wire.GREETING_S", 0.2)
    client = await doors.connect(greet=False)
    await client.reply()

    client.send(sent)

    assert str(await client.reply()) == "421 4.4.2 Timed out, closing the connection"
    assert await client.at_end()


async def test_an_idle_peer_is_closed_in_commands_and_in_data(
    doors: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("protocol_service.smtp.wire.GREETING_S", 0.1)
    monkeypatch.setattr("protocol_service.smtp.wire.IDLE_S", 0.3)
    monkeypatch.setattr("protocol_service.smtp.commands.data.IDLE_S", 0.3)
    idle, sending = await doors.connect(), await doors.connect()
    sending.send(b"MAIL FROM:<a@remote.test>\r\nRCPT TO:<bob@example.test>\r\nDATA\r\nSubject: x\r\n")

    assert await sending.codes(3) == [250, 250, 354]
    assert [(await client.reply()).code for client in (idle, sending)] == [421, 421]
    assert await doors.count("spool_message") == 0


async def test_a_peer_that_never_reads_its_answers_is_closed(
    doors: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("protocol_service.smtp.wire.GREETING_S", 0.1)
    monkeypatch.setattr("protocol_service.smtp.wire.IDLE_S", 0.5)
    monkeypatch.setattr("protocol_service.smtp.server.COMMAND_LIMIT", 10**9)
    reader, writer = await asyncio.open_connection(*doors.smtp.addresses["smtp"], limit=1024)
    writer.write(b"EHLO x.test\r\n")

    with pytest.raises(ConnectionError):
        while True:
            writer.write(b"NOOP\r\n" * 10_000)
            async with asyncio.timeout(20):
                await writer.drain()

    await doors.smtp.reception.empty()
    assert reader.at_eof() or reader.exception() is not None
    writer.close()


async def test_the_last_of_the_disk_is_kept(doors: House, monkeypatch: pytest.MonkeyPatch) -> None:
    free = 10_000
    monkeypatch.setattr(DiskReserve, "_measure", lambda self: free)
    client = await doors.connect()

    fits = await client.command("MAIL FROM:<a@remote.test> SIZE=9999")
    await client.command("RSET")
    too_large = await client.command("MAIL FROM:<a@remote.test> SIZE=10000")

    assert fits.code == 250
    assert str(too_large) == "452 4.3.1 Insufficient system storage, try again later"


async def test_shutting_down_waits_for_the_message_under_way(rt: Runtime) -> None:
    async with mail_house(rt, with_worker=False) as house:
        idle, sending = await house.connect(), await house.connect()
        sending.send(b"MAIL FROM:<a@remote.test>\r\nRCPT TO:<bob@example.test>\r\nDATA\r\n")
        assert await sending.codes(3) == [250, 250, 354]

        draining = asyncio.create_task(house.smtp.drain())
        assert str(await idle.reply()) == "421 4.3.2 Service is shutting down, try again later"
        assert not draining.done()
        sending.send(MESSAGE + b".\r\n")
        codes = await sending.codes(2)
        await draining

        assert codes == [250, 421]
        assert await house.count("spool_message") == 1
        with pytest.raises(OSError):
            await house.connect()
