"""Rows of recipients as they come into the spool."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from backend.directory.names import bare
from backend.kit.db import Tx
from backend.spool import trace
from backend.spool.trace import Event
from backend.spool.types import Attempt, SpooledRecipient, State

GIVEN = "id, message_id, localpart, domain, orcpt, notify, via, priority"
# Mailboxes have no longer names; a rewritten return path (`formats.srs`) has, and is nobody's.
_BARE_LIMIT = 64


async def insert(tx: Tx, recipients: Sequence[SpooledRecipient], *, due_at: int, lease_to: str) -> None:
    """Add open recipient rows; the message's `open_count` is the caller's."""
    await tx.execute_many(
        f"INSERT INTO spool_recipient ({GIVEN}, bare_localpart, state, "
        "next_attempt_at, lease_node, attempts, delay_notified, last_host, last_status, last_reply) "
        f"VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, {int(State.QUEUED)}, ?, ?, 0, 0, '', '', '')",
        [(*_columns(recipient), due_at, lease_to) for recipient in recipients],
    )


async def insert_delivered(
    tx: Tx, recipients: Sequence[SpooledRecipient], attempts: Mapping[int, Attempt], *, now: int
) -> None:
    """Add rows of recipients that the same transaction delivers to: history from the first moment."""
    await tx.execute_many(
        f"INSERT INTO spool_recipient ({GIVEN}, bare_localpart, state, "
        "next_attempt_at, lease_node, attempts, delay_notified, last_attempt_at, last_host, last_status, "
        "last_reply, trace) "
        f"VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, {int(State.DELIVERED)}, ?, '', 1, 0, ?, '', ?, '', ?)",
        [
            (
                *_columns(recipient),
                now,
                now,
                attempts[recipient.id].status,
                trace.line(now, Event.DELIVERED, attempts[recipient.id]),
            )
            for recipient in recipients
        ],
    )


def _columns(r: SpooledRecipient) -> tuple[object, ...]:
    return (
        r.id,
        r.message_id,
        r.localpart,
        r.domain,
        r.orcpt,
        r.notify,
        r.via,
        r.priority,
        bare(r.localpart)[:_BARE_LIMIT],
    )
