from tortoise import fields, migrations
from tortoise.fields.base import OnDelete
from tortoise.migrations import operations as ops

from schema.models.keys import IdField


class Migration(migrations.Migration):
    dependencies = [("postroom", "0010_domain_aliases")]

    initial = False

    operations = [
        ops.CreateModel(
            name="DomainRoute",
            fields=[
                ("id", IdField(primary_key=True, unique=True, db_index=True)),
                (
                    "domain",
                    fields.OneToOneField(
                        "postroom.Domain",
                        source_field="domain_id",
                        db_constraint=True,
                        to_field="id",
                        related_name="route",
                        on_delete=OnDelete.CASCADE,
                    ),
                ),
                ("host", fields.CharField(db_default="", max_length=253)),
                ("port", fields.IntField()),
                ("tls", fields.CharField(max_length=16)),
                ("accepts", fields.CharField(max_length=8)),
            ],
            options={"table": "domain_route", "app": "postroom", "pk_attr": "id"},
            bases=["Model"],
        ),
        ops.CreateModel(
            name="RoutedRecipient",
            fields=[
                ("id", IdField(primary_key=True, unique=True, db_index=True)),
                (
                    "domain",
                    fields.ForeignKeyField(
                        "postroom.Domain",
                        source_field="domain_id",
                        db_constraint=True,
                        to_field="id",
                        related_name="routed_recipients",
                        on_delete=OnDelete.CASCADE,
                    ),
                ),
                ("localpart", fields.CharField(max_length=64)),
            ],
            options={
                "table": "routed_recipient",
                "app": "postroom",
                "unique_together": (("domain", "localpart"),),
                "pk_attr": "id",
            },
            bases=["Model"],
        ),
    ]
