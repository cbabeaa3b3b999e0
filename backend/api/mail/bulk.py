"""Acts on all messages of a mailbox or a search, done in the background: begun, followed, taken back."""

from __future__ import annotations

from enum import Enum

import strawberry

from backend.api.context import Info
from backend.api.guards import signed_in
from backend.api.inputs import one_id
from backend.api.mail.types import MessageFilter
from backend.api.scalars import DateTime
from backend.kit import clock
from backend.kit.errors import InvalidSyntax
from backend.kit.languages import said
from backend.mailstore.bulk import begin, control
from backend.mailstore.bulk.types import Act, Step

MAX_SEARCH_CHARS = 500


@strawberry.enum
class BulkActState(Enum):
    """Where an act on many messages stands; UNDONE: it was taken back."""

    OPEN = "open"
    DONE = "done"
    CANCELLED = "cancelled"
    FAILED = "failed"
    UNDONE = "undone"


@strawberry.type(description="An act on many messages, done in the background.")
class BulkAct:
    """As its user follows it."""

    id: strawberry.ID
    state: BulkActState
    label: str
    add_flags: list[str]
    remove_flags: list[str]
    move_to: strawberry.ID | None
    destroy: bool
    undo_of: strawberry.ID | None = strawberry.field(description="The act that this one takes back.")
    total: int
    done: int = strawberry.field(description="How many messages it has gone through.")
    skipped: int = strawberry.field(
        description="Of those, how many it left as they were: gone, moved on, or without the right to."
    )
    error: str | None = strawberry.field(description="Why it failed; what it had done by then stays.")
    begins_at: DateTime = strawberry.field(
        description="Of an open act: taken back before then, it does nothing."
    )
    created_at: DateTime

    @classmethod
    def of(cls, act: Act) -> BulkAct:
        """As the API shows it."""
        step = act.step or Step()
        return cls(
            id=strawberry.ID(str(act.id)),
            state=BulkActState(act.state.name.lower()),
            label=act.label,
            add_flags=list(step.add),
            remove_flags=list(step.remove),
            move_to=strawberry.ID(str(step.move_to)) if step.move_to else None,
            destroy=step.destroy,
            undo_of=strawberry.ID(str(act.undo_of)) if act.undo_of else None,
            total=act.total,
            done=act.done,
            skipped=act.skipped,
            error=said(act.error) or None,
            begins_at=DateTime(act.due_at),
            created_at=DateTime(act.created_at),
        )


@strawberry.input
class BeginBulkActInput:
    """Which messages (all of a mailbox, of a search, or of a search in a mailbox), and what to do to them."""

    mailbox_id: strawberry.ID | None = None
    search: str | None = None
    filter: MessageFilter | None = strawberry.field(default=None, description="Without a search only.")
    time_zone: str | None = strawberry.field(
        default=None, description="IANA name of the zone whose days the search's dates are; else UTC."
    )
    add_flags: list[str] | None = None
    remove_flags: list[str] | None = None
    move_to: strawberry.ID | None = None
    destroy: bool | None = strawberry.field(
        default=None, description="Remove for good (only from Trash, Junk or Drafts)."
    )
    hold_seconds: int = strawberry.field(default=0, description="Begin so much later, at most 60.")
    with_below: bool = strawberry.field(
        default=False,
        description="With destroy on all of the own Trash: what lies in the mailboxes below it too, and they "
        "are removed in the end.",
    )
    label: str = strawberry.field(default="", description="What the user calls it.")


async def _bulk_acts(info: Info) -> list[BulkAct]:
    return [BulkAct.of(act) for act in await control.recent(info.context.account_id)]


async def _begin(info: Info, input: BeginBulkActInput) -> BulkAct:
    search = input.search or ""
    if len(search) > MAX_SEARCH_CHARS:
        raise InvalidSyntax(f"A search has at most {MAX_SEARCH_CHARS} characters", field="search")
    query = begin.Query(
        one_id(input.mailbox_id, "mailboxId") if input.mailbox_id is not None else None,
        search,
        "" if input.filter is None else input.filter.value,
        clock.zone(input.time_zone or ""),
        with_below=input.with_below,
    )
    step = Step(
        add=_flags(input.add_flags),
        remove=_flags(input.remove_flags),
        move_to=one_id(input.move_to, "moveTo") if input.move_to is not None else 0,
        destroy=bool(input.destroy),
    )
    act = await begin.begin_query(
        info.context.account_id, query, step, label=input.label, hold_s=input.hold_seconds
    )
    return BulkAct.of(act)


def _flags(names: list[str] | None) -> tuple[str, ...]:
    return tuple(names or ())


async def _cancel(info: Info, id: strawberry.ID) -> BulkAct:
    return BulkAct.of(await control.cancel(info.context.account_id, one_id(id, "id")))


async def _undo(info: Info, id: strawberry.ID) -> BulkAct:
    return BulkAct.of(await control.undo(info.context.account_id, one_id(id, "id")))


@strawberry.type
class BulkActQueries:
    """Acts on many messages."""

    bulk_acts: list[BulkAct] = signed_in(
        _bulk_acts, description="Those that are under way or ended within a day, newest first; at most 50."
    )


@strawberry.type
class BulkActMutations:
    """Beginning, stopping and taking back acts on many messages."""

    begin_bulk_act: BulkAct = signed_in(
        _begin, description="On what the query finds now; what arrives later is not touched."
    )
    cancel_bulk_act: BulkAct = signed_in(_cancel, description="Stops it; what it has done stays.")
    undo_bulk_act: BulkAct = signed_in(
        _undo,
        description="Stops it and takes back what it has done; the act that does so. Within a day, once.",
    )
