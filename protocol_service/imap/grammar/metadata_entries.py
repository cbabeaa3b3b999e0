"""Names of annotations (RFC 5464 §3.2)."""

from __future__ import annotations

import re
from dataclasses import dataclass

from protocol_service.imap.errors import BadCommand, Refused
from protocol_service.imap.lexer import Lexer
from protocol_service.imap.responses import astring

MAX_ENTRIES = 64  # of one command
_NAME = re.compile(r"/(?:private|shared)(?:/[^\x00-\x1f\x7f-\U0010ffff*%/]+)+", re.IGNORECASE | re.ASCII)
_MAX_NAME = 255


@dataclass(frozen=True, slots=True)
class Entry:
    """The name of an entry: whose it is, and what stands below `/private` or `/shared`."""

    is_private: bool
    name: str

    @property
    def wire(self) -> bytes:
        """The whole name as it stands in a response."""
        return astring((b"/private" if self.is_private else b"/shared") + self.name.encode())


def entries(lexer: Lexer) -> tuple[Entry, ...]:
    """One entry, or some between parentheses."""
    if not lexer.take(b"("):
        return (entry_name(lexer),)
    found: list[Entry] = []
    while not lexer.take(b")"):
        if found:
            lexer.space()
        found.append(entry_name(lexer))
        if len(found) > MAX_ENTRIES:
            raise Refused("Too many entries", "LIMIT")
    if not found:
        raise BadCommand("Expected an entry")
    return tuple(dict.fromkeys(found))


def entry_name(lexer: Lexer) -> Entry:
    """One entry; names are compared without case."""
    text = lexer.astring().decode("utf-8", "replace")
    if len(text) > _MAX_NAME or not _NAME.fullmatch(text):
        raise BadCommand("An entry begins with /private/ or /shared/, without * or %")
    space, _, name = text.lower()[1:].partition("/")
    return Entry(space == "private", "/" + name)
