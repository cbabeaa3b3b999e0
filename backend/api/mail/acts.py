"""Acts on many messages at once: flags, move, removal; each message that cannot be changed is told with
its reason.
"""

from __future__ import annotations

from collections.abc import Iterable

import strawberry

from backend.api.inputs import one_id
from backend.api.mail.types import (
    FailedMessage,
    UpdateMessagesInput,
    UpdateMessagesPayload,
    mailboxes_from_rows,
)
from backend.api.scalars import Long
from backend.kit import db
from backend.kit.db import Tx
from backend.kit.errors import ErrorCode, InvalidSyntax, PermissionDenied
from backend.mailstore import changes, copy_move, expunge, flags, mailboxes
from backend.mailstore.flag_bits import STANDARD_KEYWORDS, SYSTEM_FLAGS

MAX_FLAGS = 20
DESTROYABLE = ("trash", "junk", "drafts")


async def update(account_id: int, refs: list[int], change: UpdateMessagesInput) -> UpdateMessagesPayload:
    """Apply one change to all; flags first, then the move or the removal."""
    if change.destroy and change.move_to is not None:
        raise InvalidSyntax("Messages are moved or removed, not both", field="moveTo")
    missing: set[int] = set()
    add = await _bits(account_id, change.add_flags or [])
    remove = await _bits(account_id, change.remove_flags or [])
    if change.destroy:
        await _require_destroyable(account_id, refs)
    if add or remove:
        missing |= set((await flags.store_refs(account_id, refs, add=add, remove=remove)).missing)
    if change.move_to is not None:
        target = await mailboxes.by_id(account_id, one_id(change.move_to, "moveTo"))
        missing |= set((await copy_move.move_refs(account_id, refs, target.id)).missing)
    elif change.destroy:
        missing |= set((await expunge.expunge_refs(account_id, refs)).missing)
    return await _payload(account_id, missing)


async def empty(account_id: int, mailbox_id: int) -> int:
    """Remove every message of Trash or Junk; how many."""
    row = await mailboxes.by_id(account_id, mailbox_id)
    if row.special_use not in ("trash", "junk"):
        raise PermissionDenied("Only Trash and Junk can be emptied")
    return await expunge.empty(account_id, mailbox_id)


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


async def _payload(account_id: int, missing: set[int]) -> UpdateMessagesPayload:
    return UpdateMessagesPayload(
        state=Long(await changes.account_state(account_id)),
        failed=[
            FailedMessage(
                id=strawberry.ID(str(ref)),
                code=ErrorCode.NOT_FOUND.value,
                message="The message is no longer there",
            )
            for ref in sorted(missing)
        ],
        mailboxes=mailboxes_from_rows(await mailboxes.list_mailboxes(account_id)),
    )
