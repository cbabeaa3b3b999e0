"""What became of spooled recipients.

Outcomes are conditional: `delivered` and `failed` need a recipient that is still open, `deferred` one that is
still leased to the same node. Otherwise they raise `LeaseLost`, which undoes whatever else the transaction
brought: a message enters a mailbox exactly once, and nobody is told twice.

When the last open recipient of a message is settled, the message is finished and its reference on the blob
is given back.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from backend.kit import blobs, db
from backend.kit.db import Tx
from backend.kit.errors import Conflict
from backend.spool import trace
from backend.spool.trace import Event
from backend.spool.types import Attempt, Claim, State

_REPLY_LIMIT = 600
_HOST_LIMIT = 300
TRACED = f"trace = CASE WHEN length(trace) < {trace.MOST_CHARS} THEN trace || ? ELSE trace END"
_CLOSE = (
    "UPDATE spool_recipient SET state = ?, lease_node = '', attempts = attempts + 1, "
    f"last_attempt_at = ?, last_host = ?, last_status = ?, last_reply = ?, {TRACED} "
    "WHERE id = ? AND state < 2"
)
_EVENTS = {
    State.DELIVERED: Event.DELIVERED,
    State.FAILED: Event.FAILED,
    State.DROPPED: Event.DROPPED,
    State.EXPANDED: Event.EXPANDED,
}


class LeaseLost(Conflict):
    """Somebody else has taken over or settled a recipient; what this transaction brought must not stay."""

    def __init__(self, recipient_id: int) -> None:
        super().__init__("The recipient is no longer ours to settle", detail={"recipient_id": recipient_id})
        self.recipient_id = recipient_id


async def verified(tx: Tx, message_id: int, results: Sequence[str], *, now: int) -> None:
    """Keep what was found of a message's origin, beside it and in the trace of its open recipients."""
    await tx.execute(
        "UPDATE spool_message SET authentication = ? WHERE id = ?", "\n".join(results), message_id
    )
    await tx.execute(
        f"UPDATE spool_recipient SET {TRACED} WHERE message_id = ? AND state < 2",
        trace.line(now, Event.VERIFIED, Attempt(0, checks=tuple(results))),
        message_id,
    )


async def delivered(tx: Tx, message_id: int, attempts: Sequence[Attempt], *, now: int) -> None:
    """The next hop or the mailbox has these recipients' copies."""
    await _settle(tx, message_id, State.DELIVERED, attempts, now=now)


async def delivered_alone(
    tx: Tx, claims: Sequence[Claim], checks: Sequence[tuple[str, ...]], *, status: str, now: int
) -> None:
    """`delivered` for messages with one open recipient each, in a few statements for all of them; `checks`
    are those of each.
    """
    alike: dict[tuple[str, ...], list[int]] = {}
    for claim, passed in zip(claims, checks, strict=True):
        alike.setdefault(passed, []).append(claim.recipients[0].id)
    for passed, recipients in alike.items():
        settled = await tx.execute(
            f"UPDATE spool_recipient SET state = {int(State.DELIVERED)}, lease_node = '', "
            "attempts = attempts + 1, last_attempt_at = ?, last_host = '', last_status = ?, last_reply = '', "
            f"{TRACED} "
            f"WHERE state < 2 AND id IN ({db.marks(len(recipients))})",
            now,
            status,
            trace.line(now, Event.DELIVERED, Attempt(0, status=status, checks=passed)),
            *recipients,
        )
        if settled != len(recipients):
            raise LeaseLost(recipients[0])
    rows = await tx.fetch_rows(
        "UPDATE spool_message SET open_count = open_count - 1, "
        "finished_at = CASE WHEN open_count <= 1 THEN ? ELSE finished_at END "
        f"WHERE id IN ({db.marks(len(claims))}) RETURNING open_count, blob_id",
        now,
        *(claim.message.id for claim in claims),
    )
    await blobs.release_all(tx, [blob_id for open_count, blob_id in rows if open_count <= 0])


async def delivered_apart(tx: Tx, attempts: Sequence[tuple[int, Attempt]], *, now: int) -> set[int]:
    """`delivered` for recipients of several messages, by the ids of these, each with its own words.

    The ids of recipients that somebody else has settled meanwhile; with them nothing is done.
    """
    wanted = [attempt.recipient_id for _, attempt in attempts]
    lock = " ORDER BY id FOR UPDATE" if tx.dialect == "postgres" else ""
    rows = await tx.fetch_rows(
        f"SELECT id FROM spool_recipient WHERE state < 2 AND id IN ({db.marks(len(wanted))}){lock}", *wanted
    )
    still = {row[0] for row in rows}
    mine = [(message_id, attempt) for message_id, attempt in attempts if attempt.recipient_id in still]
    await tx.execute_many(_CLOSE, [_closing(State.DELIVERED, attempt, now) for _, attempt in mine])
    for count, message_ids in _by_count(message_id for message_id, _ in mine).items():
        finished = await tx.fetch_rows(
            "UPDATE spool_message SET open_count = open_count - ?, "
            "finished_at = CASE WHEN open_count <= ? THEN ? ELSE finished_at END "
            f"WHERE id IN ({db.marks(len(message_ids))}) RETURNING open_count, blob_id",
            count,
            count,
            now,
            *message_ids,
        )
        await blobs.release_all(tx, [blob_id for open_count, blob_id in finished if open_count <= 0])
    return set(wanted) - still


def _by_count(message_ids: Iterable[int]) -> dict[int, list[int]]:
    found: dict[int, list[int]] = {}
    for message_id, count in Counter(message_ids).items():
        found.setdefault(count, []).append(message_id)
    return found


async def failed(tx: Tx, message_id: int, attempts: Sequence[Attempt], *, now: int) -> None:
    """These recipients will never be reached; the caller enqueues the notification in the same
    transaction.
    """
    await _settle(tx, message_id, State.FAILED, attempts, now=now)


async def dropped(tx: Tx, message_id: int, attempts: Sequence[Attempt], *, now: int) -> None:
    """Nothing more is done for these recipients, and nobody is told."""
    await _settle(tx, message_id, State.DROPPED, attempts, now=now)


async def deferred(
    tx: Tx, node: str, attempt: Attempt, *, now: int, next_attempt_at: int, is_delay_notified: bool
) -> None:
    """An attempt did not succeed; the next one is due at `next_attempt_at`."""
    count = await tx.execute(
        "UPDATE spool_recipient SET lease_node = '', next_attempt_at = ?, attempts = attempts + 1, "
        "instruction = 0, "
        # What has been tried twice does not go before what never was.
        "priority = CASE WHEN attempts >= 1 THEN -1 ELSE priority END, "
        f"delay_notified = ?, last_attempt_at = ?, last_host = ?, last_status = ?, last_reply = ?, {TRACED} "
        "WHERE id = ? AND state < 2 AND lease_node = ?",
        next_attempt_at,
        int(is_delay_notified),
        now,
        attempt.host[:_HOST_LIMIT],
        attempt.status,
        attempt.reply[:_REPLY_LIMIT],
        trace.line(now, Event.DEFERRED, attempt, next_attempt_at),
        attempt.recipient_id,
        node,
    )
    if count != 1:
        raise LeaseLost(attempt.recipient_id)


async def note(tx: Tx, recipient_id: int, line: str) -> None:
    """Add a line to the trace of a recipient, settled or not; nothing else changes."""
    await tx.execute(f"UPDATE spool_recipient SET {TRACED} WHERE id = ?", line, recipient_id)


async def _settle(tx: Tx, message_id: int, state: State, attempts: Sequence[Attempt], *, now: int) -> None:
    for attempt in attempts:
        await close(tx, attempt.recipient_id, state, attempt, now=now)
    await count_down(tx, message_id, len(attempts), now=now)


def _closing(state: State, attempt: Attempt, now: int) -> tuple[object, ...]:
    """The arguments of `_CLOSE`."""
    return (
        int(state),
        now,
        attempt.host[:_HOST_LIMIT],
        attempt.status,
        attempt.reply[:_REPLY_LIMIT],
        trace.line(now, _EVENTS[state], attempt),
        attempt.recipient_id,
    )


async def close(tx: Tx, recipient_id: int, state: State, attempt: Attempt, *, now: int) -> None:
    """Settle one recipient; the message's `open_count` is the caller's."""
    if await tx.execute(_CLOSE, *_closing(state, attempt, now)) != 1:
        raise LeaseLost(recipient_id)


async def count_down(tx: Tx, message_id: int, count: int, *, now: int) -> None:
    """So many recipients of a message fewer are open."""
    row = await tx.fetch_row(
        "UPDATE spool_message SET open_count = open_count - ?, "
        "finished_at = CASE WHEN open_count <= ? THEN ? ELSE finished_at END "
        "WHERE id = ? RETURNING open_count, blob_id",
        count,
        count,
        now,
        message_id,
    )
    if row is not None and row[0] <= 0:
        await blobs.release(tx, row[1])
