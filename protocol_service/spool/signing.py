"""Signs what our users send to other servers (DKIM), just before it leaves.

Only what a user of ours submitted is signed, in the name of the domain in From, which the submission has
checked; what passes through an alias keeps the signatures it came with.
"""

from __future__ import annotations

import asyncio
import logging

from backend.formats import dkim
from backend.kit import clock
from backend.kit.errors import MailError
from backend.operations import dkim_keys
from backend.spool.types import SpooledMessage

log = logging.getLogger(__name__)

THREAD_BYTES = 256 * 1024


async def sign(message: SpooledMessage, raw: bytes) -> bytes:
    """The message as it goes to other servers."""
    if message.account_id is None:
        return raw
    try:
        keys = await dkim_keys.signing_keys(dkim.signing_domain(raw))
    except MailError as error:
        # Unsigned mail may be refused elsewhere and cannot be taken back: it waits for the keys instead.
        log.warning("message %d waits: its keys cannot be read: %s", message.id, error)
        raise
    if not keys:
        return raw
    if len(raw) > THREAD_BYTES:
        return await asyncio.to_thread(lambda: dkim.sign(raw, keys, now=clock.now()) + raw)
    return dkim.sign(raw, keys, now=clock.now()) + raw
