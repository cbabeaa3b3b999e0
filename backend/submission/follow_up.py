"""Reminders of mail that nobody answered: at the time chosen, the sent message comes to the inbox once more.

An answer is a message of somebody else that names it in In-Reply-To or References. A copy comes, unread and
with the keyword `$FollowUp`; what was sent stays in Sent. Removing the sent message, or an answer, ends the
reminder.
"""

from __future__ import annotations

from backend.kit import clock, db
from backend.kit.db import Tx
from backend.kit.errors import LimitExceeded, NotFound
from backend.mailstore import copy_move, flags, keywords, mailboxes, modseq, refs, timers
from backend.mailstore.flag_bits import DRAFT, SEEN
from backend.mailstore.selection import by_uids
from backend.mailstore.timers import Timer, TimerKind
from backend.mailstore.types import mailbox_of, place, uid_of

KEYWORD = "$FollowUp"
MAX_LOOKED_AT = 500


async def remind(account_id: int, ref: int, due_at: int) -> None:
    """Remind of a message at a time (unix seconds) unless somebody answers it. Raises NotFound,
    InvalidSyntax.
    """
    timers.require_ahead(due_at, "at")

    async def verb(tx: Tx) -> None:
        if not await _tell(tx, account_id, ref):
            raise NotFound("There is no such message")
        await timers.put(tx, account_id, [ref], TimerKind.FOLLOW_UP, due_at)

    await db.write(verb)


async def forget(account_id: int, ref: int) -> bool:
    """End a reminder; whether there was one."""

    async def verb(tx: Tx) -> bool:
        if not await timers.drop(tx, account_id, ref, TimerKind.FOLLOW_UP):
            return False
        await _tell(tx, account_id, ref)
        return True

    return await db.write(verb)


async def _tell(tx: Tx, account_id: int, ref: int) -> bool:
    """Have every window show the message anew; False where it is gone."""
    taken = await modseq.take(tx, account_id)
    place_id = (await refs.locate(tx, account_id, [ref])).get(ref)
    if place_id is None:
        return False
    await flags.touch_in(tx, account_id, mailbox_of(place_id), [uid_of(place_id)], taken)
    return True


async def come_due(timer: Timer) -> bool:
    """Bring the message of a claimed timer to the inbox; False where it was answered or removed."""
    account_id = timer.account_id
    is_answered = await answered(account_id, timer.ref)

    async def verb(tx: Tx) -> bool:
        if not await timers.drop_claimed(tx, timer) or is_answered:
            return False
        place_id = (await refs.locate(tx, account_id, [timer.ref])).get(timer.ref)
        if place_id is None:
            return False
        taken = await modseq.take(tx, account_id)
        inbox = await mailboxes.find(tx, account_id, "inbox")
        source = mailbox_of(place_id)
        chosen = by_uids(source, [uid_of(place_id)])
        copied = await copy_move.copy_in(tx, account_id, source, chosen, inbox, taken, None)
        change = flags.change_of(add=await _bit(tx, account_id), remove=SEEN)
        await flags.apply_in(tx, account_id, inbox, [copied.first], change, taken)
        await tx.execute(
            "UPDATE message SET internal_at = ? WHERE id = ?", clock.now(), place(inbox, copied.first)
        )
        return True

    return await db.write(verb)


async def answered(account_id: int, ref: int) -> bool:
    """Whether somebody answered the message; true too for one that is gone or has no Message-ID."""
    row = await db.fetch_row(
        "SELECT m.thread_id, e.message_id, e.from_addr FROM message m JOIN email e ON e.id = m.email_id"
        " WHERE m.ref = ? AND m.account_id = ?",
        ref,
        account_id,
    )
    if row is None or not row[1]:
        return True
    thread_id, message_id, author = row
    wanted = f"<{message_id}>".encode("utf-8", "surrogateescape")
    heads = await db.fetch_rows(
        "SELECT e.head, e.from_addr FROM message m JOIN email e ON e.id = m.email_id"
        f" WHERE m.thread_id = ? AND m.account_id = ? AND m.flags & {DRAFT} = 0 ORDER BY m.id DESC LIMIT ?",
        thread_id,
        account_id,
        MAX_LOOKED_AT,
    )
    return any(_names(bytes(head), wanted) for head, sender in heads if sender.lower() != author.lower())


def _names(head: bytes, message_id: bytes) -> bool:
    """Whether In-Reply-To or References of a header block hold the identifier."""
    unfolded = head.replace(b"\r\n ", b" ").replace(b"\r\n\t", b" ")
    return any(
        message_id in line
        for line in unfolded.split(b"\r\n")
        if line.lower().startswith((b"in-reply-to:", b"references:"))
    )


async def _bit(tx: Tx, account_id: int) -> int:
    try:
        return await keywords.keyword_bits(tx, account_id, [KEYWORD])
    except LimitExceeded:
        return 0  # all keywords are given away: it comes without the note
