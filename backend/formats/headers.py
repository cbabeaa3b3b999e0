"""Header sections of messages and parts (RFC 5322 §2.2) as the bytes they are.

A section ends at its first empty line; CRLF and bare LF both end a line. A line that is no field (the
`From ` line of a mailbox file, garbage) is passed over together with what is folded onto it. Every function
is linear in its input and takes any bytes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from backend.formats.dates import format_date, parse_date
from backend.formats.encoded_words import decode, unfold
from backend.formats.parameters import parse_params
from backend.formats.subjects import base_subject

__all__ = [
    "FieldIndex",
    "base_subject",
    "decode",
    "fields",
    "first",
    "format_date",
    "index",
    "message_ids",
    "parse_date",
    "parse_params",
    "select",
    "spans",
    "split",
    "unfold",
]

# The whole field with its line end, its name, its body as it stands. Nothing is ever given back (++, *+).
_FIELD = re.compile(rb"^(([!-9;-~]++)[ \t]*+:(.*+(?:\n[ \t].*+)*+)\n?)", re.MULTILINE)
_FIRST_LINE = re.compile(rb"[!-9;-~]++[ \t]*+:|>?From |\r?\n")
_MESSAGE_ID = re.compile(rb"<([^<>]++)>")
_SPACE = re.compile(rb"[\s\0]+")

FieldIndex = dict[bytes, list[bytes]]


def split(raw: bytes, start: int = 0, end: int | None = None) -> tuple[int, int]:
    """Where the header of `raw[start:end]` ends (its last line end included) and where its body begins.

    Without an empty line the whole range is header, or body when its first line is no field.
    """
    end = len(raw) if end is None else end
    if raw.startswith(b"\r\n", start, end):
        return start, start + 2
    if raw.startswith(b"\n", start, end):
        return start, start + 1
    crlf = raw.find(b"\n\r\n", start, end)
    lf = raw.find(b"\n\n", start, end if crlf < 0 else crlf)
    if lf >= 0:
        return lf + 1, lf + 2
    if crlf >= 0:
        return crlf + 1, crlf + 3
    return (end, end) if _FIRST_LINE.match(raw, start, end) else (start, start)


def fields(head: bytes) -> list[tuple[bytes, bytes, bytes]]:
    """Every field of a header section as (whole field, name, body), untouched and in order."""
    return _FIELD.findall(head)


def spans(raw: bytes, start: int = 0, end: int | None = None) -> Iterator[tuple[bytes, int, int]]:
    """Every field as (name, start, end) with offsets into `raw`, line end included."""
    end = split(raw, start)[0] if end is None else end
    for match in _FIELD.finditer(raw, start, end):
        yield match[2], match.start(), match.end()


def index(head: bytes) -> FieldIndex:
    """Bodies of the fields by lower-case name, in order of appearance."""
    found: FieldIndex = {}
    for _, name, body in _FIELD.findall(head):
        found.setdefault(name.lower(), []).append(body)
    return found


def first(raw: bytes, name: bytes) -> bytes | None:
    """The unfolded body of the first field of that name (lower case) in a message or header section."""
    values = index(raw[: split(raw)[0]]).get(name)
    return unfold(values[0]) if values else None


def select(head: bytes, names: frozenset[bytes], *, negate: bool = False) -> bytes:
    """The fields named (lower case) or, negated, the others: as they stand, closed by an empty line.

    This is what IMAP calls HEADER.FIELDS and HEADER.FIELDS.NOT (RFC 9051 §6.4.5.1).
    """
    out = [whole for whole, name, _ in _FIELD.findall(head) if (name.lower() in names) is not negate]
    if out and not out[-1].endswith(b"\n"):
        out.append(b"\r\n")
    return b"".join(out) + b"\r\n"


def message_ids(value: bytes, limit: int = 100) -> list[str]:
    """Message identifiers of Message-ID, In-Reply-To or References, without angle brackets, in order.

    Of more than `limit` the first one (the thread's root) and the last ones are kept.
    """
    found = _MESSAGE_ID.findall(value)
    if not found:
        found = [word for word in value.split() if b"@" in word]
    if len(found) > limit:
        found = [found[0], *found[len(found) - limit + 1 :]]
    return [_SPACE.sub(b"", identifier).decode("utf-8", "replace") for identifier in found]
