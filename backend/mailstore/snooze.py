"""Snoozing: a message goes to the mailbox Snoozed and comes back where it was, unread and on top. Of a
conversation that was put away together the newest message comes back unread, and the others as they were.

Its return is a move like any other, so every client sees it: a new UID, without \\Seen, and with the time of
the return as its internal date, by which lists are sorted (RFC 9051 §2.3.3: the date belongs to the UID; the
Date field stays). Moving a message out of Snoozed calls its return off; one that a client moves in has no
time and stays.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from backend.kit import clock, db
from backend.kit.db import Tx
from backend.mailstore import copy_move, flags, mailboxes, modseq, refs, timers
from backend.mailstore.flag_bits import DRAFT, SEEN
from backend.mailstore.refs import RefsResult
from backend.mailstore.selection import by_uids, by_values
from backend.mailstore.timers import Timer, TimerKind
from backend.mailstore.types import MAX_UID, SpecialUse, mailbox_of, place, uid_of


async def snooze(account_id: int, wanted: Sequence[int], until: int) -> RefsResult:
    """Put messages away until a time (unix seconds); drafts stay where they are and count as missing.

    Snoozing one that is snoozed changes its time. Raises InvalidSyntax, LimitExceeded.
    """
    timers.require_ahead(until, "snoozeUntil")

    async def verb(tx: Tx) -> RefsResult:
        taken = await modseq.take(tx, account_id)
        target = await mailboxes.find(tx, account_id, SpecialUse.SNOOZED.value)
        places = await refs.locate(tx, account_id, await _without_drafts(tx, wanted))
        by_box: dict[int, list[int]] = {}
        for ref, place_id in places.items():
            by_box.setdefault(mailbox_of(place_id), []).append(ref)
        for mailbox_id, some in by_box.items():
            # One that is there already moves too, to itself: its new time is told like any change.
            chosen = by_uids(mailbox_id, [uid_of(places[ref]) for ref in some])
            await copy_move.move_in(tx, account_id, mailbox_id, chosen, target, taken)
            came_from = None if mailbox_id == target else mailbox_id
            await timers.put(tx, account_id, some, TimerKind.SNOOZE, until, return_to=came_from)
        return refs.result(taken, wanted, places)

    return await db.write(verb)


async def _without_drafts(tx: Tx, wanted: Sequence[int]) -> list[int]:
    drafts: set[int] = set()
    for chosen in by_values("ref", wanted):
        rows = await tx.fetch_rows(
            f"SELECT ref FROM message WHERE {chosen.where} AND flags & {DRAFT} <> 0", *chosen.args
        )
        drafts.update(row[0] for row in rows)
    return [ref for ref in wanted if ref not in drafts]


async def come_back(timer: Timer) -> bool:
    """Bring a snoozed message back whose time has come, and with it all that was put away of its
    conversation until then; False where it was taken out of Snoozed, or has come back with another.
    """

    async def verb(tx: Tx) -> bool:
        account_id = timer.account_id
        # Before any timer: whoever brings back another message of the conversation waits here.
        taken = await modseq.take(tx, account_id)
        source = await tx.fetch_value(
            "SELECT id FROM mailbox WHERE account_id = ? AND special_use = ?",
            account_id,
            SpecialUse.SNOOZED.value,
        )
        together = await _together(tx, timer, source) if source is not None else []
        if not await timers.drop_claimed(tx, timer) or not together:
            return False
        for chosen in by_values("id", [one.timer_id for one in together]):
            await tx.execute(f"DELETE FROM message_timer WHERE {chosen.where}", *chosen.args)
        by_box: dict[int | None, list[_Sleeper]] = {}
        for one in together:
            by_box.setdefault(one.return_to, []).append(one)
        for return_to, some in by_box.items():
            target = await _target(tx, account_id, return_to)
            *older, newest = [uid_of(one.place_id) for one in some]
            await flags.apply_in(tx, account_id, source, [newest], flags.change_of(remove=SEEN), taken)
            # The newest last: its UID is the highest, so it stays the newest where all have one date.
            for uids in filter(None, (older, [newest])):
                await copy_move.move_in(tx, account_id, source, by_uids(source, uids), target, taken)
        for chosen in by_values("ref", [one.ref for one in together]):
            await tx.execute(
                f"UPDATE message SET internal_at = ? WHERE {chosen.where}", clock.now(), *chosen.args
            )
        return True

    return await db.write(verb)


@dataclass(frozen=True, slots=True)
class _Sleeper:
    """A message in Snoozed and its timer."""

    timer_id: int
    ref: int
    return_to: int | None
    place_id: int


async def _together(tx: Tx, timer: Timer, source: int) -> list[_Sleeper]:
    """What returns with this timer's message, which is among it, oldest first; nothing where that message
    is not in Snoozed.
    """
    box = place(source, 1), place(source, MAX_UID)
    rows = await tx.fetch_rows(
        "SELECT t.id, t.ref, t.return_to, m.id FROM message own"
        " JOIN message m ON m.thread_id = own.thread_id AND m.id BETWEEN ? AND ?"
        " JOIN message_timer t ON t.account_id = own.account_id AND t.ref = m.ref"
        " AND t.kind = ? AND t.due_at = ?"
        " WHERE own.ref = ? AND own.account_id = ? AND own.id BETWEEN ? AND ? ORDER BY m.internal_at, m.id",
        *box,
        timer.kind.value,
        timer.due_at,
        timer.ref,
        timer.account_id,
        *box,
    )
    return [_Sleeper(*row) for row in rows]


async def _target(tx: Tx, account_id: int, mailbox_id: int | None) -> int:
    """The mailbox it came from, or the inbox where that is gone or was thrown away."""
    there = await tx.fetch_value(
        f"SELECT id FROM mailbox WHERE id = ? AND account_id = ? AND {mailboxes.IS_OUTSIDE_TRASH}",
        mailbox_id,
        account_id,
    )
    return int(there) if there is not None else await mailboxes.find(tx, account_id, "inbox")
