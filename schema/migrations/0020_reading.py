from tortoise import fields, migrations
from tortoise.migrations import operations as ops

from schema.models.keys import IdField


class Migration(migrations.Migration):
    dependencies = [("postroom", "0019_timers")]

    initial = False

    operations = [
        ops.CreateModel(
            name="InvitationAnswer",
            fields=[
                ("id", IdField(primary_key=True, unique=True, db_index=True)),
                ("account_id", fields.BigIntField()),
                ("event_key", fields.BigIntField()),
                ("sequence", fields.BigIntField()),
                ("answer", fields.CharField(max_length=12)),
                ("answered_at", fields.BigIntField()),
            ],
            options={
                "table": "invitation_answer",
                "app": "postroom",
                "unique_together": (("account_id", "event_key"),),
                "pk_attr": "id",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="LeftList",
            fields=[
                ("id", IdField(primary_key=True, unique=True, db_index=True)),
                ("account_id", fields.BigIntField()),
                ("list_key", fields.BigIntField()),
                ("way", fields.CharField(max_length=8)),
                ("left_at", fields.BigIntField()),
            ],
            options={
                "table": "left_list",
                "app": "postroom",
                "unique_together": (("account_id", "list_key"),),
                "pk_attr": "id",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="SenderLook",
            fields=[
                ("id", IdField(primary_key=True, unique=True, db_index=True)),
                ("account_id", fields.BigIntField()),
                ("address", fields.CharField(max_length=320)),
                ("has_own_colours", fields.SmallIntField(db_default=0)),
                ("hides_images", fields.SmallIntField(db_default=0)),
            ],
            options={
                "table": "sender_look",
                "app": "postroom",
                "unique_together": (("account_id", "address"),),
                "pk_attr": "id",
            },
            bases=["Model"],
        ),
        ops.AddField(
            model_name="ThreadKey",
            name="subject_key",
            field=fields.BigIntField(db_default=0),
        ),
    ]
