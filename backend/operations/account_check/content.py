"""What is derived from bodies, against the bodies: the email's rows, thread keys, the full-text index."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

from backend.kit import blobs, db
from backend.kit.db import Tx
from backend.kit.errors import NotFound
from backend.mailstore import email_rows, fulltext, threads
from backend.mailstore.email_rows import DERIVED, FIELDS, TEXTS
from backend.mailstore.prepared import Prepared, prepare
from backend.mailstore.selection import by_values
from backend.mailstore.types import MailboxRow, uid_of
from backend.operations.account_check.finding import Finding

if TYPE_CHECKING:
    from backend.operations.account_check.messages import Found

AT_ONCE = 50  # a body in the database has 128 KiB at most
_COLUMNS = (
    *(f"e.{name}" for name in ("id", "prefix", *DERIVED)),
    *(f"f.{name}" for name in FIELDS),
    *(f"t.{name}" for name in TEXTS),
    *("o.place", "d.data"),
)
_ROWS = (
    f"SELECT {', '.join(_COLUMNS)} FROM email e JOIN blob o ON o.id = e.blob_id"
    " LEFT JOIN blob_data d ON d.id = o.id LEFT JOIN email_fields f ON f.id = e.id"
    " LEFT JOIN email_text t ON t.id = e.id WHERE "
)


async def check(box: MailboxRow, rows: Sequence[Found]) -> AsyncIterator[Finding]:
    """Findings of messages that have an email and a body's row."""
    for at in range(0, len(rows), AT_ONCE):
        part = rows[at : at + AT_ONCE]
        stored = await _stored([row.email_id for row in part])
        for row in part:
            if row.email_id in stored:
                async for finding in _of_message(box, row, stored[row.email_id]):
                    yield finding
    async for finding in _indexed(box, rows):
        yield finding


async def _stored(email_ids: Sequence[int]) -> dict[int, db.Row]:
    found: dict[int, db.Row] = {}
    for chosen in by_values("e.id", email_ids):
        found |= {row[0]: row[1:] for row in await db.scan(_ROWS + chosen.where, *chosen.args)}
    return found


async def _of_message(box: MailboxRow, row: Found, stored: db.Row) -> AsyncIterator[Finding]:
    where = f"{box.name} UID {uid_of(row.id)}"
    prefix, (*values, place, data) = bytes(stored[0]), stored[1:]
    raw = await _body(row, place, data)
    if raw is None:
        if await _is_there(row):
            yield Finding("content", where, f"the bytes of its body {row.blob_id} are gone")
        return
    if len(raw) != row.blob_bytes or row.blob_id is None:
        yield Finding("content", where, f"its body has {len(raw)} bytes, {row.blob_bytes} were stored")
        return
    prepared = await prepare(blob=(row.blob_id, len(raw), raw))
    if wrong := _different(values, prepared, prefix):

        async def rewrite(tx: Tx) -> None:
            await email_rows.rewrite(tx, row.email_id, prepared, prefix)

        yield Finding("row", where, f"its body gives other {', '.join(wrong)}", rewrite)
    lost, is_elsewhere = await threads.astray(box.account_id, prepared.clues, row.thread_id)
    if lost:
        lead = partial(threads.lead, account_id=box.account_id, keys=lost, thread_id=row.thread_id)
        yield Finding("thread", where, f"{len(lost)} of its names lead to no thread", lead)
    if is_elsewhere and await _is_there(row):
        yield Finding("thread", where, "its Message-ID leads to another thread than its own")


async def _body(row: Found, place: int, data: Any) -> bytes | None:
    if place == blobs.IN_DATABASE:
        return None if data is None else bytes(data)
    try:
        return await blobs.store().get(blobs.blob_key(row.blob_id or 0))
    except NotFound:
        return None


async def _is_there(row: Found) -> bool:
    """Whether the message still is what it was: else it was removed while we looked."""
    email_id = await db.fetch_value("SELECT email_id FROM message WHERE id = ?", row.id)
    return bool(email_id == row.email_id)


def _different(values: Sequence[Any], prepared: Prepared, prefix: bytes) -> list[str]:
    """The columns whose values are not what the body gives."""
    names = (*DERIVED, *(f"searched {name}" for name in (*FIELDS, *TEXTS)))
    right = (
        *email_rows.derived(prepared),
        *email_rows.fields(prepared),
        *email_rows.texts(prepared, prefix),
    )
    return [
        name
        for name, one, other in zip(names, values, right, strict=True)
        if (bytes(one) if isinstance(one, memoryview) else one) != other
    ]


async def _indexed(box: MailboxRow, rows: Sequence[Found]) -> AsyncIterator[Finding]:
    missing = set(await fulltext.missing(list({row.email_id for row in rows}))) if rows else set()
    for row in rows:
        if row.email_id in missing and await _is_there(row):
            where = f"{box.name} UID {uid_of(row.id)}"
            repair = partial(fulltext.enqueue, email_ids=[row.email_id])
            yield Finding("index", where, "is not in the full-text index", repair)
