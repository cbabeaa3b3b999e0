"""Lines out of a byte stream, none of them longer than `LINE_BYTES`.

Lines end with CRLF; a bare LF is taken as well, for people at a terminal.
"""

from __future__ import annotations

from dataclasses import dataclass

from protocol_service.pop3.limits import DISCARD_BYTES, LINE_BYTES


@dataclass(frozen=True, slots=True)
class Overlong:
    """A line that was thrown away for its length; after `is_fatal` its end is not awaited any more."""

    is_fatal: bool = False


class Lines:
    """The state of one connection's input."""

    __slots__ = ("_at", "_buffer", "_dropped")

    def __init__(self) -> None:
        self._buffer = b""
        self._at = 0
        self._dropped = 0  # of the line under way

    @property
    def buffered(self) -> int:
        """How many bytes wait to be cut."""
        return len(self._buffer) - self._at

    def discard(self) -> None:
        """Throw away all that has come (STLS: nothing of the clear text may survive, RFC 2595 §4)."""
        self._buffer, self._at, self._dropped = b"", 0, 0

    def feed(self, data: bytes) -> None:
        """Take what the socket brought."""
        self._buffer = self._buffer[self._at :] + data if self._at < len(self._buffer) else data
        self._at = 0

    def next(self) -> bytes | Overlong | None:
        """The next line without its end, or None until it is complete."""
        start = self._at
        end = self._buffer.find(b"\n", start)
        if end < 0:
            return self._drop()
        self._at = end + 1
        if self._dropped or end - start > LINE_BYTES + 1:
            self._dropped = 0
            return Overlong()
        return self._buffer[start : end - 1 if end > start and self._buffer[end - 1] == 13 else end]

    def _drop(self) -> Overlong | None:
        """Throw away the beginning of a line that is too long already."""
        if not self._dropped and self.buffered <= LINE_BYTES + 1:
            return None
        self._dropped += self.buffered
        self._buffer, self._at = b"", 0
        return Overlong(is_fatal=True) if self._dropped > DISCARD_BYTES else None
