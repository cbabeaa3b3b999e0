from tortoise import fields, migrations
from tortoise.indexes import Index
from tortoise.migrations import operations as ops

from schema.models.keys import IdField


class Migration(migrations.Migration):
    dependencies = [("postroom", "0017_rules")]

    initial = False

    operations = [
        ops.CreateModel(
            name="BulkAct",
            fields=[
                ("id", IdField(primary_key=True, unique=True, db_index=True)),
                ("user_id", fields.BigIntField()),
                ("label", fields.CharField(db_default="", max_length=200)),
                ("step", fields.TextField(db_default="", unique=False)),
                ("undo_of", fields.BigIntField(db_default=0)),
                ("state", fields.SmallIntField(db_default=0)),
                ("total", fields.BigIntField()),
                ("done", fields.BigIntField(db_default=0)),
                ("skipped", fields.BigIntField(db_default=0)),
                ("error", fields.CharField(db_default="", max_length=300)),
                ("tries", fields.SmallIntField(db_default=0)),
                ("lease", fields.CharField(db_default="", max_length=32)),
                ("due_at", fields.BigIntField()),
                ("created_at", fields.BigIntField()),
                ("finished_at", fields.BigIntField(db_default=0)),
            ],
            options={
                "table": "bulk_act",
                "app": "postroom",
                "indexes": [Index(fields=["state", "due_at"]), Index(fields=["user_id", "id"])],
                "pk_attr": "id",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="BulkActBatch",
            fields=[
                ("id", IdField(primary_key=True, unique=True, db_index=True)),
                ("act_id", fields.BigIntField()),
                ("number", fields.IntField()),
                ("is_done", fields.SmallIntField(db_default=0)),
                ("parts", fields.TextField(unique=False)),
                ("undo", fields.TextField(db_default="[]", unique=False)),
                ("undo_count", fields.IntField(db_default=0)),
            ],
            options={
                "table": "bulk_act_batch",
                "app": "postroom",
                "unique_together": (("act_id", "number"),),
                "pk_attr": "id",
            },
            bases=["Model"],
        ),
    ]
