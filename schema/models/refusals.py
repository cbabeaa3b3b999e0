"""Mail that was refused before it was accepted."""

from __future__ import annotations

from tortoise import fields
from tortoise.models import Model

from schema.models.indexes import SparseIndex
from schema.models.keys import IdField


class Refusal(Model):
    """What a client was told instead of 250, for one recipient; its id says when.

    An empty localpart stands for several addresses of the domain, an empty domain besides for a sender that
    was refused before it named a recipient. `times`: so often within a moment. `account_id` and
    `account_domain` are of who had signed in, else NULL; `status` is an RFC 3463 code.
    """

    id = IdField()
    sender = fields.CharField(max_length=320)
    localpart = fields.CharField(max_length=255)
    bare_localpart = fields.CharField(max_length=64)
    domain = fields.CharField(max_length=253)
    account_id = fields.BigIntField(null=True)
    account_domain = fields.CharField(max_length=253, null=True)
    remote_address = fields.CharField(max_length=64)
    helo = fields.CharField(max_length=255)
    protocol = fields.CharField(max_length=16)
    status = fields.CharField(max_length=12)
    reply = fields.CharField(max_length=600)
    times = fields.IntField()

    class Meta:
        table = "refusal"
        indexes = (
            ("domain", "id"),
            ("bare_localpart", "domain", "id"),
            SparseIndex(fields=("account_id", "id"), name="refusal_of_account"),
            SparseIndex(fields=("account_domain", "id"), name="refusal_of_domain"),
        )
