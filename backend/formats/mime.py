"""The MIME scanner: where each part of a message lies (RFC 2045, RFC 2046), in one linear pass a level.

Any bytes give a tree. An outer boundary ends everything inside it, a missing terminator ends with its parent,
a multipart without usable boundary is read as plain text, and what passes a limit becomes an opaque leaf. A
boundary line must be the boundary and nothing else, so that one boundary may begin like another. No part of
the message is copied but header sections.
"""

from __future__ import annotations

import re

from backend.formats.content import decode_part, part_text
from backend.formats.encoded_words import unfold
from backend.formats.envelope import envelope_of
from backend.formats.headers import FieldIndex, index, split
from backend.formats.parameters import Params, clean_filename, parse_params
from backend.formats.part import DEFAULT, Limits, Part, pack, unpack

__all__ = ["DEFAULT", "Limits", "Part", "decode_part", "pack", "part_text", "scan", "scan_indexed", "unpack"]

_BOUNDARY_TAIL = re.compile(rb"(--)?[ \t]*+(?:\r?\n|\Z)")
_TOKEN = re.compile(r"[!#$%&'*+.^_`|{}~0-9a-z-]+")
_LONGEST_BOUNDARY = 1000
_NO_PARAMS: Params = {}
_IDENTITY = frozenset({"7bit", "8bit", "binary"})


def scan(raw: bytes, limits: Limits = DEFAULT) -> Part:
    """The part tree of a message. Never raises; offsets lie within `raw` and within the parent's."""
    header_end, body_start = split(raw)
    return scan_indexed(raw, index(raw[: min(header_end, limits.header_bytes)]), body_start, limits)


def scan_indexed(raw: bytes, found: FieldIndex, body_start: int, limits: Limits = DEFAULT) -> Part:
    """`scan` for a caller that has the header's fields already."""
    return _Scanner(raw, limits).scan(found, body_start)


class _Scanner:
    """One scan: a stack of parts still to be looked into, and how many parts may still be made."""

    def __init__(self, raw: bytes, limits: Limits) -> None:
        self._raw = raw
        self._limits = limits
        self._room = limits.parts - 1
        self._open: list[tuple[Part, int]] = []

    def scan(self, found: FieldIndex, body_start: int) -> Part:
        root = _read_content(found, Part("", 0, body_start, len(self._raw)))
        if root.type != "multipart":
            root.number = "1"
        self._open.append((root, 1))
        while self._open:
            self._look_into(*self._open.pop())
        return root

    def _look_into(self, part: Part, depth: int) -> None:
        if part.type == "multipart":
            self._look_into_multipart(part, depth)
        elif part.type == "message" and part.subtype in ("rfc822", "global"):
            self._look_into_message(part, depth)
        if part.type == "text" or part.message is not None:
            part.lines = self._raw.count(b"\n", part.body_start, part.end)

    def _look_into_multipart(self, part: Part, depth: int) -> None:
        if depth >= self._limits.depth or self._room < 1:
            _make_leaf(part, "application", "octet-stream")
            return
        ranges = self._child_ranges(part)
        if not ranges:
            _make_leaf(part, "text", "plain")
            return
        default = "message" if part.subtype == "digest" else "text"
        prefix = f"{part.number}." if part.number else ""
        part.children = [
            self._read_part(f"{prefix}{number}", start, end, default)
            for number, (start, end) in enumerate(ranges, 1)
        ]
        self._room -= len(ranges)
        for child in part.children:
            if child.type in ("multipart", "message", "text"):
                self._open.append((child, depth + 1))

    def _child_ranges(self, part: Part) -> list[tuple[int, int]]:
        """Where the children of a multipart lie; the last one allowed takes the rest."""
        raw, end = self._raw, part.end
        boundary = part.params.get("boundary", "").rstrip(" ").encode("utf-8", "replace")
        if not 0 < len(boundary) <= _LONGEST_BOUNDARY:
            return []
        line = b"\n--" + boundary
        ranges: list[tuple[int, int]] = []
        start = -1  # of the part that is open
        is_first = raw.startswith(line[1:], part.body_start, end)
        at = part.body_start - 1 if is_first else raw.find(line, part.body_start, end)
        while at >= 0:
            tail = _BOUNDARY_TAIL.match(raw, at + len(line), end)
            if tail is not None:
                if start >= 0:
                    ranges.append((start, max(start, at - 1 if raw[at - 1] == 13 else at)))
                    start = -1
                if tail[1]:
                    break
                start = tail.end()
                if len(ranges) + 1 >= self._room:
                    break
            # The line end of one boundary line may be the line end before the next.
            at = raw.find(line, at + len(line) if tail is None else max(tail.end() - 1, at + 1), end)
        if start >= 0:
            ranges.append((start, end))
        return ranges

    def _look_into_message(self, part: Part, depth: int) -> None:
        if depth >= self._limits.depth or self._room < 1 or part.cte not in _IDENTITY:
            # IMAP cannot describe the inside of an encoded message, nor a message without its inside.
            _make_leaf(part, "application", "octet-stream")
            return
        self._room -= 1
        header_end, body_start = split(self._raw, part.body_start, part.end)
        found = self._index(part.body_start, header_end)
        inner = _read_content(found, Part(part.number, part.body_start, body_start, part.end))
        inner.envelope = envelope_of(found)
        if inner.type != "multipart":
            inner.number += ".1"
        part.message = inner
        self._open.append((inner, depth + 1))

    def _read_part(self, number: str, start: int, end: int, default: str) -> Part:
        header_end, body_start = split(self._raw, start, end)
        part = Part(number, start, body_start, end)
        if default == "message":
            part.type, part.subtype = "message", "rfc822"
        return _read_content(self._index(start, header_end), part) if header_end > start else part

    def _index(self, start: int, end: int) -> FieldIndex:
        return index(self._raw[start : min(end, start + self._limits.header_bytes)])


def _make_leaf(part: Part, type_: str, subtype: str) -> None:
    if part.type == "multipart":
        if not part.number:
            part.number = "1"
        elif part.envelope:  # the root of an embedded message
            part.number += ".1"
        part.params = _NO_PARAMS
    part.type, part.subtype = type_, subtype


def _read_content(found: FieldIndex, part: Part) -> Part:
    """Fill in what the Content fields of a header section say."""
    content_type = found.get(b"content-type")
    if content_type is not None:
        _read_type(content_type[0], part)
    encoding = found.get(b"content-transfer-encoding")
    if encoding is not None:
        part.cte = unfold(encoding[0]).partition(b";")[0].strip().lower().decode("latin-1") or "7bit"
    disposition = found.get(b"content-disposition")
    if disposition is not None:
        part.disposition, part.disposition_params = parse_params(disposition[0])
    name = part.disposition_params.get("filename") or part.params.get("name")
    if name:
        part.filename = clean_filename(name)
    content_id = found.get(b"content-id")
    if content_id is not None:
        part.content_id = unfold(content_id[0]).strip(b"<> \t").decode("latin-1")
    part.description = _wire_text(found, b"content-description")
    part.md5 = _wire_text(found, b"content-md5")
    part.language = _wire_text(found, b"content-language")
    part.location = _wire_text(found, b"content-location")
    return part


def _read_type(value: bytes, part: Part) -> None:
    main, params = parse_params(value)
    type_, slash, subtype = main.partition("/")
    type_, subtype = type_.strip(), subtype.strip()
    if slash and _TOKEN.fullmatch(type_) and _TOKEN.fullmatch(subtype):
        part.type, part.subtype, part.params = type_, subtype, params
    elif type_ == "text":  # `Content-Type: text` of old programs; RFC 2045 §5.2 for everything else
        part.params = params


def _wire_text(found: FieldIndex, name: bytes) -> str | None:
    bodies = found.get(name)
    return unfold(bodies[0]).decode("latin-1") if bodies is not None else None
