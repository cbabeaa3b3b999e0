"""Immutable bodies, stored once and counted (rule 8): small ones in the database, large ones in files or S3.

A large body is durable in its store before `prepare` returns, and before any row names it. References are
counted in the transactions that make and drop them; `sweep` removes what nobody refers to, and large bodies
that a crash left without a row.
"""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from backend.kit import clock, db, ids
from backend.kit.blob_files import BlobStore
from backend.kit.errors import NotFound

log = logging.getLogger(__name__)

SMALL_BYTES = 128 * 1024
UNREFERENCED_S = 3600
ORPHAN_S = 86_400
ORPHAN_DAYS = 31
IN_DATABASE, IN_STORE = 0, 1
DAY_MS = 86_400_000
_READ_AT_ONCE = 50
_SWEEP_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class NewBlob:
    """A body that is ready to be named by a row; `data` is None when it already lies in the store."""

    id: int
    size_bytes: int
    data: bytes | None


def blob_key(blob_id: int) -> str:
    """Where a large body lies: by its day, so that a sweep for orphans looks at few folders."""
    return f"{ids.milliseconds(blob_id) // DAY_MS:05d}/{blob_id >> 22 & 0xFF:02x}/{blob_id:016x}"


_store: BlobStore | None = None


def store() -> BlobStore:
    """Where this process keeps large bodies."""
    if _store is None:
        raise RuntimeError("no blob store is open in this process")
    return _store


def set_store(new: BlobStore | None) -> None:
    """Name the store of this process (start-up, tests)."""
    global _store
    _store = new


async def prepare(raw: bytes) -> NewBlob:
    """Make a body ready; a large one is durable in the store when this returns."""
    blob_id = ids.new_id()
    if len(raw) <= SMALL_BYTES:
        return NewBlob(blob_id, len(raw), raw)
    await store().put(blob_key(blob_id), raw)
    return NewBlob(blob_id, len(raw), None)


def small(raw: bytes) -> NewBlob:
    """A body of at most `SMALL_BYTES`, ready without waiting: for what a verb writes itself."""
    if len(raw) > SMALL_BYTES:
        raise ValueError("this body is too large for the database")
    return NewBlob(ids.new_id(), len(raw), raw)


async def insert(tx: db.Tx, *new: NewBlob, refs: int = 1) -> None:
    """Write the rows of prepared bodies, once, with their first references."""
    now = clock.now()
    await tx.execute_many(
        "INSERT INTO blob (id, size_bytes, refs, place, created_at) VALUES (?, ?, ?, ?, ?)",
        [
            (blob.id, blob.size_bytes, refs, IN_STORE if blob.data is None else IN_DATABASE, now)
            for blob in new
        ],
    )
    small = [(blob.id, blob.data) for blob in new if blob.data is not None]
    if small:
        await tx.execute_many("INSERT INTO blob_data (id, data) VALUES (?, ?)", small)


async def add_refs(tx: db.Tx, blob_id: int, n: int = 1) -> None:
    """Count further references; NotFound where the body is being removed."""
    if not await tx.execute("UPDATE blob SET refs = refs + ? WHERE id = ? AND refs >= 0", n, blob_id):
        raise NotFound("The content is gone", detail={"blob_id": blob_id})


async def release(tx: db.Tx, blob_id: int, n: int = 1) -> None:
    """Drop references; the sweep removes the body once none is left."""
    left = await tx.fetch_value("UPDATE blob SET refs = refs - ? WHERE id = ? RETURNING refs", n, blob_id)
    if left is None or left < 0:
        raise RuntimeError(f"blob {blob_id}: {n} references are dropped, {left} would be left")


async def release_all(tx: db.Tx, blob_ids: Sequence[int]) -> None:
    """Drop one reference for each time a body is named."""
    times = Counter(blob_ids)
    if len(times) < len(blob_ids):
        for blob_id, n in times.items():
            await release(tx, blob_id, n)
    elif blob_ids:
        rows = await tx.fetch_rows(
            f"UPDATE blob SET refs = refs - 1 WHERE id IN ({db.marks(len(blob_ids))}) RETURNING refs",
            *blob_ids,
        )
        if len(rows) != len(blob_ids) or any(refs < 0 for (refs,) in rows):
            raise RuntimeError(f"references of {len(blob_ids)} bodies are dropped that are not there")


async def read(blob_id: int) -> bytes:
    """The bytes of a body; NotFound where there is none."""
    return (await read_many([blob_id]))[blob_id]


async def read_many(blob_ids: Iterable[int]) -> dict[int, bytes]:
    """The bytes of several bodies; NotFound where one is missing."""
    wanted = list(dict.fromkeys(blob_ids))
    found: dict[int, bytes] = {}
    for start in range(0, len(wanted), _READ_AT_ONCE):
        part = wanted[start : start + _READ_AT_ONCE]
        rows = await db.fetch_rows(
            "SELECT b.id, b.place, d.data FROM blob b LEFT JOIN blob_data d ON d.id = b.id"
            f" WHERE b.id IN ({db.marks(len(part))})",
            *part,
        )
        for blob_id, place, data in rows:
            found[blob_id] = bytes(data) if place == IN_DATABASE else await store().get(blob_key(blob_id))
    for blob_id in wanted:
        if blob_id not in found:
            raise NotFound("The content is gone", detail={"blob_id": blob_id})
    return found


async def read_range(blob_id: int, offset: int, size_bytes: int) -> bytes:
    """`size_bytes` from `offset`, shorter where the body ends; NotFound where there is none."""
    row = await db.fetch_row(
        "SELECT b.place, b.size_bytes, substr(d.data, ?, ?) FROM blob b"
        " LEFT JOIN blob_data d ON d.id = b.id WHERE b.id = ?",
        offset + 1,
        size_bytes,
        blob_id,
    )
    if row is None:
        raise NotFound("The content is gone", detail={"blob_id": blob_id})
    place, whole_bytes, data = row
    if place == IN_DATABASE:
        return bytes(data or b"")  # SQLite has NULL for a part of nothing
    # Some stores answer a range behind the end with an error.
    wanted = min(size_bytes, whole_bytes - offset)
    return await store().get_range(blob_key(blob_id), offset, wanted) if wanted > 0 else b""


async def sweep() -> int:
    """Remove unreferenced bodies older than an hour and orphans older than a day; how many went."""
    return await _sweep_unreferenced() + await _sweep_orphans()


async def _sweep_unreferenced() -> int:
    """First mark (refs = -1), then remove from the store, then the rows: a crash between is finished next
    time.
    """
    before = clock.now() - UNREFERENCED_S
    rows = await db.scan("SELECT id FROM blob WHERE refs <= 0 AND created_at < ?", before)
    removed = 0
    for start in range(0, len(rows), _SWEEP_AT_ONCE):
        removed += await _remove([row[0] for row in rows[start : start + _SWEEP_AT_ONCE]])
    return removed


async def _remove(blob_ids: Sequence[int]) -> int:
    marks = db.marks(len(blob_ids))

    async def mark(tx: db.Tx) -> list[db.Row]:
        return await tx.fetch_rows(
            f"UPDATE blob SET refs = -1 WHERE refs <= 0 AND id IN ({marks}) RETURNING id, place", *blob_ids
        )

    marked = await db.write(mark)
    await store().delete([blob_key(blob_id) for blob_id, place in marked if place == IN_STORE])
    dead = [blob_id for blob_id, _ in marked]

    async def forget(tx: db.Tx) -> None:
        await tx.execute_many("DELETE FROM blob_data WHERE id = ?", [(blob_id,) for blob_id in dead])
        await tx.execute_many("DELETE FROM blob WHERE id = ?", [(blob_id,) for blob_id in dead])

    await db.write(forget)
    return len(dead)


async def _sweep_orphans() -> int:
    """Remove what lies in the store for a day without a row; days long past were looked through before."""
    newest = clock.now() * 1000 - ORPHAN_S * 1000
    first_day = f"{newest // DAY_MS - ORPHAN_DAYS:05d}"
    last_day = f"{newest // DAY_MS:05d}"
    removed = 0
    for folder in await store().folders():
        if not first_day <= folder <= last_day:
            continue
        by_id = {_id_of(key): key for key in await store().keys(folder)}
        old = [blob_id for blob_id in by_id if ids.milliseconds(blob_id) < newest]
        for start in range(0, len(old), _SWEEP_AT_ONCE):
            part = old[start : start + _SWEEP_AT_ONCE]
            rows = await db.scan(f"SELECT id FROM blob WHERE id IN ({db.marks(len(part))})", *part)
            orphans = set(part) - {row[0] for row in rows}
            await store().delete([by_id[blob_id] for blob_id in orphans])
            removed += len(orphans)
    if removed:
        log.info("%d bodies without a row are removed", removed)
    return removed


def _id_of(key: str) -> int:
    """The id in a key; a half-written file (`….part`) carries it too."""
    return int(key.rpartition("/")[2].partition(".")[0], 16)
