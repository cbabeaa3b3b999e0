"""The type of our primary keys."""

from __future__ import annotations

from typing import Any

from tortoise import fields


class IdField(fields.BigIntField):
    """A 63-bit primary key that we choose ourselves.

    SQLite clusters a table by its key, without a second index, only where the type's name is exactly INTEGER.
    """

    def __init__(self, primary_key: bool = True, **kwargs: Any) -> None:
        # Said here and not by each table: migrations write a field down without it.
        super().__init__(primary_key=primary_key, **{**kwargs, "generated": False})

    class _db_sqlite:  # noqa: N801 - the name that Tortoise looks for
        SQL_TYPE = "INTEGER"
