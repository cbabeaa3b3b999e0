from tortoise import fields, migrations
from tortoise.indexes import Index
from tortoise.migrations import operations as ops

from schema.models.keys import IdField


class Migration(migrations.Migration):
    dependencies = [("postroom", "0011_domain_routes"), ("postroom", "0011_suppression")]

    initial = False

    operations = [
        ops.CreateModel(
            name="SendGrant",
            fields=[
                ("id", IdField(primary_key=True, unique=True, db_index=True)),
                ("owner_id", fields.BigIntField()),
                ("holder_kind", fields.CharField(max_length=8)),
                ("holder_id", fields.BigIntField()),
                ("mode", fields.CharField(max_length=8)),
                ("created_at", fields.BigIntField()),
            ],
            options={
                "table": "send_grant",
                "app": "postroom",
                "unique_together": (("owner_id", "holder_kind", "holder_id"),),
                "indexes": [Index(fields=["holder_kind", "holder_id"])],
                "pk_attr": "id",
            },
            bases=["Model"],
        ),
        ops.AddField(
            model_name="Submission",
            name="owner_id",
            field=fields.BigIntField(null=True),
        ),
        ops.AddField(
            model_name="Submission",
            name="owner_ref",
            field=fields.BigIntField(null=True),
        ),
    ]
