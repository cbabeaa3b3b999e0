"""STARTTLS, on asyncio's own loop and on uvloop, which the service runs on: aiosmtpd reaches into both."""

from __future__ import annotations

import pytest

from tests.support.mail_house import House
from tests.support.smtp_raw import trusting


async def test_a_message_inside_tls(house: House) -> None:
    client = await house.connect()

    await client.start_tls(trusting())
    before_ehlo = await client.command("MAIL FROM:<a@remote.test>")
    offered = (await client.command("EHLO inside.test")).text
    again = await client.command("STARTTLS")
    reply = await client.mail(
        "a@remote.test", ["bob@example.test"], b"Subject: x\r\n\r\n" + b"x\r\n" * 30_000
    )

    assert before_ehlo.code == 503
    assert "STARTTLS" not in offered
    assert str(again) == "503 5.5.1 TLS is already active"
    assert reply.code == 250
    (stored,) = await house.wait_for_mail("bob", 1)
    assert b"with ESMTPS (TLSv1.3) id " in stored


async def test_commands_glued_behind_starttls_are_forgotten(doors: House) -> None:
    client = await doors.connect()
    await client.command("MAIL FROM:<a@remote.test>")

    client.send(b"STARTTLS\r\nEHLO injected.test\r\nMAIL FROM:<evil@remote.test>\r\nNOOP\r\n")
    assert (await client.reply()).code == 220
    await client.writer.start_tls(trusting())
    reply = await client.command("RCPT TO:<bob@example.test>")

    assert str(reply) == "503 5.5.1 Send EHLO first"


async def test_clear_text_after_starttls_closes_the_connection(doors: House) -> None:
    client = await doors.connect()
    assert (await client.command("STARTTLS")).code == 220

    client.send(b"NOOP\r\nEHLO x\r\n")

    with pytest.raises((ConnectionError, AssertionError)):
        await client.reply()
    await doors.smtp.reception.empty()


@pytest.mark.parametrize("reset", [False, True])
async def test_a_peer_that_leaves_in_the_handshake(
    doors: House, monkeypatch: pytest.MonkeyPatch, reset: bool
) -> None:
    monkeypatch.setattr("protocol_service.smtp.wire.GREETING_S", 1.0)
    client = await doors.connect()
    assert (await client.command("STARTTLS")).code == 220

    await client.close(reset=reset)

    await doors.smtp.reception.empty()
    assert doors.smtp.reception.connections.count == 0
