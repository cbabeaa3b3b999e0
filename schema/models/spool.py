"""The spool: accepted messages and what is still to be done for each recipient."""

from __future__ import annotations

from tortoise import fields
from tortoise.models import Model

from schema.models.indexes import SparseIndex
from schema.models.keys import IdField


class SpoolMessage(Model):
    """An accepted message. `sender` is the return path, empty for `<>`; `priority` is from -9 to 9
    (RFC 6710), `requires_tls` is 1 for one that may only travel over TLS (RFC 8689).

    `held` is 1 while an administrator or a rule holds it. `account_id` is who sent it, with
    `account_domain` for the domain of the address it was sent as; both are NULL for what came from elsewhere.
    `authentication` is what was found of its origin, a line for each method; `?` while that is to be done.
    `checks` are those of acceptance, a line for each (`backend.spool.trace`).
    """

    id = IdField()
    created_at = fields.BigIntField()
    sender = fields.CharField(max_length=320)
    blob_id = fields.BigIntField()
    size_bytes = fields.BigIntField()
    account_id = fields.BigIntField(null=True)
    account_domain = fields.CharField(max_length=253, null=True)
    remote_address = fields.CharField(max_length=64, db_default="")
    helo = fields.CharField(max_length=255, db_default="")
    protocol = fields.CharField(max_length=16, db_default="")
    subject = fields.CharField(max_length=300, db_default="")
    message_id = fields.CharField(max_length=300, db_default="")
    ret = fields.CharField(max_length=4, db_default="")
    envid = fields.CharField(max_length=100, db_default="")
    smtputf8 = fields.SmallIntField(db_default=0)
    held = fields.SmallIntField(db_default=0)
    priority = fields.SmallIntField(db_default=0)
    requires_tls = fields.SmallIntField(db_default=0)
    open_count = fields.IntField(db_default=0)
    finished_at = fields.BigIntField(null=True, db_index=True)
    authentication = fields.TextField(db_default="")
    checks = fields.TextField(db_default="")

    class Meta:
        table = "spool_message"
        indexes = (
            SparseIndex(fields=("account_id", "id"), name="spool_message_of_account"),
            SparseIndex(fields=("account_domain", "id"), name="spool_message_of_domain"),
        )


class SpoolRecipient(Model):
    """One recipient of a spooled message. `priority` is 1, 0 or -1: the class of its message's.
    `instruction`: 1 held because its destination is paused, 2 to be returned without another attempt, 3 to
    be tried at once.

    `state`: 0 queued, 1 held, 2 delivered, 3 failed, 4 dropped, 5 expanded into others. A claim moves
    `next_attempt_at` to the end of the lease, so an expired lease is due again by itself. `domain` is the
    next-hop domain. `trace` has a line for each attempt (`backend.spool.trace`). `via` is the address that
    was expanded into this one (an alias), empty for a recipient that the envelope named.

    An administrator may send it another way: `route` is then a host or gateway (`backend.spool.detours`), and
    where the address was changed too, `named_localpart` and `named_domain` are the first one.
    """

    id = IdField()
    message_id = fields.BigIntField(db_index=True)
    localpart = fields.CharField(max_length=255, db_default="")
    bare_localpart = fields.CharField(max_length=64, db_default="")
    domain = fields.CharField(max_length=253)
    orcpt = fields.CharField(max_length=500, db_default="")
    notify = fields.CharField(max_length=40, db_default="")
    via = fields.CharField(max_length=400, db_default="")
    state = fields.SmallIntField(db_default=0)
    priority = fields.SmallIntField(db_default=0)
    next_attempt_at = fields.BigIntField()
    lease_node = fields.CharField(max_length=40, db_default="")
    attempts = fields.IntField(db_default=0)
    delay_notified = fields.SmallIntField(db_default=0)
    last_attempt_at = fields.BigIntField(null=True)
    last_host = fields.CharField(max_length=300, db_default="")
    last_status = fields.CharField(max_length=12, db_default="")
    last_reply = fields.CharField(max_length=600, db_default="")
    trace = fields.TextField(db_default="")
    instruction = fields.SmallIntField(db_default=0)
    route = fields.CharField(max_length=300, db_default="")
    named_localpart = fields.CharField(max_length=255, db_default="")
    named_domain = fields.CharField(max_length=253, db_default="")

    class Meta:
        table = "spool_recipient"
        indexes = (
            ("state", "priority", "next_attempt_at"),
            ("domain", "state", "message_id"),
            ("bare_localpart", "domain", "message_id"),
        )


class Submission(Model):
    """A message sent from the web: held until `release_at`, then in the spool like any other.

    `draft_blob_id` keeps the draft as it was (with Bcc), so that cancelling brings it back. `state`:
    `held`, `sent`, `cancelled`, `failed`. `owner_ref` is the copy in the mailbox of `owner_id`, in whose name
    it was written. `draft_key` names the draft it was.
    """

    id = IdField()
    account_id = fields.BigIntField(db_index=True)
    spool_id = fields.BigIntField(null=True)
    draft_key = fields.CharField(max_length=64, db_default="")
    draft_blob_id = fields.BigIntField(null=True)
    sent_ref = fields.BigIntField(null=True)
    owner_id = fields.BigIntField(null=True)
    owner_ref = fields.BigIntField(null=True)
    subject = fields.CharField(max_length=300, db_default="")
    to_text = fields.CharField(max_length=500, db_default="")
    release_at = fields.BigIntField(db_index=True)
    created_at = fields.BigIntField()
    state = fields.CharField(max_length=12)
    error = fields.CharField(max_length=500, db_default="")

    class Meta:
        table = "submission"


class SpoolPause(Model):
    """A destination to which nothing is sent for now; `domain` is empty for all sending."""

    domain = fields.CharField(max_length=253, primary_key=True)
    paused_at = fields.BigIntField()
    actor = fields.CharField(max_length=320)

    class Meta:
        table = "spool_pause"


class Gateway(Model):
    """A server that takes mail for others on our way out, by the domain of the sender or of the recipient.

    Empty domains stand for any. `tls` is `verified`, `implicit` (verified, from the first byte), `encrypted`
    or `opportunistic`. Lower `priority` is asked first, equal ones in turn.
    """

    id = IdField()
    name = fields.CharField(max_length=100, unique=True)
    host = fields.CharField(max_length=253)
    port = fields.IntField()
    tls = fields.CharField(max_length=16)
    username = fields.CharField(max_length=320, db_default="")
    password = fields.CharField(max_length=1000, db_default="")
    sender_domain = fields.CharField(max_length=253, db_default="")
    recipient_domain = fields.CharField(max_length=253, db_default="")
    priority = fields.IntField(db_default=10)
    is_enabled = fields.SmallIntField(db_default=1)
    created_at = fields.BigIntField()

    class Meta:
        table = "gateway"


class MtaStsPolicy(Model):
    """The MTA-STS policy of a domain we send to (RFC 8461); `mx` is a JSON list of host patterns."""

    domain = fields.CharField(max_length=253, primary_key=True)
    mode = fields.CharField(max_length=10)
    mx = fields.TextField()
    max_age_s = fields.BigIntField()
    policy_id = fields.CharField(max_length=32)
    expires_at = fields.BigIntField(db_index=True)

    class Meta:
        table = "mta_sts_policy"


class Suppression(Model):
    """An address, or with an empty localpart a whole domain, to which nothing is sent: by anybody here
    (`domain_id` 0), or by the users of one domain.

    `reason`: `bounce`, `complaint` or `manual`. One that is not active is only counted: so many hard bounces
    came until now. After `expires_at` it holds no longer; null is for good.
    """

    id = IdField()
    domain_id = fields.BigIntField()
    localpart = fields.CharField(max_length=64)
    domain = fields.CharField(max_length=253)
    reason = fields.CharField(max_length=10)
    detail = fields.CharField(max_length=600)
    bounces = fields.IntField()
    is_active = fields.SmallIntField()
    created_at = fields.BigIntField()
    expires_at = fields.BigIntField(null=True, db_index=True)
    actor = fields.CharField(max_length=320)

    class Meta:
        table = "suppression"
        unique_together = (("domain", "localpart", "domain_id"),)
