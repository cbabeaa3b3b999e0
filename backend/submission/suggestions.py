"""Whom a user may mean to write to: people they wrote to, people who wrote, and the own domain's users.

Ranked by that order and by how recent; a prefix of the name, of a later word of it, or of the address counts.
"""

from __future__ import annotations

from dataclasses import dataclass

from backend.kit import db

RECENT_MESSAGES = 2000


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A name and an address; `source` is `history` or `directory`."""

    name: str
    address: str
    source: str


async def find(account_id: int, domain_id: int | None, text: str, *, limit: int) -> list[Suggestion]:
    """Up to `limit` suggestions; none for an empty text."""
    wanted = text.strip().casefold()
    if not wanted:
        return []
    found: dict[str, Suggestion] = {}
    for source, rows in (
        ("history", await _history(account_id)),
        ("directory", await _directory(domain_id, wanted, limit)),
    ):
        for name, address in rows:
            key = address.casefold()
            if key not in found and _matches(wanted, name, address):
                found[key] = Suggestion(name, address, source)
    return list(found.values())[:limit]


async def _history(account_id: int) -> list[db.Row]:
    """Who wrote lately, latest first, each once."""
    rows = await db.fetch_rows(
        "SELECT from_name, from_addr FROM (SELECT from_name, from_addr, id FROM email WHERE account_id = ? "
        "ORDER BY id DESC LIMIT ?) AS recent GROUP BY from_name, from_addr ORDER BY MAX(id) DESC LIMIT 500",
        account_id,
        RECENT_MESSAGES,
    )
    return [row for row in rows if "@" in row[1]]


async def _directory(domain_id: int | None, wanted: str, limit: int) -> list[db.Row]:
    if domain_id is None:
        return []
    escaped = wanted.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
    rows = await db.fetch_rows(
        "SELECT u.name, u.localpart, d.name FROM user_account u JOIN domain d ON d.id = u.domain_id "
        "WHERE u.domain_id = ? AND u.is_enabled = 1 AND (LOWER(u.localpart) LIKE ? ESCAPE '\\' "
        "OR LOWER(u.name) LIKE ? ESCAPE '\\') ORDER BY u.localpart LIMIT ?",
        domain_id,
        f"{escaped}%",
        f"%{escaped}%",
        limit * 2,
    )
    return [(name, f"{localpart}@{domain}") for name, localpart, domain in rows]


def _matches(wanted: str, name: str, address: str) -> bool:
    folded = name.casefold()
    return address.casefold().startswith(wanted) or folded.startswith(wanted) or f" {wanted}" in folded
