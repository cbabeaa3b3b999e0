from tortoise import fields, migrations
from tortoise.migrations import operations as ops


class Migration(migrations.Migration):
    dependencies = [("postroom", "0005_dkim_keys")]

    initial = False

    operations = [
        ops.CreateModel(
            name="MtaStsPolicy",
            fields=[
                ("domain", fields.CharField(primary_key=True, unique=True, db_index=True, max_length=253)),
                ("mode", fields.CharField(max_length=10)),
                ("mx", fields.TextField(unique=False)),
                ("max_age_s", fields.BigIntField()),
                ("policy_id", fields.CharField(max_length=32)),
                ("expires_at", fields.BigIntField(db_index=True)),
            ],
            options={"table": "mta_sts_policy", "app": "postroom", "pk_attr": "domain"},
            bases=["Model"],
        ),
    ]
