"""What: acts on very many messages, done in the background batch by batch."""

from __future__ import annotations

from tortoise import fields
from tortoise.models import Model

from schema.models.keys import IdField


class BulkAct(Model):
    """An act of a user on `total` messages; `done` were gone through, `skipped` of them left as they were.

    `state`: 0 open, 1 done, 2 cancelled, 3 failed, 4 taken back. Whoever works on it holds `lease` until
    `due_at` and moves that on; an open act whose `due_at` has passed may be claimed. `step` is what to do
    (JSON of `mailstore.bulk.types.Step`), empty for an act that takes back `undo_of`.
    """

    id = IdField()
    user_id = fields.BigIntField()
    label = fields.CharField(max_length=200, db_default="")
    step = fields.TextField(db_default="")
    undo_of = fields.BigIntField(db_default=0)
    state = fields.SmallIntField(db_default=0)
    total = fields.BigIntField()
    done = fields.BigIntField(db_default=0)
    skipped = fields.BigIntField(db_default=0)
    error = fields.CharField(max_length=300, db_default="")
    tries = fields.SmallIntField(db_default=0)
    lease = fields.CharField(max_length=32, db_default="")
    due_at = fields.BigIntField()
    created_at = fields.BigIntField()
    finished_at = fields.BigIntField(db_default=0)

    class Meta:
        table = "bulk_act"
        indexes = (("state", "due_at"), ("user_id", "id"))


class BulkActBatch(Model):
    """Some messages of an act, changed in one transaction with this row; in the order of `number`.

    `parts` is what to do, `undo` what takes it back once it is done: JSON lists of a step and refs.
    """

    id = IdField()
    act_id = fields.BigIntField()
    number = fields.IntField()
    is_done = fields.SmallIntField(db_default=0)
    parts = fields.TextField()
    undo = fields.TextField(db_default="[]")
    undo_count = fields.IntField(db_default=0)

    class Meta:
        table = "bulk_act_batch"
        unique_together = (("act_id", "number"),)
