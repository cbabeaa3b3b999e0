from tortoise import fields, migrations
from tortoise.migrations import operations as ops

from schema.models.keys import IdField


class Migration(migrations.Migration):
    dependencies = [("postroom", "0022_vacation")]

    initial = False

    operations = [
        ops.CreateModel(
            name="BlockedSender",
            fields=[
                ("id", IdField(primary_key=True, unique=True, db_index=True)),
                ("account_id", fields.BigIntField()),
                ("address", fields.CharField(max_length=320)),
            ],
            options={
                "table": "blocked_sender",
                "app": "postroom",
                "unique_together": (("account_id", "address"),),
                "pk_attr": "id",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="FolderCleanup",
            fields=[
                ("id", IdField(primary_key=True, unique=True, db_index=True)),
                ("account_id", fields.BigIntField(db_index=True)),
                ("max_age_days", fields.IntField(null=True)),
                ("keep_newest", fields.IntField(null=True)),
                ("is_forever", fields.SmallIntField()),
            ],
            options={"table": "folder_cleanup", "app": "postroom", "pk_attr": "id"},
            bases=["Model"],
        ),
    ]
