"""Flags between the wire's names and the store's bit sets.

Bits 0 to 4 are the system flags, bits from 5 the account's keywords in their order
(`backend.mailstore.flags`). Answers look their flags up in a `FlagTable`, which renders each set that occurs
once; keywords are only ever added, so a table is kept for each list of keywords that an account has had.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from backend.mailstore import flag_bits

SYSTEM_FLAGS = tuple(name.encode() for name in flag_bits.SYSTEM_FLAGS)

_REMEMBERED = 4096
_BITS = {name.lower().encode(): bit for name, bit in flag_bits.SYSTEM_FLAGS.items()}


class FlagTable(dict[int, bytes]):
    """Bit set to the words between the parentheses of FLAGS; a set is rendered when it is first asked for.

    Bits beyond the known keywords are passed over and noted in `unknown`.
    """

    def __init__(self, keywords: tuple[str, ...]) -> None:
        super().__init__()
        self.unknown = 0
        self.names = (*SYSTEM_FLAGS, *(name.encode("ascii", "replace") for name in keywords))
        self.told = b"* FLAGS (%b)\r\n" % b" ".join(self.names)

    def __missing__(self, flags: int) -> bytes:
        if flags >> flag_bits.FIRST_KEYWORD_BIT + len(self.names) - len(SYSTEM_FLAGS):
            self.unknown |= flags
        words = b" ".join(name for at, name in enumerate(self.names) if flags >> at & 1)
        if len(self) < _REMEMBERED and not self.unknown:
            self[flags] = words
        return words


@lru_cache(maxsize=512)
def table(keywords: tuple[str, ...]) -> FlagTable:
    """The table for an account with these keywords."""
    return FlagTable(keywords)


def system_bits(names: Sequence[bytes]) -> tuple[int, list[str]]:
    """The bits of the system flags among the names (as `grammar.flags` gives them), and the keywords left
    over.
    """
    bits, keywords = 0, []
    for name in names:
        bit = _BITS.get(name.lower())
        if bit is None:
            keywords.append(name.decode("ascii"))
        else:
            bits |= bit
    return bits, keywords
