"""UIDONLY (RFC 9586): neither side speaks of sequence numbers."""

from __future__ import annotations

import re

import pytest

from protocol_service.imap import limits
from tests.protocol_service.imap.conftest import ImapHouse
from tests.protocol_service.imap.messages import PLAIN, numbered
from tests.support.imap_client import ImapClient

UIDREQUIRED = b"BAD [UIDREQUIRED] "


@pytest.fixture
async def inbox(imap: ImapClient) -> ImapClient:
    """alice in an INBOX whose messages have the UIDs 2 to 4."""
    for number in range(1, 5):
        await imap.append("INBOX", numbered(number))
    await imap.ok("SELECT INBOX")
    await imap.ok("STORE 1 +FLAGS.SILENT (\\Deleted)")
    await imap.ok("EXPUNGE")
    await imap.ok("UNSELECT")
    assert await imap.ok("ENABLE UIDONLY") == [b"* ENABLED UIDONLY"]
    await imap.ok("SELECT INBOX")
    return imap


async def test_uid_fetch_answers_uidfetch(inbox: ImapClient) -> None:
    size = len(numbered(2))

    assert await inbox.ok("UID FETCH 2:* FLAGS") == [b"* %d UIDFETCH (FLAGS ())" % uid for uid in (2, 3, 4)]
    assert await inbox.ok("UID FETCH 2 (UID RFC822.SIZE)") == [b"* 2 UIDFETCH (UID 2 RFC822.SIZE %d)" % size]
    assert await inbox.ok("UID FETCH 3 BODY.PEEK[TEXT]") == [b"* 3 UIDFETCH (BODY[TEXT] {8}\r\ntext 3\r\n)"]


async def test_a_large_body_too(inbox: ImapClient) -> None:
    raw = PLAIN + b"0123456789abcde\n" * (limits.SLICE_BYTES // 16)
    await inbox.append("INBOX", raw)

    assert await inbox.ok("UID FETCH 5 BODY.PEEK[]") == [
        b"* 5 UIDFETCH (BODY[] {%d}\r\n%b)" % (len(raw), raw)
    ]


async def test_uid_store_answers_uidfetch(inbox: ImapClient) -> None:
    assert await inbox.ok("UID STORE 2,4 +FLAGS (\\Flagged)") == [
        b"* %d UIDFETCH (FLAGS (\\Flagged))" % uid for uid in (2, 4)
    ]
    await inbox.ok("ENABLE CONDSTORE")
    [line] = await inbox.ok("UID STORE 3 +FLAGS.SILENT (\\Seen)")
    assert re.fullmatch(rb"\* 3 UIDFETCH \(MODSEQ \(\d+\)\)", line)


async def test_expunges_and_changes_by_others_are_told_by_uid(house: ImapHouse, inbox: ImapClient) -> None:
    other = await house.client(select="INBOX")
    await other.ok("UID STORE 2,4 +FLAGS.SILENT (\\Deleted)")
    await other.ok("UID EXPUNGE 2")

    told = await inbox.ok("NOOP")

    assert told == [b"* VANISHED 2", b"* 4 UIDFETCH (FLAGS (\\Deleted))"]
    assert await inbox.ok("UID EXPUNGE 4") == [b"* VANISHED 4"]
    assert await inbox.ok("EXPUNGE") == []


@pytest.mark.parametrize(
    "line",
    [
        "FETCH 1 FLAGS",
        "STORE 1 +FLAGS (\\Seen)",
        "SEARCH ALL",
        "COPY 1 Archive",
        "MOVE 1 Archive",
        "UID SEARCH 1:2",
        "UID SEARCH NOT (OR 1 UID 2)",
        "UID SEARCH *",
    ],
)
async def test_numbers_are_refused(inbox: ImapClient, line: str) -> None:
    assert (await inbox.refused(line)).startswith(UIDREQUIRED)


async def test_match_data_of_qresync_is_refused(inbox: ImapClient) -> None:
    await inbox.ok("ENABLE QRESYNC")

    assert (await inbox.refused("SELECT INBOX (QRESYNC (1 1 1:4 (1:2 1:2)))")).startswith(UIDREQUIRED)


async def test_searching_by_uid_goes_on(inbox: ImapClient) -> None:
    assert await inbox.ok("UID SEARCH UID 3:*") == [b"* SEARCH 3 4"]
    assert (await inbox.ok("UID SEARCH RETURN (ALL) UID 3"))[0].endswith(b" UID ALL 3")


async def test_what_is_not_enabled_stays(house: ImapHouse) -> None:
    imap = await house.client(select="INBOX")
    await imap.append("INBOX", PLAIN)

    assert await imap.ok("FETCH 1 FLAGS") == [b"* 1 FETCH (FLAGS ())"]
