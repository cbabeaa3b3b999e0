"""OBJECTID (RFC 8474): ids of mailboxes, emails and threads."""

from __future__ import annotations

import re

import pytest

from protocol_service.imap import object_ids
from tests.protocol_service.imap.messages import PLAIN, numbered
from tests.support.imap_client import ImapClient

REPLY = (
    b"From: alice@example.test\r\nSubject: Re: Hello there\r\nMessage-ID: <two@example.test>\r\n"
    b"In-Reply-To: <one@example.org>\r\n\r\nyes\r\n"
)


async def ids(imap: ImapClient, number: int) -> tuple[bytes, bytes]:
    [line] = await imap.ok(f"FETCH {number} (EMAILID THREADID)")
    match = re.fullmatch(rb"\* \d+ FETCH \(EMAILID \((M\d+)\) THREADID \((T\d+)\)\)", line)
    assert match, line
    return match[1], match[2]


async def test_a_mailbox_keeps_its_id(imap: ImapClient) -> None:
    made = await imap.command("CREATE foo")
    match = re.fullmatch(rb"OK \[MAILBOXID \((F\d+)\)\] CREATE completed", made.status)
    assert match

    await imap.ok("RENAME foo bar")

    assert await imap.ok("STATUS bar (MAILBOXID)") == [b'* STATUS "bar" (MAILBOXID (%b))' % match[1]]
    assert b"* OK [MAILBOXID (%b)] Mailbox identifier" % match[1] in await imap.ok("SELECT bar")
    again = await imap.command("CREATE foo")
    assert match[1] not in again.status


async def test_copies_share_an_email_and_answers_a_thread(imap: ImapClient) -> None:
    await imap.append("INBOX", PLAIN)
    await imap.append("INBOX", REPLY)
    await imap.append("INBOX", numbered(3))
    await imap.ok("CREATE Copies")
    await imap.ok("SELECT INBOX")
    first, reply, other = [await ids(imap, number) for number in (1, 2, 3)]

    assert len({first[0], reply[0], other[0]}) == 3
    assert first[1] == reply[1] != other[1]
    assert await imap.ok(f"SEARCH EMAILID {other[0].decode()}") == [b"* SEARCH 3"]
    assert await imap.ok(f"SEARCH THREADID {first[1].decode()}") == [b"* SEARCH 1 2"]
    assert await imap.ok(f"SEARCH 2:* THREADID {first[1].decode()}") == [b"* SEARCH 2"]
    await imap.ok("COPY 1 Copies")
    await imap.ok("MOVE 3 Copies")
    await imap.ok("SELECT Copies")
    assert [await ids(imap, number) for number in (1, 2)] == [first, other]


@pytest.mark.parametrize(
    "key", ["EMAILID T1", "THREADID M1", "EMAILID x-y_z", "THREADID T9999999999999999999"]
)
async def test_an_id_that_we_never_gave_finds_nothing(imap: ImapClient, key: str) -> None:
    await imap.append("INBOX", PLAIN)
    await imap.ok("SELECT INBOX")

    assert await imap.ok(f"SEARCH {key}") == [b"* SEARCH"]


def test_numbers_beyond_the_store_are_none() -> None:
    assert object_ids.number_of(b"M9223372036854775807", b"M") == (1 << 63) - 1
    assert object_ids.number_of(b"M9223372036854775808", b"M") is None
    assert object_ids.number_of(b"M", b"M") is None
