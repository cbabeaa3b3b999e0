from tortoise import fields, migrations
from tortoise.indexes import Index
from tortoise.migrations import operations as ops

from schema.models.keys import IdField


class Migration(migrations.Migration):
    dependencies = [("postroom", "0015_annotation_modseq"), ("postroom", "0015_mailing_lists")]

    initial = False

    operations = [
        ops.CreateModel(
            name="TlsReport",
            fields=[
                ("id", IdField(primary_key=True, unique=True, db_index=True)),
                ("domain_id", fields.BigIntField()),
                ("policy_domain", fields.CharField(max_length=253)),
                ("policy_type", fields.CharField(max_length=40)),
                ("organization", fields.CharField(max_length=300)),
                ("report_id", fields.CharField(max_length=300)),
                ("contact", fields.CharField(max_length=300)),
                ("sender", fields.CharField(max_length=320)),
                ("begins_at", fields.BigIntField()),
                ("ends_at", fields.BigIntField()),
                ("successes", fields.BigIntField()),
                ("failures", fields.BigIntField()),
                ("details", fields.TextField(unique=False)),
                ("received_at", fields.BigIntField(db_index=True)),
            ],
            options={
                "table": "tls_report",
                "app": "postroom",
                "unique_together": (
                    ("domain_id", "organization", "report_id", "policy_domain", "policy_type"),
                ),
                "indexes": [Index(fields=["domain_id", "id"])],
                "pk_attr": "id",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="TlsSession",
            fields=[
                ("id", IdField(primary_key=True, unique=True, db_index=True)),
                ("day", fields.IntField()),
                ("domain", fields.CharField(max_length=253)),
                ("key", fields.CharField(max_length=64)),
                ("policy", fields.TextField(unique=False)),
                ("result", fields.CharField(max_length=40)),
                ("mx_host", fields.CharField(max_length=253)),
                ("mx_address", fields.CharField(max_length=64)),
                ("information", fields.CharField(max_length=300)),
                ("sessions", fields.BigIntField()),
            ],
            options={
                "table": "tls_session",
                "app": "postroom",
                "unique_together": (("day", "domain", "key"),),
                "pk_attr": "id",
            },
            bases=["Model"],
        ),
    ]
