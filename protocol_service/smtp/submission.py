"""What a submission server does to its users' messages (RFC 6409 §8): completes them, never more.

Date, From and Message-ID are supplied where they are missing, Bcc and Return-Path taken away, everything
else stays byte for byte. From and Sender must name identities of the sender: nobody writes in a colleague's
name (§6.1) unless it was granted. Who writes on behalf of the owner is named in Sender, who writes as the
owner is not (`submission.identities`).
"""

from __future__ import annotations

import asyncio
import secrets
from dataclasses import dataclass

from backend.directory.principal import Principal
from backend.formats import headers
from backend.formats.addresses import Address, Mailbox, mailboxes, parse_address_list
from backend.formats.errors import InvalidSyntax as BadAddress
from backend.kit import clock
from backend.kit.errors import PermissionDenied
from backend.mailstore.send_grants import SendMode
from backend.submission import identities
from backend.submission.identities import Identity

_TAKEN_AWAY = frozenset({b"bcc", b"resent-bcc", b"return-path"})
_SENDER = b"sender"
_THREAD_BYTES = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Completed:
    """The message as it leaves, and in whose name it was written where that is not the sender."""

    raw: bytes
    granted: Identity | None


async def complete(principal: Principal, raw: bytes) -> Completed:
    """Check and complete a message; raises `PermissionDenied` for a From or Sender that is not for the
    principal to use.
    """
    head_end, body_start = headers.split(raw)
    head = raw[:head_end]
    index = headers.index(head)
    granted = await _check_authors(principal, index)
    added = _missing(principal, index)
    taken_away = _TAKEN_AWAY
    if granted is not None:
        taken_away |= {_SENDER}
        if granted.mode is SendMode.BEHALF:
            added = f"Sender: {principal.name}\r\n".encode() + added
    is_cut = any(name in index for name in taken_away)
    if not added and not is_cut:
        return Completed(raw, granted)
    if is_cut:
        # `select` closes the section with its empty line.
        head = headers.select(head, taken_away, negate=True)[:-2]
    elif head and not head.endswith(b"\n"):
        head += b"\r\n"
    parts = (added, head, b"\r\n", raw[body_start:])
    whole = await asyncio.to_thread(b"".join, parts) if len(raw) > _THREAD_BYTES else b"".join(parts)
    return Completed(whole, granted)


async def _check_authors(principal: Principal, index: headers.FieldIndex) -> Identity | None:
    """The identity in whose name the message is written, if it is another's; on behalf goes before as."""
    granted: Identity | None = None
    for name, text in ((b"from", "From"), (_SENDER, "Sender")):
        fields = index.get(name, [])
        if len(fields) > 1:
            raise PermissionDenied(f"A message has one {text} field")
        for box in mailboxes(parse_address_list(fields[0])) if fields else []:
            identity = await _identity(principal, box)
            if identity is None:
                raise PermissionDenied(f"{text} must be your own address")
            is_stricter = granted is None or identity.mode is SendMode.BEHALF
            if name == b"from" and identity.mode is not None and is_stricter:
                granted = identity
    return granted


async def _identity(principal: Principal, box: Mailbox) -> Identity | None:
    if principal.user_id is None:
        return None
    try:
        address: Address = box.address
    except BadAddress:
        return None
    return await identities.find(principal.user_id, address)


def _missing(principal: Principal, index: headers.FieldIndex) -> bytes:
    """The fields to supply, each with its line end."""
    lines: list[str] = []
    if b"from" not in index:
        lines.append(f"From: {principal.name}\r\n")
    if b"date" not in index:
        lines.append(f"Date: {headers.format_date(clock.now())}\r\n")
    if b"message-id" not in index:
        domain = principal.name.rpartition("@")[2]
        lines.append(f"Message-ID: <{secrets.token_hex(16)}@{domain}>\r\n")
    return "".join(lines).encode("utf-8")
