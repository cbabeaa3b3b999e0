"""A message from a stranger to one of our users."""

from __future__ import annotations

from tests.support.mail_house import House

MESSAGE = (
    b"From: Carol <carol@remote.test>\r\nTo: bob@example.test\r\nSubject: Hello\r\n\r\n"
    b"Hi Bob\r\n.dot\r\n..two\r\n"
)


async def test_a_message_is_accepted_and_delivered_byte_for_byte(house: House) -> None:
    client = await house.connect()

    reply = await client.mail("carol@remote.test", ["bob@example.test"], MESSAGE)

    assert reply.code == 250
    assert reply.text.startswith("2.0.0 Queued as ")
    (stored,) = await house.wait_for_mail("bob", 1)
    assert stored.endswith(MESSAGE)
    head = stored[: -len(MESSAGE)].decode()
    assert head.startswith(
        "Return-Path: <carol@remote.test>\r\nDelivered-To: bob@example.test\r\n"
        "Received: from client.example.test ([127.0.0.1])\r\n"
    )
    assert "by mail.example.test with ESMTP id " in head
    assert "for <bob@example.test>;" in head
    assert await house.inbox("alice") == []
