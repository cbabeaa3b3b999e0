"""Object identifiers (RFC 8474): a letter says what is named, so that one is never taken for another.

A mailbox keeps its id through every rename, copies of a message share theirs, and none is given twice.
"""

from __future__ import annotations

import re

_NUMBERED = re.compile(rb"([FMT])(\d{1,19})")
_MAX = 0x7FFF_FFFF_FFFF_FFFF


def of_mailbox(mailbox_id: int) -> bytes:
    """MAILBOXID."""
    return b"F%d" % mailbox_id


def number_of(object_id: bytes, letter: bytes) -> int | None:
    """The number in an id that we have given, None in any other. M is an email's, T a thread's."""
    match = _NUMBERED.fullmatch(object_id)
    number = int(match[2]) if match is not None and match[1] == letter else _MAX + 1
    return number if number <= _MAX else None
