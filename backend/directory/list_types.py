"""Mailing lists as values, and the words their columns hold."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum, StrEnum
from typing import Any

from backend.formats.addresses import Address, format_addr_spec


class Posting(StrEnum):
    """Who may post."""

    ANYONE = "ANYONE"
    MEMBERS = "MEMBERS"
    MODERATORS = "MODERATORS"
    CHOSEN = "CHOSEN"
    """The addresses named for it, and moderators."""


class Refusal(StrEnum):
    """What becomes of a post that is not plainly allowed."""

    ACCEPT = "ACCEPT"
    HOLD = "HOLD"
    REJECT = "REJECT"


class ReplyTo(StrEnum):
    """Where answers go."""

    AUTHOR = "AUTHOR"
    LIST = "LIST"


class FromRewriting(StrEnum):
    """Whose posts leave under the list's address, so that the author's DMARC policy does not refuse them."""

    POLICY = "POLICY"
    """Authors whose domain asks for it: it publishes `quarantine` or `reject`, or nobody knows."""
    ALWAYS = "ALWAYS"
    OUTSIDE = "OUTSIDE"
    """Authors of domains that are not ours: what we change breaks their signatures, ours are made anew."""
    NEVER = "NEVER"


class MemberView(StrEnum):
    """Who sees the members."""

    MODERATORS = "MODERATORS"
    MEMBERS = "MEMBERS"


class Subscription(StrEnum):
    """How one comes onto the list by mail."""

    OPEN = "OPEN"
    """By oneself, once the address has confirmed."""
    REQUEST = "REQUEST"
    """After that a moderator decides."""
    CLOSED = "CLOSED"


class Standing(IntEnum):
    """What somebody is on a list; the first three are stored, ADMINISTRATOR is by the domain."""

    MEMBER = 0
    MODERATOR = 1
    OWNER = 2
    ADMINISTRATOR = 3


class Delivery(StrEnum):
    """What a member gets."""

    EACH = "EACH"
    NONE = "NONE"


class AddressKind(StrEnum):
    """What an address that is named beside the members may or may not."""

    POSTER = "POSTER"
    BANNED = "BANNED"


class Command(StrEnum):
    """What mail to one of a list's addresses is for; the value is what stands behind the list's name."""

    POST = ""
    REQUEST = "-request"
    SUBSCRIBE = "-subscribe"
    UNSUBSCRIBE = "-unsubscribe"
    OWNER = "-owner"


COMMANDS = tuple(command for command in Command if command is not Command.POST)


@dataclass(frozen=True, slots=True)
class MailingList:
    """A list; `domain` is the A-label."""

    id: int
    domain_id: int
    domain: str
    localpart: str
    name: str
    description: str
    is_enabled: bool
    posting: Posting
    is_moderated: bool
    unentitled: Refusal
    unverified: Refusal
    reply_to: ReplyTo
    from_rewriting: FromRewriting
    subject_prefix: str
    footer: str
    max_bytes: int
    member_view: MemberView
    subscription: Subscription
    created_at: int

    COLUMNS = (
        "l.id, l.domain_id, domain.name, l.localpart, l.name, l.description, l.is_enabled, l.posting,"
        " l.is_moderated, l.unentitled, l.unverified, l.reply_to, l.from_rewriting, l.subject_prefix,"
        " l.footer, l.max_bytes, l.member_view, l.subscription, l.created_at"
    )
    TABLES = "mailing_list l JOIN domain ON domain.id = l.domain_id"

    @classmethod
    def from_row(cls, row: tuple[Any, ...]) -> MailingList:
        """From the values of `COLUMNS`."""
        return cls(
            id=row[0],
            domain_id=row[1],
            domain=row[2],
            localpart=row[3],
            name=row[4],
            description=row[5],
            is_enabled=bool(row[6]),
            posting=Posting(row[7]),
            is_moderated=bool(row[8]),
            unentitled=Refusal(row[9]),
            unverified=Refusal(row[10]),
            reply_to=ReplyTo(row[11]),
            from_rewriting=FromRewriting(row[12]),
            subject_prefix=row[13],
            footer=row[14],
            max_bytes=row[15],
            member_view=MemberView(row[16]),
            subscription=Subscription(row[17]),
            created_at=row[18],
        )

    @property
    def address(self) -> str:
        """Where posts go."""
        return format_addr_spec(self.localpart, self.domain)

    @property
    def title(self) -> str:
        """The name for people."""
        return self.name or self.localpart

    def address_for(self, command: Command) -> Address:
        """One of the list's addresses."""
        return Address(self.localpart + command.value, self.domain)


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody on a list: an address, or a group as `group:NAME`."""

    id: int
    list_id: int
    address: str
    group_id: int | None
    name: str
    role: Standing
    delivery: Delivery
    bounces: int
    bounced_at: int | None
    suspended_at: int | None
    created_at: int

    COLUMNS = (
        "m.id, m.list_id, m.address, m.group_id, m.name, m.role, m.delivery, m.bounces, m.bounced_at,"
        " m.suspended_at, m.created_at"
    )

    @classmethod
    def from_row(cls, row: tuple[Any, ...]) -> Member:
        """From the values of `COLUMNS`."""
        return cls(
            id=row[0],
            list_id=row[1],
            address=row[2],
            group_id=row[3],
            name=row[4],
            role=Standing(row[5]),
            delivery=Delivery(row[6]),
            bounces=row[7],
            bounced_at=row[8],
            suspended_at=row[9],
            created_at=row[10],
        )
