from tortoise import fields, migrations
from tortoise.fields.base import OnDelete
from tortoise.migrations import operations as ops

from schema.models.keys import IdField


class Migration(migrations.Migration):
    dependencies = [("postroom", "0004_flag_log"), ("postroom", "0004_spool_priority_trace")]

    initial = False

    operations = [
        ops.CreateModel(
            name="DkimKey",
            fields=[
                ("id", IdField(primary_key=True, unique=True, db_index=True)),
                (
                    "domain",
                    fields.ForeignKeyField(
                        "postroom.Domain",
                        source_field="domain_id",
                        db_constraint=True,
                        to_field="id",
                        related_name="dkim_keys",
                        on_delete=OnDelete.CASCADE,
                    ),
                ),
                ("selector", fields.CharField(max_length=63)),
                ("algorithm", fields.CharField(max_length=10)),
                ("private_key", fields.TextField(unique=False)),
                ("state", fields.SmallIntField(db_default=0)),
                ("created_at", fields.BigIntField()),
                ("changed_at", fields.BigIntField()),
            ],
            options={
                "table": "dkim_key",
                "app": "postroom",
                "unique_together": (("domain", "selector"),),
                "pk_attr": "id",
            },
            bases=["Model"],
        ),
    ]
