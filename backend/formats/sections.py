"""Sections of a message as IMAP names them (RFC 9051 §6.4.5.1): `1.2`, `TEXT`, `2.HEADER.FIELDS (SUBJECT)`.

A section is a pair of offsets into the message, so that FETCH may stream it; only selected header fields are
bytes of their own.
"""

from __future__ import annotations

import re

from backend.formats.headers import select
from backend.formats.part import Part

_SPEC = re.compile(
    r"(?:(?P<number>\d+(?:\.\d+)*)(?:\Z|\.(?!\Z)))?"
    r"(?:(?P<fields>HEADER\.FIELDS(?P<negate>\.NOT)?)\s*\((?P<names>[^()]*)\)|(?P<text>HEADER|TEXT|MIME))?",
    re.IGNORECASE,
)

Section = tuple[int, int] | bytes | None


def section(raw: bytes, root: Part, spec: str) -> Section:
    """Offsets (start, end) of a section, the bytes of selected header fields, or None if there is no such."""
    match = _SPEC.fullmatch(spec.strip())
    if match is None:
        return None
    number = match["number"] or ""
    if match["fields"]:
        names = frozenset(name.strip('"').lower().encode() for name in match["names"].split())
        message = message_at(root, number)
        if message is None:
            return None
        head = raw[message.header_start : message.body_start]
        return select(head, names, negate=bool(match["negate"]))
    return offsets(root, number, (match["text"] or "").upper())


def offsets(root: Part, number: str, text: str = "") -> tuple[int, int] | None:
    """Offsets of part `number` (`""` is the message) or of its `HEADER`, `TEXT` or `MIME`."""
    if text in ("HEADER", "TEXT"):
        message = message_at(root, number)
        if message is None:
            return None
        if text == "HEADER":
            return message.header_start, message.body_start
        return message.body_start, message.end
    if not number:
        return None if text else (root.header_start, root.end)
    part = root.find(number)
    if part is None:
        return None
    return (part.header_start, part.body_start) if text == "MIME" else (part.body_start, part.end)


def message_at(root: Part, number: str) -> Part | None:
    """The message whose header `number` names: the root, or the one inside a message/rfc822 part."""
    if not number:
        return root
    part = root.find(number)
    return part.message if part is not None else None
