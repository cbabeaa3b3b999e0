"""63-bit ids made without asking the database, ascending by time.

41 bits of milliseconds since 2025-01-01, 12 random bits of this process, 10 bits of a counter. Two
processes that drew the same bits can collide only within one millisecond and one count; the primary key
then refuses the row. Ascending ids keep rows of one time beside each other and appends at the right edge of
every index.
"""

from __future__ import annotations

import base64
import os
import secrets
import threading
import time

_SHORT_CHARS = 13  # of 64 bits in base32
_DIGITS = "abcdefghijklmnopqrstuvwxyz234567"
_PAIRS = [first + second for first in _DIGITS for second in _DIGITS]
_EPOCH_MS = 1_735_689_600_000
_lock = threading.Lock()
PROCESS_BITS = 12
_process = secrets.randbits(PROCESS_BITS) << 10
_last = 0
_count = 0


def new_id() -> int:
    """A new id, greater than every earlier one of this process."""
    global _last, _count
    with _lock:
        now = int(time.time() * 1000) - _EPOCH_MS
        if now > _last:
            _last, _count = now, 0
        else:
            _count += 1
            if _count == 1024:  # borrow from the next millisecond rather than wait for it
                _last, _count = _last + 1, 0
        return _last << 22 | _process | _count


def milliseconds(number: int) -> int:
    """When an id was made, in milliseconds of unix time."""
    return (number >> 22) + _EPOCH_MS


def first_at(milliseconds_: int) -> int:
    """The smallest id that could be made at that moment of unix time; 0 for one before all ids."""
    return max(0, min(milliseconds_ - _EPOCH_MS, 2**41 - 1)) << 22


def _after_fork() -> None:
    set_process(secrets.randbits(PROCESS_BITS))


def set_process(bits: int) -> None:
    """Name the bits of this process (where several that start together know each other's)."""
    global _process
    _process = bits << 10


os.register_at_fork(after_in_child=_after_fork)


def new_token(size_bytes: int = 32) -> str:
    """An unguessable URL-safe text (sessions, API keys)."""
    return secrets.token_urlsafe(size_bytes)


def short(number: int) -> str:
    """An id as the short text that people see (spool ids, correlation ids): base32, lower case, unpadded."""
    # Every session and every delivery is named so: two digits at a time cost half of `b32encode`.
    bits = number << 1  # as base32 pads them
    text = "".join([_PAIRS[bits >> shift & 1023] for shift in (60, 50, 40, 30, 20, 10, 0)])
    return text.lstrip("a") or "a"


def from_short(text: str) -> int:
    """The id that `short` wrote; ValueError for what it did not."""
    padded = text.strip().lower().rjust(_SHORT_CHARS, "a")
    if len(padded) > _SHORT_CHARS:
        raise ValueError("not a short id")
    return int.from_bytes(base64.b32decode(padded.upper() + "==="))
