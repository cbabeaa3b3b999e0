"""GraphQL types of deliveries: what became of a message, for those it concerns; never what is in it."""

from __future__ import annotations

import strawberry

from backend.api.relay import PageInfo, encode_cursor
from backend.api.scalars import DateTime, Long
from backend.api.spool.types import SpoolEvent
from backend.spool import delivery_types
from backend.spool.delivery_types import Found, Standing

# The spool's own enum, marked as part of the schema.
strawberry.enum(
    Standing,
    name="DeliveryState",
    description="STOPPED: given up by the sender or an administrator. REFUSED: never accepted.",
)


def _moment(at: int | None) -> DateTime | None:
    return None if at is None else DateTime(at)


@strawberry.type
class DeliveryRecipient:
    """Somebody a message was or is to be delivered to."""

    id: strawberry.ID
    address: str = strawberry.field(
        description="Of one that is REFUSED empty where nobody was named, `@domain` for several of a domain."
    )
    via: str = strawberry.field(
        description="The alias this address stands for; empty where it was named itself."
    )
    state: Standing
    is_held: bool = strawberry.field(description="It waits for an administrator, not for its turn.")
    is_group: bool = strawberry.field(description="An alias; its state is that of its members together.")
    attempts: int
    next_attempt_at: DateTime | None = strawberry.field(description="Null unless it waits for its turn.")
    last_attempt_at: DateTime | None
    last_status: str = strawberry.field(description="RFC 3463 code of the last attempt.")
    last_reply: str = strawberry.field(description="What the other server said, in its words.")
    trace: list[SpoolEvent] = strawberry.field(
        description="Every step, oldest first; none of one that is REFUSED."
    )

    @classmethod
    def of(cls, row: delivery_types.Recipient) -> DeliveryRecipient:
        """From its row."""
        return cls(
            id=strawberry.ID(str(row.id)),
            address=row.address,
            via=row.via,
            state=row.standing,
            is_held=row.is_held,
            is_group=row.is_group,
            attempts=row.attempts,
            next_attempt_at=_moment(row.next_attempt_at),
            last_attempt_at=_moment(row.last_attempt_at),
            last_status=row.status,
            last_reply=row.reply,
            trace=[SpoolEvent.of(entry) for entry in row.trace],
        )


@strawberry.type
class Delivery:
    """A message that was accepted, with those of its recipients that its reader may see; or one that was not,
    for one recipient.
    """

    id: strawberry.ID
    sender: str = strawberry.field(description="The return path; empty for a delivery report.")
    subject: str = strawberry.field(description="Empty for whoever neither wrote nor receives it.")
    size_bytes: Long
    at: DateTime = strawberry.field(description="When it was accepted, or refused.")
    is_outgoing: bool = strawberry.field(description="Sent by the viewer, or by a user of the domain.")
    remote_address: str = strawberry.field(description="Where it came from; empty for what arose here.")
    helo: str
    protocol: str
    times: int = strawberry.field(description="How often it was refused alike within a moment; else 1.")
    recipient_count: int
    recipients: list[DeliveryRecipient] = strawberry.field(
        description="The first of recipientCount, those that wait before the others: 20 in a list, else 500."
    )

    @classmethod
    def of(cls, row: delivery_types.Delivery) -> Delivery:
        """From its row."""
        return cls(
            id=strawberry.ID(str(row.id)),
            sender=row.sender,
            subject=row.subject,
            size_bytes=Long(row.size_bytes),
            at=DateTime(row.at),
            is_outgoing=row.is_outgoing,
            remote_address=row.remote_address,
            helo=row.helo,
            protocol=row.protocol,
            times=row.times,
            recipient_count=row.recipient_count,
            recipients=[DeliveryRecipient.of(one) for one in row.recipients],
        )


@strawberry.type
class DeliveryEdge:
    """A message in a list."""

    cursor: str
    node: Delivery


@strawberry.type
class DeliveryConnection:
    """A page of messages, newest first. A page may be empty and still have a next one: a search looks at a
    bounded number of messages each time.
    """

    edges: list[DeliveryEdge]
    page_info: PageInfo
    looked_back_to: DateTime | None = strawberry.field(
        description="How far back this page looked; null where it looked at all there is."
    )

    @classmethod
    def of(cls, found: Found, after: str | None) -> DeliveryConnection:
        """From a page of rows."""
        edges = [
            DeliveryEdge(cursor=encode_cursor(str(row.id)), node=Delivery.of(row)) for row in found.items
        ]
        return cls(
            edges=edges,
            page_info=PageInfo(
                has_next_page=found.before is not None,
                has_previous_page=after is not None,
                start_cursor=edges[0].cursor if edges else None,
                end_cursor=None if found.before is None else encode_cursor(str(found.before)),
            ),
            looked_back_to=_moment(found.looked_back_to),
        )
