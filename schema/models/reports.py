"""What hosts report to each other: of mail that was sent, its TLS, and in whose name it was."""

from __future__ import annotations

from tortoise import fields
from tortoise.models import Model

from schema.models.keys import IdField


class DeliveryReport(Model):
    """What a delivery report of another host said of one recipient of a message that one of our users sent.

    `message_id` is the message's Message-ID, `action` an RFC 3464 action. `is_verified` is 1 where the report
    brought the token that was sent along: else anybody who knows the Message-ID may have written it.
    """

    id = IdField()
    account_id = fields.BigIntField()
    message_id = fields.CharField(max_length=300)
    spool_id = fields.BigIntField()
    recipient_id = fields.BigIntField(db_index=True)
    address = fields.CharField(max_length=400)
    action = fields.CharField(max_length=10)
    status = fields.CharField(max_length=12)
    reporter = fields.CharField(max_length=300)
    diagnostic = fields.CharField(max_length=600)
    is_verified = fields.SmallIntField()
    reported_at = fields.BigIntField(db_index=True)

    class Meta:
        table = "delivery_report"
        indexes = (("account_id", "message_id"),)


class TlsSession(Model):
    """Connections of one day to a domain whose TLS came out in the same way, for a report (RFC 8460).

    `day` counts from 1970; `policy` is JSON `[type, strings, mx patterns]`; `result` is a result type, empty
    for success. `key` is a digest of all but the day and the domain.
    """

    id = IdField()
    day = fields.IntField()
    domain = fields.CharField(max_length=253)
    key = fields.CharField(max_length=64)
    policy = fields.TextField()
    result = fields.CharField(max_length=40)
    mx_host = fields.CharField(max_length=253)
    mx_address = fields.CharField(max_length=64)
    information = fields.CharField(max_length=300)
    sessions = fields.BigIntField()

    class Meta:
        table = "tls_session"
        unique_together = (("day", "domain", "key"),)


class TlsReport(Model):
    """What another organisation reports of its TLS connections to a domain of ours, one row for each policy.

    `details` is JSON: a list of `[result, sessions, mx host, mx address, information]`.
    """

    id = IdField()
    domain_id = fields.BigIntField()
    policy_domain = fields.CharField(max_length=253)
    policy_type = fields.CharField(max_length=40)
    organization = fields.CharField(max_length=300)
    report_id = fields.CharField(max_length=300)
    contact = fields.CharField(max_length=300)
    sender = fields.CharField(max_length=320)
    begins_at = fields.BigIntField()
    ends_at = fields.BigIntField()
    successes = fields.BigIntField()
    failures = fields.BigIntField()
    details = fields.TextField()
    received_at = fields.BigIntField(db_index=True)

    class Meta:
        table = "tls_report"
        unique_together = (("domain_id", "organization", "report_id", "policy_domain", "policy_type"),)
        indexes = (("domain_id", "id"),)


class DmarcResult(Model):
    """Messages of one day in a domain's name that came out in the same way, for a report (RFC 7489 §7.2).

    `day` counts from 1970; `domain` has the record, `published` is that record and `outcome` how they came
    out, both as JSON (`backend.formats.dmarc.Record`, `dmarc_report.Outcome`). `key` is a digest of the two.
    """

    id = IdField()
    day = fields.IntField()
    domain = fields.CharField(max_length=253)
    key = fields.CharField(max_length=64)
    published = fields.TextField()
    outcome = fields.TextField()
    messages = fields.BigIntField()

    class Meta:
        table = "dmarc_result"
        unique_together = (("day", "domain", "key"),)
