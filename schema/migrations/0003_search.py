from tortoise import fields, migrations
from tortoise.migrations import operations as ops

from schema.models.keys import IdField


class Migration(migrations.Migration):
    dependencies = [("postroom", "0002_shares")]

    initial = False

    operations = [
        ops.CreateModel(
            name="AttachmentPending",
            fields=[
                ("id", IdField(primary_key=True, unique=True, db_index=True)),
                ("due_at", fields.BigIntField(db_index=True, db_default=0)),
                ("tries", fields.SmallIntField(db_default=0)),
            ],
            options={"table": "attachment_pending", "app": "postroom", "pk_attr": "id"},
            bases=["Model"],
        ),
        ops.CreateModel(
            name="AttachmentText",
            fields=[
                ("id", IdField(primary_key=True, unique=True, db_index=True)),
                ("account_id", fields.BigIntField(db_index=True)),
                ("body", fields.TextField(unique=False)),
            ],
            options={"table": "attachment_text", "app": "postroom", "pk_attr": "id"},
            bases=["Model"],
        ),
        ops.CreateModel(
            name="EmailOrder",
            fields=[
                ("id", IdField(primary_key=True, unique=True, db_index=True)),
                ("sent_at", fields.BigIntField(null=True)),
                ("is_reply", fields.SmallIntField()),
                ("subject", fields.TextField(unique=False)),
                ("from_mailbox", fields.TextField(unique=False)),
                ("to_mailbox", fields.TextField(unique=False)),
                ("cc_mailbox", fields.TextField(unique=False)),
                ("from_display", fields.TextField(unique=False)),
                ("to_display", fields.TextField(unique=False)),
                ("links", fields.BinaryField()),
            ],
            options={"table": "email_order", "app": "postroom", "pk_attr": "id"},
            bases=["Model"],
        ),
    ]
