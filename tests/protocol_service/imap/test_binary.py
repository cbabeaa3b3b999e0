"""BINARY (RFC 3516): parts decoded by the server, literal8."""

from __future__ import annotations

import re

import pytest

from backend.formats.body_writer import base64_lines
from protocol_service.imap import limits
from tests.protocol_service.imap.messages import NESTED, PLAIN
from tests.support.imap_client import ImapClient

PICTURE = b"\x89PNG\r\n\0\x01" + bytes(range(256))
HEAD = b"Subject: parts\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n"


def part(cte: bytes, content: bytes) -> bytes:
    return b"--b\r\nContent-Type: x/y\r\nContent-Transfer-Encoding: " + cte + b"\r\n\r\n" + content + b"\r\n"


MIXED = (
    HEAD
    + part(b"quoted-printable", b"Gr=C3=BC=C3=9Fe=\r\n aus K=C3=B6ln")
    + part(b"base64", base64_lines(PICTURE).rstrip())
    + part(b"x-strange", b"???")
    + b"--b--\r\n"
)
GREETING = "Grüße aus Köln".encode()


@pytest.fixture
async def inbox(imap: ImapClient) -> ImapClient:
    """alice with MIXED, NESTED and PLAIN."""
    for raw in (MIXED, NESTED, PLAIN):
        await imap.append("INBOX", raw)
    await imap.ok("SELECT INBOX")
    return imap


async def test_parts_come_decoded(inbox: ImapClient) -> None:
    assert await inbox.ok("FETCH 1 BINARY.PEEK[1]") == [
        b"* 1 FETCH (BINARY[1] {%d}\r\n%b)" % (len(GREETING), GREETING)
    ]
    assert await inbox.ok("FETCH 1 (UID BINARY.PEEK[2] FLAGS)") == [
        b"* 1 FETCH (UID 1 BINARY[2] ~{%d}\r\n%b FLAGS ())" % (len(PICTURE), PICTURE)
    ]


async def test_sizes_are_those_of_the_decoded_parts(inbox: ImapClient) -> None:
    assert await inbox.ok("FETCH 1 (BINARY.SIZE[1] BINARY.SIZE[2] BINARY.SIZE[9] BINARY.SIZE[])") == [
        b"* 1 FETCH (BINARY.SIZE[1] %d BINARY.SIZE[2] %d BINARY.SIZE[9] 0 BINARY.SIZE[] %d)"
        % (len(GREETING), len(PICTURE), len(MIXED))
    ]


async def test_offsets_count_in_the_decoded_part(inbox: ImapClient) -> None:
    assert await inbox.ok("FETCH 1 BINARY.PEEK[2]<1.3>") == [b"* 1 FETCH (BINARY[2]<1> {3}\r\nPNG)"]
    assert await inbox.ok("FETCH 1 BINARY.PEEK[2]<9999.3>") == [b"* 1 FETCH (BINARY[2]<9999> {0}\r\n)"]
    assert await inbox.ok("FETCH 3 BINARY.PEEK[]<0.5>") == [b"* 3 FETCH (BINARY[]<0> {5}\r\nFrom:)"]


async def test_what_has_no_encoding_comes_as_it_is(inbox: ImapClient) -> None:
    assert await inbox.ok("FETCH 3 BINARY.PEEK[]") == [
        b"* 3 FETCH (BINARY[] {%d}\r\n%b)" % (len(PLAIN), PLAIN)
    ]
    inner = b"Subject: inner\r\nContent-Type: text/html\r\n\r\n<p>inner body</p>"
    assert await inbox.ok("FETCH 2 BINARY.PEEK[2]") == [
        b"* 2 FETCH (BINARY[2] {%d}\r\n%b)" % (len(inner), inner)
    ]
    assert await inbox.ok("FETCH 2 BINARY.PEEK[7]") == [b"* 2 FETCH (BINARY[7] NIL)"]


async def test_reading_a_part_marks_it_seen(inbox: ImapClient) -> None:
    await inbox.ok("FETCH 1 (BINARY.SIZE[1] BINARY.PEEK[1])")
    assert (await inbox.ok("FETCH 1 FLAGS")) == [b"* 1 FETCH (FLAGS ())"]

    assert (await inbox.ok("FETCH 1 BINARY[1]"))[1:] == [b"* 1 FETCH (FLAGS (\\Seen))"]


async def test_an_encoding_that_is_not_known_is_said(inbox: ImapClient) -> None:
    answer = await inbox.command("FETCH 1:2 (BINARY.PEEK[1] BINARY.PEEK[3])")

    assert answer.status.startswith(b"NO [UNKNOWN-CTE] ")
    assert [line.endswith(b" BINARY[3] NIL)") for line in answer.untagged] == [True, True]
    assert (await inbox.refused("FETCH 1 BINARY.SIZE[3]")).startswith(b"NO [UNKNOWN-CTE] ")


@pytest.mark.parametrize("cte", [b"base64", b"binary"])
async def test_large_parts_are_decoded_as_they_go(imap: ImapClient, cte: bytes) -> None:
    content = bytes(range(256)) * (limits.SLICE_BYTES // 128)
    encoded = base64_lines(content).rstrip() if cte == b"base64" else content
    await imap.append("INBOX", HEAD + part(cte, encoded) + part(b"x-strange", b"") + b"--b--\r\n")
    await imap.ok("SELECT INBOX")

    [line] = await imap.ok("FETCH 1 (BINARY.SIZE[1] BINARY.PEEK[1]<300000.400000>)")

    assert line == b"* 1 FETCH (BINARY.SIZE[1] %d BINARY[1]<300000> ~{400000}\r\n%b)" % (
        len(content),
        content[300_000:700_000],
    )
    [line] = await imap.ok("FETCH 1 BINARY.PEEK[1]")
    assert line == b"* 1 FETCH (BINARY[1] ~{%d}\r\n%b)" % (len(content), content)
    assert (await imap.refused("FETCH 1 BINARY.PEEK[2]")).startswith(b"NO [UNKNOWN-CTE] ")


async def test_append_takes_a_literal8(imap: ImapClient) -> None:
    raw = b"Subject: bytes\r\nContent-Transfer-Encoding: binary\r\n\r\n" + PICTURE

    answer = await imap.command(b"APPEND INBOX ~{%d}" % len(raw), raw + b"\r\n")

    assert re.fullmatch(rb"OK \[APPENDUID \d+ 1\] APPEND completed", answer.status)
    await imap.ok("SELECT INBOX")
    assert await imap.ok("FETCH 1 BINARY.PEEK[1]") == [
        b"* 1 FETCH (BINARY[1] ~{%d}\r\n%b)" % (len(PICTURE), PICTURE)
    ]


@pytest.mark.parametrize(
    "item",
    [
        "BINARY",
        "BINARY[TEXT]",
        "BINARY[1.MIME]",
        "BINARY[0]",
        "BINARY.SIZE[1]<0.1>",
        "BINARY.SIZE",
        "BINARY[1",
    ],
)
async def test_what_is_no_part_is_bad(inbox: ImapClient, item: str) -> None:
    assert (await inbox.refused(f"FETCH 1 {item}")).startswith(b"BAD ")
