from tortoise import fields, migrations
from tortoise.migrations import operations as ops

from schema.models.keys import IdField


class Migration(migrations.Migration):
    dependencies = [
        ("postroom", "0023_searches"),
        ("postroom", "0024_correspondents"),
        ("postroom", "0024_held_post_results"),
    ]

    initial = False

    operations = [
        ops.CreateModel(
            name="FileLink",
            fields=[
                ("id", IdField(primary_key=True, unique=True, db_index=True)),
                ("account_id", fields.BigIntField(db_index=True)),
                ("token_hash", fields.CharField(unique=True, max_length=64)),
                ("name", fields.CharField(max_length=300)),
                ("content_type", fields.CharField(max_length=150)),
                ("size_bytes", fields.BigIntField()),
                ("password_hash", fields.CharField(max_length=200)),
                ("downloads", fields.IntField(db_default=0)),
                ("created_at", fields.BigIntField()),
                ("expires_at", fields.BigIntField(db_index=True)),
            ],
            options={"table": "file_link", "app": "postroom", "pk_attr": "id"},
            bases=["Model"],
        ),
        ops.CreateModel(
            name="FileLinkPart",
            fields=[
                ("id", IdField(primary_key=True, unique=True, db_index=True)),
                ("link_id", fields.BigIntField()),
                ("number", fields.IntField()),
                ("blob_id", fields.BigIntField()),
            ],
            options={
                "table": "file_link_part",
                "app": "postroom",
                "unique_together": (("link_id", "number"),),
                "pk_attr": "id",
            },
            bases=["Model"],
        ),
    ]
