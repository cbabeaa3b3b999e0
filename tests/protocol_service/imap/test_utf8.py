"""UTF8=ACCEPT (RFC 6855): mailbox names, APPEND, SEARCH after ENABLE."""

from __future__ import annotations

import asyncio
import imaplib
import re

import pytest

from tests.protocol_service.imap.conftest import PASSWORD, ImapHouse
from tests.support.imap_client import ImapClient

RAW = "From: Jörg <jörg@example.org>\r\nSubject: Grüße\r\n\r\nKöln\r\n".encode()


@pytest.fixture
async def utf8(imap: ImapClient) -> ImapClient:
    """alice, who has enabled UTF-8."""
    assert await imap.ok("ENABLE UTF8=ACCEPT") == [b"* ENABLED UTF8=ACCEPT"]
    return imap


async def test_names_are_utf_8_in_both_directions(house: ImapHouse, utf8: ImapClient) -> None:
    name = 'Grüße & "mehr"'.encode()
    quoted = b'"' + name.replace(b'"', b'\\"') + b'"'

    await utf8.ok(b"CREATE " + quoted)

    assert await utf8.ok(b"STATUS " + quoted + b" (MESSAGES)") == [b"* STATUS " + quoted + b" (MESSAGES 0)"]
    assert b'* LIST (\\HasNoChildren) "/" ' + quoted in await utf8.ok('LIST "" *')
    assert await utf8.ok('LIST "" "Grü%"'.encode()) == [b'* LIST (\\HasNoChildren) "/" ' + quoted]
    assert b'* LSUB () "/" ' + quoted in await utf8.ok('LSUB "" *')
    other = await house.client()
    assert b'* LIST (\\HasNoChildren) "/" "Gr&APwA3w-e &- \\"mehr\\""' in await other.ok('LIST "" *')


async def test_an_ampersand_is_only_a_sign(utf8: ImapClient) -> None:
    await utf8.ok('CREATE "a&AOQ-b"')

    assert b'* LIST (\\HasNoChildren) "/" "a&AOQ-b"' in await utf8.ok('LIST "" *')


@pytest.mark.parametrize("name", [b'"\xff"', b'"\xc3"', b'"\xed\xa0\x80"'])
async def test_what_is_no_utf_8_is_refused(utf8: ImapClient, name: bytes) -> None:
    assert (await utf8.refused(b"CREATE " + name)).startswith(b"NO [CANNOT] ")


async def test_names_without_enable_stay_modified_utf_7(imap: ImapClient) -> None:
    assert (await imap.refused('CREATE "Grüße"'.encode())).startswith(b"NO [CANNOT] ")


async def test_append_takes_utf8_data(utf8: ImapClient) -> None:
    answer = await utf8.command(b"APPEND INBOX (\\Seen) UTF8 (~{%d+}\r\n%b)" % (len(RAW), RAW))

    assert re.fullmatch(rb"OK \[APPENDUID \d+ 1\] APPEND completed", answer.status)
    await utf8.ok("SELECT INBOX")
    assert await utf8.ok("FETCH 1 BODY.PEEK[]") == [b"* 1 FETCH (BODY[] {%d}\r\n%b)" % (len(RAW), RAW)]
    assert await utf8.ok('SEARCH SUBJECT "Grüße"'.encode()) == [b"* SEARCH 1"]
    two = b" UTF8 (~{%d+}\r\n%b)" % (len(RAW), RAW)
    assert re.match(rb"OK \[APPENDUID \d+ 2:3\]", (await utf8.command(b"APPEND INBOX" + two + two)).status)


async def test_imaplib_appends_in_its_way(house: ImapHouse) -> None:
    def walk() -> tuple[str, list[bytes]]:
        with imaplib.IMAP4(*house.role.addresses["imap"]) as client:
            client.login("alice@example.test", PASSWORD)
            client.enable("UTF8=ACCEPT")
            return client.append("INBOX", "", "", RAW)

    status, _ = await asyncio.to_thread(walk)

    assert status == "OK"
    imap = await house.client(select="INBOX")
    assert await imap.ok("FETCH 1 BODY.PEEK[]") == [b"* 1 FETCH (BODY[] {%d}\r\n%b)" % (len(RAW), RAW)]


@pytest.mark.parametrize("data", [b"UTF8 (~{1+}\r\nx", b"UTF8 ~{1+}\r\nx", b"UTF8 ()", b"UTF8(~{1+}\r\nx)"])
async def test_broken_utf8_data_is_bad(utf8: ImapClient, data: bytes) -> None:
    assert (await utf8.refused(b"APPEND INBOX " + data)).startswith(b"BAD ")


async def test_utf8_data_needs_enable(imap: ImapClient) -> None:
    assert (await imap.refused(b"APPEND INBOX UTF8 (~{1+}\r\nx)")).startswith(b"BAD ")


async def test_search_takes_no_charset_then(utf8: ImapClient) -> None:
    await utf8.ok("SELECT INBOX")

    assert (await utf8.refused("SEARCH CHARSET UTF-8 ALL")).startswith(b"BAD ")
