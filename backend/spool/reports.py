"""What other hosts report of messages that left here: matched to the recipient, kept, and shown.

A report is verified where it brings the token that was sent along with the message, and then it can speak of
recipients in the domain that the token went to. Any other report may be anybody's: it is matched by the
Message-ID of what came back, shown as a claim, and has no consequences.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from backend.formats import dsn_reading
from backend.formats.addresses import format_addr_spec
from backend.formats.bounce_addresses import Tag
from backend.formats.dsn import Action, DeliveryReport, RecipientReport
from backend.kit import clock, db, ids
from backend.kit.db import Tx
from backend.spool import settlements, trace
from backend.spool.trace import Event
from backend.spool.types import Attempt, State

KEEP_S = 400 * 86_400
MOST_PER_RECIPIENT = 20
MOST_SHOWN = 500
_SLICE = 1000
_EVENTS = {
    Action.FAILED: Event.BOUNCED,
    Action.DELAYED: Event.DELAYED,
    Action.DELIVERED: Event.CONFIRMED,
    Action.RELAYED: Event.RELAYED,
    Action.EXPANDED: Event.RELAYED,
}
_COLUMNS = "address, action, status, reporter, diagnostic, is_verified, reported_at"


@dataclass(frozen=True, slots=True)
class Finding:
    """What a report says of one recipient of a message of ours. `address` is the one the sender knows, which
    is an alias where `is_behind_alias`.
    """

    account_id: int
    spool_id: int
    recipient_id: int
    message_id: str
    address: str
    localpart: str
    domain: str
    action: Action
    status: str
    reporter: str
    diagnostic: str
    is_verified: bool
    is_behind_alias: bool = False


@dataclass(frozen=True, slots=True)
class View:
    """A report as it is shown; the moment in Unix seconds."""

    address: str
    action: Action
    status: str
    reporter: str
    diagnostic: str
    is_verified: bool
    reported_at: int


@dataclass(frozen=True, slots=True)
class _Recipient:
    id: int
    address: str
    localpart: str
    domain: str
    is_behind_alias: bool


async def find(report: DeliveryReport, account_id: int, tag: Tag | None) -> list[Finding]:
    """Which recipients of which message of the account a report is about; `tag` is the token it brought."""
    if tag is not None:
        row = await db.fetch_row(
            "SELECT id, message_id FROM spool_message WHERE id = ? AND account_id = ?", tag.first, account_id
        )
    else:
        row = await _by_message_id(report, account_id)
    if row is None:
        return []
    known, aliases = await _recipients(row[0], tag)
    found = []
    for one in report.recipients:
        recipient = _match(one, known, aliases)
        if recipient is None and tag is not None and len(report.recipients) == len(known) == 1:
            # Forwarded on the other side, and reported under the name it got there.
            recipient = next(iter(known.values()))
        if recipient is not None:
            found.append(_finding(report, one, recipient, (account_id, *row), is_verified=tag is not None))
    return found


async def _by_message_id(report: DeliveryReport, account_id: int) -> tuple[int, str] | None:
    message_id = dsn_reading.message_id_of(report)[:300]
    if not message_id:
        return None
    rows = await db.scan(
        "SELECT id, message_id FROM spool_message WHERE account_id = ? AND message_id = ?"
        " ORDER BY id DESC LIMIT 1",
        account_id,
        message_id,
    )
    return (rows[0][0], rows[0][1]) if rows else None


async def _recipients(spool_id: int, tag: Tag | None) -> tuple[dict[str, _Recipient], dict[str, _Recipient]]:
    """The recipients a report may speak of: by address, and by the address the sender named."""
    rows = await db.scan(
        "SELECT id, localpart, domain, via, orcpt FROM spool_recipient WHERE message_id = ? AND state <> ?",
        spool_id,
        int(State.EXPANDED),
    )
    if tag is not None:
        domain = next((row[2] for row in rows if row[0] == tag.second), None)
        rows = [row for row in rows if row[2] == domain]
    known: dict[str, _Recipient] = {}
    aliases: dict[str, _Recipient] = {}
    for id_, localpart, domain, via, orcpt in rows:
        address = format_addr_spec(localpart, domain)
        recipient = _Recipient(id_, via or address, localpart, domain, bool(via))
        known.setdefault(address.lower(), recipient)
        if orcpt:
            aliases.setdefault(dsn_reading.original_address_of(orcpt).lower(), recipient)
    return known, aliases


def _match(
    one: RecipientReport, known: Mapping[str, _Recipient], aliases: Mapping[str, _Recipient]
) -> _Recipient | None:
    original = dsn_reading.original_address_of(one.original_recipient).lower()
    return known.get(one.recipient.lower()) or known.get(original) or aliases.get(original)


def _finding(
    report: DeliveryReport,
    one: RecipientReport,
    recipient: _Recipient,
    of: tuple[int, int, str],
    *,
    is_verified: bool,
) -> Finding:
    account_id, spool_id, message_id = of
    return Finding(
        account_id=account_id,
        spool_id=spool_id,
        recipient_id=recipient.id,
        message_id=message_id,
        address=recipient.address,
        localpart=recipient.localpart,
        domain=recipient.domain,
        action=one.action,
        status=one.status[:12],
        reporter=(one.remote_mta or report.reporting_mta)[:300],
        diagnostic=one.diagnostic[:600],
        is_verified=is_verified,
        is_behind_alias=recipient.is_behind_alias,
    )


async def record(tx: Tx, findings: Iterable[Finding]) -> list[Finding]:
    """Write reports down, in the transaction that files the message that brought them; those that were new.

    The same again is left out, and so is what passes `MOST_PER_RECIPIENT`.
    """
    now = clock.now()
    new = []
    for finding in findings:
        said = await tx.fetch_rows(
            "SELECT action, status, is_verified FROM delivery_report WHERE recipient_id = ?",
            finding.recipient_id,
        )
        this = (finding.action.value, finding.status, int(finding.is_verified))
        if len(said) < MOST_PER_RECIPIENT and this not in [tuple(row) for row in said]:
            await _insert(tx, finding, now)
            new.append(finding)
    return new


async def _insert(tx: Tx, finding: Finding, now: int) -> None:
    await tx.execute(
        "INSERT INTO delivery_report (id, account_id, message_id, spool_id, recipient_id, address, action,"
        " status, reporter, diagnostic, is_verified, reported_at)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        ids.new_id(),
        finding.account_id,
        finding.message_id,
        finding.spool_id,
        finding.recipient_id,
        finding.address,
        finding.action.value,
        finding.status,
        finding.reporter,
        finding.diagnostic,
        int(finding.is_verified),
        now,
    )
    said = Attempt(finding.recipient_id, finding.reporter, finding.status, finding.diagnostic)
    event = _EVENTS[finding.action]
    await settlements.note(
        tx, said.recipient_id, trace.line(now, event, said, is_claim=not finding.is_verified)
    )


async def of_message(account_id: int, message_id: str) -> list[View]:
    """Reports of the messages of an account with that Message-ID (without brackets), oldest first."""
    if not message_id:
        return []
    rows = await db.fetch_rows(
        f"SELECT {_COLUMNS} FROM delivery_report WHERE account_id = ? AND message_id = ?"
        " ORDER BY reported_at, id LIMIT ?",
        account_id,
        message_id[:300],
        MOST_SHOWN,
    )
    return [
        View(address, Action(action), status, reporter, diagnostic, bool(is_verified), reported_at)
        for address, action, status, reporter, diagnostic, is_verified, reported_at in rows
    ]


async def prune(older_than_s: int = KEEP_S) -> int:
    """Forget reports of long ago, a slice a transaction; how many went."""
    before = clock.now() - older_than_s
    total = 0
    while removed := await db.write(lambda tx: _prune(tx, before), durable=False):
        total += removed
    return total


async def _prune(tx: Tx, before: int) -> int:
    return await tx.execute(
        "DELETE FROM delivery_report WHERE id IN"
        " (SELECT id FROM delivery_report WHERE reported_at < ? ORDER BY reported_at LIMIT ?)",
        before,
        _SLICE,
    )
