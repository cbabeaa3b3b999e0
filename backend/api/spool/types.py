"""GraphQL types of the spool: envelopes and what became of recipients, never a body."""

from __future__ import annotations

import strawberry

from backend.api.relay import Page, PageInfo
from backend.api.scalars import DateTime, Long
from backend.spool.listing import Destination, MessageView, RecipientView
from backend.spool.pauses import Pause
from backend.spool.trace import Check, Entry, Event
from backend.spool.types import Instruction, State

# The spool's own enum, marked as part of the schema.
strawberry.enum(State, name="SpoolState", description="Where a recipient stands; QUEUED and HELD are open.")
strawberry.enum(
    Event,
    name="SpoolEventKind",
    description="What happened to a recipient; another host reported BOUNCED, DELAYED, CONFIRMED, RELAYED.",
)


def _moment(at: int | None) -> DateTime | None:
    return None if at is None else DateTime(at)


@strawberry.type
class SpoolCheck:
    """A check or filter that a message passed through."""

    name: str
    outcome: str = strawberry.field(description="In a word: pass, fail, none, applied, …")
    detail: str

    @classmethod
    def of(cls, check: Check) -> SpoolCheck:
        """As the API shows it."""
        return cls(name=check.name, outcome=check.outcome, detail=check.detail)


@strawberry.type
class SpoolEvent:
    """One step on the way of a message to a recipient: its acceptance, an attempt, the end."""

    at: DateTime
    event: Event
    host: str
    tls: str = strawberry.field(description="How the connection was secured; empty for clear text.")
    status: str
    reply: str
    next_attempt_at: DateTime | None
    source: str = strawberry.field(
        description="The address of this server that it left by, where a setting says which; else empty."
    )
    is_claim: bool = strawberry.field(
        description="Reported by another host without proof that it had the message: anybody may have."
    )
    checks: list[SpoolCheck] = strawberry.field(description="Checks and filters that led to it, in order.")

    @classmethod
    def of(cls, entry: Entry) -> SpoolEvent:
        """As the API shows it."""
        return cls(
            at=DateTime(entry.at),
            event=entry.event,
            host=entry.host,
            tls=entry.tls,
            status=entry.status,
            reply=entry.reply,
            next_attempt_at=_moment(entry.next_attempt_at),
            is_claim=entry.is_claim,
            source=entry.source,
            checks=[SpoolCheck.of(one) for one in entry.checks],
        )


@strawberry.type(description="A recipient of a message in the spool.")
class SpoolRecipient:
    """One recipient."""

    id: strawberry.ID
    address: str
    via: str = strawberry.field(
        description="The alias this address stands for; empty where it was named itself."
    )
    state: State
    is_in_hand: bool = strawberry.field(description="A worker has it now.")
    attempts: int
    next_attempt_at: DateTime | None = strawberry.field(description="Null unless it waits for its turn.")
    last_attempt_at: DateTime | None
    last_status: str = strawberry.field(description="RFC 3463 code of the last attempt.")
    last_reply: str
    last_host: str
    priority: int = strawberry.field(description="1 goes before the others, -1 behind them.")
    is_paused: bool = strawberry.field(description="Held because its destination is paused.")
    is_to_be_returned: bool
    route: str = strawberry.field(description="The host or gateway it was rerouted to; else empty.")
    named: str = strawberry.field(description="The address it had before it was changed; else empty.")
    trace: list[SpoolEvent] = strawberry.field(description="Every step, oldest first.")

    @classmethod
    def of(cls, row: RecipientView) -> SpoolRecipient:
        """From its row."""
        return cls(
            id=strawberry.ID(str(row.id)),
            address=row.address,
            via=row.via,
            state=row.state,
            is_in_hand=row.is_in_hand,
            attempts=row.attempts,
            next_attempt_at=_moment(row.next_attempt_at),
            last_attempt_at=_moment(row.last_attempt_at),
            last_status=row.last_status,
            last_reply=row.last_reply,
            last_host=row.last_host,
            priority=row.priority,
            is_paused=row.instruction is Instruction.PAUSED,
            is_to_be_returned=row.instruction is Instruction.RETURN,
            route=row.route,
            named=row.named,
            trace=[SpoolEvent.of(entry) for entry in row.trace],
        )


@strawberry.type(description="An accepted message that is on its way, or was.")
class SpoolMessage:
    """One message."""

    id: strawberry.ID
    sender: str = strawberry.field(description="The return path; empty for a delivery report.")
    subject: str
    message_id: str = strawberry.field(description="The Message-ID, as its header has it.")
    size_bytes: Long
    created_at: DateTime
    finished_at: DateTime | None = strawberry.field(description="When the last recipient was settled.")
    is_held: bool
    remote_address: str = strawberry.field(description="Where it came from; empty for what arose here.")
    helo: str
    protocol: str
    open_count: int = strawberry.field(description="Recipients that are queued or held.")
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
            message_id=row.message_id,
            size_bytes=Long(row.size_bytes),
            created_at=DateTime(row.created_at),
            finished_at=_moment(row.finished_at),
            is_held=row.is_held,
            remote_address=row.remote_address,
            helo=row.helo,
            protocol=row.protocol,
            open_count=row.open_count,
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
    total_count: int = strawberry.field(description="Counted to 10,001 at most.")

    @classmethod
    def of(cls, page: Page[SpoolMessage]) -> SpoolConnection:
        """From a page of rows."""
        edges = [SpoolEdge(cursor=c, node=n) for c, (_, n) in zip(page.cursors, page.rows, strict=True)]
        return cls(edges=edges, page_info=page.page_info, total_count=page.total)


@strawberry.type
class SpoolDestination:
    """Open recipients of one domain."""

    domain: str
    queued: int
    held: int
    next_attempt_at: DateTime | None
    most_attempts: int

    @classmethod
    def of(cls, row: Destination) -> SpoolDestination:
        """As the API shows it."""
        return cls(
            domain=row.domain,
            queued=row.queued,
            held=row.held,
            next_attempt_at=_moment(row.next_attempt_at),
            most_attempts=row.most_attempts,
        )


@strawberry.type
class SpoolPause:
    """A destination to which nothing is sent; `domain` is empty for all sending."""

    domain: str
    paused_at: DateTime
    actor: str

    @classmethod
    def of(cls, row: Pause) -> SpoolPause:
        """As the API shows it."""
        return cls(domain=row.domain, paused_at=DateTime(row.paused_at), actor=row.actor)


@strawberry.type
class SpoolProgress:
    """How far an act on all that match has come: call again with `before` until it is null."""

    changed: int
    looked_at: int
    before: strawberry.ID | None
