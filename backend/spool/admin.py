"""What administrators do with messages in the spool: retry, hold, release, return, drop, hurry.

Every act is one verb over at most `MAX_IDS` messages, answers how many messages it changed and leaves an
audit entry for each of them; ids that name nothing (any more) are passed over. Recipients are changed before
their message, in the order workers do it.

What a worker has in hand stays its own: a retry passes over leased recipients, so nothing is delivered
twice; what is held or dropped meanwhile is either delivered once or not at all. A message from the web does
not leave before its time to undo is over, whatever an administrator does.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from types import MappingProxyType

from backend.directory import audit, policy
from backend.directory.principal import Principal
from backend.directory.roles import Permission
from backend.kit import clock, db
from backend.kit.db import Tx
from backend.kit.errors import InvalidSyntax, LimitExceeded
from backend.spool import listing, queue, settlements
from backend.spool.listing import Filter
from backend.spool.types import Attempt, Instruction
from schema.events import SpoolReady

MAX_IDS = 500
SLICES_AT_ONCE = 10
DROPPED_REPLY = "Dropped by an administrator"


@dataclass(frozen=True, slots=True)
class Progress:
    """How far an act on many messages has come: `before` is where to go on, None at the end."""

    changed: int
    looked_at: int
    before: int | None


Act = Callable[[Principal, list[int]], Awaitable[int]]
"""One of the verbs here or in `reroute`: who, which messages; how many it changed."""
Part = Callable[[Tx, Sequence[int], int], Awaitable[list[int]]]
"""Changes messages in the transaction of an act, at that time; those that were."""


async def retry(actor: Principal, message_ids: Iterable[int]) -> int:
    """Attempt every waiting recipient of these messages now, also at a host that is left alone otherwise;
    those that are held stay so.
    """
    return await perform(actor, "spool.retry", message_ids, _retry)


async def hold(actor: Principal, message_ids: Iterable[int]) -> int:
    """Attempt nothing any more for these messages until they are released."""
    return await perform(actor, "spool.hold", message_ids, _hold)


async def release(actor: Principal, message_ids: Iterable[int]) -> int:
    """Give held messages back to their schedule: what was due meanwhile is attempted now."""
    return await perform(actor, "spool.release", message_ids, _release)


async def drop(actor: Principal, message_ids: Iterable[int]) -> int:
    """Give up every open recipient of these messages; nobody is told."""
    return await perform(actor, "spool.drop", message_ids, _drop)


async def give_back(actor: Principal, message_ids: Iterable[int]) -> int:
    """Return these messages to their senders at the next turn, without another attempt."""
    return await perform(actor, "spool.return", message_ids, _give_back)


async def prioritize(actor: Principal, message_ids: Iterable[int], priority: int) -> int:
    """Let these messages go before (1), among (0) or behind (-1) the others."""
    if priority not in queue.PRIORITIES:
        raise InvalidSyntax("A priority is 1, 0 or -1", field="priority")
    return await perform(actor, "spool.priority", message_ids, partial(_prioritize, priority=priority))


async def act_on(
    actor: Principal,
    act: Act,
    wanted: Filter,
    before: int | None = None,
) -> Progress:
    """Do one of the acts to the next messages that match, newest first; call again with what it answers for
    `before` until that is None.
    """
    changed = looked_at = 0
    for _ in range(SLICES_AT_ONCE):
        found = await listing.ids_page(actor, wanted, before=before, limit=MAX_IDS)
        if found:
            changed += await act(actor, found)
        looked_at += len(found)
        before = found[-1] if len(found) == MAX_IDS else None
        if before is None:
            break
    return Progress(changed, looked_at, before)


async def perform(
    actor: Principal,
    action: str,
    message_ids: Iterable[int],
    part: Part,
    detail: Mapping[str, str] = MappingProxyType({}),
) -> int:
    """Do an act; what `detail` says stands in the audit of each message."""
    policy.require(actor, Permission.SPOOL_MANAGE)
    wanted = sorted(set(message_ids))
    if len(wanted) > MAX_IDS:
        raise LimitExceeded(f"At most {MAX_IDS} messages at once", field="ids")
    if not wanted:
        return 0

    async def verb(tx: Tx) -> int:
        changed = sorted(set(await part(tx, wanted, clock.now())))
        await _record(tx, actor, action, changed, detail)
        return len(changed)

    return await db.write(verb)


async def _retry(tx: Tx, wanted: Sequence[int], now: int) -> list[int]:
    rows = await tx.fetch_rows(
        f"UPDATE spool_recipient SET next_attempt_at = ?, instruction = {int(Instruction.URGENT)} "
        f"WHERE message_id IN ({db.marks(len(wanted))}) AND state = 0 AND lease_node = '' "
        "AND message_id NOT IN (SELECT spool_id FROM submission "
        "WHERE release_at > ? AND state = 'held' AND spool_id IS NOT NULL) RETURNING message_id",
        now,
        *wanted,
        now,
    )
    if rows:
        tx.announce(SpoolReady(now))
    return [row[0] for row in rows]


async def _hold(tx: Tx, wanted: Sequence[int], now: int) -> list[int]:
    # The lease stays with its worker, which may still settle what it has begun.
    rows = await tx.fetch_rows(
        "UPDATE spool_recipient SET state = 1 "
        f"WHERE message_id IN ({db.marks(len(wanted))}) AND state = 0 RETURNING message_id",
        *wanted,
    )
    return await _mark_held(tx, [row[0] for row in rows], held=1)


async def _release(tx: Tx, wanted: Sequence[int], now: int) -> list[int]:
    rows = await tx.fetch_rows(
        "UPDATE spool_recipient SET state = 0, instruction = 0 "
        f"WHERE message_id IN ({db.marks(len(wanted))}) AND state = 1 RETURNING message_id",
        *wanted,
    )
    if rows:
        tx.announce(SpoolReady(now))
    return await _mark_held(tx, [row[0] for row in rows], held=0)


async def _mark_held(tx: Tx, changed: Iterable[int], *, held: int) -> list[int]:
    found = sorted(set(changed))
    await tx.execute_many("UPDATE spool_message SET held = ? WHERE id = ?", [(held, id_) for id_ in found])
    return found


async def _drop(tx: Tx, wanted: Sequence[int], now: int) -> list[int]:
    # Touching the rows first keeps workers from settling them between the look and the drop.
    rows = await tx.fetch_rows(
        "UPDATE spool_recipient SET lease_node = '' "
        f"WHERE message_id IN ({db.marks(len(wanted))}) AND state < 2 RETURNING message_id, id",
        *wanted,
    )
    by_message: dict[int, list[Attempt]] = defaultdict(list)
    for message_id, recipient_id in rows:
        by_message[message_id].append(Attempt(recipient_id, reply=DROPPED_REPLY))
    for message_id, attempts in sorted(by_message.items()):
        await settlements.dropped(tx, message_id, attempts, now=now)
    return list(by_message)


async def _give_back(tx: Tx, wanted: Sequence[int], now: int) -> list[int]:
    rows = await tx.fetch_rows(
        f"UPDATE spool_recipient SET state = 0, instruction = {int(Instruction.RETURN)}, next_attempt_at = ? "
        f"WHERE message_id IN ({db.marks(len(wanted))}) AND state < 2 AND lease_node = '' "
        "RETURNING message_id",
        now,
        *wanted,
    )
    if rows:
        tx.announce(SpoolReady(now))
    return await _mark_held(tx, [row[0] for row in rows], held=0)


async def _prioritize(tx: Tx, wanted: Sequence[int], now: int, *, priority: int) -> list[int]:
    rows = await tx.fetch_rows(
        f"UPDATE spool_recipient SET priority = ? WHERE message_id IN ({db.marks(len(wanted))}) "
        "AND state < 2 AND priority <> ? RETURNING message_id",
        priority,
        *wanted,
        priority,
    )
    return [row[0] for row in rows]


async def _record(
    tx: Tx, actor: Principal, action: str, changed: Sequence[int], detail: Mapping[str, str]
) -> None:
    if not changed:
        return
    rows = await tx.fetch_rows(
        f"SELECT id, sender FROM spool_message WHERE id IN ({db.marks(len(changed))}) ORDER BY id",
        *changed,
    )
    for message_id, sender in rows:
        # No subject here: the audit is kept for years.
        known = {"id": str(message_id), **{key: value for key, value in detail.items() if value}}
        await audit.record(tx, actor, action, f"message from <{sender}>", detail=known)
