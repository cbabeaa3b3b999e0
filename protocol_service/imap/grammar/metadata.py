"""The arguments of GETMETADATA and SETMETADATA (RFC 5464 §5)."""

from __future__ import annotations

from dataclasses import dataclass

from protocol_service.imap.errors import BadCommand, Refused
from protocol_service.imap.grammar import mailboxes
from protocol_service.imap.grammar.metadata_entries import MAX_ENTRIES, Entry, entries, entry_name
from protocol_service.imap.lexer import Lexer

_EVERYTHING = 1 << 30


@dataclass(frozen=True, slots=True)
class GetRequest:
    """What GETMETADATA asks for; `max_size` is None without a limit, `depth` how far below the entries."""

    mailbox: str
    entries: tuple[Entry, ...]
    max_size: int | None = None
    depth: int = 0


@dataclass(frozen=True, slots=True)
class SetRequest:
    """What SETMETADATA sets; None removes."""

    mailbox: str
    values: dict[Entry, bytes | None]


def get_request(lexer: Lexer) -> GetRequest:
    """`[(options)] mailbox [(options)] entries`: the grammar has options first, its examples behind."""
    options: dict[bytes, int] = {}
    if lexer.peek() == b"(":
        options = _options(lexer)
        lexer.space()
    name = mailboxes.mailbox(lexer)
    lexer.space()
    if not options and lexer.peek() == b"(" and lexer.text[lexer.at + 1 : lexer.at + 2] not in (b"/", b'"'):
        options = _options(lexer)
        lexer.space()
    found = entries(lexer)
    lexer.end()
    return GetRequest(name, found, options.get(b"MAXSIZE"), options.get(b"DEPTH", 0))


def set_request(lexer: Lexer) -> SetRequest:
    """`mailbox (entry value …)`."""
    name = mailboxes.mailbox(lexer)
    lexer.space()
    lexer.expect(b"(")
    values: dict[Entry, bytes | None] = {}
    while not lexer.take(b")"):
        if values:
            lexer.space()
        entry = entry_name(lexer)
        lexer.space()
        values[entry] = lexer.nstring()
        if len(values) > MAX_ENTRIES:
            raise Refused("Too many entries", "LIMIT")
    lexer.end()
    if not values:
        raise BadCommand("Expected an entry")
    return SetRequest(name, values)


def _options(lexer: Lexer) -> dict[bytes, int]:
    options: dict[bytes, int] = {}
    lexer.expect(b"(")
    while not lexer.take(b")"):
        if options:
            lexer.space()
        name = lexer.word()
        if name not in {b"MAXSIZE", b"DEPTH"} or name in options:
            raise BadCommand("Unknown GETMETADATA option")
        lexer.space()
        options[name] = _depth(lexer) if name == b"DEPTH" else lexer.number()
    return options


def _depth(lexer: Lexer) -> int:
    depths = {b"0": 0, b"1": 1, b"INFINITY": _EVERYTHING}
    word = lexer.word()
    if word not in depths:
        raise BadCommand("DEPTH is 0, 1 or infinity")
    return depths[word]
