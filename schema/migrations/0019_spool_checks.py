from tortoise import fields, migrations
from tortoise.migrations import operations as ops


class Migration(migrations.Migration):
    dependencies = [("postroom", "0017_refusals"), ("postroom", "0018_bulk_acts")]

    initial = False

    operations = [
        ops.AddField(
            model_name="SpoolMessage",
            name="checks",
            field=fields.TextField(db_default="", unique=False),
        ),
    ]
