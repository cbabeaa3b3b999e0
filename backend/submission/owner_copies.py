"""The copy in the owner's Sent of what somebody else wrote in that name (`submission.copy_to_owner`).

It is filed after the message was accepted, in a transaction of its own: two accounts in one would wait for
each other, and a full mailbox must not keep a colleague from sending.
"""

from __future__ import annotations

import logging

from backend.directory import limits, settings
from backend.kit import db
from backend.kit.db import Tx
from backend.kit.errors import MailError
from backend.mailstore import expunge, ingest, modseq, refs
from backend.mailstore.flag_bits import SEEN
from backend.mailstore.selection import by_uids
from backend.submission.identities import Identity

log = logging.getLogger(__name__)

KEY = "submission.copy_to_owner"


async def file(identity: Identity, raw: bytes) -> int | None:
    """File the message where the identity's owner wants copies; its ref, or None where it was not filed."""
    if identity.mode is None or not await settings.get(KEY, user_id=identity.owner_id):
        return None
    try:
        quota = await limits.delivery_quota(identity.owner_id)
        filed = await ingest.store(raw, identity.owner_id, "sent", flags=SEEN, quota_bytes=quota)
    except MailError as error:
        log.warning("no copy for the owner %d of what was sent: %s", identity.owner_id, error)
        return None
    return filed.ref


async def remove(owner_id: int, ref: int) -> None:
    """Take the copy of a message away that was never sent; wherever the owner has put it."""

    async def verb(tx: Tx) -> None:
        taken = await modseq.take(tx, owner_id)
        places = await refs.locate(tx, owner_id, [ref])
        for mailbox_id, uids in refs.by_mailbox(places.values()).items():
            await expunge.remove(tx, owner_id, mailbox_id, by_uids(mailbox_id, uids), taken)

    await db.write(verb)
