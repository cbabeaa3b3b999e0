"""TOP (RFC 1939 §7) over the blocks of a message: its header, the empty line, and some lines of the body."""

from __future__ import annotations

import re

_HEADER_END = re.compile(rb"\n\r?\n")


class TopCut:
    """Cuts blocks given in order; once `is_done`, no further one is needed."""

    __slots__ = ("_before", "_is_header", "_lines", "is_done")

    def __init__(self, lines: int) -> None:
        self._lines = lines
        self._is_header = True
        self._before = b"\n"  # a message that begins with an empty line has no header
        self.is_done = False

    def __call__(self, block: bytes) -> bytes:
        """As much of the block as belongs to the answer."""
        start = 0
        if self._is_header:
            found = _HEADER_END.search(self._before + block)
            if found is None:
                self._before = (self._before + block)[-2:]
                return block
            self._is_header = False
            start = found.end() - len(self._before)
        return block[: self._end(block, start)]

    def _end(self, block: bytes, start: int) -> int:
        """Where the last wanted line of the body ends, or the block."""
        count = block.count(b"\n", start)
        if count < self._lines:
            self._lines -= count
            return len(block)
        for _ in range(self._lines):
            start = block.index(b"\n", start) + 1
        self.is_done = True
        return start
