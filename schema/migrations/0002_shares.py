from tortoise import fields, migrations
from tortoise.fields.base import OnDelete
from tortoise.indexes import Index
from tortoise.migrations import operations as ops

from schema.models.keys import IdField


class Migration(migrations.Migration):
    dependencies = [("postroom", "0001_initial")]

    initial = False

    operations = [
        ops.CreateModel(
            name="Annotation",
            fields=[
                ("id", IdField(primary_key=True, unique=True, db_index=True)),
                ("account_id", fields.BigIntField()),
                ("mailbox_id", fields.BigIntField()),
                ("user_id", fields.BigIntField()),
                ("entry", fields.CharField(max_length=255)),
                ("value", fields.BinaryField()),
            ],
            options={
                "table": "annotation",
                "app": "postroom",
                "unique_together": (("account_id", "mailbox_id", "user_id", "entry"),),
                "pk_attr": "id",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="Group",
            fields=[
                ("id", IdField(primary_key=True, unique=True, db_index=True)),
                (
                    "domain",
                    fields.ForeignKeyField(
                        "postroom.Domain",
                        source_field="domain_id",
                        db_constraint=True,
                        to_field="id",
                        related_name="groups",
                        on_delete=OnDelete.CASCADE,
                    ),
                ),
                ("name", fields.CharField(max_length=64)),
                ("created_at", fields.BigIntField()),
            ],
            options={
                "table": "user_group",
                "app": "postroom",
                "unique_together": (("domain", "name"),),
                "pk_attr": "id",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="GroupMember",
            fields=[
                ("id", IdField(primary_key=True, unique=True, db_index=True)),
                ("group_id", fields.BigIntField()),
                ("user_id", fields.BigIntField(db_index=True)),
            ],
            options={
                "table": "group_member",
                "app": "postroom",
                "unique_together": (("group_id", "user_id"),),
                "pk_attr": "id",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="MailboxReader",
            fields=[
                ("id", IdField(primary_key=True, unique=True, db_index=True)),
                ("user_id", fields.BigIntField()),
                ("mailbox_id", fields.BigIntField(db_index=True)),
                ("is_subscribed", fields.SmallIntField(db_default=1)),
                ("modseq", fields.BigIntField(db_default=0)),
                ("seen_count", fields.BigIntField(db_default=0)),
                ("counted_modseq", fields.BigIntField(db_default=0)),
            ],
            options={
                "table": "mailbox_reader",
                "app": "postroom",
                "unique_together": (("user_id", "mailbox_id"),),
                "pk_attr": "id",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="SeenMark",
            fields=[
                ("id", IdField(primary_key=True, unique=True, db_index=True)),
                ("reader_id", fields.BigIntField()),
                ("is_seen", fields.SmallIntField()),
                ("modseq", fields.BigIntField()),
            ],
            options={
                "table": "seen_mark",
                "app": "postroom",
                "indexes": [Index(fields=["reader_id", "modseq"])],
                "pk_attr": "id",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="Share",
            fields=[
                ("id", IdField(primary_key=True, unique=True, db_index=True)),
                ("account_id", fields.BigIntField(db_index=True)),
                ("mailbox_id", fields.BigIntField()),
                ("holder_kind", fields.CharField(max_length=8)),
                ("holder_id", fields.BigIntField()),
                ("is_negative", fields.SmallIntField(db_default=0)),
                ("rights", fields.IntField()),
            ],
            options={
                "table": "share",
                "app": "postroom",
                "unique_together": (("mailbox_id", "holder_kind", "holder_id", "is_negative"),),
                "indexes": [Index(fields=["holder_kind", "holder_id"])],
                "pk_attr": "id",
            },
            bases=["Model"],
        ),
        ops.AddField(
            model_name="User",
            name="is_shared",
            field=fields.SmallIntField(db_default=0),
        ),
    ]
