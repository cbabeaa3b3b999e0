"""Rows of messages as lists show them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from backend.kit import db
from backend.mailstore.selection import by_values
from backend.mailstore.types import uid_of

Sort = Literal["date", "date_asc"]

MAX_ROWS = 500


@dataclass(frozen=True, slots=True)
class ListRow:
    """A message in a list. `thread_count` counts the messages of its thread in all mailboxes, copies once."""

    ref: int
    mailbox_id: int
    uid: int
    thread_id: int
    from_name: str
    from_addr: str
    to_text: str
    subject: str
    preview: str
    internal_at: int
    sent_at: int | None
    size_bytes: int
    flags: int
    has_attachments: int
    thread_count: int


_ROWS = (
    "SELECT m.id, m.ref, m.mailbox_id, m.thread_id, e.from_name, e.from_addr, e.to_text, e.subject,"
    " e.preview, m.internal_at, e.sent_at, m.size_bytes, m.flags, e.has_attachments"
    " FROM message m JOIN email e ON e.id = m.email_id WHERE "
)


async def rows(account_id: int, refs: Sequence[int]) -> list[ListRow]:
    """The rows of these messages, in that order; refs that name nothing of the account are left out."""
    found: dict[int, db.Row] = {}
    for chosen in by_values("m.ref", refs):
        read = await db.fetch_rows(f"{_ROWS}{chosen.where} AND m.account_id = ?", *chosen.args, account_id)
        found.update((row[1], row) for row in read)
    return await _with_threads([found[ref] for ref in refs if ref in found])


async def rows_at(places: Sequence[int]) -> list[ListRow]:
    """The rows of messages by their row ids, in that order."""
    found: dict[int, db.Row] = {}
    for chosen in by_values("m.id", places):
        found.update((row[0], row) for row in await db.fetch_rows(_ROWS + chosen.where, *chosen.args))
    return await _with_threads([found[place_id] for place_id in places if place_id in found])


async def _with_threads(found: list[db.Row]) -> list[ListRow]:
    counts: dict[int, int] = {}
    for chosen in by_values("thread_id", list({row[3] for row in found})):
        counts.update(
            await db.fetch_rows(
                "SELECT thread_id, COUNT(DISTINCT email_id) FROM message"
                f" WHERE {chosen.where} GROUP BY thread_id",
                *chosen.args,
            )
        )
    return [
        ListRow(*row[1:3], uid_of(row[0]), *row[3:], thread_count=counts.get(row[3], 1))  # type: ignore[call-arg,misc]  # the columns of _ROWS
        for row in found
    ]


async def thread_rows(account_id: int, thread_id: int) -> list[ListRow]:
    """The messages of a thread in all mailboxes, oldest first; of too many the newest."""
    found = await db.fetch_rows(
        f"{_ROWS}m.thread_id = ? AND m.account_id = ? ORDER BY m.internal_at DESC, m.id DESC LIMIT ?",
        thread_id,
        account_id,
        MAX_ROWS,
    )
    return await _with_threads(found[::-1])


async def thread_others(account_id: int, thread_id: int, ref: int) -> list[ListRow]:
    """The messages of a thread but one, oldest first; of copies with one Message-ID the first, and none of
    that one's own.
    """
    names: dict[int, str] = dict(
        await db.fetch_rows(
            "SELECT m.ref, e.message_id FROM message m JOIN email e ON e.id = m.email_id"
            " WHERE m.thread_id = ? AND m.account_id = ? ORDER BY m.internal_at DESC, m.id DESC LIMIT ?",
            thread_id,
            account_id,
            MAX_ROWS,
        )
    )
    seen = {names.get(ref, "")} - {""}
    others = []
    for row in await thread_rows(account_id, thread_id):
        name = names.get(row.ref, "")
        if row.ref != ref and name not in seen:
            others.append(row)
            seen |= {name} - {""}
    return others
