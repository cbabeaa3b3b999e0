"""Kinds of index that both engines have and Tortoise cannot say."""

from __future__ import annotations

from tortoise.indexes import Index


class SparseIndex(Index):
    """Rows whose first field is NULL are left out: they cost nothing, and `field = ?` finds the others."""

    def __init__(self, *, fields: tuple[str, ...] | list[str], name: str) -> None:
        super().__init__(fields=fields, name=name)
        self.extra = f' WHERE "{self.fields[0]}" IS NOT NULL'
