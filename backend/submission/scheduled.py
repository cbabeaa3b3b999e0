"""Scheduled mail: a draft in the mailbox Scheduled that the server sends at its time.

Until then it is a draft like any other, seen by every client. Who moves or removes it, or writes the draft
anew, calls the sending off; what a client puts into Scheduled by itself has no time and stays. When the time
comes it is sent by `submit`, which looks at the sender's rights, recipients and limits as they are then, and
takes the draft away in the transaction that spools it: it goes once. What is refused stays in Scheduled,
unread, with the reason.
"""

from __future__ import annotations

from dataclasses import dataclass

from backend.kit import clock, db
from backend.kit.db import Tx
from backend.kit.errors import Conflict, MailError, NotFound, RateLimited, Unavailable
from backend.mailstore import copy_move, flags, mailboxes, modseq, reader, refs, timers
from backend.mailstore.flag_bits import DRAFT, SEEN
from backend.mailstore.selection import by_uids
from backend.mailstore.timers import Timer, TimerKind
from backend.mailstore.types import SpecialUse, mailbox_of, uid_of
from backend.submission import draft_content, drafts, identities, submit
from backend.submission.drafts import SavedDraft
from schema.events import SubmissionChanged

# What has to wait (a limit, a helper that is away) is tried again for a day.
GIVE_UP_S = 86_400
RETRY_S = 60
SCHEDULED = SpecialUse.SCHEDULED.value


@dataclass(frozen=True, slots=True)
class Scheduled:
    """A message that waits for its time."""

    ref: int
    send_at: int


async def schedule(
    account_id: int, draft_ref: int, send_at: int, *, remind_s: int | None = None
) -> Scheduled:
    """Send a draft at `send_at` (unix seconds), or change the time of one that is scheduled.

    Raises what `submit` would for its sender and recipients, InvalidSyntax for a time that is past or more
    than a year away, Conflict where there is no such draft any more. After a refusal the draft stands.
    """
    timers.require_ahead(send_at, "sendAt")
    draft = draft_content.read(await reader.read_message(account_id, draft_ref), draft_ref).content
    await submit.require_sendable(account_id, draft)

    async def verb(tx: Tx) -> None:
        target = await mailboxes.find(tx, account_id, SCHEDULED)
        await _move(tx, account_id, draft_ref, target)
        await timers.put(tx, account_id, [draft_ref], TimerKind.SEND, send_at, remind_s=remind_s)

    await db.write(verb)
    return Scheduled(draft_ref, send_at)


async def cancel(account_id: int, draft_ref: int) -> SavedDraft:
    """Bring a scheduled message back to Drafts. Raises Conflict where it has gone already."""

    async def verb(tx: Tx) -> None:
        if not await timers.drop(tx, account_id, draft_ref, TimerKind.SEND):
            raise Conflict("The message is already on its way")
        await _move(tx, account_id, draft_ref, await mailboxes.find(tx, account_id, "drafts"))

    await db.write(verb)
    raw = await reader.read_message(account_id, draft_ref)
    return SavedDraft(draft_ref, draft_content.read(raw, draft_ref), clock.now())


async def send_now(account_id: int, draft_ref: int) -> submit.Submission:
    """Send a scheduled message now, with the time to take it back that every message has."""
    timer = (await timers.of_messages(account_id, [draft_ref])).get(draft_ref)
    if timer is None or timer.kind is not TimerKind.SEND:
        raise NotFound("There is no such scheduled message")
    sent = await submit.submit(account_id, draft_ref, remind_s=timer.remind_s)
    await db.write(lambda tx: timers.drop(tx, account_id, draft_ref, TimerKind.SEND))
    return sent


async def _move(tx: Tx, account_id: int, ref: int, target: int) -> None:
    """Move a draft; raises Conflict where it is none, or gone."""
    taken = await modseq.take(tx, account_id)
    place_id = (await refs.locate(tx, account_id, [ref])).get(ref)
    if place_id is None or not await drafts.is_draft(tx, account_id, ref):
        raise Conflict("This draft has been sent or discarded elsewhere")
    source, uids = mailbox_of(place_id), [uid_of(place_id)]
    await flags.apply_in(tx, account_id, source, uids, flags.change_of(add=SEEN | DRAFT), taken)
    # Also to itself, where only the time is another: so that it is told like any change.
    await copy_move.move_in(tx, account_id, source, by_uids(source, uids), target, taken)


async def send_due(timer: Timer) -> bool:
    """Send what a claimed timer names; False where it was called off, has to wait or is refused."""
    if not await _is_scheduled(timer):
        await db.write(lambda tx: timers.drop_claimed(tx, timer))
        return False
    try:
        await identities.of_user(timer.account_id)  # a user who was disabled meanwhile sends nothing
        await submit.submit(timer.account_id, timer.ref, hold_s=0, remind_s=timer.remind_s)
    except (RateLimited, Unavailable) as exc:
        if clock.now() < timer.due_at + GIVE_UP_S:
            seconds = exc.retry_after_s if isinstance(exc, RateLimited) else RETRY_S
            await timers.postpone(timer, max(RETRY_S, int(seconds)))
            return False
        await _fail(timer, exc.public)
        return False
    except MailError as exc:
        await _fail(timer, exc.public)
        return False
    await db.write(lambda tx: timers.drop_claimed(tx, timer))
    return True


async def _is_scheduled(timer: Timer) -> bool:
    found = await db.fetch_value(
        "SELECT 1 FROM message m JOIN mailbox b ON b.id = m.mailbox_id"
        " WHERE m.ref = ? AND m.account_id = ? AND b.special_use = ?",
        timer.ref,
        timer.account_id,
        SCHEDULED,
    )
    return found is not None


async def _fail(timer: Timer, reason: str) -> None:
    """Leave the message where it is, unread and with the reason it did not go. What has gone meanwhile, by
    another process or its owner's hand, has no timer any more.
    """

    async def verb(tx: Tx) -> None:
        place_id = (await refs.locate(tx, timer.account_id, [timer.ref])).get(timer.ref)
        if place_id is None:
            await timers.drop_claimed(tx, timer)
            return
        if not await timers.fail_claimed(tx, timer, reason):
            return
        taken = await modseq.take(tx, timer.account_id)
        unread = flags.change_of(remove=SEEN)
        await flags.apply_in(tx, timer.account_id, mailbox_of(place_id), [uid_of(place_id)], unread, taken)
        tx.announce(SubmissionChanged(timer.account_id, timer.id))

    await db.write(verb)
