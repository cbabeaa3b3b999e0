"""Transfer encodings undone piece by piece (RFC 2045 §6), for parts that are not to be held in memory.

Whatever the pieces, they give what `content.decode` gives of the whole for input that follows the standard;
broken input gives what can be read of it.
"""

from __future__ import annotations

import binascii
from typing import Protocol

IDENTITY = frozenset({"", "7bit", "8bit", "binary"})
KNOWN = IDENTITY | {"base64", "quoted-printable"}

_BASE64 = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
_NOT_BASE64 = bytes(set(range(256)) - set(_BASE64))
_LONGEST_LINE = 64 * 1024


class Decoder(Protocol):
    """One part's encoding under way."""

    def feed(self, data: bytes) -> bytes:
        """What the next piece adds."""

    def end(self) -> bytes:
        """What is left once all pieces have come."""


class _Identity:
    def feed(self, data: bytes) -> bytes:
        return data

    def end(self) -> bytes:
        return b""


class _Base64:
    """Padding ends the data, as in `binascii`; signs outside the alphabet are passed over."""

    def __init__(self) -> None:
        self._rest = b""
        self._is_done = False

    def feed(self, data: bytes) -> bytes:
        if self._is_done:
            return b""
        data, padding, _ = data.partition(b"=")
        self._is_done = bool(padding)
        clean = self._rest + data.translate(None, _NOT_BASE64)
        whole = len(clean) & ~3
        self._rest = clean[whole:]
        return binascii.a2b_base64(clean[:whole])

    def end(self) -> bytes:
        rest, self._rest = self._rest, b""
        return binascii.a2b_base64(rest + b"=" * (4 - len(rest))) if len(rest) > 1 else b""


class _QuotedPrintable:
    """Decoded by whole lines; a line without end is cut where no escape is."""

    def __init__(self) -> None:
        self._rest = b""

    def feed(self, data: bytes) -> bytes:
        data = self._rest + data
        end = data.rfind(b"\n") + 1
        if not end and len(data) > _LONGEST_LINE:
            escape = data.find(b"=", len(data) - 2)
            end = len(data) if escape < 0 else escape
        self._rest = data[end:]
        return binascii.a2b_qp(data[:end])

    def end(self) -> bytes:
        rest, self._rest = self._rest, b""
        return binascii.a2b_qp(rest)


def decoder(cte: str) -> Decoder:
    """A decoder for one of the `KNOWN` encodings, in lower case."""
    if cte == "base64":
        return _Base64()
    return _QuotedPrintable() if cte == "quoted-printable" else _Identity()
