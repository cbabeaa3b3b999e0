"""COMPRESS=DEFLATE (RFC 4978): raw DEFLATE (RFC 1951) around all that goes over a connection.

What the client sends is inflated in pieces, each only when the one before it has been used up, so that a few
bytes cannot become many in memory. What is written is flushed at once; the compressor's state is given up
while a connection rests and made anew afterwards, which the format allows, for an idle connection should cost
next to nothing.
"""

from __future__ import annotations

import zlib

PIECE_BYTES = 64 * 1024
# A small window: mail compresses nearly as well, and a session holds 96 KiB instead of 256.
_LEVEL, _WINDOW_BITS, _MEMORY_LEVEL = 2, -13, 7


class Inflater:
    """What the client sends. `next` raises `zlib.error` for what is not DEFLATE."""

    def __init__(self) -> None:
        self._inflate = zlib.decompressobj(-15)
        self._compressed = b""
        self._has_more = False

    @property
    def buffered(self) -> int:
        """How many compressed bytes wait."""
        return len(self._compressed)

    def feed(self, data: bytes) -> None:
        """Take what the socket brought."""
        self._compressed += data
        self._has_more = True

    def next(self) -> bytes:
        """The next piece, of `PIECE_BYTES` at most; nothing until more has come."""
        if not self._has_more:
            return b""
        data = self._inflate.decompress(self._compressed, PIECE_BYTES)
        self._compressed = self._inflate.unconsumed_tail
        if self._inflate.eof:
            raise zlib.error("the stream has ended")
        # A full piece may leave more behind even where no input is left.
        self._has_more = len(data) == PIECE_BYTES or bool(self._compressed)
        return data


class Deflater:
    """What the client is sent."""

    def __init__(self) -> None:
        self._deflate: zlib._Compress | None = None

    def compress(self, data: bytes) -> bytes:
        """All of the data, such that the client can read it to its end."""
        if self._deflate is None:
            self._deflate = zlib.compressobj(_LEVEL, zlib.DEFLATED, _WINDOW_BITS, _MEMORY_LEVEL)
        return self._deflate.compress(data) + self._deflate.flush(zlib.Z_SYNC_FLUSH)

    def rest(self) -> None:
        """Give the memory back: after a flush a compressor that knows nothing can go on with the stream."""
        self._deflate = None


class Compression:
    """Both directions of one connection."""

    __slots__ = ("deflater", "inflater")

    def __init__(self) -> None:
        self.inflater = Inflater()
        self.deflater = Deflater()
