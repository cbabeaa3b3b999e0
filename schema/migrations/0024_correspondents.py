from tortoise import fields, migrations
from tortoise.indexes import Index
from tortoise.migrations import operations as ops

from schema.models.keys import IdField


class Migration(migrations.Migration):
    dependencies = [("postroom", "0023_senders_cleanup")]

    initial = False

    operations = [
        ops.CreateModel(
            name="Correspondent",
            fields=[
                ("id", IdField(primary_key=True, unique=True, db_index=True)),
                ("account_id", fields.BigIntField()),
                ("address", fields.CharField(max_length=320)),
                ("name", fields.CharField(max_length=200)),
                ("uses", fields.IntField()),
                ("used_at", fields.BigIntField(db_index=True)),
            ],
            options={
                "table": "correspondent",
                "app": "postroom",
                "unique_together": (("account_id", "address"),),
                "indexes": [Index(fields=["account_id", "used_at"])],
                "pk_attr": "id",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="CorrespondentWord",
            fields=[
                ("id", IdField(primary_key=True, unique=True, db_index=True)),
                ("account_id", fields.BigIntField()),
                ("word", fields.CharField(max_length=64)),
                ("correspondent_id", fields.BigIntField(db_index=True)),
            ],
            options={
                "table": "correspondent_word",
                "app": "postroom",
                "indexes": [Index(fields=["account_id", "word"])],
                "pk_attr": "id",
            },
            bases=["Model"],
        ),
    ]
