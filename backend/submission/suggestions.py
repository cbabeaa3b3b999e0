"""Whom a user may mean to write to: people they wrote to, people who wrote, and addresses of the domain.

In that order, the first by how much and how lately they are written to. Each word that is typed has to begin
a word of the name, the address or its domain. Lists and group addresses of the domain are among the last.
"""

from __future__ import annotations

from dataclasses import dataclass

from backend.kit import db
from backend.submission import correspondents
from backend.submission.correspondents import matches

RECENT_MESSAGES = 2000


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A name and an address; `source` is `history`, `directory`, `list` or `group`."""

    name: str
    address: str
    source: str


async def find(account_id: int, domain_id: int | None, text: str, *, limit: int) -> list[Suggestion]:
    """Up to `limit` suggestions; none for an empty text."""
    wanted = text.strip().casefold()
    if not wanted:
        return []
    left_out = await correspondents.hidden(account_id)
    found: dict[str, Suggestion] = {}

    def take(source: str, rows: list[db.Row]) -> None:
        for name, address in rows:
            key = address.casefold()
            if key not in found and key not in left_out and matches(wanted.split(), name, address):
                found[key] = Suggestion(name, address, source)

    take("history", [(one.name, one.address) for one in await correspondents.find(account_id, wanted)])
    if len(found) < limit:
        take("history", await _writers(account_id))
    if domain_id is not None and len(found) < limit:
        pattern = f"%{_escaped(wanted.split()[0])}%"
        take("directory", await _users(domain_id, pattern, limit))
        take("list", await _lists(domain_id, pattern, limit))
        take("group", await _groups(domain_id, pattern, limit))
    return list(found.values())[:limit]


async def _writers(account_id: int) -> list[db.Row]:
    """Who wrote lately, latest first, each once."""
    rows = await db.fetch_rows(
        "SELECT from_name, from_addr FROM (SELECT from_name, from_addr, id FROM email WHERE account_id = ? "
        "ORDER BY id DESC LIMIT ?) AS recent GROUP BY from_name, from_addr ORDER BY MAX(id) DESC LIMIT 500",
        account_id,
        RECENT_MESSAGES,
    )
    return [row for row in rows if "@" in row[1]]


async def _users(domain_id: int, pattern: str, limit: int) -> list[db.Row]:
    rows = await db.fetch_rows(
        "SELECT u.name, u.localpart, d.name FROM user_account u JOIN domain d ON d.id = u.domain_id "
        "WHERE u.domain_id = ? AND u.is_enabled = 1 AND (LOWER(u.localpart) LIKE ? ESCAPE '\\' "
        "OR LOWER(u.name) LIKE ? ESCAPE '\\') ORDER BY u.localpart LIMIT ?",
        domain_id,
        pattern,
        pattern,
        limit * 4,
    )
    return [(name, f"{localpart}@{domain}") for name, localpart, domain in rows]


async def _lists(domain_id: int, pattern: str, limit: int) -> list[db.Row]:
    rows = await db.fetch_rows(
        "SELECT l.name, l.localpart, d.name FROM mailing_list l JOIN domain d ON d.id = l.domain_id "
        "WHERE l.domain_id = ? AND l.is_enabled = 1 AND (LOWER(l.localpart) LIKE ? ESCAPE '\\' "
        "OR LOWER(l.name) LIKE ? ESCAPE '\\') ORDER BY l.localpart LIMIT ?",
        domain_id,
        pattern,
        pattern,
        limit * 4,
    )
    return [(name, f"{localpart}@{domain}") for name, localpart, domain in rows]


async def _groups(domain_id: int, pattern: str, limit: int) -> list[db.Row]:
    """Aliases that lead to several."""
    rows = await db.fetch_rows(
        "SELECT a.localpart, d.name FROM alias a JOIN domain d ON d.id = a.domain_id "
        "WHERE a.domain_id = ? AND a.is_enabled = 1 AND a.localpart <> '*' AND a.targets LIKE '%,%' "
        "AND LOWER(a.localpart) LIKE ? ESCAPE '\\' ORDER BY a.localpart LIMIT ?",
        domain_id,
        pattern,
        limit * 4,
    )
    return [("", f"{localpart}@{domain}") for localpart, domain in rows]


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
