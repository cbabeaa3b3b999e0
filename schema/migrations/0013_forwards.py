from typing import Any

from tortoise import fields, migrations
from tortoise.migrations import operations as ops
from tortoise.migrations.schema_editor.base import BaseSchemaEditor

from schema.models.keys import IdField


class WidenText(ops.AlterField):
    """A longer text column with an empty default. On SQLite, where Tortoise would build the table anew without its
    keys, a new column takes the place of the old one; it may be part of no index.
    """

    length = 255

    async def database_forward(
        self, app_label: str, old_state: Any, new_state: Any, state_editor: BaseSchemaEditor | None = None
    ) -> None:
        if state_editor is None:
            return
        table = new_state.apps.get_model(f"{app_label}.{self.model_name}")._meta.db_table
        name, kind = self.name, f"VARCHAR({self.length})"
        if state_editor.client.capabilities.dialect == "sqlite":
            statements = [
                f'ALTER TABLE "{table}" ADD COLUMN "{name}_wide" {kind} NOT NULL DEFAULT \'\'',
                f'UPDATE "{table}" SET "{name}_wide" = "{name}"',
                f'ALTER TABLE "{table}" DROP COLUMN "{name}"',
                f'ALTER TABLE "{table}" RENAME COLUMN "{name}_wide" TO "{name}"',
            ]
        else:
            statements = [
                f'ALTER TABLE "{table}" ALTER COLUMN "{name}" TYPE {kind}, ALTER COLUMN "{name}" SET DEFAULT \'\''
            ]
        for statement in statements:
            await state_editor._run_sql(statement)


class Migration(migrations.Migration):
    dependencies = [("postroom", "0012_send_grants")]

    initial = False

    operations = [
        ops.CreateModel(
            name="Forward",
            fields=[
                ("user_id", IdField(primary_key=True, unique=True, db_index=True)),
                ("targets", fields.TextField(unique=False)),
                ("keeps_copy", fields.SmallIntField(db_default=1)),
            ],
            options={"table": "user_forward", "app": "postroom", "pk_attr": "user_id"},
            bases=["Model"],
        ),
        WidenText(
            model_name="SpoolRecipient",
            name="localpart",
            field=fields.CharField(db_default="", max_length=255),
        ),
    ]
