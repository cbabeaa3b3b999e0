from typing import Any

from tortoise import fields, migrations
from tortoise.indexes import Index
from tortoise.migrations import operations as ops
from tortoise.migrations.schema_editor.base import BaseSchemaEditor

from schema.models.indexes import SparseIndex


class WithoutIndex(ops.AlterField):
    """Takes only the index of the column away: Tortoise would build SQLite's table anew without any."""

    async def database_forward(
        self, app_label: str, old_state: Any, new_state: Any, state_editor: BaseSchemaEditor | None = None
    ) -> None:
        if state_editor is not None:
            model = old_state.apps.get_model(f"{app_label}.{self.model_name}")
            name = state_editor._generate_index_name("idx", model, [self.name])
            await state_editor._run_sql(f'DROP INDEX "{name}"')


class Migration(migrations.Migration):
    dependencies = [("postroom", "0010_delivery_reports")]

    initial = False

    operations = [
        WithoutIndex(
            model_name="SpoolMessage",
            name="account_id",
            field=fields.BigIntField(null=True),
        ),
        WithoutIndex(
            model_name="SpoolMessage",
            name="created_at",
            field=fields.BigIntField(),
        ),
        ops.AddField(
            model_name="SpoolMessage",
            name="account_domain",
            field=fields.CharField(null=True, max_length=253),
        ),
        ops.AddIndex(
            model_name="SpoolMessage",
            index=SparseIndex(fields=["account_id", "id"], name="spool_message_of_account"),
        ),
        ops.AddIndex(
            model_name="SpoolMessage",
            index=SparseIndex(fields=["account_domain", "id"], name="spool_message_of_domain"),
        ),
        ops.AddField(
            model_name="SpoolRecipient",
            name="bare_localpart",
            field=fields.CharField(db_default="", max_length=64),
        ),
        ops.RemoveIndex(
            model_name="SpoolRecipient",
            name=None,
            fields=["domain", "state"],
        ),
        ops.AddIndex(
            model_name="SpoolRecipient",
            index=Index(fields=["domain", "state", "message_id"]),
        ),
        ops.AddIndex(
            model_name="SpoolRecipient",
            index=Index(fields=["bare_localpart", "domain", "message_id"]),
        ),
    ]
