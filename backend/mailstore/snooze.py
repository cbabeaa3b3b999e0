"""Snoozing: a message goes to the mailbox Snoozed and comes back where it was, unread and on top.

Its return is a move like any other, so every client sees it: a new UID, without \\Seen, and with the time of
the return as its internal date, by which lists are sorted (RFC 9051 §2.3.3: the date belongs to the UID; the
Date field stays). Moving a message out of Snoozed calls its return off; one that a client moves in has no
time and stays.
"""

from __future__ import annotations

from collections.abc import Sequence

from backend.kit import clock, db
from backend.kit.db import Tx
from backend.kit.errors import NotFound
from backend.mailstore import copy_move, flags, mailboxes, modseq, refs, timers
from backend.mailstore.flag_bits import DRAFT, SEEN
from backend.mailstore.refs import RefsResult
from backend.mailstore.selection import by_uids, by_values
from backend.mailstore.timers import Timer, TimerKind
from backend.mailstore.types import SpecialUse, mailbox_of, uid_of


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
    """Bring a snoozed message back whose time has come; False where it was taken out of Snoozed."""

    async def verb(tx: Tx) -> bool:
        if not await timers.drop_claimed(tx, timer):
            return False
        account_id = timer.account_id
        place_id = (await refs.locate(tx, account_id, [timer.ref])).get(timer.ref)
        source = await tx.fetch_value(
            "SELECT id FROM mailbox WHERE account_id = ? AND special_use = ?",
            account_id,
            SpecialUse.SNOOZED.value,
        )
        if place_id is None or mailbox_of(place_id) != source:
            return False
        taken = await modseq.take(tx, account_id)
        target = await _target(tx, account_id, timer.return_to)
        uids = [uid_of(place_id)]
        await flags.apply_in(tx, account_id, source, uids, flags.change_of(remove=SEEN), taken)
        await copy_move.move_in(tx, account_id, source, by_uids(source, uids), target, taken)
        await tx.execute("UPDATE message SET internal_at = ? WHERE ref = ?", clock.now(), timer.ref)
        return True

    return await db.write(verb)


async def _target(tx: Tx, account_id: int, mailbox_id: int | None) -> int:
    """The mailbox it came from, or the inbox where that is gone."""
    if mailbox_id is not None:
        try:
            return await mailboxes.find(tx, account_id, mailbox_id)
        except NotFound:
            pass  # the owner has removed it meanwhile
    return await mailboxes.find(tx, account_id, "inbox")
