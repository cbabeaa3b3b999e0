"""GraphQL types of mailing lists: plain values made from those of the directory and of what lists hold."""

from __future__ import annotations

import strawberry

from backend.api.relay import Page, PageInfo
from backend.api.scalars import DateTime, Long
from backend.directory import list_types
from backend.directory.list_types import (
    AddressKind,
    Delivery,
    FromRewriting,
    MemberView,
    Posting,
    Refusal,
    ReplyTo,
    Standing,
    Subscription,
)
from backend.directory.lists import Options
from backend.formats.list_commands import Decision
from backend.kit.languages import said
from backend.submission.lists.held import HeldPost
from backend.submission.lists.requests import Request

strawberry.enum(Posting, name="ListPosting")
strawberry.enum(Refusal, name="ListRefusal")
strawberry.enum(ReplyTo, name="ListReplyTo")
strawberry.enum(FromRewriting, name="ListFromRewriting")
strawberry.enum(MemberView, name="ListMemberView")
strawberry.enum(Subscription, name="ListSubscription")
strawberry.enum(Standing, name="ListStanding")
strawberry.enum(Delivery, name="ListDelivery")
strawberry.enum(AddressKind, name="ListAddressKind")
strawberry.enum(Decision, name="ListDecision")


@strawberry.type
class MailingList:
    """A mailing list."""

    id: strawberry.ID
    domain_id: strawberry.ID
    address: str
    localpart: str
    name: str
    description: str
    is_enabled: bool
    posting: Posting = strawberry.field(description="Who may post.")
    is_moderated: bool = strawberry.field(description="Moderators see every post of others first.")
    unentitled: Refusal = strawberry.field(description="What becomes of posts by others: HOLD or REJECT.")
    unverified: Refusal = strawberry.field(
        description="What becomes of posts by those who may, but did not sign in here."
    )
    reply_to: ReplyTo
    from_rewriting: FromRewriting
    subject_prefix: str
    footer: str
    max_bytes: Long = strawberry.field(description="0: the system's limit.")
    member_view: MemberView
    subscription: Subscription
    member_count: int = strawberry.field(description="A group counts as one.")
    held_count: int = strawberry.field(description="Posts that wait for a moderator.")
    created_at: DateTime
    standing: Standing | None = strawberry.field(description="What the viewer is on the list.")


def shown(row: list_types.MailingList, *, members: int, held: int, standing: Standing | None) -> MailingList:
    """A list with its counts."""
    return MailingList(
        id=strawberry.ID(str(row.id)),
        domain_id=strawberry.ID(str(row.domain_id)),
        address=row.address,
        localpart=row.localpart,
        name=row.name,
        description=row.description,
        is_enabled=row.is_enabled,
        posting=row.posting,
        is_moderated=row.is_moderated,
        unentitled=row.unentitled,
        unverified=row.unverified,
        reply_to=row.reply_to,
        from_rewriting=row.from_rewriting,
        subject_prefix=row.subject_prefix,
        footer=row.footer,
        max_bytes=Long(row.max_bytes),
        member_view=row.member_view,
        subscription=row.subscription,
        member_count=members,
        held_count=held,
        created_at=DateTime(row.created_at),
        standing=standing,
    )


@strawberry.type
class MailingListEdge:
    """A list in a page."""

    cursor: str
    node: MailingList


@strawberry.type
class MailingListConnection:
    """A page of lists."""

    edges: list[MailingListEdge]
    page_info: PageInfo
    total_count: int

    @classmethod
    def of(cls, page: Page[MailingList]) -> MailingListConnection:
        """From a page of rows."""
        edges = [MailingListEdge(cursor=c, node=n) for c, (_, n) in zip(page.cursors, page.rows, strict=True)]
        return cls(edges=edges, page_info=page.page_info, total_count=page.total)


@strawberry.input
class MailingListOptions:
    """What can be set on a list; null leaves it as it is."""

    name: str | None = None
    description: str | None = None
    is_enabled: bool | None = None
    posting: Posting | None = None
    is_moderated: bool | None = None
    unentitled: Refusal | None = None
    unverified: Refusal | None = None
    reply_to: ReplyTo | None = None
    from_rewriting: FromRewriting | None = None
    subject_prefix: str | None = None
    footer: str | None = None
    max_bytes: Long | None = None
    member_view: MemberView | None = None
    subscription: Subscription | None = None

    def options(self) -> Options:
        """For the directory."""
        return Options(
            name=self.name,
            description=self.description,
            is_enabled=self.is_enabled,
            posting=self.posting,
            is_moderated=self.is_moderated,
            unentitled=self.unentitled,
            unverified=self.unverified,
            reply_to=self.reply_to,
            from_rewriting=self.from_rewriting,
            subject_prefix=self.subject_prefix,
            footer=self.footer,
            max_bytes=self.max_bytes,
            member_view=self.member_view,
            subscription=self.subscription,
        )


@strawberry.type
class ListMember:
    """Somebody on a list."""

    id: strawberry.ID
    address: str = strawberry.field(description="An address, or group:<name>.")
    name: str
    role: Standing
    delivery: Delivery
    bounces: int = strawberry.field(description="Days on which mail came back.")
    bounced_at: DateTime | None
    suspended_at: DateTime | None = strawberry.field(description="Since when nothing is sent to them.")
    created_at: DateTime

    @classmethod
    def of(cls, row: list_types.Member) -> ListMember:
        """From the directory's value."""
        return cls(
            id=strawberry.ID(str(row.id)),
            address=row.address,
            name=row.name,
            role=row.role,
            delivery=row.delivery,
            bounces=row.bounces,
            bounced_at=None if row.bounced_at is None else DateTime(row.bounced_at),
            suspended_at=None if row.suspended_at is None else DateTime(row.suspended_at),
            created_at=DateTime(row.created_at),
        )


@strawberry.type
class ListMemberEdge:
    """A member in a page."""

    cursor: str
    node: ListMember


@strawberry.type
class ListMemberConnection:
    """A page of members."""

    edges: list[ListMemberEdge]
    page_info: PageInfo
    total_count: int

    @classmethod
    def of(cls, page: Page[ListMember]) -> ListMemberConnection:
        """From a page of rows."""
        edges = [ListMemberEdge(cursor=c, node=n) for c, (_, n) in zip(page.cursors, page.rows, strict=True)]
        return cls(edges=edges, page_info=page.page_info, total_count=page.total)


@strawberry.input
class NewListMember:
    """Who shall be on a list: an address, or group:<name>."""

    address: str
    name: str = ""


@strawberry.type
class AddedListMembers:
    """What became of many."""

    added: int
    known: int = strawberry.field(description="Were on the list already.")
    refused: list[str] = strawberry.field(description="Are neither an address nor a group.")


@strawberry.type
class HeldListPost:
    """A post that waits for a moderator."""

    id: strawberry.ID
    sender: str
    author: str = strawberry.field(description="From, as the post names it.")
    subject: str
    reason: str
    size_bytes: Long
    held_at: DateTime
    expires_at: DateTime = strawberry.field(description="When it is discarded.")

    @classmethod
    def of(cls, row: HeldPost) -> HeldListPost:
        """From the row."""
        return cls(
            id=strawberry.ID(str(row.id)),
            sender=row.sender,
            author=row.author,
            subject=row.subject,
            reason=said(row.reason),
            size_bytes=Long(row.size_bytes),
            held_at=DateTime(row.held_at),
            expires_at=DateTime(row.expires_at),
        )


@strawberry.type
class HeldListPostEdge:
    """A held post in a page."""

    cursor: str
    node: HeldListPost


@strawberry.type
class HeldListPostConnection:
    """A page of held posts, the oldest first."""

    edges: list[HeldListPostEdge]
    page_info: PageInfo
    total_count: int

    @classmethod
    def of(cls, page: Page[HeldListPost]) -> HeldListPostConnection:
        """From a page of rows."""
        edges = [
            HeldListPostEdge(cursor=c, node=n) for c, (_, n) in zip(page.cursors, page.rows, strict=True)
        ]
        return cls(edges=edges, page_info=page.page_info, total_count=page.total)


@strawberry.type
class ListRequest:
    """Somebody who wants to be on a list and waits for a moderator."""

    id: strawberry.ID
    address: str
    name: str
    created_at: DateTime

    @classmethod
    def of(cls, row: Request) -> ListRequest:
        """From the row."""
        return cls(
            id=strawberry.ID(str(row.id)),
            address=row.address,
            name=row.name,
            created_at=DateTime(row.created_at),
        )
