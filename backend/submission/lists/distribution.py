"""A post on its way to the members: one message in the spool, of which the worker makes many of bounded size.

`begin` spools the post for the list's own address and notes in `list_distribution` that it is to go to the
members; nothing else makes such a note, so nobody outside can. `advance` then spools it for the next members,
a transaction each, and moves the note on; after a crash it goes on where the last commit left it, and two
workers cannot take the same step. Members are taken in the order of their addresses; all copies share one
body.
"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial

from backend.directory import return_paths
from backend.directory.list_types import Delivery, MailingList
from backend.formats import headers, list_post
from backend.formats.addresses import Address
from backend.formats.bounce_addresses import Kind, Tag
from backend.formats.encoded_words import decode, unfold
from backend.formats.headers import FieldIndex
from backend.formats.rewrite import ensure_date_and_message_id
from backend.kit import blobs, clock, config, db
from backend.kit.blobs import NewBlob
from backend.kit.db import Tx
from backend.spool import enqueue, expansion
from backend.spool.settlements import LeaseLost
from backend.spool.types import Envelope, SpooledMessage, SpooledRecipient, SpoolRcpt
from backend.submission.lists import shapes

AT_ONCE = 100
THREAD_BYTES = 256 * 1024
# Mail of people goes before mail of lists (RFC 6710).
PRIORITY = -4
PROTOCOL = "list"


@dataclass(frozen=True, slots=True)
class Post:
    """A post in the shape its members get, ready to be spooled."""

    mailing_list: MailingList
    return_path: str
    blob: NewBlob
    subject: str
    message_id: str
    smtputf8: bool
    authentication: str = ""


async def prepare(mailing_list: MailingList, raw: bytes, authentication: str = "") -> Post:
    """Give a post the shape its members get; a large body is durable when this returns. `authentication` is
    what was found of its origin when it came, which members are told.
    """
    raw = ensure_date_and_message_id(raw, config.current().hostname, clock.now())
    reshape = partial(
        list_post.reshape, raw, await shapes.of_post(mailing_list, raw, authentication.splitlines())
    )
    shaped = await asyncio.to_thread(reshape) if len(raw) > THREAD_BYTES else reshape()
    head = shaped[: headers.split(shaped)[0]]
    found = headers.index(head)
    message_ids = headers.message_ids(found.get(b"message-id", [b""])[0])
    return Post(
        mailing_list,
        await return_path(mailing_list),
        await blobs.prepare(shaped),
        text_of(found, b"subject"),
        message_ids[0] if message_ids else "",
        not head.isascii(),
        authentication,
    )


def text_of(head: FieldIndex, name: bytes) -> str:
    """A field as short text for a column."""
    values = head.get(name, [])
    text = " ".join(decode(unfold(values[0][:2000])).replace("\0", "").split()) if values else ""
    return text.encode("utf-8", "replace").decode("utf-8")[:300]


async def return_path(mailing_list: MailingList, member_id: int = 0) -> str:
    """The return path of a list's mail: what comes back to it is counted for the member."""
    tag = Tag.issued(Kind.LIST, mailing_list.id, member_id, at=clock.now())
    return str(await return_paths.issue(tag, mailing_list.domain))


async def begin(tx: Tx, post: Post) -> int:
    """Spool a post for all members; the id of its message."""
    mailing_list = post.mailing_list
    target = SpoolRcpt(mailing_list.localpart, mailing_list.domain, notify="NEVER")
    envelope = _envelope(post.return_path, (target,), post.subject, post.message_id, post.smtputf8)
    envelope = replace(envelope, authentication=post.authentication)
    await tx.execute(
        "INSERT INTO list_distribution (message_id, list_id, done_to) VALUES (?, ?, '')",
        envelope.id,
        mailing_list.id,
    )
    return await enqueue.enqueue(tx, envelope, post.blob)


async def is_under_way(message_id: int, list_id: int) -> bool:
    """Whether a message goes to the members of that list."""
    found = await db.fetch_value(
        "SELECT message_id FROM list_distribution WHERE message_id = ? AND list_id = ?", message_id, list_id
    )
    return found is not None


async def advance(
    tx: Tx, message: SpooledMessage, recipient: SpooledRecipient, mailing_list: MailingList
) -> bool:
    """Spool the post for the next members; False once there are no more and the list's recipient is settled.

    Raises `LeaseLost` where another worker is at it.
    """
    row = await tx.fetch_row(
        "SELECT d.done_to, s.subject, s.message_id FROM list_distribution d"
        " JOIN spool_message s ON s.id = d.message_id WHERE d.message_id = ?",
        message.id,
    )
    if row is None:
        raise LeaseLost(recipient.id)
    done_to, subject, message_id = row
    members = await _next_members(tx, mailing_list.id, done_to)
    if members:
        moved = await tx.execute(
            "UPDATE list_distribution SET done_to = ? WHERE message_id = ? AND done_to = ?",
            members[-1][0],
            message.id,
            done_to,
        )
        if not moved:
            raise LeaseLost(recipient.id)
        targets = [target for member in members for target in await _targets(tx, mailing_list, *member)]
        blob = NewBlob(message.blob_id, message.size_bytes, None)
        for start in range(0, len(targets), AT_ONCE):
            part = tuple(targets[start : start + AT_ONCE])
            envelope = _envelope(message.sender, part, subject, message_id, message.is_smtputf8)
            envelope = replace(envelope, authentication=message.authentication)
            await enqueue.enqueue(tx, envelope, blob, is_new_blob=False)
    if len(members) == AT_ONCE:
        return True
    await tx.execute("DELETE FROM list_distribution WHERE message_id = ?", message.id)
    await expansion.expanded(tx, recipient, (), now=clock.now(), lease_to="")
    return False


def _envelope(
    sender: str, targets: tuple[SpoolRcpt, ...], subject: str, message_id: str, smtputf8: bool
) -> Envelope:
    return Envelope(
        sender=sender,
        recipients=targets,
        protocol=PROTOCOL,
        subject=subject,
        message_id=message_id,
        smtputf8=smtputf8,
        priority=PRIORITY,
    )


async def _next_members(tx: Tx, list_id: int, done_to: str) -> Sequence[tuple[str, int | None]]:
    rows = await tx.fetch_rows(
        "SELECT address, group_id FROM list_member WHERE list_id = ? AND address > ? AND delivery = ?"
        " AND suspended_at IS NULL ORDER BY address LIMIT ?",
        list_id,
        done_to,
        Delivery.EACH.value,
        AT_ONCE,
    )
    return [(row[0], row[1]) for row in rows]


async def _targets(tx: Tx, mailing_list: MailingList, address: str, group_id: int | None) -> list[SpoolRcpt]:
    """The member, or everyone in the group who is not on the list otherwise."""
    if group_id is None:
        one = Address.parse(address)
        return [SpoolRcpt(one.localpart, one.domain, notify="FAILURE", via=mailing_list.address)]
    rows = await tx.fetch_rows(
        "SELECT u.localpart, domain.name FROM group_member g JOIN user_account u ON u.id = g.user_id"
        " JOIN domain ON domain.id = u.domain_id WHERE g.group_id = ? AND u.is_enabled = 1"
        " AND NOT EXISTS (SELECT 1 FROM list_member m WHERE m.list_id = ?"
        " AND m.address = u.localpart || '@' || domain.name)"
        " AND NOT EXISTS (SELECT 1 FROM list_member m JOIN group_member other ON other.group_id = m.group_id"
        " WHERE m.list_id = ? AND m.address < ? AND m.group_id IS NOT NULL AND m.delivery = ?"
        " AND other.user_id = u.id) ORDER BY u.localpart",
        group_id,
        mailing_list.id,
        mailing_list.id,
        address,
        Delivery.EACH.value,
    )
    return [
        SpoolRcpt(localpart, domain, notify="FAILURE", via=mailing_list.address) for localpart, domain in rows
    ]
