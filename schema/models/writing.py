"""What a user keeps for writing mail."""

from __future__ import annotations

from tortoise import fields
from tortoise.models import Model

from schema.models.keys import IdField


class Signature(Model):
    """Lines that stand below what an account writes; `html` as the editor made it."""

    id = IdField()
    account_id = fields.BigIntField(db_index=True)
    name = fields.CharField(max_length=100)
    html = fields.TextField()
    created_at = fields.BigIntField()

    class Meta:
        table = "signature"


class SenderProfile(Model):
    """How an account writes under one of its own addresses; without a row the usual holds.

    `name` is empty for the account's own. `signature_id` is for new messages, `reply_signature_id` for
    answers and forwarded ones; 0 is none.
    """

    id = IdField()
    account_id = fields.BigIntField()
    address = fields.CharField(max_length=320)
    name = fields.CharField(max_length=200)
    reply_to = fields.CharField(max_length=320)
    is_default = fields.SmallIntField(db_default=0)
    signature_id = fields.BigIntField(db_default=0)
    reply_signature_id = fields.BigIntField(db_default=0)

    class Meta:
        table = "sender_profile"
        unique_together = (("account_id", "address"),)


class MessageTemplate(Model):
    """A text to begin messages with."""

    id = IdField()
    account_id = fields.BigIntField(db_index=True)
    name = fields.CharField(max_length=100)
    subject = fields.CharField(max_length=900)
    html = fields.TextField()
    changed_at = fields.BigIntField()

    class Meta:
        table = "message_template"


class Correspondent(Model):
    """Somebody an account has written to; `used_at` 0: not to be suggested any more.

    `address` is in lower case. Words by which one is found stand in `CorrespondentWord`.
    """

    id = IdField()
    account_id = fields.BigIntField()
    address = fields.CharField(max_length=320)
    name = fields.CharField(max_length=200)
    uses = fields.IntField()
    used_at = fields.BigIntField(db_index=True)

    class Meta:
        table = "correspondent"
        unique_together = (("account_id", "address"),)
        indexes = (("account_id", "used_at"),)


class CorrespondentWord(Model):
    """A word of a correspondent's name or address: its first bytes, folded, in hexadecimal digits. Prefixes
    are looked up by the index.
    """

    id = IdField()
    account_id = fields.BigIntField()
    word = fields.CharField(max_length=64)
    correspondent_id = fields.BigIntField(db_index=True)

    class Meta:
        table = "correspondent_word"
        indexes = (("account_id", "word"),)


class FileLink(Model):
    """A file that can be downloaded under a secret address until it expires.

    Of the address only the SHA-256 of its token is known. `password_hash` is empty where none is asked for.
    The bytes are those of its parts, in order.
    """

    id = IdField()
    account_id = fields.BigIntField(db_index=True)
    token_hash = fields.CharField(max_length=64, unique=True)
    name = fields.CharField(max_length=300)
    content_type = fields.CharField(max_length=150)
    size_bytes = fields.BigIntField()
    password_hash = fields.CharField(max_length=200)
    downloads = fields.IntField(db_default=0)
    created_at = fields.BigIntField()
    expires_at = fields.BigIntField(db_index=True)

    class Meta:
        table = "file_link"


class FileLinkPart(Model):
    """A piece of a file, `number` from 0 on."""

    id = IdField()
    link_id = fields.BigIntField()
    number = fields.IntField()
    blob_id = fields.BigIntField()

    class Meta:
        table = "file_link_part"
        unique_together = (("link_id", "number"),)
