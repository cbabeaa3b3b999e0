"""Names of mailboxes: levels parted by `/`, INBOX in any case, NFC (RFC 3501 §5.1, RFC 9051 §5.1)."""

from __future__ import annotations

from functools import lru_cache
from unicodedata import category, normalize

from backend.kit.errors import InvalidSyntax

INBOX = "INBOX"
SEPARATOR = "/"
# The first levels of mailboxes of other users and of accounts without a person (RFC 2342).
SHARED_NAMES = ("Users", "Shared")
MAX_LEVEL_CHARS = 255
MAX_DEPTH = 20
MAX_CHARS = 1000
# Controls, surrogates, unassigned code points, and the two separators that end a line.
_REFUSED = frozenset({"Cc", "Cs", "Cn", "Zl", "Zp"})


def normal(name: str) -> str:
    """The stored form of a name. Raises InvalidSyntax for what cannot be one.

    A separator at the end only announces children (RFC 3501 §6.3.3) and is dropped.
    """
    return _remembered(name) if len(name) <= MAX_LEVEL_CHARS else _normal(name)


def _normal(name: str) -> str:
    name = normalize("NFC", name).removesuffix(SEPARATOR)
    levels = name.split(SEPARATOR)
    if levels[0].upper() == INBOX:
        levels[0] = INBOX
    if not all(levels):
        raise InvalidSyntax("A mailbox name needs a character in each level", field="name")
    if len(levels) > MAX_DEPTH:
        raise InvalidSyntax(f"A mailbox name has at most {MAX_DEPTH} levels", field="name")
    if any(len(level) > MAX_LEVEL_CHARS for level in levels) or len(name) > MAX_CHARS:
        raise InvalidSyntax("The mailbox name is too long", field="name")
    if any(category(char) in _REFUSED for char in name):
        raise InvalidSyntax("A mailbox name cannot hold control characters", field="name")
    return SEPARATOR.join(levels)


_remembered = lru_cache(maxsize=4096)(_normal)


def own(name: str) -> str:
    """The stored form of a name that the account's own mailbox may be given. Raises InvalidSyntax."""
    wanted = normal(name)
    if wanted.partition(SEPARATOR)[0] in SHARED_NAMES:
        raise InvalidSyntax("Names below Users and Shared are kept for mailboxes of others", field="name")
    return wanted


def parents(name: str) -> list[str]:
    """The names above a normal name, topmost first."""
    levels = name.split(SEPARATOR)
    return [SEPARATOR.join(levels[:depth]) for depth in range(1, len(levels))]


def is_below(name: str, parent: str) -> bool:
    """Whether the name is a child of the parent, at any depth."""
    return name.startswith(parent + SEPARATOR)
