"""Faults of whole processes: killed, stopped, started twice. Nothing that was promised may be lost."""

from __future__ import annotations

import asyncio
import imaplib
import os
import signal
import subprocess
import time
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import Any

import pytest

from tests.support import crash
from tests.support.crash import PASSWORD
from tests.support.dns_stub import dns_stub
from tests.support.ledger import Ledger, hold
from tests.support.pop3_client import Pop3Client
from tests.support.public_clients import Mailbox, send
from tests.support.served import SCRIPT, Served
from tests.support.web_client import Web

LETTER = b"From: amara@north.example\r\nSubject: %b\r\n\r\nHello\r\n"


@pytest.fixture
async def served(tmp_path: Path) -> AsyncIterator[Served]:
    """A running installation with Maren, Sofia and Oliver."""
    async with dns_stub() as dns:
        house = Served(tmp_path, POSTROOM_DNS_SERVERS=f"{dns.address[0]}:{dns.address[1]}")
        try:
            await house.start()
            await crash.people(house)
            yield house
        finally:
            await house.close()


async def deliver(served: Served, subject: bytes, timeout_s: float = 30) -> bytes:
    """Send a message to Maren and read it back."""

    def work() -> bytes:
        send(served.ports["smtp"], "amara@north.example", ["maren@example.test"], LETTER % subject)
        with Mailbox(served.ports["imap"], "maren@example.test") as inbox:
            [uid] = inbox.wait(1, "SUBJECT", f'"{subject.decode()}"', timeout_s=timeout_s)
            return inbox.raw(uid)

    return await asyncio.to_thread(work)


async def eventually(what: Callable[[], Any], timeout_s: float = 30) -> Any:
    """Try until it works; the last failure after the time."""
    deadline = time.monotonic() + timeout_s
    while True:
        try:
            return await asyncio.to_thread(what)
        except (OSError, imaplib.IMAP4.error, EOFError):
            if time.monotonic() > deadline:
                raise
            await asyncio.sleep(0.1)


@pytest.mark.slow
@pytest.mark.timeout(300)
async def test_nothing_is_lost_or_doubled_when_all_processes_are_killed(tmp_path: Path) -> None:
    report = await crash.run(tmp_path, count=300, kills=2)

    assert report.wrong == []
    assert report.accepted == 300
    assert report.tried > 300  # the kills did hit messages under way


@pytest.mark.slow
@pytest.mark.timeout(300)
async def test_nothing_is_lost_or_doubled_when_single_processes_are_killed(tmp_path: Path) -> None:
    report = await crash.run(
        tmp_path, count=300, kills=4, victims=("protocol", "valkey", "backend"), processes=2
    )

    assert report.wrong == []
    assert report.accepted == 300


async def test_a_killed_mail_service_comes_back_while_the_web_serves_on(served: Served) -> None:
    web = Web(served.http)
    await web.sign_in("maren@example.test", PASSWORD)

    served.child("protocol").kill()

    assert (await web.boxes())["INBOX"]["total"] == 0
    imap = served.ports["imap"]
    await eventually(lambda: hold(imap, "maren@example.test", PASSWORD))
    assert b"Subject: after" in await deliver(served, b"after")
    assert (await web.boxes())["INBOX"]["total"] == 1
    await web.close()


async def test_a_killed_web_service_comes_back_while_mail_goes_on(served: Served) -> None:
    backend = served.child("backend")
    backend.kill()

    assert b"Subject: meanwhile" in await deliver(served, b"meanwhile")

    def asked() -> dict[str, Any]:
        async def ask() -> dict[str, Any]:
            web = Web(served.http)
            await web.sign_in("maren@example.test", PASSWORD)
            found = await web.boxes()
            await web.close()
            return found

        return asyncio.run(ask())

    import httpx

    deadline = time.monotonic() + 30
    while True:
        try:
            boxes = await asyncio.to_thread(asked)
            break
        except httpx.HTTPError:
            assert time.monotonic() < deadline
            await asyncio.sleep(0.1)
    assert boxes["INBOX"]["total"] == 1


@pytest.mark.slow
@pytest.mark.timeout(240)
async def test_mail_goes_on_when_valkey_is_killed_under_load(served: Served) -> None:
    recipients = [f"{localpart}@example.test" for localpart in crash.LOCALPARTS]
    ledger = Ledger(60, recipients, lambda: served.ports["smtp"])
    ledger.is_up.set()

    async with asyncio.timeout(100), asyncio.TaskGroup() as group:
        group.create_task(ledger.send_all(4))
        await ledger.wait_for(15)
        served.child("valkey").kill()

    assert len(ledger.tried) == 60  # not one had to be tried again
    await crash.until_delivered(served.data / "postroom.db")
    imap = served.ports["imap"]
    held = [await asyncio.to_thread(hold, imap, login, PASSWORD) for login in recipients]
    assert ledger.audit(held) == []


async def test_a_second_server_on_the_same_folder_is_refused_in_one_line(served: Served) -> None:
    assert served.process is not None

    def again() -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [SCRIPT, "serve"],
            check=False,
            env=served.environment,
            capture_output=True,
            text=True,
            timeout=60,
        )

    second = await asyncio.to_thread(again)

    assert second.returncode == 1
    assert second.stdout == ""
    [line] = second.stderr.splitlines()
    assert f"is already served by process {served.process.pid}" in line
    assert b"Subject: still here" in await deliver(served, b"still here")


async def test_the_main_process_killed_alone_leaves_nothing_and_starts_again(served: Served) -> None:
    assert served.process is not None
    await deliver(served, b"before")

    os.kill(served.process.pid, signal.SIGKILL)
    await asyncio.to_thread(served.process.wait, 15)
    deadline = time.monotonic() + 10
    while served.survivors():
        assert time.monotonic() < deadline, served.survivors()
        await asyncio.sleep(0.05)

    await served.start()
    assert b"Subject: again" in await deliver(served, b"again")
    with_both = await asyncio.to_thread(hold, served.ports["imap"], "maren@example.test", PASSWORD)
    assert len(with_both.uids) == 2


async def test_the_signal_to_stop_ends_open_idle_connections_and_leaves_no_process(served: Served) -> None:
    idle = []
    for _ in range(3):
        client = imaplib.IMAP4("127.0.0.1", served.ports["imap"], timeout=20)
        client.login("maren@example.test", PASSWORD)
        client.select("INBOX")
        client.send(b"a1 IDLE\r\n")
        assert client.readline().startswith(b"+")
        idle.append(client)
    web = Web(served.http)
    await web.sign_in("maren@example.test", PASSWORD)

    async with web.live_changes():
        began = time.monotonic()
        assert await served.stop() == 0
        assert time.monotonic() - began < 15

    assert served.survivors() == []
    for client in idle:
        assert client.readline().startswith(b"* BYE")
        client.shutdown()
    await web.close()


async def test_clients_in_the_midst_of_something_do_not_hold_up_the_stop(served: Served) -> None:
    big = b"x" * 78 + b"\r\n"

    await asyncio.to_thread(
        send,
        served.ports["smtp"],
        "amara@north.example",
        ["maren@example.test"],
        LETTER % b"big" + big * 100_000,
    )
    with Mailbox(served.ports["imap"], "maren@example.test") as inbox:
        await asyncio.to_thread(inbox.wait, 1)
    deaf, deaf_writer = await asyncio.open_connection("127.0.0.1", served.ports["imap"], limit=8192)
    login = f'a LOGIN maren@example.test "{PASSWORD}"'
    deaf_writer.write(f"{login}\r\nb SELECT INBOX\r\nc FETCH 1 BODY.PEEK[]\r\n".encode())
    await deaf.readuntil(b"BODY[] {")  # the answer has begun; nobody reads on
    sender, sender_writer = await asyncio.open_connection("127.0.0.1", served.ports["smtp"])
    sender_writer.write(
        b"EHLO a\r\nMAIL FROM:<a@north.example>\r\nRCPT TO:<maren@example.test>\r\nDATA\r\n"
        + LETTER % b"half"
    )
    await sender.readuntil(b"354 ")
    _, stranger_writer = await asyncio.open_connection("127.0.0.1", served.ports["imaps"])  # no handshake

    assert await served.stop() == 0

    assert served.survivors() == []
    assert b"\r\n250 " not in await sender.read()  # nothing was promised
    for writer in (deaf_writer, sender_writer, stranger_writer):
        writer.close()
    await served.start()
    with Mailbox(served.ports["imap"], "maren@example.test") as inbox:
        assert len(inbox.uids("ALL")) == 1


async def test_a_kill_in_a_pop3_session_deletes_nothing(served: Served) -> None:
    raw = await deliver(served, b"kept")
    pop3 = await Pop3Client.connect(("127.0.0.1", served.ports["pop3"]))
    await pop3.login("maren@example.test", PASSWORD)
    assert await pop3.many("RETR 1") == raw
    await pop3.ok("DELE 1")

    await served.kill()
    await pop3.close()
    await served.start()

    pop3 = await Pop3Client.connect(("127.0.0.1", served.ports["pop3"]))
    size = b"The maildrop has 1 messages (%d octets)" % len(raw)
    assert await pop3.login("maren@example.test", PASSWORD) == size
    assert await pop3.many("RETR 1") == raw
    await pop3.ok("DELE 1")
    await pop3.ok("QUIT")
    await pop3.close()
    await served.kill()
    await served.start()
    with Mailbox(served.ports["imap"], "maren@example.test") as inbox:
        assert inbox.uids("ALL") == []
