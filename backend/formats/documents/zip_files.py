"""Files inside a ZIP archive, within bounds: a small archive may claim to hold anything (zip bombs)."""

from __future__ import annotations

import lzma
import zipfile
import zlib
from collections.abc import Iterator
from io import BytesIO

from backend.formats.errors import InvalidSyntax, LimitPassed

MAX_FILES = 5000
MAX_FILE_BYTES = 64 << 20
MAX_TOTAL_BYTES = 128 << 20
_CHUNK = 64 * 1024
# What the library raises for archives that are damaged, encrypted or packed in ways it does not know.
_BROKEN = (zipfile.BadZipFile, zlib.error, lzma.LZMAError, EOFError, OSError, RuntimeError, ValueError)


class ZipFiles:
    """An archive; all that is read of it counts against one bound, whatever its directory says of sizes.

    Raises InvalidSyntax for what is no archive or cannot be read, LimitPassed.
    """

    def __init__(self, data: bytes) -> None:
        try:
            self._archive = zipfile.ZipFile(BytesIO(data))
        except _BROKEN as exc:
            raise InvalidSyntax("not a ZIP archive") from exc
        if len(self._archive.infolist()) > MAX_FILES:
            raise LimitPassed("too many files in an archive")
        self._left = MAX_TOTAL_BYTES

    def names(self) -> list[str]:
        """The names of its files."""
        return self._archive.namelist()

    def chunks(self, name: str) -> Iterator[bytes]:
        """The bytes of a file, piece by piece; nothing where there is no such file."""
        try:
            with self._archive.open(name) as handle:
                left = MAX_FILE_BYTES
                while chunk := handle.read(_CHUNK):
                    left -= len(chunk)
                    self._left -= len(chunk)
                    if left < 0 or self._left < 0:
                        raise LimitPassed("an archive grows beyond all bounds")
                    yield chunk
        except KeyError:
            return
        except LimitPassed:
            raise
        except _BROKEN as exc:
            raise InvalidSyntax("a file in an archive cannot be read") from exc
