"""The tokens of a command (RFC 3501 §9): atoms, strings, numbers, parentheses.

A command comes whole from `framing`: its text with each literal announced as `{n}` CRLF, and the literals
beside it in order. The lexer walks it once from left to right and raises `BadCommand` for whatever does not
fit; it never looks back, so that its time is linear in the command.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from protocol_service.imap.errors import BadCommand
from protocol_service.imap.limits import MAX_DEPTH
from protocol_service.imap.manner import PLAIN, Manner

_ATOM = re.compile(rb'[^\x00-\x20\x7f-\xff(){%*"\\\]]++')
_ASTRING_ATOM = re.compile(rb'[^\x00-\x20\x7f-\xff(){%*"\\]++')
_LIST_ATOM = re.compile(rb'[^\x00-\x20\x7f-\xff(){"\\]++')
_QUOTED = re.compile(rb'"((?:[^"\\\r\n\x00]|\\["\\])*+)"')
_LITERAL = re.compile(rb"~?\{\d++[+-]?\}\r\n")
_NUMBER = re.compile(rb"\d{1,20}")
_ESCAPED = re.compile(rb"\\(.)")

MAX_NUMBER = 0xFFFF_FFFF
MAX_NUMBER64 = 0x7FFF_FFFF_FFFF_FFFF


class Lexer:
    """A cursor over one command; `at` is the place of the next token."""

    __slots__ = ("_literals", "_used", "at", "manner", "text")

    def __init__(
        self, text: bytes, literals: Sequence[bytes] = (), at: int = 0, *, manner: Manner = PLAIN
    ) -> None:
        self.text = text
        self.manner = manner  # the grammar that holds depends on what the client has enabled
        self.at = at
        self._literals = literals
        self._used = 0

    def peek(self) -> bytes:
        """The next byte, or nothing at the end."""
        return self.text[self.at : self.at + 1]

    def take(self, token: bytes) -> bool:
        """Whether the token stands here; the cursor then stands behind it."""
        if not self.text.startswith(token, self.at):
            return False
        self.at += len(token)
        return True

    def take_word(self, word: bytes) -> bool:
        """Whether this word stands here, in any case (`word` is upper); the cursor then stands behind it."""
        match = _ATOM.match(self.text, self.at)
        if match is None or match[0].upper() != word:
            return False
        self.at = match.end()
        return True

    def expect(self, token: bytes) -> None:
        """The token must stand here."""
        if not self.take(token):
            raise BadCommand(f"Expected {token.decode()!r}")

    def space(self) -> None:
        """Exactly one space must stand here."""
        if self.text[self.at : self.at + 1] != b" ":
            raise BadCommand("Missing argument" if self.at >= len(self.text) else "Expected a space")
        self.at += 1

    def at_end(self) -> bool:
        """Whether only spaces are left; some clients send one too many."""
        return not self.text[self.at :].strip(b" ")

    def end(self) -> None:
        """The command must end here."""
        if not self.at_end():
            raise BadCommand("Unexpected argument")

    def pattern(self, pattern: re.Pattern[bytes], what: str) -> re.Match[bytes]:
        """What the pattern finds at the cursor."""
        match = pattern.match(self.text, self.at)
        if match is None:
            raise BadCommand(f"Expected {what}")
        self.at = match.end()
        return match

    def atom(self) -> bytes:
        """An atom as it stands."""
        return self.pattern(_ATOM, "an atom")[0]

    def word(self) -> bytes:
        """An atom in upper case: verbs, keys and item names are read without regard to case."""
        return self.pattern(_ATOM, "a word")[0].upper()

    def number(self) -> int:
        """An unsigned 32-bit number."""
        return self._bounded(MAX_NUMBER)

    def number64(self) -> int:
        """An unsigned 63-bit number (RFC 7162 §7: mod-sequence-value)."""
        return self._bounded(MAX_NUMBER64)

    def _bounded(self, most: int) -> int:
        value = int(self.pattern(_NUMBER, "a number")[0])
        if value > most:
            raise BadCommand("The number is too large")
        return value

    def string(self) -> bytes:
        """A quoted string or a literal."""
        text = self.text
        if text.startswith(b'"', self.at):
            inner = self.pattern(_QUOTED, "a closing quote")[1]
            return _ESCAPED.sub(rb"\1", inner) if b"\\" in inner else inner
        if _LITERAL.match(text, self.at):
            return self.literal()
        raise BadCommand("Expected a string")

    def literal(self) -> bytes:
        """The next literal; `framing` has made sure that each announcement has one."""
        self.pattern(_LITERAL, "a literal")
        if self._used >= len(self._literals):
            raise BadCommand("The literal is missing")
        self._used += 1
        return self._literals[self._used - 1]

    def is_literal(self) -> bool:
        """Whether a literal comes next."""
        return (
            self.text[self.at : self.at + 1] in {b"{", b"~"}
            and _LITERAL.match(self.text, self.at) is not None
        )

    def astring(self) -> bytes:
        """An atom (with `]` allowed), quoted string or literal."""
        match = _ASTRING_ATOM.match(self.text, self.at)
        if match is None:
            return self.string()
        self.at = match.end()
        return match[0]

    def list_mailbox(self) -> bytes:
        """A mailbox pattern: an atom with wildcards, quoted string or literal."""
        match = _LIST_ATOM.match(self.text, self.at)
        if match is None:
            return self.string()
        self.at = match.end()
        return match[0]

    def nstring(self) -> bytes | None:
        """A string, or None for NIL."""
        if self.text[self.at : self.at + 3].upper() == b"NIL" and not _ATOM.match(self.text, self.at + 3):
            self.at += 3
            return None
        return self.string()

    def skip_value(self) -> None:
        """Pass over one value of any kind, with parentheses in it: arguments that we may ignore."""
        depth = 0
        while True:
            if self.take(b"("):
                depth += 1
                if depth > MAX_DEPTH:
                    raise BadCommand("Too many parentheses")
            elif self.take(b")"):
                depth -= 1
            elif not (depth and self.take(b" ")):
                self.astring()
            if depth < 0:
                raise BadCommand("Unexpected parenthesis")
            if depth == 0:
                return
