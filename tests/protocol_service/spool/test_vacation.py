"""Vacation replies from SMTP to the next server: who is answered, what with, how often, and who is not."""

from __future__ import annotations

from email import message_from_bytes
from email.policy import default
from typing import Any

import pytest

from backend.directory import known_recipients
from backend.kit import db
from backend.rules import vacation
from backend.rules.vacation import DAY_S, Audience, Outside, Vacation
from tests.protocol_service.spool.conftest import World
from tests.support.clocks import Clock

NOTE = (
    b"From: Carol <carol@remote.test>\r\nTo: Bob <bob@example.test>\r\nSubject: Lunch?\r\n"
    b"Message-ID: <7@remote.test>\r\nReferences: <6@remote.test>\r\n\r\nToday?\r\n"
)
CAROL = "carol@remote.test"


async def away(world: World, **changes: Any) -> None:
    fields: dict[str, Any] = {"is_enabled": True, "text": "I am at the sea.\nBob", **changes}
    await vacation.put(world.house.users["bob"], Vacation(**fields))


async def send(
    world: World, raw: bytes = NOTE, sender: str = CAROL, to: str = "bob@example.test", **more: Any
) -> None:
    await world.settled(await world.send(to, sender=sender, raw=raw, **more))


async def answered(world: World) -> list[str]:
    """Whom replies were spooled for, in order; the transaction that files the message has done it."""
    rows = await db.fetch_rows(
        "SELECT r.localpart, r.domain FROM spool_recipient r JOIN spool_message m ON m.id = r.message_id"
        " WHERE m.protocol = 'vacation' ORDER BY r.id"
    )
    return [f"{localpart}@{domain}" for localpart, domain in rows]


async def test_a_person_is_answered_once_with_the_null_return_path(world: World) -> None:
    await away(world)

    await send(world)
    await world.sink.wait_for(1)
    await send(world)

    [sent] = world.sink.messages
    assert (sent.sender, sent.addresses) == ("", [CAROL])
    answer = message_from_bytes(sent.data, policy=default)
    assert answer["From"] == "Bob <bob@example.test>"
    assert answer["To"] == CAROL
    assert answer["Subject"] == "Auto: Lunch?"
    assert answer["Auto-Submitted"] == "auto-replied"
    assert answer["In-Reply-To"] == "<7@remote.test>"
    assert answer["References"] == "<6@remote.test> <7@remote.test>"
    assert answer.get_content().split() == ["I", "am", "at", "the", "sea.", "Bob"]
    assert len(await world.house.inbox("bob")) == 2


async def test_the_same_person_is_answered_again_after_some_days_or_when_it_says_something_else(
    world: World, fake_clock: Clock
) -> None:
    await away(world, every_days=3)
    await send(world)
    fake_clock.now += 3 * DAY_S - 10
    await send(world)
    assert await answered(world) == [CAROL]

    fake_clock.now += 20
    await send(world)
    assert await answered(world) == [CAROL] * 2
    await away(world, every_days=3, text="Now I am in the hills.")
    await send(world)

    assert await answered(world) == [CAROL] * 3
    assert await vacation.prune() == 0
    fake_clock.now += 31 * DAY_S
    assert await vacation.prune() == 1


async def test_it_begins_and_ends_at_its_times(world: World, fake_clock: Clock) -> None:
    start = int(fake_clock.now) + 100
    await away(world, starts_at=start, ends_at=start + 100)

    await send(world)
    assert await answered(world) == []
    fake_clock.now += 150
    await send(world)
    fake_clock.now += 100
    await send(world, sender="dora@remote.test")

    assert await answered(world) == [CAROL]


@pytest.mark.parametrize(
    ("raw", "sender"),
    [
        (NOTE, ""),
        (NOTE, "no-reply@remote.test"),
        (NOTE, "bob@example.test"),
        (b"List-Id: <x.remote.test>\r\n" + NOTE, CAROL),
        (b"Auto-Submitted: auto-replied\r\n" + NOTE, CAROL),
        (b"Precedence: bulk\r\n" + NOTE, CAROL),
        (NOTE.replace(b"To: Bob <bob@example.test>", b"To: team@else.test"), CAROL),
    ],
    ids=["null sender", "no-reply", "oneself", "list", "a program", "bulk", "not addressed to bob"],
)
async def test_what_no_person_wrote_to_the_user_is_not_answered(
    world: World, raw: bytes, sender: str
) -> None:
    await away(world)

    await send(world, raw, sender)

    assert await answered(world) == []
    assert await world.house.count("vacation_answer") == 0
    assert len(await world.house.inbox("bob")) == 1


async def test_an_alias_of_the_user_counts_as_their_address(world: World) -> None:
    await world.house.add_alias("sales", "bob@example.test")
    await away(world)

    await send(world, NOTE.replace(b"bob@example.test", b"Sales@example.test"), to="sales@example.test")
    await world.sink.wait_for(1)

    assert b"From: Bob <Sales@example.test>" in world.sink.messages[0].data


async def test_colleagues_who_signed_in_are_told_what_others_are_not(world: World) -> None:
    await away(world, outside=Outside.OWN, outside_text="I am away.")
    inside = NOTE.replace(b"carol@remote.test", b"alice@example.test")

    await send(world, inside, "alice@example.test", account_id=world.house.users["alice"])
    (told,) = await world.house.wait_for_mail("alice", 1)
    await send(world)
    await world.sink.wait_for(1)

    assert b"I am at the sea." in told
    assert b"I am away." in world.sink.messages[0].data
    await away(world, outside=Outside.OWN, outside_text="I am away, still.")
    await send(world, inside, "alice@example.test")
    claimed = (await world.house.wait_for_mail("alice", 2))[-1]
    assert b"I am away, still." in claimed


async def test_nobody_elsewhere_is_told_where_that_is_wanted(world: World) -> None:
    await away(world, outside=Outside.NONE)

    await send(world)

    assert await answered(world) == []


async def test_only_known_people_are_told_where_that_is_wanted(world: World) -> None:
    account_id = world.house.users["bob"]
    await away(world, audience=Audience.KNOWN)
    await send(world)
    assert await answered(world) == []

    new, _ = await known_recipients.strangers(account_id, [("carol", "remote.test")])
    await known_recipients.remember(account_id, new)
    await send(world)

    assert await answered(world) == [CAROL]


async def test_a_reply_that_cannot_be_delivered_is_not_held_against_the_user(world: World) -> None:
    await away(world)
    world.dns.add("nowhere.test", "MX", "0 .")

    await send(world, sender="carol@nowhere.test")
    await world.worker.idle()

    rows = await world.house.spool_rows()
    assert [row["domain"] for row in rows] == ["example.test", "nowhere.test"]
    assert await world.house.count("suppression") == 0
    assert await db.fetch_value("SELECT COUNT(*) FROM spool_message WHERE account_id IS NOT NULL") == 1
