from tortoise import fields, migrations
from tortoise.fields.base import OnDelete
from tortoise.migrations import operations as ops

from schema.models.keys import IdField


class Migration(migrations.Migration):
    dependencies = [("postroom", "0009_roles")]

    initial = False

    operations = [
        ops.CreateModel(
            name="DomainAlias",
            fields=[
                ("id", IdField(primary_key=True, unique=True, db_index=True)),
                (
                    "domain",
                    fields.ForeignKeyField(
                        "postroom.Domain",
                        source_field="domain_id",
                        db_constraint=True,
                        to_field="id",
                        related_name="domain_aliases",
                        on_delete=OnDelete.CASCADE,
                    ),
                ),
                ("name", fields.CharField(unique=True, max_length=253)),
                ("dkim_selectors", fields.CharField(db_default="", max_length=1000)),
                ("created_at", fields.BigIntField()),
            ],
            options={"table": "domain_alias", "app": "postroom", "pk_attr": "id"},
            bases=["Model"],
        ),
    ]
