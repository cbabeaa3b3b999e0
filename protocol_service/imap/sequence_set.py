"""Sequence sets (RFC 3501 §9, sequence-set): `1,3:5,7:*` as inclusive pairs, and numbers back into the
shortest text.

`*` is the highest number of the mailbox, so a set has no meaning of its own: `resolve` gives it one. A range
may be written backwards, and `5:*` in a mailbox of three messages means message 3. `$` alone stands for the
saved result of a search (RFC 5182); the selected mailbox knows it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import pairwise

from protocol_service.imap.errors import BadCommand
from protocol_service.imap.lexer import MAX_NUMBER, Lexer
from protocol_service.imap.limits import MAX_RANGES

STAR = MAX_NUMBER + 1

SequenceSet = tuple[tuple[int, int], ...]
Ranges = list[tuple[int, int]]

SAVED: SequenceSet = ((0, 0),)  # `$`: no other set can name message 0

_TEXT = re.compile(rb"[\d*:,]++")
_RANGE = re.compile(rb"(\d{1,10}|\*)(?::(\d{1,10}|\*))?")


def take(lexer: Lexer) -> SequenceSet:
    """The sequence set at the lexer's cursor, or `SAVED` for `$`."""
    if lexer.take(b"$"):
        return SAVED
    return take_numbers(lexer)


def take_numbers(lexer: Lexer) -> SequenceSet:
    """The sequence set at the lexer's cursor, where `$` has no meaning."""
    return parse(lexer.pattern(_TEXT, "a sequence set")[0])


def take_one(lexer: Lexer) -> SequenceSet:
    """A single number, or `*`, at the lexer's cursor."""
    pairs = take(lexer)
    if len(pairs) != 1 or pairs[0][0] != pairs[0][1]:
        raise BadCommand("Expected one message")
    return pairs


def parse(text: bytes) -> SequenceSet:
    """Split a sequence set into pairs as they are written; `*` becomes `STAR`."""
    parts = text.split(b",")
    if len(parts) > MAX_RANGES:
        raise BadCommand("The sequence set has too many parts")
    pairs = []
    for part in parts:
        match = _RANGE.fullmatch(part)
        if match is None:
            raise BadCommand("Invalid sequence set")
        low = _number(match[1])
        pairs.append((low, low if match[2] is None else _number(match[2])))
    return tuple(pairs)


def is_sequence_set(text: bytes) -> bool:
    """Whether a word can only be a sequence set (a SEARCH key that begins with a digit, `*` or `$`)."""
    return text[:1].isdigit() or text[:1] in {b"*", b"$"}


def resolve(pairs: SequenceSet, highest: int) -> Ranges:
    """Ascending disjoint ranges, with `*` as `highest`; nothing where the mailbox is empty (`highest` 0)."""
    if highest == 0 or pairs == SAVED:
        return []
    found = []
    for low, high in pairs:
        low = highest if low == STAR else low
        high = highest if high == STAR else high
        found.append((low, high) if low <= high else (high, low))
    found.sort()
    merged = found[:1]
    for low, high in found[1:]:
        last_low, last_high = merged[-1]
        if low <= last_high + 1:
            merged[-1] = (last_low, max(high, last_high))
        else:
            merged.append((low, high))
    return merged


def contains(ranges: Ranges, number: int) -> bool:
    """Whether the number lies in one of the ranges."""
    return any(low <= number <= high for low, high in ranges)


def render(numbers: Iterable[int]) -> bytes:
    """Numbers, in the order given, as a set; only neighbours that ascend by one are joined."""
    if isinstance(numbers, range) and numbers.step == 1:
        return _span(numbers.start, numbers.stop - 1) if numbers else b""
    ordered = list(numbers)
    if not ordered:
        return b""
    breaks = [0, *(at for at, (a, b) in enumerate(pairwise(ordered), 1) if b != a + 1), len(ordered)]
    return b",".join(_span(ordered[start], ordered[end - 1]) for start, end in pairwise(breaks))


def _span(low: int, high: int) -> bytes:
    return b"%d" % low if low == high else b"%d:%d" % (low, high)


def _number(text: bytes) -> int:
    if text == b"*":
        return STAR
    value = int(text)
    if not 0 < value <= MAX_NUMBER:
        raise BadCommand("Invalid sequence set")
    return value
