"""Checks of what comes in: ids and bounded lists."""

from __future__ import annotations

import strawberry

from backend.directory.setting_key import Level
from backend.kit.errors import InvalidSyntax, LimitExceeded

MAX_ID = 2**63 - 1


def one_id(text: strawberry.ID | str, field: str) -> int:
    """The number of an ID; raises `InvalidSyntax` for what cannot be one of ours."""
    if not text.isascii() or not text.isdigit() or len(text) > 19 or int(text) > MAX_ID:
        raise InvalidSyntax("That is not an id", field=field)
    return int(text)


def many_ids(texts: list[strawberry.ID], field: str, *, limit: int) -> list[int]:
    """The numbers of a bounded list of IDs."""
    if len(texts) > limit:
        raise LimitExceeded(f"At most {limit} at once", field=field)
    return [one_id(text, field) for text in texts]


def setting_target(level: Level, target_id: strawberry.ID | None) -> tuple[Level, int]:
    """The level and target of a setting; a domain or user must be named, the system has none."""
    if level is Level.SYSTEM:
        return level, 0
    if target_id is None:
        raise InvalidSyntax("Name the domain or user", field="targetId")
    return level, one_id(target_id, "targetId")
