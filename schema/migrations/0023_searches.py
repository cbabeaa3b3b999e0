from tortoise import fields, migrations
from tortoise.migrations import operations as ops

from schema.models.keys import IdField


class Migration(migrations.Migration):
    dependencies = [("postroom", "0022_vacation")]

    initial = False

    operations = [
        ops.CreateModel(
            name="SavedSearch",
            fields=[
                ("id", IdField(primary_key=True, unique=True, db_index=True)),
                ("account_id", fields.BigIntField()),
                ("name", fields.CharField(max_length=100)),
                ("query", fields.CharField(max_length=500)),
                ("created_at", fields.BigIntField()),
            ],
            options={
                "table": "saved_search",
                "app": "postroom",
                "unique_together": (("account_id", "name"),),
                "pk_attr": "id",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="Shortcuts",
            fields=[
                ("id", IdField(primary_key=True, unique=True, db_index=True)),
                ("is_on", fields.SmallIntField(db_default=1)),
                ("keys", fields.TextField(unique=False)),
            ],
            options={"table": "shortcuts", "app": "postroom", "pk_attr": "id"},
            bases=["Model"],
        ),
    ]
