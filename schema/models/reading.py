"""What is remembered of reading mail: how a sender's mail is shown, lists that were left, invitations that
were answered.
"""

from __future__ import annotations

from tortoise import fields
from tortoise.models import Model

from schema.models.keys import IdField


class SenderLook(Model):
    """How an account sees a sender's mail: in its own colours where the page is dark, and without being asked
    for remote images, which stay away.
    """

    id = IdField()
    account_id = fields.BigIntField()
    address = fields.CharField(max_length=320)
    has_own_colours = fields.SmallIntField(db_default=0)
    hides_images = fields.SmallIntField(db_default=0)

    class Meta:
        table = "sender_look"
        unique_together = (("account_id", "address"),)


class LeftList(Model):
    """A mailing list or sender that an account has asked to be left out by; `list_key` is the hash of its
    name, `way` how it was asked (`post`, `mail`, `web`).
    """

    id = IdField()
    account_id = fields.BigIntField()
    list_key = fields.BigIntField()
    way = fields.CharField(max_length=8)
    left_at = fields.BigIntField()

    class Meta:
        table = "left_list"
        unique_together = (("account_id", "list_key"),)


class InvitationAnswer(Model):
    """What an account answered to an invitation; `event_key` is the hash of its UID and recurrence."""

    id = IdField()
    account_id = fields.BigIntField()
    event_key = fields.BigIntField()
    sequence = fields.BigIntField()
    answer = fields.CharField(max_length=12)
    answered_at = fields.BigIntField()

    class Meta:
        table = "invitation_answer"
        unique_together = (("account_id", "event_key"),)
