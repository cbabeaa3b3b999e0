"""Mail that is to be sent later: what changes it, what calls it off, and that it goes once."""

from __future__ import annotations

import asyncio

import pytest

from backend.formats.addresses import Mailbox
from backend.kit import clock, db
from backend.kit.errors import Conflict, InvalidSyntax, NotFound, PermissionDenied, RateLimited, Unavailable
from backend.mailstore import copy_move, expunge, ingest, mailboxes, timers
from backend.submission import drafts, due, scheduled, submit, undo
from tests.backend.submission.test_drafts import HIDDEN, content, total
from tests.backend.submission.timed import DAY, HOUR, exists, open_timers, scheduled_one, spooled
from tests.support.clocks import Clock


async def test_scheduled_mail_waits_in_its_mailbox_and_goes_at_its_time(maren: int, time: Clock) -> None:
    await scheduled_one(maren, HOUR, bcc=(HIDDEN,))
    assert (await total(maren, "drafts"), await total(maren, "scheduled")) == (0, 1)

    time.advance(HOUR - 1)
    assert await due.run_due() == 0
    assert await spooled() == 0
    time.advance(1)
    assert await due.run_due() == 1

    assert (await total(maren, "scheduled"), await total(maren, "sent")) == (0, 1)
    names = await db.fetch_rows("SELECT localpart FROM spool_recipient ORDER BY localpart")
    assert names == [("amara",), ("hidden",)]
    [row] = await db.fetch_rows("SELECT e.sent_at FROM message m JOIN email e ON e.id = m.email_id")
    assert row[0] == int(time.now)
    assert await open_timers() == 0
    assert await due.run_due() == 0


async def test_two_processes_send_a_scheduled_message_once(maren: int, time: Clock) -> None:
    await scheduled_one(maren, HOUR)
    time.advance(HOUR)

    await asyncio.gather(due.run_due(), due.run_due(), due.run_due())

    assert await spooled() == 1


async def test_a_lease_that_was_lost_runs_out_and_the_message_goes_once(maren: int, time: Clock) -> None:
    await scheduled_one(maren, HOUR)
    time.advance(HOUR)
    [lost] = await timers.claim(10)

    assert await due.run_due() == 0
    time.advance(timers.LEASE_S)
    assert await due.run_due() == 1
    assert await scheduled.send_due(lost) is False

    assert await spooled() == 1


async def test_undo_then_schedule_does_not_send_before_its_time(maren: int, time: Clock) -> None:
    # nextcloud/mail#6334
    saved = await drafts.save(maren, content())
    sent = await submit.submit(maren, saved.ref, hold_s=10)
    back = await undo.cancel(maren, sent.id)
    await scheduled.schedule(maren, back.ref, clock.now() + DAY)

    time.advance(HOUR)
    assert await due.run_due() == 0
    waiting = await db.fetch_value("SELECT COUNT(*) FROM spool_recipient WHERE state < 2")
    assert waiting == 0
    assert (await total(maren, "sent"), await total(maren, "scheduled")) == (0, 1)


async def test_the_time_can_be_changed_and_the_old_one_does_nothing(maren: int, time: Clock) -> None:
    ref = await scheduled_one(maren, HOUR)
    await scheduled.schedule(maren, ref, clock.now() + DAY)

    time.advance(2 * HOUR)
    assert await due.run_due() == 0
    time.advance(DAY)
    assert await due.run_due() == 1
    assert await spooled() == 1


async def test_cancelling_brings_the_draft_back_whole(maren: int, time: Clock) -> None:
    ref = await scheduled_one(maren, HOUR, bcc=(HIDDEN,))

    back = await scheduled.cancel(maren, ref)

    assert back.stored.content.bcc == (HIDDEN,)
    assert (await total(maren, "drafts"), await total(maren, "scheduled")) == (1, 0)
    time.advance(DAY)
    assert await due.run_due() == 0
    with pytest.raises(Conflict):
        await scheduled.cancel(maren, ref)


async def test_sending_now_takes_the_timer_along(maren: int, time: Clock) -> None:
    ref = await scheduled_one(maren, HOUR)

    await scheduled.send_now(maren, ref)

    assert (await total(maren, "scheduled"), await total(maren, "sent")) == (0, 1)
    time.advance(DAY)
    assert await due.run_due() == 0
    assert await spooled() == 1
    with pytest.raises(NotFound):
        await scheduled.send_now(maren, ref)


@pytest.mark.parametrize("act", ["move", "remove"])
async def test_what_an_imap_client_takes_out_of_scheduled_is_not_sent(
    maren: int, time: Clock, act: str
) -> None:
    await scheduled_one(maren, HOUR)
    box = await mailboxes.by_use(maren, "scheduled")
    if act == "move":
        await copy_move.move(maren, box.id, [1], (await mailboxes.by_use(maren, "drafts")).id)
    else:
        await expunge.expunge_uids(maren, box.id, [1])

    time.advance(HOUR)
    await due.run_due()

    assert await spooled() == 0
    assert await open_timers() == 0


async def test_what_a_client_puts_into_scheduled_has_no_time(maren: int, time: Clock) -> None:
    await scheduled_one(maren, HOUR)
    await ingest.store(b"Subject: mine\r\n\r\nx\r\n", maren, "scheduled")
    time.advance(DAY)
    await due.run_due()

    assert (await spooled(), await total(maren, "scheduled")) == (1, 1)


async def test_rights_are_looked_at_again_and_a_refusal_stays_with_its_reason(
    maren: int, time: Clock
) -> None:
    ref = await scheduled_one(maren, HOUR)
    await db.write(lambda tx: tx.execute("UPDATE user_account SET is_enabled = 0 WHERE id = ?", maren))
    time.advance(HOUR)

    assert await due.run_due() == 1

    assert await spooled() == 0
    timer = (await timers.of_messages(maren, [ref]))[ref]
    assert (timer.wake_at, bool(timer.error)) == (None, True)
    assert (await mailboxes.by_use(maren, "scheduled")).unseen == 1
    time.advance(DAY)
    assert await due.run_due() == 0
    assert (await timers.prune(), await open_timers()) == (0, 1)
    await drafts.discard(maren, ref)
    assert (await timers.prune(), await open_timers()) == (1, 0)


@pytest.mark.parametrize("refusal", [RateLimited("Later", retry_after_s=300), Unavailable("Away")])
async def test_what_has_to_wait_is_tried_again_for_a_day(
    maren: int, time: Clock, monkeypatch: pytest.MonkeyPatch, refusal: Exception
) -> None:
    ref = await scheduled_one(maren, HOUR)

    async def refuse(*args: object) -> int:
        raise refusal

    with monkeypatch.context() as patch:
        patch.setattr("backend.directory.sending.take", refuse)
        time.advance(HOUR)
        assert await due.run_due() == 1
        assert (await timers.of_messages(maren, [ref]))[ref].wake_at is not None
    time.advance(300)
    assert await due.run_due() == 1

    assert await spooled() == 1


@pytest.mark.parametrize("in_s", [-1, 0, 400 * DAY])
async def test_a_time_that_is_past_or_too_far_is_refused(maren: int, time: Clock, in_s: int) -> None:
    saved = await drafts.save(maren, content())

    with pytest.raises(InvalidSyntax):
        await scheduled.schedule(maren, saved.ref, clock.now() + in_s)

    assert (await total(maren, "drafts"), await exists(maren, "scheduled")) == (1, 0)


async def test_what_could_not_be_sent_cannot_be_scheduled(maren: int, time: Clock) -> None:
    nobody = await drafts.save(maren, content(to=()))
    other = await drafts.save(maren, content(sender=Mailbox("", "boss", "example.test")))
    ordinary = await ingest.store(b"From: maren@example.test\r\nTo: a@b.example\r\n\r\nx\r\n", maren, "inbox")

    with pytest.raises(InvalidSyntax):
        await scheduled.schedule(maren, nobody.ref, clock.now() + HOUR)
    with pytest.raises(PermissionDenied):
        await scheduled.schedule(maren, other.ref, clock.now() + HOUR)
    with pytest.raises(Conflict):
        await scheduled.schedule(maren, ordinary.ref, clock.now() + HOUR)
    assert await open_timers() == 0
