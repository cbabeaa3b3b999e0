"""A step on messages where a mailbox of another has a part, as a part of a verb: rights are looked at before
it, and what they do not allow is left.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from backend.directory import limits
from backend.kit import db
from backend.kit.db import Tx
from backend.kit.errors import NotFound
from backend.mailstore import flags, foreign_copy, keywords, mailboxes, reader_flags, shares
from backend.mailstore import modseq as modseqs
from backend.mailstore.bulk.apply import bits, names_of, undo_of
from backend.mailstore.bulk.types import Outcome, Part, Step
from backend.mailstore.foreign_copy import Act, Place
from backend.mailstore.rights import ALL, Rights, permitted_flags
from backend.mailstore.selection import by_uids, by_values
from backend.mailstore.shared_messages import Group
from backend.mailstore.types import mailbox_of, place, uid_of

_MOVING = Rights.READ | Rights.DELETE_MESSAGES | Rights.EXPUNGE


@dataclass(frozen=True, slots=True)
class Target:
    """Where messages go: whose mailbox it is, and the rights on it."""

    account_id: int
    mailbox_id: int
    rights: Rights
    quota_bytes: int | None


async def targets(user_id: int, parts: Iterable[Part]) -> dict[int, Target]:
    """The mailboxes that steps move to. Raises NotFound, PermissionDenied."""
    found: dict[int, Target] = {}
    for mailbox_id in {part.step.move_to for part in parts} - {0}:
        try:
            row, rights = await mailboxes.by_id(user_id, mailbox_id), ALL
        except NotFound:
            box = await shares.by_id(user_id, mailbox_id, Rights.INSERT)
            row, rights = box.row, box.rights
        quota = await limits.delivery_quota(row.account_id) or None
        found[mailbox_id] = Target(row.account_id, mailbox_id, rights, quota)
    return found


async def own_groups(user_id: int, refs: list[int]) -> list[Group]:
    """The user's own messages by mailbox, as others' are grouped."""
    found: dict[int, dict[int, int]] = defaultdict(dict)
    for chosen in by_values("ref", refs):
        rows = await db.fetch_rows(
            f"SELECT id, ref FROM message WHERE {chosen.where} AND account_id = ? ORDER BY id",
            *chosen.args,
            user_id,
        )
        for place_id, ref in rows:
            found[mailbox_of(place_id)][uid_of(place_id)] = ref
    return [Group(user_id, mailbox_id, ALL, refs_there) for mailbox_id, refs_there in found.items()]


async def lock(tx: Tx, user_id: int, groups: Iterable[Group], to: Iterable[Target]) -> None:
    """Lock the accounts that have a part, in one order, so that two who act crosswise do not wait."""
    for account_id in sorted({user_id, *(one.account_id for one in groups), *(one.account_id for one in to)}):
        await modseqs.lock(tx, account_id)


async def apply(tx: Tx, user_id: int, step: Step, group: Group, target: Target | None) -> Outcome:
    """Do a step to the messages of one mailbox."""
    permitted = permitted_flags(group.rights)
    add = await bits(tx, group.account_id, step.add) & permitted if permitted else 0
    remove = await bits(tx, group.account_id, step.remove) & permitted if permitted else 0
    is_moved = target is not None and target.mailbox_id != group.mailbox_id
    if (
        step.destroy
        or (step.only_in and step.only_in != group.mailbox_id)
        or (is_moved and _MOVING & ~group.rights)
        or not (add or remove or step.move_to)
    ):
        return Outcome(skipped=len(group.refs))
    source = Place(group.account_id, group.mailbox_id)
    chosen = by_uids(group.mailbox_id, group.refs, column="m.id")
    rows = await foreign_copy.read(tx, user_id, source, chosen)
    uids: list[int] = [uid_of(row[0]) for row in rows]
    if (add or remove) and uids:
        await _flag(tx, user_id, group, uids, add, remove)
    refs_now = {uid: group.refs[uid] for uid in uids}
    if is_moved and target is not None and uids:
        act = Act(
            user_id,
            source,
            Place(target.account_id, target.mailbox_id),
            permitted_flags(target.rights),
            target.quota_bytes,
            removes=True,
        )
        result = await foreign_copy.run_in(tx, act, uids)
        if target.account_id != group.account_id:
            # Another account's messages are new ones there, with refs of their own.
            refs_now = {old: place(target.mailbox_id, new) for old, new in result.pairs}
    names = await keywords.names_in(tx, group.account_id)
    before = [
        (group.mailbox_id, refs_now[uid], row[1])
        for uid, row in zip(uids, rows, strict=True)
        if uid in refs_now
    ]
    undo = undo_of(step, before, add, remove, lambda bit: names_of(bit, names))
    return Outcome(undo, skipped=len(group.refs) - len(uids))


async def _flag(tx: Tx, user_id: int, group: Group, uids: list[int], add: int, remove: int) -> None:
    change = flags.change_of(add, remove)
    if group.account_id == user_id:
        modseq = await modseqs.take(tx, user_id)
        await flags.apply_in(tx, user_id, group.mailbox_id, uids, change, modseq)
        return
    await reader_flags.store_in(tx, user_id, group.account_id, group.mailbox_id, uids, change)
