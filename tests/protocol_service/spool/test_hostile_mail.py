"""Mail that is built to hurt its reader, and mail as broken programs write it: it is taken, kept byte for
byte, and can be listed by IMAP.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from backend.kit.runtime import Runtime
from protocol_service.imap import listener as imap_listener
from protocol_service.service import Service
from tests.support.imap_client import ImapClient
from tests.support.mail_house import PASSWORD, House, mail_house

FIXTURES = Path(__file__).parents[2] / "fixtures" / "messages"
LONGEST_S = 30  # RELIABILITY's bound for ENVELOPE and BODYSTRUCTURE
HEAD = b"From: eve@far.test\r\nTo: bob@example.test\r\nMIME-Version: 1.0\r\n"


def nested(depth: int) -> bytes:
    """Multiparts within each other."""
    opened = b"".join(
        b'Content-Type: multipart/mixed; boundary="b%d"\r\n\r\n--b%d\r\n' % (at, at) for at in range(depth)
    )
    return HEAD + opened + b"Content-Type: text/plain\r\n\r\ndeep\r\n"


def messages_in_messages(depth: int) -> bytes:
    return HEAD + b"Content-Type: message/rfc822\r\n\r\n" * depth + b"Subject: inmost\r\n\r\ndeep\r\n"


def many_parts(count: int) -> bytes:
    parts = b"--b\r\nContent-Type: text/plain\r\n\r\nx\r\n" * count
    return HEAD + b'Content-Type: multipart/mixed; boundary="b"\r\n\r\n' + parts + b"--b--\r\n"


BOMBS = {
    "multiparts 2,000 deep": nested(2000),
    "messages 2,000 deep": messages_in_messages(2000),
    "10,000 parts": many_parts(10_000),
    "boundaries of boundaries": HEAD
    + b'Content-Type: multipart/mixed; boundary="-"\r\n\r\n'
    + b"---\r\n" * 20_000,
    "encoded words": HEAD + b"Subject:" + b" =?utf-8?q?=C3=A4?=\r\n" * 20_000 + b"\r\nx\r\n",
    "encoded words that never end": HEAD + b"Subject: " + b"=?utf-8?q?" * 100_000 + b"\r\n\r\nx\r\n",
    "comments in comments": HEAD + b"Sender: " + b"(" * 200_000 + b"\r\n\r\nx\r\n",
    "groups and quotes": HEAD + b"Cc: " + b'a:"\\' * 50_000 + b"\r\n\r\nx\r\n",
    "100,000 addresses": HEAD + b"Cc: " + b"a@b.test," * 100_000 + b"\r\n\r\nx\r\n",
    "parameters in pieces": HEAD
    + b"Content-Type: text/plain"
    + b"".join(b"; name*%d*=%%41" % number for number in range(20_000))
    + b"\r\n\r\nx\r\n",
    "references": HEAD + b"References: " + b"<a@b.test> " * 50_000 + b"\r\n\r\nx\r\n",
}

BROKEN = {
    "no header": b"\r\nonly text\r\n",
    "no text": b"Subject: x\r\n",
    "nothing": b"",
    "no colon": b"This is no field\r\nSubject: x\r\n\r\nbody\r\n",
    "two of each": b"From: a@b.test\r\nFrom: c@d.test\r\nDate: x\r\nDate: y\r\nSubject: 1\r\nSubject: 2\r\n"
    b"\r\nx\r\n",
    "raw 8 bit in fields": b"From: J\xfcrgen <j@b.test>\r\nSubject: \xff\xfe\xc3\x28\r\n\r\nx\r\n",
    "unknown charset": b"Content-Type: text/plain; charset=klingon\r\nSubject: =?klingon?b?AAA?=\r\n"
    b"\r\n\xff\r\n",
    "odd type": b"Content-Type: ;;;/==\r\nContent-Transfer-Encoding: rot13\r\n\r\nx\r\n",
    "broken base64": b"Content-Transfer-Encoding: base64\r\n\r\n====AAA!!!\r\n",
    "broken quoted-printable": b"Content-Transfer-Encoding: quoted-printable\r\n\r\n=ZZ=\r\n=\r\n",
    "boundary never comes": b'Content-Type: multipart/mixed; boundary="b"\r\n\r\nx\r\n',
    "empty boundary": b'Content-Type: multipart/mixed; boundary=""\r\n\r\n--\r\nx\r\n----\r\n',
    "date of the year 10,000": b"Date: Fri, 99 Foo 99999 99:99:99 +9999\r\n\r\nx\r\n",
    "folded to nothing": b"Subject:\r\n \r\n\t\r\n x\r\n\r\nx\r\n",
    "NUL": b"Subject: a\0b\r\n\r\n\0\0\r\n",
    "dots": b"\r\n.\r\n..\r\n...\r\n",
    "a line of 100,000 bytes": b"Subject: x\r\n\r\n" + b"y" * 100_000 + b"\r\n",
    "addresses of nobody": b"From: <>\r\nTo: undisclosed-recipients:;\r\nCc: @,@,<@>\r\nBcc: ,,,\r\n"
    b"\r\nx\r\n",
    **{
        path.stem: path.read_bytes().replace(b"\r\n", b"\n").replace(b"\n", b"\r\n")
        for path in sorted(FIXTURES.glob("*.eml"))
    },
}


@pytest.fixture
async def house(rt: Runtime) -> AsyncIterator[House]:
    """With a worker."""
    async with mail_house(rt) as running:
        yield running


async def list_by_imap(house: House, count: int) -> None:
    """Read the answers to what every client asks first, within the time that is promised."""
    role = await imap_listener.start(Service(house.rt.settings, house.rt))
    try:
        client = await ImapClient.connect(role.addresses["imap"])
        await client.login("bob@example.test", PASSWORD)
        async with asyncio.timeout(LONGEST_S):
            await client.ok("SELECT INBOX")
            found = await client.ok("FETCH 1:* (ENVELOPE BODYSTRUCTURE RFC822.SIZE)")
        await client.close()
    finally:
        await role.close()
    answers = [line for line in found if b" FETCH (ENVELOPE (" in line[:40]]
    assert len(answers) == count


async def test_bombs_are_stored_and_listed_in_time(house: House) -> None:
    client = await house.connect()
    for name, raw in BOMBS.items():
        assert (await client.mail("eve@far.test", ["bob@example.test"], raw)).code == 250, name
    kept = await house.wait_for_mail("bob", len(BOMBS), timeout_s=60)

    for name, raw in BOMBS.items():
        assert any(one.endswith(raw) for one in kept), name
    await list_by_imap(house, len(BOMBS))


async def test_broken_mail_is_taken_and_kept_byte_for_byte(house: House) -> None:
    client = await house.connect()
    for name, raw in BROKEN.items():
        assert (await client.mail("eve@far.test", ["bob@example.test"], raw)).code == 250, name
    kept = await house.wait_for_mail("bob", len(BROKEN), timeout_s=60)

    for name, raw in BROKEN.items():
        ends = raw if raw.endswith(b"\r\n") or not raw else raw + b"\r\n"
        assert any(one.endswith(b"\r\n" + ends) for one in kept), name
        assert all(one.startswith(b"Return-Path: <eve@far.test>\r\n") for one in kept)
    await list_by_imap(house, len(BROKEN))
