"""Messages of APPEND (RFC 3501 §6.3.11, RFC 3502, RFC 4469, RFC 6855): flags, date and bytes of each."""

from __future__ import annotations

from dataclasses import dataclass

from protocol_service.imap.errors import BadCommand, Refused
from protocol_service.imap.grammar import dates, flags, imap_url
from protocol_service.imap.grammar.imap_url import MessageUrl
from protocol_service.imap.lexer import Lexer
from protocol_service.imap.limits import MAX_CATENATED


@dataclass(frozen=True, slots=True)
class Appended:
    """One message to be stored, of bytes and of what URLs name; `internal_at` is None for now."""

    parts: tuple[bytes | MessageUrl, ...]
    flags: tuple[bytes, ...]
    internal_at: int | None


def messages(lexer: Lexer) -> list[Appended]:
    """One or more of them, up to the end of the command."""
    found = [message(lexer)]
    while not lexer.at_end():
        found.append(message(lexer))
    return found


def message(lexer: Lexer) -> Appended:
    """` [(flags)] ["date"] {literal}`, or with CATENATE or UTF8 data."""
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
    if lexer.take_word(b"CATENATE"):
        return Appended(_parts(lexer), names, internal_at)
    if lexer.manner.has_utf8_accept:
        raw = _utf8(lexer) if lexer.take_word(b"UTF8") else _unwrapped(_literal(lexer))
        return Appended((raw,), names, internal_at)
    return Appended((_literal(lexer),), names, internal_at)


def _unwrapped(raw: bytes) -> bytes:
    """Python's imaplib puts `UTF8 (` and `)` into the literal instead of around it; no header begins so."""
    return raw[6:-1] if raw.startswith(b"UTF8 (") and raw.endswith(b")") else raw


def _parts(lexer: Lexer) -> tuple[bytes | MessageUrl, ...]:
    """` (TEXT {literal} URL url …)` (RFC 4469 §5)."""
    parts: list[bytes | MessageUrl] = []
    lexer.space()
    lexer.expect(b"(")
    while not parts or not lexer.take(b")"):
        if parts:
            lexer.space()
        parts.append(_part(lexer))
        if len(parts) > MAX_CATENATED:
            raise Refused("Too many parts", "LIMIT")
    return tuple(parts)


def _part(lexer: Lexer) -> bytes | MessageUrl:
    word = lexer.word()
    if word == b"UTF8" and lexer.manner.has_utf8_accept:
        return _utf8(lexer)
    lexer.space()
    if word == b"TEXT":
        return _literal(lexer)
    if word == b"URL":
        return imap_url.parse(lexer.astring())
    raise BadCommand("Expected TEXT or URL")


def _utf8(lexer: Lexer) -> bytes:
    """` (~{n} …)` after ENABLE UTF8=ACCEPT (RFC 6855 §4)."""
    lexer.space()
    lexer.expect(b"(")
    raw = _literal(lexer)
    lexer.expect(b")")
    return raw


def _literal(lexer: Lexer) -> bytes:
    if not lexer.is_literal():
        raise BadCommand("Expected a literal")
    return lexer.literal()
