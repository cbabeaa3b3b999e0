"""Quota roots (RFC 9208): one for each account, named `""` for the own and by the owner's address for others.

STORAGE is the only resource there is a limit for; where it is unlimited no resource is listed.
"""

from __future__ import annotations

from backend.directory import limits
from backend.mailstore import quota
from protocol_service.imap.responses import string

_KIB = 1024


async def response(root: str, account_id: int) -> bytes:
    """`* QUOTA root (STORAGE used limit)`, in units of 1024 octets."""
    limit = await limits.mailbox_quota(account_id)
    resources = b""
    if limit:
        used = (await quota.usage(account_id)).used_bytes
        resources = b"STORAGE %d %d" % (-(-used // _KIB), limit // _KIB)
    return b"* QUOTA %b (%b)\r\n" % (string(root.encode()), resources)
