"""A short message that is sent at once on the user's behalf: an answer to an invitation, a request to leave a
list. It is filed in Sent and queued in one transaction, under the same limits as everything else one sends.
"""

from __future__ import annotations

from backend.directory import limits, sending
from backend.formats import compose
from backend.formats.addresses import Address
from backend.formats.compose import Draft
from backend.kit import blobs, clock, config, db
from backend.kit.db import Tx
from backend.kit.errors import RateLimited
from backend.mailstore import ingest
from backend.mailstore.flag_bits import SEEN
from backend.spool.enqueue import enqueue
from backend.spool.types import Envelope, SpoolRcpt
from backend.submission import identities, submit
from backend.submission.identities import Identity


def message_id() -> str:
    """A new message identifier of this host."""
    return compose.make_message_id(config.current().hostname)


async def own_identity(account_id: int, candidates: tuple[str, ...]) -> Identity:
    """The first of the addresses that is the user's own, else the user's first one."""
    own = [one for one in await identities.of_user(account_id) if one.mode is None]
    by_address = {str(one.address).lower(): one for one in own}
    for candidate in candidates:
        found = by_address.get(candidate.lower())
        if found is not None:
            return found
    return own[0]


async def send(account_id: int, sender: Address, draft: Draft) -> None:
    """Send it. Raises PermissionDenied, LimitExceeded, RateLimited, OverQuota; then nothing was sent."""
    await identities.require(account_id, sender)
    recipients = [box.address for box in (*draft.to, *draft.cc)]
    await submit.require_lists_take_it(account_id, sender, recipients)
    await submit.require_recipients(account_id, recipients)
    wait_s = await sending.take(account_id, [(one.localpart, one.domain) for one in recipients])
    if wait_s:
        raise RateLimited("You have sent as much as you may for now: try again later", retry_after_s=wait_s)
    raw = compose.compose(draft)
    quota = await limits.delivery_quota(account_id)
    filed = await ingest.prepare(raw)
    spooled = await blobs.prepare(raw)
    envelope = Envelope(
        sender=str(sender),
        recipients=tuple(SpoolRcpt(one.localpart, one.domain) for one in recipients),
        account_id=account_id,
        protocol="HTTP",
        subject=draft.subject,
        message_id=filed.summary.message_id,
    )

    async def verb(tx: Tx) -> None:
        await ingest.ingest(tx, filed, account_id, "sent", flags=SEEN, quota_bytes=quota or None)
        await enqueue(tx, envelope, spooled, is_new_blob=True, release_at=clock.now())

    await db.write(verb)
