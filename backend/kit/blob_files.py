"""Large bodies as files in the data folder: durable before `put` returns, immutable afterwards.

A file is written beside its place, synced, renamed, and its folder synced, so that after a power cut it is
either whole or absent. Keys are `day/xx/id`; they come from `blobs.blob_key` and never from outside.
"""

from __future__ import annotations

import asyncio
import os
from collections.abc import Iterable
from pathlib import Path
from typing import Protocol

from backend.kit.errors import NotFound, Unavailable


class BlobStore(Protocol):
    """Where large bodies lie. Keys look like paths; values never change."""

    async def put(self, key: str, data: bytes) -> None:
        """Store durably; Unavailable where it cannot, and then nothing is stored."""

    async def get(self, key: str) -> bytes:
        """The whole value; NotFound where there is none."""

    async def get_range(self, key: str, offset: int, size_bytes: int) -> bytes:
        """A part of the value, shorter where it ends earlier."""

    async def delete(self, keys: Iterable[str]) -> None:
        """Remove values; those that are not there are no error."""

    async def keys(self, folder: str) -> list[str]:
        """Every key below `folder` (a day)."""

    async def folders(self) -> list[str]:
        """The days that hold values."""

    async def close(self) -> None:
        """Let go of connections."""


class FileStore:
    """A `BlobStore` in a folder of the file system."""

    def __init__(self, root: Path) -> None:
        self._root = root
        root.mkdir(mode=0o700, parents=True, exist_ok=True)

    async def put(self, key: str, data: bytes) -> None:
        await asyncio.to_thread(self._put, key, data)

    async def get(self, key: str) -> bytes:
        return await asyncio.to_thread(self._read, key, 0, -1)

    async def get_range(self, key: str, offset: int, size_bytes: int) -> bytes:
        return await asyncio.to_thread(self._read, key, offset, size_bytes)

    async def delete(self, keys: Iterable[str]) -> None:
        await asyncio.to_thread(self._delete, list(keys))

    async def keys(self, folder: str) -> list[str]:
        return await asyncio.to_thread(self._keys, folder)

    async def folders(self) -> list[str]:
        return await asyncio.to_thread(lambda: sorted(p.name for p in self._root.iterdir() if p.is_dir()))

    async def close(self) -> None:
        """Nothing is held open."""

    def _put(self, key: str, data: bytes) -> None:
        path = self._root / key
        partial = path.with_suffix(".part")
        try:
            self._make_folder(path.parent)
            with partial.open("wb") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
            partial.rename(path)
            _sync_folder(path.parent)
        except OSError as exc:
            partial.unlink(missing_ok=True)
            raise Unavailable("The message cannot be stored just now", detail={"cause": str(exc)}) from exc

    def _make_folder(self, folder: Path) -> None:
        if folder.is_dir():
            return
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        _sync_folder(folder.parent)
        _sync_folder(self._root)

    def _read(self, key: str, offset: int, size_bytes: int) -> bytes:
        try:
            with (self._root / key).open("rb") as file:
                file.seek(offset)
                return file.read(size_bytes)
        except FileNotFoundError as exc:
            raise NotFound("The content is gone", detail={"key": key}) from exc
        except OSError as exc:
            raise Unavailable("The content cannot be read just now", detail={"cause": str(exc)}) from exc

    def _delete(self, keys: list[str]) -> None:
        for key in keys:
            path = self._root / key
            path.unlink(missing_ok=True)
            for folder in (path.parent, path.parent.parent):
                try:
                    folder.rmdir()
                except OSError:
                    break  # others still lie in it

    def _keys(self, folder: str) -> list[str]:
        root = self._root / folder
        return [str(path.relative_to(self._root)) for path in root.glob("[0-9a-f]*/[0-9a-f]*")]


def _sync_folder(folder: Path) -> None:
    fd = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(fd)
    finally:
        os.close(fd)
