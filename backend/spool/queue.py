"""Leases and outcomes of spooled recipients.

A claim moves `next_attempt_at` of its recipients to the end of the lease, so work whose worker died becomes
due again by itself. Outcomes are conditional: `delivered`, `failed` and `expanded` need a recipient that is
still open, `deferred` one that is still leased to the same node. Otherwise they raise `LeaseLost`, which
undoes whatever else the transaction brought: a message enters a mailbox exactly once, and nobody is told
twice.

When the last open recipient of a message is settled, the message is finished and its reference on the blob
is given back.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from backend.directory.names import bare
from backend.kit import blobs, db, ids
from backend.kit.db import Dialect, Row, Tx
from backend.kit.errors import Conflict
from backend.spool import trace
from backend.spool.trace import Event
from backend.spool.types import (
    Attempt,
    Claim,
    Instruction,
    SpooledMessage,
    SpooledRecipient,
    SpoolRcpt,
    State,
)
from schema.events import SpoolReady

LEASE_S = 60
PRIORITIES = (1, 0, -1)
CLAIM_RECIPIENTS = 256

_GIVEN = "id, message_id, localpart, domain, orcpt, notify, via, priority"
_RECIPIENT = f"{_GIVEN}, attempts, delay_notified, instruction, route, named_localpart, named_domain"
_MESSAGE = (
    "id, created_at, sender, blob_id, size_bytes, account_id, ret, envid, smtputf8, helo, priority,"
    " requires_tls, remote_address, authentication"
)
_REPLY_LIMIT = 600
_HOST_LIMIT = 300
# Mailboxes have no longer names; a rewritten return path (`formats.srs`) has, and is nobody's.
_BARE_LIMIT = 64
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


async def expanded(
    tx: Tx, recipient: SpooledRecipient, targets: Iterable[SpoolRcpt], *, now: int, lease_to: str
) -> list[SpooledRecipient]:
    """Put the targets of an alias in the place of its recipient, leased to the same node.

    Targets that the message has as recipients already are left out, so a member of two lists gets one copy.
    """
    new = await _added(tx, recipient, targets)
    await _close(tx, recipient.id, State.EXPANDED, Attempt(recipient.id), now=now)
    await insert_recipients(tx, new, due_at=now + LEASE_S, lease_to=lease_to)
    await _count_down(tx, recipient.message_id, 1 - len(new), now=now)
    return new


async def copied(tx: Tx, recipient: SpooledRecipient, targets: Iterable[SpoolRcpt], *, now: int) -> None:
    """Add the targets of a forward beside its recipient, due at once, for any worker.

    It stands before the recipient is settled in the same transaction: the message must not be finished by
    that. Raises `LeaseLost` where that has happened already.
    """
    new = await _added(tx, recipient, targets)
    if not new:
        return
    count = await tx.execute(
        "UPDATE spool_message SET open_count = open_count + ? WHERE id = ? AND open_count > 0",
        len(new),
        recipient.message_id,
    )
    if count != 1:
        raise LeaseLost(recipient.id)
    await insert_recipients(tx, new, due_at=now, lease_to="")
    tx.announce(SpoolReady(now))


async def _added(tx: Tx, recipient: SpooledRecipient, targets: Iterable[SpoolRcpt]) -> list[SpooledRecipient]:
    """The targets as rows, without those that the message has as recipients already."""
    rows = await tx.fetch_rows(
        "SELECT localpart, domain FROM spool_recipient WHERE message_id = ?", recipient.message_id
    )
    known = {(localpart.lower(), domain) for localpart, domain in rows}
    new: list[SpooledRecipient] = []
    for target in targets:
        added = SpooledRecipient(
            ids.new_id(),
            recipient.message_id,
            target.localpart,
            target.domain,
            target.orcpt,
            target.notify,
            target.via,
            recipient.priority,
        )
        if added.key not in known:
            known.add(added.key)
            new.append(added)
    return new


async def insert_recipients(
    tx: Tx, recipients: Sequence[SpooledRecipient], *, due_at: int, lease_to: str
) -> None:
    """Add open recipient rows; the message's `open_count` is the caller's."""
    await tx.execute_many(
        f"INSERT INTO spool_recipient ({_GIVEN}, bare_localpart, state, "
        "next_attempt_at, lease_node, attempts, delay_notified, last_host, last_status, last_reply) "
        f"VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, {int(State.QUEUED)}, ?, ?, 0, 0, '', '', '')",
        [(*_columns(recipient), due_at, lease_to) for recipient in recipients],
    )


async def insert_delivered(
    tx: Tx, recipients: Sequence[SpooledRecipient], attempts: Mapping[int, Attempt], *, now: int
) -> None:
    """Add rows of recipients that the same transaction delivers to: history from the first moment."""
    await tx.execute_many(
        f"INSERT INTO spool_recipient ({_GIVEN}, bare_localpart, state, "
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


async def _settle(tx: Tx, message_id: int, state: State, attempts: Sequence[Attempt], *, now: int) -> None:
    for attempt in attempts:
        await _close(tx, attempt.recipient_id, state, attempt, now=now)
    await _count_down(tx, message_id, len(attempts), now=now)


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


async def _close(tx: Tx, recipient_id: int, state: State, attempt: Attempt, *, now: int) -> None:
    if await tx.execute(_CLOSE, *_closing(state, attempt, now)) != 1:
        raise LeaseLost(recipient_id)


async def _count_down(tx: Tx, message_id: int, count: int, *, now: int) -> None:
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
