"""REPLACE (RFC 8508): one message goes, another comes, or nothing happens."""

from __future__ import annotations

import re

import pytest

from backend.directory import settings
from backend.directory.principal import SYSTEM
from backend.directory.setting_key import Level
from tests.protocol_service.imap.conftest import ImapHouse
from tests.protocol_service.imap.messages import PLAIN, numbered
from tests.support.imap_client import ImapClient

NEW = numbered(9, "instead")


@pytest.fixture
async def drafts(imap: ImapClient) -> ImapClient:
    """alice in Drafts with three messages."""
    for number in (1, 2, 3):
        await imap.append("Drafts", numbered(number), "(\\Flagged) ")
    await imap.ok("SELECT Drafts")
    return imap


async def test_replace_in_the_same_mailbox(drafts: ImapClient) -> None:
    answer = await drafts.command(b"REPLACE 2 Drafts (\\Seen \\Draft) {%d}" % len(NEW), NEW + b"\r\n")

    assert answer.status == b"OK REPLACE completed"
    assert re.fullmatch(rb"\* OK \[APPENDUID \d+ 4\] Replacement stored", answer.untagged[0])
    assert answer.untagged[1:] == [b"* 2 EXPUNGE", b"* 3 EXISTS", b"* 0 RECENT"]
    assert await drafts.ok("FETCH 3 (UID FLAGS BODY.PEEK[])") == [
        b"* 3 FETCH (UID 4 FLAGS (\\Seen \\Draft) BODY[] {%d}\r\n%b)" % (len(NEW), NEW)
    ]


async def test_uid_replace_into_another_mailbox(drafts: ImapClient) -> None:
    answer = await drafts.command(b"UID REPLACE 3 Sent (\\Seen) {%d+}\r\n%b" % (len(NEW), NEW))

    assert answer.status == b"OK REPLACE completed"
    assert re.fullmatch(rb"\* OK \[APPENDUID \d+ 1\] Replacement stored", answer.untagged[0])
    assert answer.untagged[1:] == [b"* 3 EXPUNGE"]
    assert await drafts.ok("STATUS Sent (MESSAGES)") == [b'* STATUS "Sent" (MESSAGES 1)']
    assert await drafts.ok("SEARCH ALL") == [b"* SEARCH 1 2"]


async def test_a_star_is_the_last_message(drafts: ImapClient) -> None:
    await drafts.ok(b"REPLACE * Drafts {%d+}\r\n%b" % (len(NEW), NEW))

    assert await drafts.ok("UID SEARCH ALL") == [b"* SEARCH 1 2 4"]


async def test_others_see_it_by_uid(house: ImapHouse, drafts: ImapClient) -> None:
    other = await house.client()
    await other.ok("ENABLE QRESYNC")
    await other.ok("SELECT Drafts")

    await drafts.ok(b"REPLACE 1 Drafts {%d+}\r\n%b" % (len(NEW), NEW))

    assert await other.ok("NOOP") == [b"* VANISHED 1", b"* 3 EXISTS", b"* 0 RECENT"]


async def test_it_takes_parts_of_the_old_message(drafts: ImapClient) -> None:
    await drafts.ok(b'REPLACE 1 Drafts CATENATE (URL "/Drafts/;UID=1/;SECTION=HEADER" TEXT {3+}\r\nnew)')

    [line] = await drafts.ok("FETCH 3 BODY.PEEK[TEXT]")
    assert line == b"* 3 FETCH (BODY[TEXT] {3}\r\nnew)"


@pytest.mark.parametrize(
    ("line", "reply"),
    [
        (b"REPLACE 2 nowhere {1+}\r\nx", b"NO [TRYCREATE] "),
        (b"REPLACE 2 Drafts {0+}\r\n", b"NO [CANNOT] "),
        (b"REPLACE 2 Drafts (\\Odd) {1+}\r\nx", b"NO [CANNOT] "),
        (b"REPLACE 4 Drafts {1+}\r\nx", b"BAD "),
        (b"UID REPLACE 4 Drafts {1+}\r\nx", b"NO "),
        (b"UID REPLACE 4294967296 Drafts {1+}\r\nx", b"BAD "),
        (b"REPLACE 1:2 Drafts {1+}\r\nx", b"BAD "),
        (b"REPLACE 1,2 Drafts {1+}\r\nx", b"BAD "),
        (b"REPLACE 0 Drafts {1+}\r\nx", b"BAD "),
        (b"REPLACE 1 Drafts {1+}\r\nx {1+}\r\nx", b"BAD "),
        (b"REPLACE 1 Drafts", b"BAD "),
        (b"REPLACE 1", b"BAD "),
    ],
)
async def test_a_refusal_leaves_everything(drafts: ImapClient, line: bytes, reply: bytes) -> None:
    assert (await drafts.refused(line)).startswith(reply)

    assert await drafts.ok("UID SEARCH ALL") == [b"* SEARCH 1 2 3"]


async def test_a_mailbox_that_is_full_takes_the_successor(house: ImapHouse, drafts: ImapClient) -> None:
    used = sum(len(numbered(number)) for number in (1, 2, 3))
    await settings.set_value(SYSTEM, "mailbox.quota_bytes", Level.USER, house.users["alice"], used)

    assert (await drafts.refused(b"REPLACE 1 Drafts {%d+}\r\n%b" % (len(PLAIN), PLAIN))).startswith(
        b"NO [OVERQUOTA] "
    )
    assert await drafts.ok("UID SEARCH ALL") == [b"* SEARCH 1 2 3"]
    await drafts.ok(b"REPLACE 1 Drafts {%d+}\r\n%b" % (len(numbered(4)), numbered(4)))
    assert await drafts.ok("UID SEARCH ALL") == [b"* SEARCH 2 3 4"]


async def test_what_another_session_has_taken_away_is_not_replaced(
    house: ImapHouse, drafts: ImapClient
) -> None:
    other = await house.client(select="Drafts")
    await other.ok("STORE 2 +FLAGS.SILENT (\\Deleted)")
    await other.ok("EXPUNGE")

    assert (await drafts.refused(b"REPLACE 2 Drafts {1+}\r\nx")).startswith(b"NO [EXPUNGEISSUED] ")
    assert await drafts.ok("STATUS Drafts (MESSAGES)") == [b'* STATUS "Drafts" (MESSAGES 2)']


async def test_a_read_only_mailbox_and_no_mailbox(imap: ImapClient) -> None:
    assert (await imap.refused(b"REPLACE 1 Drafts {1+}\r\nx")).startswith(b"BAD ")
    await imap.append("Drafts", PLAIN)
    await imap.ok("EXAMINE Drafts")
    assert (await imap.refused(b"REPLACE 1 Drafts {1+}\r\nx")).startswith(b"NO [READ-ONLY] ")


async def test_a_message_beyond_the_limit_is_refused_before_it_comes(house: ImapHouse) -> None:
    await settings.set_value(SYSTEM, "message.max_bytes", Level.USER, house.users["alice"], 200_000)
    imap = await house.client()
    await imap.append("INBOX", PLAIN)
    await imap.ok("SELECT INBOX")

    for verb in ("REPLACE", "UID REPLACE"):
        answer = await imap.command(f"{verb} 1 INBOX {{200001}}")
        assert answer.untagged == []
        assert answer.status == b"NO [TOOBIG] The message is larger than 200000 bytes"
    await imap.ok(b"UID REPLACE 1 INBOX {150000+}\r\n" + b"y" * 150_000)
