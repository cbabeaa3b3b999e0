"""What has come to an inbox since its owner's devices were last told.

Mail that was delivered, and what was snoozed or comes as a reminder, has the time of its arrival as its
internal date. What was only moved or imported keeps an older one, so putting a message back tells nobody.
Muted, filed and suspicious mail never stands in the inbox.
"""

from __future__ import annotations

from dataclasses import dataclass

from backend.directory import known_recipients
from backend.formats.addresses import Address
from backend.kit import clock, db
from backend.mailstore.flag_bits import DELETED, DRAFT, SEEN
from backend.mailstore.types import place
from backend.rules import senders

# After an hour without us mail is no news.
NEWS_FOR_S = 3600
MOST_READ = 100


@dataclass(frozen=True, slots=True)
class Inbox:
    """Where it ends now; `end` is the place of the last message that came."""

    mailbox_id: int
    end: int
    unread: int


@dataclass(frozen=True, slots=True)
class Arrival:
    """A new message; `place` is where it stands."""

    place: int
    ref: int
    thread_id: int
    sender_name: str
    sender_address: str
    subject: str
    arrived_at: int


async def inbox_of(user_id: int) -> Inbox | None:
    """The user's inbox; None where there is none."""
    row = await db.fetch_row(
        "SELECT id, uidnext, unseen_count FROM mailbox WHERE account_id = ? AND name = 'INBOX'", user_id
    )
    return Inbox(row[0], place(row[0], row[1] - 1), row[2]) if row is not None else None


async def overdue() -> set[int]:
    """The users with a device that has not been told up to where their inbox ends."""
    rows = await db.scan(
        "SELECT DISTINCT d.user_id FROM push_device d JOIN mailbox b ON b.account_id = d.user_id"
        " AND b.name = 'INBOX' WHERE d.told_to < b.id * ? + b.uidnext - 1",
        place(1, 0),
    )
    return {row[0] for row in rows}


async def since(inbox: Inbox, after: int) -> list[Arrival]:
    """Unread news behind the place `after`, oldest first; of very much only the newest."""
    rows = await db.fetch_rows(
        "SELECT m.id, m.ref, m.thread_id, e.from_name, e.from_addr, e.subject, m.saved_at"
        " FROM message m JOIN email e ON e.id = m.email_id WHERE m.id > ? AND m.id <= ?"
        f" AND m.flags & {SEEN | DELETED | DRAFT} = 0 AND m.internal_at >= m.saved_at AND m.saved_at > ?"
        " ORDER BY m.id DESC LIMIT ?",
        max(after, place(inbox.mailbox_id, 0)),
        inbox.end,
        clock.now() - NEWS_FOR_S,
        MOST_READ,
    )
    return [Arrival(*row) for row in reversed(rows)]


async def is_known(user_id: int, address: str) -> bool:
    """Whether the user has written to this sender or trusts it, or it is of this server."""
    try:
        parsed = Address.parse(address)
    except ValueError:
        return False
    strangers, _ = await known_recipients.strangers(user_id, [(parsed.localpart, parsed.domain)])
    return not strangers or await senders.is_trusted(user_id, str(parsed))
