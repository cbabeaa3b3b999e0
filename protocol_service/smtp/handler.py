"""Accepting a message: look at it, put our trace before it, commit it to the spool, and only then say 250
(rule 5).

Once the commit has begun, a peer that vanishes changes nothing: it goes through and the message is
delivered. After any fault past the final dot the answer is 4xx, so that the sender keeps its copy.
"""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from backend.directory.principal import Principal
from backend.formats import authentication_results, binary_mime
from backend.kit import blobs, db, ids, metrics
from backend.kit.db import Tx
from backend.spool.enqueue import place
from backend.spool.types import Claim, Envelope
from backend.submission import footers, owner_copies
from backend.submission.identities import Identity
from protocol_service.smtp import refusals, replies, submission, trace
from protocol_service.smtp.checks import content, origin, recipient
from protocol_service.smtp.session import Door, Transaction
from protocol_service.spool import direct, worker

if TYPE_CHECKING:
    from protocol_service.smtp.server import Server

_messages = metrics.counter("postroom_smtp_messages_total", "Messages that were answered with 250", ["door"])
_accepted = {door: _messages.labels(door.value) for door in Door}

THREAD_BYTES = 1024 * 1024


async def accept(server: Server, transaction: Transaction, raw: bytes) -> bytes:
    """The reply to the end of the data."""
    session = server.session
    if transaction.each is not None:
        named = transaction.recipients
        transaction.recipients = transaction.each.fitting(named, len(raw))
        if len(transaction.recipients) < len(named):
            left_out = [one for one in named if one not in transaction.recipients]
            refusals.of_message(server, transaction, left_out, replies.TOO_LARGE)
        if not transaction.recipients:
            return replies.TOO_LARGE
    if transaction.is_binary:
        raw = await asyncio.to_thread(binary_mime.encode, raw)
    facts = await _look(raw)
    if facts.has_bare_newline:
        return replies.BARE_NEWLINE
    if facts.hops > content.HOP_LIMIT:
        return replies.LOOP
    if facts.authors > 1 and server.is_stranger:
        return replies.SEVERAL_AUTHORS
    if not await recipient.have_room(transaction, len(raw)):
        return replies.MAILBOX_FULL
    if facts.has_results:
        raw = authentication_results.remove(raw, server.hostname)
    granted: Identity | None = None
    if session.principal is not None:
        completed = await submission.complete(session.principal, raw)
        raw, granted = completed.raw, completed.granted
        raw = await _with_footer(session.principal, transaction, granted, raw)
        if raw is not completed.raw:
            transaction.checks.append("footer=added")
        facts = await _look(raw)
    written = raw
    spool_id = ids.new_id()
    name = ids.short(spool_id)
    raw = trace.received(session, transaction, hostname=server.hostname, name=name) + raw
    authentication = await origin.look(server, transaction, written)
    if isinstance(authentication, bytes):
        return authentication
    transaction.checks += ("size=pass", f"hops=pass {facts.hops}")
    envelope = _envelope(server, transaction, facts, spool_id, authentication)
    accepting = server.reception.accepting
    committing = server.loop.create_task(_commit(envelope, raw, transaction.release_at, len(accepting)))
    accepting.add(committing)
    committing.add_done_callback(accepting.discard)
    await asyncio.shield(committing)
    if granted is not None:
        await owner_copies.file(granted, written)
    server.message_accepted()
    _accepted[server.door].inc()
    return b"250 2.0.0 Queued as %b\r\n" % name.encode("ascii")


async def _with_footer(
    principal: Principal, transaction: Transaction, granted: Identity | None, raw: bytes
) -> bytes:
    # What has no return path is a program's answer, and none of its words are ours to add to.
    author_id = granted.owner_id if granted is not None else principal.user_id
    if author_id is None or transaction.sender is None:
        return raw
    return await footers.apply(author_id, (one.domain for one in transaction.recipients), raw)


async def _look(raw: bytes) -> content.Facts:
    if len(raw) > THREAD_BYTES:
        return await asyncio.to_thread(content.look, raw)
    return content.look(raw)


def _envelope(
    server: Server, transaction: Transaction, facts: content.Facts, spool_id: int, authentication: str
) -> Envelope:
    session = server.session
    return Envelope(
        id=spool_id,
        sender=transaction.return_path,
        recipients=tuple(transaction.recipients),
        account_id=session.principal.user_id if session.principal is not None else None,
        remote_address=session.address,
        helo=session.helo,
        protocol=session.protocol,
        subject=facts.subject,
        message_id=facts.message_id,
        ret=transaction.ret,
        envid=transaction.envid,
        smtputf8=transaction.is_smtputf8,
        priority=transaction.priority,
        requires_tls=transaction.requires_tls,
        authentication=authentication,
        checks="\n".join((*server.greeting, *transaction.checks)),
    )


async def _commit(envelope: Envelope, raw: bytes, release_at: int | None, others: int) -> None:
    """Deliver the message at once, or spool it and hand it to the worker of this process; `others` are being
    committed at this moment.
    """
    new = await blobs.prepare(raw)
    helper = worker.current() if release_at is None else None
    if helper is not None:
        if not helper.gives_way(others) and await direct.deliver(envelope, new, raw):
            return
        if not helper.has_room():
            helper = None
    node = helper.name if helper is not None else None

    async def verb(tx: Tx) -> Claim:
        return await place(tx, envelope, new, release_at=release_at, lease_to=node)

    claim = await db.write(verb)
    if helper is not None:
        helper.begin(claim, raw)
