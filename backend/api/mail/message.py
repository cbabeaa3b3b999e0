"""One message, opened: addresses, body, attachments, its conversation."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

import strawberry

from backend.api.compose.types import Draft, draft_of_message
from backend.api.mail import views
from backend.api.mail.delivery_report import DeliveryReport
from backend.api.mail.types import Correspondent, MessageRow
from backend.api.reading.attachments import Attachment, correspondents, page
from backend.api.reading.origin import MessageOrigin
from backend.api.reading.unsubscribe import UnsubscribeOffer
from backend.api.scalars import DateTime
from backend.formats import headers
from backend.kit.errors import NotFound
from backend.mailstore import reader, sender_looks, shared_messages
from backend.spool import reports
from backend.submission import rendering, shown_images, unsubscribe

HEADER_LIMIT = 64 * 1024
THREAD_BYTES = 256 * 1024
FIRST_FILES = 50


@strawberry.type
class MessageBody:
    """What to show."""

    html: str = strawberry.field(
        description="Sanitised HTML for the sandboxed frame; made from the text where there is no HTML."
    )
    text: str
    blocked_images: int
    offers_images: bool = strawberry.field(
        description="Whether the viewer is asked about blocked images; not where mail.remote_images is never."
    )
    has_quote: bool
    is_truncated: bool
    is_dark_friendly: bool = strawberry.field(
        description="Whether the message brings its own dark colours, or none at all."
    )


@strawberry.type(description="How the viewer wants mail of this sender shown.")
class SenderLook:
    """A look."""

    own_colours: bool = strawberry.field(description="As it was sent, also where the page is dark.")
    hide_images: bool = strawberry.field(description="Remote images stay away without being asked about.")


@strawberry.type
class Message:
    """A message of the viewer."""

    id: strawberry.ID
    row: MessageRow
    message_id: str
    from_: list[Correspondent] = strawberry.field(name="from")
    sender: list[Correspondent]
    to: list[Correspondent]
    cc: list[Correspondent]
    bcc: list[Correspondent]
    reply_to: list[Correspondent]
    sent_at: DateTime | None
    attachments: list[Attachment] = strawberry.field(
        description="The first 50; more by the query of that name."
    )
    attachment_count: int
    headers: str = strawberry.field(description="Raw header fields, bounded to 64 KiB.")
    raw: strawberry.Private[bytes]
    prefix: strawberry.Private[bytes]
    account_id: strawberry.Private[int]
    owner_id: strawberry.Private[int]

    @strawberry.field(description="showImages null: by what the viewer chose.")
    async def body(self, show_images: bool | None = None) -> MessageBody:
        """The body in the form for the frame."""
        images = await shown_images.of_message(self.account_id, self.row.from_.address, asked=show_images)
        render: Callable[[], rendering.RenderedBody] = lambda: rendering.render(  # noqa: E731
            self.raw, int(self.id), show_images=images.is_shown
        )
        body = await asyncio.to_thread(render) if len(self.raw) > THREAD_BYTES else render()
        return MessageBody(
            html=body.html,
            text=body.text,
            blocked_images=body.blocked_images,
            offers_images=images.is_offered,
            has_quote=body.has_quote,
            is_truncated=body.is_truncated,
            is_dark_friendly=body.is_dark_friendly,
        )

    @strawberry.field(description="Who vouches for it and over which hosts it came.")
    def origin(self) -> MessageOrigin:
        """The origin."""
        return MessageOrigin.read(self.prefix, self.raw)

    @strawberry.field(description="How to leave the list it came from; null where there is none.")
    async def unsubscribe(self) -> UnsubscribeOffer | None:
        """The offer."""
        offer = await unsubscribe.offer(self.account_id, self.prefix, self.raw)
        return UnsubscribeOffer.of(offer) if offer is not None else None

    @strawberry.field
    async def sender_look(self) -> SenderLook:
        """The look chosen for its sender."""
        look = await sender_looks.of_sender(self.account_id, self.row.from_.address)
        return SenderLook(own_colours=look.has_own_colours, hide_images=look.hides_images)

    @strawberry.field(
        description="Other messages of the conversation, oldest first, from all mailboxes but Trash and Junk."
    )
    async def thread(self) -> list[MessageRow]:
        """The conversation."""
        return await views.thread(self.account_id, self.owner_id, int(self.row.thread_id), but=int(self.id))

    @strawberry.field(
        description="Where the mailbox's owner sent it: what hosts that took it reported later, oldest first."
    )
    async def delivery_reports(self) -> list[DeliveryReport]:
        """The reports."""
        found = await reports.of_message(self.owner_id, self.message_id.strip("<>"))
        return [DeliveryReport.of(view) for view in found]

    @strawberry.field(description="Where it is a draft: its editable form.")
    async def draft(self) -> Draft | None:
        """The draft."""
        if not self.row.is_draft or self.owner_id != self.account_id:
            return None
        return await draft_of_message(self.account_id, int(self.id), self.raw)


async def find_message(account_id: int, ref: int) -> Message | None:
    """The viewer's message of that id, or None."""
    rows = await views.rows(account_id, [ref])
    if not rows:
        return None
    owner_id = await shared_messages.account_of(account_id, ref)
    try:
        prefix = (await reader.stored(owner_id, ref)).prefix
        raw = await reader.read_message(owner_id, ref)
    except NotFound:  # expunged between the two reads
        return None
    files = rendering.files(raw, ref)
    return Message(
        id=strawberry.ID(str(ref)),
        row=rows[0],
        message_id=(headers.first(raw, b"message-id") or b"").decode("latin-1").strip(),
        from_=correspondents(raw, b"from"),
        sender=correspondents(raw, b"sender"),
        to=correspondents(raw, b"to"),
        cc=correspondents(raw, b"cc"),
        bcc=correspondents(raw, b"bcc"),
        reply_to=correspondents(raw, b"reply-to"),
        sent_at=_sent_at(raw),
        attachments=page(files, 0, FIRST_FILES),
        attachment_count=len(files),
        headers=raw[: min(headers.split(raw)[0], HEADER_LIMIT)].decode("utf-8", "replace"),
        raw=raw,
        prefix=prefix,
        account_id=account_id,
        owner_id=owner_id,
    )


def _sent_at(raw: bytes) -> DateTime | None:
    seconds = headers.parse_date(headers.first(raw, b"date") or b"")
    return DateTime(seconds) if seconds is not None else None
