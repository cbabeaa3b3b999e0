from typing import Any

from tortoise import fields, migrations
from tortoise.migrations import operations as ops
from tortoise.migrations.schema_editor.base import BaseSchemaEditor


class DropColumn(ops.RemoveField):
    """For SQLite, where Tortoise would build the table anew without its keys; both engines know the statement."""

    async def database_forward(
        self, app_label: str, old_state: Any, new_state: Any, state_editor: BaseSchemaEditor | None = None
    ) -> None:
        if state_editor is not None:
            table = old_state.apps.get_model(f"{app_label}.{self.model_name}")._meta.db_table
            await state_editor._run_sql(f'ALTER TABLE "{table}" DROP COLUMN "{self.name}"')


class Migration(migrations.Migration):
    dependencies = [("postroom", "0008_gateways")]

    initial = False

    operations = [
        ops.AddField(
            model_name="User",
            name="role",
            field=fields.CharField(db_default="USER", max_length=24),
        ),
        ops.RunSQL("UPDATE user_account SET role = 'DOMAIN_ADMINISTRATOR' WHERE is_domain_admin = 1"),
        DropColumn(model_name="User", name="is_domain_admin"),
    ]
