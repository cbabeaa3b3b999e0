"""Header fields as a signature covers them: which ones, in what form, and its own without its value.

DKIM (RFC 6376 §3.7, §5.4.2) and ARC (RFC 8617 §5.1) hash alike.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from backend.formats.dkim import relaxed_body, relaxed_field
from backend.formats.headers import fields

# Whole field and its lower-case name.
Fields = Sequence[tuple[bytes, bytes]]

_VALUE = re.compile(rb"((?:^|;)[ \t\r\n]*+b[ \t\r\n]*+=)[^;]*+")


def of(header: bytes) -> list[tuple[bytes, bytes]]:
    """The fields of a header section, in order."""
    return [(whole, name.lower()) for whole, name, _ in fields(header)]


def covered(all_fields: Fields, names: Iterable[bytes], form: str) -> bytes:
    """The fields that the names stand for, canonical: of several of a name the last first, each once, and
    nothing for a name that is used up.
    """
    left: dict[bytes, list[bytes]] = {}
    for whole, name in all_fields:
        left.setdefault(name, []).append(whole)
    out = []
    for name in names:
        found = left.get(name)
        if found:
            out.append(field(found.pop(), form))
    return b"".join(out)


def field(whole: bytes, form: str) -> bytes:
    """A field with its line end in the `simple` or `relaxed` form (RFC 6376 §3.4.1, §3.4.2)."""
    return relaxed_field(whole) if form == "relaxed" else whole


def body(raw: bytes, form: str) -> bytes:
    """A body in the `simple` or `relaxed` form (RFC 6376 §3.4.3, §3.4.4)."""
    if form == "relaxed":
        return relaxed_body(raw)
    end = len(raw)
    while raw.endswith(b"\r\n", 0, end):
        end -= 2
    return raw[:end] + b"\r\n"


def without_value(whole: bytes, form: str) -> bytes:
    """A signature's own field with an empty `b=` and no line end: the last thing that is hashed."""
    name, colon, value = whole.partition(b":")
    emptied = name + colon + _VALUE.sub(rb"\1", value.removesuffix(b"\n").removesuffix(b"\r"), count=1)
    return field(emptied + b"\r\n", form).removesuffix(b"\r\n")
