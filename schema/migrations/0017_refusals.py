from tortoise import fields, migrations
from tortoise.indexes import Index
from tortoise.migrations import operations as ops

from schema.models.indexes import SparseIndex
from schema.models.keys import IdField


class Migration(migrations.Migration):
    dependencies = [("postroom", "0016_authentication"), ("postroom", "0016_tls_reports")]

    initial = False

    operations = [
        ops.CreateModel(
            name="Refusal",
            fields=[
                ("id", IdField(primary_key=True, unique=True, db_index=True)),
                ("sender", fields.CharField(max_length=320)),
                ("localpart", fields.CharField(max_length=255)),
                ("bare_localpart", fields.CharField(max_length=64)),
                ("domain", fields.CharField(max_length=253)),
                ("account_id", fields.BigIntField(null=True)),
                ("account_domain", fields.CharField(null=True, max_length=253)),
                ("remote_address", fields.CharField(max_length=64)),
                ("helo", fields.CharField(max_length=255)),
                ("protocol", fields.CharField(max_length=16)),
                ("status", fields.CharField(max_length=12)),
                ("reply", fields.CharField(max_length=600)),
                ("times", fields.IntField()),
            ],
            options={
                "table": "refusal",
                "app": "postroom",
                "indexes": [
                    Index(fields=["domain", "id"]),
                    Index(fields=["bare_localpart", "domain", "id"]),
                    SparseIndex(fields=["account_id", "id"], name="refusal_of_account"),
                    SparseIndex(fields=["account_domain", "id"], name="refusal_of_domain"),
                ],
                "pk_attr": "id",
            },
            bases=["Model"],
        ),
    ]
