"""What users chose for themselves in the web application."""

from __future__ import annotations

from tortoise import fields
from tortoise.models import Model

from schema.models.keys import IdField


class Preference(Model):
    """A choice of a user under a name; `value` is JSON and means something to the web application alone."""

    id = IdField()
    user_id = fields.BigIntField()
    name = fields.CharField(max_length=120)
    value = fields.TextField()

    class Meta:
        table = "preference"
        unique_together = (("user_id", "name"),)
