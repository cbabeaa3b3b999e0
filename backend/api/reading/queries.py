"""Looking into attachments."""

from __future__ import annotations

import strawberry

from backend.api.context import Info
from backend.api.guards import signed_in
from backend.api.inputs import one_id
from backend.api.reading import attachments
from backend.api.reading.attachments import Attachment, AttachmentPreview
from backend.mailstore import shared_messages
from backend.submission import rendering


async def _attachment_preview(
    info: Info, message_id: strawberry.ID, part: str, show_images: bool | None = None
) -> AttachmentPreview:
    account_id, ref = info.context.account_id, one_id(message_id, "messageId")
    raw = await shared_messages.read(account_id, ref)
    return await attachments.preview(account_id, raw, ref, part, show_images=show_images)


async def _attachments(
    info: Info, message_id: strawberry.ID, offset: int = 0, limit: int = 100
) -> list[Attachment]:
    account_id, ref = info.context.account_id, one_id(message_id, "messageId")
    raw = await shared_messages.read(account_id, ref)
    return attachments.page(rendering.files(raw, ref), offset, limit)


@strawberry.type
class ReadingQueries:
    """What is in the files of a message."""

    attachment_preview: AttachmentPreview = signed_in(
        _attachment_preview, description="What a file shows: text, a message, an invitation, cards."
    )
    attachments: list[Attachment] = signed_in(
        _attachments, description="A page of a message's files, pictures of its body last; at most 200."
    )
