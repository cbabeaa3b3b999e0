"""Values that stand beside a mailbox or an account (RFC 5464): for one user alone, or for all who use it.

An entry is the name below `/private` or `/shared`, in lower case, with its leading slash. Who may read or set
it is the caller's matter.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from backend.kit import db, ids
from backend.kit.db import Tx
from backend.kit.errors import LimitExceeded, TooLarge

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


async def write(changes: Sequence[tuple[Place, Mapping[str, bytes | None]]]) -> None:
    """Set values, or with None remove them; all or none. Raises TooLarge, TooManyEntries."""
    for _, values in changes:
        if any(value is not None and len(value) > MAX_VALUE_BYTES for value in values.values()):
            raise TooLarge(f"A value has at most {MAX_VALUE_BYTES} bytes")

    async def verb(tx: Tx) -> None:
        for place, values in changes:
            await _write(tx, place, values)

    await db.write(verb)


async def _write(tx: Tx, place: Place, values: Mapping[str, bytes | None]) -> None:
    # Two who add at the same moment count each other: the account's row is the lock.
    await tx.execute("UPDATE account SET modseq = modseq WHERE id = ?", place.account_id)
    for entry, value in values.items():
        if value is None:
            await tx.execute(f"DELETE FROM annotation WHERE {_WHERE} AND entry = ?", *place.key, entry)
            continue
        await tx.execute(
            "INSERT INTO annotation (id, account_id, mailbox_id, user_id, entry, value)"
            " VALUES (?, ?, ?, ?, ?, ?)"
            " ON CONFLICT (account_id, mailbox_id, user_id, entry) DO UPDATE SET value = excluded.value",
            ids.new_id(),
            *place.key,
            entry,
            value,
        )
    count = await tx.fetch_value(f"SELECT COUNT(*) FROM annotation WHERE {_WHERE}", *place.key)
    if count > MAX_ENTRIES:
        raise TooManyEntries(f"A mailbox has at most {MAX_ENTRIES} entries")
