"""Seals what passes through us to other servers (ARC, RFC 8617), just before it leaves.

The next server no longer sees where the message came from, and what was changed on the way may have broken
its signatures; it is told what we saw when it came, sealed with the key of the domain it passed through.
"""

from __future__ import annotations

import asyncio
import logging

from backend.formats import arc
from backend.formats.addresses import Address
from backend.formats.dkim import SigningKey
from backend.formats.errors import InvalidSyntax
from backend.kit import clock, config
from backend.operations import dkim_keys
from backend.spool.types import SpooledMessage
from protocol_service.verification.verifier import THREAD_BYTES, Verifier

log = logging.getLogger(__name__)


async def seal(message: SpooledMessage, raw: bytes, via: str, verifier: Verifier) -> bytes:
    """The message as it goes on from the address `via` of ours; as it is where that domain has no key."""
    key = await _key(via)
    if key is None:
        return raw
    results = message.results
    found = _found(results) or await verifier.chain(raw)
    if len(raw) > THREAD_BYTES:
        return await asyncio.to_thread(_seal, raw, key, results, found) + raw
    return _seal(raw, key, results, found) + raw


async def seal_known(message: SpooledMessage, raw: bytes, via: str, body_hash: bytes) -> bytes:
    """`seal` for mail that we have changed, whose `body_hash` is known: only with what was found when it
    came, since nobody can find that out of it any more.
    """
    found = _found(message.results)
    key = await _key(via) if found is not None else None
    if key is None or found is None:
        return raw
    return _seal(raw, key, message.results, found, body_hash) + raw


async def _key(via: str) -> SigningKey | None:
    """The key of the domain that mail passes through; RSA before Ed25519, which few know in a seal."""
    try:
        keys = await dkim_keys.signing_keys(Address.parse(via).domain)
    except InvalidSyntax:
        return None
    return keys[0] if keys else None


def _seal(
    raw: bytes,
    key: SigningKey,
    results: tuple[str, ...],
    found: arc.Result,
    body_hash: bytes | None = None,
) -> bytes:
    return arc.seal(
        raw,
        key,
        authserv_id=config.current().hostname,
        results=[line for line in results if not line.startswith("arc=")] + [f"arc={found}"],
        found=found,
        now=clock.now(),
        body_hash=body_hash,
    )


def _found(results: tuple[str, ...]) -> arc.Result | None:
    """What was found of the chain when the message came."""
    line = next((line for line in results if line.startswith("arc=")), None)
    return arc.Result(line.removeprefix("arc=").split(" ")[0]) if line is not None else None
