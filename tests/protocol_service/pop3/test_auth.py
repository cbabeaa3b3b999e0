"""AUTH over the wire (RFC 5034), whose own examples are PLAIN with and without an initial response."""

from __future__ import annotations

from base64 import b64decode, b64encode

import pytest

from backend.directory import app_passwords, settings
from backend.directory.app_passwords import MailProtocol
from backend.directory.principal import SYSTEM
from backend.directory.setting_key import Level
from protocol_service.pop3 import limits
from tests.protocol_service.pop3.conftest import FIRST, Pop3House
from tests.protocol_service.pop3.test_session import anyone
from tests.support.people import PASSWORD
from tests.support.pop3_client import Pop3Client
from tests.support.scram_client import ScramClient

LOGIN = "alice@example.test"
PLAIN = b64encode(f"\0{LOGIN}\0{PASSWORD}".encode())


async def test_plain_with_an_initial_response(house: Pop3House) -> None:
    await house.deliver(FIRST)
    client = await house.connect()

    assert await client.command(b"auth plain " + PLAIN) == b"+OK The maildrop has 1 messages (120 octets)"
    assert await client.command("STAT") == b"+OK 1 120"
    assert await client.refused(b"AUTH PLAIN " + PLAIN) == b"The command is not allowed now"


async def test_plain_with_a_challenge(house: Pop3House) -> None:
    client = await house.connect()

    assert await client.command("AUTH PLAIN") == b"+ "
    await client.ok(PLAIN)


async def test_login_has_two_challenges(house: Pop3House) -> None:
    client = await house.connect()

    assert b64decode((await client.command("AUTH LOGIN"))[2:]) == b"Username:"
    assert b64decode((await client.command(b64encode(LOGIN.encode())))[2:]) == b"Password:"
    await client.ok(b64encode(PASSWORD.encode()))


async def test_an_exchange_in_one_packet(house: Pop3House) -> None:
    client = await house.connect()

    client.send(b"AUTH PLAIN\r\n" + PLAIN + b"\r\nSTAT\r\n")

    assert [(await client.line()).split()[0] for _ in range(3)] == [b"+", b"+OK", b"+OK"]


async def scram(client: Pop3Client, mechanism: str, exchange: ScramClient) -> bytes:
    """How the exchange ends."""
    challenge = await client.command(f"AUTH {mechanism} {b64encode(exchange.first()).decode()}")
    assert challenge.startswith(b"+ ")
    answer = await client.command(b64encode(exchange.final(b64decode(challenge[2:]))))
    if not answer.startswith(b"+ "):
        return answer
    assert b64decode(answer[2:]) == exchange.server_final()
    return await client.command("")


async def test_scram(house: Pop3House) -> None:
    await (await house.client()).ok("QUIT")  # the keys are made from the password by its first use
    client = await house.connect()

    wrong = await scram(client, "SCRAM-SHA-256", ScramClient(LOGIN, "not this one"))
    right = await scram(client, "SCRAM-SHA-256", ScramClient(LOGIN, PASSWORD))

    assert wrong == b"-ERR [AUTH] Authentication failed"
    assert right == b"+OK The maildrop has 0 messages (0 octets)"


async def test_mechanisms_are_bound_to_tls(private_house: Pop3House) -> None:
    client = await private_house.connect()
    assert b"SASL" not in await client.many("CAPA")
    assert await client.refused(b"AUTH PLAIN " + PLAIN) == b"Use TLS before you sign in"

    await client.ok("STLS")
    await client.writer.start_tls(anyone())

    assert b" SCRAM-SHA-256 PLAIN" in await client.many("CAPA")
    await client.ok(b"AUTH PLAIN " + PLAIN)


@pytest.mark.parametrize(
    ("lines", "reply"),
    [
        ([b"AUTH"], b"A mechanism is needed"),
        ([b"AUTH CRAM-MD5"], b"The mechanism is not supported"),
        ([b"AUTH SCRAM-SHA-256-PLUS"], b"The mechanism is not supported"),
        ([b"AUTH \xff\xfe"], b"The mechanism is not supported"),
        ([b"AUTH PLAIN *"], b"Authentication was cancelled"),
        ([b"AUTH PLAIN", b"*"], b"Authentication was cancelled"),
        ([b"AUTH PLAIN no base64"], b"The response is not base64"),
        ([b"AUTH PLAIN", b"a"], b"The response is not base64"),
        ([b"AUTH PLAIN ="], b"The response does not have the form of PLAIN"),
        ([b"AUTH PLAIN", b"A" * limits.LINE_BYTES + b"AAAA"], b"The line is too long"),
        (
            [b"AUTH PLAIN " + b64encode(f"bob@example.test\0{LOGIN}\0{PASSWORD}".encode())],
            b"[AUTH] You may not act for somebody else",
        ),
        (
            [b"AUTH PLAIN " + b64encode(f"\0{LOGIN}\0wrong".encode())],
            b"[AUTH] Authentication failed",
        ),
    ],
)
async def test_refusals(house: Pop3House, lines: list[bytes], reply: bytes) -> None:
    client = await house.connect()

    for line in lines[:-1]:
        assert (await client.command(line)).startswith(b"+ ")

    assert await client.refused(lines[-1]) == reply
    await client.ok(b"AUTH PLAIN " + PLAIN)


async def test_an_app_password_is_for_its_protocols(house: Pop3House) -> None:
    for protocol, is_right in ((MailProtocol.POP3, True), (MailProtocol.IMAP, False)):
        secret, _ = await app_passwords.create(SYSTEM, house.users["alice"], "Laptop", protocols={protocol})
        client = await house.connect()
        await client.ok(f"USER {LOGIN}")
        answer = await client.command(f"PASS {secret}")

        assert answer.startswith(b"+OK") is is_right
        await client.ok("QUIT")


async def test_a_protocol_that_is_turned_off(house: Pop3House) -> None:
    await settings.set_value(SYSTEM, "pop3.enabled", Level.USER, house.users["alice"], False)
    client = await house.connect()

    assert await client.refused(b"AUTH PLAIN " + PLAIN) == b"[SYS/PERM] POP3 is turned off for this account"


async def test_a_client_that_goes_in_the_middle_of_an_exchange(house: Pop3House) -> None:
    client = await house.connect()
    assert await client.command("AUTH PLAIN") == b"+ "
    [connection] = house.role.server.open

    connection.expire(house.role.server.now() + house.service.connections.timeouts.login_s + 1)

    assert await client.ended()
    await house.client()
