"""Acts on messages where a mailbox of another has a part: in it, or moved out of it or into it.

Messages are changed mailbox by mailbox. What the viewer has no right to is told message by message; of flags
it is enough that one may be changed (RFC 4314 §4).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Awaitable, Callable, Sequence

from backend.api.mail.boxes import Box
from backend.directory import limits
from backend.kit.errors import ErrorCode
from backend.mailstore import foreign_copy, reader_flags
from backend.mailstore.flags import change_of
from backend.mailstore.foreign_copy import Act, Place
from backend.mailstore.rights import ALL, Rights, permitted_flags
from backend.mailstore.shared_messages import Group

Failures = dict[int, ErrorCode]
Bits = Callable[[int], Awaitable[tuple[int, int]]]
_MOVING = Rights.READ | Rights.DELETE_MESSAGES | Rights.EXPUNGE


async def flag(user_id: int, groups: Sequence[Group], bits: Bits) -> Failures:
    """Change flags; `bits` gives those to add and to remove as an account numbers them."""
    failed: Failures = {}
    for group in groups:
        permitted = permitted_flags(group.rights)
        add, remove = await bits(group.account_id) if permitted else (0, 0)
        if not (add | remove) & permitted:
            failed |= dict.fromkeys(group.refs.values(), ErrorCode.PERMISSION_DENIED)
            continue
        change = change_of(add, remove).limited_to(permitted)
        await reader_flags.store(user_id, group.account_id, group.mailbox_id, list(group.refs), change)
    return failed


async def move(user_id: int, groups: Sequence[Group], target: Box) -> Failures:
    """Move messages to another mailbox; they are the viewer's own messages too where the target is not."""
    failed: Failures = {}
    quota_bytes = await limits.delivery_quota(target.row.account_id) or None
    for group in groups:
        if group.mailbox_id == target.row.id:
            continue
        if _MOVING & ~group.rights:
            failed |= dict.fromkeys(group.refs.values(), ErrorCode.PERMISSION_DENIED)
            continue
        source = Place(group.account_id, group.mailbox_id)
        place = Place(target.row.account_id, target.row.id)
        act = Act(user_id, source, place, permitted_flags(target.rights), quota_bytes, removes=True)
        await foreign_copy.run(act, list(group.refs))
    return failed


def own_groups(account_id: int, places: Sequence[tuple[int, int, int]]) -> list[Group]:
    """The viewer's own messages, given as (mailbox, UID, ref), as groups."""
    found: dict[int, dict[int, int]] = defaultdict(dict)
    for mailbox_id, uid, ref in places:
        found[mailbox_id][uid] = ref
    return [Group(account_id, mailbox_id, ALL, refs) for mailbox_id, refs in found.items()]
