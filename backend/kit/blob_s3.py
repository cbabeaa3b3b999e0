"""Large bodies in S3, or what speaks its protocol; endpoint, region and keys by the usual AWS variables."""

from __future__ import annotations

import os
from collections.abc import Awaitable, Iterable
from datetime import timedelta
from typing import Any, TypeVar

import obstore
from obstore.exceptions import BaseError, NotFoundError
from obstore.store import S3Store as Store

from backend.kit.config import ConfigError
from backend.kit.errors import NotFound, Unavailable

T = TypeVar("T")
_DELETED_AT_ONCE = 1000


class S3Store:
    """A `BlobStore` in a bucket, below the prefix of its URL."""

    def __init__(self, url: str) -> None:
        endpoint = os.environ.get("AWS_ENDPOINT_URL", "")
        try:
            self._store = Store.from_url(
                url,
                client_options={
                    "timeout": "30s",
                    "connect_timeout": "5s",
                    # An endpoint that is written with http is meant so.
                    "allow_http": endpoint.startswith("http://"),
                },
                retry_config={"max_retries": 3, "retry_timeout": timedelta(seconds=15)},
            )
        except (BaseError, ValueError) as exc:
            raise ConfigError(f"POSTROOM_BLOB_URL cannot be used: {exc}") from exc

    async def put(self, key: str, data: bytes) -> None:
        await _asked(key, obstore.put_async(self._store, key, data))

    async def get(self, key: str) -> bytes:
        answer: Any = await _asked(key, obstore.get_async(self._store, key))
        return bytes(await _asked(key, answer.bytes_async()))

    async def get_range(self, key: str, offset: int, size_bytes: int) -> bytes:
        return bytes(
            await _asked(key, obstore.get_range_async(self._store, key, start=offset, length=size_bytes))
        )

    async def delete(self, keys: Iterable[str]) -> None:
        paths = list(keys)
        for start in range(0, len(paths), _DELETED_AT_ONCE):
            part = paths[start : start + _DELETED_AT_ONCE]
            try:
                await obstore.delete_async(self._store, part)
            except (FileNotFoundError, NotFoundError):
                continue  # servers differ in whether a missing key is an error; the others are gone
            except BaseError as exc:
                raise _unavailable(exc) from exc

    async def keys(self, folder: str) -> list[str]:
        found: list[str] = []
        try:
            async for batch in obstore.list(self._store, prefix=folder):
                found += [str(item["path"]) for item in batch]
        except BaseError as exc:
            raise _unavailable(exc) from exc
        return found

    async def folders(self) -> list[str]:
        listing: Any = await _asked("", obstore.list_with_delimiter_async(self._store))
        return sorted(str(prefix).rstrip("/").rpartition("/")[2] for prefix in listing["common_prefixes"])

    async def close(self) -> None:
        """Connections end with the store."""


async def _asked(key: str, question: Awaitable[T]) -> T:
    try:
        return await question
    except (FileNotFoundError, NotFoundError) as exc:
        raise NotFound("The content is gone", detail={"key": key}) from exc
    except BaseError as exc:
        raise _unavailable(exc) from exc


def _unavailable(exc: BaseError) -> Unavailable:
    return Unavailable("The message store does not answer just now", detail={"cause": str(exc)[:500]})
