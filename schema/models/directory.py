"""Who: domains, users, aliases, administrators, sessions, keys, settings, audit."""

from __future__ import annotations

from tortoise import fields
from tortoise.models import Model

from schema.models.keys import IdField


class Domain(Model):
    """A mail domain. `name` is the lower-case A-label."""

    id = IdField()
    name = fields.CharField(max_length=253, unique=True)
    is_enabled = fields.SmallIntField(db_default=1)
    created_at = fields.BigIntField()

    class Meta:
        table = "domain"


class DomainAlias(Model):
    """A further name of a domain. No `name` is that of a domain. `dkim_selectors` are those of the domain's
    keys whose records were seen under this name, separated by spaces.
    """

    id = IdField()
    domain: fields.ForeignKeyRelation[Domain] = fields.ForeignKeyField(
        "postroom.Domain", related_name="domain_aliases", on_delete=fields.CASCADE
    )
    name = fields.CharField(max_length=253, unique=True)
    dkim_selectors = fields.CharField(max_length=1000, db_default="")
    created_at = fields.BigIntField()

    class Meta:
        table = "domain_alias"


class DomainRoute(Model):
    """Where the mail of a domain goes on to that nobody takes here: `host` and `port`, or better MX hosts
    than ours where `host` is empty. `accepts` is `any` or `listed`, `tls` as of a gateway.
    """

    id = IdField()
    domain: fields.OneToOneRelation[Domain] = fields.OneToOneField(
        "postroom.Domain", related_name="route", on_delete=fields.CASCADE
    )
    host = fields.CharField(max_length=253, db_default="")
    port = fields.IntField()
    tls = fields.CharField(max_length=16)
    accepts = fields.CharField(max_length=8)

    class Meta:
        table = "domain_route"


class RoutedRecipient(Model):
    """A recipient of the domain who is on the server that its route leads to."""

    id = IdField()
    domain: fields.ForeignKeyRelation[Domain] = fields.ForeignKeyField(
        "postroom.Domain", related_name="routed_recipients", on_delete=fields.CASCADE
    )
    localpart = fields.CharField(max_length=64)

    class Meta:
        table = "routed_recipient"
        unique_together = (("domain", "localpart"),)


class DkimKey(Model):
    """A key that signs a domain's mail (RFC 6376), published at `selector._domainkey.domain`.

    `algorithm` is `rsa` or `ed25519`, `private_key` PKCS #8 in PEM. `state`: 0 waits for its record, 1 signs,
    2 has been replaced; `changed_at` is when it came to that.
    """

    id = IdField()
    domain: fields.ForeignKeyRelation[Domain] = fields.ForeignKeyField(
        "postroom.Domain", related_name="dkim_keys", on_delete=fields.CASCADE
    )
    selector = fields.CharField(max_length=63)
    algorithm = fields.CharField(max_length=10)
    private_key = fields.TextField()
    state = fields.SmallIntField(db_default=0)
    created_at = fields.BigIntField()
    changed_at = fields.BigIntField()

    class Meta:
        table = "dkim_key"
        unique_together = (("domain", "selector"),)


class User(Model):
    """A mailbox user; its id is also its account id.

    `password_hash` is Argon2id or empty (nobody can sign in). `role` names what the user may in the
    own domain (`backend.directory.roles`); `is_primary` marks the one domain administrator who may appoint
    others. `is_shared` is an account that belongs to no person: nobody signs in, its mailboxes are granted to
    others.
    """

    id = IdField()
    domain: fields.ForeignKeyRelation[Domain] = fields.ForeignKeyField(
        "postroom.Domain", related_name="users", on_delete=fields.RESTRICT
    )
    localpart = fields.CharField(max_length=64)
    name = fields.CharField(max_length=200, db_default="")
    password_hash = fields.CharField(max_length=200, db_default="")
    is_enabled = fields.SmallIntField(db_default=1)
    is_primary = fields.SmallIntField(db_default=0)
    created_at = fields.BigIntField()
    last_sign_in_at = fields.BigIntField(null=True)
    is_shared = fields.SmallIntField(db_default=0)
    role = fields.CharField(max_length=24, db_default="USER")

    class Meta:
        table = "user_account"
        unique_together = (("domain", "localpart"),)


class Group(Model):
    """People of a domain who hold rights together. `name` is lower case and unique in the domain."""

    id = IdField()
    domain: fields.ForeignKeyRelation[Domain] = fields.ForeignKeyField(
        "postroom.Domain", related_name="groups", on_delete=fields.CASCADE
    )
    name = fields.CharField(max_length=64)
    created_at = fields.BigIntField()

    class Meta:
        table = "user_group"
        unique_together = (("domain", "name"),)


class GroupMember(Model):
    """A user in a group of the same domain."""

    id = IdField()
    group_id = fields.BigIntField()
    user_id = fields.BigIntField(db_index=True)

    class Meta:
        table = "group_member"
        unique_together = (("group_id", "user_id"),)


class SendGrant(Model):
    """Who may write in another's name. `holder_kind` is `user` or `group`; `mode` is `as` (nothing is seen of
    it) or `behalf` (the message names its writer).
    """

    id = IdField()
    owner_id = fields.BigIntField()
    holder_kind = fields.CharField(max_length=8)
    holder_id = fields.BigIntField()
    mode = fields.CharField(max_length=8)
    created_at = fields.BigIntField()

    class Meta:
        table = "send_grant"
        unique_together = (("owner_id", "holder_kind", "holder_id"),)
        indexes = (("holder_kind", "holder_id"),)


class KnownRecipient(Model):
    """Somebody elsewhere to whom a user has written: a digest of the address, and when last."""

    id = IdField()
    user_id = fields.BigIntField()
    digest = fields.BigIntField()
    last_at = fields.BigIntField(db_index=True)

    class Meta:
        table = "known_recipient"
        unique_together = (("user_id", "digest"),)


class Alias(Model):
    """An address that delivers to others. `localpart` `*` is the domain's catch-all. `targets` is a JSON
    list of addresses.
    """

    id = IdField()
    domain: fields.ForeignKeyRelation[Domain] = fields.ForeignKeyField(
        "postroom.Domain", related_name="aliases", on_delete=fields.CASCADE
    )
    localpart = fields.CharField(max_length=64)
    targets = fields.TextField()
    is_enabled = fields.SmallIntField(db_default=1)
    created_at = fields.BigIntField()

    class Meta:
        table = "alias"
        unique_together = (("domain", "localpart"),)


class Forward(Model):
    """Where a user's mail goes besides, or with `keeps_copy` 0 instead. `targets` is a JSON list of
    addresses.
    """

    user_id = IdField()
    targets = fields.TextField()
    keeps_copy = fields.SmallIntField(db_default=1)

    class Meta:
        table = "user_forward"


class Administrator(Model):
    """A system administrator: a name and a password, no mailbox."""

    id = IdField()
    name = fields.CharField(max_length=100, unique=True)
    password_hash = fields.CharField(max_length=200)
    is_enabled = fields.SmallIntField(db_default=1)
    created_at = fields.BigIntField()
    last_sign_in_at = fields.BigIntField(null=True)

    class Meta:
        table = "administrator"


class Session(Model):
    """A browser session: SHA-256 of the cookie's token, revocable. `kind` is `user` or `administrator`.

    `is_limited` while its owner still has to set up the second step that is required.
    """

    id = IdField()
    token_hash = fields.CharField(max_length=64, unique=True)
    kind = fields.CharField(max_length=16)
    subject_id = fields.BigIntField(db_index=True)
    created_at = fields.BigIntField()
    seen_at = fields.BigIntField()
    expires_at = fields.BigIntField(db_index=True)
    remote_address = fields.CharField(max_length=64, db_default="")
    user_agent = fields.CharField(max_length=300, db_default="")
    is_limited = fields.SmallIntField(db_default=0)

    class Meta:
        table = "session"


class ApiKey(Model):
    """A key for integrations: SHA-256 of the key; `permissions` is a JSON list, null for all of the
    owner's.
    """

    id = IdField()
    key_hash = fields.CharField(max_length=64, unique=True)
    kind = fields.CharField(max_length=16)
    subject_id = fields.BigIntField(db_index=True)
    label = fields.CharField(max_length=100)
    permissions = fields.TextField(null=True)
    created_at = fields.BigIntField()
    used_at = fields.BigIntField(null=True)
    expires_at = fields.BigIntField(null=True)

    class Meta:
        table = "api_key"


class AppPassword(Model):
    """A password for one mail client: SHA-256 of a random text; `protocols` is a list separated by commas."""

    id = IdField()
    user_id = fields.BigIntField(db_index=True)
    text_hash = fields.CharField(max_length=64, unique=True)
    label = fields.CharField(max_length=100)
    protocols = fields.CharField(max_length=100)
    created_at = fields.BigIntField()
    used_at = fields.BigIntField(null=True)
    used_from = fields.CharField(max_length=64, db_default="")

    class Meta:
        table = "app_password"


class ScramKey(Model):
    """What SCRAM-SHA-256 needs of a password (RFC 5802 §3), in base64; never the password itself.

    `credential_id` is the app password's id, or 0 for the user's own password. A password that clients may
    prepare in two ways has a row for each.
    """

    id = IdField()
    user_id = fields.BigIntField(db_index=True)
    credential_id = fields.BigIntField(db_default=0)
    salt = fields.CharField(max_length=44)
    iterations = fields.IntField()
    stored_key = fields.CharField(max_length=44)
    server_key = fields.CharField(max_length=44)

    class Meta:
        table = "scram_key"


class ServerSecret(Model):
    """A random secret that every process of the installation shares, made when it is first needed."""

    name = fields.CharField(max_length=40, primary_key=True)
    value = fields.CharField(max_length=64)

    class Meta:
        table = "server_secret"


class Setting(Model):
    """A value set at a level; the absence of a row means: inherit. `target_id` is 0 for the system.

    `level` is `system`, `domain` or `user`; `value` and `ceiling` are JSON (ceiling: what lower levels may
    not pass).
    """

    id = IdField()
    level = fields.CharField(max_length=8)
    target_id = fields.BigIntField()
    key = fields.CharField(max_length=80)
    value = fields.TextField(null=True)
    ceiling = fields.TextField(null=True)
    set_by = fields.CharField(max_length=320, db_default="")
    set_at = fields.BigIntField()

    class Meta:
        table = "setting"
        unique_together = (("level", "target_id", "key"),)


class AuditEntry(Model):
    """Who did what to whom. `detail` is JSON with before and after; secrets never stand in it."""

    id = IdField()
    at = fields.BigIntField(db_index=True)
    actor = fields.CharField(max_length=320)
    actor_kind = fields.CharField(max_length=16)
    action = fields.CharField(max_length=60)
    subject = fields.CharField(max_length=320, db_default="")
    domain_id = fields.BigIntField(null=True, db_index=True)
    remote_address = fields.CharField(max_length=64, db_default="")
    detail = fields.TextField(db_default="{}")

    class Meta:
        table = "audit_entry"
