"""GraphQL types of shares and groups: plain values made from those of the mailstore and the directory."""

from __future__ import annotations

from enum import Enum

import strawberry

from backend.api.mail.types import MailboxRight, shown_rights
from backend.api.relay import Page, PageInfo
from backend.api.scalars import DateTime
from backend.directory import groups
from backend.mailstore.grants import Grant
from backend.mailstore.holder_search import Candidate


@strawberry.enum
class ShareHolderKind(Enum):
    """Who holds rights: a person, a group, or everyone of the domain."""

    USER = "user"
    GROUP = "group"
    ANYONE = "anyone"


@strawberry.type
class ShareHolder:
    """Somebody who may be given rights."""

    holder: str = strawberry.field(description="An address, group:<name>, or anyone.")
    kind: ShareHolderKind
    name: str = strawberry.field(description="A person's name.")

    @classmethod
    def of(cls, found: Candidate) -> ShareHolder:
        """From what the search found."""
        return cls(holder=found.holder.name, kind=ShareHolderKind(found.holder.kind), name=found.name)


@strawberry.type
class MailboxShare:
    """Rights that somebody holds on a mailbox."""

    holder: str = strawberry.field(description="An address, group:<name>, or anyone.")
    kind: ShareHolderKind
    is_negative: bool = strawberry.field(
        description="Takes these rights away from whoever else gives them to the holder."
    )
    rights: list[MailboxRight]

    @classmethod
    def of(cls, grant: Grant) -> MailboxShare:
        """From a grant."""
        return cls(
            holder=grant.holder.name,
            kind=ShareHolderKind(grant.holder.kind),
            is_negative=grant.is_negative,
            rights=shown_rights(grant.rights),
        )


@strawberry.input
class SetMailboxShareInput:
    """What a holder is to have on a mailbox; no rights revoke."""

    mailbox_id: strawberry.ID
    holder: str
    rights: list[MailboxRight]
    is_negative: bool = False
    with_children: bool = strawberry.field(default=False, description="Also on all mailboxes below it.")


@strawberry.type
class SharedAccountMailbox:
    """A mailbox of an account that belongs to no person."""

    id: strawberry.ID
    path: str


@strawberry.type
class GroupMember:
    """A user in a group."""

    user_id: strawberry.ID
    address: str
    name: str

    @classmethod
    def of(cls, member: groups.Member) -> GroupMember:
        """From the directory's value."""
        return cls(user_id=strawberry.ID(str(member.user_id)), address=member.address, name=member.name)


@strawberry.type
class Group:
    """People of a domain who hold rights together."""

    id: strawberry.ID
    domain_id: strawberry.ID
    name: str
    created_at: DateTime
    member_count: int

    @classmethod
    def of(cls, group: groups.Group) -> Group:
        """From the directory's value."""
        return cls(
            id=strawberry.ID(str(group.id)),
            domain_id=strawberry.ID(str(group.domain_id)),
            name=group.name,
            created_at=DateTime(group.created_at),
            member_count=group.member_count,
        )


@strawberry.type
class GroupEdge:
    """A group in a list."""

    cursor: str
    node: Group


@strawberry.type
class GroupConnection:
    """A page of groups."""

    edges: list[GroupEdge]
    page_info: PageInfo
    total_count: int

    @classmethod
    def of(cls, page: Page[Group]) -> GroupConnection:
        """From a page of rows."""
        edges = [GroupEdge(cursor=c, node=n) for c, (_, n) in zip(page.cursors, page.rows, strict=True)]
        return cls(edges=edges, page_info=page.page_info, total_count=page.total)
