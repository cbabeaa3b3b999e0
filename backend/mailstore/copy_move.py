"""COPY and MOVE, set by set (RFC 9051 §6.4.7, RFC 6851).

A copy is a row that shares its email; a move gives the row a new place and leaves a tombstone at the old one.
Both keep flags, keywords and internal date. New UIDs ascend in the order of the old ones.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from backend.kit import clock, db
from backend.kit.db import Tx
from backend.kit.errors import NotFound
from backend.mailstore import index, quota, refs
from backend.mailstore import modseq as modseqs
from backend.mailstore.counters import add_up, allot, bump
from backend.mailstore.expunge import entomb
from backend.mailstore.selection import Selection, by_uids, everything
from backend.mailstore.types import ModSeq, place
from schema.events import MailboxChanged


@dataclass(frozen=True, slots=True)
class CopyResult:
    """What COPYUID says (RFC 4315): the target's UIDVALIDITY, the old UIDs, ascending, and the first of the
    new ones, which follow one another in the same order.
    """

    uidvalidity: int
    old: Sequence[int]
    first: int
    modseq: ModSeq

    @property
    def new(self) -> range:
        """The new UIDs."""
        return range(self.first, self.first + len(self.old))

    @property
    def pairs(self) -> list[tuple[int, int]]:
        """Old and new UID of each message."""
        return list(zip(self.old, self.new, strict=True))


async def copy(
    account_id: int,
    src_mailbox: int,
    uids: Iterable[int],
    dst_mailbox: int,
    *,
    quota_bytes: int | None = None,
) -> CopyResult:
    """Copy messages of a mailbox; all or none. Raises NotFound, OverQuota."""
    chosen = by_uids(src_mailbox, uids)

    async def verb(tx: Tx) -> CopyResult:
        modseq = await modseqs.take(tx, account_id)
        return await copy_in(tx, account_id, src_mailbox, chosen, dst_mailbox, modseq, quota_bytes)

    return await db.write(verb)


async def move(account_id: int, src_mailbox: int, uids: Iterable[int], dst_mailbox: int) -> CopyResult:
    """Move messages of a mailbox; all or none. Their refs stay. Raises NotFound."""
    chosen = by_uids(src_mailbox, uids)

    async def verb(tx: Tx) -> tuple[CopyResult, ModSeq]:
        modseq = await modseqs.take(tx, account_id)
        before = await modseqs.of_mailbox(tx, account_id, src_mailbox)
        return await move_in(tx, account_id, src_mailbox, chosen, dst_mailbox, modseq), before

    result, before = await db.write(verb)
    if result.old and dst_mailbox != src_mailbox and db.current_tx.get() is None:
        index.follow_expunge(src_mailbox, before, result.modseq, result.old)
    return result


async def move_refs(account_id: int, wanted: Sequence[int], dst_mailbox: int) -> refs.RefsResult:
    """Move messages from wherever they are (the web); what is there already stays. Raises NotFound."""

    async def verb(tx: Tx) -> refs.RefsResult:
        modseq = await modseqs.take(tx, account_id)
        await uidvalidity(tx, account_id, dst_mailbox)
        places = await refs.locate(tx, account_id, wanted)
        for mailbox_id, uids in refs.by_mailbox(places.values()).items():
            if mailbox_id != dst_mailbox:
                await move_in(tx, account_id, mailbox_id, by_uids(mailbox_id, uids), dst_mailbox, modseq)
        return refs.result(modseq, wanted, places)

    return await db.write(verb)


async def move_everything(
    tx: Tx, account_id: int, src_mailbox: int, dst_mailbox: int, modseq: ModSeq
) -> None:
    """Move all messages of a mailbox; part of a verb that has taken `modseq`."""
    await move_in(tx, account_id, src_mailbox, [everything(src_mailbox)], dst_mailbox, modseq)


async def copy_in(
    tx: Tx,
    account_id: int,
    src: int,
    chosen: list[Selection],
    dst: int,
    modseq: ModSeq,
    quota_bytes: int | None,
) -> CopyResult:
    """`copy` as a part of a verb that has taken `modseq`."""
    old, total = await add_up(tx, account_id, chosen)
    if not old:
        return CopyResult(await uidvalidity(tx, account_id, dst), (), 0, modseq)
    await quota.charge(tx, account_id, total.size_bytes, messages=total.exists, quota_bytes=quota_bytes)
    first, validity = await allot(tx, account_id, dst, modseq, total)
    for part, new_id, base in _renumbered(src, old, place(dst, first)):
        await tx.execute(
            "INSERT INTO message (id, ref, account_id, mailbox_id, email_id, thread_id, flags, modseq,"
            " arrived_modseq, size_bytes, internal_at, saved_at)"
            " SELECT n, n, account_id, CAST(? AS BIGINT), email_id, thread_id, flags, CAST(? AS BIGINT),"
            " CAST(? AS BIGINT), size_bytes, internal_at, CAST(? AS BIGINT)"
            f" FROM (SELECT {new_id} AS n, account_id, email_id, thread_id, flags, size_bytes, internal_at"
            f" FROM message WHERE {part.where}) AS s",
            dst,
            modseq,
            modseq,
            clock.now(),
            base,
            *part.args,
        )
    tx.announce(MailboxChanged(account_id, dst, modseq))
    return CopyResult(validity, old, first, modseq)


async def move_in(
    tx: Tx, account_id: int, src: int, chosen: list[Selection], dst: int, modseq: ModSeq
) -> CopyResult:
    """`move` as a part of a verb that has taken `modseq`."""
    old, total = await add_up(tx, account_id, chosen)
    if not old:
        return CopyResult(await uidvalidity(tx, account_id, dst), (), 0, modseq)
    await bump(tx, account_id, src, modseq, -total)
    first, validity = await allot(tx, account_id, dst, modseq, total)
    # Rows that were moved stand behind all others and are never among the next part's.
    for part, new_id, base in _renumbered(src, old, place(dst, first)):
        await entomb(tx, part, modseq)
        new, source, where = new_id, "", part.where
        if not part.is_run:
            new, where = "s.n", "message.id = s.was"
            source = f" FROM (SELECT id AS was, {new_id} AS n FROM message WHERE {part.where}) AS s"
        values = (dst, modseq, modseq, clock.now())
        await tx.execute(
            f"UPDATE message SET mailbox_id = ?, modseq = ?, arrived_modseq = ?, saved_at = ?, id = {new}"
            f"{source} WHERE {where}",
            *values,
            base,
            *part.args,
        )
    tx.announce(MailboxChanged(account_id, src, modseq))
    if dst != src:
        tx.announce(MailboxChanged(account_id, dst, modseq))
    return CopyResult(validity, old, first, modseq)


def _renumbered(src: int, old: Sequence[int], first: int) -> Iterator[tuple[Selection, str, int]]:
    """Parts of the messages with these UIDs, the expression of their new places, and its argument."""
    done = 0
    for part in by_uids(src, old):
        if part.is_run:
            yield part, "id + CAST(? AS BIGINT)", first + done - part.args[0]
            done += part.args[1] - part.args[0] + 1
        else:
            yield part, "CAST(? AS BIGINT) + ROW_NUMBER() OVER (ORDER BY id)", first + done - 1
            done += len(set(part.args))


async def uidvalidity(tx: Tx, account_id: int, mailbox_id: int) -> int:
    """The mailbox's UIDVALIDITY. Raises NotFound where it is not the account's."""
    found = await tx.fetch_value(
        "SELECT uidvalidity FROM mailbox WHERE id = ? AND account_id = ?", mailbox_id, account_id
    )
    if found is None:
        raise NotFound("There is no such mailbox")
    return int(found)
