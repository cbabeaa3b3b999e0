"""Input that is broken, stale or hostile: an answer with a reason, bounded cost, and the session goes on."""

from __future__ import annotations

from contextlib import AsyncExitStack

import pytest

from backend.kit.runtime import Runtime
from protocol_service.imap import limits
from tests.protocol_service.imap.conftest import PASSWORD, ImapHouse, open_house
from tests.protocol_service.imap.messages import numbered
from tests.support.imap_client import ImapClient

MIB = 1024 * 1024


@pytest.fixture
async def inbox(imap: ImapClient) -> ImapClient:
    """alice in an INBOX of five."""
    for number in range(1, 6):
        await imap.append("INBOX", numbered(number))
    await imap.ok("SELECT INBOX")
    return imap


async def test_each_syntax_error_has_a_reason_and_leaves_the_connection(inbox: ImapClient) -> None:
    lines = (
        b"FETCH",
        b"FETCH 1",
        b"FETCH 1 ()",
        b"FETCH 1 (FLAGS",
        b"FETCH x FLAGS",
        b"FETCH 1 BODY[",
        b"FETCH 1 BODY[]<",
        b"STORE 1 FLAGS",
        b"STORE 1 +FLAGS (\\Seen",
        b"COPY 1",
        b"SEARCH",
        b"SEARCH (",
        b"SEARCH OR 1",
        b"SORT (X) UTF-8 ALL",
        b'SELECT "INBOX',
        b"STATUS INBOX",
        b"STATUS INBOX ()",
        b'LIST "" ("a" b',
        b"APPEND INBOX",
        b"ENABLE",
        b"UID",
        b"UID NOOP",
        b"\x80\xff NOOP",
        b"ID (",
        b"FETCH 1 \x01",
    )
    for line in lines:
        answer = await inbox.command(line)
        assert answer.status.startswith(b"BAD "), (line, answer)
        assert len(answer.status) > len(b"BAD ") + 5, line
        assert (await inbox.command("NOOP")).is_ok, line


async def test_errors_in_a_row_have_an_end(inbox: ImapClient) -> None:
    for _ in range(limits.MAX_BAD_COMMANDS):
        assert (await inbox.refused("XYZZY")).startswith(b"BAD ")

    assert (await inbox.command("XYZZY")).untagged == [b"* BYE Too many bad commands"]
    assert await inbox.ended()


STALE = (
    ("FETCH 5 (FLAGS BODY.PEEK[])", b"OK"),
    ("FETCH 4:6 (UID ENVELOPE)", b"OK"),
    ("STORE 5 +FLAGS (\\Seen)", b"OK"),
    ("SEARCH 5", b"OK"),
    ("COPY 5 Archive", b"OK"),
    ("UID FETCH 5 FLAGS", b"OK"),
    ("UID STORE 5 +FLAGS.SILENT (\\Seen)", b"OK"),
    ("UID COPY 5 Archive", b"OK"),
)


@pytest.mark.parametrize(("line", "status"), STALE)
async def test_a_number_that_went_stale_names_nothing_and_no_other(
    house: ImapHouse, inbox: ImapClient, line: str, status: bytes
) -> None:
    other = await house.client(select="INBOX")
    await other.ok("STORE 5 +FLAGS.SILENT (\\Deleted)")
    await other.ok("EXPUNGE")

    answer = await inbox.command(line)

    assert answer.status.startswith(status)
    assert not any(b"UID 5" in told and b"FETCH" in told for told in answer.untagged)
    assert await other.ok("SEARCH SEEN") == [b"* SEARCH"]
    assert await other.ok("STATUS Archive (MESSAGES)") == [b'* STATUS "Archive" (MESSAGES 0)']


NUMBERS = ["FETCH {} FLAGS", "STORE {} +FLAGS (\\Seen)", "COPY {} Archive", "MOVE {} Archive", "SEARCH {}"]


@pytest.mark.parametrize("line", NUMBERS)
async def test_an_empty_mailbox_has_no_messages(imap: ImapClient, line: str) -> None:
    await imap.ok("SELECT Junk")

    for numbers in ("*", "1:*", "*:4294967295", "7"):
        for prefix in ("", "UID "):
            key = f"UID {numbers}" if prefix and "SEARCH" in line else numbers
            told = await imap.ok(prefix + line.format(key))
            assert told in ([], [b"* SEARCH"]), numbers


IMPOSSIBLE = [
    "0",
    "1:0",
    "4294967296",
    "1:4294967296",
    "99999999999999999999",
    "-1",
    "1:",
    "1::2",
    "1,",
    ",1",
]


@pytest.mark.parametrize("line", NUMBERS)
async def test_numbers_that_there_cannot_be_are_bad(inbox: ImapClient, line: str) -> None:
    for numbers in IMPOSSIBLE:
        for prefix in ("", "UID "):
            key = f"UID {numbers}" if prefix and "SEARCH" in line else numbers
            assert (await inbox.refused(prefix + line.format(key))).startswith(b"BAD "), numbers
        await inbox.ok("NOOP")
    assert await inbox.ok("STATUS Archive (MESSAGES)") == [b'* STATUS "Archive" (MESSAGES 0)']


@pytest.mark.parametrize("number", [4294967294, 4294967295])
async def test_the_highest_uids_are_only_far_away(inbox: ImapClient, number: int) -> None:
    assert await inbox.ok(f"UID FETCH {number} FLAGS") == []
    assert await inbox.ok(f"UID FETCH {number}:* UID") == [b"* 5 FETCH (UID 5)"]
    assert await inbox.ok(f"UID SEARCH UID {number}") == [b"* SEARCH"]


NAMES = [
    "SELECT {}",
    "EXAMINE {}",
    "CREATE {}",
    "DELETE {}",
    "RENAME {} x",
    "RENAME Archive {}",
    "SUBSCRIBE {}",
    "UNSUBSCRIBE {}",
    "STATUS {} (MESSAGES)",
    'LIST "" {}',
    "LIST {} *",
    'LSUB "" {}',
    "COPY 1 {}",
    "MOVE 1 {}",
    "GETACL {}",
    "MYRIGHTS {}",
    "SETACL {} bob@example.test lr",
    "LISTRIGHTS {} bob@example.test",
    "DELETEACL {} bob@example.test",
    "GETQUOTAROOT {}",
    "GETMETADATA {} /private/comment",
    'SETMETADATA {} (/private/comment "x")',
]


async def test_names_in_broken_utf_7_are_refused(inbox: ImapClient) -> None:
    for line in NAMES:
        await inbox.ok("SELECT INBOX")
        for name in ('"&"', '"&Jjo!"', '"&AOQ"', '"a&2AA-b"', '"&AGE-&-&"'):
            refusal = await inbox.refused(line.format(name))
            assert refusal == b"NO [CANNOT] The mailbox name is not valid modified UTF-7", (line, name)


async def test_names_in_broken_utf_8_are_refused(inbox: ImapClient) -> None:
    await inbox.ok("ENABLE IMAP4rev2")

    for line in NAMES:
        await inbox.ok("SELECT INBOX")
        refusal = await inbox.refused(line.encode().replace(b"{}", b"{3+}\r\n\xf0\x9f\x92"))
        assert refusal == b"NO [CANNOT] The mailbox name is not valid UTF-8", line


async def test_nul_bytes_on_both_engines(any_rt: Runtime) -> None:
    async with AsyncExitStack() as stack:
        house = await open_house(any_rt, stack)
        stranger = await house.connect()
        for line in (b'LOGIN "a\0" x', b"LOGIN {2+}\r\na\0 x", b"LOGIN alice@example.test {2+}\r\nx\0"):
            assert (await stranger.refused(line)).startswith((b"NO [AUTH", b"BAD "))
        imap = await house.client()
        await imap.append("INBOX", b"Subject: nul \0 byte\r\nX-\0: \0\r\n\r\ntext \0 text\r\n")
        await imap.ok("SELECT INBOX")
        nul = b"{3+}\r\na\0b"
        for utf8 in (False, True):
            if utf8:
                await imap.ok("ENABLE UTF8=ACCEPT")
            for name_line in NAMES:
                await imap.ok("SELECT INBOX")
                answer = await imap.command(name_line.encode().replace(b"{}", nul))
                assert answer.status.startswith((b"NO [", b"OK LIST", b"OK LSUB")), (name_line, answer)
                assert b"SERVERBUG" not in answer.status, (name_line, answer)
        await imap.ok("SELECT INBOX")
        for line in (
            b"SETACL INBOX %b lr",
            b"DELETEACL INBOX %b",
            b"LISTRIGHTS INBOX %b",
            b"GETQUOTA %b",
            b"GETMETADATA INBOX %b",
            b"SETMETADATA INBOX (/private/comment %b)",
            b"SETMETADATA INBOX (%b x)",
            b"LANGUAGE %b",
            b"UID REPLACE 1 INBOX CATENATE (URL %b)",
        ):
            assert b"SERVERBUG" not in (await imap.command(line % nul)).status, line
        for key in (b"SUBJECT %b", b"BODY %b", b"TEXT %b", b"FROM %b", b"HEADER %b x", b"HEADER Subject %b"):
            assert (await imap.command(b"SEARCH " + key % nul)).is_ok, key
        for line in (
            b"SEARCH CHARSET UTF-7 SUBJECT +2AA-",
            b"SEARCH CHARSET UTF-16 SUBJECT {2+}\r\n\xd8\x00",
        ):
            assert b"SERVERBUG" not in (await imap.command(line)).status, line
        for line in (b"STORE 1 +FLAGS (a\0b)", b"SEARCH KEYWORD a\0b", b"NO\0OP", b'SEARCH SUBJECT "a\0b"'):
            assert (await imap.refused(line)).startswith(b"BAD "), line
        assert (await imap.ok(b"SEARCH SUBJECT nul")) == [b"* SEARCH 1"]


async def test_a_line_of_ten_megabytes_is_thrown_away(inbox: ImapClient) -> None:
    inbox.send(b"long SEARCH " + b"x" * (10 * MIB) + b"\r\n")

    answer = await inbox.answer(b"long")

    assert answer.status == b"BAD [TOOBIG] The command line is too long"
    assert len(await inbox.ok("FETCH 1:* UID")) == 5


async def test_a_line_of_ten_megabytes_before_login_ends_it(house: ImapHouse) -> None:
    stranger = await house.connect()

    stranger.send(b"long LOGIN " + b"x" * (10 * MIB) + b"\r\n")

    assert await stranger.response() == b"long BAD [TOOBIG] The command line is too long"
    assert await stranger.response() == b"* BYE Too much data"


DEEP = 5000


NESTED_DEEP = [
    "SEARCH " + "(" * DEEP + "ALL" + ")" * DEEP,
    "SEARCH " + "NOT " * DEEP + "ALL",
    "SEARCH " + "OR ALL " * DEEP + "ALL",
    "SEARCH RETURN (" + "(" * DEEP,
    "UID SORT " + "(" * DEEP,
    "UID THREAD REFERENCES UTF-8 " + "(" * DEEP,
    "ESEARCH IN " + "(" * DEEP,
    "FETCH 1 " + "(" * DEEP,
    "FETCH 1 BODY[HEADER.FIELDS " + "(" * DEEP,
    "FETCH 1 BODY[" + "1." * DEEP + "1]",
    "STORE 1 FLAGS " + "(" * DEEP,
    "STATUS INBOX " + "(" * DEEP,
    "LIST " + "(" * DEEP,
    'LIST "" ' + "(" * DEEP,
    'LIST "" * RETURN ' + "(" * DEEP,
    "CREATE x " + "(" * DEEP,
    "SELECT INBOX " + "(" * DEEP,
    "ID " + "(" * DEEP,
    "APPEND INBOX " + "(" * DEEP,
    "APPEND INBOX CATENATE " + "(" * DEEP,
    "(" * DEEP,
]


async def test_thousands_of_parentheses_are_refused(inbox: ImapClient) -> None:
    for line in NESTED_DEEP:
        assert (await inbox.refused(line)).startswith((b"BAD ", b"NO [LIMIT] ")), line[:40]
        assert (await inbox.command("NOOP")).is_ok


@pytest.mark.parametrize("parts", [limits.MAX_RANGES - 1, limits.MAX_RANGES + 1])
async def test_a_set_of_many_parts(inbox: ImapClient, parts: int) -> None:
    line = "UID FETCH " + ",".join(["1"] * parts) + " UID"

    answer = await inbox.command(line)

    assert answer.status.startswith((b"OK ", b"BAD "))
    assert answer.untagged in ([], [b"* 1 FETCH (UID 1)"])


async def test_a_flood_is_answered_in_order_and_keeps_nobody_else(
    house: ImapHouse, inbox: ImapClient
) -> None:
    other = await house.client()
    count = 5000
    inbox.send(b"".join(b"f%d NOOP\r\n" % number for number in range(count)))

    assert (await other.command("NOOP")).is_ok
    for number in range(count):
        assert await inbox.response() == b"f%d OK NOOP completed" % number


async def test_a_flood_of_half_commands_is_bounded(house: ImapHouse) -> None:
    imap = await house.client()
    imap.send(b"a APPEND INBOX {%d+}\r\n" % (40 * MIB))
    for _ in range(8):
        imap.send(b"x" * MIB)
    await imap.writer.drain()
    await imap.close()

    again = await house.client()
    assert await again.ok("STATUS INBOX (MESSAGES)") == [b'* STATUS "INBOX" (MESSAGES 0)']


async def test_floods_behind_sign_in_wait_in_the_socket(house: ImapHouse) -> None:
    imap = await house.connect()

    imap.send(f'a LOGIN alice@example.test "{PASSWORD}"\r\n'.encode() + b"b NOOP\r\n" * 20_000)

    assert (await imap.response()).startswith(b"a OK ")
    for _ in range(20_000):
        assert await imap.response() == b"b OK NOOP completed"
