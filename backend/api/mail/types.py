"""GraphQL types of mail: plain values made from rows of the mailstore."""

from __future__ import annotations

from enum import Enum

import strawberry

from backend.api.mail.searches import SearchTerm
from backend.api.scalars import DateTime, Long
from backend.mailstore import flags as flag_bits
from backend.mailstore import mute
from backend.mailstore.conversations import Conversation
from backend.mailstore.keywords import is_tag
from backend.mailstore.listing import ListRow
from backend.mailstore.rights import Rights, letters
from backend.mailstore.timers import Timer
from backend.mailstore.types import MailboxRow


@strawberry.enum
class SpecialUse(Enum):
    """What a mailbox is for (RFC 6154)."""

    INBOX = "inbox"
    DRAFTS = "drafts"
    SENT = "sent"
    ARCHIVE = "archive"
    JUNK = "junk"
    TRASH = "trash"
    SNOOZED = "snoozed"
    SCHEDULED = "scheduled"


@strawberry.enum
class MailboxRight(Enum):
    """What may be done with a mailbox (RFC 4314)."""

    LOOKUP = "l"
    READ = "r"
    SEEN = "s"
    WRITE = "w"
    INSERT = "i"
    POST = "p"
    CREATE = "k"
    DELETE_MAILBOX = "x"
    DELETE_MESSAGES = "t"
    EXPUNGE = "e"
    ADMINISTER = "a"


def shown_rights(rights: Rights) -> list[MailboxRight]:
    """Rights as the API names them."""
    return [MailboxRight(letter) for letter in letters(rights)]


@strawberry.enum
class MessageSort(Enum):
    """Order of a view."""

    DATE_DESC = "date"
    DATE_ASC = "date_asc"
    SENDER = "sender"
    SENDER_DESC = "sender_desc"
    SUBJECT = "subject"
    SUBJECT_DESC = "subject_desc"
    SIZE = "size"
    SIZE_ASC = "size_asc"
    UNREAD_FIRST = "unread"
    STARRED_FIRST = "starred"


@strawberry.enum
class MessageFilter(Enum):
    """Which messages of a mailbox a view shows."""

    UNREAD = "unread"
    STARRED = "starred"
    ATTACHMENTS = "attachments"
    TAGGED = "tagged"


@strawberry.type
class Mailbox:
    """A mailbox with its counters."""

    id: strawberry.ID
    path: str = strawberry.field(description="Full path, levels parted by /.")
    name: str = strawberry.field(description="Last level of the path.")
    parent_id: strawberry.ID | None
    special_use: SpecialUse | None
    total: int
    unread: int
    size_bytes: Long
    modseq: Long
    is_subscribed: bool
    owner: str | None = strawberry.field(description="Whose it is, where it is another's.")
    rights: list[MailboxRight]

    @classmethod
    def from_row(
        cls, row: MailboxRow, parent_id: int | None, rights: Rights, owner: str | None = None
    ) -> Mailbox:
        """The mailbox as a client sees it."""
        use = "inbox" if row.name == "INBOX" else row.special_use
        return cls(
            id=strawberry.ID(str(row.id)),
            path=row.name,
            name=row.name.rpartition("/")[2],
            parent_id=strawberry.ID(str(parent_id)) if parent_id is not None else None,
            special_use=SpecialUse(use) if use else None,
            total=row.exists,
            unread=row.unseen,
            size_bytes=Long(row.size_bytes),
            modseq=Long(row.modseq),
            is_subscribed=bool(row.is_subscribed),
            owner=owner,
            rights=shown_rights(rights),
        )


@strawberry.type
class Correspondent:
    """A name and an address, as a header field gives them."""

    name: str
    address: str


@strawberry.enum
class TimerKind(Enum):
    """What happens to a message at its time."""

    SEND = "send"
    SNOOZE = "snooze"
    FOLLOW_UP = "follow_up"


@strawberry.type(description="A time at which something happens to a message.")
class MessageTimer:
    """Of a scheduled, snoozed or sent message."""

    kind: TimerKind
    due_at: DateTime
    return_to: strawberry.ID | None = strawberry.field(
        description="The mailbox to which a snoozed message returns."
    )
    error: str | None = strawberry.field(description="Why it was not sent at its time.")

    @classmethod
    def from_row(cls, timer: Timer) -> MessageTimer:
        """As the owner sees it."""
        return cls(
            kind=TimerKind(timer.kind.value),
            due_at=DateTime(timer.due_at),
            return_to=strawberry.ID(str(timer.return_to)) if timer.return_to is not None else None,
            error=timer.error or None,
        )


@strawberry.type
class ConversationMember:
    """A message that a row of a conversation stands for."""

    id: strawberry.ID
    is_seen: bool
    is_flagged: bool


@strawberry.type
class ConversationTag:
    """A tag, and those of a conversation's members that have it."""

    keyword: str
    ids: list[strawberry.ID]


@strawberry.type(description="What a mailbox has of a conversation, for the row that stands for it.")
class ConversationSummary:
    """Its messages here, newest first, and who wrote in it."""

    members: list[ConversationMember]
    tags: list[ConversationTag]
    people: list[Correspondent] = strawberry.field(description="In all mailboxes, oldest message first.")

    @classmethod
    def of(cls, found: Conversation, names: tuple[str, ...]) -> ConversationSummary:
        """For a row; `names` are the account's keywords in the order of their bits."""
        return cls(
            members=[
                ConversationMember(
                    id=strawberry.ID(str(one.ref)),
                    is_seen=bool(one.flags & flag_bits.SEEN),
                    is_flagged=bool(one.flags & flag_bits.FLAGGED),
                )
                for one in found.members
            ],
            tags=[
                ConversationTag(
                    keyword=name,
                    ids=[
                        strawberry.ID(str(one.ref))
                        for one in found.members
                        if name in flag_bits.keywords_of(one.flags, names)
                    ],
                )
                for name in flag_bits.keywords_of(found.flags, names)
                if is_tag(name)
            ],
            people=[Correspondent(name=name, address=address) for name, address in found.people],
        )


@strawberry.type
class MessageRow:
    """A message in a list."""

    id: strawberry.ID
    mailbox_id: strawberry.ID
    thread_id: strawberry.ID
    thread_count: int
    from_: Correspondent = strawberry.field(name="from")
    to_text: str = strawberry.field(description="Recipients in words, for Sent and Drafts.")
    subject: str
    preview: str
    received_at: DateTime = strawberry.field(description="When it arrived here; the list is sorted by it.")
    size_bytes: Long
    is_seen: bool
    is_flagged: bool
    is_answered: bool
    is_forwarded: bool
    is_draft: bool = strawberry.field(description="By its flag, or because it stands in Drafts.")
    keywords: list[str]
    has_attachments: bool
    is_muted: bool = strawberry.field(description="New messages of its conversation skip the inbox.")
    is_reminder: bool = strawberry.field(description="A sent message that came back: nobody answered it.")
    timer: MessageTimer | None
    conversation: ConversationSummary | None = strawberry.field(
        description="Of a row in a list of conversations; it is the newest message of it there."
    )

    @classmethod
    def from_row(
        cls,
        row: ListRow,
        names: tuple[str, ...],
        timer: Timer | None = None,
        conversation: Conversation | None = None,
        *,
        is_in_drafts: bool = False,
    ) -> MessageRow:
        """A list row; `names` are the account's keywords in the order of their bits."""
        keywords = flag_bits.keywords_of(row.flags, names)
        return cls(
            id=strawberry.ID(str(row.ref)),
            mailbox_id=strawberry.ID(str(row.mailbox_id)),
            thread_id=strawberry.ID(str(row.thread_id)),
            thread_count=row.thread_count,
            from_=Correspondent(name=row.from_name, address=row.from_addr),
            to_text=row.to_text,
            subject=row.subject,
            preview=row.preview,
            received_at=DateTime(row.internal_at),
            size_bytes=Long(row.size_bytes),
            is_seen=bool(row.flags & flag_bits.SEEN),
            is_flagged=bool(row.flags & flag_bits.FLAGGED),
            is_answered=bool(row.flags & flag_bits.ANSWERED),
            is_forwarded="$Forwarded" in keywords,
            is_draft=is_in_drafts or bool(row.flags & flag_bits.DRAFT),
            keywords=[name for name in keywords if is_tag(name)],
            has_attachments=bool(row.has_attachments),
            is_muted=mute.KEYWORD in keywords,
            is_reminder="$FollowUp" in keywords,
            timer=MessageTimer.from_row(timer) if timer is not None else None,
            conversation=ConversationSummary.of(conversation, names) if conversation is not None else None,
        )


@strawberry.type(
    description="A window of a mailbox or of a search. `state` is the modseq to ask changes from."
)
class MessageView:
    """A window."""

    total: int
    message_total: int = strawberry.field(
        description="How many messages the rows of the whole view stand for: in a list of conversations more "
        "than `total`."
    )
    state: Long
    offset: int
    rows: list[MessageRow]
    terms: list[SearchTerm] = strawberry.field(
        default_factory=list, description="Of a search: what it was understood to say."
    )


@strawberry.type
class AddedRow:
    """A row and the index at which it stands now."""

    index: int
    row: MessageRow


@strawberry.type(
    description="What changed in a mailbox's view since `since`: apply removed, then added by ascending "
    "index, then updated."
)
class ViewChanges:
    """A delta."""

    state: Long
    total: int
    message_total: int
    is_reset: bool = strawberry.field(
        description="True where the gap is too wide: drop all windows and ask anew."
    )
    removed: list[strawberry.ID]
    added: list[AddedRow]
    updated: list[MessageRow]
    mailboxes: list[Mailbox]


@strawberry.type
class FailedMessage:
    """A message that an act could not change, and why."""

    id: strawberry.ID
    code: str
    message: str


@strawberry.type
class UpdateMessagesPayload:
    """What a batch did: everything but `failed`."""

    state: Long
    failed: list[FailedMessage]
    mailboxes: list[Mailbox]


@strawberry.input
class UpdateMessagesInput:
    """One change for many messages."""

    ids: list[strawberry.ID]
    add_flags: list[str] | None = None
    remove_flags: list[str] | None = None
    move_to: strawberry.ID | None = strawberry.field(default=None, description="Move there.")
    destroy: bool | None = strawberry.field(
        default=None, description="Remove for good (only from Trash, Junk or Drafts)."
    )
    snooze_until: DateTime | None = strawberry.field(
        default=None, description="Put away into Snoozed until then; own messages only."
    )
    mute: bool | None = strawberry.field(
        default=None,
        description="Mute their conversations (what is in the inbox is archived, what comes later skips it), "
        "or with false end that.",
    )
