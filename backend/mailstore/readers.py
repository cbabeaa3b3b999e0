"""What a user keeps of another's mailbox: the subscription, and marks of what was read (own \\Seen).

A mark is a row with the id `reader << 32 | uid`, so that a reader's marks are one range in UID order, as the
messages of a mailbox are. It takes its modseq from the owner's account: for its reader a message changed
with the later of its own modseq and its mark's. The owner has no reader and pays nothing for those of others.

`seen_count` counts marked messages as of `counted_modseq`. Expunging does not touch it; whoever reads it
takes off the marked messages among the tombstones since then, and whoever changes it settles it first.
"""

from __future__ import annotations

from dataclasses import dataclass

from backend.kit import db
from backend.kit.db import Tx
from backend.mailstore import mailbox_rows
from backend.mailstore import modseq as modseqs
from backend.mailstore.types import MAX_UID, UID_BITS
from schema.events import MailboxListChanged, SeenChanged

# The columns of a `State`: of a `mailbox_reader r`, which may be missing, beside a `mailbox m`.
OF_MAILBOX = (
    "COALESCE(r.id, 0), COALESCE(r.is_subscribed, 1), COALESCE(r.modseq, 0), COALESCE(r.counted_modseq, 0),"
    " COALESCE(r.seen_count, 0) - (SELECT COUNT(*) FROM expunged x JOIN seen_mark k"
    f" ON k.id = (r.id << {UID_BITS}) + (x.id & {MAX_UID}) AND k.is_seen = 1"
    " WHERE x.mailbox_id = m.id AND x.modseq > r.counted_modseq)"
)


@dataclass(frozen=True, slots=True)
class State:
    """A reader of a mailbox; id 0 is one that has not kept anything yet. `seen_count` is exact."""

    id: int
    is_subscribed: int
    modseq: int
    counted_modseq: int
    seen_count: int

    @property
    def first_mark(self) -> int:
        """The id of a mark is this and the message's UID."""
        return self.id << UID_BITS

    def needs_recount(self, expunged_before: int) -> bool:
        """Whether tombstones that the count depends on are gone: those up to that modseq are."""
        return self.id > 0 and self.counted_modseq < expunged_before


async def find(source: db.Database | Tx, user_id: int, mailbox_id: int) -> State:
    """The reader as it is."""
    row = await source.fetch_row(
        f"SELECT {OF_MAILBOX} FROM mailbox m"
        " LEFT JOIN mailbox_reader r ON r.user_id = ? AND r.mailbox_id = m.id WHERE m.id = ?",
        user_id,
        mailbox_id,
    )
    return State(*row) if row else State(0, 1, 0, 0, 0)


async def make(tx: Tx, user_id: int, mailbox_id: int) -> State:
    """The reader, made where there is none; the owner's account is locked by the caller."""
    found = await find(tx, user_id, mailbox_id)
    if found.id:
        return found
    reader_id = await mailbox_rows.next_id(tx)
    await tx.execute(
        "INSERT INTO mailbox_reader (id, user_id, mailbox_id, counted_modseq)"
        " SELECT CAST(? AS BIGINT), CAST(? AS BIGINT), id, modseq FROM mailbox WHERE id = ?",
        reader_id,
        user_id,
        mailbox_id,
    )
    return await find(tx, user_id, mailbox_id)


async def subscribe(user_id: int, account_id: int, mailbox_id: int, is_subscribed: bool) -> None:
    """Set or clear a reader's subscription."""

    async def verb(tx: Tx) -> None:
        await modseqs.lock(tx, account_id)
        reader = await make(tx, user_id, mailbox_id)
        await tx.execute(
            "UPDATE mailbox_reader SET is_subscribed = ? WHERE id = ?", int(is_subscribed), reader.id
        )
        tx.announce(MailboxListChanged(user_id, 0))

    await db.write(verb)


async def settle(tx: Tx, reader: State, mailbox_id: int, modseq: int) -> int:
    """Remove marks of what was expunged and save the exact count as of `modseq`; the count."""
    expunged_before = await tx.fetch_value("SELECT expunged_before FROM mailbox WHERE id = ?", mailbox_id)
    if reader.counted_modseq < (expunged_before or 0):
        count = await _count_anew(tx, reader, mailbox_id)
    else:
        count = reader.seen_count
        await tx.execute(
            "DELETE FROM seen_mark WHERE id IN"
            f" (SELECT CAST(? AS BIGINT) + (id & {MAX_UID}) FROM expunged"
            " WHERE mailbox_id = ? AND modseq > ?)",
            reader.first_mark,
            mailbox_id,
            reader.counted_modseq,
        )
    await tx.execute(
        "UPDATE mailbox_reader SET seen_count = ?, counted_modseq = ? WHERE id = ?", count, modseq, reader.id
    )
    return count


async def count_anew(tx: Tx, reader: State, mailbox_id: int, modseq: int) -> None:
    """Save the count of the marks there are, as of `modseq` (repair)."""
    count = await _count_anew(tx, reader, mailbox_id)
    await tx.execute(
        "UPDATE mailbox_reader SET seen_count = ?, counted_modseq = ? WHERE id = ?", count, modseq, reader.id
    )


async def _count_anew(tx: Tx, reader: State, mailbox_id: int) -> int:
    first, last = reader.first_mark, reader.first_mark + MAX_UID
    await tx.execute(
        "DELETE FROM seen_mark WHERE id BETWEEN ? AND ? AND NOT EXISTS (SELECT 1 FROM message m"
        f" WHERE m.id = CAST(? AS BIGINT) + (seen_mark.id & {MAX_UID}))",
        first,
        last,
        mailbox_id << UID_BITS,
    )
    return int(
        await tx.fetch_value(
            "SELECT COUNT(*) FROM seen_mark WHERE id BETWEEN ? AND ? AND is_seen = 1", first, last
        )
    )


async def recount(user_id: int, account_id: int, mailbox_id: int) -> State:
    """`settle` as a verb, for who finds a count that its tombstones no longer explain."""

    async def verb(tx: Tx) -> State:
        await modseqs.lock(tx, account_id)
        reader = await find(tx, user_id, mailbox_id)
        modseq = await modseqs.of_account(tx, account_id)
        await settle(tx, reader, mailbox_id, modseq)
        return await find(tx, user_id, mailbox_id)

    return await db.write(verb, durable=False)


async def mark(
    tx: Tx,
    reader: State,
    user_id: int,
    account_id: int,
    mailbox_id: int,
    modseq: int,
    seen: list[tuple[int, int]],
) -> None:
    """Set marks, given as (uid, is seen) of messages whose mark was otherwise; part of a verb.

    The verb has taken `modseq` of the owner's account.
    """
    count = await settle(tx, reader, mailbox_id, modseq)
    await tx.execute_many(
        "INSERT INTO seen_mark (id, reader_id, is_seen, modseq) VALUES (?, ?, ?, ?)"
        " ON CONFLICT (id) DO UPDATE SET is_seen = excluded.is_seen, modseq = excluded.modseq",
        [(reader.first_mark + uid, reader.id, is_seen, modseq) for uid, is_seen in seen],
    )
    change = sum(1 if is_seen else -1 for _, is_seen in seen)
    await tx.execute(
        "UPDATE mailbox_reader SET seen_count = ?, modseq = ? WHERE id = ?", count + change, modseq, reader.id
    )
    tx.announce(SeenChanged(account_id, mailbox_id, user_id, modseq))


async def forget_mailbox(tx: Tx, mailbox_id: int) -> None:
    """Remove all that readers keep of a mailbox which goes."""
    await _forget(tx, "mailbox_id = ?", mailbox_id)


async def forget_user(tx: Tx, user_id: int) -> None:
    """Remove all that a user who goes keeps of others' mailboxes."""
    await _forget(tx, "user_id = ?", user_id)


async def _forget(tx: Tx, where: str, value: int) -> None:
    rows = await tx.fetch_rows(f"DELETE FROM mailbox_reader WHERE {where} RETURNING id", value)
    for (reader_id,) in rows:
        first = reader_id << UID_BITS
        await tx.execute("DELETE FROM seen_mark WHERE id BETWEEN ? AND ?", first, first + MAX_UID)
