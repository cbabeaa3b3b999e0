"""Live updates: one subscription that says what of the viewer's account changed.

Bus events are hints; they are gathered while the client's last answer is on its way and told in one, so a
burst of deliveries costs one update. After a gap in the bus the client is told to look at everything.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator
from dataclasses import dataclass, field
from typing import NamedTuple

import strawberry

from backend.api.compose.types import Submission, submissions_of
from backend.api.context import Info, make_context
from backend.api.mail import boxes
from backend.api.mail.bulk import BulkAct
from backend.api.mail.types import Mailbox
from backend.api.scalars import Long
from backend.kit import events
from backend.kit.errors import Unauthenticated
from backend.mailstore import changes, shares
from backend.mailstore.bulk import control as bulk_acts
from schema.events import (
    BulkActChanged,
    DomainChanged,
    MailboxChanged,
    MailboxListChanged,
    SeenChanged,
    SessionRevoked,
    SharesChanged,
    SubmissionChanged,
    UserChanged,
)


@strawberry.type(
    description="Something of the viewer's account changed; ask viewChanges for what is on screen."
)
class AccountChange:
    """What to look at."""

    modseq: Long
    mailbox_ids: list[strawberry.ID]
    mailboxes: list[Mailbox]
    is_mailbox_list_changed: bool
    submissions: list[Submission]
    bulk_acts: list[BulkAct]


class _Taken(NamedTuple):
    """What has happened, to be told in one answer."""

    mailbox_ids: set[int]
    has_list_changed: bool
    have_submissions_changed: bool
    have_acts_changed: bool


@dataclass(slots=True)
class _Pending:
    """What has happened since the last answer. `shared` are others' mailboxes that the viewer sees, with
    their accounts.
    """

    account_id: int
    domain_id: int | None
    session_id: int | None
    wake: asyncio.Event = field(default_factory=asyncio.Event)
    mailbox_ids: set[int] = field(default_factory=set)
    shared: dict[int, int] = field(default_factory=dict)
    has_list_changed: bool = False
    have_submissions_changed: bool = False
    have_acts_changed: bool = False
    is_ended: bool = False

    def on_mailbox(self, event: MailboxChanged) -> None:
        if event.account_id == self.account_id or event.mailbox_id in self.shared:
            self.mailbox_ids.add(event.mailbox_id)
            self.wake.set()

    def on_seen(self, event: SeenChanged) -> None:
        if event.user_id == self.account_id:
            self.mailbox_ids.add(event.mailbox_id)
            self.wake.set()

    def on_list(self, event: MailboxListChanged) -> None:
        if event.account_id == self.account_id or event.account_id in self.shared.values():
            self.has_list_changed = True
            self.wake.set()

    def on_rights(self, event: SharesChanged | DomainChanged) -> None:
        """Rights of somebody of the domain changed, or its groups did: they may be the viewer's."""
        if event.domain_id == self.domain_id:
            self.has_list_changed = True
            self.wake.set()

    def on_submission(self, event: SubmissionChanged) -> None:
        if event.account_id == self.account_id:
            self.have_submissions_changed = True
            self.wake.set()

    def on_act(self, event: BulkActChanged) -> None:
        if event.user_id == self.account_id:
            self.have_acts_changed = True
            self.wake.set()

    def on_revoked(self, event: SessionRevoked) -> None:
        if event.session_id == self.session_id:
            self.end()

    def on_user(self, event: UserChanged) -> None:
        if event.user_id == self.account_id:
            self.wake.set()

    def on_gap(self) -> None:
        self.has_list_changed = self.have_submissions_changed = self.have_acts_changed = True
        self.wake.set()

    def end(self) -> None:
        self.is_ended = True
        self.wake.set()

    def take(self) -> _Taken:
        """What is pending, and start anew."""
        taken = _Taken(
            self.mailbox_ids, self.has_list_changed, self.have_submissions_changed, self.have_acts_changed
        )
        self.mailbox_ids = set()
        self.has_list_changed = self.have_submissions_changed = self.have_acts_changed = False
        self.wake.clear()
        return taken


async def _account_changed(info: Info) -> AsyncGenerator[AccountChange, None]:
    context = info.context
    pending = _Pending(context.account_id, context.signed_in.domain_id, context.signed_in.session_id)
    bus = events.bus()
    unsubscribe = [
        bus.subscribe(MailboxChanged, pending.on_mailbox),
        bus.subscribe(MailboxListChanged, pending.on_list),
        bus.subscribe(SeenChanged, pending.on_seen),
        bus.subscribe(SharesChanged, pending.on_rights),
        bus.subscribe(DomainChanged, pending.on_rights),
        bus.subscribe(SubmissionChanged, pending.on_submission),
        bus.subscribe(BulkActChanged, pending.on_act),
        bus.subscribe(SessionRevoked, pending.on_revoked),
        bus.subscribe(UserChanged, pending.on_user),
        bus.on_gap(pending.on_gap),
    ]
    try:
        pending.shared = await _shared(pending.account_id)
        while True:
            await pending.wake.wait()
            taken = pending.take()
            if pending.is_ended or (await make_context(context.connection, None)).principal is None:
                raise Unauthenticated("You have been signed out")
            if taken.has_list_changed:
                pending.shared = await _shared(pending.account_id)
            if any(taken):
                yield await _change(pending.account_id, taken)
    finally:
        for stop in unsubscribe:
            stop()


async def _shared(account_id: int) -> dict[int, int]:
    """The mailboxes of others that the viewer sees, with their accounts."""
    return {box.row.id: box.row.account_id for box in await shares.visible(account_id)}


async def _change(account_id: int, taken: _Taken) -> AccountChange:
    acts = await bulk_acts.recent(account_id) if taken.have_acts_changed else []
    return AccountChange(
        modseq=Long(await changes.account_state(account_id)),
        mailbox_ids=[strawberry.ID(str(mailbox_id)) for mailbox_id in sorted(taken.mailbox_ids)],
        mailboxes=await boxes.visible(account_id, None if taken.has_list_changed else taken.mailbox_ids),
        is_mailbox_list_changed=taken.has_list_changed,
        submissions=await submissions_of(account_id) if taken.have_submissions_changed else [],
        bulk_acts=[BulkAct.of(act) for act in acts],
    )


@strawberry.type
class Subscription:
    """What is told as it happens."""

    account_changed = strawberry.subscription(resolver=_account_changed)
