"""Who gets no answer is reminded, once, and what ends that."""

from __future__ import annotations

import pytest

from backend.kit import clock, db
from backend.kit.errors import NotFound
from backend.mailstore import changes, ingest, listing, mailboxes
from backend.mailstore.flag_bits import SEEN
from backend.mailstore.keywords import keyword_names
from backend.submission import drafts, due, follow_up, scheduled, submit, undo
from tests.backend.submission.test_drafts import AMARA, content, total
from tests.backend.submission.timed import DAY, HOUR, open_timers
from tests.support.clocks import Clock


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

    time.advance(2 * DAY)
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

    time.advance(2 * DAY)
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


async def test_what_a_program_or_another_address_of_the_author_writes_is_no_answer(
    maren: int, time: Clock
) -> None:
    ref, message_id = await sent_with_reminder(maren)
    away = answer(message_id).replace(b"Subject:", b"Auto-Submitted: auto-replied\r\nSubject:")
    await ingest.store(away, maren, "inbox")
    await db.write(_alias)
    await ingest.store(answer(message_id, sender="Sales@example.test"), maren, "sent")
    assert not await follow_up.answered(maren, ref)

    await ingest.store(answer(message_id, sender="sales@north.example"), maren, "archive")

    assert await follow_up.answered(maren, ref)


async def _alias(tx: db.Tx) -> None:
    await tx.execute(
        "INSERT INTO alias (id, domain_id, localpart, targets, created_at)"
        " VALUES (9, 7, 'sales', '[\"maren@example.test\"]', 0)"
    )


async def test_a_removed_message_or_a_cancelled_sending_reminds_of_nothing(maren: int, time: Clock) -> None:
    saved = await drafts.save(maren, content())
    held = await submit.submit(maren, saved.ref, hold_s=60, remind_s=DAY)
    await undo.cancel(maren, held.id)

    time.advance(2 * DAY)
    await due.run_due()

    assert (await total(maren, "inbox"), await open_timers()) == (0, 0)


async def test_a_scheduled_message_begins_its_reminder_when_it_goes(maren: int, time: Clock) -> None:
    saved = await drafts.save(maren, content(to=(AMARA,)))
    await scheduled.schedule(maren, saved.ref, clock.now() + 2 * HOUR, remind_s=DAY)
    await scheduled.schedule(maren, saved.ref, clock.now() + HOUR)  # only the time is another

    time.advance(HOUR)
    await due.run_due()
    time.advance(DAY - 1)
    assert await due.run_due() == 0
    time.advance(1)
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
