"""Ways to name mailboxes (RFC 5465 §6, RFC 7377 §2.2), and what ESEARCH looks into:
`IN (selected mailboxes (a b) subtree c)`.
"""

from __future__ import annotations

from dataclasses import dataclass

from protocol_service.imap.errors import BadCommand, Refused
from protocol_service.imap.grammar import mailboxes
from protocol_service.imap.lexer import Lexer
from protocol_service.imap.limits import MAX_SEARCH_SOURCES

ALONE = frozenset({b"SELECTED", b"INBOXES", b"PERSONAL", b"SUBSCRIBED"})
_WITH_NAMES = frozenset({b"SUBTREE", b"SUBTREE-ONE", b"MAILBOXES"})


@dataclass(frozen=True, slots=True)
class Source:
    """One way to name mailboxes: SELECTED, INBOXES, PERSONAL, SUBSCRIBED, or another with `names`."""

    kind: bytes
    names: tuple[str, ...] = ()


SELECTED = Source(b"SELECTED")


def sources(lexer: Lexer) -> tuple[Source, ...]:
    """`IN (…)` and the space behind it; the selected mailbox where it is not said."""
    if lexer.text[lexer.at : lexer.at + 3].upper() != b"IN ":
        return (SELECTED,)
    lexer.at += 3
    lexer.expect(b"(")
    found: list[Source] = []
    count = 0
    while not lexer.take(b")"):
        if found:
            lexer.space()
        source = one_source(lexer)
        count += 1 + len(source.names)
        if count > MAX_SEARCH_SOURCES:
            raise Refused("Too many mailboxes are named", "LIMIT")
        found.append(source)
    if not found:
        raise BadCommand("Expected which mailboxes to search")
    lexer.space()
    return tuple(found)


def one_source(lexer: Lexer, alone: frozenset[bytes] = ALONE) -> Source:
    """One way to name mailboxes; those of `alone` stand without names."""
    kind = lexer.word()
    if kind in alone:
        return Source(kind)
    if kind not in _WITH_NAMES:
        raise BadCommand(f"Unknown mailboxes {kind[:32].decode()}")
    lexer.space()
    if not lexer.take(b"("):
        return Source(kind, (mailboxes.mailbox(lexer),))
    names = [mailboxes.mailbox(lexer)]
    while not lexer.take(b")"):
        lexer.space()
        names.append(mailboxes.mailbox(lexer))
        if len(names) > MAX_SEARCH_SOURCES:
            raise Refused("Too many mailboxes are named", "LIMIT")
    return Source(kind, tuple(names))
