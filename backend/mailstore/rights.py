"""Rights on a mailbox (RFC 4314 §2.1), as a bit set and as the letters people and clients write."""

from __future__ import annotations

from enum import IntFlag
from functools import lru_cache

from backend.kit.errors import InvalidSyntax
from backend.mailstore.flag_bits import ALL_MASK, DELETED, SEEN


class Rights(IntFlag):
    """What may be done with a mailbox. Bits are stored and never change their meaning.

    `POST` (mail sent to the mailbox's own address) is kept and told, and decides nothing: mailboxes have no
    addresses here.
    """

    NONE = 0
    LOOKUP = 1 << 0
    READ = 1 << 1
    SEEN = 1 << 2
    WRITE = 1 << 3
    INSERT = 1 << 4
    POST = 1 << 5
    CREATE = 1 << 6
    DELETE_MAILBOX = 1 << 7
    DELETE_MESSAGES = 1 << 8
    EXPUNGE = 1 << 9
    ADMINISTER = 1 << 10


LETTERS = "lrswipkxtea"
ALL = Rights((1 << len(LETTERS)) - 1)

_BY_LETTER = {letter: Rights(1 << at) for at, letter in enumerate(LETTERS)}
# Rights of RFC 2086, which old clients still name (§2.1.1).
OBSOLETE = {
    "c": Rights.CREATE,
    "d": Rights.DELETE_MAILBOX | Rights.DELETE_MESSAGES | Rights.EXPUNGE,
}


def parse(text: str) -> Rights:
    """The rights that letters name, the obsolete `c` and `d` among them. Raises InvalidSyntax."""
    found = Rights.NONE
    for letter in text:
        right = _BY_LETTER.get(letter) or OBSOLETE.get(letter)
        if right is None:
            raise InvalidSyntax(f"There is no right {letter!a}; the rights are {LETTERS}", field="rights")
        found |= right
    return found


def letters(rights: Rights) -> str:
    """The letters in the order of the RFC's list."""
    return "".join(letter for letter, right in _BY_LETTER.items() if rights & right)


def letters_with_obsolete(rights: Rights) -> str:
    """`letters`, and `c` or `d` where a right that it stands for is held (§2.1.1)."""
    return letters(rights) + "".join(letter for letter, right in OBSOLETE.items() if rights & right)


@lru_cache(maxsize=1 << len(LETTERS))
def permitted_flags(rights: Rights) -> int:
    """The flags that these rights let be changed (RFC 4314 §4)."""
    others = ALL_MASK & ~(SEEN | DELETED) if rights & Rights.WRITE else 0
    seen = SEEN if rights & Rights.SEEN else 0
    return others | seen | (DELETED if rights & Rights.DELETE_MESSAGES else 0)
