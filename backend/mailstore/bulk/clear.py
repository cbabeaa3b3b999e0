"""What an act does when all its messages are done: empty mailboxes below Trash are removed."""

from __future__ import annotations

from backend.kit import db
from backend.kit.errors import Conflict, NotFound
from backend.mailstore import mailbox_removal, mailboxes
from backend.mailstore.bulk import rows
from backend.mailstore.bulk.types import State


async def after(user_id: int, act_id: int) -> None:
    """Remove the empty mailboxes below the one that the act clears, the deepest first. One that was given
    messages meanwhile stays, and those above it; so it may be done twice.
    """
    act = await rows.find(db.database(), user_id, act_id)
    if act.state is not State.OPEN or act.step is None or not act.step.clear_below:
        return
    found = await mailboxes.below(user_id, act.step.clear_below)
    for row in sorted(found, key=lambda row: row.name.count("/"), reverse=True):
        try:
            await mailbox_removal.delete(user_id, row.name, only_empty=True)
        except (Conflict, NotFound):
            continue
