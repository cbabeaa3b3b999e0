"""How long a client may say nothing: settings, followed while the doors are open."""

from __future__ import annotations

import socket

import pytest

from backend.directory import app_passwords, settings
from backend.directory.principal import SYSTEM
from backend.directory.setting_key import Level
from backend.kit.errors import InvalidSyntax
from protocol_service.access.connection import LOGIN_FACTOR
from protocol_service.access.listener import KEEPALIVE_IDLE_S
from protocol_service.pop3 import listener as pop3_listener
from tests.protocol_service.imap.conftest import ImapHouse
from tests.support.pop3_client import Pop3Client


async def test_timeouts_are_settings(house: ImapHouse) -> None:
    for key, seconds in (("connections.login_seconds", 10), ("imap.idle_seconds", 7200)):
        await settings.set_value(SYSTEM, key, Level.SYSTEM, 0, seconds)
    await house.service.connections.look()
    stranger, client = await house.connect(), await house.client()
    now = house.role.server.now()

    for connection in tuple(house.role.server.open):
        connection.expire(now + 11)
    assert await stranger.response() == b"* BYE Timed out"
    for connection in tuple(house.role.server.open):
        connection.expire(now + 7100)
    await client.ok("NOOP")
    for connection in tuple(house.role.server.open):
        connection.expire(now + 7300)

    assert await client.response() == b"* BYE Timed out"


@pytest.mark.parametrize(("key", "seconds"), [("imap.idle_seconds", 1799), ("pop3.idle_seconds", 599)])
async def test_what_the_standards_promise_cannot_be_set_lower(
    house: ImapHouse, key: str, seconds: int
) -> None:
    with pytest.raises(InvalidSyntax):
        await settings.set_value(SYSTEM, key, Level.SYSTEM, 0, seconds)


async def test_a_client_that_dribbles_bytes_has_to_sign_in(house: ImapHouse) -> None:
    client = await house.connect()
    client.send(b"a LOG")
    [connection] = house.role.server.open
    within_s = LOGIN_FACTOR * house.service.connections.timeouts.login_s
    now = house.role.server.now()

    connection._heard_at = now + within_s  # its last byte was just now
    connection.expire(now + within_s + 1)

    assert await client.response() == b"* BYE Timed out"


async def test_a_command_that_takes_long_is_no_silence(house: ImapHouse) -> None:
    client = await house.client()
    [connection] = house.role.server.open
    idle_s = house.service.connections.timeouts.idle_s["imap"]
    now = house.role.server.now()

    connection._is_busy = True
    connection.expire(now + 2 * idle_s)
    connection._is_busy = False
    connection.expire(now + 2 * idle_s + 5)

    await client.ok("NOOP")


async def test_who_signed_out_has_to_sign_in_again_in_time(house: ImapHouse) -> None:
    client = await house.client()
    [connection] = house.role.server.open
    login_s = house.service.connections.timeouts.login_s
    start = house.role.server.now()
    connection._heard_at = start + 1000
    connection.expire(start + 1000)  # signed in for long

    await client.ok("UNAUTHENTICATE")
    connection._heard_at = start + 1000
    connection.expire(start + 1000 + login_s - 1)
    await client.ok("NOOP")
    connection._heard_at = start + 1000 + LOGIN_FACTOR * login_s
    connection.expire(start + 1001 + LOGIN_FACTOR * login_s)

    assert await client.response() == b"* BYE Timed out"


async def test_a_revoked_app_password_ends_imap_and_pop3(house: ImapHouse) -> None:
    alice = house.users["alice"]
    secret, made = await app_passwords.create(SYSTEM, alice, "phone")
    role = await pop3_listener.start(house.service)
    house.stack.push_async_callback(role.close)
    imap = await house.connect()
    await imap.login("alice@example.test", secret)
    pop3 = await Pop3Client.connect(role.addresses["pop3"])
    house.stack.push_async_callback(pop3.close)
    await pop3.login("alice@example.test", secret)

    await app_passwords.revoke(SYSTEM, alice, made.id)

    assert await imap.response() == b"* BYE Sign in again"
    assert await imap.ended()
    assert await pop3.line() == b"-ERR [SYS/TEMP] Sign in again"
    assert await pop3.ended()


async def test_connections_have_keepalive_from_the_door(house: ImapHouse) -> None:
    await house.connect()
    [connection] = house.role.server.open

    sock = connection._transport.get_extra_info("socket")

    assert sock.getsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE)
    assert sock.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY)
    assert sock.getsockopt(socket.IPPROTO_TCP, socket.TCP_KEEPIDLE) == KEEPALIVE_IDLE_S
