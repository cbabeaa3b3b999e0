"""Identifiers and rights of the ACL commands (RFC 4314 §3, §7)."""

from __future__ import annotations

from dataclasses import dataclass

from backend.mailstore.grants import Mode
from protocol_service.imap.errors import BadCommand, Refused
from protocol_service.imap.lexer import Lexer

_MAX_IDENTIFIER = 400


@dataclass(frozen=True, slots=True)
class Identifier:
    """Who is meant; a negative one is denied rights (§2)."""

    name: str
    is_negative: bool


def identifier(lexer: Lexer) -> Identifier:
    """`fred`, `group:staff`, `anyone`, with `-` before it a negative one."""
    wire = lexer.astring()
    try:
        text = wire.decode()
    except UnicodeDecodeError:
        raise BadCommand("An identifier is UTF-8") from None
    if not text.removeprefix("-") or len(text) > _MAX_IDENTIFIER:
        raise Refused("There is no such identifier", "CANNOT")
    return Identifier(text.removeprefix("-"), text.startswith("-"))


def rights_change(lexer: Lexer) -> tuple[Mode, str]:
    """`+lr`, `-w` or `lrs`."""
    text = lexer.astring().decode("ascii", "replace")
    if text[:1] in {"+", "-"}:
        return Mode(text[0]), text[1:]
    return Mode.REPLACE, text
