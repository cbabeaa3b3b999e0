"""Arguments of commands (RFC 1939 §3, RFC 2449 §4): decimal numbers, separated by a space."""

from __future__ import annotations

import re

from protocol_service.pop3.errors import BadCommand

_VERB = re.compile(rb"[A-Za-z0-9]{3,12}(?![^ ])")
_NUMBER = re.compile(rb"[0-9]{1,18}")


def split(line: bytes) -> tuple[bytes, bytes]:
    """The keyword in upper case, and what follows its space as it stands (a password may hold spaces)."""
    found = _VERB.match(line)
    if found is None:
        raise BadCommand("Unknown command")
    return found[0].upper(), line[found.end() + 1 :]


def nothing(argument: bytes) -> None:
    """No argument; spaces at the end of a line are forgiven."""
    if argument.strip(b" "):
        raise BadCommand("The command takes no argument")


def number(argument: bytes) -> int:
    """One number."""
    return _number(argument.strip(b" "))


def optional_number(argument: bytes) -> int | None:
    """One number or nothing."""
    return _number(stripped) if (stripped := argument.strip(b" ")) else None


def two_numbers(argument: bytes) -> tuple[int, int]:
    """Two numbers."""
    words = argument.split()
    if len(words) != 2:
        raise BadCommand("Two numbers are needed")
    return _number(words[0]), _number(words[1])


def _number(word: bytes) -> int:
    if _NUMBER.fullmatch(word) is None:
        raise BadCommand("A number is needed" if not word else "Not a number")
    return int(word)
