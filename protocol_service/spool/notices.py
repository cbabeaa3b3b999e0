"""What a sender is told of its message: failure, delay, and success where it was asked for (RFC 3461 §5,
RFC 3464).

Nothing is ever sent to the null return path, so a notice of a notice ends in the log. Strangers get a
bounded number an hour: a forged return path must not be flooded through us. A notice is made before the
transaction that settles its recipients and spooled within it.
"""

from __future__ import annotations

import logging
import secrets
from collections.abc import Sequence
from dataclasses import dataclass

from backend.formats import dsn
from backend.formats.addresses import Address, format_addr_spec
from backend.formats.dsn import Action, DeliveryReport, RecipientReport
from backend.formats.errors import InvalidSyntax
from backend.kit import blobs, clock, config, ratelimit
from backend.kit.blobs import NewBlob
from backend.kit.db import Tx
from backend.spool import enqueue as spool
from backend.spool.types import SENT_BY_SYSTEM, Envelope, SpooledMessage, SpoolRcpt
from protocol_service.spool.outcome import Outcome
from protocol_service.spool.retry import Schedule

log = logging.getLogger(__name__)

STRANGER_LIMIT = 100
HOUR_S = 3600
RETURNED_LIMIT_BYTES = 2 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Notice:
    """A report that is ready to be spooled."""

    envelope: Envelope
    blob: NewBlob


async def prepare(
    message: SpooledMessage,
    raw: bytes,
    *,
    failed: Sequence[Outcome] = (),
    late: Sequence[Outcome] = (),
    delivered: Sequence[Outcome] = (),
    schedule: Schedule | None = None,
) -> list[Notice]:
    """Reports for those recipients of whom the sender wants to hear; `schedule` tells of late ones until when
    they are tried.
    """
    if failed and message.sender == SENT_BY_SYSTEM:
        log.warning("undeliverable, and nobody to tell: message %d, %s", message.id, failed[0].reply)
    if message.sender == SENT_BY_SYSTEM:
        return []
    wanted = (
        (Action.FAILED, [o for o in failed if _wants(o, "FAILURE", by_default=True)]),
        (Action.DELAYED, [o for o in late if _wants(o, "DELAY", by_default=True)]),
        (Action.RELAYED, [o for o in delivered if o.is_relayed and _wants(o, "SUCCESS", by_default=False)]),
        (Action.DELIVERED, [o for o in delivered if o.is_filed and _wants(o, "SUCCESS", by_default=False)]),
    )
    found = [
        await _notice(message, raw, action, outcomes, schedule) for action, outcomes in wanted if outcomes
    ]
    return [notice for notice in found if notice is not None]


async def enqueue(tx: Tx, notice: Notice) -> None:
    """Spool a report in the transaction that settles its recipients."""
    await spool.enqueue(tx, notice.envelope, notice.blob)


def _wants(outcome: Outcome, event: str, *, by_default: bool) -> bool:
    notify = outcome.recipient.notify
    return event in notify.split(",") if notify else by_default


async def _notice(
    message: SpooledMessage,
    raw: bytes,
    action: Action,
    outcomes: Sequence[Outcome],
    schedule: Schedule | None,
) -> Notice | None:
    try:
        to = Address.parse(message.sender)
    except InvalidSyntax:
        log.warning("the return path of message %d is no address: no report", message.id)
        return None
    if message.account_id is None:
        key = f"notice:{message.sender.lower()}"
        if not (await ratelimit.take(key, STRANGER_LIMIT, HOUR_S, fail_open=True)).allowed:
            log.warning("too many reports to %s in an hour: one is left out", message.sender)
            return None
    report = _report(message, raw, action, outcomes, to=to, schedule=schedule)
    body = dsn.build(report)
    envelope = Envelope(
        sender=SENT_BY_SYSTEM,
        recipients=(SpoolRcpt(to.localpart, to.domain, notify="NEVER"),),
        protocol="notice",
        subject=f"Delivery report: {action.value}",
        message_id=report.message_id,
        smtputf8=not body.isascii(),
    )
    return Notice(envelope, await blobs.prepare(body))


def _report(
    message: SpooledMessage,
    raw: bytes,
    action: Action,
    outcomes: Sequence[Outcome],
    *,
    to: Address,
    schedule: Schedule | None,
) -> DeliveryReport:
    hostname = config.current().hostname
    is_whole = action is Action.FAILED and message.ret == "FULL" and len(raw) <= RETURNED_LIMIT_BYTES
    return DeliveryReport(
        reporting_mta=hostname,
        recipients=tuple(_recipient(action, outcome, schedule) for outcome in outcomes),
        to=to,
        date=clock.now(),
        message_id=f"{secrets.token_hex(16)}@{hostname}",
        arrived_at=message.created_at,
        envelope_id=message.envid,
        returned=raw,
        returns_full=is_whole,
    )


def _recipient(action: Action, outcome: Outcome, schedule: Schedule | None) -> RecipientReport:
    recipient = outcome.recipient
    now = clock.now()
    return RecipientReport(
        # Who stands behind an alias is not for the sender to know.
        recipient=recipient.stands_for or format_addr_spec(recipient.localpart, recipient.domain),
        action=action,
        status=outcome.status,
        original_recipient=recipient.orcpt,
        remote_mta=outcome.host,
        diagnostic=outcome.reply if outcome.host or action is not Action.DELIVERED else "",
        last_attempt_at=now,
        retried_until=now + schedule.remaining_s(recipient.attempts + 1)
        if schedule is not None and action is Action.DELAYED
        else None,
    )
