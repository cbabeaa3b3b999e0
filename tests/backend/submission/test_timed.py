"""Mail in time: scheduled, snoozed and reminded of; what calls each off, and that each happens once."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator

import pytest

from backend.formats.addresses import Mailbox
from backend.kit import clock, db
from backend.kit.errors import (
    Conflict,
    InvalidSyntax,
    NotFound,
    PermissionDenied,
    RateLimited,
    Unavailable,
)
from backend.mailstore import changes, copy_move, expunge, ingest, listing, mailboxes, snooze, timers
from backend.mailstore.flag_bits import FLAGGED, SEEN
from backend.mailstore.keywords import keyword_names
from backend.submission import drafts, due, follow_up, scheduled, submit, undo
from tests.backend.submission.test_drafts import AMARA, HIDDEN, content, total

HOUR = 3600
DAY = 86_400


class Clock:
    """A clock that only the test moves."""

    def __init__(self) -> None:
        self.now = 1_900_000_000.0

    def pass_s(self, seconds: float) -> None:
        self.now += seconds


@pytest.fixture
def time() -> Iterator[Clock]:
    moved = Clock()
    clock.set_source(lambda: moved.now)
    yield moved
    clock.set_source(None)


async def exists(account_id: int, use: str) -> int:
    try:
        return await total(account_id, use)
    except NotFound:
        return 0


async def spooled() -> int:
    return int(await db.fetch_value("SELECT COUNT(*) FROM spool_message") or 0)


async def scheduled_one(account_id: int, in_s: int, **changes: object) -> int:
    saved = await drafts.save(account_id, content(**changes))
    await scheduled.schedule(account_id, saved.ref, clock.now() + in_s)
    return saved.ref


async def open_timers() -> int:
    return int(await db.fetch_value("SELECT COUNT(*) FROM message_timer") or 0)


async def test_scheduled_mail_waits_in_its_mailbox_and_goes_at_its_time(maren: int, time: Clock) -> None:
    await scheduled_one(maren, HOUR, bcc=(HIDDEN,))
    assert (await total(maren, "drafts"), await total(maren, "scheduled")) == (0, 1)

    time.pass_s(HOUR - 1)
    assert await due.run_due() == 0
    assert await spooled() == 0
    time.pass_s(1)
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
    time.pass_s(HOUR)

    await asyncio.gather(due.run_due(), due.run_due(), due.run_due())

    assert await spooled() == 1


async def test_a_lease_that_was_lost_runs_out_and_the_message_goes_once(maren: int, time: Clock) -> None:
    await scheduled_one(maren, HOUR)
    time.pass_s(HOUR)
    [lost] = await timers.claim(10)

    assert await due.run_due() == 0
    time.pass_s(timers.LEASE_S)
    assert await due.run_due() == 1
    assert await scheduled.send_due(lost) is False

    assert await spooled() == 1


async def test_undo_then_schedule_does_not_send_before_its_time(maren: int, time: Clock) -> None:
    # nextcloud/mail#6334
    saved = await drafts.save(maren, content())
    sent = await submit.submit(maren, saved.ref, hold_s=10)
    back = await undo.cancel(maren, sent.id)
    await scheduled.schedule(maren, back.ref, clock.now() + DAY)

    time.pass_s(HOUR)
    assert await due.run_due() == 0
    waiting = await db.fetch_value("SELECT COUNT(*) FROM spool_recipient WHERE state < 2")
    assert waiting == 0
    assert (await total(maren, "sent"), await total(maren, "scheduled")) == (0, 1)


async def test_the_time_can_be_changed_and_the_old_one_does_nothing(maren: int, time: Clock) -> None:
    ref = await scheduled_one(maren, HOUR)
    await scheduled.schedule(maren, ref, clock.now() + DAY)

    time.pass_s(2 * HOUR)
    assert await due.run_due() == 0
    time.pass_s(DAY)
    assert await due.run_due() == 1
    assert await spooled() == 1


async def test_cancelling_brings_the_draft_back_whole(maren: int, time: Clock) -> None:
    ref = await scheduled_one(maren, HOUR, bcc=(HIDDEN,))

    back = await scheduled.cancel(maren, ref)

    assert back.stored.content.bcc == (HIDDEN,)
    assert (await total(maren, "drafts"), await total(maren, "scheduled")) == (1, 0)
    time.pass_s(DAY)
    assert await due.run_due() == 0
    with pytest.raises(Conflict):
        await scheduled.cancel(maren, ref)


async def test_sending_now_takes_the_timer_along(maren: int, time: Clock) -> None:
    ref = await scheduled_one(maren, HOUR)

    await scheduled.send_now(maren, ref)

    assert (await total(maren, "scheduled"), await total(maren, "sent")) == (0, 1)
    time.pass_s(DAY)
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

    time.pass_s(HOUR)
    await due.run_due()

    assert await spooled() == 0
    assert await open_timers() == 0


async def test_what_a_client_puts_into_scheduled_has_no_time(maren: int, time: Clock) -> None:
    await scheduled_one(maren, HOUR)
    await ingest.store(b"Subject: mine\r\n\r\nx\r\n", maren, "scheduled")
    time.pass_s(DAY)
    await due.run_due()

    assert (await spooled(), await total(maren, "scheduled")) == (1, 1)


async def test_rights_are_looked_at_again_and_a_refusal_stays_with_its_reason(
    maren: int, time: Clock
) -> None:
    ref = await scheduled_one(maren, HOUR)
    await db.write(lambda tx: tx.execute("UPDATE user_account SET is_enabled = 0 WHERE id = ?", maren))
    time.pass_s(HOUR)

    assert await due.run_due() == 1

    assert await spooled() == 0
    timer = (await timers.of_messages(maren, [ref]))[ref]
    assert (timer.wake_at, bool(timer.error)) == (None, True)
    assert (await mailboxes.by_use(maren, "scheduled")).unseen == 1
    time.pass_s(DAY)
    assert await due.run_due() == 0


@pytest.mark.parametrize("refusal", [RateLimited("Later", retry_after_s=300), Unavailable("Away")])
async def test_what_has_to_wait_is_tried_again_for_a_day(
    maren: int, time: Clock, monkeypatch: pytest.MonkeyPatch, refusal: Exception
) -> None:
    ref = await scheduled_one(maren, HOUR)

    async def refuse(*args: object) -> int:
        raise refusal

    with monkeypatch.context() as patch:
        patch.setattr("backend.directory.sending.take", refuse)
        time.pass_s(HOUR)
        assert await due.run_due() == 1
        assert (await timers.of_messages(maren, [ref]))[ref].wake_at is not None
    time.pass_s(300)
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


async def test_a_snoozed_message_returns_where_it_was_unread_and_on_top(maren: int, time: Clock) -> None:
    folder = await mailboxes.create(maren, "Projects")
    old = await ingest.store(
        b"Subject: old\r\n\r\nx\r\n", maren, folder.id, flags=SEEN | FLAGGED, internal_at=int(time.now) - DAY
    )
    await ingest.store(b"Subject: new\r\n\r\nx\r\n", maren, folder.id, internal_at=int(time.now))

    await snooze.snooze(maren, [old.ref], clock.now() + HOUR)
    assert (await total(maren, "snoozed"), (await mailboxes.by_id(maren, folder.id)).exists) == (1, 1)
    time.pass_s(HOUR)
    assert await due.run_due() == 1

    window = await listing.window(folder.id, 0, 10)
    assert [row.subject for row in window.rows] == ["old", "new"]
    assert window.rows[0].flags & (SEEN | FLAGGED) == FLAGGED
    assert (window.rows[0].ref, window.rows[0].internal_at) == (old.ref, int(time.now))
    row = await mailboxes.by_id(maren, folder.id)
    assert (row.exists, row.unseen) == (2, 2)
    assert (await total(maren, "snoozed"), await open_timers()) == (0, 0)


async def test_what_was_taken_out_of_snoozed_does_not_move_again(maren: int, time: Clock) -> None:
    filed = await ingest.store(b"Subject: a\r\n\r\nx\r\n", maren, "inbox", flags=SEEN)
    await snooze.snooze(maren, [filed.ref], clock.now() + HOUR)
    await copy_move.move_refs(maren, [filed.ref], (await mailboxes.by_use(maren, "archive")).id)

    time.pass_s(HOUR)
    await due.run_due()

    assert (await total(maren, "archive"), await total(maren, "inbox")) == (1, 0)
    assert await open_timers() == 0


async def test_snoozing_again_keeps_where_it_came_from(maren: int, time: Clock) -> None:
    filed = await ingest.store(b"Subject: a\r\n\r\nx\r\n", maren, "archive")
    await snooze.snooze(maren, [filed.ref], clock.now() + HOUR)
    await snooze.snooze(maren, [filed.ref], clock.now() + DAY)

    time.pass_s(HOUR)
    assert await due.run_due() == 0
    time.pass_s(DAY)
    assert await due.run_due() == 1
    assert await total(maren, "archive") == 1


async def test_it_returns_to_the_inbox_where_its_mailbox_is_gone(maren: int, time: Clock) -> None:
    folder = await mailboxes.create(maren, "Passing")
    filed = await ingest.store(b"Subject: a\r\n\r\nx\r\n", maren, folder.id)
    await snooze.snooze(maren, [filed.ref], clock.now() + HOUR)
    await mailboxes.delete(maren, "Passing")

    time.pass_s(HOUR)
    await due.run_due()

    assert await total(maren, "inbox") == 1


async def test_drafts_and_others_messages_are_not_snoozed(maren: int, time: Clock) -> None:
    saved = await drafts.save(maren, content())

    result = await snooze.snooze(maren, [saved.ref, 12345], clock.now() + HOUR)

    assert (result.done, result.missing) == ([], [saved.ref, 12345])
    assert (await total(maren, "drafts"), await open_timers()) == (1, 0)


async def sent_with_reminder(account_id: int) -> tuple[int, str]:
    """Send a message with a reminder after two days: its ref in Sent, and its Message-ID."""
    saved = await drafts.save(account_id, content())
    await submit.submit(account_id, saved.ref, hold_s=0, remind_s=2 * DAY)
    sent = await mailboxes.by_use(account_id, "sent")
    return await db.fetch_row(
        "SELECT m.ref, e.message_id FROM message m JOIN email e ON e.id = m.email_id WHERE m.mailbox_id = ?",
        sent.id,
    ) or (0, "")


def answer(message_id: str, sender: str = "amara@north.example") -> bytes:
    return (
        f"From: {sender}\r\nTo: maren@example.test\r\nSubject: Re: Figures\r\n"
        f"References: <other@x.example>\r\n\t<{message_id}>\r\n\r\nYes\r\n"
    ).encode()


async def test_mail_that_nobody_answered_comes_to_the_inbox(maren: int, time: Clock) -> None:
    await sent_with_reminder(maren)

    time.pass_s(2 * DAY)
    assert await due.run_due() == 1

    inbox = await mailboxes.get(maren, "INBOX")
    [row] = (await listing.window(inbox.id, 0, 5)).rows
    assert (row.subject, row.flags & SEEN, row.internal_at) == ("Figures", 0, int(time.now))
    names = await keyword_names(maren, row.flags)
    assert follow_up.KEYWORD in names
    assert (await total(maren, "sent"), inbox.unseen, await open_timers()) == (1, 1, 0)


async def test_an_answer_ends_the_reminder(maren: int, time: Clock) -> None:
    ref, message_id = await sent_with_reminder(maren)
    await ingest.store(answer(message_id), maren, "inbox")
    assert await follow_up.answered(maren, ref)

    time.pass_s(2 * DAY)
    await due.run_due()

    assert (await total(maren, "inbox"), await open_timers()) == (1, 0)


async def test_ones_own_second_message_and_a_mere_subject_are_no_answer(maren: int, time: Clock) -> None:
    ref, message_id = await sent_with_reminder(maren)
    await ingest.store(answer(message_id, sender="maren@example.test"), maren, "sent")
    await ingest.store(
        b"From: amara@north.example\r\nSubject: Re: Figures\r\nIn-Reply-To: <z@z.example>\r\n\r\nx\r\n",
        maren,
        "inbox",
    )

    assert not await follow_up.answered(maren, ref)


async def test_a_removed_message_or_a_cancelled_sending_reminds_of_nothing(maren: int, time: Clock) -> None:
    saved = await drafts.save(maren, content())
    held = await submit.submit(maren, saved.ref, hold_s=60, remind_s=DAY)
    await undo.cancel(maren, held.id)

    time.pass_s(2 * DAY)
    await due.run_due()

    assert (await total(maren, "inbox"), await open_timers()) == (0, 0)


async def test_a_scheduled_message_begins_its_reminder_when_it_goes(maren: int, time: Clock) -> None:
    saved = await drafts.save(maren, content(to=(AMARA,)))
    await scheduled.schedule(maren, saved.ref, clock.now() + 2 * HOUR, remind_s=DAY)
    await scheduled.schedule(maren, saved.ref, clock.now() + HOUR)  # only the time is another

    time.pass_s(HOUR)
    await due.run_due()
    time.pass_s(DAY - 1)
    assert await due.run_due() == 0
    time.pass_s(1)
    assert await due.run_due() == 1
    assert await total(maren, "inbox") == 1


async def test_a_reminder_can_be_set_and_ended_on_what_was_sent(maren: int, time: Clock) -> None:
    filed = await ingest.store(b"Message-ID: <a@b.example>\r\nFrom: m@e.test\r\n\r\nx\r\n", maren, "sent")
    before = await changes.account_state(maren)
    await follow_up.remind(maren, filed.ref, clock.now() + DAY)
    reminded = await changes.account_state(maren)

    assert await follow_up.forget(maren, filed.ref)
    # Other windows hear of both.
    assert before < reminded < await changes.account_state(maren)
    assert not await follow_up.forget(maren, filed.ref)
    with pytest.raises(NotFound):
        await follow_up.remind(maren + 1, filed.ref, clock.now() + DAY)
