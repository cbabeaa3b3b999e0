from tortoise import fields, migrations
from tortoise.migrations import operations as ops

from schema.models.keys import IdField


class Migration(migrations.Migration):
    dependencies = [("postroom", "0027_push")]

    initial = False

    operations = [
        ops.CreateModel(
            name="DmarcResult",
            fields=[
                ("id", IdField(primary_key=True, unique=True, db_index=True)),
                ("day", fields.IntField()),
                ("domain", fields.CharField(max_length=253)),
                ("key", fields.CharField(max_length=64)),
                ("published", fields.TextField(unique=False)),
                ("outcome", fields.TextField(unique=False)),
                ("messages", fields.BigIntField()),
            ],
            options={
                "table": "dmarc_result",
                "app": "postroom",
                "unique_together": (("day", "domain", "key"),),
                "pk_attr": "id",
            },
            bases=["Model"],
        ),
    ]
