"""Flag lists and the arguments of STORE (RFC 3501 §9, flag; RFC 7162 §3.1.3)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum
from functools import lru_cache

from protocol_service.imap.errors import BadCommand, Refused
from protocol_service.imap.flag_names import SYSTEM_FLAGS
from protocol_service.imap.lexer import Lexer

_FLAG = re.compile(rb'\\?[^\x00-\x20\x7f-\xff(){%*"\\\]]{1,200}')
_SYSTEM = {name.lower(): name for name in SYSTEM_FLAGS}
_MAX_FLAGS = 100
_REMEMBERED_BYTES = 200


class Change(Enum):
    """What STORE does with the flags it names."""

    REPLACE = b"FLAGS"
    ADD = b"+FLAGS"
    REMOVE = b"-FLAGS"


@dataclass(frozen=True, slots=True)
class StoreRequest:
    """The arguments of STORE behind the sequence set."""

    change: Change
    flags: tuple[bytes, ...]
    is_silent: bool
    unchanged_since: int | None


def flag(lexer: Lexer) -> bytes:
    """A flag: system flags in their own spelling, keywords as written. \\Recent is the server's alone."""
    name = lexer.pattern(_FLAG, "a flag")[0]
    if not name.startswith(b"\\"):
        return name
    known = _SYSTEM.get(name.lower())
    if known is None:
        if name.lower() == b"\\recent":
            raise BadCommand("\\Recent cannot be set")
        raise Refused("There is no such system flag", "CANNOT")
    return known


def flag_list(lexer: Lexer) -> tuple[bytes, ...]:
    """`(\\Seen $Junk)`, possibly empty, each flag once."""
    lexer.expect(b"(")
    return _flags(lexer, closing=True)


def store_request(lexer: Lexer) -> StoreRequest:
    """`[(UNCHANGEDSINCE n)] [+-]FLAGS[.SILENT] flags`, with or without parentheses around the flags.

    Clients say the same again and again: it is remembered.
    """
    text = lexer.text[lexer.at :]
    if len(text) > _REMEMBERED_BYTES or b"UNCHANGEDSINCE" in text.upper():
        return _read_request(lexer)
    request = _remembered(text)
    lexer.at = len(lexer.text)
    return request


@lru_cache(maxsize=512)
def _remembered(text: bytes) -> StoreRequest:
    return _read_request(Lexer(text))


def _read_request(lexer: Lexer) -> StoreRequest:
    unchanged_since = None
    if lexer.take(b"("):
        if lexer.word() != b"UNCHANGEDSINCE":
            raise BadCommand("Expected UNCHANGEDSINCE")
        lexer.space()
        unchanged_since = lexer.number64()
        lexer.expect(b")")
        lexer.space()
    item = lexer.word()
    is_silent = item.endswith(b".SILENT")
    try:
        change = Change(item.removesuffix(b".SILENT"))
    except ValueError:
        raise BadCommand("Expected FLAGS") from None
    lexer.space()
    flags = flag_list(lexer) if lexer.peek() == b"(" else _flags(lexer, closing=False)
    lexer.end()
    return StoreRequest(change, flags, is_silent, unchanged_since)


def _flags(lexer: Lexer, *, closing: bool) -> tuple[bytes, ...]:
    found: dict[bytes, bytes] = {}
    if closing and lexer.take(b")"):
        return ()
    while True:
        name = flag(lexer)
        found.setdefault(name.lower(), name)
        if len(found) > _MAX_FLAGS:
            raise Refused("Too many flags", "LIMIT")
        if lexer.take(b")") if closing else lexer.at_end():
            return tuple(found.values())
        lexer.space()
