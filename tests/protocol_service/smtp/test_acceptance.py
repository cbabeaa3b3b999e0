"""250 means: committed. Nothing before, nothing less, whatever happens around it."""

from __future__ import annotations

import asyncio
import sqlite3

import pytest

from backend.kit import db
from backend.kit.errors import Unavailable
from backend.kit.runtime import Runtime
from tests.support.mail_house import House, until
from tests.support.smtp_raw import RawSmtp

MESSAGE = b"Subject: =?utf-8?q?Gr=C3=BC=C3=9Fe?=\r\n from\r\nMessage-ID: <1@remote.test>\r\n\r\nx\r\n"


async def _send(client: RawSmtp, message: bytes = MESSAGE) -> None:
    client.send(b"MAIL FROM:<a@remote.test> RET=HDRS ENVID=e1\r\n")
    client.send(b"RCPT TO:<bob@example.test> NOTIFY=FAILURE ORCPT=rfc822;bob@old.test\r\nDATA\r\n")
    assert await client.codes(3) == [250, 250, 354]
    client.send(message + b".\r\n")


async def test_no_250_before_the_commit(doors: House) -> None:
    client = await doors.connect()
    async with db.transaction():  # holds the writer, as a slow disk would
        await _send(client)
        answer = asyncio.create_task(client.reply())
        done, _ = await asyncio.wait([answer], timeout=0.3)
        assert not done

    assert (await answer).code == 250
    # Another connection to the file sees it: it is committed, not only written.
    with sqlite3.connect(doors.rt.settings.sqlite_path) as other:
        assert other.execute("SELECT COUNT(*) FROM spool_recipient").fetchone() == (1,)


async def test_the_envelope_is_kept_whole(doors: House) -> None:
    client = await doors.connect()
    await _send(client)

    queued = (await client.reply()).text.removeprefix("2.0.0 Queued as ")

    message = await db.fetch_row(
        "SELECT sender, remote_address, helo, protocol, subject, message_id, ret, envid, open_count, held,"
        " size_bytes FROM spool_message"
    )
    recipient = await db.fetch_row(
        "SELECT localpart, domain, orcpt, notify, state, attempts FROM spool_recipient"
    )
    assert message is not None
    assert message[:10] == (
        "a@remote.test",
        "127.0.0.1",
        "client.example.test",
        "ESMTP",
        "Grüße from",
        "1@remote.test",
        "HDRS",
        "e1",
        1,
        0,
    )
    assert message[10] > len(MESSAGE)
    assert recipient == ("bob", "example.test", "rfc822;bob@old.test", "FAILURE", 0, 0)
    assert len(queued) > 8


async def test_a_peer_that_leaves_during_the_commit_does_not_undo_it(house: House) -> None:
    client = await house.connect()
    async with db.transaction():
        await _send(client)
        await until(lambda: house.smtp.reception.accepting)
        await client.close(reset=True)
        await until(lambda: not house.smtp.reception.servers)

    assert len(await house.wait_for_mail("bob", 1)) == 1


async def test_a_database_that_cannot_write_means_try_later(
    doors: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def refuse(*_: object, **__: object) -> None:
        raise Unavailable("The database cannot be written just now", detail={"cause": "disk I/O error"})

    client = await doors.connect()
    with monkeypatch.context() as patch:
        patch.setattr("protocol_service.smtp.handler.db.write", refuse)
        await _send(client)
        refused = await client.reply()
    await _send(client)

    assert str(refused) == "451 4.3.0 The database cannot be written just now"
    assert (await client.reply()).code == 250
    assert await doors.count("spool_message") == 1


async def test_a_large_message_lies_in_the_store_before_its_row(rt: Runtime, doors: House) -> None:
    body = b"Subject: big\r\n\r\n" + b"z" * 998 + b"\r\n" * 150_000
    client = await doors.connect()
    async with db.transaction():
        await _send(client, body)
        await until(lambda: any(path.is_file() for path in (rt.settings.data / "blobs").rglob("*")))
        assert await doors.count("spool_message") == 0

    assert (await client.reply()).code == 250
    assert await db.fetch_row("SELECT place, refs FROM blob") == (1, 1)


async def test_many_connections_at_once_lose_and_double_nothing(house: House) -> None:
    async def send_some(number: int) -> None:
        client = await house.connect()
        for at in range(10):
            message = b"Message-ID: <%d.%d@remote.test>\r\nSubject: x\r\n\r\nx\r\n" % (number, at)
            reply = await client.mail("a@remote.test", ["bob@example.test", "alice@example.test"], message)
            assert reply.code == 250

    await asyncio.gather(*(send_some(number) for number in range(20)))

    for name in ("alice", "bob"):
        stored = await house.wait_for_mail(name, 200)
        ids = {line for body in stored for line in body.splitlines() if line.startswith(b"Message-ID")}
        assert (len(stored), len(ids)) == (200, 200)
    assert house.worker is not None
    await house.worker.idle()
    assert {row["state"] for row in await house.spool_rows()} == {2}
    assert (
        await db.fetch_value("SELECT COUNT(*) FROM spool_message WHERE open_count = 0 AND finished_at > 0")
        == 200
    )
    assert await db.fetch_rows("SELECT DISTINCT refs FROM blob") == [(2,)]
