"""FETCH: every data item and section, \\Seen, large bodies, what is gone."""

from __future__ import annotations

import pytest

from backend.kit.blobs import SMALL_BYTES
from protocol_service.imap import limits
from tests.protocol_service.imap.conftest import ImapHouse
from tests.protocol_service.imap.messages import NESTED, PLAIN, numbered
from tests.support.imap_client import ImapClient


@pytest.fixture
async def inbox(imap: ImapClient) -> ImapClient:
    """alice in an INBOX with PLAIN and NESTED."""
    await imap.append("INBOX", PLAIN, '(\\Flagged $Work) "17-Jul-1996 02:44:25 -0700" ')
    await imap.append("INBOX", NESTED)
    await imap.ok("SELECT INBOX")
    return imap


async def one(imap: ImapClient, line: str) -> bytes:
    """The only FETCH response to a command."""
    [response] = await imap.ok(line)
    return response


async def test_fast_all_and_full(inbox: ImapClient) -> None:
    fast = (
        b'* 1 FETCH (FLAGS (\\Flagged $Work) INTERNALDATE "17-Jul-1996 09:44:25 +0000" RFC822.SIZE %d'
        % len(PLAIN)
    )
    envelope = (
        b' ENVELOPE ("Wed, 17 Jul 1996 02:23:25 -0700" "Hello there" (("Ann" NIL "ann" "example.org"))'
        b' (("Ann" NIL "ann" "example.org")) (("Ann" NIL "ann" "example.org"))'
        b' ((NIL NIL "alice" "example.test")) NIL NIL NIL "<one@example.org>")'
    )

    assert await one(inbox, "FETCH 1 FAST") == fast + b")"
    assert await one(inbox, "FETCH 1 ALL") == fast + envelope + b")"
    assert (await one(inbox, "FETCH 1 FULL")).startswith(fast + envelope + b' BODY ("text" "plain" ')


async def test_bodystructure_is_the_extended_body(inbox: ImapClient) -> None:
    body = await one(inbox, "FETCH 2 BODY")
    structure = await one(inbox, "FETCH 2 BODYSTRUCTURE")

    assert body.startswith(b'* 2 FETCH (BODY (("text" "plain" ("charset" "utf-8") ')
    assert structure.startswith(b'* 2 FETCH (BODYSTRUCTURE (("text" "plain" ("charset" "utf-8") ')
    assert b'("boundary" "b")' in structure
    assert b'("boundary" "b")' not in body


async def test_uid_fetch_answers_the_uid(inbox: ImapClient) -> None:
    assert await inbox.ok("UID FETCH 2:* FLAGS") == [b"* 2 FETCH (UID 2 FLAGS ())"]
    assert await inbox.ok("UID FETCH 99:* (FLAGS UID)") == [b"* 2 FETCH (FLAGS () UID 2)"]
    assert await inbox.ok("UID FETCH 99 FLAGS") == []
    assert await inbox.ok("FETCH 99 FLAGS") == []


HEAD, BODY = PLAIN.split(b"\r\n\r\n", 1)


@pytest.mark.parametrize(
    ("number", "section", "data"),
    [
        (1, "", PLAIN),
        (1, "HEADER", HEAD + b"\r\n\r\n"),
        (1, "TEXT", BODY),
        (1, "1", BODY),
        (1, "1.MIME", HEAD + b"\r\n\r\n"),
        (1, "HEADER.FIELDS (SUBJECT from)", b"From: Ann <ann@example.org>\r\nSubject: Hello there\r\n\r\n"),
        (1, "HEADER.FIELDS (X-Colour)", b"X-Colour: teal\r\n\r\n"),
        (1, "HEADER.FIELDS (X-None)", b"\r\n"),
        (1, "HEADER.FIELDS (Cc)", b"\r\n"),
        (1, "HEADER.FIELDS.NOT (From To Date Message-ID)", b"Subject: Hello there\r\nX-Colour: teal\r\n\r\n"),
        (1, "2", None),
        (2, "1", b"first part"),
        (2, "1.MIME", b"Content-Type: text/plain; charset=utf-8\r\n\r\n"),
        (2, "2", b"Subject: inner\r\nContent-Type: text/html\r\n\r\n<p>inner body</p>"),
        (2, "2.HEADER", b"Subject: inner\r\nContent-Type: text/html\r\n\r\n"),
        (2, "2.TEXT", b"<p>inner body</p>"),
        (2, "2.1", b"<p>inner body</p>"),
        (2, "2.MIME", b"Content-Type: message/rfc822\r\n\r\n"),
        (2, "2.HEADER.FIELDS (Subject)", b"Subject: inner\r\n\r\n"),
        (2, "2.HEADER.FIELDS.NOT (Subject)", b"Content-Type: text/html\r\n\r\n"),
        (2, "1.HEADER", None),
        (2, "3", None),
    ],
)
async def test_sections(inbox: ImapClient, number: int, section: str, data: bytes | None) -> None:
    response = await one(inbox, f"FETCH {number} BODY.PEEK[{section}]")

    value = b"NIL" if data is None else b"{%d}\r\n%b" % (len(data), data)
    assert response == b"* %d FETCH (BODY[%b] %b)" % (number, section.encode(), value)


async def test_partial_fetches(inbox: ImapClient) -> None:
    assert await one(inbox, "FETCH 1 BODY.PEEK[TEXT]<6.5>") == b"* 1 FETCH (BODY[TEXT]<6> {5}\r\nAlice)"
    assert await one(inbox, "FETCH 1 BODY.PEEK[TEXT]<9999.5>") == b"* 1 FETCH (BODY[TEXT]<9999> {0}\r\n)"
    assert await one(inbox, "FETCH 1 BODY.PEEK[HEADER.FIELDS (Subject)]<0.7>") == (
        b"* 1 FETCH (BODY[HEADER.FIELDS (Subject)]<0> {7}\r\nSubject)"
    )


async def test_rfc822_items(inbox: ImapClient) -> None:
    assert await one(inbox, "FETCH 1 RFC822.HEADER") == b"* 1 FETCH (RFC822.HEADER {%d}\r\n%b)" % (
        len(HEAD) + 4,
        HEAD + b"\r\n\r\n",
    )
    answer = await inbox.ok("FETCH 1 (RFC822 RFC822.TEXT)")
    assert answer[0] == b"* 1 FETCH (RFC822 {%d}\r\n%b RFC822.TEXT {%d}\r\n%b)" % (
        len(PLAIN),
        PLAIN,
        len(BODY),
        BODY,
    )


async def test_reading_a_body_marks_it_seen_and_peeking_does_not(inbox: ImapClient) -> None:
    await inbox.ok("FETCH 1:2 BODY.PEEK[TEXT]")
    assert await inbox.ok("STATUS INBOX (UNSEEN)") == [b'* STATUS "INBOX" (UNSEEN 2)']

    responses = await inbox.ok("FETCH 1:2 BODY[1]<0.1>")

    assert responses[2:] == [b"* 1 FETCH (FLAGS (\\Seen \\Flagged $Work))", b"* 2 FETCH (FLAGS (\\Seen))"]
    assert await inbox.ok("STATUS INBOX (UNSEEN)") == [b'* STATUS "INBOX" (UNSEEN 0)']
    assert len(await inbox.ok("FETCH 1:2 BODY[1]<0.1>")) == 2


async def test_many_items_are_answered_in_the_order_asked(inbox: ImapClient) -> None:
    assert await one(
        inbox, "FETCH 1 (RFC822.SIZE BODY.PEEK[1]<0.5> UID BODY.PEEK[HEADER.FIELDS (Subject)] FLAGS)"
    ) == (
        b"* 1 FETCH (RFC822.SIZE %d BODY[1]<0> {5}\r\nHello UID 1"
        b" BODY[HEADER.FIELDS (Subject)] {24}\r\nSubject: Hello there\r\n\r\n FLAGS (\\Flagged $Work))"
        % len(PLAIN)
    )


async def test_a_percent_sign_in_a_field_name_is_only_a_sign(inbox: ImapClient) -> None:
    assert await one(inbox, 'FETCH 1 BODY.PEEK[HEADER.FIELDS ("x%d")]') == (
        b'* 1 FETCH (BODY[HEADER.FIELDS ("x%d")] {2}\r\n\r\n)'
    )


@pytest.mark.parametrize("size", [SMALL_BYTES + 1000, limits.SLICE_BYTES + 100_000])
async def test_large_messages_come_whole(imap: ImapClient, size: int) -> None:
    raw = PLAIN + b"0123456789abcde\n" * (size // 16)
    await imap.append("INBOX", numbered(1))
    await imap.append("INBOX", raw)
    await imap.append("INBOX", numbered(3))
    await imap.ok("SELECT INBOX")

    responses = await imap.ok("FETCH 1:3 (UID BODY[])")

    assert responses[0].endswith(numbered(1) + b")")
    assert responses[1] == b"* 2 FETCH (UID 2 BODY[] {%d}\r\n%b)" % (len(raw), raw)
    assert responses[2].endswith(numbered(3) + b")")
    assert responses[3:] == [b"* %d FETCH (FLAGS (\\Seen))" % number for number in (1, 2, 3)]
    assert await one(
        imap, "FETCH 2 (FLAGS BODY.PEEK[HEADER.FIELDS (X-Colour)] BODY.PEEK[2] BODY.PEEK[TEXT]<20.16>)"
    ) == (
        b"* 2 FETCH (FLAGS (\\Seen) BODY[HEADER.FIELDS (X-Colour)] {18}\r\nX-Colour: teal\r\n\r\n BODY[2] NIL"
        b" BODY[TEXT]<20> {16}\r\n%b)" % raw.split(b"\r\n\r\n", 1)[1][20:36]
    )


async def test_many_messages_over_several_slices(imap: ImapClient) -> None:
    count = limits.STORED_ROWS + 20
    parts = b"".join(b" {%d+}\r\n%b" % (len(numbered(n)), numbered(n)) for n in range(1, count + 1))
    await imap.ok(b"APPEND INBOX" + parts)
    await imap.ok("SELECT INBOX")

    flags = await imap.ok("UID FETCH 1:* (FLAGS)")
    subjects = await imap.ok("FETCH 1:* (UID BODY.PEEK[HEADER.FIELDS (Subject)])")
    scattered = await imap.ok("UID FETCH 1:5,7,9:11,400,510:* (ENVELOPE)")
    bodies = await imap.ok("FETCH 2:* (BODY.PEEK[TEXT])")

    assert flags == [b"* %d FETCH (UID %d FLAGS ())" % (n, n) for n in range(1, count + 1)]
    assert [line.split(b"message ")[1].split()[0] for line in subjects] == [
        b"%d" % n for n in range(1, count + 1)
    ]
    assert [int(line.split()[1]) for line in scattered] == [
        1,
        2,
        3,
        4,
        5,
        7,
        9,
        10,
        11,
        400,
        *range(510, count + 1),
    ]
    assert bodies == [
        b"* %d FETCH (BODY[TEXT] {%d}\r\ntext %d\r\n)" % (n, len(str(n)) + 7, n) for n in range(2, count + 1)
    ]


async def test_messages_that_are_gone_are_left_out(house: ImapHouse, inbox: ImapClient) -> None:
    other = await house.client(select="INBOX")
    await other.ok("FETCH 1 FLAGS")
    await inbox.ok("STORE 1 +FLAGS.SILENT (\\Deleted)")
    await inbox.ok("EXPUNGE")

    # No EXPUNGE may come with FETCH: the number 1 still means the message that is gone.
    assert await other.ok("FETCH 1:2 (UID)") == [b"* 2 FETCH (UID 2)"]
    assert await other.ok("FETCH 1:2 (UID BODY.PEEK[TEXT]<0.1>)") == [
        b"* 2 FETCH (UID 2 BODY[TEXT]<0> {1}\r\np)"
    ]
    assert await other.ok("UID FETCH 1:* (FLAGS)") == [b"* 2 FETCH (UID 2 FLAGS ())", b"* 1 EXPUNGE"]
    assert await other.ok("FETCH 1:* (UID)") == [b"* 1 FETCH (UID 2)"]
