"""Sections of a message's body for FETCH (RFC 3501 §6.4.5, RFC 3516): where they lie, and their bytes.

A message is its prefix (what differs per recipient) and its blob; offsets of the stored parts count in the
blob. Small messages are read whole and cut; of a large one only what is asked for is read, and streamed in
pieces.
"""

from __future__ import annotations

import re
from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import aclosing
from dataclasses import dataclass, replace

from backend.formats import headers, sections, transfer_encoding
from backend.formats.content import decode
from backend.formats.part import Part, unpack
from backend.formats.summary import LISTED_FIELDS
from backend.kit import blobs
from protocol_service.imap.grammar.fetch import BodyItem, Form, Section
from protocol_service.imap.limits import SLICE_BYTES, STREAM_BYTES

Range = tuple[int, int]

_FEW_FIELDS = 6


class UnknownEncoding(Exception):
    """A part's transfer encoding is not known, so that BINARY cannot be answered."""


def is_listed(item: BodyItem) -> bool:
    """Whether the stored header block is enough to answer the item."""
    section = item.section
    return not section.part and section.text == "HEADER.FIELDS" and section.fields <= LISTED_FIELDS


class ListedFields:
    """HEADER.FIELDS out of the stored block: as it stands where it holds nothing that was not asked for.

    When most of the block is wanted it is enough to see that none of the few others is there; when little is,
    only that is looked for.
    """

    def __init__(self, fields: frozenset[bytes]) -> None:
        self._others = [b"\n" + name for name in sorted(LISTED_FIELDS - fields)]
        self.is_all = not self._others
        self._is_most_wanted = len(self._others) <= _FEW_FIELDS
        names = b"|".join(map(re.escape, sorted(fields)))
        # It begins with a line break, which is found much faster than the beginning of a line.
        self._find = re.compile(rb"\n((?:%b)[ \t]*+:.*+(?:\n[ \t].*+)*+)" % names, re.IGNORECASE).findall

    def __call__(self, block: bytes) -> bytes:
        if self._is_most_wanted:
            lines = b"\n" + block.lower()
            if not any(name in lines for name in self._others):
                return block
        found = self._find(b"\n" + block)
        return b"\n".join(found) + b"\n\r\n" if found else b"\r\n"


def select(head: bytes, section: Section) -> bytes:
    """The fields of a header that HEADER.FIELDS (.NOT) names."""
    return headers.select(head, section.fields, negate=section.text.endswith(".NOT"))


def locate(section: Section, root: Part, prefix_size: int) -> Range | None:
    """Where a section lies in the message; for selected fields, where their header lies."""
    if section.is_whole:
        return 0, prefix_size + root.end
    text = "HEADER" if section.text.startswith("HEADER") else section.text
    found = sections.offsets(root, section.part, text)
    if found is None:
        return None
    start, end = found
    # The header of the message itself begins with what was put before it.
    is_own_header = not section.part and text == "HEADER"
    return (0 if is_own_header else start + prefix_size), end + prefix_size


def cut(raw: bytes, item: BodyItem, root: Part | None, prefix_size: int) -> bytes | None:
    """The item's bytes out of a whole message; None where there is no such part. `BODY[]` needs no `root`.

    Raises UnknownEncoding.
    """
    section = item.section
    if item.form is not Form.BODY:
        part = _encoded(item, root, len(raw), prefix_size)
        return None if part is None else _decoded(item, raw[part.start : part.end], part.cte)
    if not section.is_whole:
        found = None if root is None else locate(section, root, prefix_size)
        if found is None:
            return None
        raw = raw[found[0] : found[1]]
        if section.fields:
            raw = select(raw, section)
    return raw if item.partial is None else raw[item.partial[0] : sum(item.partial)]


@dataclass(frozen=True, slots=True)
class Encoded:
    """A part as transferred, from `start` to `end` in the message; `wanted` is a range of its content."""

    start: int
    end: int
    cte: str
    wanted: Range = (0, 0)


def _encoded(item: BodyItem, root: Part | None, size: int, prefix_size: int) -> Encoded | None:
    """Where the part of a BINARY item lies. Only leaves are encoded (RFC 2045 §6.4)."""
    if item.section.is_whole:
        return Encoded(0, size, "")
    part = None if root is None else root.find(item.section.part)
    if part is None:
        return None
    cte = "" if part.children or part.message is not None else part.cte
    if cte not in transfer_encoding.KNOWN:
        raise UnknownEncoding(cte)
    return Encoded(part.body_start + prefix_size, part.end + prefix_size, cte)


def _decoded(item: BodyItem, data: bytes, cte: str) -> bytes:
    data = decode(data, cte)
    if item.form is Form.SIZE:
        return b"%d" % len(data)
    return data if item.partial is None else data[item.partial[0] : sum(item.partial)]


@dataclass(frozen=True, slots=True)
class LargeMessage:
    """A message that is not to be held in memory."""

    prefix: bytes
    blob_id: int
    root: Part

    @classmethod
    def of(cls, prefix: bytes, blob_id: int, parts: bytes) -> LargeMessage:
        return cls(prefix, blob_id, unpack(parts))

    async def find(self, item: BodyItem) -> Range | Encoded | bytes | None:
        """Where the item lies, or its bytes where they are not in one piece. Raises UnknownEncoding."""
        section = item.section
        if item.form is not Form.BODY:
            return await self._find_binary(item)
        found = locate(section, self.root, len(self.prefix))
        if found is None:
            return None
        if section.fields:
            data = select(await self.read(*found), section)
            return data if item.partial is None else data[item.partial[0] : sum(item.partial)]
        if item.partial is None:
            return found
        start, end = found
        return min(start + item.partial[0], end), min(start + sum(item.partial), end)

    async def _find_binary(self, item: BodyItem) -> Encoded | bytes | None:
        size = len(self.prefix) + self.root.end
        found = _encoded(item, self.root, size, len(self.prefix))
        if found is None:
            return None
        if found.end - found.start <= SLICE_BYTES:
            return _decoded(item, await self.read(found.start, found.end), found.cte)
        total = found.end - found.start
        if found.cte not in transfer_encoding.IDENTITY:
            total = 0
            async for piece in self.decoded(found):
                total += len(piece)
        if item.form is Form.SIZE:
            return b"%d" % total
        first, count = item.partial or (0, total)
        return replace(found, wanted=(min(first, total), min(first + count, total)))

    async def decoded(self, part: Encoded) -> AsyncGenerator[bytes, None]:
        """All bytes of a part in pieces, its encoding undone."""
        decoder = transfer_encoding.decoder(part.cte)
        async for piece in self.stream(part.start, part.end):
            yield decoder.feed(piece)
        yield decoder.end()

    async def wanted(self, part: Encoded) -> AsyncIterator[bytes]:
        """Those of the decoded bytes that are wanted, in pieces."""
        at = 0
        first, end = part.wanted
        async with aclosing(self.decoded(part)) as pieces:
            async for piece in pieces:
                yield piece[max(first - at, 0) : max(end - at, 0)]
                at += len(piece)
                if at >= end:
                    break

    async def read(self, start: int, end: int) -> bytes:
        """Some of its bytes."""
        size = len(self.prefix)
        data = self.prefix[start:end]
        if end > size:
            at = max(start - size, 0)
            data += await blobs.read_range(self.blob_id, at, end - size - at)
        return data

    async def stream(self, start: int, end: int) -> AsyncIterator[bytes]:
        """Its bytes in pieces."""
        for at in range(start, end, STREAM_BYTES):
            yield await self.read(at, min(at + STREAM_BYTES, end))
