"""Where an archive is written to that is sent while it is made."""

from __future__ import annotations

import io


class ZipSink(io.RawIOBase):
    """Keeps what the archive wrote until it is taken."""

    def __init__(self) -> None:
        self._kept = bytearray()

    def writable(self) -> bool:
        return True

    def write(self, data: object) -> int:
        chunk = bytes(data)  # type: ignore[call-overload]  # any buffer, as RawIOBase has it
        self._kept += chunk
        return len(chunk)

    def take(self) -> bytes:
        """What was written since the last time."""
        taken = bytes(self._kept)
        self._kept.clear()
        return taken
