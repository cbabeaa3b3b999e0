"""What happens to a message at a time that its owner chose, and conversations that are muted."""

from __future__ import annotations

from tortoise import fields
from tortoise.models import Model

from schema.models.keys import IdField


class MessageTimer(Model):
    """A time at which something happens to the message `ref` of an account.

    `kind`: `send` (a draft in the mailbox Scheduled goes), `snooze` (a message in Snoozed returns to the
    mailbox `return_to`), `follow_up` (a sent message comes to the inbox unless somebody answered).
    `due_at` is what the owner chose. `wake_at` is when it is next looked at: a claim moves it to the end of
    the lease, so a lost one is due again by itself; NULL for what has failed, and then `error` says why.
    `remind_s` of a `send` begins a `follow_up` so long after it went.
    """

    id = IdField()
    account_id = fields.BigIntField()
    ref = fields.BigIntField()
    kind = fields.CharField(max_length=12)
    due_at = fields.BigIntField()
    wake_at = fields.BigIntField(null=True, db_index=True)
    set_at = fields.BigIntField()
    return_to = fields.BigIntField(null=True)
    remind_s = fields.BigIntField(null=True)
    error = fields.CharField(max_length=500, db_default="")

    class Meta:
        table = "message_timer"
        unique_together = (("account_id", "ref", "kind"),)


class MutedThread(Model):
    """A conversation (same id) whose new messages skip the inbox."""

    id = IdField()
    account_id = fields.BigIntField(db_index=True)
    muted_at = fields.BigIntField()

    class Meta:
        table = "muted_thread"
