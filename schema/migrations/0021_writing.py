from tortoise import fields, migrations
from tortoise.migrations import operations as ops

from schema.models.keys import IdField


class Migration(migrations.Migration):
    dependencies = [("postroom", "0020_reading")]

    initial = False

    operations = [
        ops.CreateModel(
            name="MessageTemplate",
            fields=[
                ("id", IdField(primary_key=True, unique=True, db_index=True)),
                ("account_id", fields.BigIntField(db_index=True)),
                ("name", fields.CharField(max_length=100)),
                ("subject", fields.CharField(max_length=900)),
                ("html", fields.TextField(unique=False)),
                ("changed_at", fields.BigIntField()),
            ],
            options={"table": "message_template", "app": "postroom", "pk_attr": "id"},
            bases=["Model"],
        ),
        ops.CreateModel(
            name="SenderProfile",
            fields=[
                ("id", IdField(primary_key=True, unique=True, db_index=True)),
                ("account_id", fields.BigIntField()),
                ("address", fields.CharField(max_length=320)),
                ("name", fields.CharField(max_length=200)),
                ("reply_to", fields.CharField(max_length=320)),
                ("is_default", fields.SmallIntField(db_default=0)),
                ("signature_id", fields.BigIntField(db_default=0)),
                ("reply_signature_id", fields.BigIntField(db_default=0)),
            ],
            options={
                "table": "sender_profile",
                "app": "postroom",
                "unique_together": (("account_id", "address"),),
                "pk_attr": "id",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="Signature",
            fields=[
                ("id", IdField(primary_key=True, unique=True, db_index=True)),
                ("account_id", fields.BigIntField(db_index=True)),
                ("name", fields.CharField(max_length=100)),
                ("html", fields.TextField(unique=False)),
                ("created_at", fields.BigIntField()),
            ],
            options={"table": "signature", "app": "postroom", "pk_attr": "id"},
            bases=["Model"],
        ),
    ]
