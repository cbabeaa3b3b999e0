"""Keys that a user has chosen for commands of the web pages."""

from __future__ import annotations

from tortoise import fields
from tortoise.models import Model

from schema.models.keys import IdField


class Shortcuts(Model):
    """The choice of a user or administrator (same id). `is_on` is 0 where keys without a modifier do nothing;
    `keys` is a JSON object of lists of chords by command, only of those that differ from the standard.
    """

    id = IdField()
    is_on = fields.SmallIntField(db_default=1)
    keys = fields.TextField()

    class Meta:
        table = "shortcuts"
