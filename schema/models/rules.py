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


class Vacation(Model):
    """What is answered while a user is away, between two times where they are given.

    `outside` is `same`, `own` (with `outside_text`) or `none` for people who are not of the user's domain;
    `audience` is `anyone` or `known`. Nobody is answered twice within `every_days`.
    """

    account_id = IdField()
    is_enabled = fields.SmallIntField()
    subject = fields.CharField(max_length=300, db_default="")
    text = fields.TextField()
    outside = fields.CharField(max_length=8)
    outside_text = fields.TextField()
    audience = fields.CharField(max_length=8)
    starts_at = fields.BigIntField(null=True)
    ends_at = fields.BigIntField(null=True)
    every_days = fields.SmallIntField()

    class Meta:
        table = "vacation"


class VacationAnswer(Model):
    """Whom a vacation reply was sent to: a digest of the address, and when last."""

    id = IdField()
    account_id = fields.BigIntField()
    digest = fields.BigIntField()
    answered_at = fields.BigIntField(db_index=True)

    class Meta:
        table = "vacation_answer"
        unique_together = (("account_id", "digest"),)


class BlockedSender(Model):
    """A sender whose mail an account does not want to see: an address in lower case, or `@` and a domain."""

    id = IdField()
    account_id = fields.BigIntField()
    address = fields.CharField(max_length=320)

    class Meta:
        table = "blocked_sender"
        unique_together = (("account_id", "address"),)


class FolderCleanup(Model):
    """What is removed from a mailbox (same id) by itself: what came there more than `max_age_days` ago, and
    what is beyond the newest `keep_newest`; at least one of both is given. With `is_forever` 0 it goes to
    Trash.
    """

    id = IdField()
    account_id = fields.BigIntField(db_index=True)
    max_age_days = fields.IntField(null=True)
    keep_newest = fields.IntField(null=True)
    is_forever = fields.SmallIntField()

    class Meta:
        table = "folder_cleanup"
