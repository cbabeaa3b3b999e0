"""Beginning an act: on messages that the caller names, or on all that a query finds."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, tzinfo

from backend.kit import clock, db
from backend.kit.db import Tx
from backend.kit.errors import InvalidSyntax, LimitExceeded
from backend.mailstore import arranged, keywords, mailboxes, shares, web_search
from backend.mailstore.arranged import Filter
from backend.mailstore.bulk import rows
from backend.mailstore.bulk.types import Act, Step
from backend.mailstore.flag_bits import SYSTEM_FLAGS
from backend.mailstore.rights import Rights
from backend.mailstore.selection import everything

__all__ = ["MAX_HOLD_S", "Query", "begin", "begin_query", "refs_of"]

MAX_HOLD_S = 60
MAX_FLAGS = 20


@dataclass(frozen=True, slots=True)
class Query:
    """All messages of a mailbox, or those of a filter, or all that a search finds, in a mailbox or in all of
    the user's; the days that a search names are those of the zone. `with_below`: also all of the mailboxes
    below.
    """

    mailbox_id: int | None = None
    search: str = ""
    filter: Filter = ""
    zone: tzinfo = UTC
    with_below: bool = False


async def begin(user_id: int, refs: Sequence[int], step: Step, *, label: str = "", hold_s: int = 0) -> Act:
    """Begin an act on these messages, own ones and others'; a worker takes it up after `hold_s` seconds.

    Rights are looked at when each batch is done; what may not be changed is left and counted. Raises
    InvalidSyntax for a step that does nothing, LimitExceeded for too many messages or too many open acts.
    """
    _check(step)
    if len(refs) > rows.MAX_MESSAGES:
        raise LimitExceeded(f"At most {rows.MAX_MESSAGES} messages at once")
    due_at = clock.now() + min(max(0, hold_s), MAX_HOLD_S)

    async def verb(tx: Tx) -> Act:
        act_id = await rows.insert(tx, user_id, total=len(refs), step=step, label=label, due_at=due_at)
        await rows.insert_batches(tx, act_id, step, refs)
        return await rows.find(tx, user_id, act_id)

    return await db.write(verb)


async def begin_query(user_id: int, query: Query, step: Step, *, label: str = "", hold_s: int = 0) -> Act:
    """Begin an act on all that a query finds now; what arrives later is not touched.

    Raises NotFound and PermissionDenied for a mailbox that the user may not read, or move to.
    """
    _check(step)
    if query.with_below:
        step = replace(step, clear_below=await _trash_to_clear(user_id, query, step))
    if step.move_to:
        await shares.require_any(user_id, step.move_to, Rights.INSERT)
    return await begin(user_id, await refs_of(user_id, query), step, label=label, hold_s=hold_s)


async def refs_of(user_id: int, query: Query) -> list[int]:
    """The refs of all messages that a query finds, newest first."""
    if query.search.strip():
        owner_id = user_id
        if query.mailbox_id is not None:
            owner_id = await shares.require_any(user_id, query.mailbox_id, Rights.READ)
        return await web_search.all_refs(
            owner_id,
            query.search,
            mailbox_id=query.mailbox_id,
            zone=query.zone,
            limit=rows.MAX_MESSAGES + 1,
        )
    if query.mailbox_id is None:
        raise InvalidSyntax("Name a mailbox or search for something", field="mailboxId")
    owner_id = await shares.require_any(user_id, query.mailbox_id, Rights.READ)
    if query.filter:
        wanted = await arranged.of_filter(user_id, owner_id, query.mailbox_id, query.filter)
        return await arranged.refs_of((await arranged.read(user_id, wanted)).places)
    within = [query.mailbox_id]
    if query.with_below:
        within += [row.id for row in await mailboxes.below(owner_id, query.mailbox_id)]
    found: list[int] = []
    for mailbox_id in within:
        # By UID, so that a batch is a run of neighbours; the newest ones stand at the end.
        places = await db.scan(
            "SELECT ref FROM message WHERE id BETWEEN ? AND ? ORDER BY id DESC LIMIT ?",
            *everything(mailbox_id).args,
            rows.MAX_MESSAGES + 1 - len(found),
        )
        found += [row[0] for row in places]
    return found


async def _trash_to_clear(user_id: int, query: Query, step: Step) -> int:
    """The user's own Trash, which alone is emptied with all below it. Raises InvalidSyntax."""
    trash = await mailboxes.by_use(user_id, "trash")
    if not step.destroy or query.search.strip() or query.filter or query.mailbox_id != trash.id:
        raise InvalidSyntax("Only Trash is emptied with the mailboxes below it", field="withBelow")
    return trash.id


def _check(step: Step) -> None:
    if step.is_nothing:
        raise InvalidSyntax("Say what is to be done")
    if step.destroy and step.move_to:
        raise InvalidSyntax("Messages are moved or removed, not both", field="moveTo")
    if len(step.add) + len(step.remove) > MAX_FLAGS:
        raise InvalidSyntax(f"At most {MAX_FLAGS} flags at once", field="addFlags")
    for name in (*step.add, *step.remove):
        if name not in SYSTEM_FLAGS:
            keywords.require_name(name)
