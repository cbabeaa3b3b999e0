"""Choices of a user in the web application that hold on all devices: JSON under names.

They decide nothing on the server (what does is a setting), so their values are not looked into, only bounded.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

import orjson

from backend.kit import db, ids
from backend.kit.db import Tx
from backend.kit.errors import InvalidSyntax, LimitExceeded

MAX_NAMES = 1000
MAX_AT_ONCE = 200
MAX_VALUE_CHARS = 4000
_NAME = re.compile(r"[a-z][A-Za-z]{0,19}(?::[^\x00-\x1f\x7f]{1,99})?")


async def all_of(user_id: int) -> dict[str, str]:
    """JSON by name, in the order of the names."""
    rows = await db.fetch_rows("SELECT name, value FROM preference WHERE user_id = ? ORDER BY name", user_id)
    return dict(rows)


async def put(user_id: int, values: Mapping[str, str | None]) -> None:
    """Set values; None takes one away. Raises InvalidSyntax, LimitExceeded."""
    if len(values) > MAX_AT_ONCE:
        raise LimitExceeded(f"At most {MAX_AT_ONCE} preferences at once")
    for name, value in values.items():
        _check(name, value)

    async def verb(tx: Tx) -> None:
        for name, value in values.items():
            await _put(tx, user_id, name, value)
        count = await tx.fetch_value("SELECT COUNT(*) FROM preference WHERE user_id = ?", user_id)
        if count > MAX_NAMES:
            raise LimitExceeded(f"At most {MAX_NAMES} preferences are kept")

    await db.write(verb, durable=False)


def _check(name: str, value: str | None) -> None:
    if not _NAME.fullmatch(name):
        raise InvalidSyntax("A preference has a name of letters, and a subject behind a colon", field="name")
    if value is None:
        return
    if len(value) > MAX_VALUE_CHARS:
        raise InvalidSyntax(f"A preference has at most {MAX_VALUE_CHARS} characters", field="value")
    try:
        orjson.loads(value)
    except orjson.JSONDecodeError:
        raise InvalidSyntax("A preference is JSON", field="value") from None


async def _put(tx: Tx, user_id: int, name: str, value: str | None) -> None:
    if value is None:
        await tx.execute("DELETE FROM preference WHERE user_id = ? AND name = ?", user_id, name)
        return
    await tx.execute(
        "INSERT INTO preference (id, user_id, name, value) VALUES (?, ?, ?, ?)"
        " ON CONFLICT (user_id, name) DO UPDATE SET value = excluded.value",
        ids.new_id(),
        user_id,
        name,
        value,
    )


async def forget_user(tx: Tx, user_id: int) -> None:
    """Forget everything of a user who is removed."""
    await tx.execute("DELETE FROM preference WHERE user_id = ?", user_id)
