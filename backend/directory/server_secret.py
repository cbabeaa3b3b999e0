"""Random secrets that all processes of an installation share, each made when it is first needed."""

from __future__ import annotations

import secrets

from backend.directory.caches import Cache
from backend.kit import db
from backend.kit.db import Tx
from schema.events import Event


def _keep(cache: Cache[str, bytes], event: Event) -> None:
    """A secret never changes."""


_by_name: Cache[str, bytes] = Cache(ttl_s=86_400, limit=100, drop=_keep)


async def get(name: str) -> bytes:
    """The 32 bytes of that name."""
    return await _by_name.get(name, _find)


async def _find(name: str) -> bytes:
    found = await db.fetch_value("SELECT value FROM server_secret WHERE name = ?", name)
    if found is None:
        found = await db.write(lambda tx: _make(tx, name))
    return bytes.fromhex(found)


async def _make(tx: Tx, name: str) -> str:
    await tx.execute(
        "INSERT INTO server_secret (name, value) VALUES (?, ?) ON CONFLICT (name) DO NOTHING",
        name,
        secrets.token_hex(32),
    )
    return str(await tx.fetch_value("SELECT value FROM server_secret WHERE name = ?", name))
