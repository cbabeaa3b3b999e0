"""Two processes do what is due at the same moment, on either engine: everything happens once."""

from __future__ import annotations

from backend.kit import clock, db
from backend.kit.runtime import Runtime
from backend.mailstore import cleanup, ingest, mailboxes, snooze
from backend.mailstore.flag_bits import SEEN
from backend.submission import drafts, follow_up, scheduled, submit
from tests.backend.mailstore.consistency import assert_consistent
from tests.backend.submission.conftest import add_account
from tests.backend.submission.test_drafts import content, total
from tests.backend.submission.timed import HOUR, open_timers, spooled
from tests.support.two_workers import work_twice

# Leases that have run out when they are given: both processes hold every timer.
WORK = """
from backend.kit import db
from backend.mailstore import cleanup, timers
from backend.rules import vacation
from backend.submission import due, undo

timers.LEASE_S = 0

async def work():
    await undo.settle()
    while await due.run_due():
        pass
    await cleanup.clean_all()
    told = 0
    for whom in range(20):
        told += await db.write(lambda tx: vacation.tell(tx, {account}, whom, every_days=7))
    return told
"""


async def test_two_workers_do_what_is_due_once(any_rt: Runtime) -> None:
    maren = await add_account("maren", "Maren Holt")
    await _prepare(maren, at=clock.now() + HOUR)
    await db.write(_bring_near)

    told = await work_twice(any_rt.settings, WORK.format(account=maren))

    assert sum(map(int, told)) == 20
    inbox = await mailboxes.get(maren, "INBOX")
    # Of each snoozed conversation one message is unread; reminders are.
    assert (inbox.exists, inbox.unseen) == (30 + 15, 10 + 15)
    assert [await total(maren, use) for use in ("snoozed", "scheduled", "archive", "trash")] == [
        0,
        0,
        50,
        250,
    ]
    assert (await spooled(), await total(maren, "sent")) == (15 + 15, 15 + 15 + 15)
    assert await open_timers() == 0
    # What held the drafts of those that can be taken back was given back once.
    await _give_back_what_is_held()
    await assert_consistent()


async def _prepare(account_id: int, *, at: int) -> None:
    """Snoozed conversations, reminders, scheduled mail, mail that has left, a folder with too much in it."""
    snoozed = []
    for number in range(30):
        raw = f"Message-ID: <{number}@x.test>\r\nReferences: <0.{number % 10}@x.test>\r\n\r\nx\r\n"
        snoozed.append((await ingest.store(raw.encode(), account_id, "inbox", flags=SEEN)).ref)
    await snooze.snooze(account_id, snoozed, at)
    for number in range(15):
        raw = f"From: maren@example.test\r\nMessage-ID: <sent.{number}@x.test>\r\n\r\nx\r\n"
        sent = await ingest.store(raw.encode(), account_id, "sent", flags=SEEN)
        await follow_up.remind(account_id, sent.ref, at)
        waiting = await drafts.save(account_id, content())
        await scheduled.schedule(account_id, waiting.ref, at)
        left = await drafts.save(account_id, content())
        await submit.submit(account_id, left.ref, hold_s=0)
    archive = await mailboxes.by_use(account_id, "archive")
    for number in range(300):
        await ingest.store(b"Subject: old\r\n\r\nx\r\n", account_id, archive.id, internal_at=1000 + number)
    await cleanup.put(account_id, cleanup.Rule(archive.id, cleanup.Limits(None, 50)))


async def _bring_near(tx: db.Tx) -> None:
    await tx.execute("UPDATE message_timer SET wake_at = wake_at - 7200, due_at = due_at - 7200")
    await tx.execute("UPDATE submission SET release_at = release_at - 7200")


async def _give_back_what_is_held() -> None:
    """The spool and what can still be taken back hold bodies too, which the mail tables know nothing of."""
    await db.write(
        lambda tx: tx.execute(
            "UPDATE blob SET refs = refs - (SELECT COUNT(*) FROM spool_message s WHERE s.blob_id = blob.id)"
            " - (SELECT COUNT(*) FROM submission u WHERE u.draft_blob_id = blob.id)"
        )
    )
