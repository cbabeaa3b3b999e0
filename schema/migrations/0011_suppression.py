from tortoise import fields, migrations
from tortoise.migrations import operations as ops

from schema.models.keys import IdField


class Migration(migrations.Migration):
    dependencies = [("postroom", "0010_delivery_reports")]

    initial = False

    operations = [
        ops.CreateModel(
            name="Suppression",
            fields=[
                ("id", IdField(primary_key=True, unique=True, db_index=True)),
                ("domain_id", fields.BigIntField()),
                ("localpart", fields.CharField(max_length=64)),
                ("domain", fields.CharField(max_length=253)),
                ("reason", fields.CharField(max_length=10)),
                ("detail", fields.CharField(max_length=600)),
                ("bounces", fields.IntField()),
                ("is_active", fields.SmallIntField()),
                ("created_at", fields.BigIntField()),
                ("expires_at", fields.BigIntField(null=True, db_index=True)),
                ("actor", fields.CharField(max_length=320)),
            ],
            options={
                "table": "suppression",
                "app": "postroom",
                "unique_together": (("domain", "localpart", "domain_id"),),
                "pk_attr": "id",
            },
            bases=["Model"],
        ),
    ]
