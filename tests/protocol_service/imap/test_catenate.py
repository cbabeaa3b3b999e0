"""CATENATE (RFC 4469): messages put together out of texts and of parts that are on the server."""

from __future__ import annotations

import re

import pytest

from backend.directory import settings
from backend.directory.principal import SYSTEM
from backend.directory.setting_key import Level
from backend.kit.blobs import SMALL_BYTES
from tests.protocol_service.imap.conftest import ImapHouse
from tests.protocol_service.imap.messages import NESTED, PLAIN
from tests.support.imap_client import ImapClient

HEAD, BODY = PLAIN.split(b"\r\n\r\n", 1)


async def uidvalidity(imap: ImapClient, mailbox: str) -> bytes:
    [line] = await imap.ok(f"STATUS {mailbox} (UIDVALIDITY)")
    return line.removesuffix(b")").rpartition(b" ")[2]


async def last(imap: ImapClient, mailbox: str) -> bytes:
    """The newest message of a mailbox."""
    await imap.ok(f"EXAMINE {mailbox}")
    [line] = await imap.ok("FETCH * BODY.PEEK[]")
    await imap.ok("UNSELECT")
    return line.partition(b"\r\n")[2].removesuffix(b")")


async def test_a_draft_gets_an_attachment(imap: ImapClient) -> None:
    await imap.append("Drafts", PLAIN)
    await imap.append("INBOX", NESTED)
    validity = await uidvalidity(imap, "Drafts")
    boundary = b"\r\n--------------030308070208000400050907\r\n"

    answer = await imap.command(
        b"APPEND Drafts (\\Seen \\Draft $MDNSent) CATENATE ("
        b'URL "/Drafts;UIDVALIDITY=%b/;UID=1/;section=HEADER" TEXT {%d}' % (validity, len(boundary)),
        boundary + b' URL "/INBOX/;UID=1/;SECTION=1" TEXT {%d}\r\n' % len(boundary),
        boundary + b")\r\n",
    )

    assert re.fullmatch(rb"OK \[APPENDUID %b 2\] APPEND completed" % validity, answer.status)
    assert await last(imap, "Drafts") == HEAD + b"\r\n\r\n" + boundary + b"first part" + boundary


@pytest.mark.parametrize(
    ("url", "data"),
    [
        ("/INBOX/;UID=1", PLAIN),
        ("/inbox/;UID=1/;SECTION=TEXT", BODY),
        ("/INBOX/;UID=1/;SECTION=HEADER.FIELDS%20(Subject)", b"Subject: Hello there\r\n\r\n"),
        ("/INBOX/;UID=1/;SECTION=HEADER.FIELDS%20(Subject)/;PARTIAL=9.5", b"Hello"),
        ("/INBOX/;UID=1/;SECTION=TEXT/;PARTIAL=6.5", b"Alice"),
        ("/INBOX/;UID=1/;SECTION=TEXT/;PARTIAL=13", BODY[13:]),
        ("/INBOX/;UID=1/;PARTIAL=0.4", b"From"),
    ],
)
async def test_what_a_url_names(imap: ImapClient, url: str, data: bytes) -> None:
    await imap.append("INBOX", PLAIN)

    await imap.ok(f'APPEND Drafts CATENATE (URL "{url}" TEXT {{1+}}\r\n!)')

    assert await last(imap, "Drafts") == data + b"!"


async def test_mailbox_names_in_urls_are_utf_8(imap: ImapClient) -> None:
    await imap.ok('CREATE "Entw&APw-rfe/x y"')
    await imap.append("Entw&APw-rfe/x y", PLAIN)

    await imap.ok('APPEND Drafts CATENATE (URL "/Entw%C3%BCrfe/x%20y/;UID=1/;SECTION=TEXT")')

    assert await last(imap, "Drafts") == BODY


async def test_large_messages_are_joined(imap: ImapClient) -> None:
    raw = PLAIN + b"0123456789abcde\n" * (2 * SMALL_BYTES // 16)
    await imap.append("INBOX", raw)

    await imap.ok('APPEND Drafts CATENATE (URL "/INBOX/;UID=1" URL "/INBOX/;UID=1/;SECTION=TEXT")')

    assert await last(imap, "Drafts") == raw + raw.split(b"\r\n\r\n", 1)[1]


@pytest.mark.parametrize(
    "url",
    [
        "/INBOX/;UID=99",
        "/nowhere/;UID=1",
        "/INBOX;UIDVALIDITY=1/;UID=1",
        "/INBOX/;UID=1/;SECTION=7",
        "/INBOX",
        "imap://mail.example.test/INBOX/;UID=1",
    ],
)
async def test_a_bad_url_is_named_and_nothing_is_stored(imap: ImapClient, url: str) -> None:
    await imap.append("INBOX", PLAIN)

    refusal = await imap.refused(f'APPEND Drafts CATENATE (TEXT {{1+}}\r\nx URL "{url}")')

    assert refusal.startswith(f'NO [BADURL "{url}"] '.encode())
    assert await imap.ok("STATUS Drafts (MESSAGES)") == [b'* STATUS "Drafts" (MESSAGES 0)']


async def test_mailboxes_of_others_are_out_of_reach(house: ImapHouse, imap: ImapClient) -> None:
    bob = await house.client("bob")
    await bob.append("INBOX", PLAIN)

    for url in ("/INBOX/;UID=1", "/../bob/INBOX/;UID=1", "/bob%40example.test/INBOX/;UID=1"):
        assert (await imap.refused(f'APPEND Drafts CATENATE (URL "{url}")')).startswith(b"NO [BADURL ")


async def test_parts_together_stay_below_the_limit(house: ImapHouse) -> None:
    await settings.set_value(SYSTEM, "message.max_bytes", Level.USER, house.users["alice"], 200_000)
    imap = await house.client()
    await imap.append("INBOX", PLAIN + b"x" * 150_000)

    for parts in (
        b'URL "/INBOX/;UID=1" URL "/INBOX/;UID=1"',
        b'URL "/INBOX/;UID=1" TEXT {60000+}\r\n' + b"y" * 60_000,
        b"TEXT {150000+}\r\n" + b"y" * 150_000 + b" TEXT {60000+}\r\n" + b"y" * 60_000,
    ):
        assert (await imap.refused(b"APPEND Drafts CATENATE (" + parts + b")")).startswith(b"NO [TOOBIG] ")
    assert (await imap.refused("APPEND Drafts CATENATE (TEXT {200001}")).startswith(b"NO [TOOBIG] ")
    assert await imap.ok("STATUS Drafts (MESSAGES)") == [b'* STATUS "Drafts" (MESSAGES 0)']


@pytest.mark.parametrize(
    "parts", ["()", "(TEXT)", "(URL)", '(TEXT "x")', "(FILE {1+}\r\nx)", "(TEXT {1+}\r\nx", "TEXT {1+}\r\nx"]
)
async def test_what_is_not_its_grammar_is_bad(imap: ImapClient, parts: str) -> None:
    assert (await imap.refused(f"APPEND Drafts CATENATE {parts}")).startswith(b"BAD ")


async def test_nothing_but_nothing_is_no_message(imap: ImapClient) -> None:
    assert (await imap.refused("APPEND Drafts CATENATE (TEXT {0+}\r\n)")).startswith(b"NO [CANNOT] ")
