"""One batch of an act: its messages are changed, and it is marked as done, in one transaction."""

from __future__ import annotations

from dataclasses import dataclass

from backend.kit import clock, db
from backend.kit.db import Tx
from backend.kit.errors import Conflict
from backend.mailstore import shared_messages
from backend.mailstore.bulk import apply, foreign
from backend.mailstore.bulk.foreign import Target
from backend.mailstore.bulk.types import Outcome, Part, State, dump_parts, load_parts
from backend.mailstore.shared_messages import Group
from schema.events import BulkActChanged

# Whoever works on an act moves its end on with each batch.
LEASE_S = 30


class LeaseLost(Conflict):
    """Somebody stopped the act or works on it now; what this transaction brought must not stay."""


@dataclass(frozen=True, slots=True)
class Claim:
    """An act that is ours to work on."""

    act_id: int
    user_id: int
    lease: str


@dataclass(frozen=True, slots=True)
class _Plan:
    """What was looked up before the transaction: where parts go, and which messages are not the user's own
    or leave the user's account.
    """

    parts: list[Part]
    targets: dict[int, Target]
    groups: list[list[Group]]

    @property
    def all_groups(self) -> list[Group]:
        """Of all parts."""
        return [group for of_part in self.groups for group in of_part]


async def run_next(claim: Claim) -> bool:
    """Do the next batch of an act; False where none is left.

    Raises LeaseLost, and what a step may: NotFound and PermissionDenied for its target, OverQuota.
    """
    row = await db.fetch_row(
        "SELECT id, parts FROM bulk_act_batch WHERE act_id = ? AND is_done = 0 ORDER BY number LIMIT 1",
        claim.act_id,
    )
    if row is None:
        return False
    batch_id, plan = row[0], await _plan(claim.user_id, load_parts(row[1]))

    async def verb(tx: Tx) -> None:
        await _apply(tx, claim, batch_id, plan)

    # The last transaction of the act is on disk when it is told that it is done.
    await db.write(verb, durable=False)
    return True


async def _plan(user_id: int, parts: list[Part]) -> _Plan:
    targets = await foreign.targets(user_id, parts)
    groups: list[list[Group]] = []
    for part in parts:
        found = await shared_messages.locate(user_id, part.refs)
        target = targets.get(part.step.move_to)
        if target is not None and target.account_id != user_id:
            found += await foreign.own_groups(user_id, part.refs)
        groups.append(found)
    return _Plan(parts, targets, groups)


async def _apply(tx: Tx, claim: Claim, batch_id: int, plan: _Plan) -> None:
    if plan.all_groups:
        await foreign.lock(tx, claim.user_id, plan.all_groups, plan.targets.values())
    outcome = Outcome()
    for part, groups in zip(plan.parts, plan.groups, strict=True):
        grouped = {ref for group in groups for ref in group.refs.values()}
        own = [ref for ref in part.refs if ref not in grouped]
        if own:
            outcome.include(await apply.own(tx, claim.user_id, part.step, own))
        for group in groups:
            target = plan.targets.get(part.step.move_to)
            outcome.include(await foreign.apply(tx, claim.user_id, part.step, group, target))
    await _mark(tx, claim, batch_id, sum(len(part.refs) for part in plan.parts), outcome)


async def _mark(tx: Tx, claim: Claim, batch_id: int, count: int, outcome: Outcome) -> None:
    marked = await tx.execute(
        "UPDATE bulk_act_batch SET is_done = 1, undo = ?, undo_count = ? WHERE id = ? AND is_done = 0",
        dump_parts(outcome.undo),
        sum(len(part.refs) for part in outcome.undo),
        batch_id,
    )
    held = await tx.execute(
        "UPDATE bulk_act SET done = done + ?, skipped = skipped + ?, due_at = ?, tries = 0"
        " WHERE id = ? AND state = ? AND lease = ?",
        count,
        outcome.skipped,
        clock.now() + LEASE_S,
        claim.act_id,
        State.OPEN,
        claim.lease,
    )
    if not (marked and held):
        raise LeaseLost("The act was stopped")
    tx.announce(BulkActChanged(claim.user_id, claim.act_id))
