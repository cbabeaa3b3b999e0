"""Removing messages: rows go, tombstones stay (RFC 7162), counters and quota follow in the same transaction.

Emails that lost a row are queued as orphans; `retention` removes those that no message names any more, and
their bodies with them. A very large set goes in slices, each a transaction with a modseq of its own, so that
nobody else waits long for the writer.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from backend.kit import clock, db
from backend.kit.db import Tx
from backend.kit.errors import NotFound
from backend.mailstore import index, quota, refs
from backend.mailstore import modseq as modseqs
from backend.mailstore.counters import add_up, bump
from backend.mailstore.flag_bits import DELETED
from backend.mailstore.selection import Selection, are_near, ascending, by_uids, everything
from backend.mailstore.types import ModSeq, uid_of
from schema.events import MailboxChanged

SLICE = 5000
# So many neighbours are removed within a millisecond and a half.
BRIEF = 1000


async def expunge(
    mailbox_id: int, account_id: int, uids: Iterable[int] | None = None
) -> tuple[list[int], ModSeq]:
    """Remove the messages marked \\Deleted, all or those among `uids`: their UIDs, and the mailbox's modseq.

    Raises NotFound where the mailbox is not the account's.
    """
    row = await db.fetch_row(
        "SELECT modseq, deleted_count FROM mailbox WHERE id = ? AND account_id = ?", mailbox_id, account_id
    )
    if row is None:
        raise NotFound("There is no such mailbox")
    modseq = ModSeq(row[0])
    wanted = await _marked(mailbox_id, modseq) if uids is None and row[1] else ascending(uids or ())
    removed: list[int] = []
    for at in range(0, len(wanted), SLICE):
        done, taken = await _expunge_slice(mailbox_id, account_id, wanted[at : at + SLICE])
        removed += done
        modseq = taken if done else modseq
    return removed, modseq


async def _marked(mailbox_id: int, modseq: ModSeq) -> Sequence[int]:
    known = index.having(mailbox_id, modseq, DELETED)
    if known is not None:
        return known
    rows = await db.scan(
        "SELECT id FROM message WHERE id BETWEEN ? AND ? AND flags & 8 <> 0 ORDER BY id",
        *everything(mailbox_id).args,
    )
    return [uid_of(row[0]) for row in rows]


async def _expunge_slice(
    mailbox_id: int, account_id: int, uids: Sequence[int]
) -> tuple[Sequence[int], ModSeq]:
    chosen = by_uids(mailbox_id, uids)

    async def verb(tx: Tx) -> tuple[Sequence[int], ModSeq, ModSeq]:
        modseq = await modseqs.take(tx, account_id)
        before = await modseqs.of_mailbox(tx, account_id, mailbox_id)
        # The flag is looked at again here: another session may have taken it away.
        return await remove(tx, account_id, mailbox_id, chosen, modseq, flags=DELETED), modseq, before

    removed, modseq, before = await db.write(verb, durable=False, brief=are_near(uids, BRIEF))
    if removed and db.current_tx.get() is None:
        index.follow_expunge(mailbox_id, before, modseq, removed)
    return removed, modseq


async def expunge_uids(account_id: int, mailbox_id: int, uids: Iterable[int]) -> Sequence[int]:
    """Remove these messages for good, marked or not, in one transaction that is on disk when this returns
    (POP3, RFC 1939 §6); those that were still there.
    """
    chosen = by_uids(mailbox_id, uids)

    async def verb(tx: Tx) -> tuple[Sequence[int], ModSeq, ModSeq]:
        modseq = await modseqs.take(tx, account_id)
        before = await modseqs.of_mailbox(tx, account_id, mailbox_id)
        return await remove(tx, account_id, mailbox_id, chosen, modseq), modseq, before

    removed, modseq, before = await db.write(verb)
    if removed and db.current_tx.get() is None:
        index.follow_expunge(mailbox_id, before, modseq, removed)
    return removed


async def expunge_refs(account_id: int, wanted: Sequence[int]) -> refs.RefsResult:
    """Remove messages for good wherever they are, marked or not (the web)."""

    async def verb(tx: Tx) -> refs.RefsResult:
        modseq = await modseqs.take(tx, account_id)
        places = await refs.locate(tx, account_id, wanted)
        for mailbox_id, uids in refs.by_mailbox(places.values()).items():
            await remove(tx, account_id, mailbox_id, by_uids(mailbox_id, uids), modseq)
        return refs.result(modseq, wanted, places)

    return await db.write(verb, durable=False)


async def empty(account_id: int, mailbox_id: int) -> int:
    """Remove every message of a mailbox that is there now; how many."""
    rows = await db.scan("SELECT id FROM message WHERE id BETWEEN ? AND ?", *everything(mailbox_id).args)
    uids = [uid_of(row[0]) for row in rows]
    count = 0
    for at in range(0, len(uids), SLICE):
        slice_of = by_uids(mailbox_id, uids[at : at + SLICE])

        async def verb(tx: Tx, chosen: list[Selection] = slice_of) -> int:
            modseq = await modseqs.take(tx, account_id)
            return len(await remove(tx, account_id, mailbox_id, chosen, modseq))

        count += await db.write(verb, durable=False)
    return count


async def remove(
    tx: Tx, account_id: int, mailbox_id: int, chosen: Iterable[Selection], modseq: int, *, flags: int = 0
) -> Sequence[int]:
    """Remove the chosen messages that have all these flags; their UIDs. The verb has taken `modseq`."""
    removed, total = await add_up(tx, account_id, chosen, flags=flags)
    for exact in by_uids(mailbox_id, removed):
        await entomb(tx, exact, modseq)
        await tx.execute(
            "INSERT INTO email_orphan (id, account_id) SELECT email_id, account_id FROM message"
            f" WHERE {exact.where} ON CONFLICT (id) DO NOTHING",
            *exact.args,
        )
        await tx.execute(f"DELETE FROM message WHERE {exact.where}", *exact.args)
    if removed:
        await quota.charge(tx, account_id, -total.size_bytes, messages=-total.exists)
        await bump(tx, account_id, mailbox_id, modseq, -total)
        tx.announce(MailboxChanged(account_id, mailbox_id, modseq))
    return removed


async def entomb(tx: Tx, exact: Selection, modseq: int) -> None:
    """Write the tombstones of messages that are about to leave their places."""
    await tx.execute(
        "INSERT INTO expunged (id, mailbox_id, ref, modseq, expunged_at)"
        " SELECT id, mailbox_id, ref, CAST(? AS BIGINT), CAST(? AS BIGINT) FROM message"
        f" WHERE {exact.where}",
        modseq,
        clock.now(),
        *exact.args,
    )
