"""Checks of a whole message: line ends, loops, and for submission whose name is in From.

Everything here is one pass or a few searches over the bytes; a message of many megabytes is looked at in a
thread.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from backend.formats import headers, line_ends
from backend.formats.encoded_words import decode, unfold

HOP_LIMIT = 50

_WANTED = re.compile(
    rb"^(received|subject|message-id|authentication-results|from)[ \t]*:", re.IGNORECASE | re.MULTILINE
)
_BODY_END = re.compile(rb"\r\n(?![ \t])")


@dataclass(frozen=True, slots=True)
class Facts:
    """What acceptance wants to know of a message. `has_bare_newline`: some CR or LF is not part of a CR
    LF; `has_results`: somebody says what was found of its origin. `authors` counts From fields.
    """

    has_bare_newline: bool
    hops: int
    subject: str
    message_id: str
    has_results: bool = False
    authors: int = 0


def look(raw: bytes) -> Facts:
    """Read the facts from a message as it came."""
    if line_ends.has_bare(raw):
        return Facts(True, 0, "", "")
    end = headers.split(raw)[0]
    hops, subject, message_id, has_results, authors = 0, "", "", False, 0
    for match in _WANTED.finditer(raw, 0, end):
        name = match[1][:1].lower()
        if name == b"r":
            hops += 1
        elif name == b"f":
            authors += 1
        elif name == b"a":
            has_results = True
        elif name == b"s":
            subject = subject or _text(raw, match.end(), end)
        else:
            message_id = message_id or _text(raw, match.end(), end).strip("<>")
    return Facts(False, hops, subject, message_id, has_results, authors)


def _text(raw: bytes, start: int, end: int) -> str:
    """A field body as short text; NUL is no character of a text column in PostgreSQL."""
    line_end = raw.find(b"\r\n", start, end)
    body = raw[start : line_end if line_end >= 0 else end]
    if (
        body.isascii()
        and len(body) <= 300
        and b"=?" not in body
        and raw[line_end + 2 : line_end + 3] not in b" \t"
    ):
        return body.decode("ascii").replace("\0", "").strip()
    match = _BODY_END.search(raw, start, end)
    body = raw[start : min(match.start() if match is not None else end, start + 2000)]
    text = " ".join(decode(unfold(body)).replace("\0", "").split())[:300]
    return text.encode("utf-8", "replace").decode("utf-8")
