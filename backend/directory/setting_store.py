"""Rows of the settings table: what is stored for a target and the levels above it."""

from __future__ import annotations

import json
from typing import Protocol

from backend.directory.setting_key import Level, SettingKey, Value
from backend.directory.setting_values import Chain, Stored
from backend.directory.types import User
from backend.kit import clock, ids
from backend.kit.db import Row, Tx
from backend.kit.errors import NotFound

SYSTEM_TARGET = 0
# No id is negative: stands where a level has no target.
_NOWHERE = -1


class Reader(Protocol):
    """Whatever rows can be read with: the database, or an open transaction."""

    async def fetch_row(self, sql: str, /, *args: object) -> Row | None:
        """The first row, or None."""

    async def fetch_rows(self, sql: str, /, *args: object) -> list[Row]:
        """Every row."""


async def load_chain(reader: Reader, level: Level, target_id: int) -> Chain:
    """Read what is stored for a target and above it; raises `NotFound` for a domain or user that does not
    exist.
    """
    domain_id: int | None = None
    names: dict[Level, str] = {}
    if level is Level.USER:
        row = await reader.fetch_row(f"SELECT {User.COLUMNS} FROM {User.TABLES} WHERE u.id = ?", target_id)
        if row is None:
            raise NotFound("No such user")
        user = User.from_row(row)
        domain_id, names = user.domain_id, {Level.DOMAIN: user.domain, Level.USER: user.address}
    elif level is Level.DOMAIN:
        row = await reader.fetch_row("SELECT name FROM domain WHERE id = ?", target_id)
        if row is None:
            raise NotFound("No such domain")
        domain_id, names = target_id, {Level.DOMAIN: row[0]}
    found = await reader.fetch_rows(
        "SELECT level, key, value, ceiling, set_by FROM setting WHERE (level = 'system' AND target_id = 0) "
        "OR (level = 'domain' AND target_id = ?) OR (level = 'user' AND target_id = ?)",
        domain_id if domain_id is not None else _NOWHERE,
        target_id if level is Level.USER else _NOWHERE,
    )
    rows: dict[Level, dict[str, Stored]] = {}
    for at, key, value, ceiling, set_by in found:
        rows.setdefault(Level(at), {})[key] = Stored(_loads(value), _loads(ceiling), set_by)
    return Chain(level, target_id, domain_id, names, rows)


async def forget_target(tx: Tx, level: Level, target_id: int) -> None:
    """Remove every value of a domain or user that goes away."""
    await tx.execute("DELETE FROM setting WHERE level = ? AND target_id = ?", level.value, target_id)


async def save(tx: Tx, key: SettingKey, chain: Chain, stored: Stored) -> None:
    """Write a row, or remove it where it says nothing any more."""
    if stored.value is None and stored.ceiling is None:
        await tx.execute(
            "DELETE FROM setting WHERE level = ? AND target_id = ? AND key = ?",
            chain.level.value,
            chain.target_id,
            key.key,
        )
        return
    await tx.execute(
        "INSERT INTO setting (id, level, target_id, key, value, ceiling, set_by, set_at)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (level, target_id, key) DO UPDATE SET"
        " value = excluded.value, ceiling = excluded.ceiling,"
        " set_by = excluded.set_by, set_at = excluded.set_at",
        ids.new_id(),
        chain.level.value,
        chain.target_id,
        key.key,
        _dumps(stored.value),
        _dumps(stored.ceiling),
        stored.set_by,
        clock.now(),
    )


def _loads(text: str | None) -> Value | None:
    value: Value | None = None if text is None else json.loads(text)
    return value


def _dumps(value: Value | None) -> str | None:
    return None if value is None else json.dumps(value)
