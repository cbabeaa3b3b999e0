"""The type of our primary keys."""

from __future__ import annotations

from tortoise import fields


class IdField(fields.BigIntField):
    """A 63-bit key that we choose ourselves.

    SQLite clusters a table by its key, without a second index, only where the type's name is exactly INTEGER.
    """

    class _db_sqlite:  # noqa: N801 - the name that Tortoise looks for
        SQL_TYPE = "INTEGER"
