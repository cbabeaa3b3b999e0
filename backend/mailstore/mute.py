"""Muted conversations: what comes to them later is archived and read, and never stands in the inbox.

The keyword `$Muted` on their messages tells other clients; the truth is the row of the thread.
"""

from __future__ import annotations

from collections.abc import Sequence

from backend.kit import clock, db
from backend.kit.db import Tx
from backend.kit.errors import LimitExceeded
from backend.mailstore import copy_move, flags, keywords, mailboxes, modseq, refs
from backend.mailstore.flag_bits import SEEN
from backend.mailstore.ingest import Ingested
from backend.mailstore.prepared import Prepared
from backend.mailstore.refs import RefsResult
from backend.mailstore.selection import by_uids, by_values
from backend.mailstore.types import ModSeq, mailbox_of, uid_of

KEYWORD = "$Muted"


async def set_muted(account_id: int, wanted: Sequence[int], muted: bool) -> RefsResult:
    """Mute the conversations of these messages, or end that; muting archives what of them is in the inbox."""

    async def verb(tx: Tx) -> RefsResult:
        taken = await modseq.take(tx, account_id)
        places = await refs.locate(tx, account_id, wanted)
        threads = await _threads(tx, list(places))
        if muted:
            await tx.execute_many(
                "INSERT INTO muted_thread (id, account_id, muted_at) VALUES (?, ?, ?)"
                " ON CONFLICT (id) DO NOTHING",
                [(thread_id, account_id, clock.now()) for thread_id in threads],
            )
        else:
            for chosen in by_values("id", threads):
                await tx.execute(
                    f"DELETE FROM muted_thread WHERE {chosen.where} AND account_id = ?",
                    *chosen.args,
                    account_id,
                )
        bit = await _bit(tx, account_id)
        change = flags.change_of(add=bit) if muted else flags.change_of(remove=bit)
        for mailbox_id, uids in refs.by_mailbox(await _places(tx, account_id, threads)).items():
            await flags.apply_in(tx, account_id, mailbox_id, uids, change, taken)
        if muted:
            await _archive(tx, account_id, threads, taken)
        return refs.result(taken, wanted, places)

    return await db.write(verb)


async def keep_out(tx: Tx, account_id: int, prepared: Prepared, filed: Ingested) -> None:
    """Part of a delivery: take what has just come into the inbox on to the archive where its conversation is
    muted. Only what refers to other messages can belong to one, so nothing else is looked up.
    """
    clues = prepared.clues
    if len(clues.message_ids) < 2 and not clues.is_reply:
        return
    if await tx.fetch_value("SELECT 1 FROM muted_thread WHERE id = ?", filed.thread_id) is None:
        return
    taken = await modseq.take(tx, account_id)
    bits = SEEN | await _bit(tx, account_id)
    await flags.apply_in(tx, account_id, filed.mailbox_id, [filed.uid], flags.change_of(add=bits), taken)
    archive = await mailboxes.find(tx, account_id, "archive")
    await copy_move.move_in(
        tx, account_id, filed.mailbox_id, by_uids(filed.mailbox_id, [filed.uid]), archive, taken
    )


async def _threads(tx: Tx, wanted: Sequence[int]) -> list[int]:
    found: set[int] = set()
    for chosen in by_values("ref", wanted):
        rows = await tx.fetch_rows(
            f"SELECT DISTINCT thread_id FROM message WHERE {chosen.where}", *chosen.args
        )
        found.update(row[0] for row in rows)
    return sorted(found)


async def _places(tx: Tx, account_id: int, threads: Sequence[int]) -> list[int]:
    places: list[int] = []
    for chosen in by_values("thread_id", threads):
        rows = await tx.fetch_rows(
            f"SELECT id FROM message WHERE {chosen.where} AND account_id = ?", *chosen.args, account_id
        )
        places += [row[0] for row in rows]
    return places


async def _archive(tx: Tx, account_id: int, threads: Sequence[int], taken: ModSeq) -> None:
    inbox = await mailboxes.find(tx, account_id, "inbox")
    places = await _places(tx, account_id, threads)
    uids = [uid_of(place_id) for place_id in places if mailbox_of(place_id) == inbox]
    if uids:
        archive = await mailboxes.find(tx, account_id, "archive")
        await copy_move.move_in(tx, account_id, inbox, by_uids(inbox, uids), archive, taken)


async def _bit(tx: Tx, account_id: int) -> int:
    try:
        return await keywords.keyword_bits(tx, account_id, [KEYWORD])
    except LimitExceeded:
        return 0  # all keywords are given away: the conversation is muted without the sign
