"""IMAP SEARCH in stored text: exact substrings, found by a scan in a thread (rule 7).

Texts were folded at ingest and the needle is folded here. The caller narrows first by what its arrays know
(flags, dates, sizes); frequent header fields have short columns of their own, and any other field is looked
for in the folded header and then verified in the message itself.
"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from backend.formats.encoded_words import decode
from backend.formats.headers import fields, split
from backend.formats.search_text import fold
from backend.kit import blobs, db
from backend.mailstore.selection import LIST_SIZES, Selection, by_uids, everything
from backend.mailstore.types import MAX_UID, place, uid_of

TextField = Literal["subject", "from", "to", "cc", "bcc", "body", "text", "header"]

HEADER_BYTES = 64 * 1024
_COLUMNS = {
    "subject": "f.subject",
    "from": "f.from_text",
    "to": "f.to_text",
    "cc": "f.cc_text",
    "bcc": "f.bcc_text",
}
# Up to so many messages are looked up one by one, more are a scan of the range they lie in.
_LOOKED_UP = 2 * LIST_SIZES[-1]
_VERIFIED_AT_ONCE = 50


@dataclass(frozen=True, slots=True)
class Term:
    """A substring of a field; `name` is the header field's where `field` is `header`."""

    field: TextField
    needle: str
    name: str = ""


async def search_mailbox(
    mailbox_id: int, terms: Sequence[Term], uids: Sequence[int] | None = None
) -> list[int]:
    """UIDs, ascending, of the messages that match all terms, among `uids` (ascending) or in the whole
    mailbox.
    """
    found = uids
    for term in sorted(terms, key=lambda term: term.field in ("text", "body", "header")):
        found = await _matching(mailbox_id, term, found)
        if not found:
            return []
    return [] if found is None else list(found)


async def sent_between(
    mailbox_id: int, low: int | None, high: int | None, uids: Sequence[int] | None = None
) -> list[int]:
    """UIDs, ascending, of messages whose Date field is a unix time from `low` to before `high`."""
    return await _scan(
        mailbox_id,
        "JOIN email e ON e.id = m.email_id",
        "e.sent_at >= ? AND e.sent_at < ?",
        (low if low is not None else -(1 << 62), high if high is not None else 1 << 62),
        uids,
    )


async def saved_between(
    mailbox_id: int, low: int | None, high: int | None, uids: Sequence[int] | None = None
) -> list[int]:
    """UIDs, ascending, of messages that came into the mailbox from `low` to before `high` (unix times)."""
    return await _scan(
        mailbox_id,
        "",
        "m.saved_at >= ? AND m.saved_at < ?",
        (low if low is not None else 0, high if high is not None else 1 << 62),
        uids,
    )


async def of_object(
    mailbox_id: int, kind: Literal["email", "thread"], number: int, uids: Sequence[int] | None = None
) -> list[int]:
    """UIDs, ascending, of the copies of an email or of the messages of a thread."""
    column = "m.email_id" if kind == "email" else "m.thread_id"
    return await _scan(mailbox_id, "", f"{column} = ?", (number,), uids)


async def _matching(mailbox_id: int, term: Term, uids: Sequence[int] | None) -> list[int]:
    needle, name = _storable(fold(term.needle)), _storable(term.name.lower())
    column = _COLUMNS.get(name if term.field == "header" else term.field)
    if column is not None and (needle or term.field != "header"):
        return await _scan(
            mailbox_id,
            "JOIN email_fields f ON f.id = m.email_id",
            f"{_find()}({column}, ?) > 0",
            (needle,),
            uids,
        )
    text = "JOIN email_text t ON t.id = m.email_id"
    if term.field == "body":
        found = await _scan(mailbox_id, text, f"{_find()}(t.body, ?) > 0", (needle,), uids)
        return await _with_documents(mailbox_id, needle, uids, found)
    if term.field == "text":
        both = f"({_find()}(t.headers, ?) > 0 OR {_find()}(t.body, ?) > 0)"
        found = await _scan(mailbox_id, text, both, (needle, needle), uids)
        return await _with_documents(mailbox_id, needle, uids, found)
    # The folded header holds the needle and the name somewhere; whether they meet, the message tells.
    both = f"{_find()}(t.headers, ?) > 0 AND {_find()}(t.headers, ?) > 0"
    likely = await _scan(mailbox_id, text, both, (fold(name), needle), uids)
    return await _verified(mailbox_id, name.encode("utf-8", "replace"), needle, likely)


async def _with_documents(
    mailbox_id: int, needle: str, uids: Sequence[int] | None, found: list[int]
) -> list[int]:
    """What was found in the messages, and what is found in the documents attached to them.

    Few messages have documents, so their texts are walked by themselves, and the scan of all messages does
    not pay for them.
    """
    if not needle or (uids is not None and len(found) == len(uids)):
        return found
    low, high = (1, MAX_UID) if uids is None else (uids[0], uids[-1])
    # The texts are large: they are looked at last, and only those of the mailbox.
    rows = await db.scan(
        "SELECT m.id FROM attachment_text a JOIN message m ON m.email_id = a.id WHERE a.account_id ="
        " (SELECT account_id FROM mailbox WHERE id = ?) AND m.id BETWEEN ? AND ? AND EXISTS"
        f" (SELECT 1 FROM attachment_text t WHERE t.id = m.email_id AND {_find()}(t.body, ?) > 0)",
        mailbox_id,
        place(mailbox_id, low),
        place(mailbox_id, high),
        needle,
    )
    more = {int(uid_of(row[0])) for row in rows}
    if uids is not None:
        more.intersection_update(uids)
    return sorted(more.union(found)) if more else found


def _storable(text: str) -> str:
    """The text as a text column can hold it: what is stored has neither NUL nor lone surrogates."""
    text = text.replace("\0", " ")
    return text if text.isascii() else text.encode("utf-8", "replace").decode()


def _find() -> str:
    return "instr" if db.database().dialect == "sqlite" else "strpos"


async def _scan(
    mailbox_id: int, join: str, where: str, args: tuple[str | int, ...], uids: Sequence[int] | None
) -> list[int]:
    parts = await asyncio.gather(
        *(
            db.scan(
                f"SELECT m.id FROM message m {join} WHERE {chosen.where} AND {where} ORDER BY m.id",
                *chosen.args,
                *args,
            )
            for chosen in await _ranges(mailbox_id, uids)
        )
    )
    found: list[int] = [uid_of(row[0]) for rows in parts for row in rows]
    if uids is None or len(uids) <= _LOOKED_UP:
        return found
    wanted = set(uids)
    return [uid for uid in found if uid in wanted]


async def _ranges(mailbox_id: int, uids: Sequence[int] | None) -> Sequence[Selection]:
    """The messages in pieces that are looked through side by side; of many in two halves."""
    if uids is None:
        row = await db.fetch_row(
            "SELECT (SELECT id FROM message WHERE id BETWEEN ? AND ? ORDER BY id LIMIT 1),"
            " (SELECT id FROM message WHERE id BETWEEN ? AND ? ORDER BY id DESC LIMIT 1)",
            *everything(mailbox_id).args * 2,
        )
        if row is None or row[0] is None:
            return []
        low, high = row
        middle = (low + high) // 2
    elif len(uids) <= _LOOKED_UP:
        return by_uids(mailbox_id, uids, column="m.id")
    else:
        low, middle, high = (place(mailbox_id, uids[at]) for at in (0, len(uids) // 2, -1))
    halves = [(low, middle), (middle + 1, high)] if high - low > _LOOKED_UP else [(low, high)]
    return [Selection("m.id BETWEEN ? AND ?", half) for half in halves]


async def _verified(mailbox_id: int, name: bytes, needle: str, uids: list[int]) -> list[int]:
    """Those of the messages that have the field with the needle in it."""
    found: list[int] = []
    for at in range(0, len(uids), _VERIFIED_AT_ONCE):
        for chosen in by_uids(mailbox_id, uids[at : at + _VERIFIED_AT_ONCE], column="m.id"):
            rows = await db.fetch_rows(
                "SELECT m.id, e.prefix, e.blob_id, substr(d.data, 1, ?) FROM message m"
                " JOIN email e ON e.id = m.email_id LEFT JOIN blob_data d ON d.id = e.blob_id"
                f" WHERE {chosen.where} ORDER BY m.id",
                HEADER_BYTES,
                *chosen.args,
            )
            for place_id, prefix, blob_id, start in rows:
                if start is None:
                    start = await blobs.read_range(blob_id, 0, HEADER_BYTES)
                if _has_field(bytes(prefix) + bytes(start), name, needle):
                    found.append(uid_of(place_id))
    return found


def _has_field(raw: bytes, name: bytes, needle: str) -> bool:
    header = raw[: split(raw)[0]]
    return any(needle in fold(decode(value)) for _, field, value in fields(header) if field.lower() == name)
