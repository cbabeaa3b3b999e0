from tortoise import fields, migrations
from tortoise.migrations import operations as ops

from schema.models.keys import IdField


class Migration(migrations.Migration):
    dependencies = [("postroom", "0002_shares")]

    initial = False

    operations = [
        ops.CreateModel(
            name="AppPassword",
            fields=[
                ("id", IdField(primary_key=True, unique=True, db_index=True)),
                ("user_id", fields.BigIntField(db_index=True)),
                ("text_hash", fields.CharField(unique=True, max_length=64)),
                ("label", fields.CharField(max_length=100)),
                ("protocols", fields.CharField(max_length=100)),
                ("created_at", fields.BigIntField()),
                ("used_at", fields.BigIntField(null=True)),
                ("used_from", fields.CharField(db_default="", max_length=64)),
            ],
            options={"table": "app_password", "app": "postroom", "pk_attr": "id"},
            bases=["Model"],
        ),
        ops.CreateModel(
            name="ScramKey",
            fields=[
                ("id", IdField(primary_key=True, unique=True, db_index=True)),
                ("user_id", fields.BigIntField(db_index=True)),
                ("credential_id", fields.BigIntField(db_default=0)),
                ("salt", fields.CharField(max_length=44)),
                ("iterations", fields.IntField()),
                ("stored_key", fields.CharField(max_length=44)),
                ("server_key", fields.CharField(max_length=44)),
            ],
            options={"table": "scram_key", "app": "postroom", "pk_attr": "id"},
            bases=["Model"],
        ),
        ops.CreateModel(
            name="ServerSecret",
            fields=[
                ("name", fields.CharField(primary_key=True, unique=True, db_index=True, max_length=40)),
                ("value", fields.CharField(max_length=64)),
            ],
            options={"table": "server_secret", "app": "postroom", "pk_attr": "name"},
            bases=["Model"],
        ),
    ]
