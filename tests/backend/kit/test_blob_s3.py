"""Large bodies in S3: the same behaviour as files, and what happens when the bucket does not answer."""

import pytest

from backend.kit import blobs, db
from backend.kit.blob_s3 import S3Store
from backend.kit.config import Settings
from backend.kit.errors import NotFound, Unavailable
from backend.kit.runtime import open_runtime

LARGE = bytes(range(256)) * 1024


async def test_values_are_stored_read_listed_and_removed(s3_url: str) -> None:
    store = S3Store(s3_url)
    await store.put("00001/ab/one", LARGE)
    await store.put("00001/cd/two", b"two")
    await store.put("00002/ab/three", b"three")

    assert await store.get("00001/ab/one") == LARGE
    assert await store.get_range("00001/ab/one", 250, 10) == LARGE[250:260]
    assert await store.folders() == ["00001", "00002"]
    assert sorted(await store.keys("00001")) == ["00001/ab/one", "00001/cd/two"]

    await store.delete(["00001/ab/one", "00001/no/such", "00002/ab/three"])

    assert await store.folders() == ["00001"]
    with pytest.raises(NotFound):
        await store.get("00001/ab/one")


async def test_runtime_keeps_large_bodies_in_the_bucket(settings: Settings, s3_url: str) -> None:
    with_bucket = settings.model_copy(update={"blob_url": s3_url})
    async with open_runtime(with_bucket, use_redis="never", tables="generate"):
        new = await blobs.prepare(LARGE)

        async def verb(tx: db.Tx) -> None:
            await blobs.insert(tx, new)

        await db.write(verb)

        assert await blobs.read(new.id) == LARGE
        assert await blobs.read_range(new.id, 5, 3) == LARGE[5:8]
        assert await blobs.read_range(new.id, len(LARGE) - 2, 30) == LARGE[-2:]
        assert await blobs.read_range(new.id, len(LARGE), 30) == b""
    assert not (settings.data / "blobs").exists()


async def test_bucket_that_is_not_there_is_unavailable(s3_url: str) -> None:
    store = S3Store("s3://no-such-bucket/x")

    with pytest.raises((Unavailable, NotFound)):
        await store.put("00001/ab/one", b"x")
