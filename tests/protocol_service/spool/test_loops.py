"""What answers and what goes on by itself ends after a message or two, whoever it meets."""

from __future__ import annotations

import pytest

from backend.directory import forwards
from backend.directory.principal import SYSTEM
from backend.kit import db
from backend.kit.errors import InvalidSyntax
from backend.rules import vacation
from backend.rules.vacation import Vacation
from tests.protocol_service.spool.conftest import World

NOTE = (
    b"From: Alice <alice@example.test>\r\nTo: Bob <bob@example.test>\r\nSubject: Lunch?\r\n"
    b"Message-ID: <7@example.test>\r\n\r\nToday?\r\n"
)


async def spooled() -> int:
    return int(await db.fetch_value("SELECT COUNT(*) FROM spool_message"))


async def test_two_who_are_both_away_exchange_one_answer(world: World) -> None:
    house = world.house
    for name in ("alice", "bob"):
        await vacation.put(house.users[name], Vacation(is_enabled=True, text="I am at the sea."))

    await world.settled(await world.send("bob@example.test", sender="alice@example.test", raw=NOTE))
    await house.wait_for_mail("alice", 1)
    await world.worker.idle()

    assert (len(await house.inbox("alice")), len(await house.inbox("bob"))) == (1, 1)
    assert await spooled() == 2


async def test_two_cannot_forward_to_each_other(world: World) -> None:
    house = world.house
    await forwards.put(SYSTEM, house.users["alice"], ["bob@example.test"])

    with pytest.raises(InvalidSyntax, match="leads back to this mailbox"):
        await forwards.put(SYSTEM, house.users["bob"], ["alice@example.test"])


async def test_a_report_that_nobody_takes_makes_no_report(world: World) -> None:
    await world.settled(await world.send("nobody@example.test", sender="gone@example.test", raw=NOTE))
    await world.worker.idle()

    # The report went to a sender that does not exist here, and that is the end of it.
    assert await spooled() == 2
    assert not world.sink.messages
