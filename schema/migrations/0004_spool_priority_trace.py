from tortoise import fields, migrations
from tortoise.indexes import Index
from tortoise.migrations import operations as ops


class Migration(migrations.Migration):
    dependencies = [("postroom", "0003_search"), ("postroom", "0003_sign_in")]

    initial = False

    operations = [
        ops.AddField(
            model_name="SpoolMessage",
            name="requires_tls",
            field=fields.SmallIntField(db_default=0),
        ),
        ops.RemoveIndex(
            model_name="SpoolRecipient",
            name=None,
            fields=["state", "next_attempt_at"],
        ),
        ops.AddField(
            model_name="SpoolRecipient",
            name="priority",
            field=fields.SmallIntField(db_default=0),
        ),
        ops.AddField(
            model_name="SpoolRecipient",
            name="trace",
            field=fields.TextField(db_default="", unique=False),
        ),
        ops.AddIndex(
            model_name="SpoolRecipient",
            index=Index(fields=["state", "priority", "next_attempt_at"]),
        ),
    ]
