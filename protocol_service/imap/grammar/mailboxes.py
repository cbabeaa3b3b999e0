"""Mailbox names, LIST patterns and STATUS items (RFC 3501 §6.3, RFC 5258, RFC 5819, RFC 8438)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from protocol_service.imap import mailbox_name
from protocol_service.imap.errors import BadCommand, Refused
from protocol_service.imap.grammar.metadata_entries import Entry, entries
from protocol_service.imap.lexer import Lexer
from protocol_service.imap.limits import MAX_LIST_PATTERNS, MAX_PATTERN_CHARS

STATUS_ITEMS = frozenset(
    b"MESSAGES RECENT UIDNEXT UIDVALIDITY UNSEEN DELETED SIZE HIGHESTMODSEQ APPENDLIMIT MAILBOXID"
    b" DELETED-STORAGE".split()
)
_STATUS_ITEMS = re.compile(rb"\([A-Za-z0-9 =-]{1,200}\)")
_SELECTION = frozenset(b"SUBSCRIBED REMOTE RECURSIVEMATCH SPECIAL-USE".split())
_RETURN = frozenset(b"SUBSCRIBED CHILDREN SPECIAL-USE STATUS MYRIGHTS METADATA".split())


@dataclass(frozen=True, slots=True)
class ListRequest:
    """What LIST asks for; `is_extended` is the form of RFC 5258, which answers selected attributes always."""

    reference: str
    patterns: tuple[str, ...]
    selection: frozenset[bytes] = frozenset()
    returns: frozenset[bytes] = frozenset()
    status_items: tuple[bytes, ...] = ()
    is_extended: bool = False
    entries: tuple[Entry, ...] = ()


@dataclass(frozen=True, slots=True)
class Returns:
    """What LIST is to return, with the items of STATUS and the entries of METADATA (RFC 9590)."""

    options: frozenset[bytes] = frozenset()
    status_items: tuple[bytes, ...] = ()
    entries: tuple[Entry, ...] = ()


def mailbox(lexer: Lexer) -> str:
    """A mailbox name as it was written; the store makes it normal."""
    return decoded(lexer, lexer.astring())


def decoded(lexer: Lexer, wire: bytes) -> str:
    """The text of a name on the wire; `NO [CANNOT]` where it is not UTF-8 or modified UTF-7."""
    if lexer.manner.is_utf8:
        try:
            return wire.decode()
        except UnicodeDecodeError:
            raise Refused("The mailbox name is not valid UTF-8", "CANNOT") from None
    try:
        return mailbox_name.decode(wire)
    except ValueError:
        raise Refused("The mailbox name is not valid modified UTF-7", "CANNOT") from None


def list_request(lexer: Lexer) -> ListRequest:
    """The arguments of LIST, plain or extended."""
    selection: frozenset[bytes] = frozenset()
    lexer.space()
    is_extended = lexer.peek() == b"("
    if is_extended:
        selection = _options(lexer, _SELECTION)
        if b"RECURSIVEMATCH" in selection and not selection & {b"SUBSCRIBED", b"SPECIAL-USE"}:
            raise BadCommand("RECURSIVEMATCH needs another selection option")
        lexer.space()
    reference = _pattern(lexer, lexer.astring())
    lexer.space()
    if lexer.peek() == b"(":
        is_extended = True
        patterns = _patterns(lexer)
    else:
        patterns = (_pattern(lexer, lexer.list_mailbox()),)
    returns = Returns()
    if not lexer.at_end():
        lexer.space()
        if lexer.word() != b"RETURN":
            raise BadCommand("Expected RETURN")
        lexer.space()
        is_extended = True
        returns = _return_options(lexer)
    lexer.end()
    return ListRequest(
        reference, patterns, selection, returns.options, returns.status_items, is_extended, returns.entries
    )


def status_items(lexer: Lexer) -> tuple[bytes, ...]:
    """`(MESSAGES UIDNEXT …)`."""
    plain = lexer.pattern(_STATUS_ITEMS, "STATUS items")
    return _status_items(plain[0])


@lru_cache(maxsize=256)
def _status_items(text: bytes) -> tuple[bytes, ...]:
    items: list[bytes] = []
    lexer = Lexer(text)
    lexer.expect(b"(")
    while True:
        item = lexer.word()
        if item not in STATUS_ITEMS:
            raise BadCommand(f"Unknown STATUS item {item[:32].decode()}")
        if item not in items:
            items.append(item)
        if lexer.take(b")"):
            return tuple(items)
        lexer.space()


def special_use(lexer: Lexer) -> tuple[str, ...]:
    """`(USE (\\Sent))` of CREATE (RFC 6154 §3), in lower case without backslash."""
    lexer.expect(b"(")
    if lexer.word() != b"USE":
        raise BadCommand("Expected USE")
    lexer.space()
    lexer.expect(b"(")
    uses: list[str] = []
    while not lexer.take(b")"):
        if uses:
            lexer.space()
        lexer.expect(b"\\")
        uses.append(lexer.atom().decode().lower())
    lexer.expect(b")")
    return tuple(uses)


def _options(lexer: Lexer, known: frozenset[bytes]) -> frozenset[bytes]:
    options: set[bytes] = set()
    lexer.expect(b"(")
    while not lexer.take(b")"):
        if options:
            lexer.space()
        option = lexer.word()
        if option not in known:
            raise BadCommand(f"Unknown LIST option {option[:32].decode()}")
        options.add(option)
    return frozenset(options)


def _return_options(lexer: Lexer) -> Returns:
    options: set[bytes] = set()
    items: tuple[bytes, ...] = ()
    annotations: tuple[Entry, ...] = ()
    lexer.expect(b"(")
    while not lexer.take(b")"):
        if options:
            lexer.space()
        option = lexer.word()
        if option not in _RETURN:
            raise BadCommand(f"Unknown LIST option {option[:32].decode()}")
        options.add(option)
        if option == b"STATUS":
            lexer.space()
            items = status_items(lexer)
        elif option == b"METADATA":
            lexer.space()
            annotations = entries(lexer)
    return Returns(frozenset(options), items, annotations)


def _patterns(lexer: Lexer) -> tuple[str, ...]:
    patterns: list[str] = []
    lexer.expect(b"(")
    while not lexer.take(b")"):
        if patterns:
            lexer.space()
        patterns.append(_pattern(lexer, lexer.list_mailbox()))
        if len(patterns) > MAX_LIST_PATTERNS:
            raise Refused("Too many patterns", "LIMIT")
    if not patterns:
        raise BadCommand("Expected a pattern")
    return tuple(patterns)


def _pattern(lexer: Lexer, wire: bytes) -> str:
    if len(wire) > MAX_PATTERN_CHARS:
        raise Refused("The pattern is too long", "LIMIT")
    return decoded(lexer, wire)
