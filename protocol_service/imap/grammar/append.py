"""Messages of APPEND (RFC 3501 §6.3.11, RFC 3502, RFC 6855): flags, date and bytes of each."""

from __future__ import annotations

from dataclasses import dataclass

from protocol_service.imap.errors import BadCommand
from protocol_service.imap.grammar import dates, flags
from protocol_service.imap.lexer import Lexer


@dataclass(frozen=True, slots=True)
class Appended:
    """One message to be stored; `internal_at` is None for now."""

    raw: bytes
    flags: tuple[bytes, ...]
    internal_at: int | None


def messages(lexer: Lexer) -> list[Appended]:
    """One or more of ` [(flags)] ["date"] {literal}`, up to the end of the command."""
    found = [_message(lexer)]
    while not lexer.at_end():
        found.append(_message(lexer))
    return found


def _message(lexer: Lexer) -> Appended:
    lexer.space()
    while lexer.take(b" "):  # IMAPClient puts two spaces between messages
        continue
    names: tuple[bytes, ...] = ()
    internal_at = None
    if lexer.peek() == b"(":
        names = flags.flag_list(lexer)
        lexer.space()
    if lexer.peek() == b'"':
        internal_at = dates.date_time(lexer)
        lexer.space()
    return Appended(_data(lexer), names, internal_at)


def _data(lexer: Lexer) -> bytes:
    """The message as a literal, or as `UTF8 (~{n} …)` after ENABLE UTF8=ACCEPT (RFC 6855 §4)."""
    is_utf8 = lexer.manner.has_utf8_accept and lexer.take_word(b"UTF8")
    if is_utf8:
        lexer.space()
        lexer.expect(b"(")
    if not lexer.is_literal():
        raise BadCommand("Expected a literal")
    raw = lexer.literal()
    if is_utf8:
        lexer.expect(b")")
    return raw
