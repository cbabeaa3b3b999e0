"""Signs what our users send to other servers (DKIM), just before it leaves.

Only what a user of ours submitted is signed, in the name of the domain in From, which the submission has
checked; what passes through an alias or a forward keeps the signatures it came with and is sealed.
"""

from __future__ import annotations

import asyncio
import logging

from backend.formats import dkim
from backend.kit import clock
from backend.kit.errors import MailError
from backend.operations import dkim_keys
from backend.spool.types import SpooledMessage
from protocol_service.spool import sealing
from protocol_service.verification.verifier import Verifier

log = logging.getLogger(__name__)

THREAD_BYTES = 256 * 1024


async def sign(message: SpooledMessage, raw: bytes, via: str, verifier: Verifier) -> bytes:
    """The message as it goes to other servers, by the address `via` of ours or (empty) straight."""
    try:
        if message.account_id is None:
            return await sealing.seal(message, raw, via, verifier) if via else raw
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
