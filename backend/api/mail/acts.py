"""Acts on many messages at once: flags, move, removal; each message that cannot be changed is told with
its reason.
"""

from __future__ import annotations

from collections.abc import Iterable

import strawberry

from backend.api.inputs import one_id
from backend.api.mail import boxes, foreign_acts
from backend.api.mail.foreign_acts import Failures
from backend.api.mail.types import (
    FailedMessage,
    UpdateMessagesInput,
    UpdateMessagesPayload,
)
from backend.api.scalars import Long
from backend.kit import db
from backend.kit.db import Tx
from backend.kit.errors import ErrorCode, InvalidSyntax, PermissionDenied
from backend.mailstore import (
    changes,
    copy_move,
    expunge,
    flags,
    listing,
    mailboxes,
    mute,
    shared_messages,
    snooze,
)
from backend.mailstore.flag_bits import STANDARD_KEYWORDS, SYSTEM_FLAGS
from backend.mailstore.refs import RefsResult
from backend.mailstore.rights import Rights
from backend.mailstore.shared_messages import Group

MAX_FLAGS = 20
DESTROYABLE = ("trash", "junk", "drafts")


async def update(account_id: int, refs: list[int], change: UpdateMessagesInput) -> UpdateMessagesPayload:
    """Apply one change to all; flags first, then the move or the removal."""
    if sum([bool(change.destroy), change.move_to is not None, change.snooze_until is not None]) > 1:
        raise InvalidSyntax("Messages are moved, snoozed or removed, only one of them", field="moveTo")
    groups = await shared_messages.locate(account_id, refs)
    foreign = {ref for group in groups for ref in group.refs.values()}
    own = [ref for ref in refs if ref not in foreign]
    failed: Failures = {}
    if change.destroy:
        await _require_destroyable(account_id, own)
    if change.mute is not None:
        failed |= _missing(await mute.set_muted(account_id, own, change.mute))
        failed |= dict.fromkeys(foreign, ErrorCode.PERMISSION_DENIED)
    if change.add_flags or change.remove_flags:
        failed |= await _flag(account_id, own, groups, change)
    if change.snooze_until is not None:
        failed |= _missing(await snooze.snooze(account_id, own, change.snooze_until))
        failed |= dict.fromkeys(foreign, ErrorCode.PERMISSION_DENIED)
    elif change.move_to is not None:
        failed |= await _move(account_id, own, groups, one_id(change.move_to, "moveTo"))
    elif change.destroy:
        failed |= _missing(await expunge.expunge_refs(account_id, own))
        failed |= dict.fromkeys(foreign, ErrorCode.PERMISSION_DENIED)
    return await _payload(account_id, failed)


async def _flag(
    account_id: int, own: list[int], groups: list[Group], change: UpdateMessagesInput
) -> Failures:
    async def bits(of_account: int) -> tuple[int, int]:
        return await _bits(of_account, change.add_flags or []), await _bits(
            of_account, change.remove_flags or []
        )

    add, remove = await bits(account_id)
    failed = _missing(await flags.store_refs(account_id, own, add=add, remove=remove)) if own else {}
    return failed | await foreign_acts.flag(account_id, groups, bits)


async def _move(account_id: int, own: list[int], groups: list[Group], target_id: int) -> Failures:
    target = await boxes.find(account_id, target_id, Rights.INSERT)
    if target.is_own:
        failed = _missing(await copy_move.move_refs(account_id, own, target.row.id)) if own else {}
        return failed | await foreign_acts.move(account_id, groups, target)
    rows = await listing.rows(account_id, own)
    there = {row.ref for row in rows}
    mine = foreign_acts.own_groups(account_id, [(row.mailbox_id, row.uid, row.ref) for row in rows])
    failed = {ref: ErrorCode.NOT_FOUND for ref in own if ref not in there}
    return failed | await foreign_acts.move(account_id, [*mine, *groups], target)


def _missing(result: RefsResult) -> Failures:
    return dict.fromkeys(result.missing, ErrorCode.NOT_FOUND)


async def _bits(account_id: int, names: list[str]) -> int:
    if len(names) > MAX_FLAGS:
        raise InvalidSyntax(f"At most {MAX_FLAGS} flags at once", field="addFlags")
    bits, keywords = 0, []
    for name in names:
        if name.startswith("\\"):
            if name not in SYSTEM_FLAGS:
                raise InvalidSyntax(f"There is no flag {name}", field="addFlags")
            bits |= SYSTEM_FLAGS[name]
        else:
            keywords.append(name)
    return bits | (await _keyword_bits(account_id, keywords) if keywords else 0)


async def _keyword_bits(account_id: int, names: Iterable[str]) -> int:
    bits = 0
    unknown = []
    for name in names:
        if name in STANDARD_KEYWORDS:
            bits |= 1 << (STANDARD_KEYWORDS.index(name) + 5)
        else:
            unknown.append(name)
    if not unknown:
        return bits

    async def verb(tx: Tx) -> int:
        return await flags.keyword_bits(tx, account_id, unknown)

    return bits | await db.write(verb, durable=False)


async def _require_destroyable(account_id: int, refs: list[int]) -> None:
    uses = {row.id: row.special_use for row in await mailboxes.list_mailboxes(account_id)}
    for at in range(0, len(refs), 300):
        some = refs[at : at + 300]
        rows = await db.fetch_rows(
            "SELECT DISTINCT mailbox_id FROM message"
            f" WHERE account_id = ? AND ref IN ({db.marks(len(some))})",
            account_id,
            *some,
        )
        if any(uses.get(row[0]) not in DESTROYABLE for row in rows):
            raise PermissionDenied(
                "Only messages in Trash, Junk and Drafts are removed for good: move them to Trash first"
            )


_REASONS = {
    ErrorCode.NOT_FOUND: "The message is no longer there",
    ErrorCode.PERMISSION_DENIED: "You do not have the right to do this with that message",
}


async def _payload(account_id: int, failed: Failures) -> UpdateMessagesPayload:
    return UpdateMessagesPayload(
        state=Long(await changes.account_state(account_id)),
        failed=[
            FailedMessage(id=strawberry.ID(str(ref)), code=code.value, message=_REASONS[code])
            for ref, code in sorted(failed.items())
        ],
        mailboxes=await boxes.visible(account_id),
    )
