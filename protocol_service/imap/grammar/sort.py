"""The arguments of SORT and THREAD (RFC 5256 §5, RFC 5957, RFC 6203 §6, RFC 5267 §3)."""

from __future__ import annotations

from dataclasses import dataclass

from protocol_service.imap.errors import BadCommand, Refused
from protocol_service.imap.grammar import search, search_results
from protocol_service.imap.grammar.search import Program
from protocol_service.imap.grammar.search_results import Results
from protocol_service.imap.lexer import Lexer
from protocol_service.imap.limits import MAX_SORT_KEYS

_KEYS = frozenset(b"ARRIVAL CC DATE DISPLAYFROM DISPLAYTO FROM RELEVANCY SIZE SUBJECT TO".split())
_ALGORITHMS = frozenset({b"ORDEREDSUBJECT", b"REFERENCES"})


@dataclass(frozen=True, slots=True)
class Criterion:
    """A sort key by its name in upper case."""

    name: bytes
    is_reversed: bool = False


def criteria(lexer: Lexer) -> tuple[Criterion, ...]:
    """`(REVERSE DATE SUBJECT …)` and the space behind it."""
    found: list[Criterion] = []
    lexer.expect(b"(")
    while True:
        word = lexer.word()
        is_reversed = word == b"REVERSE"
        if is_reversed:
            lexer.space()
            word = lexer.word()
        if word not in _KEYS:
            raise BadCommand(f"Unknown sort key {word[:32].decode()}")
        found.append(Criterion(word, is_reversed))
        if len(found) > MAX_SORT_KEYS:
            raise Refused("Too many sort keys", "LIMIT")
        if lexer.take(b")"):
            lexer.space()
            return tuple(found)
        lexer.space()


def results(lexer: Lexer) -> Results | None:
    """The result options of ESORT."""
    return search_results.results(lexer)


def algorithm(lexer: Lexer) -> bytes:
    """How to thread, and the space behind it."""
    word = lexer.word()
    if word not in _ALGORITHMS:
        raise BadCommand("Expected ORDEREDSUBJECT or REFERENCES")
    lexer.space()
    return word


def program(lexer: Lexer) -> Program:
    """`charset keys`: the charset must be named here, also by a client that speaks UTF-8 alone."""
    charset = search.charset_name(lexer)
    lexer.space()
    return search.keys(lexer, charset)
