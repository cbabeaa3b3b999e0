"""Leases of spooled recipients.

A claim moves `next_attempt_at` of its recipients to the end of the lease, so work whose worker died becomes
due again by itself.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from backend.kit import db
from backend.kit.db import Dialect, Row, Tx
from backend.spool.recipient_rows import GIVEN
from backend.spool.types import (
    Claim,
    Instruction,
    SpooledMessage,
    SpooledRecipient,
    State,
)

LEASE_S = 60
PRIORITIES = (1, 0, -1)
CLAIM_RECIPIENTS = 256

_RECIPIENT = f"{GIVEN}, attempts, delay_notified, instruction, route, named_localpart, named_domain"
_MESSAGE = (
    "id, created_at, sender, blob_id, size_bytes, account_id, ret, envid, smtputf8, helo, priority,"
    " requires_tls, remote_address, authentication"
)


async def claim(tx: Tx, node: str, *, now: int, limit: int = CLAIM_RECIPIENTS) -> list[Claim]:
    """Lease due recipients to `node`, by priority and then those due longest first, whole messages where
    several are due.

    A lease lasts `LEASE_S`; whoever claims after that takes the work over, so a delivery may be attempted
    twice but is never lost. Held recipients are passed over.
    """
    statement = claim_statement(tx.dialect)
    rows: list[Row] = []
    for priority in PRIORITIES:
        if len(rows) < limit:
            leased_until = now + LEASE_S
            rows += await tx.fetch_rows(statement, priority, now, limit - len(rows), node, leased_until, now)
    return await _with_messages(tx, rows)


def claim_statement(dialect: Dialect) -> str:
    """Leases the due recipients of one priority: (priority, now, limit, node, end of the lease, now)."""
    lock = " FOR UPDATE SKIP LOCKED" if dialect == "postgres" else ""
    return (
        # Materialized: PostgreSQL would run a plain subquery again for other rows and lock too many.
        "WITH due AS MATERIALIZED (SELECT message_id FROM spool_recipient"
        " WHERE state = 0 AND priority = ? AND next_attempt_at <= ?"
        f" ORDER BY next_attempt_at LIMIT ?{lock}) "
        "UPDATE spool_recipient SET lease_node = ?, next_attempt_at = ?"
        # The signs keep SQLite from walking through all that is due once more: it shall go by message.
        " WHERE message_id IN (SELECT message_id FROM due) AND +state = 0 AND +next_attempt_at <= ?"
        f" RETURNING {_RECIPIENT}"
    )


async def _with_messages(tx: Tx, rows: Iterable[Row]) -> list[Claim]:
    recipients: dict[int, list[SpooledRecipient]] = {}
    for row in rows:
        recipients.setdefault(row[1], []).append(_recipient(row))
    if not recipients:
        return []
    found: list[Row] = []
    wanted = sorted(recipients)
    for start in range(0, len(wanted), 200):
        part = wanted[start : start + 200]
        found += await tx.fetch_rows(
            f"SELECT {_MESSAGE} FROM spool_message WHERE id IN ({db.marks(len(part))}) ORDER BY id", *part
        )
    return [Claim(message, tuple(recipients[message.id])) for message in map(_message, found)]


def _recipient(row: Row) -> SpooledRecipient:
    return SpooledRecipient(
        id=row[0],
        message_id=row[1],
        localpart=row[2],
        domain=row[3],
        orcpt=row[4],
        notify=row[5],
        via=row[6],
        priority=row[7],
        attempts=row[8],
        is_delay_notified=bool(row[9]),
        is_to_be_returned=row[10] == Instruction.RETURN,
        is_urgent=row[10] == Instruction.URGENT,
        route=row[11],
        named=f"{row[12]}@{row[13]}" if row[13] else "",
    )


def _message(row: Row) -> SpooledMessage:
    return SpooledMessage(
        id=row[0],
        created_at=row[1],
        sender=row[2],
        blob_id=row[3],
        size_bytes=row[4],
        account_id=row[5],
        ret=row[6],
        envid=row[7],
        is_smtputf8=bool(row[8]),
        helo=row[9],
        priority=row[10],
        requires_tls=bool(row[11]),
        remote_address=row[12],
        authentication=row[13],
    )


async def renew(tx: Tx, node: str, recipient_ids: Sequence[int], *, now: int) -> None:
    """Extend the leases that `node` still holds on these recipients."""
    await tx.execute_many(
        "UPDATE spool_recipient SET next_attempt_at = ? WHERE id = ? AND lease_node = ? AND state < 2",
        [(now + LEASE_S, recipient_id, node) for recipient_id in recipient_ids],
    )


async def give_back(tx: Tx, nodes: Sequence[str], *, now: int) -> int:
    """Make everything leased to these nodes due at once (a worker that stops, or is known to be dead)."""
    return await tx.execute(
        "UPDATE spool_recipient SET lease_node = '', next_attempt_at = ? "
        f"WHERE state = 0 AND lease_node IN ({db.marks(len(nodes))})",
        now,
        *nodes,
    )


async def postpone(tx: Tx, node: str, recipient_ids: Sequence[int], *, until: int) -> None:
    """Give leases back until a later time without counting an attempt (a crowded destination)."""
    await tx.execute_many(
        "UPDATE spool_recipient SET lease_node = '', next_attempt_at = ? "
        "WHERE id = ? AND lease_node = ? AND state = 0",
        [(until, recipient_id, node) for recipient_id in recipient_ids],
    )


async def pause(tx: Tx, node: str, recipient_ids: Sequence[int]) -> None:
    """Hold leased recipients because their destination is paused; no attempt is counted."""
    await tx.execute_many(
        "UPDATE spool_recipient SET state = ?, instruction = ?, lease_node = '' "
        "WHERE id = ? AND lease_node = ? AND state = 0",
        [(int(State.HELD), int(Instruction.PAUSED), recipient_id, node) for recipient_id in recipient_ids],
    )


async def nodes_with_leases() -> list[str]:
    """Every node that holds a lease."""
    rows = await db.scan(
        "SELECT DISTINCT lease_node FROM spool_recipient WHERE state = 0 AND lease_node <> ''"
    )
    return [row[0] for row in rows]


async def next_due_at() -> int | None:
    """When the next recipient becomes due; leases count at their end."""
    due: int | None = await db.fetch_value(
        "SELECT MIN(due_at) FROM ("
        + " UNION ALL ".join(
            "SELECT MIN(next_attempt_at) AS due_at FROM spool_recipient"
            f" WHERE state = 0 AND priority = {class_}"
            for class_ in PRIORITIES
        )
        + ") AS classes"
    )
    return due


async def still_open(recipient_ids: Sequence[int]) -> set[int]:
    """Those of the recipients that are not settled."""
    rows = await db.fetch_rows(
        f"SELECT id FROM spool_recipient WHERE state < 2 AND id IN ({db.marks(len(recipient_ids))})",
        *recipient_ids,
    )
    return {row[0] for row in rows}
