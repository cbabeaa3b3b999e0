from tortoise import fields, migrations
from tortoise.migrations import operations as ops


class Migration(migrations.Migration):
    dependencies = [("postroom", "0011_deliveries"), ("postroom", "0013_forwards")]

    initial = False

    operations = [
        ops.AddField(
            model_name="SpoolRecipient",
            name="named_domain",
            field=fields.CharField(db_default="", max_length=253),
        ),
        ops.AddField(
            model_name="SpoolRecipient",
            name="named_localpart",
            field=fields.CharField(db_default="", max_length=255),
        ),
        ops.AddField(
            model_name="SpoolRecipient",
            name="route",
            field=fields.CharField(db_default="", max_length=300),
        ),
    ]
