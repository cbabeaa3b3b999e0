"""Values that stand beside a mailbox or an account (RFC 5464): for one user alone, or for all who use it.

An entry is the name below `/private` or `/shared`, in lower case, with its leading slash. Who may read or set
it is the caller's matter. Each holds the modseq of its last change, and every change is announced.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from backend.kit import db, ids
from backend.kit.db import Tx
from backend.kit.errors import LimitExceeded, TooLarge
from backend.mailstore import modseq as modseqs
from schema.events import AnnotationsChanged

MAX_VALUE_BYTES = 64 * 1024
MAX_ENTRIES = 100
OF_ACCOUNT = 0
SHARED = 0


@dataclass(frozen=True, slots=True)
class Place:
    """Where values stand: `mailbox_id` is `OF_ACCOUNT` for the account itself, `user_id` `SHARED` for those
    of all.
    """

    account_id: int
    mailbox_id: int
    user_id: int

    @property
    def key(self) -> tuple[int, int, int]:
        return self.account_id, self.mailbox_id, self.user_id


class TooManyEntries(LimitExceeded):
    """There is no room for another entry."""


_WHERE = "account_id = ? AND mailbox_id = ? AND user_id = ?"


async def read(place: Place) -> dict[str, bytes]:
    """All values of a place, by entry in order; there are at most `MAX_ENTRIES`."""
    rows = await db.fetch_rows(
        f"SELECT entry, value FROM annotation WHERE {_WHERE} ORDER BY entry", *place.key
    )
    return {entry: bytes(value) for entry, value in rows}


async def versions(account_id: int, user_id: int, limit: int) -> list[tuple[int, int, str, int]]:
    """(mailbox, user, entry, modseq) of up to `limit` values of an account, of all and of that user."""
    rows = await db.fetch_rows(
        "SELECT mailbox_id, user_id, entry, modseq FROM annotation"
        " WHERE account_id = ? AND user_id IN (?, ?) LIMIT ?",
        account_id,
        SHARED,
        user_id,
        limit,
    )
    return [(row[0], row[1], row[2], row[3]) for row in rows]


async def write(changes: Sequence[tuple[Place, Mapping[str, bytes | None]]]) -> int:
    """Set values of one account, or with None remove them; all or none. The modseq of the change.

    Raises TooLarge, TooManyEntries.
    """
    for _, values in changes:
        if any(value is not None and len(value) > MAX_VALUE_BYTES for value in values.values()):
            raise TooLarge(f"A value has at most {MAX_VALUE_BYTES} bytes")
    [account_id] = {place.account_id for place, _ in changes}

    async def verb(tx: Tx) -> int:
        # Two who add at the same moment count each other: the account's row is the lock.
        modseq = await modseqs.take(tx, account_id)
        for place, values in changes:
            await _write(tx, place, values, modseq)
            tx.announce(AnnotationsChanged(*place.key, modseq))
        return modseq

    return await db.write(verb)


async def _write(tx: Tx, place: Place, values: Mapping[str, bytes | None], modseq: int) -> None:
    for entry, value in values.items():
        if value is None:
            await tx.execute(f"DELETE FROM annotation WHERE {_WHERE} AND entry = ?", *place.key, entry)
            continue
        await tx.execute(
            "INSERT INTO annotation (id, account_id, mailbox_id, user_id, entry, value, modseq)"
            " VALUES (?, ?, ?, ?, ?, ?, ?)"
            " ON CONFLICT (account_id, mailbox_id, user_id, entry)"
            " DO UPDATE SET value = excluded.value, modseq = excluded.modseq",
            ids.new_id(),
            *place.key,
            entry,
            value,
            modseq,
        )
    count = await tx.fetch_value(f"SELECT COUNT(*) FROM annotation WHERE {_WHERE}", *place.key)
    if count > MAX_ENTRIES:
        raise TooManyEntries(f"A mailbox has at most {MAX_ENTRIES} entries")
