"""Which thread a message belongs to: by its references, else by its subject.

A message joins the thread of the nearest message it refers to, also where that has not arrived: the Message-
IDs it names lead to its thread from then on. Where the subject is another than that message's, a new thread
begins; marks in front of the old one (`Accepted: `) are no other subject. A reply without references joins
what had its base subject within 30 days.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from hashlib import blake2b
from typing import NamedTuple

from backend.formats.subjects import base_subject
from backend.formats.summary import Summary
from backend.kit import clock, db, ids
from backend.kit.db import Tx
from backend.mailstore.selection import by_values

SUBJECT_WINDOW_S = 30 * 86400
MAX_REFERENCES = 30
MAX_MARKS = 3
_ONE_BY_ONE = MAX_REFERENCES + 2

_COLUMNS = "id, thread_id, seen_at, subject_key"
_KNOWN = f"SELECT {_COLUMNS} FROM thread_key WHERE id = ?"


@dataclass(frozen=True, slots=True)
class Clues:
    """What a message says of its thread: Message-IDs, its own first and then the nearest, and its subject.

    `has_own` is False where it has no Message-ID itself.
    """

    message_ids: tuple[str, ...]
    base_subject: str
    is_reply: bool
    has_own: bool = True


def clues(summary: Summary) -> Clues:
    """The clues in a message; of a long list of references the root and the newest count."""
    newest = list(dict.fromkeys(reversed((*summary.references, *summary.in_reply_to))))
    if len(newest) > MAX_REFERENCES:
        newest = [*newest[: MAX_REFERENCES - 1], newest[-1]]
    named = dict.fromkeys(name for name in (summary.message_id, *newest) if name)
    base, is_reply = base_subject(summary.subject, localized=True)
    return Clues(tuple(named), base.casefold(), is_reply, bool(summary.message_id))


async def assign(tx: Tx, account_id: int, found: Clues) -> int:
    """The thread of a new message; its clues lead there from now on. The account must be locked."""
    return (await assign_all(tx, account_id, [found]))[0]


async def assign_all(tx: Tx, account_id: int, messages: Sequence[Clues]) -> list[int]:
    """`assign` for one message after the other."""
    keyed = [_keys(account_id, found) for found in messages]
    known = await _known(tx, [key for keys in keyed for key in keys.asked])
    now = clock.now()
    led: dict[int, tuple[int, int]] = {}
    thread_ids = []
    for keys in keyed:
        thread_id = keys.thread(known, now) or ids.new_id()
        # Only a subject's key can be there already, and then it turns to this thread.
        new = [key for key in keys.message_ids if key not in known]
        for key in new if keys.subject is None else (*new, keys.subject):
            known[key], led[key] = (thread_id, now, keys.subject or 0), (thread_id, keys.subject or 0)
        thread_ids.append(thread_id)
    if led:
        await tx.execute_many(
            "INSERT INTO thread_key (id, account_id, thread_id, seen_at, subject_key) VALUES (?, ?, ?, ?, ?)"
            " ON CONFLICT (id) DO UPDATE SET thread_id = excluded.thread_id, seen_at = excluded.seen_at",
            [(key, account_id, thread_id, now, subject) for key, (thread_id, subject) in led.items()],
        )
    return thread_ids


# Of a key: its thread, when it was last seen, and the key of the subject that led it there.
Known = tuple[int, int, int]


class _Keys(NamedTuple):
    """Ids of the keys that a message's clues are."""

    message_ids: list[int]
    subject: int | None
    is_reply: bool
    has_own: bool
    marked: Sequence[int]  # what the subject may be but for marks in front of it

    @property
    def asked(self) -> list[int]:
        """Those that may lead the message to a thread."""
        may_follow = self.is_reply and self.subject is not None
        return [*self.message_ids, self.subject] if may_follow else self.message_ids  # type: ignore[list-item]  # not None

    def thread(self, known: dict[int, Known], now: int) -> int | None:
        """Where they lead, of what is known."""
        for number, key in enumerate(self.message_ids):
            if key in known:
                thread_id, _, subject = known[key]
                is_own = self.has_own and not number
                return thread_id if is_own or self._continues(subject) else None
        if not self.is_reply or self.subject not in known:
            return None
        thread_id, seen_at, _ = known[self.subject]
        return thread_id if now - seen_at <= SUBJECT_WINDOW_S else None

    def _continues(self, subject: int) -> bool:
        return not subject or self.subject is None or self.subject == subject or subject in self.marked


def _keys(account_id: int, found: Clues) -> _Keys:
    account = account_id.to_bytes(8, "big")
    subject = _key(account, b"s", found.base_subject) if found.base_subject else None
    marked = []
    if ": " in found.base_subject:
        tails = found.base_subject.split(": ", MAX_MARKS)[1:]
        marked = [_key(account, b"s", ": ".join(tails[at:])) for at in range(len(tails))]
    named = [_key(account, b"m", name) for name in found.message_ids]
    return _Keys(named, subject, found.is_reply, found.has_own, marked)


async def astray(account_id: int, found: Clues, thread_id: int) -> tuple[list[int], bool]:
    """Keys of a message's Message-IDs that lead nowhere, and whether the first of them leads elsewhere.

    `assign` leaves none of the one, and never the other: a message's own key decides, or is new.
    """
    keys = _keys(account_id, found).message_ids
    known = await _known(db.database(), keys)
    is_elsewhere = found.has_own and bool(keys) and keys[0] in known and known[keys[0]][0] != thread_id
    return [key for key in keys if key not in known], is_elsewhere


async def lead(tx: Tx, account_id: int, keys: Sequence[int], thread_id: int) -> None:
    """Make keys that lead nowhere lead to a thread (repair)."""
    await tx.execute_many(
        "INSERT INTO thread_key (id, account_id, thread_id, seen_at) VALUES (?, ?, ?, ?)"
        " ON CONFLICT (id) DO NOTHING",
        [(key, account_id, thread_id, clock.now()) for key in keys],
    )


async def relead(tx: Tx, account_id: int, message_ids: Sequence[str], thread_id: int) -> None:
    """Make Message-IDs lead to another thread than they did."""
    account = account_id.to_bytes(8, "big")
    keys = [_key(account, b"m", name) for name in message_ids if name]
    for chosen in by_values("id", keys):
        await tx.execute(
            f"UPDATE thread_key SET thread_id = ?, subject_key = 0 WHERE {chosen.where}",
            thread_id,
            *chosen.args,
        )


async def merge(tx: Tx, account_id: int, thread_ids: Sequence[int], into: int) -> None:
    """Make everything that leads to one of these threads lead to another."""
    first = _high(account_id.to_bytes(8, "big"))
    await tx.execute(
        f"UPDATE thread_key SET thread_id = ?, subject_key = 0 WHERE id BETWEEN ? AND ? AND account_id = ?"
        f" AND thread_id IN ({db.marks(len(thread_ids))})",
        into,
        first,
        first | (1 << 47) - 1,
        account_id,
        *thread_ids,
    )


def _key(account: bytes, kind: bytes, text: str) -> int:
    """16 bits of the account's hash, 47 of the text's."""
    low = blake2b(kind + text.encode("utf-8", "replace"), key=account, digest_size=6).digest()
    return _high(account) | int.from_bytes(low, "big") >> 1


@lru_cache(maxsize=4096)
def _high(account: bytes) -> int:
    return int.from_bytes(blake2b(account, digest_size=2).digest(), "big") << 47


async def _known(tx: Tx | db.Database, keys: Sequence[int]) -> dict[int, Known]:
    rows: list[db.Row] = []
    if len(keys) <= _ONE_BY_ONE:
        # SQLite makes a table for an IN list, which costs more than these few look-ups.
        rows = await tx.fetch_rows(" UNION ALL ".join([_KNOWN] * len(keys)), *keys) if keys else []
    else:
        for chosen in by_values("id", keys):
            sql = f"SELECT {_COLUMNS} FROM thread_key WHERE {chosen.where}"
            rows += await tx.fetch_rows(sql, *chosen.args)
    return {row[0]: (row[1], row[2], row[3]) for row in rows}
