"""STORE by a reader of another's mailbox: \\Seen is the reader's own, all other flags are the mailbox's."""

from __future__ import annotations

from collections.abc import Sequence

from backend.kit import db
from backend.kit.db import Tx
from backend.mailstore import flags, index, reader_changes, readers
from backend.mailstore import modseq as modseqs
from backend.mailstore.flag_bits import SEEN
from backend.mailstore.flags import Change, StoreResult
from backend.mailstore.selection import by_uids
from backend.mailstore.types import ModSeq, uid_of


async def store(
    user_id: int,
    account_id: int,
    mailbox_id: int,
    uids: Sequence[int],
    change: Change,
    unchanged_since: int | None = None,
    told: int | None = None,
) -> StoreResult:
    """`flags.store` as the reader sees the mailbox. Raises NotFound. Rights are the caller's matter."""

    async def verb(tx: Tx) -> StoreResult:
        return await store_in(tx, user_id, account_id, mailbox_id, uids, change, unchanged_since, told)

    result = await db.write(verb, durable=False)
    if result.changed and db.current_tx.get() is None:
        index.follow_flags(mailbox_id, result.before, result.modseq, result.changed, result.flags, user_id)
    return result


async def store_in(
    tx: Tx,
    user_id: int,
    account_id: int,
    mailbox_id: int,
    uids: Sequence[int],
    change: Change,
    unchanged_since: int | None = None,
    told: int | None = None,
) -> StoreResult:
    """`store` as a part of a verb."""
    modseq = await modseqs.take(tx, account_id)
    own_modseq = await modseqs.of_mailbox(tx, account_id, mailbox_id)
    reader = await readers.make(tx, user_id, mailbox_id)
    result = StoreResult(modseq, ModSeq(max(own_modseq, reader.modseq)))
    changed: list[tuple[int, int]] = []
    marks: list[tuple[int, int]] = []
    shared: list[int] = []
    for chosen in by_uids(mailbox_id, uids, column="m.id"):
        rows = await tx.fetch_rows(
            f"{reader_changes.SELECT} WHERE {chosen.where} ORDER BY m.id", reader.first_mark, *chosen.args
        )
        for place_id, now, at, *_ in rows:
            uid, new = uid_of(place_id), now & change.keep | change.add
            if told is not None and at > told:
                result.overtaken.append(uid)
            if unchanged_since is not None and at > unchanged_since:
                result.modified.append(uid)
            elif new == now:
                result.unchanged.append(uid)
            else:
                changed.append((uid, new))
                if (new ^ now) & SEEN:
                    marks.append((uid, new & SEEN))
                if (new ^ now) & ~SEEN:
                    shared.append(uid)
    result.changed, result.flags = [uid for uid, _ in changed], [new for _, new in changed]
    if shared:
        others = Change(change.keep | SEEN, change.add & ~SEEN)
        await flags.apply_in(tx, account_id, mailbox_id, shared, others, modseq)
    if marks:
        await readers.mark(tx, reader, user_id, account_id, mailbox_id, modseq, marks)
    return result
