from tortoise import fields, migrations
from tortoise.migrations import operations as ops


class Migration(migrations.Migration):
    dependencies = [("postroom", "0006_mta_sts")]

    initial = False

    operations = [
        ops.CreateModel(
            name="SpoolPause",
            fields=[
                ("domain", fields.CharField(primary_key=True, unique=True, db_index=True, max_length=253)),
                ("paused_at", fields.BigIntField()),
                ("actor", fields.CharField(max_length=320)),
            ],
            options={"table": "spool_pause", "app": "postroom", "pk_attr": "domain"},
            bases=["Model"],
        ),
        ops.AddField(
            model_name="SpoolRecipient",
            name="instruction",
            field=fields.SmallIntField(db_default=0),
        ),
    ]
