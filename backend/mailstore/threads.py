"""Which thread a message belongs to: by its references, else by its subject.

A message joins the thread of the nearest message it refers to, also where that has not arrived: the Message-
IDs it names lead to its thread from then on. A reply without references joins what had its base subject
within 30 days.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import blake2b

from backend.formats.subjects import base_subject
from backend.formats.summary import Summary
from backend.kit import clock, db, ids
from backend.kit.db import Tx

SUBJECT_WINDOW_S = 30 * 86400
MAX_REFERENCES = 30

_KNOWN = "SELECT id, thread_id, seen_at FROM thread_key WHERE id = ?"


@dataclass(frozen=True, slots=True)
class Clues:
    """What a message says of its thread: Message-IDs, its own first and then the nearest, and its subject."""

    message_ids: tuple[str, ...]
    base_subject: str
    is_reply: bool


def clues(summary: Summary) -> Clues:
    """The clues in a message; of a long list of references the root and the newest count."""
    newest = list(dict.fromkeys(reversed((*summary.references, *summary.in_reply_to))))
    if len(newest) > MAX_REFERENCES:
        newest = [*newest[: MAX_REFERENCES - 1], newest[-1]]
    named = dict.fromkeys(name for name in (summary.message_id, *newest) if name)
    base, is_reply = base_subject(summary.subject, localized=True)
    return Clues(tuple(named), base.casefold(), is_reply)


async def assign(tx: Tx, account_id: int, found: Clues) -> int:
    """The thread of a new message; its clues lead there from now on. The account must be locked."""
    keys = [_key(account_id, b"m", name) for name in found.message_ids]
    subject_key = _key(account_id, b"s", found.base_subject) if found.base_subject else None
    asked = [*keys, subject_key] if subject_key is not None and found.is_reply else keys
    known = await _known(tx, asked)
    now = clock.now()
    thread_id = next((known[key][0] for key in keys if key in known), None)
    if thread_id is None and subject_key in known:
        led_to, seen_at = known[subject_key]
        thread_id = led_to if now - seen_at <= SUBJECT_WINDOW_S else None
    if thread_id is None:
        thread_id = ids.new_id()
    new = [key for key in keys if key not in known]
    await _lead(tx, account_id, new if subject_key is None else [*new, subject_key], thread_id, now)
    return thread_id


async def astray(account_id: int, found: Clues, thread_id: int) -> tuple[list[int], bool]:
    """Keys of a message's Message-IDs that lead nowhere, and whether the first of them leads elsewhere.

    `assign` leaves none of the one, and never the other: the first key decides, or is new.
    """
    keys = [_key(account_id, b"m", name) for name in found.message_ids]
    known = await _known(db.database(), keys)
    is_elsewhere = bool(keys) and keys[0] in known and known[keys[0]][0] != thread_id
    return [key for key in keys if key not in known], is_elsewhere


async def lead(tx: Tx, account_id: int, keys: Sequence[int], thread_id: int) -> None:
    """Make keys that lead nowhere lead to a thread (repair)."""
    await tx.execute_many(
        "INSERT INTO thread_key (id, account_id, thread_id, seen_at) VALUES (?, ?, ?, ?)"
        " ON CONFLICT (id) DO NOTHING",
        [(key, account_id, thread_id, clock.now()) for key in keys],
    )


def _key(account_id: int, kind: bytes, text: str) -> int:
    """16 bits of the account's hash, 47 of the text's."""
    account = account_id.to_bytes(8, "big")
    high = int.from_bytes(blake2b(account, digest_size=2).digest(), "big")
    low = blake2b(kind + text.encode("utf-8", "replace"), key=account, digest_size=6).digest()
    return high << 47 | int.from_bytes(low, "big") >> 1


async def _known(tx: Tx | db.Database, keys: Sequence[int]) -> dict[int | None, tuple[int, int]]:
    if not keys:
        return {}
    # SQLite makes a table for an IN list, which costs more than these few look-ups.
    rows = await tx.fetch_rows(" UNION ALL ".join([_KNOWN] * len(keys)), *keys)
    return {row[0]: (row[1], row[2]) for row in rows}


async def _lead(tx: Tx, account_id: int, keys: Sequence[int], thread_id: int, now: int) -> None:
    """Make keys lead to a thread; only a subject's can be there already, and then it turns to this one."""
    if keys:
        await tx.execute(
            "INSERT INTO thread_key (id, account_id, thread_id, seen_at) VALUES "
            + ", ".join(["(?, ?, ?, ?)"] * len(keys))
            + " ON CONFLICT (id) DO UPDATE SET thread_id = excluded.thread_id, seen_at = excluded.seen_at",
            *(value for key in keys for value in (key, account_id, thread_id, now)),
        )
