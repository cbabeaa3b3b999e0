from tortoise import fields, migrations
from tortoise.migrations import operations as ops


class Migration(migrations.Migration):
    dependencies = [("postroom", "0028_dmarc_results")]

    initial = False

    operations = [
        ops.AddField(
            model_name="Submission",
            name="draft_key",
            field=fields.CharField(db_default="", max_length=64),
        ),
    ]
