from tortoise import fields, migrations
from tortoise.migrations import operations as ops


class Migration(migrations.Migration):
    dependencies = [("postroom", "0015_annotation_modseq"), ("postroom", "0015_mailing_lists")]

    initial = False

    operations = [
        ops.AddField(
            model_name="SpoolMessage",
            name="authentication",
            field=fields.TextField(db_default="", unique=False),
        ),
    ]
