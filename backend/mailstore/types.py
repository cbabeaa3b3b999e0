"""The words of the mailstore: identifiers, mailbox rows, special uses.

A message's row id is its place: the mailbox id above 32 bits of UID. Mailbox ids stay below 2^31, so a place
fits a signed 64-bit integer; a mailbox's messages are one range of ids, in UID order.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import NewType

AccountId = NewType("AccountId", int)
MailboxId = NewType("MailboxId", int)
ModSeq = NewType("ModSeq", int)
Uid = NewType("Uid", int)

UID_BITS = 32
MAX_UID = (1 << UID_BITS) - 1


class SpecialUse(StrEnum):
    """What a mailbox is for (RFC 6154), without the backslash; INBOX is known by its name.

    Snoozed and Scheduled are made when they are first needed.
    """

    DRAFTS = "drafts"
    SENT = "sent"
    JUNK = "junk"
    TRASH = "trash"
    ARCHIVE = "archive"
    SNOOZED = "snoozed"
    SCHEDULED = "scheduled"


@dataclass(frozen=True, slots=True)
class MailboxRow:
    """A mailbox with its counters, as SELECT, STATUS and the web's tree show it."""

    id: MailboxId
    account_id: AccountId
    name: str
    special_use: str
    uidvalidity: int
    uidnext: Uid
    exists: int
    unseen: int
    deleted: int
    size_bytes: int
    modseq: ModSeq
    list_modseq: ModSeq
    expunged_before: ModSeq
    is_subscribed: int


def place(mailbox_id: int, uid: int) -> int:
    """The row id of the message with that UID in that mailbox."""
    return mailbox_id << UID_BITS | uid


def uid_of(place_id: int) -> Uid:
    """The UID in a message's row id."""
    return Uid(place_id & MAX_UID)


def mailbox_of(place_id: int) -> MailboxId:
    """The mailbox in a message's row id."""
    return MailboxId(place_id >> UID_BITS)
