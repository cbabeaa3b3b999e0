from tortoise import fields, migrations
from tortoise.migrations import operations as ops

from schema.models.keys import IdField


class Migration(migrations.Migration):
    dependencies = [("postroom", "0016_authentication"), ("postroom", "0016_tls_reports")]

    initial = False

    operations = [
        ops.CreateModel(
            name="Passkey",
            fields=[
                ("id", IdField(primary_key=True, unique=True, db_index=True)),
                ("kind", fields.CharField(max_length=16)),
                ("subject_id", fields.BigIntField(db_index=True)),
                ("credential_id", fields.CharField(unique=True, max_length=1400)),
                ("public_key", fields.TextField(unique=False)),
                ("sign_count", fields.BigIntField(db_default=0)),
                ("label", fields.CharField(max_length=100)),
                ("created_at", fields.BigIntField()),
                ("used_at", fields.BigIntField(null=True)),
            ],
            options={"table": "passkey", "app": "postroom", "pk_attr": "id"},
            bases=["Model"],
        ),
        ops.CreateModel(
            name="RecoveryCode",
            fields=[
                ("id", IdField(primary_key=True, unique=True, db_index=True)),
                ("subject_id", fields.BigIntField(db_index=True)),
                ("code_hash", fields.CharField(max_length=64)),
            ],
            options={"table": "recovery_code", "app": "postroom", "pk_attr": "id"},
            bases=["Model"],
        ),
        ops.CreateModel(
            name="SignInTicket",
            fields=[
                ("id", IdField(primary_key=True, unique=True, db_index=True)),
                ("ticket_hash", fields.CharField(unique=True, max_length=64)),
                ("purpose", fields.CharField(max_length=16)),
                ("kind", fields.CharField(max_length=16)),
                ("subject_id", fields.BigIntField(db_index=True)),
                ("challenge", fields.CharField(max_length=100)),
                ("tries", fields.SmallIntField(db_default=0)),
                ("expires_at", fields.BigIntField(db_index=True)),
            ],
            options={"table": "sign_in_ticket", "app": "postroom", "pk_attr": "id"},
            bases=["Model"],
        ),
        ops.CreateModel(
            name="TwoStep",
            fields=[
                ("subject_id", IdField(primary_key=True, unique=True, db_index=True)),
                ("is_on", fields.SmallIntField(db_default=0)),
                ("totp_secret", fields.CharField(db_default="", max_length=64)),
                ("totp_is_confirmed", fields.SmallIntField(db_default=0)),
                ("totp_step", fields.BigIntField(db_default=0)),
            ],
            options={"table": "two_step", "app": "postroom", "pk_attr": "subject_id"},
            bases=["Model"],
        ),
        ops.AddField(
            model_name="Session",
            name="is_limited",
            field=fields.SmallIntField(db_default=0),
        ),
    ]
