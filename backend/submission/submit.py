"""Sending a draft: checks, then spool, Sent and the end of the draft in one transaction, held for the undo
time.

The server owns the timer (`release_at`); a client only cancels. The hold lasts a moment longer than the
client is told, so that a click in the last second still wins.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass

from backend.directory import bounce_limits, limits, list_posting, resolve, sending, settings
from backend.directory.list_types import Command, Refusal
from backend.directory.resolve import ListTarget
from backend.formats import compose, editor_marks
from backend.formats.addresses import Address
from backend.kit import blobs, clock, db, ids
from backend.kit.blobs import NewBlob
from backend.kit.db import Tx
from backend.kit.errors import InvalidSyntax, LimitExceeded, PermissionDenied
from backend.mailstore import flags, ingest, reader, timers
from backend.mailstore.flag_bits import ANSWERED, FORWARDED, SEEN
from backend.mailstore.ingest import Prepared
from backend.mailstore.send_grants import SendMode
from backend.mailstore.timers import TimerKind
from backend.spool import suppression
from backend.spool.enqueue import enqueue
from backend.spool.types import Envelope, SpoolRcpt
from backend.submission import correspondents, draft_content, drafts, footers, identities, owner_copies
from backend.submission.identities import Identity
from schema.events import SubmissionChanged

GRACE_S = 3
MAX_HOLD_S = 120


@dataclass(frozen=True, slots=True)
class Submission:
    """A message on its way. `release_at` is what the author was told, without the grace."""

    id: int
    account_id: int
    state: str
    release_at: int
    subject: str
    to_text: str
    error: str = ""


@dataclass(frozen=True, slots=True)
class _Outgoing:
    """What one submission writes."""

    submission: Submission
    envelope: Envelope
    spooled: NewBlob
    sent: Prepared
    is_shared: bool
    draft_ref: int
    draft_key: str
    draft_blob_id: int
    quota_bytes: int
    remind_s: int | None


async def submit(
    account_id: int, draft_ref: int, *, hold_s: int | None = None, remind_s: int | None = None
) -> Submission:
    """Send a draft after `hold_s` (the user's undo time where None); `remind_s` after that the author is
    reminded of it unless somebody answers.

    Raises NotFound or Conflict (no such draft any more), PermissionDenied (not the user's address),
    InvalidSyntax (no or broken recipients), LimitExceeded, RateLimited, OverQuota (no room in Sent). After
    a refusal the draft stands.
    """
    stored = await reader.stored(account_id, draft_ref)
    raw = await reader.read_message(account_id, draft_ref)
    draft = draft_content.read(raw, draft_ref).content
    identity, recipients = await require_sendable(account_id, draft)
    sender = identity.address
    hold_by_limits_s = await bounce_limits.hold_s(account_id)
    wanted = [(address.localpart, address.domain) for address in recipients]
    hold_by_limits_s = max(hold_by_limits_s, await sending.take(account_id, wanted))
    release_at = await _release_at(account_id, hold_s)
    if hold_by_limits_s:
        release_at = max(release_at, clock.now() + hold_by_limits_s)
    clean = compose.remove_fields(raw, draft_content.OWN_FIELDS)
    clean = compose.set_date(await _without_marks(clean), release_at)
    if identity.mode is SendMode.BEHALF:
        # Reports of what cannot be delivered concern who wrote, not in whose name it was.
        sender = (await identities.of_user(account_id))[0].address
        clean = compose.prepend(clean, [("Sender", str(sender))])
    clean = await footers.apply(identity.owner_id, (one.domain for one in recipients), clean)
    outgoing = compose.strip_bcc(clean)
    sent = await ingest.prepare(clean)
    is_shared = outgoing == clean and sent.new_blob is not None
    to_text = ", ".join(
        box.name or f"{box.localpart}@{box.domain}" for box in (*draft.to, *draft.cc, *draft.bcc)[:20]
    )
    submission = Submission(ids.new_id(), account_id, "held", release_at, draft.subject[:300], to_text[:500])
    work = _Outgoing(
        submission,
        Envelope(
            sender=str(sender),
            recipients=tuple(SpoolRcpt(a.localpart, a.domain) for a in recipients),
            account_id=account_id,
            protocol="HTTP",
            subject=draft.subject,
            message_id=sent.summary.message_id,
        ),
        sent.new_blob if is_shared and sent.new_blob is not None else await blobs.prepare(outgoing),
        sent,
        is_shared,
        draft_ref,
        draft.key[:64],
        stored.blob_id,
        await limits.delivery_quota(account_id),
        remind_s,
    )
    await db.write(lambda tx: _write(tx, account_id, work))
    await _mark_origins(account_id, draft)
    await correspondents.note(account_id, (*draft.to, *draft.cc, *draft.bcc))
    await _copy_to_owner(submission, identity, clean)
    return submission


async def _without_marks(raw: bytes) -> bytes:
    if len(raw) > footers.THREAD_BYTES:
        return await asyncio.to_thread(editor_marks.strip, raw)
    return editor_marks.strip(raw)


async def _write(tx: Tx, account_id: int, work: _Outgoing) -> None:
    await blobs.add_refs(tx, work.draft_blob_id, 1)
    await drafts.remove(tx, account_id, work.draft_ref)
    filed = await ingest.ingest(tx, work.sent, account_id, "sent", flags=SEEN, quota_bytes=work.quota_bytes)
    submission = work.submission
    spool_id = await enqueue(
        tx,
        work.envelope,
        work.spooled,
        is_new_blob=not work.is_shared,
        release_at=submission.release_at + GRACE_S,
    )
    await tx.execute(
        "INSERT INTO submission (id, account_id, spool_id, draft_blob_id, sent_ref, subject, to_text,"
        " draft_key, release_at, created_at, state, error) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 'held', '')",
        submission.id,
        account_id,
        spool_id,
        work.draft_blob_id,
        filed.ref,
        submission.subject,
        submission.to_text,
        work.draft_key,
        submission.release_at,
        clock.now(),
    )
    if work.remind_s is not None:
        due_at = submission.release_at + work.remind_s
        await timers.put(tx, account_id, [filed.ref], TimerKind.FOLLOW_UP, due_at)
    tx.announce(SubmissionChanged(account_id, submission.id))


async def _copy_to_owner(submission: Submission, identity: Identity, raw: bytes) -> None:
    ref = await owner_copies.file(identity, raw)
    if ref is None:
        return
    kept = await db.write(
        lambda tx: tx.execute(
            "UPDATE submission SET owner_id = ?, owner_ref = ? WHERE id = ? AND state <> 'cancelled'",
            identity.owner_id,
            ref,
            submission.id,
        )
    )
    if not kept:  # taken back meanwhile
        await owner_copies.remove(identity.owner_id, ref)


async def require_lists_take_it(account_id: int, sender: Address, recipients: list[Address]) -> None:
    """Refuse here what a list of ours would refuse, as at RCPT."""
    for address in recipients:
        found = await resolve.resolve(address)
        if isinstance(found, ListTarget) and found.command is Command.POST:
            permit = await list_posting.permit(found.mailing_list, sender, account_id)
            if permit.verdict is Refusal.REJECT:
                raise PermissionDenied(f"{address}: {permit.reason}", field="to")


async def require_sendable(
    account_id: int, draft: draft_content.DraftContent
) -> tuple[Identity, list[Address]]:
    """Who sends a draft and to whom; raises what `submit` says of both."""
    sender = Address.parse(f"{draft.sender.localpart}@{draft.sender.domain}")
    identity = await identities.require(account_id, sender)
    recipients = draft_content.recipients(draft)
    await require_lists_take_it(account_id, sender, recipients)
    await require_recipients(account_id, recipients)
    return identity, recipients


async def require_recipients(account_id: int, recipients: list[Address]) -> None:
    """Refuse none, too many, and those to whom nothing is sent."""
    if not recipients:
        raise InvalidSyntax("Add at least one recipient", field="to")
    effective = await settings.effective("submission.max_recipients", user_id=account_id)
    limit = int(effective.value)
    if len(recipients) > limit:
        raise LimitExceeded(
            f"A message may have at most {limit} recipients (set by {effective.origin.name})", field="to"
        )
    wanted = [(address.localpart, address.domain) for address in recipients]
    refused = await suppression.refused_at_submission(wanted, account_id)
    if refused:
        raise InvalidSyntax(" ".join(f"{entry.refusal}." for entry in refused[:5]), field="to")


async def _release_at(account_id: int, hold_s: int | None) -> int:
    if hold_s is None:
        hold_s = await settings.get_number("submission.undo_seconds", user_id=account_id)
    return clock.now() + min(max(hold_s, 0), MAX_HOLD_S)


async def _mark_origins(account_id: int, draft: draft_content.DraftContent) -> None:
    """Mark what was answered or forwarded; a message that is gone meanwhile does not matter."""
    if draft.in_reply_to is not None:
        await flags.store_refs(account_id, [draft.in_reply_to], add=ANSWERED)
    if draft.forwarded:
        await flags.store_refs(account_id, draft.forwarded, add=FORWARDED)
