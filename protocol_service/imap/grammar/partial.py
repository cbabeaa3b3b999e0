"""Ranges of results: `1:100` from the first one on, `-1:-100` from the last one back (RFC 9394 §4)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from protocol_service.imap.errors import BadCommand
from protocol_service.imap.lexer import MAX_NUMBER, Lexer

_RANGE = re.compile(rb"(-?)([1-9]\d{0,9}):(-?)([1-9]\d{0,9})(?![^ )])")


@dataclass(frozen=True, slots=True)
class Partial:
    """Results number `low` to `high`, both included and counted from 1, from the end where `is_from_end`.

    `text` is the range as the client wrote it: answers repeat it.
    """

    low: int
    high: int
    is_from_end: bool
    text: bytes

    def of(self, results: Sequence[int]) -> Sequence[int]:
        """The results in the range, in their order."""
        if not self.is_from_end:
            return results[self.low - 1 : self.high]
        count = len(results)
        return results[max(0, count - self.high) : max(0, count - self.low + 1)]


def partial(lexer: Lexer) -> Partial:
    """The range at the cursor; both its ends have the same sign."""
    match = lexer.pattern(_RANGE, "a range such as 1:100 or -1:-100")
    sign, first, other_sign, last = match.groups()
    ends = sorted((int(first), int(last)))
    if sign != other_sign or ends[1] > MAX_NUMBER:
        raise BadCommand("Invalid range")
    return Partial(ends[0], ends[1], bool(sign), match[0])
