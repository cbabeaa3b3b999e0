"""Delivery status notifications (RFC 3464, RFC 6522, RFC 6533) as they are written for our senders.

`build` writes one report for any number of recipients, all of one kind; the texts of other hosts in it are
made harmless, never refused. `dsn_reading` reads those of other hosts.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from backend.formats.addresses import Address, Mailbox
from backend.formats.body_writer import multipart, returned_part, text_part
from backend.formats.dates import format_date
from backend.formats.header_writer import address_field, field, message_id_field, raw_field

_MAX_TEXT = 600
_UNPRINTABLE = re.compile(r"[\x00-\x20\x7f-\x9f\u2028\u2029\ud800-\udfff]+")
STATUS = re.compile(r"[245]\.\d{1,3}\.\d{1,3}")


class Action(StrEnum):
    """What became of one recipient (RFC 3464 §2.3.3)."""

    FAILED = "failed"
    DELAYED = "delayed"
    DELIVERED = "delivered"
    RELAYED = "relayed"
    EXPANDED = "expanded"


@dataclass(frozen=True, slots=True, kw_only=True)
class RecipientReport:
    """One recipient's part of a report; times are in Unix seconds, `original_recipient` is an ORCPT value."""

    recipient: str
    action: Action
    status: str
    original_recipient: str = ""
    remote_mta: str = ""
    diagnostic: str = ""
    last_attempt_at: int | None = None
    retried_until: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DeliveryReport:
    """A report to the return path of a message.

    `returned` is the message; it goes along whole when `returns_full` is set (RET=FULL), else only its
    header does. `recipients` has one entry at least.
    """

    reporting_mta: str
    recipients: tuple[RecipientReport, ...]
    to: Address | None = None
    date: int = 0
    message_id: str = ""
    arrived_at: int | None = None
    envelope_id: str = ""
    returned: bytes = b""
    returns_full: bool = False


_SUBJECTS = {
    Action.FAILED: "Your message could not be delivered",
    Action.DELAYED: "Your message is delayed",
    Action.DELIVERED: "Your message was delivered",
    Action.RELAYED: "Your message was passed on",
    Action.EXPANDED: "Your message was delivered to a list",
}
_INTRODUCTIONS = {
    Action.FAILED: "Your message was not delivered to the addresses below, and it will not be tried again.",
    Action.DELAYED: "Your message has not reached the addresses below yet. You need not do anything:\n"
    "it is still being tried.",
    Action.DELIVERED: "Your message was delivered to the addresses below.",
    Action.RELAYED: "Your message was passed on to a mail system that does not confirm deliveries.",
    Action.EXPANDED: "Your message was delivered to the list below, which sends it on to its members.",
}


def build(report: DeliveryReport) -> bytes:
    """The report as a message from MAILER-DAEMON; `InvalidSyntax` for a broken `to` or `message_id`."""
    action = report.recipients[0].action
    parts = [
        text_part(_explanation(report, action), "plain"),
        _status_part(report),
    ]
    if report.returned:
        parts.append(returned_part(report.returned, is_full=report.returns_full))
    daemon = Mailbox("Mail Delivery System", "MAILER-DAEMON", report.reporting_mta)
    to = [Mailbox("", report.to.localpart, report.to.domain)] if report.to is not None else []
    return b"".join(
        (
            raw_field("Date", format_date(report.date)),
            address_field("From", [daemon]),
            address_field("To", to),
            field("Subject", _SUBJECTS[action]),
            message_id_field("Message-ID", [report.message_id]),
            raw_field("Auto-Submitted", "auto-replied"),
            b"MIME-Version: 1.0\r\n",
            multipart(
                "report", parts, f"=_report_{_boundary(report)}", params="; report-type=delivery-status"
            ),
        )
    )


def _boundary(report: DeliveryReport) -> str:
    # Message identifiers are new and unforeseeable, so the returned message cannot hold it.
    return re.sub(r"[^A-Za-z0-9]", "", report.message_id)[:50]


def _explanation(report: DeliveryReport, action: Action) -> str:
    lines = [f"This is the mail system at {report.reporting_mta}.", "", _INTRODUCTIONS[action], ""]
    for recipient in report.recipients:
        lines.append(f"  {clean(recipient.recipient)}")
        if recipient.diagnostic:
            where = f"{clean(recipient.remote_mta)} said: " if recipient.remote_mta else ""
            lines.append(f"    {where}{clean(recipient.diagnostic)}")
        if recipient.retried_until is not None:
            lines.append(f"    It is tried until {format_date(recipient.retried_until)}.")
    return "\n".join(lines) + "\n"


def _status_part(report: DeliveryReport) -> bytes:
    groups = [_message_fields(report), *map(_recipient_fields, report.recipients)]
    body = b"\r\n".join(b"".join(_status_field(name, value) for name, value in group) for group in groups)
    kind = "delivery-status" if body.isascii() else "global-delivery-status"
    encoding = b"7bit" if body.isascii() else b"8bit"
    fields = raw_field("Content-Type", f"message/{kind}") + b"Content-Transfer-Encoding: " + encoding
    return fields + b"\r\n\r\n" + body


def _message_fields(report: DeliveryReport) -> list[tuple[str, str]]:
    arrived = format_date(report.arrived_at) if report.arrived_at is not None else ""
    return [
        ("Original-Envelope-Id", report.envelope_id),
        ("Reporting-MTA", f"dns; {report.reporting_mta}"),
        ("Arrival-Date", arrived),
    ]


def _recipient_fields(recipient: RecipientReport) -> list[tuple[str, str]]:
    kind = "rfc822" if recipient.recipient.isascii() else "utf-8"
    status = recipient.status if STATUS.fullmatch(recipient.status) else _DEFAULT_STATUS[recipient.action]
    last, until = recipient.last_attempt_at, recipient.retried_until
    return [
        ("Original-Recipient", recipient.original_recipient),
        ("Final-Recipient", f"{kind}; {recipient.recipient}"),
        ("Action", recipient.action),
        ("Status", status),
        ("Remote-MTA", f"dns; {recipient.remote_mta}" if recipient.remote_mta else ""),
        ("Diagnostic-Code", f"smtp; {recipient.diagnostic}" if recipient.diagnostic else ""),
        ("Last-Attempt-Date", format_date(last) if last is not None else ""),
        ("Will-Retry-Until", format_date(until) if until is not None else ""),
    ]


_DEFAULTSTATUS = {Action.FAILED: "5.0.0", Action.DELAYED: "4.0.0"} | dict.fromkeys(
    (Action.DELIVERED, Action.RELAYED, Action.EXPANDED), "2.0.0"
)


_DEFAULT_STATUS = {Action.FAILED: "5.0.0", Action.DELAYED: "4.0.0"} | dict.fromkeys(
    (Action.DELIVERED, Action.RELAYED, Action.EXPANDED), "2.0.0"
)


def _status_field(name: str, value: str) -> bytes:
    value = clean(value)
    return raw_field(name, value) if value else b""


def clean(text: str) -> str:
    """Another host's words on one line."""
    return _UNPRINTABLE.sub(" ", text).strip()[:_MAX_TEXT]
