from tortoise import fields, migrations
from tortoise.migrations import operations as ops

from schema.models.keys import IdField


class Migration(migrations.Migration):
    dependencies = [("postroom", "0026_preferences")]

    initial = False

    operations = [
        ops.CreateModel(
            name="PushDevice",
            fields=[
                ("id", IdField(primary_key=True, unique=True, db_index=True)),
                ("user_id", fields.BigIntField(db_index=True)),
                ("session_id", fields.BigIntField(unique=True)),
                ("endpoint", fields.CharField(unique=True, max_length=1000)),
                ("public_key", fields.CharField(max_length=100)),
                ("secret", fields.CharField(max_length=40)),
                ("zone", fields.CharField(db_default="", max_length=64)),
                ("told_to", fields.BigIntField()),
                ("created_at", fields.BigIntField()),
                ("pushed_at", fields.BigIntField(null=True)),
            ],
            options={"table": "push_device", "app": "postroom", "pk_attr": "id"},
            bases=["Model"],
        ),
    ]
