"""SMTP and IMAP: accepting, delivering, synchronizing, hearing of news."""

from __future__ import annotations

import asyncio
import imaplib
import smtplib
import time
from collections.abc import AsyncIterator

from tests.bench.figures import Figure, ms
from tests.support.crash import until_delivered
from tests.support.ledger import Ledger, body, hold, message
from tests.support.public_clients import PASSWORD
from tests.support.served import Served
from tests.support.web_client import Web

PEOPLE = ("sofia.rossi@example.org", "oliver.grant@example.org", "noah.bennett@example.org")
LISTENER = "priya.nair@example.org"
HEADERS = "FROM TO CC SUBJECT DATE MESSAGE-ID REFERENCES IN-REPLY-TO CONTENT-TYPE REPLY-TO PRIORITY"
CONNECTIONS = 20
PUSHES = 15


async def smtp(served: Served, count: int) -> AsyncIterator[Figure]:
    """Accepted and delivered messages in a second."""
    ledger = Ledger(count, PEOPLE, lambda: served.ports["smtp"])
    ledger.is_up.set()
    for number in range(count):  # writing letters is not what is measured
        body(number)
    began = time.monotonic()
    await ledger.send_all(CONNECTIONS)
    accepted_s = time.monotonic() - began
    await until_delivered(served.data / "postroom.db")
    delivered_s = time.monotonic() - began
    how = f"{count} messages of 1 to 100 KB, {CONNECTIONS} connections, a Python client on the same cores"
    yield Figure("SMTP accepted", f"{count / accepted_s:.0f}/s", how)
    yield Figure("SMTP accepted and delivered", f"{count / delivered_s:.0f}/s", how)
    port = served.ports["imap"]
    held = [await asyncio.to_thread(hold, port, login, PASSWORD) for login in PEOPLE]
    for one in held:
        # The sample's own letters lie there as well.
        one.messages = {uid: raw for uid, raw in one.messages.items() if b"\r\nX-Ledger: " in raw}
    wrong = ledger.audit(held)
    yield Figure("lost, doubled or changed", str(len(wrong)), "read back by IMAP and compared")


async def imap(served: Served, login: str) -> AsyncIterator[Figure]:
    """What a mail program does first."""
    port = served.ports["imap"]
    count, first_s = await asyncio.to_thread(_first_sync, port, login)
    again = [(await asyncio.to_thread(_first_sync, port, login))[1] for _ in range(2)]
    how = "SELECT, FETCH 1:* of UID, FLAGS, size and eleven header fields"
    yield Figure(f"IMAP first sync, {count} messages", f"{first_s:.2f} s, again {min(again):.2f} s", how)
    searches = await asyncio.to_thread(_searches, port, login)
    yield ms(f"IMAP SEARCH TEXT in {count} messages", searches, "a word that is nowhere")


def _first_sync(port: int, login: str) -> tuple[int, float]:
    with imaplib.IMAP4("127.0.0.1", port, timeout=120) as client:
        client.login(login, PASSWORD)
        began = time.monotonic()
        [exists] = client.select("INBOX", readonly=True)[1]
        sock = client.socket()
        sock.sendall(
            b"a1 UID FETCH 1:* (UID FLAGS RFC822.SIZE BODY.PEEK[HEADER.FIELDS (%b)])\r\n" % HEADERS.encode()
        )
        tail = b""
        while b"\r\na1 OK" not in tail:
            piece = sock.recv(1 << 18)
            if not piece:
                raise EOFError("the server closed the connection")
            tail = tail[-40:] + piece
        seconds = time.monotonic() - began
        return int(exists or b"0"), seconds


def _searches(port: int, login: str) -> list[float]:
    with imaplib.IMAP4("127.0.0.1", port, timeout=120) as client:
        client.login(login, PASSWORD)
        client.select("INBOX", readonly=True)
        found = []
        for number in range(3):
            began = time.monotonic()
            client.uid("SEARCH", "TEXT", f'"nowhereatall{number}"')
            found.append(time.monotonic() - began)
        return found


async def push(served: Served) -> AsyncIterator[Figure]:
    """From the 250 to the news of it, in IDLE and in the subscription."""
    heard = await asyncio.to_thread(_idle, served)
    yield ms("push by IMAP IDLE", heard, "250 to EXISTS")
    web = Web(served.http)
    await web.sign_in(LISTENER, PASSWORD)
    seconds = []
    with smtplib.SMTP("127.0.0.1", served.ports["smtp"], timeout=30) as client:
        async with web.live_changes() as changes:
            for number in range(PUSHES):
                news = asyncio.ensure_future(_heard(changes))
                began = await asyncio.to_thread(_accepted, client, message(number, 1, LISTENER))
                seconds.append(await asyncio.wait_for(news, 20) - began)
    await web.close()
    yield ms("push by GraphQL subscription", seconds, "250 to accountChanged")


async def _heard(changes: AsyncIterator[object]) -> float:
    await anext(changes)
    return time.monotonic()


def _accepted(client: smtplib.SMTP, raw: bytes) -> float:
    """Send a message; when its 250 came."""
    client.sendmail("a@north.example", [LISTENER], raw)
    return time.monotonic()


def _idle(served: Served) -> list[float]:
    found = []
    with (
        smtplib.SMTP("127.0.0.1", served.ports["smtp"], timeout=30) as sender,
        imaplib.IMAP4("127.0.0.1", served.ports["imap"], timeout=30) as client,
    ):
        client.login(LISTENER, PASSWORD)
        client.select("INBOX")
        for number in range(PUSHES):
            client.send(b"i%d IDLE\r\n" % number)
            client.readline()
            began = _accepted(sender, message(number, 0, LISTENER))
            while b"EXISTS" not in client.readline():
                pass
            found.append(time.monotonic() - began)
            client.send(b"DONE\r\n")
            while not client.readline().startswith(b"i%d OK" % number):
                pass
    return found
