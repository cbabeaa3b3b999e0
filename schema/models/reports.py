"""What other hosts report of the mail we sent."""

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
