from tortoise import fields, migrations
from tortoise.migrations import operations as ops

from schema.models.keys import IdField


class Migration(migrations.Migration):
    dependencies = [
        ("postroom", "0017_two_step"),
        ("postroom", "0019_spool_checks"),
        ("postroom", "0021_writing"),
    ]

    initial = False

    operations = [
        ops.CreateModel(
            name="Vacation",
            fields=[
                ("account_id", IdField(primary_key=True, unique=True, db_index=True)),
                ("is_enabled", fields.SmallIntField()),
                ("subject", fields.CharField(db_default="", max_length=300)),
                ("text", fields.TextField(unique=False)),
                ("outside", fields.CharField(max_length=8)),
                ("outside_text", fields.TextField(unique=False)),
                ("audience", fields.CharField(max_length=8)),
                ("starts_at", fields.BigIntField(null=True)),
                ("ends_at", fields.BigIntField(null=True)),
                ("every_days", fields.SmallIntField()),
            ],
            options={"table": "vacation", "app": "postroom", "pk_attr": "account_id"},
            bases=["Model"],
        ),
        ops.CreateModel(
            name="VacationAnswer",
            fields=[
                ("id", IdField(primary_key=True, unique=True, db_index=True)),
                ("account_id", fields.BigIntField()),
                ("digest", fields.BigIntField()),
                ("answered_at", fields.BigIntField(db_index=True)),
            ],
            options={
                "table": "vacation_answer",
                "app": "postroom",
                "unique_together": (("account_id", "digest"),),
                "pk_attr": "id",
            },
            bases=["Model"],
        ),
    ]
