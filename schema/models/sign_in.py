"""Tables of the second step at sign-in: authenticator apps, recovery codes, passkeys."""

from __future__ import annotations

from tortoise import fields
from tortoise.models import Model

from schema.models.keys import IdField


class TwoStep(Model):
    """Whether somebody is asked for a second step, and the secret of the authenticator app (RFC 6238).

    `totp_secret` is base32; `totp_is_confirmed` once a code of it was typed; `totp_step` is the time step
    of the last code that was taken, which never counts twice (RFC 6238 §5.2).
    """

    subject_id = IdField()
    is_on = fields.SmallIntField(db_default=0)
    totp_secret = fields.CharField(max_length=64, db_default="")
    totp_is_confirmed = fields.SmallIntField(db_default=0)
    totp_step = fields.BigIntField(db_default=0)

    class Meta:
        table = "two_step"


class RecoveryCode(Model):
    """A code for when the authenticator is lost: SHA-256 of 80 random bits; the row goes when it is used."""

    id = IdField()
    subject_id = fields.BigIntField(db_index=True)
    code_hash = fields.CharField(max_length=64)

    class Meta:
        table = "recovery_code"


class Passkey(Model):
    """A public key credential (WebAuthn): its id and COSE key in base64url; `kind` is `user` or
    `administrator`.
    """

    id = IdField()
    kind = fields.CharField(max_length=16)
    subject_id = fields.BigIntField(db_index=True)
    credential_id = fields.CharField(max_length=1400, unique=True)
    public_key = fields.TextField()
    sign_count = fields.BigIntField(db_default=0)
    label = fields.CharField(max_length=100)
    created_at = fields.BigIntField()
    used_at = fields.BigIntField(null=True)

    class Meta:
        table = "passkey"


class SignInTicket(Model):
    """A sign-in, or the making of a passkey, that waits for its second half: SHA-256 of the ticket.

    `challenge` is what an authenticator has to sign, in base64url. `subject_id` is 0 where nobody is known
    yet. A ticket is good once, for minutes, and for few tries.
    """

    id = IdField()
    ticket_hash = fields.CharField(max_length=64, unique=True)
    purpose = fields.CharField(max_length=16)
    kind = fields.CharField(max_length=16)
    subject_id = fields.BigIntField(db_index=True)
    challenge = fields.CharField(max_length=100)
    tries = fields.SmallIntField(db_default=0)
    expires_at = fields.BigIntField(db_index=True)

    class Meta:
        table = "sign_in_ticket"
