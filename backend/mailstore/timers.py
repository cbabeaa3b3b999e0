"""Rows of timers: setting, claiming, dropping. What they do stands with each kind (`snooze`, and scheduled
mail and reminders in `submission`).

A timer only names a message; whoever acts on it looks first where the message is now. So moving or removing
the message, by whichever client, is enough to call it off: the row is dropped when its time comes.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from backend.kit import clock, db, ids
from backend.kit.db import Row, Tx
from backend.kit.errors import InvalidSyntax, LimitExceeded
from backend.mailstore.selection import by_values
from backend.mailstore.types import SpecialUse

LEASE_S = 60
MAX_OPEN = 2000
MAX_AHEAD_S = 366 * 86_400


class TimerKind(StrEnum):
    """What happens when the time comes."""

    SEND = "send"
    SNOOZE = "snooze"
    FOLLOW_UP = "follow_up"


@dataclass(frozen=True, slots=True)
class Timer:
    """A row; `wake_at` is None for one that has failed for the reason in `error`."""

    id: int
    account_id: int
    ref: int
    kind: TimerKind
    due_at: int
    wake_at: int | None
    return_to: int | None
    remind_s: int | None
    error: str


_COLUMNS = "id, account_id, ref, kind, due_at, wake_at, return_to, remind_s, error"


def require_ahead(due_at: int, field: str) -> None:
    """Refuse a time that has passed or is more than a year away."""
    now = clock.now()
    if due_at <= now:
        raise InvalidSyntax("That time has passed: choose a later one", field=field)
    if due_at > now + MAX_AHEAD_S:
        raise InvalidSyntax("Choose a time within a year from now", field=field)


async def put(
    tx: Tx,
    account_id: int,
    refs: Sequence[int],
    kind: TimerKind,
    due_at: int,
    *,
    return_to: int | None = None,
    remind_s: int | None = None,
) -> None:
    """Set the timer of these messages, anew where they have one; its `return_to` and its reminder then stay
    where none is given. Raises LimitExceeded.
    """
    count = await tx.fetch_value("SELECT COUNT(*) FROM message_timer WHERE account_id = ?", account_id)
    if count + len(refs) > MAX_OPEN:
        raise LimitExceeded(f"At most {MAX_OPEN} messages can wait for a time")
    now = clock.now()
    await tx.execute_many(
        "INSERT INTO message_timer (id, account_id, ref, kind, due_at, wake_at, set_at, return_to, remind_s,"
        " error) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, '') ON CONFLICT (account_id, ref, kind) DO UPDATE SET"
        " due_at = excluded.due_at, wake_at = excluded.wake_at, set_at = excluded.set_at, error = '',"
        " return_to = COALESCE(excluded.return_to, message_timer.return_to),"
        " remind_s = COALESCE(excluded.remind_s, message_timer.remind_s)",
        [
            (ids.new_id(), account_id, ref, kind.value, due_at, due_at, now, return_to, remind_s)
            for ref in refs
        ],
    )


async def is_set(tx: Tx, account_id: int, ref: int, kind: TimerKind) -> bool:
    """Whether a message has such a timer."""
    found = await tx.fetch_value(
        "SELECT 1 FROM message_timer WHERE account_id = ? AND ref = ? AND kind = ?",
        account_id,
        ref,
        kind.value,
    )
    return found is not None


async def drop(tx: Tx, account_id: int, ref: int, kind: TimerKind) -> bool:
    """Take a message's timer away; whether there was one."""
    gone = await tx.execute(
        "DELETE FROM message_timer WHERE account_id = ? AND ref = ? AND kind = ?", account_id, ref, kind.value
    )
    return bool(gone)


async def drop_claimed(tx: Tx, timer: Timer) -> bool:
    """Take a claimed timer away; False where it was set anew or taken meanwhile: then nothing is to be
    done.
    """
    gone = await tx.execute("DELETE FROM message_timer WHERE id = ? AND wake_at = ?", timer.id, timer.wake_at)
    return bool(gone)


async def fail_claimed(tx: Tx, timer: Timer, reason: str) -> bool:
    """Keep a claimed timer as one that failed, which is not looked at again; False as in `drop_claimed`."""
    held = await tx.execute(
        "UPDATE message_timer SET wake_at = NULL, error = ? WHERE id = ? AND wake_at = ?",
        reason[:500],
        timer.id,
        timer.wake_at,
    )
    return bool(held)


async def prune() -> int:
    """Drop those that failed and whose message was removed or taken up elsewhere since; how many."""
    return await db.write(
        lambda tx: tx.execute(
            "DELETE FROM message_timer WHERE wake_at IS NULL AND NOT EXISTS (SELECT 1 FROM message m"
            " JOIN mailbox b ON b.id = m.mailbox_id WHERE m.ref = message_timer.ref"
            " AND m.account_id = message_timer.account_id AND b.special_use = ?)",
            SpecialUse.SCHEDULED.value,
        )
    )


async def claim(limit: int) -> list[Timer]:
    """Lease what is due for `LEASE_S`, oldest first."""
    now = clock.now()

    async def verb(tx: Tx) -> list[Row]:
        # What another process is about to lease is left to it; without this two could wait for each other.
        lock = " FOR UPDATE SKIP LOCKED" if tx.dialect == "postgres" else ""
        return await tx.fetch_rows(
            # The outer condition is looked at again where another process has just leased the row.
            "UPDATE message_timer SET wake_at = ? WHERE wake_at <= ? AND id IN (SELECT id FROM message_timer"
            f" WHERE wake_at <= ? ORDER BY wake_at LIMIT ?{lock}) RETURNING {_COLUMNS}",
            now + LEASE_S,
            now,
            now,
            limit,
        )

    if await db.fetch_value("SELECT 1 FROM message_timer WHERE wake_at <= ? LIMIT 1", now) is None:
        return []
    return sorted(map(_timer, await db.write(verb, durable=False)), key=lambda timer: timer.due_at)


async def next_wake() -> int | None:
    """When the next timer is to be looked at."""
    found = await db.fetch_value("SELECT MIN(wake_at) FROM message_timer")
    return int(found) if found is not None else None


async def postpone(timer: Timer, seconds: int) -> None:
    """Look at a claimed timer again later."""
    await db.write(
        lambda tx: tx.execute(
            "UPDATE message_timer SET wake_at = ? WHERE id = ? AND wake_at = ?",
            clock.now() + seconds,
            timer.id,
            timer.wake_at,
        )
    )


async def of_messages(account_id: int, refs: Sequence[int]) -> dict[int, Timer]:
    """The timers of these messages; of several of one message, the one that is due first."""
    found: dict[int, Timer] = {}
    # Most accounts have none, and lists ask for every window.
    if await db.fetch_value("SELECT 1 FROM message_timer WHERE account_id = ? LIMIT 1", account_id) is None:
        return found
    for chosen in by_values("ref", refs):
        rows = await db.fetch_rows(
            f"SELECT {_COLUMNS} FROM message_timer WHERE account_id = ? AND {chosen.where}"
            " ORDER BY due_at DESC",
            account_id,
            *chosen.args,
        )
        found.update((row[2], _timer(row)) for row in rows)
    return found


def _timer(row: Row) -> Timer:
    return Timer(row[0], row[1], row[2], TimerKind(row[3]), *row[4:])
