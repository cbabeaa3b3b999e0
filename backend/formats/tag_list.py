"""Lists of `tag=value` as DKIM, ARC and DMARC write them (RFC 6376 §3.2)."""

from __future__ import annotations

import re

from backend.formats.errors import InvalidSyntax

MOST_BYTES = 16_384
_TAG = re.compile(r"[A-Za-z][A-Za-z0-9_]*")
_BLANKS = re.compile(r"[ \t\r\n]+")


def parse(text: str) -> dict[str, str]:
    """Values by tag, blanks around them taken off and those within kept, in the order they are written.

    Raises `InvalidSyntax` for anything else and for a tag that comes twice.
    """
    if len(text) > MOST_BYTES:
        raise InvalidSyntax("Tag list too long")
    found: dict[str, str] = {}
    parts = text.split(";")
    if not parts[-1].strip():
        parts.pop()
    for part in parts:
        name, equals, value = part.partition("=")
        name = name.strip(" \t\r\n")
        if not equals or _TAG.fullmatch(name) is None or name in found:
            raise InvalidSyntax("Not a tag list")
        found[name] = value.strip(" \t\r\n")
    return found


def packed(value: str) -> str:
    """A value without the blanks that folding may put anywhere into it."""
    return _BLANKS.sub("", value)
