"""What a submission server does to its users' messages (RFC 6409 §8): completes them, never more.

Date, From and Message-ID are supplied where they are missing, Bcc and Return-Path taken away, everything
else stays byte for byte. From must name the sender's own address: nobody writes in a colleague's name
(§6.1).
"""

from __future__ import annotations

import asyncio
import secrets

from backend.directory.principal import Principal
from backend.formats import headers
from backend.formats.addresses import Mailbox, mailboxes, parse_address_list
from backend.formats.errors import InvalidSyntax as BadAddress
from backend.kit import clock
from backend.kit.errors import PermissionDenied
from protocol_service.smtp.checks.sender import is_own

_TAKEN_AWAY = frozenset({b"bcc", b"resent-bcc", b"return-path"})
_THREAD_BYTES = 1024 * 1024


async def complete(principal: Principal, raw: bytes) -> bytes:
    """The message as it leaves; raises `PermissionDenied` for a From that is not the principal's own."""
    head_end, body_start = headers.split(raw)
    head = raw[:head_end]
    index = headers.index(head)
    await _check_from(principal, index.get(b"from", []))
    missing = _missing(principal, index)
    is_cut = any(name in index for name in _TAKEN_AWAY)
    if not missing and not is_cut:
        return raw
    if is_cut:
        # `select` closes the section with its empty line.
        head = headers.select(head, _TAKEN_AWAY, negate=True)[:-2]
    elif head and not head.endswith(b"\n"):
        head += b"\r\n"
    parts = (missing, head, b"\r\n", raw[body_start:])
    return await asyncio.to_thread(b"".join, parts) if len(raw) > _THREAD_BYTES else b"".join(parts)


async def _check_from(principal: Principal, fields: list[bytes]) -> None:
    if len(fields) > 1:
        raise PermissionDenied("A message has one From field")
    for box in mailboxes(parse_address_list(fields[0])) if fields else []:
        if not await _is_own(principal, box):
            raise PermissionDenied("From must be your own address")


async def _is_own(principal: Principal, box: Mailbox) -> bool:
    try:
        return await is_own(principal, box.address)
    except BadAddress:
        return False


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
