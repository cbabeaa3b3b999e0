"""What filters ask of messages that are stored already, read in slices and no wider than they ask."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass

from backend.formats import headers
from backend.formats.part import unpack
from backend.formats.summary import LISTED_FIELDS
from backend.kit import blobs, db
from backend.kit.db import Row
from backend.mailstore.selection import by_values
from backend.rules.definition import Condition, Definition, Field
from backend.rules.facts import Content, MailFacts, names_of

SLICE = 50
_HEADER_BYTES = 64 * 1024
_LISTED = frozenset({Field.FROM, Field.TO, Field.CC, Field.RECIPIENT, Field.SUBJECT})
_CONTENT = frozenset({Field.BODY, Field.SIZE, Field.ATTACHMENT, Field.ATTACHMENT_NAME})
_DELIVERED_TO = re.compile(rb"^Delivered-To:[ \t]*([^\r\n]*)", re.IGNORECASE | re.MULTILINE)


@dataclass(frozen=True, slots=True)
class StoredMail:
    """A message's place, its ref and flags, and what conditions ask of it."""

    place: int
    ref: int
    flags: int
    facts: MailFacts


async def read(places: Sequence[int], definition: Definition) -> AsyncIterator[list[StoredMail]]:
    """The messages at these places, in their order, a slice at a time; those that are gone are left out."""
    is_whole = not all(map(_is_listed, definition.conditions))
    sql = _statement(is_whole=is_whole, reads_text=any(c.field is Field.BODY for c in definition.conditions))
    for at in range(0, len(places), SLICE):
        wanted = places[at : at + SLICE]
        rows = []
        for chosen in by_values("m.id", wanted):
            rows += await db.scan(sql + chosen.where, *chosen.args)
        by_place = {row[0]: row for row in rows}
        yield [await _mail(by_place[place], is_whole) for place in wanted if place in by_place]


def _is_listed(condition: Condition) -> bool:
    """Whether the block of fields that clients list, or what stands beside it, is enough."""
    if condition.field is Field.HEADER:
        return condition.header.lower().encode() in LISTED_FIELDS
    return condition.field in _LISTED or condition.field in _CONTENT


def _statement(*, is_whole: bool, reads_text: bool) -> str:
    header = f"substr(d.data, 1, {_HEADER_BYTES})" if is_whole else "e.head"
    text, joined = "''", ""
    if reads_text:
        text, joined = "t.body", " LEFT JOIN email_text t ON t.id = e.id"
    if is_whole:
        joined += " LEFT JOIN blob_data d ON d.id = e.blob_id"
    return (
        f"SELECT m.id, m.ref, m.flags, m.size_bytes, e.prefix, e.has_attachments, e.parts, e.blob_id, {text},"
        f" {header} FROM message m JOIN email e ON e.id = m.email_id{joined} WHERE "
    )


async def _mail(row: Row, is_whole: bool) -> StoredMail:
    place, ref, flags, size, prefix, has_attachments, parts, blob_id, text, header = row
    if header is None:
        header = await blobs.read_range(blob_id, 0, _HEADER_BYTES)
    head = bytes(header)
    if is_whole:
        head = head[: headers.split(head)[0]]
    found = _DELIVERED_TO.search(bytes(prefix))
    names = names_of(unpack(bytes(parts))) if has_attachments else ()
    return StoredMail(
        place,
        ref,
        flags,
        MailFacts(
            headers.index(head),
            # At delivery the size is that of the message as it came.
            size - len(prefix),
            found[1].decode("utf-8", "replace") if found else "",
            Content(text or "", names, bool(has_attachments)),
        ),
    )
