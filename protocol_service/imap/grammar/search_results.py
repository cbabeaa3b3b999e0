"""What a search answers: `RETURN (…)` (RFC 4731 §3.1, RFC 5182 §2.1, RFC 9394 §3.1, RFC 6203 §4)."""

from __future__ import annotations

from dataclasses import dataclass

from protocol_service.imap.errors import BadCommand
from protocol_service.imap.grammar.partial import Partial, partial
from protocol_service.imap.lexer import Lexer

_OPTIONS = frozenset(b"MIN MAX ALL COUNT SAVE PARTIAL RELEVANCY".split())


@dataclass(frozen=True, slots=True)
class Results:
    """The result options; `names` has PARTIAL where there is a `partial`."""

    names: frozenset[bytes]
    partial: Partial | None = None

    @property
    def is_silent(self) -> bool:
        """Whether the result is only to be remembered (RFC 5182 §2.1: no untagged answer)."""
        return self.names == {b"SAVE"}

    @property
    def names_all(self) -> bool:
        """Whether all that was found counts, not only what MIN, MAX and PARTIAL name (RFC 5182 §2.4)."""
        return bool(self.names & {b"ALL", b"COUNT"}) or not self.names & {b"MIN", b"MAX", b"PARTIAL"}


def results(lexer: Lexer) -> Results | None:
    """`RETURN (…)` and the space behind it; None where the plain answer is wanted."""
    if lexer.text[lexer.at : lexer.at + 7].upper() != b"RETURN ":
        return None
    lexer.at += 7
    names: set[bytes] = set()
    wanted = None
    lexer.expect(b"(")
    while not lexer.take(b")"):
        if names:
            lexer.space()
        word = lexer.word()
        if word not in _OPTIONS or word in names:
            raise BadCommand(f"Unknown or repeated result option {word[:32].decode()}")
        names.add(word)
        if word == b"PARTIAL":
            lexer.space()
            wanted = partial(lexer)
    if names >= {b"ALL", b"PARTIAL"}:
        raise BadCommand("ALL and PARTIAL exclude each other")
    if not names - {b"RELEVANCY"}:
        names.add(b"ALL")  # RFC 4731 §3.1: an empty list asks for ALL
    lexer.space()
    return Results(frozenset(names), wanted)
