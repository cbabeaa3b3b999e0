"""Mail of lists on its way to single members: what is each one's own, and what is done where it fails.

Mail of a list is known by its return path, which we signed. A member elsewhere gets a return path of their
own (VERP) and the link that takes them off the list (RFC 8058), both under the signature of the list's
domain; the body is hashed once for all of them. A failure that we see ourselves is counted like one that is
reported, and no report is written about it.
"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

from backend.directory import return_paths
from backend.directory.list_types import MailingList
from backend.directory.names import fold
from backend.formats import bounce_addresses, dkim, headers, list_post
from backend.formats.addresses import Address
from backend.formats.bounce_addresses import Kind, Tag
from backend.formats.errors import InvalidSyntax
from backend.kit import clock, db
from backend.kit.db import Tx
from backend.operations import dkim_keys
from backend.spool.types import SpooledMessage, SpooledRecipient
from backend.submission.lists import bounces as list_bounces
from backend.submission.lists import distribution, shapes
from protocol_service.spool import bounces, sealing
from protocol_service.spool.bounces import Bounce
from protocol_service.spool.outcome import Outcome
from protocol_service.spool.router import LocalTarget

THREAD_BYTES = 256 * 1024
_AT_ONCE = 200


async def tag_of(return_path: str) -> Tag | None:
    """What the return path of a list's mail says; None for any other mail."""
    if not return_path.startswith(bounce_addresses.PREFIX):
        return None
    try:
        tag = await return_paths.read(Address.parse(return_path))
    except InvalidSyntax:
        return None
    return tag if tag is not None and tag.kind is Kind.LIST else None


async def own_fields(
    tag: Tag, recipients: Sequence[tuple[str, str, str]]
) -> dict[tuple[str, str], tuple[int, bytes]]:
    """By (folded localpart, domain): the member's id, 0 for who is on it by a group, and the fields that let
    them leave. `recipients` are (localpart, domain, via); what did not come by the list has none.
    """
    mailing_list = await _list(tag.first)
    if mailing_list is None:
        return {}
    shape = shapes.plain(mailing_list)
    wanted = {(fold(localpart), domain): via == mailing_list.address for localpart, domain, via in recipients}
    ids = await _member_ids(mailing_list.id, [str(Address(*key)) for key in wanted])
    found: dict[tuple[str, str], tuple[int, bytes]] = {}
    for key, is_post in wanted.items():
        member_id = ids.get(str(Address(*key)), 0)
        url = await shapes.unsubscribe_url(mailing_list, member_id) if member_id else ""
        found[key] = (member_id, list_post.unsubscribe_fields(shape, url) if is_post else b"")
    return found


async def prefixes(return_path: str, targets: Sequence[LocalTarget]) -> dict[int, bytes]:
    """By id of the recipient: what stands before the bytes in mailboxes here. Empty for all other mail."""
    tag = await tag_of(return_path)
    if tag is None:
        return {}
    rcpts = [target.recipient for target in targets]
    own = await own_fields(tag, [(one.localpart, one.domain, one.via) for one in rcpts])
    return {one.id: own[key][1] for one in rcpts if (key := (fold(one.localpart), one.domain)) in own}


async def parts(
    return_path: str, tag: Tag, recipients: Sequence[SpooledRecipient]
) -> list[tuple[str, tuple[SpooledRecipient, ...]]]:
    """Each recipient by itself, with the return path it has (VERP)."""
    mailing_list = await _list(tag.first)
    if mailing_list is None:
        return [(return_path, (one,)) for one in recipients]
    keys = [str(Address(fold(one.localpart), one.domain)) for one in recipients]
    ids = await _member_ids(mailing_list.id, keys)
    return [
        (await distribution.return_path(mailing_list, ids[key]) if key in ids else return_path, (one,))
        for key, one in zip(keys, recipients, strict=True)
    ]


async def dressed(tag: Tag, message: SpooledMessage, recipient: SpooledRecipient, raw: bytes) -> bytes:
    """The message as it leaves for one recipient, signed in the name of the author's domain or the list's,
    and sealed where it came from elsewhere: what the list changes in it breaks the author's signature.
    """
    own = await own_fields(tag, [(recipient.localpart, recipient.domain, recipient.via)])
    _, fields = own.get((fold(recipient.localpart), recipient.domain), (0, b""))
    keys = await dkim_keys.signing_keys(dkim.signing_domain(raw))
    keys = keys or await dkim_keys.signing_keys(message.sender.rpartition("@")[2])
    if not keys:
        return fields + raw
    head_end, body_start = headers.split(raw)
    hashed = await _body_hash(message.blob_id, raw, body_start)
    signed = dkim.sign_header(fields + raw[:head_end], hashed, keys, now=clock.now()) + fields + raw
    return await sealing.seal_known(message, signed, recipient.via, hashed)


async def _body_hash(blob_id: int, raw: bytes, body_start: int) -> bytes:
    """One for all copies: bodies do not change, and thousands of them leave in a row."""
    found = _hashes.get(blob_id)
    if found is None:
        body = raw[body_start:]
        large = len(body) > THREAD_BYTES
        found = await asyncio.to_thread(dkim.body_hash, body) if large else dkim.body_hash(body)
        if len(_hashes) >= _MOST_HASHES:
            _hashes.clear()
        _hashes[blob_id] = found
    return found


_MOST_HASHES = 200
_hashes: dict[int, bytes] = {}


async def count(tx: Tx, tag: Tag, failed: Sequence[Outcome], return_path: str) -> None:
    """Count what has failed for good, in the transaction that settles it."""
    addresses = [
        str(Address(fold(one.recipient.localpart), one.recipient.domain))
        for one in failed
        if list_bounces.is_hard(one.status)
    ]
    await list_bounces.count(tx, tag.first, addresses, return_path)


async def _receive(tx: Tx, bounce: Bounce) -> None:
    """What came back to the return path of one member."""
    tag = bounce.tag
    if bounce.report is None or not tag.second:
        return
    if any(one.action == "failed" and list_bounces.is_hard(one.status) for one in bounce.report.recipients):
        await list_bounces.count_member(tx, tag.first, tag.second, bounce.return_path)


bounces.RECEIVERS[Kind.LIST] = _receive


async def _list(list_id: int) -> MailingList | None:
    row = await db.fetch_row(
        f"SELECT {MailingList.COLUMNS} FROM {MailingList.TABLES} WHERE l.id = ?", list_id
    )
    return MailingList.from_row(row) if row is not None else None


async def _member_ids(list_id: int, addresses: Sequence[str]) -> dict[str, int]:
    found: dict[str, int] = {}
    for start in range(0, len(addresses), _AT_ONCE):
        part = addresses[start : start + _AT_ONCE]
        rows = await db.fetch_rows(
            f"SELECT address, id FROM list_member WHERE list_id = ? AND address IN ({db.marks(len(part))})",
            list_id,
            *part,
        )
        found.update({row[0]: row[1] for row in rows})
    return found
