"""Files that wait for a draft: a blob and a row, removed by a job when a day has passed."""

from __future__ import annotations

import re
from dataclasses import dataclass

from backend.kit import blobs, clock, db, ids
from backend.kit.db import Tx
from backend.kit.errors import LimitExceeded, NotFound

KEEP_S = 86_400
MAX_WAITING = 200
MAX_WAITING_BYTES = 1024**3
DEFAULT_TYPE = "application/octet-stream"
_CONTENT_TYPE = re.compile(r"[a-z0-9][a-z0-9!#$&^_.+-]{0,60}/[a-z0-9][a-z0-9!#$&^_.+-]{0,60}")


@dataclass(frozen=True, slots=True)
class Upload:
    """A stored file."""

    id: int
    blob_id: int
    name: str
    content_type: str
    size_bytes: int


def content_type_of(given: str) -> str:
    """The media type that a browser says, without parameters; the general one where it is none."""
    kind = given.partition(";")[0].strip().lower()
    return kind if _CONTENT_TYPE.fullmatch(kind) else DEFAULT_TYPE


async def store(account_id: int, name: str, content_type: str, content: bytes) -> Upload:
    """Keep a file for a draft of this account; raises `LimitExceeded` where too many wait already."""
    new = await blobs.prepare(content)
    upload = Upload(ids.new_id(), new.id, name, content_type_of(content_type), len(content))

    async def verb(tx: Tx) -> None:
        row = await tx.fetch_row(
            "SELECT COUNT(*), COALESCE(SUM(size_bytes), 0) FROM upload WHERE account_id = ?", account_id
        )
        if row and (row[0] >= MAX_WAITING or row[1] + len(content) > MAX_WAITING_BYTES):
            raise LimitExceeded(
                "Too many uploaded files wait for a message: send or discard some drafts first"
            )
        await blobs.insert(tx, new, refs=1)
        await tx.execute(
            "INSERT INTO upload (id, account_id, blob_id, name, content_type, size_bytes, created_at) "
            "VALUES (?, ?, ?, ?, ?, ?, ?)",
            upload.id,
            account_id,
            upload.blob_id,
            upload.name,
            upload.content_type,
            upload.size_bytes,
            clock.now(),
        )

    await db.write(verb)
    return upload


async def find(account_id: int, upload_id: int) -> Upload:
    """One of the account's uploads."""
    row = await db.fetch_row(
        "SELECT id, blob_id, name, content_type, size_bytes FROM upload WHERE id = ? AND account_id = ?",
        upload_id,
        account_id,
    )
    if row is None:
        raise NotFound("That attachment is no longer there: attach it again")
    return Upload(*row)


async def remove(tx: Tx, account_id: int, upload_ids: list[int]) -> None:
    """Part of a verb: the uploads have found their place in a draft."""
    for upload_id in upload_ids:
        blob_id = await tx.fetch_value(
            "DELETE FROM upload WHERE id = ? AND account_id = ? RETURNING blob_id", upload_id, account_id
        )
        if blob_id is not None:
            await blobs.release(tx, blob_id)


async def expire() -> int:
    """Remove what nobody used within `KEEP_S`; how many. Called by a job."""

    async def verb(tx: Tx) -> int:
        rows = await tx.fetch_rows(
            "SELECT id, account_id FROM upload WHERE created_at < ? ORDER BY created_at LIMIT 500",
            clock.now() - KEEP_S,
        )
        for upload_id, account_id in rows:
            await remove(tx, account_id, [upload_id])
        return len(rows)

    return await db.write(verb)
