from tortoise import fields, migrations
from tortoise.migrations import operations as ops

from schema.models.keys import IdField


class Migration(migrations.Migration):
    dependencies = [("postroom", "0003_search"), ("postroom", "0003_sign_in")]

    initial = False

    operations = [
        ops.CreateModel(
            name="FlagLog",
            fields=[
                ("id", IdField(primary_key=True, unique=True, db_index=True)),
                ("modseq", fields.BigIntField()),
                ("uids", fields.TextField(unique=False)),
                ("logged_at", fields.BigIntField()),
            ],
            options={"table": "flag_log", "app": "postroom", "pk_attr": "id"},
            bases=["Model"],
        ),
        # The log begins here: whoever asks for changes since before is told to start over.
        ops.RunSQL("UPDATE mailbox SET expunged_before = modseq"),
        ops.RemoveIndex(model_name="Message", name=None, fields=["mailbox_id", "modseq"]),
    ]
