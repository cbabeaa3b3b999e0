from tortoise import fields, migrations
from tortoise.fields.base import OnDelete
from tortoise.migrations import operations as ops

from schema.models.keys import IdField


class Migration(migrations.Migration):
    dependencies = [("postroom", "0014_known_recipients"), ("postroom", "0014_reroute")]

    initial = False

    operations = [
        ops.CreateModel(
            name="ListAddress",
            fields=[
                ("id", IdField(primary_key=True, unique=True, db_index=True)),
                ("list_id", fields.BigIntField()),
                ("kind", fields.CharField(max_length=8)),
                ("address", fields.CharField(max_length=320)),
            ],
            options={
                "table": "list_address",
                "app": "postroom",
                "unique_together": (("list_id", "kind", "address"),),
                "pk_attr": "id",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="ListDistribution",
            fields=[
                ("message_id", IdField(primary_key=True, unique=True, db_index=True)),
                ("list_id", fields.BigIntField(db_index=True)),
                ("done_to", fields.CharField(db_default="", max_length=320)),
            ],
            options={"table": "list_distribution", "app": "postroom", "pk_attr": "message_id"},
            bases=["Model"],
        ),
        ops.CreateModel(
            name="ListMember",
            fields=[
                ("id", IdField(primary_key=True, unique=True, db_index=True)),
                ("list_id", fields.BigIntField()),
                ("address", fields.CharField(db_index=True, max_length=320)),
                ("group_id", fields.BigIntField(null=True, db_index=True)),
                ("name", fields.CharField(db_default="", max_length=200)),
                ("role", fields.SmallIntField(db_default=0)),
                ("delivery", fields.CharField(max_length=8)),
                ("bounces", fields.IntField(db_default=0)),
                ("bounced_at", fields.BigIntField(null=True)),
                ("suspended_at", fields.BigIntField(null=True)),
                ("created_at", fields.BigIntField()),
            ],
            options={
                "table": "list_member",
                "app": "postroom",
                "unique_together": (("list_id", "address"),),
                "pk_attr": "id",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="ListPost",
            fields=[
                ("id", IdField(primary_key=True, unique=True, db_index=True)),
                ("list_id", fields.BigIntField(db_index=True)),
                ("blob_id", fields.BigIntField()),
                ("size_bytes", fields.BigIntField()),
                ("sender", fields.CharField(max_length=320)),
                ("author", fields.CharField(db_default="", max_length=400)),
                ("subject", fields.CharField(db_default="", max_length=300)),
                ("reason", fields.CharField(db_default="", max_length=200)),
                ("held_at", fields.BigIntField()),
                ("expires_at", fields.BigIntField(db_index=True)),
            ],
            options={"table": "list_post", "app": "postroom", "pk_attr": "id"},
            bases=["Model"],
        ),
        ops.CreateModel(
            name="ListRequest",
            fields=[
                ("id", IdField(primary_key=True, unique=True, db_index=True)),
                ("list_id", fields.BigIntField()),
                ("address", fields.CharField(max_length=320)),
                ("name", fields.CharField(db_default="", max_length=200)),
                ("action", fields.CharField(max_length=12)),
                ("state", fields.CharField(max_length=12)),
                ("created_at", fields.BigIntField()),
                ("expires_at", fields.BigIntField(db_index=True)),
            ],
            options={
                "table": "list_request",
                "app": "postroom",
                "unique_together": (("list_id", "address", "action"),),
                "pk_attr": "id",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="MailingList",
            fields=[
                ("id", IdField(primary_key=True, unique=True, db_index=True)),
                (
                    "domain",
                    fields.ForeignKeyField(
                        "postroom.Domain",
                        source_field="domain_id",
                        db_constraint=True,
                        to_field="id",
                        related_name="mailing_lists",
                        on_delete=OnDelete.CASCADE,
                    ),
                ),
                ("localpart", fields.CharField(max_length=64)),
                ("name", fields.CharField(db_default="", max_length=200)),
                ("description", fields.CharField(db_default="", max_length=1000)),
                ("is_enabled", fields.SmallIntField(db_default=1)),
                ("posting", fields.CharField(max_length=12)),
                ("is_moderated", fields.SmallIntField(db_default=0)),
                ("unentitled", fields.CharField(max_length=8)),
                ("unverified", fields.CharField(max_length=8)),
                ("reply_to", fields.CharField(max_length=8)),
                ("from_rewriting", fields.CharField(max_length=8)),
                ("subject_prefix", fields.CharField(db_default="", max_length=60)),
                ("footer", fields.TextField(db_default="", unique=False)),
                ("max_bytes", fields.BigIntField(db_default=0)),
                ("member_view", fields.CharField(max_length=12)),
                ("subscription", fields.CharField(max_length=8)),
                ("created_at", fields.BigIntField()),
            ],
            options={
                "table": "mailing_list",
                "app": "postroom",
                "unique_together": (("domain", "localpart"),),
                "pk_attr": "id",
            },
            bases=["Model"],
        ),
    ]
