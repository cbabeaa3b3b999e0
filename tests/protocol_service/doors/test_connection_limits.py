"""Connections of an address and of a user: limited by settings, over protocols and processes."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import AsyncIterator
from ipaddress import ip_network

import pytest

from backend.directory import app_passwords, domains, settings, users
from backend.directory.principal import SYSTEM
from backend.directory.setting_key import Level
from backend.kit import redis as redis_module
from backend.kit.errors import LimitExceeded
from backend.kit.runtime import Runtime
from protocol_service import user_connections
from protocol_service.connections import Connections
from protocol_service.smtp import listener as smtp_listener
from protocol_service.user_connections import UserConnections
from tests.protocol_service.imap.conftest import PASSWORD, ImapHouse
from tests.support.imap_client import ImapClient
from tests.support.mail_house import until
from tests.support.people import add_user
from tests.support.smtp_raw import RawSmtp
from tests.support.valkey import Valkey

LOGIN = "alice@example.test"
PLAIN = b64encode(f"\0{LOGIN}\0{PASSWORD}".encode()).decode()
ADDRESS = "192.0.2.1"


@pytest.fixture
async def ada(rt: Runtime) -> int:
    """A user without open doors."""
    return await add_user((await domains.add(SYSTEM, "example.test")).id, "ada")


@pytest.fixture
async def submission(house: ImapHouse) -> AsyncIterator[tuple[str, int]]:
    """The submission door of the same process."""
    role = await smtp_listener.start(house.service)
    yield role.addresses["submission"]
    await role.close()


async def allow(house: ImapHouse, count: int) -> int:
    """Let alice have that many connections."""
    alice = house.users["alice"]
    await settings.set_value(SYSTEM, "connections.per_user", Level.USER, alice, count)
    return alice


async def test_a_user_has_so_many_connections_by_all_protocols(
    house: ImapHouse, submission: tuple[str, int]
) -> None:
    alice = await allow(house, 2)
    first = await house.client()
    smtp = await RawSmtp.connect(submission)
    assert (await smtp.command(f"AUTH PLAIN {PLAIN}")).code == 235
    late, other = await house.connect(), await RawSmtp.connect(submission)

    assert await late.refused(f'LOGIN {LOGIN} "{PASSWORD}"') == (
        b"NO [LIMIT] There are 2 connections of this user already"
    )
    assert str(await other.command(f"AUTH PLAIN {PLAIN}")).startswith("454 4.7.0")
    await house.client("bob")
    await first.ok("LOGOUT")
    await until(lambda: house.service.connections.users.count(alice) == 1)

    await late.login(LOGIN, PASSWORD)
    smtp.writer.close()
    await until(lambda: house.service.connections.users.count(alice) == 1)
    assert (await other.command(f"AUTH PLAIN {PLAIN}")).code == 235
    other.writer.close()


async def test_a_user_who_leaves_in_any_state_is_counted_out(
    house: ImapHouse, submission: tuple[str, int]
) -> None:
    alice = await allow(house, 50)
    counted = house.service.connections.users
    client = await house.client(select="INBOX")
    client.send(b"i IDLE\r\n")
    await client.response()
    smtp = await RawSmtp.connect(submission)
    await smtp.command(f"AUTH PLAIN {PLAIN}")
    assert counted.count(alice) == 2

    for writer in (client.writer, smtp.writer):
        writer.transport.abort()

    await until(lambda: counted.count(alice) == 0)


async def test_the_limit_of_an_address_is_a_setting(house: ImapHouse) -> None:
    await settings.set_value(SYSTEM, "connections.per_address", Level.SYSTEM, 0, 1)
    await house.service.connections.look()
    await house.client()

    late = await ImapClient.connect(house.role.addresses["imap"])

    assert late.greeting == b"* BYE Too many connections, try again later"
    await late.close()
    await settings.set_value(SYSTEM, "connections.per_address", Level.SYSTEM, 0, 0)
    await house.service.connections.look()
    await house.client()


async def test_trusted_networks_are_counted_and_not_refused(rt: Runtime, ada: int) -> None:
    await settings.set_value(SYSTEM, "connections.per_user", Level.SYSTEM, 0, 1)
    trusting = rt.settings.model_copy(update={"trusted_networks": (ip_network("192.0.2.0/24"),)})
    counted = UserConnections(trusting)

    for _ in range(3):
        await counted.enter(ada, ADDRESS)

    assert counted.count(ada) == 3
    with pytest.raises(LimitExceeded):
        await counted.enter(ada, "198.51.100.1")


async def test_a_changed_password_and_a_revoked_app_password_end_smtp_sessions(
    house: ImapHouse, submission: tuple[str, int]
) -> None:
    text, made = await app_passwords.create(SYSTEM, house.users["alice"], "Printer")
    by_app = await RawSmtp.connect(submission)
    secret = b64encode(f"\0{LOGIN}\0{text}".encode()).decode()
    assert (await by_app.command(f"AUTH PLAIN {secret}")).code == 235
    by_password = await RawSmtp.connect(submission)
    assert (await by_password.command(f"AUTH PLAIN {PLAIN}")).code == 235

    await app_passwords.revoke(SYSTEM, house.users["alice"], made.id)
    assert str(await by_app.reply()) == "421 4.7.0 Sign in again"
    assert (await by_password.command("MAIL FROM:<alice@example.test>")).code == 250
    await users.set_password(SYSTEM, house.users["alice"], "another-anchor-74")

    assert str(await by_password.reply()) == "421 4.7.0 Sign in again"
    assert await by_password.at_end()


# -- several processes


@pytest.fixture
async def shared(rt: Runtime, valkey: Valkey, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Valkey]:
    """A Redis, and two connections for each user."""
    await settings.set_value(SYSTEM, "connections.per_user", Level.SYSTEM, 0, 2)
    client = valkey.connect()
    monkeypatch.setattr(redis_module, "_client", client)
    yield valkey
    await client.aclose()


async def test_processes_count_together(rt: Runtime, ada: int, shared: Valkey) -> None:
    one, two = UserConnections(rt.settings), UserConnections(rt.settings)
    await one.enter(ada, ADDRESS)
    await two.enter(ada, ADDRESS)

    for process in (one, two):
        with pytest.raises(LimitExceeded):
            await process.enter(ada, ADDRESS)
        assert process.count(ada) == 1
    one.leave(ada)
    await one.tell_changes()

    await two.enter(ada, ADDRESS)
    assert two.count(ada) == 2


async def test_what_redis_was_told_stands_until_the_next_turn(
    rt: Runtime, ada: int, shared: Valkey, monkeypatch: pytest.MonkeyPatch
) -> None:
    one, two = UserConnections(rt.settings), UserConnections(rt.settings)
    client = redis_module.redis()
    asked: list[str] = []

    async def counted(script: str, numkeys: int, *rest: str) -> object:
        asked.append(rest[0])
        return await real(script, numkeys, *rest)

    real = client.eval
    monkeypatch.setattr(client, "eval", counted)
    for _ in range(3):
        await one.enter(ada, ADDRESS)
        one.leave(ada)
    await two.enter(ada, ADDRESS)
    await one.enter(ada, ADDRESS)
    assert len(asked) == 2

    with pytest.raises(LimitExceeded):
        await two.enter(ada, ADDRESS)
    one.leave(ada)
    await one.tell_changes()
    await two.enter(ada, ADDRESS)

    with pytest.raises(LimitExceeded):
        await one.enter(ada, ADDRESS)


async def test_a_process_that_died_is_forgotten(
    rt: Runtime, ada: int, shared: Valkey, monkeypatch: pytest.MonkeyPatch
) -> None:
    dead, alive = UserConnections(rt.settings), UserConnections(rt.settings)
    monkeypatch.setattr(user_connections, "LASTS_S", -1)
    await dead.enter(ada, ADDRESS)
    monkeypatch.setattr(user_connections, "LASTS_S", 180)

    for _ in range(2):
        await alive.enter(ada, ADDRESS)

    await alive.renew()
    with pytest.raises(LimitExceeded):
        await dead.enter(ada, ADDRESS)


async def test_without_redis_a_process_counts_alone(rt: Runtime, ada: int, shared: Valkey) -> None:
    counted = Connections(rt.settings).users
    await shared.stop()

    for _ in range(2):
        await counted.enter(ada, ADDRESS)

    with pytest.raises(LimitExceeded):
        await counted.enter(ada, ADDRESS)
