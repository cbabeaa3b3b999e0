from tortoise import fields, migrations
from tortoise.indexes import Index
from tortoise.migrations import operations as ops

from schema.models.keys import IdField


class Migration(migrations.Migration):
    dependencies = [("postroom", "0009_roles")]

    initial = False

    operations = [
        ops.CreateModel(
            name="DeliveryReport",
            fields=[
                ("id", IdField(primary_key=True, unique=True, db_index=True)),
                ("account_id", fields.BigIntField()),
                ("message_id", fields.CharField(max_length=300)),
                ("spool_id", fields.BigIntField()),
                ("recipient_id", fields.BigIntField(db_index=True)),
                ("address", fields.CharField(max_length=400)),
                ("action", fields.CharField(max_length=10)),
                ("status", fields.CharField(max_length=12)),
                ("reporter", fields.CharField(max_length=300)),
                ("diagnostic", fields.CharField(max_length=600)),
                ("is_verified", fields.SmallIntField()),
                ("reported_at", fields.BigIntField(db_index=True)),
            ],
            options={
                "table": "delivery_report",
                "app": "postroom",
                "indexes": [Index(fields=["account_id", "message_id"])],
                "pk_attr": "id",
            },
            bases=["Model"],
        ),
    ]
