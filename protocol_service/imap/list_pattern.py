"""LIST patterns: `*` is anything, `%` anything within a level (RFC 3501 §6.3.8).

A pattern is a small automaton whose states are the bits of one integer, so that a name is matched in time
linear in its length whatever the pattern: there is nothing to try again.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache

from protocol_service.imap.mailbox_name import DELIMITER

Matches = Callable[[str], bool]

_WILDCARDS = re.compile(r"[*%]{2,}")


@lru_cache(maxsize=128)
def compiled(pattern: str) -> Matches:
    """A test for names; INBOX as the first level is compared without regard to case."""
    pattern = _WILDCARDS.sub(lambda run: "*" if "*" in run[0] else "%", pattern)
    first, delimiter, rest = pattern.partition(DELIMITER)
    if first.upper() == "INBOX":
        pattern = f"INBOX{delimiter}{rest}"
    if pattern == "*":
        return lambda name: True
    if "*" not in pattern and "%" not in pattern:
        return lambda name: name == pattern
    return _automaton(pattern)


def _automaton(pattern: str) -> Matches:
    """State n means: the first n signs of the pattern are used up."""
    literals: dict[str, int] = {}
    stars = percents = 0
    for at, sign in enumerate(pattern):
        if sign == "*":
            stars |= 1 << at
        elif sign == "%":
            percents |= 1 << at
        else:
            literals[sign] = literals.get(sign, 0) | 1 << at
    wildcards, final = stars | percents, 1 << len(pattern)

    def closed(states: int) -> int:
        # A wildcard may stand for nothing. Two never stand together, so that one step is enough.
        return states | (states & wildcards) << 1

    def matches(name: str) -> bool:
        states = closed(1)
        for char in name:
            staying = states & (stars if char == DELIMITER else wildcards)
            states = closed(staying | (states & literals.get(char, 0)) << 1)
            if not states:
                return False
        return bool(states & final)

    return matches
