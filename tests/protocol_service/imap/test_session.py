"""Greeting, states, capabilities, sign-in, TLS, limits before login, farewell."""

from __future__ import annotations

import asyncio
import base64
import ssl

import pytest

from backend.directory import settings, users
from backend.directory.principal import SYSTEM
from backend.directory.setting_key import Level
from protocol_service.imap import limits
from protocol_service.sasl import peer
from tests.protocol_service.imap.conftest import PASSWORD, ImapHouse
from tests.support.imap_client import ImapClient


def anyone() -> ssl.SSLContext:
    """A client's context that takes the self-signed certificate."""
    context = ssl.create_default_context()
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    return context


async def capabilities(client: ImapClient) -> set[bytes]:
    [line] = await client.ok("CAPABILITY")
    return set(line.split()[2:])


async def test_greeting_and_capabilities_tell_the_state(house: ImapHouse) -> None:
    client = await house.connect()

    assert client.greeting.startswith(b"* OK [CAPABILITY IMAP4rev1 ")
    assert {b"STARTTLS", b"AUTH=PLAIN"} <= await capabilities(client)
    assert b"IDLE" not in await capabilities(client)

    await client.login("alice@example.test", PASSWORD)

    signed_in = await capabilities(client)
    assert {b"IDLE", b"MOVE", b"CONDSTORE", b"APPENDLIMIT=52428800"} <= signed_in
    assert not {b"STARTTLS", b"AUTH=PLAIN"} & signed_in


async def test_noop_id_and_namespace(house: ImapHouse) -> None:
    client = await house.connect()

    assert await client.ok("NOOP") == []
    assert await client.ok('ID ("name" "test" "version" NIL)') == [b'* ID ("name" "Postroom")']
    assert await client.ok("ID NIL") == [b'* ID ("name" "Postroom")']
    await client.login("alice@example.test", PASSWORD)
    assert await client.ok("NAMESPACE") == [b'* NAMESPACE (("" "/")) (("Users/" "/")) (("Shared/" "/"))']


@pytest.mark.parametrize(
    "line", ["SELECT INBOX", 'LIST "" *', "IDLE", "FETCH 1 FLAGS", "UID FETCH 1 FLAGS", "ENABLE X"]
)
async def test_commands_of_a_later_state_are_refused(house: ImapHouse, line: str) -> None:
    client = await house.connect()

    assert await client.refused(line) == b"BAD The command is not allowed now"


async def test_selected_commands_need_a_mailbox(imap: ImapClient) -> None:
    for line in ("FETCH 1 FLAGS", "EXPUNGE", "CLOSE", "SEARCH ALL", "STORE 1 FLAGS ()", "COPY 1 INBOX"):
        assert await imap.refused(line) == b"BAD The command is not allowed now"
    assert (
        await imap.refused(f"LOGIN alice@example.test {PASSWORD!r}") == b"BAD The command is not allowed now"
    )


@pytest.mark.parametrize(
    ("line", "reply"),
    [
        (b"a FROB", b"a BAD Unknown command"),
        (b"a UID FROB", b"a BAD Unknown command"),
        (b"a+b NOOP", b"* BAD Expected a tag"),
        (b"", b"* BAD Expected a tag"),
        (b"a", b"a BAD Missing argument"),
        (b"a NOOP now", b"a BAD Unexpected argument"),
        (b"a LOGIN x", b"a BAD Missing argument"),
        (b'a LOGIN "x', b"a BAD Expected a closing quote"),
    ],
)
async def test_what_is_no_command_is_answered_bad(house: ImapHouse, line: bytes, reply: bytes) -> None:
    client = await house.connect()

    client.send(line + b"\r\n")

    assert await client.response() == reply
    assert await client.ok("NOOP") == []


async def test_login_takes_quoted_strings_and_literals(house: ImapHouse) -> None:
    client = await house.connect()

    await client.ok(
        b"LOGIN {18}", b"alice@example.test {%d}\r\n" % len(PASSWORD), PASSWORD.encode() + b"\r\n"
    )

    await client.ok("SELECT INBOX")


async def test_a_wrong_password_and_an_unknown_user_read_alike(house: ImapHouse) -> None:
    client = await house.connect()

    wrong = await client.refused('LOGIN alice@example.test "not this one"')
    unknown = await client.refused('LOGIN nobody@example.test "not this one"')

    assert wrong == unknown == b"NO [AUTHENTICATIONFAILED] Authentication failed"


async def test_repeated_failures_end_the_connection(house: ImapHouse) -> None:
    client = await house.connect()

    for number in range(peer.FAILURE_LIMIT - 1):  # tries on one name would be slowed before
        await client.refused(b'LOGIN "\xff%d" x' % number)
    answer = await client.command(b'LOGIN "\xff" x')

    assert answer.untagged == [b"* BYE Too many failed attempts"]
    assert await client.ended()


async def test_a_disabled_user_is_refused_and_sent_away(house: ImapHouse) -> None:
    client = await house.client()

    await users.update(SYSTEM, house.users["alice"], is_enabled=False)

    assert await client.response() == b"* BYE Sign in again"
    assert await client.ended()
    again = await house.connect()
    assert (await again.refused(f'LOGIN alice@example.test "{PASSWORD}"')).startswith(
        b"NO [AUTHENTICATIONFAILED]"
    )


async def test_imap_that_is_turned_off_is_told_after_the_password(house: ImapHouse) -> None:
    await settings.set_value(SYSTEM, "imap.enabled", Level.USER, house.users["alice"], False)
    client = await house.connect()

    wrong = await client.refused('LOGIN alice@example.test "not this one"')
    right = await client.refused(f'LOGIN alice@example.test "{PASSWORD}"')

    assert wrong == b"NO [AUTHENTICATIONFAILED] Authentication failed"
    assert right == b"NO [CONTACTADMIN] IMAP is turned off for this account"
    await (await house.client("bob")).ok("SELECT INBOX")


@pytest.mark.parametrize("identity", ["", "alice@example.test"])
async def test_authenticate_plain_with_and_without_initial_response(house: ImapHouse, identity: str) -> None:
    secret = base64.b64encode(f"{identity}\0alice@example.test\0{PASSWORD}".encode())

    first = await house.connect()
    await first.ok(b"AUTHENTICATE PLAIN " + secret)
    second = await house.connect()
    await second.ok("AUTHENTICATE PLAIN", secret + b"\r\n")

    await first.ok("SELECT INBOX")
    await second.ok("SELECT INBOX")


@pytest.mark.parametrize(
    ("line", "response", "reply"),
    [
        (b"AUTHENTICATE PLAIN", b"*", b"BAD Authentication was cancelled"),
        (b"AUTHENTICATE PLAIN", b"!!!", b"BAD The response is not base64"),
        (b"AUTHENTICATE PLAIN =", b"", b"BAD The response does not have the form of PLAIN"),
        (
            b"AUTHENTICATE PLAIN",
            base64.b64encode(f"bob\0alice@example.test\0{PASSWORD}".encode()),
            b"NO [AUTHORIZATIONFAILED] You may not act for somebody else",
        ),
        (b"AUTHENTICATE NTLM", b"", b"NO [CANNOT] The mechanism is not supported"),
    ],
)
async def test_authenticate_refusals(house: ImapHouse, line: bytes, response: bytes, reply: bytes) -> None:
    client = await house.connect()

    assert await client.refused(line, response + b"\r\n") == reply
    assert await client.refused("SELECT INBOX") == b"BAD The command is not allowed now"


async def test_starttls_discards_what_came_in_clear_text(house: ImapHouse) -> None:
    client = await house.connect()

    client.send(b"a STARTTLS\r\nb NOOP\r\nc LOGIN x y\r\n")
    assert await client.response() == b"a OK Begin TLS now"
    await client.writer.start_tls(anyone())

    assert await client.ok("NOOP") == []  # and no answer to b or c
    assert b"STARTTLS" not in await capabilities(client)
    assert await client.refused("STARTTLS") == b"BAD TLS is active already"
    await client.login("alice@example.test", PASSWORD)


async def test_implicit_tls(house: ImapHouse) -> None:
    client = await ImapClient.connect(house.role.addresses["imaps"], tls=anyone())

    assert b"STARTTLS" not in client.greeting
    await client.login("alice@example.test", PASSWORD)
    await client.ok("SELECT INBOX")
    await client.close()


@pytest.mark.parametrize("line", [f'LOGIN alice@example.test "{PASSWORD}"', "AUTHENTICATE PLAIN AGEAYg=="])
async def test_no_password_crosses_clear_text(private_house: ImapHouse, line: str) -> None:
    client = await private_house.connect()

    assert b"LOGINDISABLED" in client.greeting
    assert b"AUTH=PLAIN" not in client.greeting
    assert await client.refused(line) == b"NO [PRIVACYREQUIRED] Use TLS before you sign in"


@pytest.mark.parametrize("size", [b"2147483648", b"9223372036854775808", b"1025"])
async def test_literals_before_login_are_refused_before_they_come(house: ImapHouse, size: bytes) -> None:
    client = await house.connect()

    answer = await client.command(b"LOGIN {" + size + b"}")

    assert answer.untagged == []  # no continuation
    assert answer.status == b"BAD [TOOBIG] The literal is too large"


async def test_a_negative_literal_is_bad(house: ImapHouse) -> None:
    client = await house.connect()

    assert (await client.refused(b"LOGIN {-5}")).startswith(b"BAD ")


async def test_brackets_before_login_are_refused(house: ImapHouse) -> None:
    client = await house.connect()

    client.send(b"a NOOP " + b"(" * 200_000 + b"\r\n")

    assert await client.response() == b"a BAD [TOOBIG] The command line is too long"
    assert await client.response() == b"* BYE Too much data"


async def test_an_endless_line_ends_the_connection(house: ImapHouse) -> None:
    client = await house.connect()

    client.send(b"x" * 2_000_000)

    assert await client.response() == b"* BAD [TOOBIG] The command line is too long"
    assert await client.response() == b"* BYE Too much data"
    assert await client.ended()


async def test_many_bad_commands_end_the_connection(house: ImapHouse) -> None:
    client = await house.connect()

    client.send(b"a FROB\r\n" * 30)
    replies = [await client.response() for _ in range(limits.MAX_BAD_COMMANDS + 2)]

    assert b"* BYE Too many bad commands" in replies
    assert await client.ended()


async def test_pipelined_commands_are_answered_in_order(imap: ImapClient) -> None:
    imap.send(b"".join(b"p%d STATUS INBOX (MESSAGES)\r\n" % number for number in range(200)))

    for number in range(200):
        answer = await imap.answer(b"p%d" % number)
        assert answer.untagged == [b'* STATUS "INBOX" (MESSAGES 0)']


async def test_logout_says_goodbye(imap: ImapClient) -> None:
    answer = await imap.command("LOGOUT")

    assert answer.untagged == [b"* BYE Logging out"]
    assert answer.status == b"OK LOGOUT completed"
    assert await imap.ended()


async def test_draining_ends_idle_sessions_and_refuses_new_ones(house: ImapHouse) -> None:
    client = await house.client(select="INBOX")
    client.send(b"i IDLE\r\n")
    assert await client.response() == b"+ idling"

    async with asyncio.timeout(5):
        await house.role.drain()

    assert await client.response() == b"* BYE The server is shutting down"
    assert await client.ended()
    with pytest.raises(OSError):
        await house.connect()


async def test_a_silent_client_is_sent_away(house: ImapHouse) -> None:
    client = await house.connect()
    signed_in = await house.client()
    now = house.role.server.now()

    for connection in tuple(house.role.server.open):
        connection.expire(now + house.service.connections.timeouts.login_s + 1)

    assert await client.response() == b"* BYE Timed out"
    assert await client.ended()
    await signed_in.ok("NOOP")


async def test_connections_of_one_address_are_counted(house: ImapHouse) -> None:
    house.service.connections.per_address = 2
    first, _ = await house.connect(), await house.connect()

    third = await house.connect()
    assert third.greeting == b"* BYE Too many connections, try again later"
    assert await third.ended()

    await first.ok("LOGOUT")
    assert await first.ended()
    assert (await house.connect()).greeting.startswith(b"* OK")
