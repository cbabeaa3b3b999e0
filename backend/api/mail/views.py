"""Windows of mailboxes and searches, and their changes, as the API gives them."""

from __future__ import annotations

from dataclasses import dataclass

import strawberry

from backend.api.mail.types import AddedRow, MessageRow, MessageView, ViewChanges, mailboxes_from_rows
from backend.api.scalars import Long
from backend.kit.errors import InvalidSyntax, SyncLost
from backend.mailstore import changes as change_verbs
from backend.mailstore import keywords, listing, mailboxes, web_search
from backend.mailstore.listing import ListRow, Sort

MAX_THREAD = 200
MAX_SEARCH_CHARS = 500
HIDDEN_FROM_THREADS = ("trash", "junk")


@dataclass(frozen=True, slots=True)
class Window:
    """Which rows of a view."""

    offset: int
    limit: int
    is_ascending: bool = False

    @property
    def sort(self) -> Sort:
        """As the mailstore names it."""
        return "date_asc" if self.is_ascending else "date"


async def of_mailbox(account_id: int, mailbox_id: int | None, window: Window) -> MessageView:
    """A window of a mailbox of the account; of its inbox where none is named."""
    if mailbox_id is None:
        mailbox = await mailboxes.by_use(account_id, "inbox")
    else:
        mailbox = await mailboxes.by_id(account_id, mailbox_id)
    found = await listing.window(mailbox.id, window.offset, window.limit, window.sort)
    return MessageView(
        total=found.total,
        state=Long(found.modseq),
        offset=window.offset,
        rows=await _printed(account_id, found.rows),
    )


async def search(account_id: int, text: str, mailbox_id: int | None, window: Window) -> MessageView:
    """A window of a search over all mailboxes of the account, or over one."""
    if len(text) > MAX_SEARCH_CHARS:
        raise InvalidSyntax(f"A search has at most {MAX_SEARCH_CHARS} characters", field="search")
    state = await change_verbs.account_state(account_id)
    found = await web_search.search(
        account_id, text, mailbox_id=mailbox_id, offset=window.offset, limit=window.limit
    )
    rows = await listing.rows(account_id, found.refs)
    return MessageView(
        total=found.total, state=Long(state), offset=window.offset, rows=await _printed(account_id, rows)
    )


async def changes(account_id: int, mailbox_id: int, since: int, *, is_ascending: bool) -> ViewChanges:
    """What changed in a mailbox's view; a reset where that is no longer known."""
    row = await mailboxes.by_id(account_id, mailbox_id)
    try:
        found = await listing.position_changes(mailbox_id, since, "date_asc" if is_ascending else "date")
    except SyncLost:
        return ViewChanges(
            state=Long(row.modseq),
            total=row.exists,
            is_reset=True,
            removed=[],
            added=[],
            updated=[],
            mailboxes=mailboxes_from_rows(await mailboxes.list_mailboxes(account_id)),
        )
    names = await keywords.keyword_names(account_id)
    return ViewChanges(
        state=Long(found.modseq),
        total=found.total,
        is_reset=False,
        removed=[strawberry.ID(str(ref)) for ref in found.removed],
        added=[AddedRow(index=one.index, row=MessageRow.from_row(one.row, names)) for one in found.added],
        updated=[MessageRow.from_row(one, names) for one in found.updated],
        mailboxes=mailboxes_from_rows(await mailboxes.list_mailboxes(account_id)),
    )


async def rows(account_id: int, refs: list[int]) -> list[MessageRow]:
    """Those of the messages that are there, in the order asked."""
    return await _printed(account_id, await listing.rows(account_id, refs))


async def thread(account_id: int, thread_id: int, *, but: int) -> list[MessageRow]:
    """The other messages of a conversation, oldest first, without those in Trash and Junk."""
    hidden = {
        row.id for row in await mailboxes.list_mailboxes(account_id) if row.special_use in HIDDEN_FROM_THREADS
    }
    found = await listing.thread_rows(account_id, thread_id)
    return await _printed(
        account_id, [row for row in found if row.ref != but and row.mailbox_id not in hidden][:MAX_THREAD]
    )


async def _printed(account_id: int, found: list[ListRow]) -> list[MessageRow]:
    flags = 0
    for row in found:
        flags |= row.flags
    names = await keywords.keyword_names(account_id, flags)
    return [MessageRow.from_row(row, names) for row in found]
