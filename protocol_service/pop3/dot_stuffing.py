"""Multi-line answers (RFC 1939 §3): a dot at the start of a line is doubled, a line with a dot ends it.

Block by block, so that a large message is never copied as a whole. A line starts after a bare LF too: there
are clients that end lines so, and a stored message must not be able to end its own answer.
"""

from __future__ import annotations


class DotStuffing:
    """The state between the blocks of one answer."""

    __slots__ = ("_last",)

    def __init__(self) -> None:
        self._last = b"\r\n"

    def __call__(self, block: bytes) -> bytes:
        """The block as it is sent; the same object where nothing is to be doubled."""
        if not block:
            return block
        stuffed = block.replace(b"\n.", b"\n..")
        if block.startswith(b".") and self._last.endswith(b"\n"):
            stuffed = b"." + stuffed
        self._last = block[-2:] if len(block) > 1 else self._last[-1:] + block
        return stuffed

    @property
    def end(self) -> bytes:
        """The line end that the last line lacks, where it does."""
        return b"" if self._last == b"\r\n" else b"\r\n"
