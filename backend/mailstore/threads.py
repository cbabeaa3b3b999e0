"""Which thread a message belongs to: by its references, else by its subject.

A message joins the thread of the nearest message it refers to, also where that has not arrived: the Message-
IDs it names lead to its thread from then on. A reply without references joins what had its base subject
within 30 days.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from hashlib import blake2b

from backend.formats.subjects import base_subject
from backend.kit import clock, ids
from backend.kit.db import Tx, marks

SUBJECT_WINDOW_S = 30 * 86400
MAX_REFERENCES = 30


async def assign(tx: Tx, account_id: int, message_id: str, references: Sequence[str], subject: str) -> int:
    """The thread of a new message; its identifiers lead there from now on. The account must be locked."""
    base, is_reply = base_subject(subject, localized=True)
    named = _nearest(message_id, references)
    keys = [_key(account_id, b"m", name) for name in named]
    subject_key = _key(account_id, b"s", base.casefold()) if base else None
    known = await _known(tx, [*keys, subject_key] if subject_key is not None else keys)
    now = clock.now()
    thread_id = next((known[key][0] for key in keys if key in known), None)
    if thread_id is None and is_reply and subject_key in known:
        found, seen_at = known[subject_key]
        thread_id = found if now - seen_at <= SUBJECT_WINDOW_S else None
    if thread_id is None:
        thread_id = ids.new_id()
    await _lead(tx, account_id, [key for key in keys if key not in known], thread_id, now)
    if subject_key is not None:
        await _lead_subject(tx, account_id, subject_key, thread_id, now)
    return thread_id


def _nearest(message_id: str, references: Sequence[str]) -> list[str]:
    """The message's own identifier and those it names, nearest first; of many the root and the newest."""
    newest = list(dict.fromkeys(reversed(references)))
    if len(newest) > MAX_REFERENCES:
        newest = [*newest[: MAX_REFERENCES - 1], newest[-1]]
    return list(dict.fromkeys(name for name in (message_id, *newest) if name))


def _key(account_id: int, kind: bytes, text: str) -> int:
    """16 bits of the account's hash, 47 of the text's."""
    account = account_id.to_bytes(8, "big")
    high = int.from_bytes(blake2b(account, digest_size=2).digest(), "big")
    low = blake2b(kind + text.encode("utf-8", "replace"), key=account, digest_size=6).digest()
    return high << 47 | int.from_bytes(low, "big") >> 1


async def _known(tx: Tx, keys: Sequence[int]) -> dict[int | None, tuple[int, int]]:
    if not keys:
        return {}
    rows = await tx.fetch_rows(
        f"SELECT id, thread_id, seen_at FROM thread_key WHERE id IN ({marks(len(keys))})", *keys
    )
    return {row[0]: (row[1], row[2]) for row in rows}


async def _lead(tx: Tx, account_id: int, keys: Iterable[int], thread_id: int, now: int) -> None:
    await tx.execute_many(
        "INSERT INTO thread_key (id, account_id, thread_id, seen_at) VALUES (?, ?, ?, ?)"
        " ON CONFLICT (id) DO NOTHING",
        [(key, account_id, thread_id, now) for key in keys],
    )


async def _lead_subject(tx: Tx, account_id: int, key: int, thread_id: int, now: int) -> None:
    await tx.execute(
        "INSERT INTO thread_key (id, account_id, thread_id, seen_at) VALUES (?, ?, ?, ?)"
        " ON CONFLICT (id) DO UPDATE SET thread_id = excluded.thread_id, seen_at = excluded.seen_at",
        key,
        account_id,
        thread_id,
        now,
    )
