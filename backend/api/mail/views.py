"""Windows of mailboxes and searches, and their changes, as the API gives them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, tzinfo

import strawberry

from backend.api.mail import boxes
from backend.api.mail.searches import terms_of
from backend.api.mail.types import (
    AddedRow,
    MessageFilter,
    MessageRow,
    MessageSort,
    MessageView,
    ViewChanges,
)
from backend.api.scalars import Long
from backend.kit.errors import InvalidSyntax, SyncLost
from backend.mailstore import (
    arranged,
    conversations,
    keywords,
    listing,
    mailboxes,
    shared_messages,
    shares,
    timers,
    web_search,
)
from backend.mailstore import changes as change_verbs
from backend.mailstore.arranged import OF_CONVERSATIONS, Arrangement, Filter
from backend.mailstore.conversations import Conversation
from backend.mailstore.listing import ListChanges, ListRow, Sort
from backend.mailstore.rights import Rights
from backend.mailstore.types import MailboxRow, ModSeq, SpecialUse, place

MAX_THREAD = 200
MAX_MARKED = 500
MAX_SEARCH_CHARS = 500
HIDDEN_FROM_THREADS = ("trash", "junk")


@dataclass(frozen=True, slots=True)
class Window:
    """Which rows of a view."""

    offset: int
    limit: int


_BY_DATE: dict[MessageSort, Sort] = {MessageSort.DATE_DESC: "date", MessageSort.DATE_ASC: "date_asc"}


@dataclass(frozen=True, slots=True)
class Shape:
    """How a mailbox is listed: its order, which messages, and whether by conversation, which an own mailbox
    is in the orders that know them.
    """

    sort: MessageSort = MessageSort.DATE_DESC
    only: MessageFilter | None = None
    by_thread: bool = False

    @property
    def by_date(self) -> Sort | None:
        """The order of a whole mailbox by date, which an index has; None for any other list."""
        if self.only is not None or self.by_thread:
            return None
        return _BY_DATE.get(self.sort)

    def of(self, mailbox: MailboxRow, user_id: int) -> Shape:
        """As far as that mailbox can be listed so."""
        can = mailbox.account_id == user_id and self.sort.value in OF_CONVERSATIONS
        return self if can or not self.by_thread else replace(self, by_thread=False)


async def of_mailbox(account_id: int, mailbox_id: int | None, window: Window, shape: Shape) -> MessageView:
    """A window of an own mailbox or another's; of the inbox where none is named."""
    if mailbox_id is None:
        mailbox, is_own = await mailboxes.by_use(account_id, "inbox"), True
    else:
        box = await boxes.find(account_id, mailbox_id, Rights.READ)
        mailbox, is_own = box.row, box.is_own
    shape = shape.of(mailbox, account_id)
    if shape.by_date is None:
        arrangement = await _arrangement(account_id, mailbox, shape)
        arranged_list = await arranged.read(account_id, arrangement)
        chosen = arranged_list.places[window.offset : window.offset + window.limit]
        total, state = len(arranged_list.places), arranged_list.modseq
        messages = arranged_list.messages
        rows = await listing.rows_at(chosen)
    else:
        found = await listing.window(mailbox.id, window.offset, window.limit, shape.by_date)
        total, rows = found.total, found.rows
        messages = total
        state = found.modseq if is_own else max(found.modseq, mailbox.modseq)
    if not is_own:
        rows = await shared_messages.as_seen(account_id, rows)
    return MessageView(
        total=total,
        message_total=messages,
        state=Long(state),
        offset=window.offset,
        rows=await _printed(mailbox.account_id, rows, mailbox.id if shape.by_thread else None),
    )


async def _arrangement(user_id: int, mailbox: MailboxRow, shape: Shape) -> Arrangement:
    shown: Filter = "" if shape.only is None else shape.only.value
    return await arranged.of_filter(
        user_id, mailbox.account_id, mailbox.id, shown, shape.sort.value, by_thread=shape.by_thread
    )


async def search(
    account_id: int, text: str, mailbox_id: int | None, window: Window, zone: tzinfo = UTC
) -> MessageView:
    """A window of a search over all mailboxes of the account, or over one."""
    if len(text) > MAX_SEARCH_CHARS:
        raise InvalidSyntax(f"A search has at most {MAX_SEARCH_CHARS} characters", field="search")
    owner_id = account_id
    if mailbox_id is not None:
        owner_id = (await boxes.find(account_id, mailbox_id, Rights.READ)).row.account_id
    state = await change_verbs.account_state(owner_id)
    found = await web_search.search(
        owner_id, text, mailbox_id=mailbox_id, zone=zone, offset=window.offset, limit=window.limit
    )
    rows = await listing.rows(owner_id, found.refs)
    if owner_id != account_id:
        rows = await shared_messages.as_seen(account_id, rows)
    return MessageView(
        total=found.total,
        message_total=found.total,
        state=Long(state),
        offset=window.offset,
        rows=await _printed(owner_id, rows),
        terms=terms_of(text, found.terms),
    )


async def changes(account_id: int, mailbox_id: int, since: int, shape: Shape) -> ViewChanges:
    """What changed in a mailbox's view; a reset where that is no longer known."""
    box = await boxes.find(account_id, mailbox_id, Rights.READ)
    row = box.row
    shape = shape.of(row, account_id)
    try:
        found = await _changes(account_id, box, since, shape)
    except SyncLost:
        total, messages, state = row.exists, row.exists, row.modseq
        if shape.by_date is None:
            whole = await arranged.read(account_id, await _arrangement(account_id, row, shape))
            total, messages, state = len(whole.places), whole.messages, ModSeq(whole.modseq)
        return ViewChanges(
            state=Long(state),
            total=total,
            message_total=messages,
            is_reset=True,
            removed=[],
            added=[],
            updated=[],
            mailboxes=await boxes.visible(account_id),
        )
    rows = [*(one.row for one in found.added), *found.updated]
    printed = await _printed(row.account_id, rows, row.id if shape.by_thread else None)
    return ViewChanges(
        state=Long(found.modseq),
        total=found.total,
        message_total=found.total if found.messages is None else found.messages,
        is_reset=False,
        removed=[strawberry.ID(str(ref)) for ref in found.removed],
        added=[AddedRow(index=one.index, row=made) for one, made in zip(found.added, printed, strict=False)],
        updated=printed[len(found.added) :],
        mailboxes=await boxes.visible(account_id),
    )


async def _changes(user_id: int, box: boxes.Box, since: int, shape: Shape) -> ListChanges:
    if shape.by_date is not None:
        found = await listing.position_changes(box.row.id, since, shape.by_date)
        return found if box.is_own else await _as_seen(user_id, box.row, found, since)
    found = await arranged.changes(user_id, await _arrangement(user_id, box.row, shape), since)
    if box.is_own:
        return found
    added = await shared_messages.as_seen(user_id, [one.row for one in found.added])
    return replace(
        found,
        added=[replace(one, row=row) for one, row in zip(found.added, added, strict=True)],
        updated=await shared_messages.as_seen(user_id, found.updated),
    )


async def _as_seen(user_id: int, mailbox: MailboxRow, found: ListChanges, since: int) -> ListChanges:
    """Changes of another's mailbox with the viewer's own \\Seen, and what the viewer alone has changed."""
    marked = await shared_messages.marked_since(user_id, mailbox.id, since, MAX_MARKED)
    known = {place(row.mailbox_id, row.uid) for row in found.updated}
    known |= {place(one.row.mailbox_id, one.row.uid) for one in found.added}
    alone = await listing.rows_at([place_id for place_id in marked if place_id not in known])
    added = await shared_messages.as_seen(user_id, [one.row for one in found.added])
    return ListChanges(
        modseq=max(found.modseq, mailbox.modseq),
        total=found.total,
        removed=found.removed,
        added=[replace(one, row=row) for one, row in zip(found.added, added, strict=True)],
        updated=await shared_messages.as_seen(user_id, [*found.updated, *alone]),
    )


async def rows(account_id: int, refs: list[int]) -> list[MessageRow]:
    """Those of the messages that are there and may be read, in the order asked."""
    own = await _printed(account_id, await listing.rows(account_id, refs))
    if len(own) == len(set(refs)):
        return own
    for group in await shared_messages.locate(account_id, refs):
        own += await _printed(group.account_id, await shared_messages.rows(account_id, group))
    order = {str(ref): at for at, ref in enumerate(refs)}
    return sorted(own, key=lambda row: order[row.id])


async def thread(account_id: int, owner_id: int, thread_id: int, *, but: int) -> list[MessageRow]:
    """The newest other messages of a conversation, oldest first and each once, though it lie in Sent and
    have come back: without those in Trash and Junk, and of another's only those that the viewer may read.
    """
    if owner_id != account_id:
        boxes_read = {
            box.row.id for box in await shares.of_account(account_id, owner_id) if box.rights & Rights.READ
        }
        rows_read = await listing.thread_others(owner_id, thread_id, but)
        among = [row for row in rows_read if row.mailbox_id in boxes_read][-MAX_THREAD:]
        return await _printed(owner_id, await shared_messages.as_seen(account_id, among))
    hidden = {
        row.id for row in await mailboxes.list_mailboxes(account_id) if row.special_use in HIDDEN_FROM_THREADS
    }
    found = await listing.thread_others(account_id, thread_id, but)
    return await _printed(account_id, [row for row in found if row.mailbox_id not in hidden][-MAX_THREAD:])


async def conversation(account_id: int, ref: int) -> list[MessageRow] | None:
    """A message and the others of its conversation, oldest first; None where it is gone."""
    own = await rows(account_id, [ref])
    if not own:
        return None
    owner_id = await shared_messages.account_of(account_id, ref)
    others = await thread(account_id, owner_id, int(own[0].thread_id), but=ref)
    return sorted([*others, *own], key=lambda row: (row.received_at, int(row.id)))


async def _printed(
    account_id: int, found: list[ListRow], by_thread_in: int | None = None
) -> list[MessageRow]:
    """Rows for readers; in a list of conversations of that mailbox with what each stands for."""
    stood_for: dict[int, Conversation] = {}
    if by_thread_in is not None:
        stood_for = await conversations.of_threads(by_thread_in, list({row.thread_id for row in found}))
    flags = 0
    for row in found:
        flags |= row.flags
    for conversation in stood_for.values():
        flags |= conversation.flags
    names = await keywords.keyword_names(account_id, flags)
    waiting = await timers.of_messages(account_id, [row.ref for row in found])
    drafts_id = await mailboxes.id_by_use(account_id, SpecialUse.DRAFTS)
    return [
        MessageRow.from_row(
            row,
            names,
            waiting.get(row.ref),
            stood_for.get(row.thread_id),
            is_in_drafts=row.mailbox_id == drafts_id,
        )
        for row in found
    ]
