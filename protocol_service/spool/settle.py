"""Writes down what attempts brought, together with the notices that follow from it, in one transaction.

A deferral whose schedule is used up becomes a failure. If somebody else has settled one of the recipients
meanwhile, that one is left to them and the rest is tried again; so nobody is told twice.
"""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial

from backend.formats.bounce_addresses import Tag
from backend.kit import blobs, clock, db
from backend.kit.db import Tx
from backend.spool import hard_bounces, settlements
from backend.spool.hard_bounces import HardBounce, Tally
from backend.spool.settlements import LeaseLost
from backend.spool.types import SENT_BY_SYSTEM, SpooledMessage, SpooledRecipient
from protocol_service.spool import list_departures, notices, retry
from protocol_service.spool.notices import Notice
from protocol_service.spool.outcome import Outcome, Result, for_all
from protocol_service.spool.retry import Schedule

log = logging.getLogger(__name__)

EXPIRED_STATUS = "4.4.7"


@dataclass(frozen=True, slots=True)
class Settlement:
    """Outcomes by what is done about them."""

    delivered: list[Outcome]
    failed: list[Outcome]
    deferred: list[Outcome]
    late: list[Outcome]


def is_plain(outcome: Outcome) -> bool:
    """Whether all there is to do about an outcome is to write it down."""
    return outcome.result is Result.DELIVERED and "SUCCESS" not in outcome.recipient.notify


async def settle(node: str, message: SpooledMessage, outcomes: Sequence[Outcome], raw: bytes) -> None:
    """Commit the outcomes of one attempt."""
    left = list(outcomes)
    schedule = await retry.schedule_of(message)
    tag = await list_departures.tag_of(message.sender)
    while left:
        sorted_out = _sort(schedule, left)
        prepared = (
            []
            if tag is not None
            else await notices.prepare(
                message,
                raw,
                failed=sorted_out.failed,
                late=sorted_out.late,
                delivered=sorted_out.delivered,
                schedule=schedule,
            )
        )
        # What a program answers in a user's name is not held against the user.
        author_id = message.account_id if message.sender != SENT_BY_SYSTEM else None
        tally = await hard_bounces.tally(author_id, _hard(sorted_out.failed))
        verb = partial(
            _commit,
            node=node,
            message=message,
            sorted_out=sorted_out,
            schedule=schedule,
            prepared=prepared,
            tally=tally,
            tag=tag,
        )
        try:
            await db.write(verb)
        except LeaseLost as lost:
            log.warning("another worker has settled a recipient of this message: %s", lost.detail)
            left = [outcome for outcome in left if outcome.recipient.id != lost.recipient_id]
        else:
            if tally is not None:
                await hard_bounces.count_hour(tally)
            return


async def defer(node: str, message: SpooledMessage, recipients: Sequence[SpooledRecipient]) -> None:
    """A fault of ours: try again by the schedule, or where even that cannot be written, when the lease
    ends.
    """
    outcomes = for_all(recipients, Result.DEFERRED, "4.3.0", "Temporary fault of this server")
    try:
        raw = await blobs.read(message.blob_id)
        await settle(node, message, outcomes, raw)
    except Exception:
        log.exception("message %d stays leased until its lease runs out", message.id)


def _hard(failed: Sequence[Outcome]) -> list[HardBounce]:
    """What another host said in its session, or DNS of its domain; what we refuse ourselves is no bounce.

    Who stands behind an alias was not written to by the sender, and is not held against it.
    """
    return [
        HardBounce(one.recipient.localpart, one.recipient.domain, one.status, one.reply)
        for one in failed
        if (one.host or one.is_unreached) and not one.recipient.via
    ]


def _sort(schedule: Schedule, outcomes: Sequence[Outcome]) -> Settlement:
    found = Settlement([], [], [], [])
    for outcome in outcomes:
        if outcome.result is Result.DELIVERED:
            found.delivered.append(outcome)
        elif outcome.result is Result.FAILED:
            found.failed.append(outcome)
        elif schedule.wait_s(outcome.recipient.attempts + 1) is None:
            found.failed.append(replace(outcome, result=Result.FAILED, status=EXPIRED_STATUS))
        else:
            found.deferred.append(outcome)
            if _is_late(schedule, outcome):
                found.late.append(outcome)
    return found


def _is_late(schedule: Schedule, outcome: Outcome) -> bool:
    """Whether this deferral is the one to tell the sender of."""
    recipient = outcome.recipient
    return not recipient.is_delay_notified and schedule.is_delay_notice_due(recipient.attempts + 1)


async def _commit(
    tx: Tx,
    *,
    node: str,
    message: SpooledMessage,
    sorted_out: Settlement,
    schedule: Schedule,
    prepared: Sequence[Notice],
    tally: Tally | None,
    tag: Tag | None,
) -> None:
    now = clock.now()
    if sorted_out.delivered:
        await settlements.delivered(tx, message.id, [o.attempt for o in sorted_out.delivered], now=now)
    if sorted_out.failed:
        await settlements.failed(tx, message.id, [o.attempt for o in sorted_out.failed], now=now)
        if tag is not None:
            await list_departures.count(tx, tag, sorted_out.failed, message.sender)
    for outcome in sorted_out.deferred:
        attempts = outcome.recipient.attempts + 1
        await settlements.deferred(
            tx,
            node,
            outcome.attempt,
            now=now,
            next_attempt_at=now + (schedule.wait_s(attempts) or 0),
            is_delay_notified=outcome.recipient.is_delay_notified or outcome in sorted_out.late,
        )
    for notice in prepared:
        await notices.enqueue(tx, notice)
    if tally is not None:
        await hard_bounces.record(tx, tally)
