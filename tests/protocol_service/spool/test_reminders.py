"""An answer that is delivered ends the reminder of what it answers, whatever its subject is."""

from __future__ import annotations

import pytest

from backend.kit import clock, db
from backend.mailstore import changes, expunge, flags, ingest, mailboxes
from backend.mailstore.flag_bits import SEEN
from backend.mailstore.types import uid_of
from backend.submission import due, follow_up
from tests.protocol_service.spool.conftest import World
from tests.support.clocks import Clock

DAY = 86_400
SENT = (
    b"From: Bob <bob@example.test>\r\nTo: carol@remote.test\r\nSubject: Figures\r\n"
    b"Message-ID: <q@x.test>\r\n\r\n?\r\n"
)
ANSWER = (
    b"From: Carol <carol@remote.test>\r\nTo: bob@example.test\r\nSubject: %b\r\n"
    b"Message-ID: <a@remote.test>\r\nIn-Reply-To: <q@x.test>\r\n%b\r\nYes\r\n"
)


async def sent(world: World) -> int:
    """What Bob sent and is to be reminded of in a day; his account."""
    bob = world.house.users["bob"]
    filed = await ingest.store(SENT, bob, "sent", flags=SEEN)
    await follow_up.remind(bob, filed.ref, clock.now() + DAY)
    return bob


async def deliver(world: World, subject: bytes = b"Re: Figures", field: bytes = b"") -> None:
    await world.settled(await world.send("bob@example.test", raw=ANSWER % (subject, field)))


async def open_timers() -> int:
    return int(await db.fetch_value("SELECT COUNT(*) FROM message_timer") or 0)


async def inbox_of(account_id: int) -> list[tuple[int, bool]]:
    """The UIDs of the inbox, and whether each is marked as one that nobody answered."""
    inbox = await mailboxes.get(account_id, "INBOX")
    [bit] = await flags.find_keyword_bits(account_id, [follow_up.KEYWORD])
    rows = await db.fetch_rows("SELECT id, flags FROM message WHERE mailbox_id = ? ORDER BY id", inbox.id)
    return [(uid_of(place), bool(held & bit)) for place, held in rows]


@pytest.mark.parametrize("subject", [b"Re: Figures", b"Another matter"])
async def test_an_answer_ends_it_and_may_be_removed_before_the_time(
    world: World, fake_clock: Clock, subject: bytes
) -> None:
    bob = await sent(world)
    before = await changes.account_state(bob)

    await deliver(world, subject)
    await expunge.expunge_uids(bob, (await mailboxes.get(bob, "INBOX")).id, [1])
    fake_clock.now += DAY + 1
    assert await due.run_due() == 0

    assert (await inbox_of(bob), await open_timers()) == ([], 0)
    assert await changes.account_state(bob) > before


async def test_what_a_program_answers_ends_nothing(world: World, fake_clock: Clock) -> None:
    bob = await sent(world)

    await deliver(world, field=b"Auto-Submitted: auto-replied\r\n")
    fake_clock.now += DAY + 1
    await due.run_due()

    assert await inbox_of(bob) == [(1, False), (2, True)]


async def test_what_came_back_is_unmarked_when_it_is_answered(world: World, fake_clock: Clock) -> None:
    bob = await sent(world)
    fake_clock.now += DAY + 1
    await due.run_due()
    assert await inbox_of(bob) == [(1, True)]

    await deliver(world)

    assert await inbox_of(bob) == [(1, False), (2, False)]
