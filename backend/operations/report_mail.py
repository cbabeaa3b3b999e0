"""Mail by which this installation reports to other domains: in whose name it goes, signed, and answered to
nobody.
"""

from __future__ import annotations

import secrets

from backend.directory import resolve
from backend.formats import dkim
from backend.formats.addresses import Address
from backend.kit import blobs, clock, config, db
from backend.kit.blobs import NewBlob
from backend.operations import dkim_keys
from backend.spool.types import SENT_BY_SYSTEM, Envelope, SpoolRcpt

Mail = tuple[Envelope, NewBlob]


async def submitter() -> str | None:
    """In whose name reports go: our host's domain or its parent, else our oldest domain."""
    hostname = config.current().hostname
    for name in (hostname, hostname.partition(".")[2]):
        if name and await resolve.is_local_domain(name):
            return name
    found: str | None = await db.fetch_value(
        "SELECT name FROM domain WHERE is_enabled = 1 ORDER BY created_at, id LIMIT 1"
    )
    return found


def new_message_id() -> str:
    """A Message-ID of ours."""
    return f"{secrets.token_hex(16)}@{config.current().hostname}"


async def signed(raw: bytes, sender: Address, to: Address, subject: str, message_id: str) -> Mail:
    """A report as it is spooled: nobody is told where it cannot be delivered."""
    raw = dkim.sign(raw, await dkim_keys.signing_keys(sender.domain), now=clock.now()) + raw
    envelope = Envelope(
        sender=SENT_BY_SYSTEM,
        recipients=(SpoolRcpt(to.localpart, to.domain, notify="NEVER"),),
        protocol="report",
        subject=subject,
        message_id=message_id,
    )
    return envelope, await blobs.prepare(raw)
