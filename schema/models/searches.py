"""Searches that their owner keeps beside the folders."""

from __future__ import annotations

from tortoise import fields
from tortoise.models import Model

from schema.models.keys import IdField


class SavedSearch(Model):
    """A search of an account under a name, as it was typed."""

    id = IdField()
    account_id = fields.BigIntField()
    name = fields.CharField(max_length=100)
    query = fields.CharField(max_length=500)
    created_at = fields.BigIntField()

    class Meta:
        table = "saved_search"
        unique_together = (("account_id", "name"),)
