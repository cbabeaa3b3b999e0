"""Sign-in, TLS, what is no command, limits, timeouts, farewell."""

from __future__ import annotations

import asyncio
import ssl

import pytest

from backend.directory import guessing, settings, users
from backend.directory.principal import SYSTEM
from backend.directory.setting_key import Level
from protocol_service.access.connection import LOGIN_FACTOR
from protocol_service.connections import Connections
from protocol_service.pop3 import limits
from protocol_service.sasl.peer import FAILURE_LIMIT
from tests.protocol_service.pop3.conftest import FIRST, Pop3House
from tests.support.people import PASSWORD
from tests.support.pop3_client import Pop3Client


def anyone() -> ssl.SSLContext:
    """A client's context that takes the self-signed certificate."""
    context = ssl.create_default_context()
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    return context


async def test_a_wrong_password_and_an_unknown_user_read_alike(house: Pop3House) -> None:
    answers = []
    for name in ("alice", "nobody"):
        client = await house.connect()
        assert await client.command(f"USER {name}@example.test") == b"+OK"
        answers.append(await client.refused("PASS not this one"))

    assert answers == [b"[AUTH] Authentication failed"] * 2


async def test_a_name_is_good_for_one_password(house: Pop3House) -> None:
    client = await house.connect()
    assert await client.refused(f"PASS {PASSWORD}") == b"USER comes first"

    await client.ok("USER alice@example.test")
    await client.refused("PASS wrong")

    assert await client.refused(f"PASS {PASSWORD}") == b"USER comes first"
    await client.login("alice@example.test", PASSWORD)


async def test_a_password_may_hold_spaces_and_letters_of_any_language(house: Pop3House) -> None:
    password = "  grüne Äpfel  "
    await users.set_password(SYSTEM, house.users["alice"], password)
    client = await house.connect()

    await client.ok("USER alice@example.test")

    await client.ok(f"PASS {password}")


async def test_repeated_failures_end_the_connection(house: Pop3House) -> None:
    client = await house.connect()

    for number in range(FAILURE_LIMIT):  # tries on one name would be slowed before
        await client.ok(b"USER \xff%d" % number)
        assert await client.refused(b"PASS x") == b"[AUTH] Authentication failed"

    assert await client.ended()


async def test_guessing_is_slowed_by_the_same_count_as_elsewhere(house: Pop3House) -> None:
    answers = []
    for _ in range(guessing.PER_ACCOUNT + 1):
        client = await house.connect()
        await client.ok("USER bob@example.test")
        answers.append(await client.refused("PASS not this one"))

    assert answers[0] == b"[AUTH] Authentication failed"
    assert answers[-1] == b"[LOGIN-DELAY] Too many failed sign-ins; try again later"


async def test_pop3_that_is_turned_off_is_told_after_the_password(house: Pop3House) -> None:
    await settings.set_value(SYSTEM, "pop3.enabled", Level.USER, house.users["alice"], False)
    client = await house.connect()

    await client.ok("USER alice@example.test")
    assert await client.refused("PASS not this one") == b"[AUTH] Authentication failed"
    await client.ok("USER alice@example.test")
    assert await client.refused(f"PASS {PASSWORD}") == b"[SYS/PERM] POP3 is turned off for this account"
    await house.client("bob")


async def test_a_disabled_user_is_sent_away_and_nothing_is_deleted(house: Pop3House) -> None:
    await house.deliver(FIRST)
    client = await house.client()
    await client.ok("DELE 1")

    await users.update(SYSTEM, house.users["alice"], is_enabled=False)

    assert await client.line() == b"-ERR [SYS/TEMP] Sign in again"
    assert await client.ended()
    assert await house.inbox_size() == 1
    again = await house.connect()
    await again.ok("USER alice@example.test")
    assert await again.refused(f"PASS {PASSWORD}") == b"[AUTH] Authentication failed"


@pytest.mark.parametrize("line", ["STAT", "LIST", "RETR 1", "DELE 1", "NOOP", "RSET", "TOP 1 0", "UIDL"])
async def test_commands_of_the_transaction_need_a_sign_in(house: Pop3House, line: str) -> None:
    client = await house.connect()

    assert await client.refused(line) == b"The command is not allowed now"


@pytest.mark.parametrize(
    ("line", "reply"),
    [
        (b"", b"Unknown command"),
        (b" STAT", b"Unknown command"),
        (b"APOP alice c4c9334bac560ecc979e58001b3e22fb", b"Unknown command"),
        (b"XTND XMIT", b"Unknown command"),
        (b"STAT\0", b"Unknown command"),
        (b"\xff\xfe\xfd", b"Unknown command"),
        (b"USER bob@example.test", b"The command is not allowed now"),
        (b"STLS", b"The command is not allowed now"),
        (b"STAT now", b"The command takes no argument"),
        (b"RETR", b"A number is needed"),
        (b"RETR one", b"Not a number"),
        (b"RETR +1", b"Not a number"),
        (b"RETR 1 2", b"Not a number"),
        (b"RETR " + b"9" * 19, b"Not a number"),
        (b"RETR 4294967297", b"There is no such message, the maildrop has 0"),
        (b"DELE \xd9\xa1", b"Not a number"),
        (b"QUIT now", b"The command takes no argument"),
    ],
)
async def test_what_is_no_command_is_refused(house: Pop3House, line: bytes, reply: bytes) -> None:
    client = await house.client()

    assert await client.refused(line) == reply
    assert await client.command(b"noop  ") == b"+OK"


async def test_many_bad_commands_end_the_connection(house: Pop3House) -> None:
    client = await house.connect()

    for _ in range(limits.MAX_BAD_COMMANDS + 1):
        await client.refused("BOGUS")

    assert await client.ended()


async def test_a_long_line_is_refused_and_the_connection_goes_on(house: Pop3House) -> None:
    client = await house.connect()

    assert await client.refused(b"USER " + b"x" * limits.LINE_BYTES) == b"The line is too long"
    await client.login("alice@example.test", PASSWORD)


async def test_an_endless_line_ends_the_connection(house: Pop3House) -> None:
    client = await house.connect()

    client.send(b"x" * (limits.DISCARD_BYTES + limits.LINE_BYTES))

    assert await client.line() == b"-ERR The line is too long"
    assert await client.ended()


async def test_stls_discards_what_came_in_clear_text(house: Pop3House) -> None:
    client = await house.connect()
    await client.ok("USER alice@example.test")

    client.send(f"STLS\r\nPASS {PASSWORD}\r\nUSER eve@example.test\r\n".encode())
    assert await client.line() == b"+OK Begin TLS now"
    await client.writer.start_tls(anyone())

    assert await client.refused(f"PASS {PASSWORD}") == b"USER comes first"
    assert b"STLS" not in await client.many("CAPA")
    assert await client.refused("STLS") == b"TLS is active already"
    await client.login("alice@example.test", PASSWORD)


async def test_implicit_tls(house: Pop3House) -> None:
    client = await Pop3Client.connect(house.role.addresses["pop3s"], tls=anyone())

    assert client.greeting == b"+OK Postroom is ready"
    await client.login("alice@example.test", PASSWORD)
    await client.close()


@pytest.mark.parametrize("line", ["USER alice@example.test", f"PASS {PASSWORD}"])
async def test_no_password_crosses_clear_text(private_house: Pop3House, line: str) -> None:
    client = await private_house.connect()

    assert await client.refused(line) == b"Use TLS before you sign in"
    capabilities = await client.many("CAPA")
    assert b"\nUSER\r\n" not in capabilities
    assert b"\nSTLS\r\n" in capabilities
    await client.ok("STLS")
    await client.writer.start_tls(anyone())
    assert b"\nUSER\r\n" in await client.many("CAPA")
    await client.login("alice@example.test", PASSWORD)


async def test_a_silent_client_is_sent_away_without_a_word(house: Pop3House) -> None:
    await house.deliver(FIRST)
    stranger, client = await house.connect(), await house.client()
    await client.ok("DELE 1")
    now = house.role.server.now()

    for connection in tuple(house.role.server.open):
        connection.expire(now + house.service.connections.timeouts.login_s + 1)
    assert await stranger.ended()
    await client.ok("NOOP")
    for connection in tuple(house.role.server.open):
        connection.expire(now + house.service.connections.timeouts.idle_s["pop3"] + 1)

    assert await client.ended()
    assert await house.inbox_size() == 1


async def test_a_client_that_dribbles_bytes_does_not_stay(house: Pop3House) -> None:
    client = await house.connect()
    client.send(b"US")
    await asyncio.sleep(0)
    [connection] = house.role.server.open
    # Nothing that a client sends before it has signed in puts this end off.
    within_s = LOGIN_FACTOR * house.service.connections.timeouts.login_s
    connection._heard_at = house.role.server.now() + within_s

    connection.expire(house.role.server.now() + within_s + 1)

    assert await client.ended()


async def test_draining_ends_sessions_and_deletes_nothing(house: Pop3House) -> None:
    await house.deliver(FIRST)
    client = await house.client()
    await client.ok("DELE 1")

    await house.role.drain()

    assert await client.line() == b"-ERR [SYS/TEMP] The server is shutting down"
    assert await client.ended()
    assert await house.inbox_size() == 1


async def test_connections_of_one_address_are_counted(house: Pop3House) -> None:
    house.role.server.connections = Connections(house.service.settings, per_address=1)
    first = await house.connect()

    second = await house.connect()

    assert second.greeting == b"-ERR [SYS/TEMP] Too many connections, try again later"
    assert await second.ended()
    await first.ok("QUIT")
