"""GraphQL types of the spool: envelopes and what became of recipients, never a body."""

from __future__ import annotations

import strawberry

from backend.api.relay import Page, PageInfo
from backend.api.scalars import DateTime, Long
from backend.spool.listing import MessageView, RecipientView


@strawberry.type(description="A recipient of a message in the spool.")
class SpoolRecipient:
    """One recipient."""

    address: str
    state: str = strawberry.field(
        description="queued, in_hand (a worker has it now), held, delivered, failed, dropped or expanded."
    )
    attempts: int
    next_attempt_at: DateTime | None = strawberry.field(description="Null unless it is queued.")
    last_status: str = strawberry.field(description="RFC 3463 code of the last attempt.")
    last_reply: str
    last_host: str

    @classmethod
    def of(cls, row: RecipientView) -> SpoolRecipient:
        """From its row."""
        return cls(
            address=row.address,
            state="in_hand" if row.is_in_hand else row.state.name.lower(),
            attempts=row.attempts,
            next_attempt_at=None if row.next_attempt_at is None else DateTime(row.next_attempt_at),
            last_status=row.last_status,
            last_reply=row.last_reply,
            last_host=row.last_host,
        )


@strawberry.type(description="An accepted message that is on its way, or was.")
class SpoolMessage:
    """One message."""

    id: strawberry.ID
    sender: str = strawberry.field(description="The return path; empty for a delivery report.")
    subject: str
    size_bytes: Long
    created_at: DateTime
    is_held: bool
    recipient_count: int
    recipients: list[SpoolRecipient] = strawberry.field(
        description="The first of recipientCount, open ones before settled ones: 20 in a list, else 500."
    )

    @classmethod
    def of(cls, row: MessageView) -> SpoolMessage:
        """From its row."""
        return cls(
            id=strawberry.ID(str(row.id)),
            sender=row.sender,
            subject=row.subject,
            size_bytes=Long(row.size_bytes),
            created_at=DateTime(row.created_at),
            is_held=row.is_held,
            recipient_count=row.recipient_count,
            recipients=[SpoolRecipient.of(one) for one in row.recipients],
        )


@strawberry.type
class SpoolEdge:
    """A message in a list."""

    cursor: str
    node: SpoolMessage


@strawberry.type
class SpoolConnection:
    """A page of messages, newest first."""

    edges: list[SpoolEdge]
    page_info: PageInfo
    total_count: int

    @classmethod
    def of(cls, page: Page[SpoolMessage]) -> SpoolConnection:
        """From a page of rows."""
        edges = [SpoolEdge(cursor=c, node=n) for c, (_, n) in zip(page.cursors, page.rows, strict=True)]
        return cls(edges=edges, page_info=page.page_info, total_count=page.total)
