"""Files of a message, and what can be seen of them before anybody saves them."""

from __future__ import annotations

import strawberry

from backend.api.mail.types import Correspondent
from backend.api.reading.invitation import Invitation
from backend.api.scalars import DateTime, Long
from backend.formats import headers, vcard
from backend.formats.addresses import mailboxes, parse_address_list
from backend.formats.content import part_text
from backend.formats.encoded_words import decode, unfold
from backend.formats.vcard import Card, Entry
from backend.kit.errors import NotFound
from backend.submission import invitations, parts, rendering, shown_images
from backend.submission.parts import STEP
from backend.submission.rendering import FileOfMessage, Preview

strawberry.enum(Preview, name="PreviewKind", description="How a file can be shown.")

MAX_FILES = 200
MAX_CORRESPONDENTS = 500
MAX_TEXT_CHARS = 300_000


@strawberry.type
class Attachment:
    """A file of a message."""

    part: str = strawberry.field(
        description="Part number, e.g. 2 or 1.2; within an attached message behind its own and ~."
    )
    name: str
    content_type: str
    size_bytes: Long
    is_inline: bool
    url: str = strawberry.field(description="Path to download it from; ?inline=1 for pictures and PDF.")
    preview: Preview | None = strawberry.field(description="Null where it can only be saved.")

    @classmethod
    def of(cls, file: FileOfMessage) -> Attachment:
        """As the API shows it."""
        return cls(
            part=file.part,
            name=file.name,
            content_type=file.content_type,
            size_bytes=Long(file.size_bytes),
            is_inline=file.is_inline,
            url=file.url,
            preview=file.preview,
        )


def page(files: list[FileOfMessage], offset: int, limit: int) -> list[Attachment]:
    """A page of the files, at most `MAX_FILES`."""
    start = max(0, offset)
    return [Attachment.of(file) for file in files[start : start + min(max(0, limit), MAX_FILES)]]


@strawberry.type
class AttachedMessage:
    """A message attached to another one."""

    subject: str
    from_: list[Correspondent] = strawberry.field(name="from")
    to: list[Correspondent]
    cc: list[Correspondent]
    sent_at: DateTime | None
    html: str = strawberry.field(description="Sanitised HTML for the sandboxed frame.")
    blocked_images: int
    offers_images: bool = strawberry.field(description="Whether the viewer is asked about blocked images.")
    is_truncated: bool
    is_dark_friendly: bool
    attachments: list[Attachment] = strawberry.field(description="At most 200.")
    attachment_count: int

    @classmethod
    def read(cls, raw: bytes, message_id: int, path: str, images: shown_images.Showing) -> AttachedMessage:
        """Of the bytes of the attached message and where it lies."""
        base = f"{path}{STEP}"
        body = rendering.render(raw, message_id, show_images=images.is_shown, base=base)
        files = rendering.files(raw, message_id, base)
        sent_at = headers.parse_date(headers.first(raw, b"date") or b"")
        return cls(
            subject=decode(unfold(headers.first(raw, b"subject") or b"")),
            from_=correspondents(raw, b"from"),
            to=correspondents(raw, b"to"),
            cc=correspondents(raw, b"cc"),
            sent_at=DateTime(sent_at) if sent_at is not None else None,
            html=body.html,
            blocked_images=body.blocked_images,
            offers_images=images.is_offered,
            is_truncated=body.is_truncated,
            is_dark_friendly=body.is_dark_friendly,
            attachments=page(files, 0, MAX_FILES),
            attachment_count=len(files),
        )


def correspondents(raw: bytes, name: bytes) -> list[Correspondent]:
    """The people of an address field."""
    found = mailboxes(parse_address_list(headers.first(raw, name) or b"", limit=MAX_CORRESPONDENTS))
    return [Correspondent(name=box.name, address=f"{box.localpart}@{box.domain}") for box in found]


@strawberry.type(description="An address or number of a card, and what it is for (work, home, cell, …).")
class ContactEntry:
    """An entry."""

    value: str
    kind: str


@strawberry.type(description="A vCard.")
class ContactCard:
    """A card."""

    name: str
    organisation: str
    title: str
    birthday: str
    note: str
    emails: list[ContactEntry]
    phones: list[ContactEntry]
    addresses: list[ContactEntry]
    urls: list[ContactEntry]

    @classmethod
    def of(cls, card: Card) -> ContactCard:
        """As the API shows it."""
        return cls(
            name=card.name,
            organisation=card.organisation,
            title=card.title,
            birthday=card.birthday,
            note=card.note,
            emails=_entries(card.emails),
            phones=_entries(card.phones),
            addresses=_entries(card.addresses),
            urls=_entries(card.urls),
        )


def _entries(found: list[Entry]) -> list[ContactEntry]:
    return [ContactEntry(value=one.value, kind=one.kind) for one in found]


@strawberry.type(description="What a file shows; which field is filled follows from its kind.")
class AttachmentPreview:
    """A preview."""

    text: str | None = None
    is_truncated: bool = False
    message: AttachedMessage | None = None
    invitation: Invitation | None = None
    contacts: list[ContactCard] | None = None


async def preview(
    account_id: int, raw: bytes, message_id: int, path: str, *, show_images: bool | None
) -> AttachmentPreview:
    """What can be shown of a part; empty for pictures and PDF, which have an address. Raises NotFound."""
    found = parts.find(raw, path)
    match rendering.preview_of(found.part):
        case Preview.MESSAGE:
            inner = parts.message_in(found)
            # Nobody vouches for who wrote it, so it is by no sender that its images come.
            images = await shown_images.of_message(account_id, "", asked=show_images)
            return AttachmentPreview(message=AttachedMessage.read(inner, message_id, path, images))
        case Preview.EVENT:
            invitation = await invitations.read(account_id, raw, path)
            if invitation is not None:
                return AttachmentPreview(invitation=Invitation.of(invitation))
        case Preview.CONTACTS:
            cards = vcard.parse(part_text(found.raw, found.part))
            if cards:
                return AttachmentPreview(contacts=[ContactCard.of(card) for card in cards])
        case Preview.IMAGE | Preview.PDF:
            return AttachmentPreview()
        case None:
            raise NotFound("This file cannot be shown")
    # Half of a surplus is enough to know that there is more; what was transferred is four bytes to a letter.
    text = part_text(found.raw, found.part, limit=8 * MAX_TEXT_CHARS)
    return AttachmentPreview(text=text[:MAX_TEXT_CHARS], is_truncated=len(text) > MAX_TEXT_CHARS)
