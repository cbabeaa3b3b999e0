"""What users want done with mail that arrives."""

from __future__ import annotations

from tortoise import fields
from tortoise.models import Model

from schema.models.keys import IdField


class MailFilter(Model):
    """A filter of an account; they run in the order of `position`. `definition` is JSON
    (`backend.rules.definition`).
    """

    id = IdField()
    account_id = fields.BigIntField()
    position = fields.IntField()
    name = fields.CharField(max_length=200)
    is_enabled = fields.SmallIntField(db_default=1)
    definition = fields.TextField()
    created_at = fields.BigIntField()

    class Meta:
        table = "mail_filter"
        indexes = (("account_id", "position"),)
