"""Reading mail."""

from __future__ import annotations

import strawberry

from backend.api.context import Info
from backend.api.guards import signed_in
from backend.api.inputs import many_ids, one_id
from backend.api.mail import boxes, views
from backend.api.mail.message import Message, find_message
from backend.api.mail.types import (
    Mailbox,
    MessageFilter,
    MessageRow,
    MessageSort,
    MessageView,
    ViewChanges,
)
from backend.api.scalars import Long
from backend.kit import clock
from backend.mailstore import keywords

MAX_ROWS = 200


async def _mailboxes(info: Info) -> list[Mailbox]:
    return await boxes.visible(info.context.account_id)


async def _view(  # noqa: PLR0913, PLR0917  # the arguments of a field
    info: Info,
    mailbox_id: strawberry.ID | None = None,
    search: str | None = None,
    sort: MessageSort = MessageSort.DATE_DESC,
    filter: MessageFilter | None = None,
    offset: int = 0,
    limit: int = 60,
    time_zone: str | None = None,
    by_conversation: bool = False,
) -> MessageView:
    window = views.Window(max(0, offset), min(max(1, limit), MAX_ROWS))
    box = one_id(mailbox_id, "mailboxId") if mailbox_id is not None else None
    if search is not None and search.strip():
        return await views.search(info.context.account_id, search, box, window, clock.zone(time_zone or ""))
    shape = views.Shape(sort, filter, by_conversation)
    return await views.of_mailbox(info.context.account_id, box, window, shape)


async def _view_changes(
    info: Info,
    mailbox_id: strawberry.ID,
    since: Long,
    sort: MessageSort = MessageSort.DATE_DESC,
    filter: MessageFilter | None = None,
    by_conversation: bool = False,
) -> ViewChanges:
    shape = views.Shape(sort, filter, by_conversation)
    return await views.changes(info.context.account_id, one_id(mailbox_id, "mailboxId"), since, shape)


async def _tags(info: Info) -> list[str]:
    names = await keywords.current_names(info.context.account_id)
    return [name for name in names if keywords.is_tag(name)]


async def _message_rows(info: Info, ids: list[strawberry.ID]) -> list[MessageRow]:
    return await views.rows(info.context.account_id, many_ids(ids, "ids", limit=MAX_ROWS))


async def _conversation(info: Info, message_id: strawberry.ID) -> list[MessageRow] | None:
    return await views.conversation(info.context.account_id, one_id(message_id, "messageId"))


async def _message(info: Info, id: strawberry.ID) -> Message | None:  # GraphQL's argument name
    return await find_message(info.context.account_id, one_id(id, "id"))


@strawberry.type
class MailQueries:
    """Mailboxes, views and messages of the viewer."""

    mailboxes: list[Mailbox] = signed_in(_mailboxes)
    view: MessageView = signed_in(
        _view,
        description="A window of a mailbox, or of a search over all mailboxes (or one); of the inbox where "
        "neither is named. At most 200 rows. A search is newest first, and knows no filter; its dates are "
        "days of the time zone (an IANA name), of UTC where that is not known.",
    )
    view_changes: ViewChanges = signed_in(_view_changes)
    tags: list[str] = signed_in(
        _tags, description="Keywords of the viewer's account that people give; at most 47."
    )
    message_rows: list[MessageRow] = signed_in(_message_rows)
    message: Message | None = signed_in(_message)
    conversation: list[MessageRow] | None = signed_in(
        _conversation,
        description="A message and the others of its conversation, as Message.thread has them; null where it "
        "is gone.",
    )
