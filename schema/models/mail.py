"""What: accounts, mailboxes, messages and their bodies.

A message row is narrow and clustered by its place: `id = mailbox_id << 32 | uid`. What is derived from its
bytes stands in `email` (one row, shared by copies), what is searched in `email_fields` and `email_text`, the
bytes in `blob`.
"""

from __future__ import annotations

from tortoise import fields
from tortoise.models import Model

from schema.models.keys import IdField


class Account(Model):
    """The mail of one user (same id). `modseq` is the account's only sequence; taking it locks this row.

    `keywords` is a JSON list: names of the flag bits that this account has given away itself, in their order.
    """

    id = IdField()
    modseq = fields.BigIntField(db_default=0)
    used_bytes = fields.BigIntField(db_default=0)
    message_count = fields.BigIntField(db_default=0)
    keywords = fields.TextField(db_default="[]")

    class Meta:
        table = "account"


class MailboxSequence(Model):
    """One row: the last mailbox id (below 2^31, never reused) and the last UIDVALIDITY that were given."""

    id = IdField()
    mailbox_id = fields.BigIntField()
    uidvalidity = fields.BigIntField()

    class Meta:
        table = "mailbox_sequence"


class Mailbox(Model):
    """A mailbox and its counters, changed in the transaction of every message change.

    `name` is the full path with `/`; INBOX is always upper case. `special_use` is an RFC 6154 attribute
    without its backslash in lower case (`drafts`, `sent`, `junk`, `trash`, `archive`, `snoozed`,
    `scheduled`), or empty. `modseq` is the highest of its messages and expunges, `list_modseq` that of its
    own last change. Tombstones and the log of flags up to `expunged_before` are gone.
    """

    id = IdField()
    account_id = fields.BigIntField()
    name = fields.CharField(max_length=1000)
    special_use = fields.CharField(max_length=16, db_default="")
    uidvalidity = fields.BigIntField()
    uidnext = fields.BigIntField(db_default=1)
    exists_count = fields.BigIntField(db_default=0)
    unseen_count = fields.BigIntField(db_default=0)
    deleted_count = fields.BigIntField(db_default=0)
    size_bytes = fields.BigIntField(db_default=0)
    modseq = fields.BigIntField(db_default=1)
    list_modseq = fields.BigIntField(db_default=1)
    expunged_before = fields.BigIntField(db_default=0)
    is_subscribed = fields.SmallIntField(db_default=1)

    class Meta:
        table = "mailbox"
        unique_together = (("account_id", "name"),)


class Share(Model):
    """Rights that somebody holds on another's mailbox (RFC 4314), or with `is_negative` lacks.

    `holder_kind` is `user`, `group` or `anyone`, `holder_id` the id of the user, the group or, for anyone,
    the domain. `rights` is a bit set (`mailstore.rights`).
    """

    id = IdField()
    account_id = fields.BigIntField(db_index=True)
    mailbox_id = fields.BigIntField()
    holder_kind = fields.CharField(max_length=8)
    holder_id = fields.BigIntField()
    is_negative = fields.SmallIntField(db_default=0)
    rights = fields.IntField()

    class Meta:
        table = "share"
        unique_together = (("mailbox_id", "holder_kind", "holder_id", "is_negative"),)
        indexes = (("holder_kind", "holder_id"),)


class MailboxReader(Model):
    """What a user keeps of another's mailbox: the subscription and an own state of \\Seen.

    `modseq` is that of the last change of it, taken from the owner's account. `seen_count` messages are
    marked, counted when the account stood at `counted_modseq`; what was expunged since is to be taken off.
    """

    id = IdField()
    user_id = fields.BigIntField()
    mailbox_id = fields.BigIntField(db_index=True)
    is_subscribed = fields.SmallIntField(db_default=1)
    modseq = fields.BigIntField(db_default=0)
    seen_count = fields.BigIntField(db_default=0)
    counted_modseq = fields.BigIntField(db_default=0)

    class Meta:
        table = "mailbox_reader"
        unique_together = (("user_id", "mailbox_id"),)


class SeenMark(Model):
    """A reader's \\Seen of one message, as it was last set. `id = mailbox_reader.id << 32 | uid`."""

    id = IdField()
    reader_id = fields.BigIntField()
    is_seen = fields.SmallIntField()
    modseq = fields.BigIntField()

    class Meta:
        table = "seen_mark"
        indexes = (("reader_id", "modseq"),)


class Annotation(Model):
    """A value that stands beside a mailbox or an account (RFC 5464).

    `mailbox_id` is 0 for the account itself, `user_id` 0 for what all share; `entry` is the name below
    `/private` or `/shared`, in lower case. `modseq` is that of its last change.
    """

    id = IdField()
    account_id = fields.BigIntField()
    mailbox_id = fields.BigIntField()
    user_id = fields.BigIntField()
    entry = fields.CharField(max_length=255)
    value = fields.BinaryField()
    modseq = fields.BigIntField(db_default=0)

    class Meta:
        table = "annotation"
        unique_together = (("account_id", "mailbox_id", "user_id", "entry"),)


class Message(Model):
    """A message in a mailbox. `id = mailbox_id << 32 | uid`; `flags` is a bit set.

    `ref` is the id of its first place and stays when it is moved; a place is never given twice, so neither is
    a ref. Flag bits: 0 \\Seen, 1 \\Answered, 2 \\Flagged, 3 \\Deleted, 4 \\Draft, then keywords.
    `arrived_modseq` tells new from changed; it rises with the UIDs of a mailbox.
    """

    id = IdField()
    ref = fields.BigIntField(unique=True)
    account_id = fields.BigIntField()
    mailbox_id = fields.BigIntField()
    email_id = fields.BigIntField(db_index=True)
    thread_id = fields.BigIntField(db_index=True)
    flags = fields.BigIntField(db_default=0)
    modseq = fields.BigIntField()
    arrived_modseq = fields.BigIntField()
    size_bytes = fields.BigIntField()
    internal_at = fields.BigIntField()
    saved_at = fields.BigIntField()

    class Meta:
        table = "message"
        indexes = (("mailbox_id", "internal_at", "id"),)


class FlagLog(Model):
    """Messages of a mailbox whose flags changed together; what is asked for changes since a modseq.

    `id` is the mailbox above 32 bits of a count, so a mailbox's log is one range, in the order of `modseq`.
    `uids` is a sequence set (`1:3,7`).
    """

    id = IdField()
    modseq = fields.BigIntField()
    uids = fields.TextField()
    logged_at = fields.BigIntField()

    class Meta:
        table = "flag_log"


class Expunged(Model):
    """A tombstone (RFC 7162): the id a message had, and the modseq of its expunge."""

    id = IdField()
    mailbox_id = fields.BigIntField()
    ref = fields.BigIntField()
    modseq = fields.BigIntField()
    expunged_at = fields.BigIntField()

    class Meta:
        table = "expunged"
        indexes = (("mailbox_id", "modseq"),)


class Email(Model):
    """What was derived once from a message's bytes, in the form the wire wants; holds a reference to its
    blob.

    It lives as long as a message row names it. `prefix` is what differs per recipient and stands before the
    blob's bytes. `head` is the header block that clients list; `parts` the packed part tree with offsets into
    the blob. The columns of lists stand first: what follows a large value costs a second page.
    """

    id = IdField()
    account_id = fields.BigIntField()
    blob_id = fields.BigIntField()
    sent_at = fields.BigIntField(null=True)
    has_attachments = fields.SmallIntField(db_default=0)
    from_name = fields.TextField()
    from_addr = fields.TextField()
    to_text = fields.TextField()
    subject = fields.TextField()
    preview = fields.TextField()
    message_id = fields.TextField()
    prefix = fields.BinaryField()
    envelope = fields.BinaryField()
    bodystructure = fields.BinaryField()
    body = fields.BinaryField()
    head = fields.BinaryField()
    parts = fields.BinaryField()

    class Meta:
        table = "email"


class EmailOrphan(Model):
    """An email (same id) that lost a message row; retention removes it once none names it."""

    id = IdField()
    account_id = fields.BigIntField()

    class Meta:
        table = "email_orphan"


class EmailFields(Model):
    """Folded header fields of an email (same id) that people search most, apart to keep a scan short."""

    id = IdField()
    subject = fields.TextField()
    from_text = fields.TextField()
    to_text = fields.TextField()
    cc_text = fields.TextField()
    bcc_text = fields.TextField()

    class Meta:
        table = "email_fields"


class EmailOrder(Model):
    """What SORT and THREAD compare of an email (same id), in the form of `formats.sort_keys`.

    Made by the index after ingest, or by the first SORT that misses it. `links` are 8-byte hashes.
    """

    id = IdField()
    sent_at = fields.BigIntField(null=True)
    is_reply = fields.SmallIntField()
    subject = fields.TextField()
    from_mailbox = fields.TextField()
    to_mailbox = fields.TextField()
    cc_mailbox = fields.TextField()
    from_display = fields.TextField()
    to_display = fields.TextField()
    links = fields.BinaryField()

    class Meta:
        table = "email_order"


class EmailText(Model):
    """Folded search text of an email (same id); IMAP SEARCH scans it as exact substring."""

    id = IdField()
    headers = fields.TextField()
    body = fields.TextField()

    class Meta:
        table = "email_text"


class AttachmentText(Model):
    """Folded text of an email's documents (same id), read out of them by the index; empty where none was in
    them.
    """

    id = IdField()
    account_id = fields.BigIntField(db_index=True)
    body = fields.TextField()

    class Meta:
        table = "attachment_text"


class AttachmentPending(Model):
    """An email (same id) whose documents are to be read, from `due_at` on (unix time; later while one reads
    them). `tries` counts readings that did not come to an end.
    """

    id = IdField()
    due_at = fields.BigIntField(db_default=0, db_index=True)
    tries = fields.SmallIntField(db_default=0)

    class Meta:
        table = "attachment_pending"


class SearchPending(Model):
    """An email (same id) whose entry in the full-text index is to be made, or taken out with the email."""

    id = IdField()

    class Meta:
        table = "search_pending"


class ThreadKey(Model):
    """What leads to a thread: a Message-ID or a base subject of an account.

    `id` is 16 bits of the account's hash and 47 of the key's, so that an account's keys stand beside each
    other. `subject_key` is the key of the base subject that the message had which led it there; 0 where any
    subject may follow.
    """

    id = IdField()
    account_id = fields.BigIntField()
    thread_id = fields.BigIntField()
    seen_at = fields.BigIntField()
    subject_key = fields.BigIntField(db_default=0)

    class Meta:
        table = "thread_key"


class Blob(Model):
    """Immutable bytes, stored once. `place` is 0 in `blob_data`, 1 in the blob store under `blob_key(id)`."""

    id = IdField()
    size_bytes = fields.BigIntField()
    refs = fields.IntField(db_default=0)
    place = fields.SmallIntField(db_default=0)
    created_at = fields.BigIntField()

    class Meta:
        table = "blob"


class BlobData(Model):
    """The bytes of a small blob (same id)."""

    id = IdField()
    data = fields.BinaryField()

    class Meta:
        table = "blob_data"


class Upload(Model):
    """A file that a user uploaded for a draft, kept until it is used or a day old."""

    id = IdField()
    account_id = fields.BigIntField(db_index=True)
    blob_id = fields.BigIntField()
    name = fields.CharField(max_length=300)
    content_type = fields.CharField(max_length=150)
    size_bytes = fields.BigIntField()
    created_at = fields.BigIntField(db_index=True)

    class Meta:
        table = "upload"


class TrustedSender(Model):
    """A sender an account trusts, an address in lower case or `@` and a domain: remote images are shown, and
    no block of a wider domain holds.
    """

    id = IdField()
    account_id = fields.BigIntField()
    address = fields.CharField(max_length=320)

    class Meta:
        table = "trusted_sender"
        unique_together = (("account_id", "address"),)
