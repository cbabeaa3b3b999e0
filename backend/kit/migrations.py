"""Bringing a database to the schema of this version, and refusing one that does not fit it.

Migrations are Tortoise's own files in `schema.migrations`. All that are missing are applied in one
transaction, under the writer's lock (SQLite) or an advisory lock (PostgreSQL), so two processes that start
together do it once and a failure leaves the database as it was. An empty database gets its tables straight
from the models, which a test holds to be the same, and starts in a quarter of the time.
"""

from __future__ import annotations

import pkgutil
from pathlib import Path
from typing import TYPE_CHECKING

import schema.migrations
from backend.kit import db, models
from backend.kit.errors import Unavailable

if TYPE_CHECKING:
    from tortoise.migrations.writer import MigrationWriter

TABLE = "tortoise_migrations"
_LOCK = 0x706F7374  # "post", the key of our advisory lock


class WrongSchema(Unavailable):
    """The database is of another version than the program; the text says what to do."""


def known() -> list[str]:
    """Names of this version's migrations, in their order."""
    modules = pkgutil.iter_modules(schema.migrations.__path__)
    return sorted(module.name for module in modules if module.name[:1].isdigit())


async def applied() -> list[str]:
    """Names of the migrations that the open database has seen; none for an empty one."""
    if not await _has_table(TABLE):
        return []
    rows = await db.fetch_rows(f"SELECT name FROM {TABLE} WHERE app = ? ORDER BY name", models.APP)
    return [row[0] for row in rows]


async def _has_table(name: str) -> bool:
    sql = (
        "SELECT count(*) FROM sqlite_master WHERE type = 'table' AND name = ?"
        if db.dialect() == "sqlite"
        else "SELECT count(*) FROM pg_tables WHERE schemaname = current_schema() AND tablename = ?"
    )
    return bool(await db.fetch_value(sql, name))


async def require_current() -> None:
    """Raise `WrongSchema` unless the open database is exactly of this version."""
    present = set(await applied())
    _refuse_newer(present)
    missing = [name for name in known() if name not in present]
    if missing:
        state = "of an older version" if present else "empty"
        raise WrongSchema(f"The database is {state}: run `postroom migrate` ({missing[0]} is missing)")


def _refuse_newer(present: set[str]) -> None:
    newer = sorted(present.difference(known()))
    if newer:
        raise WrongSchema(
            f"The database was used by a newer version of Postroom ({newer[0]}): start that version or newer"
        )


async def migrate(*, step_by_step: bool = False) -> list[str]:
    """Apply what is missing to the open database; the names of what was applied. With `step_by_step` an empty
    database takes the way of one that has seen every version.
    """
    present = set(await applied())
    _refuse_newer(present)
    if present.issuperset(known()):
        return []
    async with db.transaction() as tx:
        if tx.dialect == "postgres":
            await tx.fetch_value("SELECT pg_advisory_xact_lock(?)", _LOCK)
        else:
            # A rebuilt table is refilled before its references are looked at again, at COMMIT.
            await tx.execute("PRAGMA defer_foreign_keys = ON")
        present = set(await applied())
        _refuse_newer(present)
        await _apply(from_models=not present and not step_by_step)
        return [name for name in known() if name not in present]


async def _apply(*, from_models: bool) -> None:
    from tortoise.connection import get_connection
    from tortoise.context import require_context
    from tortoise.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(get_connection(db.dialect()), models.config(db.dialect())["apps"])
    # Before the executor looks for it: on PostgreSQL a query for a table that is not there ends the
    # transaction.
    await executor.recorder.ensure_schema(executor._schema_editor(atomic=True))
    if not from_models:
        await executor.migrate()
        return
    await require_context().generate_schemas(safe=True)
    for name in known():
        await executor.recorder.record_applied(models.APP, name)


async def drift() -> list[str]:
    """What the models say and the migrations do not, one line each."""
    return [line for writer in await _changes() for line in map(_describe, writer.operations)]


def _describe(operation: object) -> str:
    names = (getattr(operation, key, None) for key in ("model_name", "name"))
    return " ".join([type(operation).__name__, *(str(name) for name in names if name)])


async def make(name: str) -> list[Path]:
    """Write the migration that the models need (developers); it is to be reviewed by hand."""
    from tortoise.migrations.writer import format_migration_name

    paths = []
    for writer in await _changes():
        writer.name = format_migration_name(int(writer.name.split("_", 1)[0]), name)
        paths.append(Path(writer.write()))
    return paths


async def _changes() -> list[MigrationWriter]:
    from tortoise.context import require_context
    from tortoise.migrations.autodetector import MigrationAutodetector

    apps = require_context().apps
    assert apps is not None  # noqa: S101  # the runtime has opened the models
    config = models.config(db.dialect())["apps"]
    return list(await MigrationAutodetector(apps, config).changes())
