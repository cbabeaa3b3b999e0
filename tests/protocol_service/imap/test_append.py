"""APPEND: one and many, limits before the bytes come, quota."""

from __future__ import annotations

import re

import pytest

from backend.directory import settings
from backend.directory.principal import SYSTEM
from backend.directory.setting_key import Level
from tests.protocol_service.imap.conftest import PASSWORD, ImapHouse
from tests.protocol_service.imap.messages import PLAIN, numbered
from tests.support.imap_client import ImapClient


async def status(imap: ImapClient) -> bytes:
    [line] = await imap.ok("STATUS INBOX (MESSAGES UIDNEXT)")
    return line


async def test_append_answers_the_uid(imap: ImapClient) -> None:
    first = await imap.append("INBOX", PLAIN)
    second = await imap.append("inbox", PLAIN)

    assert re.fullmatch(rb"OK \[APPENDUID \d+ 1\] APPEND completed", first)
    assert re.fullmatch(rb"OK \[APPENDUID \d+ 2\] APPEND completed", second)
    await imap.ok("SELECT INBOX")
    assert await imap.ok("FETCH 2 BODY.PEEK[]") == [b"* 2 FETCH (BODY[] {%d}\r\n%b)" % (len(PLAIN), PLAIN)]


async def test_append_to_the_selected_mailbox_is_told(imap: ImapClient) -> None:
    await imap.ok("SELECT INBOX")

    answer = await imap.command(b"APPEND INBOX {%d+}\r\n%b" % (len(PLAIN), PLAIN))

    assert answer.untagged == [b"* 1 EXISTS", b"* 0 RECENT"]


async def test_several_messages_at_once(imap: ImapClient) -> None:
    parts = [
        b' (\\Seen) "17-Jul-1996 12:00:00 +0000" {%d+}\r\n%b' % (len(numbered(n)), numbered(n))
        for n in (1, 2)
    ]

    answer = await imap.command(b"APPEND INBOX" + b"".join(parts))

    assert re.fullmatch(rb"OK \[APPENDUID \d+ 1:2\] APPEND completed", answer.status)
    await imap.ok("SELECT INBOX")
    assert await imap.ok("FETCH 1:* (FLAGS INTERNALDATE)") == [
        b'* %d FETCH (FLAGS (\\Seen) INTERNALDATE "17-Jul-1996 12:00:00 +0000")' % number for number in (1, 2)
    ]


async def test_a_refused_message_keeps_the_others_out(imap: ImapClient) -> None:
    before = await status(imap)

    assert (await imap.refused(b"APPEND INBOX {1+}\r\nx (\\Odd) {1+}\r\ny")).startswith(b"NO [CANNOT]")
    assert (await imap.refused(b"APPEND INBOX {1+}\r\nx {0+}\r\n")).startswith(b"NO [CANNOT]")
    assert (await imap.refused(b"APPEND INBOX {1+}\r\nx junk")).startswith(b"BAD ")

    assert await status(imap) == before


async def test_the_target_must_exist(imap: ImapClient) -> None:
    assert (await imap.refused(b"APPEND nowhere {1+}\r\nx")).startswith(b"NO [TRYCREATE]")
    assert b'"nowhere"' not in b"".join(await imap.ok('LIST "" *'))


@pytest.mark.parametrize(
    "line",
    [b"APPEND INBOX", b"APPEND INBOX ()", b'APPEND INBOX "x"', b'APPEND INBOX () "bad date" {1+}\r\nx'],
)
async def test_what_is_not_its_grammar_is_bad(imap: ImapClient, line: bytes) -> None:
    assert (await imap.refused(line)).startswith(b"BAD ")


async def test_a_message_beyond_the_limit_is_refused_before_it_comes(house: ImapHouse) -> None:
    await settings.set_value(SYSTEM, "message.max_bytes", Level.USER, house.users["alice"], 200_000)
    imap = await house.client()
    before = await status(imap)

    answer = await imap.command("APPEND INBOX {200001}")

    assert answer.untagged == []  # no continuation
    assert answer.status == b"NO [TOOBIG] The message is larger than 200000 bytes"
    assert b"APPENDLIMIT=200000" in (await imap.ok("CAPABILITY"))[0]
    assert (await imap.refused(b"APPEND INBOX {200001+}\r\n" + b"x" * 200_001)).startswith(b"NO [TOOBIG]")
    assert await status(imap) == before


async def test_a_full_mailbox_takes_nothing_and_can_be_read(house: ImapHouse, imap: ImapClient) -> None:
    await imap.append("INBOX", PLAIN)
    await settings.set_value(
        SYSTEM, "mailbox.quota_bytes", Level.USER, house.users["alice"], 2 * len(PLAIN) - 1
    )
    before = await status(imap)

    refusal = await imap.refused(b"APPEND INBOX {%d+}\r\n%b" % (len(PLAIN), PLAIN))

    assert refusal.startswith(b"NO [OVERQUOTA] ")
    assert await status(imap) == before
    await imap.ok("SELECT INBOX")
    assert len(await imap.ok("FETCH 1 BODY.PEEK[]")) == 1
    await imap.ok("STORE 1 +FLAGS.SILENT (\\Deleted)")
    await imap.ok("EXPUNGE")
    await imap.append("INBOX", PLAIN)


async def test_bytes_come_back_as_they_were(imap: ImapClient) -> None:
    raw = b"Subject: \xff\xfe\r\n\r\nbare\nlf \x00 nul \r cr {5}\r\n* 1 FETCH ()\r\n" + bytes(range(256))

    await imap.append("INBOX", raw)
    await imap.ok("SELECT INBOX")

    [line] = await imap.ok("FETCH 1 BODY.PEEK[]")
    assert line == b"* 1 FETCH (BODY[] {%d}\r\n%b)" % (len(raw), raw)


async def test_a_client_that_vanishes_in_a_literal_leaves_nothing(house: ImapHouse, imap: ImapClient) -> None:
    other = await house.connect()
    await other.login("alice@example.test", PASSWORD)
    other.send(b"a APPEND INBOX {100}\r\n")
    assert await other.response() == b"+ Ready"
    other.send(b"Subject: half")
    await other.writer.drain()
    await other.close()

    assert await status(imap) == b'* STATUS "INBOX" (MESSAGES 0 UIDNEXT 1)'
