"""Order of messages for SORT and THREAD (RFC 5256): keys in `email_order`, compared by the database.

The keys are derived after ingest by the index (`fulltext.index_pending`); `ensure` makes those that are
missing, so an order is right from the first moment on and delivery does not wait for it.
"""

from __future__ import annotations

import asyncio
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Literal

import orjson

from backend.formats.sort_keys import sort_keys
from backend.kit import db
from backend.kit.db import Row, Tx
from backend.mailstore.selection import LIST_SIZES, Selection, by_uids, by_values
from backend.mailstore.types import MAX_UID, place

SortField = Literal["arrival", "cc", "date", "displayfrom", "displayto", "from", "size", "subject", "to"]

# What `rows_of` reads of an email.
SOURCES = ("id", "sent_at", "subject", "message_id", "head")
_MADE_AT_ONCE = 500
_TEXTS = {
    "cc": "o.cc_mailbox",
    "displayfrom": "o.from_display",
    "displayto": "o.to_display",
    "from": "o.from_mailbox",
    "subject": "o.subject",
    "to": "o.to_mailbox",
}
_NUMBERS = {
    "arrival": "m.internal_at",
    "size": "m.size_bytes",
    "date": "COALESCE(o.sent_at, m.internal_at)",
}
_PACK = {"sqlite": "json_group_array(uid)", "postgres": "array_agg(uid)"}
_UID = f"m.id & {MAX_UID}"


@dataclass(frozen=True, slots=True)
class SortKey:
    """One criterion of an order."""

    field: SortField
    is_reversed: bool = False


async def in_order(mailbox_id: int, keys: Sequence[SortKey], uids: Sequence[int] | None = None) -> list[int]:
    """UIDs of a mailbox, or of those of it in `uids` (ascending), by these keys and then by UID."""
    columns = ", ".join(f"{_column(key)}{' DESC' if key.is_reversed else ''}" for key in keys)
    join = await _joined(mailbox_id, keys)
    chosen, among = _chosen(mailbox_id, uids)
    # Packed by the database: thousands of rows would each ask for the interpreter.
    [(packed,)] = await db.scan(
        f"SELECT {_PACK[db.dialect()]} FROM (SELECT {_UID} AS uid FROM message m{join} WHERE {chosen.where}"
        f" ORDER BY {columns}, m.id) AS ordered",
        *chosen.args,
    )
    uids_in_order: list[int] = orjson.loads(packed) if isinstance(packed, str) else packed or []
    return uids_in_order if among is None else [uid for uid in uids_in_order if uid in among]


async def ranks(mailbox_id: int, key: SortKey, uids: Sequence[int]) -> dict[int, int]:
    """The rank of each message by one key, equal ones alike: to sort by it after something else."""
    column = f"{_column(key)}{' DESC' if key.is_reversed else ''}"
    join = await _joined(mailbox_id, [key])
    chosen, among = _chosen(mailbox_id, uids)
    rows = await db.scan(
        f"SELECT {_UID}, DENSE_RANK() OVER (ORDER BY {column}) FROM message m{join} WHERE {chosen.where}",
        *chosen.args,
    )
    return {uid: rank for uid, rank in rows if among is None or uid in among}


async def thread_rows(
    mailbox_id: int, uids: Sequence[int] | None = None, *, by_subject: bool = False
) -> list[Row]:
    """What threads are made of: the fields of `thread_trees.Threaded`, of more messages perhaps than were
    asked for, by UID or else by subject and date.
    """
    await ensure(mailbox_id)
    chosen, _ = _chosen(mailbox_id, uids)
    sent_at = _NUMBERS["date"]
    order = f"{_column(SortKey('subject'))}, {sent_at}, m.id" if by_subject else "m.id"
    return await db.scan(
        f"SELECT {_UID}, {sent_at}, o.subject, o.is_reply, o.links"
        f" FROM message m JOIN email_order o ON o.id = m.email_id WHERE {chosen.where} ORDER BY {order}",
        *chosen.args,
    )


def _column(key: SortKey) -> str:
    number = _NUMBERS.get(key.field)
    if number is not None:
        return number
    # Octets decide, as the collation wants; SQLite compares so by itself.
    return _TEXTS[key.field] + ("" if db.dialect() == "sqlite" else ' COLLATE "C"')


async def _joined(mailbox_id: int, keys: Sequence[SortKey]) -> str:
    if all(key.field in ("arrival", "size") for key in keys):
        return ""
    await ensure(mailbox_id)
    return " JOIN email_order o ON o.id = m.email_id"


def _chosen(mailbox_id: int, uids: Sequence[int] | None) -> tuple[Selection, Collection[int] | None]:
    """The rows to read in one statement, and the UIDs to keep of them where they are more than asked for."""
    if uids is None:
        low, high = 1, MAX_UID
    elif len(uids) <= LIST_SIZES[-1]:
        selections = by_uids(mailbox_id, uids, column="m.id")
        if len(selections) == 1:
            return selections[0], None
        low, high = uids[0], uids[-1]
    else:
        low, high = uids[0], uids[-1]
    among = None if uids is None else frozenset(uids)
    return Selection("m.id BETWEEN ? AND ?", (place(mailbox_id, low), place(mailbox_id, high))), among


# -- making keys


async def ensure(mailbox_id: int) -> None:
    """Make the keys that messages of a mailbox still lack."""
    after, last = place(mailbox_id, 0), place(mailbox_id, MAX_UID)
    sources = ", ".join(f"e.{name}" for name in SOURCES)
    while True:
        rows = await db.scan(
            f"SELECT m.id, {sources} FROM message m JOIN email e ON e.id = m.email_id"
            " WHERE m.id > ? AND m.id <= ?"
            " AND NOT EXISTS (SELECT 1 FROM email_order o WHERE o.id = m.email_id) ORDER BY m.id LIMIT ?",
            after,
            last,
            _MADE_AT_ONCE,
        )
        if rows:
            made = await asyncio.to_thread(rows_of, [row[1:] for row in rows])
            await db.write(partial(store, made=made), durable=False)
            after = rows[-1][0]
        if len(rows) < _MADE_AT_ONCE:
            return


def rows_of(emails: Sequence[Row]) -> list[Row]:
    """Rows of `email_order` for emails of which `SOURCES` were read."""
    made: list[Row] = []
    for email_id, sent_at, subject, message_id, head in emails:
        keys = sort_keys(bytes(head), subject, message_id)
        made.append(
            (
                email_id,
                sent_at,
                int(keys.is_reply),
                keys.subject,
                keys.from_mailbox,
                keys.to_mailbox,
                keys.cc_mailbox,
                keys.from_display,
                keys.to_display,
                keys.links,
            )
        )
    return made


async def store(tx: Tx, made: Sequence[Row]) -> None:
    """Put rows in, unless they are there or their emails have gone meanwhile."""
    there: set[int] = set()
    for chosen in by_values("id", [row[0] for row in made]):
        there.update(
            row[0] for row in await tx.fetch_rows(f"SELECT id FROM email WHERE {chosen.where}", *chosen.args)
        )
    await tx.execute_many(
        "INSERT INTO email_order (id, sent_at, is_reply, subject, from_mailbox, to_mailbox, cc_mailbox,"
        " from_display, to_display, links) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO NOTHING",
        [row for row in made if row[0] in there],
    )
