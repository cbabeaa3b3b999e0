"""The examples of RFC 1939, 2449, 2595 and 6856, over real sockets."""

from __future__ import annotations

import pytest

from tests.protocol_service.pop3.conftest import FIRST, SECOND, Pop3House
from tests.support.people import PASSWORD
from tests.support.pop3_client import Pop3Client


@pytest.fixture
async def pop3(house: Pop3House) -> Pop3Client:
    """alice, signed in, with two messages of 120 and 200 octets (RFC 1939 §10)."""
    await house.deliver(FIRST, SECOND)
    assert (len(FIRST), len(SECOND)) == (120, 200)
    return await house.client()


async def test_the_session_of_rfc_1939_section_10(house: Pop3House) -> None:
    await house.deliver(FIRST, SECOND)
    client = await house.connect()

    assert client.greeting == b"+OK Postroom is ready"
    assert await client.command("USER alice@example.test") == b"+OK"
    assert await client.command(f"PASS {PASSWORD}") == b"+OK The maildrop has 2 messages (320 octets)"
    assert await client.command("STAT") == b"+OK 2 320"
    assert await client.command("LIST") == b"+OK 2 messages (320 octets)"
    assert await client.rest() == b"1 120\r\n2 200\r\n"
    assert await client.command("RETR 1") == b"+OK 120 octets"
    assert await client.rest() == FIRST
    assert await client.command("DELE 1") == b"+OK Message 1 deleted"
    assert await client.command("RETR 2") == b"+OK 200 octets"
    assert await client.rest() == SECOND
    assert await client.command("DELE 2") == b"+OK Message 2 deleted"
    assert await client.command("QUIT") == b"+OK Goodbye, 2 messages removed"
    assert await client.ended()
    assert await house.inbox_size() == 0


async def test_quit_before_sign_in(house: Pop3House) -> None:
    client = await house.connect()

    assert await client.command("QUIT") == b"+OK Goodbye"
    assert await client.ended()


async def test_list_and_uidl_of_one_message(pop3: Pop3Client) -> None:
    assert await pop3.command("LIST 2") == b"+OK 2 200"
    assert await pop3.refused("LIST 3") == b"There is no such message, the maildrop has 2"
    listing = dict(line.split() for line in (await pop3.many("UIDL")).splitlines())
    assert list(listing) == [b"1", b"2"]
    assert await pop3.command("UIDL 2") == b"+OK 2 " + listing[b"2"]
    assert await pop3.refused("UIDL 0") == b"There is no such message, the maildrop has 2"


async def test_deleted_messages_are_gone_until_rset(pop3: Pop3Client) -> None:
    await pop3.ok("DELE 1")

    assert await pop3.command("STAT") == b"+OK 1 200"
    assert await pop3.many("LIST") == b"2 200\r\n"
    assert (await pop3.many("UIDL")).startswith(b"2 ")
    for line in ("DELE 1", "RETR 1", "TOP 1 0", "LIST 1", "UIDL 1"):
        assert await pop3.refused(line) == b"Message 1 is deleted"
    assert await pop3.command("RSET") == b"+OK The maildrop has 2 messages (320 octets)"
    assert await pop3.command("STAT") == b"+OK 2 320"
    assert await pop3.many("RETR 1") == FIRST


async def test_top_gives_the_header_and_some_lines(pop3: Pop3Client) -> None:
    header = SECOND[: SECOND.index(b"\r\n\r\n") + 4]

    assert await pop3.many("TOP 2 0") == header
    assert await pop3.many("TOP 2 2") == header + b".dot\r\n..\r\n"
    assert await pop3.many("TOP 2 1000000") == SECOND
    assert await pop3.refused("TOP 3 10") == b"There is no such message, the maildrop has 2"
    assert await pop3.refused("TOP 1") == b"Two numbers are needed"
    assert await pop3.refused("TOP 1 -1") == b"Not a number"


async def test_dots_are_doubled_on_the_wire(pop3: Pop3Client) -> None:
    pop3.send(b"RETR 2\r\nNOOP\r\n")
    wire = await pop3.reader.readuntil(b"\r\n.\r\n")

    assert b"\r\n..dot\r\n...\r\n" in wire
    assert wire.endswith(b"\r\n..\r\n.\r\n")
    assert await pop3.line() == b"+OK"


async def test_an_empty_maildrop(house: Pop3House) -> None:
    client = await house.client()

    assert await client.command("STAT") == b"+OK 0 0"
    assert await client.many("LIST") == b""
    assert await client.many("UIDL") == b""
    assert await client.refused("RETR 1") == b"There is no such message, the maildrop has 0"
    assert await client.command("QUIT") == b"+OK Goodbye"


async def test_capabilities_tell_the_state(house: Pop3House) -> None:
    client = await house.connect()

    before = set((await client.many("CAPA")).splitlines())
    await client.login("alice@example.test", PASSWORD)
    after = set((await client.many("CAPA")).splitlines())

    common = {
        b"TOP", b"UIDL", b"RESP-CODES", b"AUTH-RESP-CODE", b"PIPELINING", b"EXPIRE NEVER", b"USER",
        b"SASL SCRAM-SHA-256 PLAIN LOGIN OAUTHBEARER XOAUTH2", b"UTF8 USER", b"LANG",
        b"IMPLEMENTATION Postroom",
    }  # fmt: skip
    assert before == common | {b"STLS"}
    assert after == common


async def test_languages(house: Pop3House) -> None:
    client = await house.connect()

    assert await client.command("LANG EN") == b"+OK en English it is"
    assert await client.command("LANG *") == b"+OK en English it is"
    assert await client.refused("LANG uga") == b"There is no such language here"
    assert await client.many("LANG") == b"en English\r\ni-default English\r\n"


async def test_utf8_is_for_before_the_sign_in(house: Pop3House) -> None:
    client = await house.connect()

    assert await client.command("UTF8") == b"+OK UTF-8 is in use"
    await client.login("alice@example.test", PASSWORD)
    assert await client.refused("UTF8") == b"The command is not allowed now"


async def test_pipelined_commands_are_answered_in_order(pop3: Pop3Client) -> None:
    pop3.send(b"STAT\r\nNOOP\r\nLIST 1\r\nBOGUS\r\nDELE 1\r\nSTAT\r\nRSET\r\nUIDL 9\r\n" + b"NOOP\r\n" * 200)

    answers = [await pop3.line() for _ in range(208)]

    assert [answer.split()[0] for answer in answers[:8]] == [
        b"+OK", b"+OK", b"+OK", b"-ERR", b"+OK", b"+OK", b"+OK", b"-ERR",
    ]  # fmt: skip
    assert (answers[0], answers[2], answers[5]) == (b"+OK 2 320", b"+OK 1 120", b"+OK 1 200")
    assert answers[8:] == [b"+OK"] * 200


async def test_a_whole_session_in_one_packet(house: Pop3House) -> None:
    await house.deliver(FIRST)
    client = await house.connect()

    client.send(f"USER alice@example.test\r\nPASS {PASSWORD}\r\nRETR 1\r\nDELE 1\r\nQUIT\r\n".encode())

    assert [await client.line() for _ in range(3)][2] == b"+OK 120 octets"
    assert await client.rest() == FIRST
    assert await client.line() == b"+OK Message 1 deleted"
    assert await client.line() == b"+OK Goodbye, 1 messages removed"
    assert await house.inbox_size() == 0
