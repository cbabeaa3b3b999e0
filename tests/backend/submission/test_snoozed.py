"""Messages that come back: where to, how, and what ends it."""

from __future__ import annotations

from backend.kit import clock
from backend.mailstore import copy_move, ingest, listing, mailboxes, snooze
from backend.mailstore.flag_bits import FLAGGED, SEEN
from backend.submission import drafts, due
from tests.backend.submission.test_drafts import content, total
from tests.backend.submission.timed import DAY, HOUR, open_timers
from tests.support.clocks import Clock


async def test_a_snoozed_message_returns_where_it_was_unread_and_on_top(maren: int, time: Clock) -> None:
    folder = await mailboxes.create(maren, "Projects")
    old = await ingest.store(
        b"Subject: old\r\n\r\nx\r\n", maren, folder.id, flags=SEEN | FLAGGED, internal_at=int(time.now) - DAY
    )
    await ingest.store(b"Subject: new\r\n\r\nx\r\n", maren, folder.id, internal_at=int(time.now))

    await snooze.snooze(maren, [old.ref], clock.now() + HOUR)
    assert (await total(maren, "snoozed"), (await mailboxes.by_id(maren, folder.id)).exists) == (1, 1)
    time.advance(HOUR)
    assert await due.run_due() == 1

    window = await listing.window(folder.id, 0, 10)
    assert [row.subject for row in window.rows] == ["old", "new"]
    assert window.rows[0].flags & (SEEN | FLAGGED) == FLAGGED
    assert (window.rows[0].ref, window.rows[0].internal_at) == (old.ref, int(time.now))
    row = await mailboxes.by_id(maren, folder.id)
    assert (row.exists, row.unseen) == (2, 2)
    assert (await total(maren, "snoozed"), await open_timers()) == (0, 0)


async def test_of_a_conversation_only_the_newest_returns_unread_and_stays_the_newest(
    maren: int, time: Clock
) -> None:
    # The newest was filed before another, as an import or a slow host has it.
    refs = {}
    for number, age in ((0, 1), (1, 2), (3, 4), (2, 3)):
        head = f"Message-ID: <{number}@x.test>\r\nReferences: <0@x.test>\r\nSubject: Re: Garden\r\n"
        filed = await ingest.store(
            f"{head}\r\nx\r\n".encode(),
            maren,
            "inbox",
            flags=0 if number == 1 else SEEN,
            internal_at=int(time.now) - DAY + age,
        )
        refs[filed.ref] = str(number)
    other = await ingest.store(b"Subject: other\r\n\r\nx\r\n", maren, "inbox", flags=SEEN)
    refs[other.ref] = "other"

    await snooze.snooze(maren, list(refs), clock.now() + HOUR)
    time.advance(HOUR)
    await due.run_due()

    inbox = await mailboxes.by_use(maren, "inbox")
    rows = (await listing.window(inbox.id, 0, 10)).rows
    seen = {refs[row.ref]: bool(row.flags & SEEN) for row in rows}
    assert seen == {"0": True, "1": False, "2": True, "3": False, "other": False}
    assert next(refs[row.ref] for row in rows if row.ref != other.ref) == "3"
    assert {row.internal_at for row in rows} == {int(time.now)}
    assert (inbox.exists, inbox.unseen, await total(maren, "snoozed"), await open_timers()) == (5, 3, 0, 0)


async def test_what_was_taken_out_of_snoozed_does_not_move_again(maren: int, time: Clock) -> None:
    filed = await ingest.store(b"Subject: a\r\n\r\nx\r\n", maren, "inbox", flags=SEEN)
    await snooze.snooze(maren, [filed.ref], clock.now() + HOUR)
    await copy_move.move_refs(maren, [filed.ref], (await mailboxes.by_use(maren, "archive")).id)

    time.advance(HOUR)
    await due.run_due()

    assert (await total(maren, "archive"), await total(maren, "inbox")) == (1, 0)
    assert await open_timers() == 0


async def test_snoozing_again_keeps_where_it_came_from(maren: int, time: Clock) -> None:
    filed = await ingest.store(b"Subject: a\r\n\r\nx\r\n", maren, "archive")
    await snooze.snooze(maren, [filed.ref], clock.now() + HOUR)
    await snooze.snooze(maren, [filed.ref], clock.now() + DAY)

    time.advance(HOUR)
    assert await due.run_due() == 0
    time.advance(DAY)
    assert await due.run_due() == 1
    assert await total(maren, "archive") == 1


async def test_it_returns_to_the_inbox_where_its_mailbox_is_gone(maren: int, time: Clock) -> None:
    folder = await mailboxes.create(maren, "Passing")
    filed = await ingest.store(b"Subject: a\r\n\r\nx\r\n", maren, folder.id)
    await snooze.snooze(maren, [filed.ref], clock.now() + HOUR)
    await mailboxes.delete(maren, "Passing")

    time.advance(HOUR)
    await due.run_due()

    assert await total(maren, "inbox") == 1


async def test_it_returns_to_the_inbox_where_its_mailbox_was_thrown_away(maren: int, time: Clock) -> None:
    folder = await mailboxes.create(maren, "Passing")
    filed = await ingest.store(b"Subject: a\r\n\r\nx\r\n", maren, folder.id)
    await snooze.snooze(maren, [filed.ref], clock.now() + HOUR)
    await mailboxes.rename(maren, "Passing", "Trash/Passing")

    time.advance(HOUR)
    await due.run_due()

    assert await total(maren, "inbox") == 1


async def test_drafts_and_others_messages_are_not_snoozed(maren: int, time: Clock) -> None:
    saved = await drafts.save(maren, content())

    result = await snooze.snooze(maren, [saved.ref, 12345], clock.now() + HOUR)

    assert (result.done, result.missing) == ([], [saved.ref, 12345])
    assert (await total(maren, "drafts"), await open_timers()) == (1, 0)
