"""The collation i;unicode-casemap (RFC 5051), by which IMAP sorts and compares subjects and names."""

from __future__ import annotations

from functools import lru_cache
from unicodedata import normalize


def casemap(text: str) -> str:
    """A text whose UTF-8 octets compare as the collation wants: title case, then decomposed."""
    if text.isascii():
        return text.upper()
    return normalize("NFKD", "".join(map(_title, text)))


@lru_cache(maxsize=8192)
def _title(char: str) -> str:
    """The simple mapping: one character for one (`ß` has none and stays)."""
    mapped = char.title()
    return mapped if len(mapped) == 1 else char
