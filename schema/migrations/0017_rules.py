from tortoise import fields, migrations
from tortoise.indexes import Index
from tortoise.migrations import operations as ops

from schema.models.keys import IdField


class Migration(migrations.Migration):
    dependencies = [("postroom", "0016_authentication"), ("postroom", "0016_tls_reports")]

    initial = False

    operations = [
        ops.CreateModel(
            name="MailFilter",
            fields=[
                ("id", IdField(primary_key=True, unique=True, db_index=True)),
                ("account_id", fields.BigIntField()),
                ("position", fields.IntField()),
                ("name", fields.CharField(max_length=200)),
                ("is_enabled", fields.SmallIntField(db_default=1)),
                ("definition", fields.TextField(unique=False)),
                ("created_at", fields.BigIntField()),
            ],
            options={
                "table": "mail_filter",
                "app": "postroom",
                "indexes": [Index(fields=["account_id", "position"])],
                "pk_attr": "id",
            },
            bases=["Model"],
        ),
    ]
