"""Bodies: stored once, counted, read in parts, and swept when nobody refers to them."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from backend.kit import blobs, clock, db
from backend.kit.blobs import NewBlob
from backend.kit.errors import NotFound, Unavailable
from backend.kit.runtime import Runtime

SMALL = b"Subject: small\r\n\r\n" + b"s" * 1000
LARGE = bytes(range(256)) * 1024


@pytest.fixture(autouse=True)
def now() -> Iterator[list[float]]:
    """A clock that a test moves; ids keep the real one."""
    moved = [0.0]
    import time

    clock.set_source(lambda: time.time() + moved[0])
    yield moved
    clock.set_source(None)


async def keep(raw: bytes, refs: int = 1) -> NewBlob:
    new = await blobs.prepare(raw)

    async def verb(tx: db.Tx) -> None:
        await blobs.insert(tx, new, refs=refs)

    await db.write(verb)
    return new


async def change(blob_id: int, n: int) -> None:
    async def verb(tx: db.Tx) -> None:
        await (blobs.add_refs(tx, blob_id, n) if n > 0 else blobs.release(tx, blob_id, -n))

    await db.write(verb)


def files(rt: Runtime) -> list[Path]:
    return [path for path in (rt.settings.data / "blobs").rglob("*") if path.is_file()]


async def test_small_bodies_lie_in_the_database_and_large_ones_in_files(any_rt: Runtime) -> None:
    small, large = await keep(SMALL), await keep(LARGE)

    assert (small.data, large.data) == (SMALL, None)
    assert [path.read_bytes() for path in files(any_rt)] == [LARGE]
    assert await blobs.read_many([large.id, small.id, large.id]) == {small.id: SMALL, large.id: LARGE}
    assert await blobs.read(small.id) == SMALL


async def test_a_part_of_nothing_is_nothing(any_rt: Runtime) -> None:
    new = await keep(b"")

    assert await blobs.read_range(new.id, 0, 5) == b""


@pytest.mark.parametrize("raw", [SMALL, LARGE])
async def test_ranges_are_cut_where_the_body_ends(any_rt: Runtime, raw: bytes) -> None:
    new = await keep(raw)

    assert await blobs.read_range(new.id, 0, 5) == raw[:5]
    assert await blobs.read_range(new.id, 100, 50) == raw[100:150]
    assert await blobs.read_range(new.id, len(raw) - 3, 50) == raw[-3:]
    assert await blobs.read_range(new.id, len(raw), 5) == b""


async def test_missing_bodies_are_not_found(any_rt: Runtime) -> None:
    with pytest.raises(NotFound):
        await blobs.read(12345)
    with pytest.raises(NotFound):
        await blobs.read_range(12345, 0, 1)


async def test_released_body_is_swept_after_an_hour(any_rt: Runtime, now: list[float]) -> None:
    small, large, kept = await keep(SMALL), await keep(LARGE), await keep(LARGE, refs=2)
    await change(small.id, 1)
    await change(small.id, -2)
    await change(large.id, -1)
    await change(kept.id, -1)

    assert await blobs.sweep() == 0
    now[0] = 3700
    assert await blobs.sweep() == 2

    assert await db.fetch_rows("SELECT id FROM blob") == [(kept.id,)]
    assert await db.fetch_rows("SELECT id FROM blob_data") == []
    assert [path.name for path in files(any_rt)] == [f"{kept.id:016x}"]


async def test_body_that_is_being_removed_gets_no_reference(any_rt: Runtime) -> None:
    new = await keep(SMALL, refs=0)

    async def mark(tx: db.Tx) -> None:
        await tx.execute("UPDATE blob SET refs = -1 WHERE id = ?", new.id)

    await db.write(mark)

    with pytest.raises(NotFound):
        await change(new.id, 1)


async def test_dropping_more_references_than_there_are_is_refused(any_rt: Runtime) -> None:
    new = await keep(SMALL)

    with pytest.raises(RuntimeError, match="references"):
        await change(new.id, -2)

    assert await db.fetch_value("SELECT refs FROM blob") == 1


async def test_orphan_of_a_crash_is_swept_after_a_day(any_rt: Runtime, now: list[float]) -> None:
    kept = await keep(LARGE)
    orphan = await blobs.prepare(LARGE)
    half = any_rt.settings.data / "blobs" / (blobs.blob_key(orphan.id + 1) + ".part")
    half.parent.mkdir(parents=True, exist_ok=True)
    half.write_bytes(b"half")

    now[0] = 80_000
    assert await blobs.sweep() == 0
    now[0] = 90_000
    assert await blobs.sweep() == 2

    assert [path.name for path in files(any_rt)] == [f"{kept.id:016x}"]


async def test_full_disk_is_unavailable_and_leaves_nothing(
    rt: Runtime, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(fd: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)

    with pytest.raises(Unavailable):
        await blobs.prepare(LARGE)
    assert files(rt) == []
