from tortoise import fields, migrations
from tortoise.migrations import operations as ops

from schema.models.keys import IdField


class Migration(migrations.Migration):
    dependencies = [("postroom", "0011_deliveries"), ("postroom", "0013_forwards")]

    initial = False

    operations = [
        ops.CreateModel(
            name="KnownRecipient",
            fields=[
                ("id", IdField(primary_key=True, unique=True, db_index=True)),
                ("user_id", fields.BigIntField()),
                ("digest", fields.BigIntField()),
                ("last_at", fields.BigIntField(db_index=True)),
            ],
            options={
                "table": "known_recipient",
                "app": "postroom",
                "unique_together": (("user_id", "digest"),),
                "pk_attr": "id",
            },
            bases=["Model"],
        ),
    ]
