from tortoise import fields, migrations
from tortoise.migrations import operations as ops


class Migration(migrations.Migration):
    dependencies = [("postroom", "0023_senders_cleanup")]

    initial = False

    operations = [
        ops.AddField(
            model_name="ListPost",
            name="authentication",
            field=fields.TextField(db_default="", unique=False),
        ),
    ]
