from tortoise import fields, migrations
from tortoise.migrations import operations as ops

from schema.models.keys import IdField


class Migration(migrations.Migration):
    dependencies = [("postroom", "0025_file_links")]

    initial = False

    operations = [
        ops.CreateModel(
            name="Preference",
            fields=[
                ("id", IdField(primary_key=True, unique=True, db_index=True)),
                ("user_id", fields.BigIntField()),
                ("name", fields.CharField(max_length=120)),
                ("value", fields.TextField(unique=False)),
            ],
            options={
                "table": "preference",
                "app": "postroom",
                "unique_together": (("user_id", "name"),),
                "pk_attr": "id",
            },
            bases=["Model"],
        ),
    ]
