"""GraphQL types of writing."""

from __future__ import annotations

from enum import Enum

import strawberry

from backend.api.mail.types import Correspondent
from backend.api.scalars import DateTime, Long
from backend.formats.addresses import Mailbox
from backend.kit.errors import NotFound
from backend.kit.languages import said
from backend.mailstore import reader
from backend.submission import draft_content, undo
from backend.submission.draft_content import StoredDraft
from backend.submission.drafts import SavedDraft
from backend.submission.fate import Fate
from backend.submission.submit import Submission as SubmissionRow


@strawberry.enum
class SubmissionState(Enum):
    """Where a sent message stands."""

    HELD = "held"
    SENT = "sent"
    CANCELLED = "cancelled"
    FAILED = "failed"


@strawberry.type
class DraftAttachment:
    """A file of a draft."""

    id: strawberry.ID = strawberry.field(description="Upload id, or part of the draft.")
    name: str
    content_type: str
    size_bytes: Long
    content_id: str | None


@strawberry.type
class Draft:
    """A message being written."""

    id: strawberry.ID
    from_: Correspondent = strawberry.field(name="from")
    to: list[Correspondent]
    cc: list[Correspondent]
    bcc: list[Correspondent]
    subject: str
    html: str
    text: str
    attachments: list[DraftAttachment]
    in_reply_to: strawberry.ID | None
    forward_of: strawberry.ID | None
    saved_at: DateTime
    key: str = strawberry.field(description="Names the draft; empty for that of another program.")
    writer: str = strawberry.field(description="The window that wrote it.")

    @classmethod
    def from_saved(cls, saved: SavedDraft) -> Draft:
        """A draft that was just written."""
        return cls.from_stored(saved.ref, saved.stored, saved.saved_at)

    @classmethod
    def from_stored(cls, ref: int, stored: StoredDraft, saved_at: int) -> Draft:
        """A draft read back."""
        content = stored.content
        return cls(
            id=strawberry.ID(str(ref)),
            from_=_correspondent(content.sender),
            to=[_correspondent(box) for box in content.to],
            cc=[_correspondent(box) for box in content.cc],
            bcc=[_correspondent(box) for box in content.bcc],
            subject=content.subject,
            html=stored.html,
            text=stored.text,
            attachments=[
                DraftAttachment(
                    id=strawberry.ID(file.id),
                    name=file.name,
                    content_type=file.content_type,
                    size_bytes=Long(file.size_bytes),
                    content_id=file.content_id or None,
                )
                for file in stored.files
            ],
            in_reply_to=_id(content.in_reply_to),
            forward_of=_id(content.forward_of),
            saved_at=DateTime(saved_at),
            key=content.key,
            writer=content.writer,
        )


@strawberry.type
class DraftFate:
    """What has become of a draft; all null: it is gone."""

    draft: Draft | None
    send_at: DateTime | None = strawberry.field(description="It waits for that time to be sent.")
    sent_at: DateTime | None

    @classmethod
    def from_fate(cls, fate: Fate) -> DraftFate:
        """As its author sees it."""
        return cls(
            draft=Draft.from_saved(fate.draft) if fate.draft is not None else None,
            send_at=DateTime(fate.send_at) if fate.send_at is not None else None,
            sent_at=DateTime(fate.sent_at) if fate.sent_at is not None else None,
        )


@strawberry.type
class Submission:
    """A message on its way."""

    id: strawberry.ID
    state: SubmissionState
    release_at: DateTime = strawberry.field(
        description="When the server lets it go; until then cancelSubmission brings it back."
    )
    subject: str
    to_text: str
    error: str | None

    @classmethod
    def from_row(cls, row: SubmissionRow) -> Submission:
        """As its author sees it."""
        return cls(
            id=strawberry.ID(str(row.id)),
            state=SubmissionState(row.state),
            release_at=DateTime(row.release_at),
            subject=row.subject,
            to_text=row.to_text,
            error=said(row.error) or None,
        )


@strawberry.type
class ScheduledMessage:
    """A draft that the server sends at a time."""

    id: strawberry.ID
    send_at: DateTime


@strawberry.type
class Suggestion:
    """Someone to write to, and how we know of them."""

    name: str
    address: str
    source: str


@strawberry.input
class CorrespondentInput:
    """A name and an address."""

    address: str
    name: str | None = None


@strawberry.input
class DraftAttachmentInput:
    """A file to attach."""

    id: strawberry.ID
    content_id: str | None = None


@strawberry.input
class DraftInput:
    """What the author wrote."""

    to: list[CorrespondentInput]
    cc: list[CorrespondentInput]
    bcc: list[CorrespondentInput]
    subject: str
    attachments: list[DraftAttachmentInput] = strawberry.field(
        description="Uploads; parts of messages as `message:part`, those of a replaced draft that stay too; "
        "whole messages as `id:message`."
    )
    id: strawberry.ID | None = strawberry.field(default=None, description="Replaces that draft.")
    from_: str | None = strawberry.field(default=None, name="from")
    html: str | None = None
    text: str | None = None
    key: str | None = strawberry.field(
        default=None,
        description="Names the draft, the same however often it is saved: draftFate finds it by that.",
    )
    writer: str | None = strawberry.field(default=None, description="Names the window it is written in.")
    in_reply_to: strawberry.ID | None = strawberry.field(default=None, description="Message this answers.")
    forward_of: strawberry.ID | None = strawberry.field(default=None, description="Message this forwards.")


async def draft_of_message(account_id: int, ref: int, raw: bytes) -> Draft | None:
    """The editable form of a message in Drafts."""
    try:
        stored = await reader.stored(account_id, ref)
    except NotFound:
        return None
    return Draft.from_stored(ref, draft_content.read(raw, ref), stored.internal_at)


async def submissions_of(account_id: int) -> list[Submission]:
    """What is held, and what has just left."""
    return [Submission.from_row(row) for row in await undo.list_recent(account_id)]


def _correspondent(box: Mailbox) -> Correspondent:
    return Correspondent(
        name=box.name, address=f"{box.localpart}@{box.domain}" if box.domain else box.localpart
    )


def _id(ref: int | None) -> strawberry.ID | None:
    return strawberry.ID(str(ref)) if ref is not None else None
