"""Tortoise, set up for our tables: which models there are, and which engine they go through."""

from __future__ import annotations

import importlib
import pkgutil
from types import ModuleType
from typing import Any

from tortoise.context import TortoiseContext
from tortoise.models import Model

import schema.models
from backend.kit.db import Dialect

APP = "postroom"
MIGRATIONS = "schema.migrations"
_ENGINES = {"sqlite": "backend.kit.sqlite_engine", "postgres": "backend.kit.asyncpg_engine"}


def modules() -> list[str]:
    """Names of the modules in `schema.models` that hold tables."""
    names = [f"schema.models.{module.name}" for module in pkgutil.iter_modules(schema.models.__path__)]
    return [name for name in names if _tables(importlib.import_module(name))]


def _tables(module: ModuleType) -> list[type[Model]]:
    found = [
        value
        for value in vars(module).values()
        if isinstance(value, type) and issubclass(value, Model) and value.__module__ == module.__name__
    ]
    for table in found:
        # Tortoise takes a docstring's first line into the DDL; a better sentence is no migration.
        table._meta.table_description = ""
    return found


def config(dialect: Dialect) -> dict[str, Any]:
    """What Tortoise is initialised with; the engines take the open database from `kit.db`."""
    return {
        # Named for the engine, because Tortoise keeps finished SQL by the name of the connection.
        "connections": {dialect: {"engine": _ENGINES[dialect], "credentials": {}}},
        "apps": {APP: {"models": modules(), "default_connection": dialect, "migrations": MIGRATIONS}},
        "use_tz": False,
        "timezone": "UTC",
    }


_opened: tuple[Dialect, TortoiseContext] | None = None


async def open_models(dialect: Dialect) -> TortoiseContext:
    """Make the models usable in every task of this process. There is nothing to close, since the engines hold
    nothing: they stay as they are until the process opens a database of the other kind.
    """
    global _opened
    if _opened is not None:
        before, context = _opened
        if before == dialect:
            return context
        await context.close_connections()
    context = TortoiseContext()
    with context:  # for this call only: afterwards it is found as the process's own, from every task
        await context.init(config=config(dialect), _enable_global_fallback=True)
    _opened = dialect, context
    return context
