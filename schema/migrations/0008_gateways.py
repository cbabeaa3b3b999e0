from tortoise import fields, migrations
from tortoise.migrations import operations as ops

from schema.models.keys import IdField


class Migration(migrations.Migration):
    dependencies = [("postroom", "0007_spool_instructions")]

    initial = False

    operations = [
        ops.CreateModel(
            name="Gateway",
            fields=[
                ("id", IdField(primary_key=True, unique=True, db_index=True)),
                ("name", fields.CharField(unique=True, max_length=100)),
                ("host", fields.CharField(max_length=253)),
                ("port", fields.IntField()),
                ("tls", fields.CharField(max_length=16)),
                ("username", fields.CharField(db_default="", max_length=320)),
                ("password", fields.CharField(db_default="", max_length=1000)),
                ("sender_domain", fields.CharField(db_default="", max_length=253)),
                ("recipient_domain", fields.CharField(db_default="", max_length=253)),
                ("priority", fields.IntField(db_default=10)),
                ("is_enabled", fields.SmallIntField(db_default=1)),
                ("created_at", fields.BigIntField()),
            ],
            options={"table": "gateway", "app": "postroom", "pk_attr": "id"},
            bases=["Model"],
        ),
    ]
