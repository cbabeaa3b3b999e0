"""Filing in the transaction of acceptance, and what is left to the queue."""

from __future__ import annotations

import pytest

from backend.directory import settings
from backend.directory.principal import SYSTEM
from backend.directory.setting_key import Level
from backend.kit import blobs, db
from backend.spool.types import Envelope, SpoolRcpt, State
from protocol_service.spool import direct
from tests.protocol_service.spool.conftest import MESSAGE, World


async def _deliver(*recipients: str, notify: str = "") -> bool:
    rcpts = tuple(
        SpoolRcpt(localpart, domain, notify=notify)
        for localpart, domain in (recipient.rsplit("@", 1) for recipient in recipients)
    )
    return await direct.deliver(
        Envelope(sender="a@remote.test", recipients=rcpts), await blobs.prepare(MESSAGE), MESSAGE
    )


async def test_mailboxes_here_are_filled_at_once_with_history(world: World) -> None:
    assert await _deliver("alice@example.test", "bob@example.test")

    assert await world.house.inbox("alice") == [
        b"Return-Path: <a@remote.test>\r\nDelivered-To: alice@example.test\r\n" + MESSAGE
    ]
    assert len(await world.house.inbox("bob")) == 1
    rows = await world.house.spool_rows()
    assert [(row["state"], row["attempts"], row["last_status"]) for row in rows] == [
        (State.DELIVERED, 1, "2.1.5")
    ] * 2
    assert await db.fetch_rows("SELECT refs FROM blob") == [(2,)]
    assert await db.fetch_rows("SELECT open_count, finished_at = created_at FROM spool_message") == [
        (0, True)
    ]


@pytest.mark.parametrize(
    "recipients",
    [
        ("team@example.test",),
        ("bob@example.test", "team@example.test"),
        ("bob@example.test", "x@remote.test"),
        ("nobody@example.test",),
    ],
    ids=["alias", "user and alias", "elsewhere", "unknown"],
)
async def test_what_is_not_plain_is_left_to_the_queue(world: World, recipients: tuple[str, ...]) -> None:
    await world.house.add_alias("team", "alice@example.test", "bob@example.test")

    assert not await _deliver(*recipients)

    assert await world.house.inbox("bob") == []
    assert await world.house.count("spool_message") == 0
    assert await world.house.count("blob") == 0


async def test_a_notice_of_success_is_left_to_the_queue(world: World) -> None:
    assert not await _deliver("bob@example.test", notify="SUCCESS,FAILURE")

    assert await world.house.inbox("bob") == []


async def test_one_full_mailbox_undoes_all(world: World) -> None:
    bob = world.house.users["bob"]
    await settings.set_value(SYSTEM, "mailbox.quota_bytes", Level.USER, bob, len(MESSAGE))

    assert not await _deliver("alice@example.test", "bob@example.test")

    assert await world.house.inbox("alice") == []
    assert await world.house.count("spool_message") == 0
    assert await db.fetch_value("SELECT SUM(message_count) FROM account") == 0
