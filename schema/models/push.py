"""Browsers that are told of new mail (Web Push)."""

from __future__ import annotations

from tortoise import fields
from tortoise.models import Model

from schema.models.keys import IdField


class PushDevice(Model):
    """A browser's push subscription (RFC 8030); it belongs to a session and goes with it.

    `public_key` and `secret` are in base64url (RFC 8291). `zone` is the device's time zone, for quiet hours.
    `told_to` is the place in the inbox up to which the device was told.
    """

    id = IdField()
    user_id = fields.BigIntField(db_index=True)
    session_id = fields.BigIntField(unique=True)
    endpoint = fields.CharField(max_length=1000, unique=True)
    public_key = fields.CharField(max_length=100)
    secret = fields.CharField(max_length=40)
    zone = fields.CharField(max_length=64, db_default="")
    told_to = fields.BigIntField()
    created_at = fields.BigIntField()
    pushed_at = fields.BigIntField(null=True)

    class Meta:
        table = "push_device"
