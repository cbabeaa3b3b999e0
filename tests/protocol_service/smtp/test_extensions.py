"""Parameters of a message's way: FUTURERELEASE (RFC 4865), MT-PRIORITY (RFC 6710), REQUIRETLS (RFC 8689)."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from backend.kit import clock, db
from protocol_service.smtp.commands.parameters import MOST_HOLD_S
from tests.protocol_service.smtp.submitting import COMPLETE, plain, signed_in
from tests.support.mail_house import House
from tests.support.smtp_raw import RawSmtp, stuffed, trusting


async def _send(client: RawSmtp, parameters: str, recipient: str = "friend@remote.test") -> int:
    reply = await client.command(f"MAIL FROM:<alice@example.test> {parameters}")
    if reply.code != 250:
        return reply.code
    assert (await client.command(f"RCPT TO:<{recipient}>")).code == 250
    assert (await client.command("DATA")).code == 354
    client.send(stuffed(COMPLETE))
    return (await client.reply()).code


async def test_a_message_is_held_for_seconds(doors: House) -> None:
    client = await signed_in(doors)
    now = clock.now()

    assert await _send(client, "HOLDFOR=86400") == 250

    due = await db.fetch_value("SELECT next_attempt_at FROM spool_recipient")
    assert now + 86400 <= due <= now + 86460


async def test_a_message_for_a_mailbox_here_is_held_too(house: House) -> None:
    client = await signed_in(house)

    assert await _send(client, "HOLDFOR=86400", "bob@example.test") == 250

    assert await db.fetch_value("SELECT state FROM spool_recipient") == 0
    assert await house.inbox("bob") == []


async def test_a_message_is_held_until_a_moment(doors: House) -> None:
    client = await signed_in(doors)
    moment = clock.now() + 7200

    assert await _send(client, f"HOLDUNTIL={datetime.fromtimestamp(moment, UTC):%Y-%m-%dT%H:%M:%SZ}") == 250

    assert await db.fetch_value("SELECT next_attempt_at FROM spool_recipient") == moment


@pytest.mark.parametrize(
    "parameters",
    [
        "HOLDFOR=0",
        "HOLDFOR=-1",
        "HOLDFOR=x",
        f"HOLDFOR={MOST_HOLD_S + 100}",
        "HOLDUNTIL=tomorrow",
        "HOLDUNTIL=2026-13-01T00:00:00Z",
        "HOLDUNTIL=9999-01-01T00:00:00Z",
        "HOLDFOR=60 HOLDUNTIL=2026-12-01T00:00:00Z",
        "MT-PRIORITY=10",
        "MT-PRIORITY=",
        "MT-PRIORITY=+1",
        "REQUIRETLS=yes",
    ],
)
async def test_wrong_values_are_refused(doors: House, parameters: str) -> None:
    client = await signed_in(doors)

    assert await _send(client, parameters) == 501
    assert await doors.count("spool_message") == 0


@pytest.mark.parametrize(("value", "priority_class"), [("-9", -1), ("0", 0), ("4", 1)])
async def test_a_priority_is_kept(doors: House, value: str, priority_class: int) -> None:
    client = await signed_in(doors)

    assert await _send(client, f"MT-PRIORITY={value}") == 250

    assert await db.fetch_value("SELECT priority FROM spool_message") == int(value)
    assert await db.fetch_value("SELECT priority FROM spool_recipient") == priority_class


@pytest.mark.parametrize("parameter", ["HOLDFOR=60", "MT-PRIORITY=3"])
async def test_strangers_neither_hold_nor_hurry(doors: House, parameter: str) -> None:
    client = await doors.connect()

    assert (await client.command(f"MAIL FROM:<a@remote.test> {parameter}")).code == 555


async def test_requiretls_is_for_connections_with_tls(doors: House) -> None:
    clear = await signed_in(doors)
    assert (await clear.command("MAIL FROM:<alice@example.test> REQUIRETLS")).code == 530

    client = await doors.connect("submissions", tls=trusting())
    assert "REQUIRETLS" in (await client.command("EHLO again")).text.split("\n")
    await client.command(f"AUTH PLAIN {plain('alice@example.test')}")
    assert await _send(client, "REQUIRETLS") == 250

    assert await db.fetch_value("SELECT requires_tls FROM spool_message") == 1
