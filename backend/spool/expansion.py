"""Recipients that others come beside or in the place of: aliases and forwards."""

from __future__ import annotations

from collections.abc import Iterable

from backend.kit import ids
from backend.kit.db import Tx
from backend.spool import recipient_rows, settlements
from backend.spool.queue import LEASE_S
from backend.spool.settlements import LeaseLost
from backend.spool.types import Attempt, SpooledRecipient, SpoolRcpt, State
from schema.events import SpoolReady


async def expanded(
    tx: Tx, recipient: SpooledRecipient, targets: Iterable[SpoolRcpt], *, now: int, lease_to: str
) -> list[SpooledRecipient]:
    """Put the targets of an alias in the place of its recipient, leased to the same node.

    Targets that the message has as recipients already are left out, so a member of two lists gets one copy.
    """
    new = await _added(tx, recipient, targets)
    await settlements.close(tx, recipient.id, State.EXPANDED, Attempt(recipient.id), now=now)
    await recipient_rows.insert(tx, new, due_at=now + LEASE_S, lease_to=lease_to)
    await settlements.count_down(tx, recipient.message_id, 1 - len(new), now=now)
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
    await recipient_rows.insert(tx, new, due_at=now, lease_to="")
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
