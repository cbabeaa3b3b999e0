"""Codes on paper, each good once, for when the authenticator is lost.

A code has 80 random bits, so its SHA-256 is safe in the database.
"""

from __future__ import annotations

import hashlib
import secrets

from backend.directory.setting_store import Reader
from backend.kit import ids
from backend.kit.db import Tx

COUNT = 10
_ALPHABET = "abcdefghijkmnpqrstuvwxyz23456789"
_GROUPS, _GROUP_CHARS = 4, 4


async def make(tx: Tx, subject_id: int) -> list[str]:
    """New codes in place of those there were; they cannot be shown again."""
    await delete(tx, subject_id)
    codes = [_new() for _ in range(COUNT)]
    await tx.execute_many(
        "INSERT INTO recovery_code (id, subject_id, code_hash) VALUES (?, ?, ?)",
        [(ids.new_id(), subject_id, _hash(code)) for code in codes],
    )
    return codes


async def use(tx: Tx, subject_id: int, code: str) -> bool:
    """Whether it is one of this person's; then it is gone."""
    sql = "DELETE FROM recovery_code WHERE subject_id = ? AND code_hash = ?"
    return await tx.execute(sql, subject_id, _hash(code)) == 1


async def count(reader: Reader, subject_id: int) -> int:
    """How many are left."""
    row = await reader.fetch_row("SELECT COUNT(*) FROM recovery_code WHERE subject_id = ?", subject_id)
    return row[0] if row is not None else 0


async def delete(tx: Tx, subject_id: int) -> None:
    """Forget all of them."""
    await tx.execute("DELETE FROM recovery_code WHERE subject_id = ?", subject_id)


def _new() -> str:
    groups = ("".join(secrets.choice(_ALPHABET) for _ in range(_GROUP_CHARS)) for _ in range(_GROUPS))
    return "-".join(groups)


def _hash(code: str) -> str:
    """However it was typed: capitals, blanks and hyphens do not count."""
    plain = "".join(char for char in code.lower() if char.isalnum())
    return hashlib.sha256(plain.encode("utf-8", "surrogatepass")).hexdigest()
