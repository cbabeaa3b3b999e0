"""Messages of others by their refs, as the web names messages: where they lie and what may be done there.

A ref in a mailbox without the right to read is answered as one that does not exist.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace

from backend.kit import db
from backend.mailstore import listing, reader, reader_changes, shares
from backend.mailstore.list_rows import ListRow
from backend.mailstore.rights import Rights
from backend.mailstore.selection import by_values
from backend.mailstore.types import UID_BITS, mailbox_of, place, uid_of


@dataclass(frozen=True, slots=True)
class Group:
    """Messages of one mailbox of another: refs by UID, in the order of UIDs, and the rights on it."""

    account_id: int
    mailbox_id: int
    rights: Rights
    refs: dict[int, int]


async def locate(user_id: int, refs: Sequence[int]) -> list[Group]:
    """Those of the messages that lie in mailboxes of others which the user may read, mailbox by mailbox."""
    found: dict[tuple[int, int], dict[int, int]] = defaultdict(dict)
    for chosen in by_values("ref", refs):
        rows = await db.fetch_rows(
            f"SELECT id, ref, account_id FROM message WHERE {chosen.where} AND account_id <> ? ORDER BY id",
            *chosen.args,
            user_id,
        )
        for place_id, ref, account_id in rows:
            found[account_id, mailbox_of(place_id)][uid_of(place_id)] = ref
    groups = []
    for (account_id, mailbox_id), by_uid in found.items():
        rights = await shares.rights_on(user_id, account_id, mailbox_id)
        if rights & Rights.READ:
            groups.append(Group(account_id, mailbox_id, rights, by_uid))
    return groups


async def account_of(user_id: int, ref: int) -> int:
    """The account of a message that the user may read; the user's own where there is none."""
    groups = await locate(user_id, [ref])
    return groups[0].account_id if groups else user_id


async def read(user_id: int, ref: int) -> bytes:
    """A message's bytes with its prefix, of an own message or one that the user may read. Raises NotFound."""
    return await reader.read_message(await account_of(user_id, ref), ref)


async def rows(user_id: int, group: Group) -> list[ListRow]:
    """The list rows of a group, as the user sees them."""
    return await as_seen(user_id, await listing.rows(group.account_id, list(group.refs.values())))


async def as_seen(user_id: int, found: list[ListRow]) -> list[ListRow]:
    """List rows of others' mailboxes with the user's own \\Seen."""
    marks: dict[tuple[int, int], int] = {}
    for mailbox_id in {row.mailbox_id for row in found}:
        _, _, reader_id = await reader_changes.state(user_id, mailbox_id)
        ids = [reader_id << UID_BITS | row.uid for row in found if row.mailbox_id == mailbox_id]
        for chosen in by_values("id", ids) if reader_id else ():
            read = await db.fetch_rows(
                f"SELECT id, is_seen FROM seen_mark WHERE {chosen.where}", *chosen.args
            )
            marks.update({(mailbox_id, uid_of(mark_id)): is_seen for mark_id, is_seen in read})
    return [replace(row, flags=row.flags & ~1 | marks.get((row.mailbox_id, row.uid), 0)) for row in found]


async def marked_since(user_id: int, mailbox_id: int, modseq: int, limit: int) -> list[int]:
    """Places of messages of another's mailbox whose own \\Seen the user changed after a modseq."""
    _, _, reader_id = await reader_changes.state(user_id, mailbox_id)
    found = await db.fetch_rows(
        "SELECT id FROM seen_mark WHERE reader_id = ? AND modseq > ? LIMIT ?", reader_id, modseq, limit
    )
    return [place(mailbox_id, uid_of(row[0])) for row in found]
