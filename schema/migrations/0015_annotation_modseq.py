from tortoise import fields, migrations
from tortoise.migrations import operations as ops


class Migration(migrations.Migration):
    dependencies = [("postroom", "0014_known_recipients"), ("postroom", "0014_reroute")]

    initial = False

    operations = [
        ops.AddField(
            model_name="Annotation",
            name="modseq",
            field=fields.BigIntField(db_default=0),
        ),
    ]
