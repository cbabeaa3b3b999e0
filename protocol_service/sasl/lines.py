"""Challenges and responses as lines: base64, `*` for giving up, `=` for an empty initial response."""

from __future__ import annotations

import binascii

from protocol_service.sasl.peer import Cancelled, Malformed


def encode(challenge: bytes) -> bytes:
    """A challenge as base64 in one line."""
    return binascii.b2a_base64(challenge, newline=False)


def decode(line: bytes, *, is_initial: bool = False) -> bytes:
    """A response; raises `Cancelled` for `*` and `Malformed` for what is not base64 to the letter.

    Lenient readers skip what does not belong, so that two of them see different messages in one line.
    """
    if is_initial and line == b"=":
        return b""
    if line == b"*":
        raise Cancelled
    try:
        return binascii.a2b_base64(line, strict_mode=True)
    except binascii.Error:
        raise Malformed("The response is not base64") from None
