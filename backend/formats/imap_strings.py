"""Strings of IMAP responses (RFC 9051 §4.3): quoted where possible, literal where needed.

Text holds one character for each byte (Latin-1), so a response is put together as text and encoded once.
"""

from __future__ import annotations

import re

_SPECIAL = re.compile('[\0\r\n"\\\\\x80-\U0010ffff]')
_LITERAL = re.compile("[\0\r\n\x80-\U0010ffff]")
_TO_ESCAPE = re.compile(r'(["\\])')


def string(text: str) -> str:
    """`"text"`, or `{n}` and the bytes when it holds 8-bit characters, CR or LF; NUL is dropped."""
    if _SPECIAL.search(text) is None:
        return f'"{text}"'
    if _LITERAL.search(text) is None:
        return '"' + _TO_ESCAPE.sub(r"\\\1", text) + '"'
    text = text.replace("\0", "")
    return f"{{{len(text)}}}\r\n{text}" if _LITERAL.search(text) else string(text)


def nstring(text: str | None) -> str:
    """`string`, or NIL for None."""
    return "NIL" if text is None else string(text)
