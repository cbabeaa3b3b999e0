"""Mailing lists: what they are, who is on them, and what waits for a moderator."""

from __future__ import annotations

from tortoise import fields
from tortoise.models import Model

from schema.models.directory import Domain
from schema.models.keys import IdField


class MailingList(Model):
    """A list of a domain. What the words in its columns mean stands in `backend.directory.list_types`;
    `max_bytes` 0 is the system's limit.
    """

    id = IdField()
    domain: fields.ForeignKeyRelation[Domain] = fields.ForeignKeyField(
        "postroom.Domain", related_name="mailing_lists", on_delete=fields.CASCADE
    )
    localpart = fields.CharField(max_length=64)
    name = fields.CharField(max_length=200, db_default="")
    description = fields.CharField(max_length=1000, db_default="")
    is_enabled = fields.SmallIntField(db_default=1)
    posting = fields.CharField(max_length=12)
    is_moderated = fields.SmallIntField(db_default=0)
    unentitled = fields.CharField(max_length=8)
    unverified = fields.CharField(max_length=8)
    reply_to = fields.CharField(max_length=8)
    from_rewriting = fields.CharField(max_length=8)
    subject_prefix = fields.CharField(max_length=60, db_default="")
    footer = fields.TextField(db_default="")
    max_bytes = fields.BigIntField(db_default=0)
    member_view = fields.CharField(max_length=12)
    subscription = fields.CharField(max_length=8)
    created_at = fields.BigIntField()

    class Meta:
        table = "mailing_list"
        unique_together = (("domain", "localpart"),)


class ListMember(Model):
    """Somebody on a list: an address here or elsewhere, folded, or a group as `group:NAME` with its id.

    `role`: 0 member, 1 moderator, 2 owner. `delivery` is `EACH` or `NONE`. `bounces` counts days on which
    mail came back; a member who is `suspended_at` a time gets nothing until that is taken back.
    """

    id = IdField()
    list_id = fields.BigIntField()
    address = fields.CharField(max_length=320, db_index=True)
    group_id = fields.BigIntField(null=True, db_index=True)
    name = fields.CharField(max_length=200, db_default="")
    role = fields.SmallIntField(db_default=0)
    delivery = fields.CharField(max_length=8)
    bounces = fields.IntField(db_default=0)
    bounced_at = fields.BigIntField(null=True)
    suspended_at = fields.BigIntField(null=True)
    created_at = fields.BigIntField()

    class Meta:
        table = "list_member"
        unique_together = (("list_id", "address"),)


class ListAddress(Model):
    """An address, or `@domain` for all of a domain, that may post (`POSTER`) or may not (`BANNED`)."""

    id = IdField()
    list_id = fields.BigIntField()
    kind = fields.CharField(max_length=8)
    address = fields.CharField(max_length=320)

    class Meta:
        table = "list_address"
        unique_together = (("list_id", "kind", "address"),)


class ListPost(Model):
    """A post that waits for a moderator until `expires_at`, as it came in; `authentication` as in
    `SpoolMessage`.
    """

    id = IdField()
    list_id = fields.BigIntField(db_index=True)
    blob_id = fields.BigIntField()
    size_bytes = fields.BigIntField()
    sender = fields.CharField(max_length=320)
    author = fields.CharField(max_length=400, db_default="")
    subject = fields.CharField(max_length=300, db_default="")
    reason = fields.CharField(max_length=200, db_default="")
    held_at = fields.BigIntField()
    expires_at = fields.BigIntField(db_index=True)
    authentication = fields.TextField(db_default="")

    class Meta:
        table = "list_post"


class ListRequest(Model):
    """Somebody who wants to be on a list or off it. `state`: `UNCONFIRMED` until the address has answered,
    `WAITING` for a moderator.
    """

    id = IdField()
    list_id = fields.BigIntField()
    address = fields.CharField(max_length=320)
    name = fields.CharField(max_length=200, db_default="")
    action = fields.CharField(max_length=12)
    state = fields.CharField(max_length=12)
    created_at = fields.BigIntField()
    expires_at = fields.BigIntField(db_index=True)

    class Meta:
        table = "list_request"
        unique_together = (("list_id", "address", "action"),)


class ListDistribution(Model):
    """A message in the spool that goes to all members of a list: it is spooled for those up to the address
    `done_to` already.
    """

    message_id = IdField()
    list_id = fields.BigIntField(db_index=True)
    done_to = fields.CharField(max_length=320, db_default="")

    class Meta:
        table = "list_distribution"
