from tortoise import fields, migrations
from tortoise.migrations import operations as ops

from schema.models.keys import IdField


class Migration(migrations.Migration):
    dependencies = [("postroom", "0017_refusals"), ("postroom", "0018_bulk_acts")]

    initial = False

    operations = [
        ops.CreateModel(
            name="MessageTimer",
            fields=[
                ("id", IdField(primary_key=True, unique=True, db_index=True)),
                ("account_id", fields.BigIntField()),
                ("ref", fields.BigIntField()),
                ("kind", fields.CharField(max_length=12)),
                ("due_at", fields.BigIntField()),
                ("wake_at", fields.BigIntField(null=True, db_index=True)),
                ("set_at", fields.BigIntField()),
                ("return_to", fields.BigIntField(null=True)),
                ("remind_s", fields.BigIntField(null=True)),
                ("error", fields.CharField(db_default="", max_length=500)),
            ],
            options={
                "table": "message_timer",
                "app": "postroom",
                "unique_together": (("account_id", "ref", "kind"),),
                "pk_attr": "id",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="MutedThread",
            fields=[
                ("id", IdField(primary_key=True, unique=True, db_index=True)),
                ("account_id", fields.BigIntField(db_index=True)),
                ("muted_at", fields.BigIntField()),
            ],
            options={"table": "muted_thread", "app": "postroom", "pk_attr": "id"},
            bases=["Model"],
        ),
    ]
