"""Saved searches: kept under a name, shown as folders; what they hold is looked for anew each time."""

from __future__ import annotations

from dataclasses import dataclass

from backend.kit import clock, db, ids
from backend.kit.db import Tx
from backend.kit.errors import Conflict, InvalidSyntax, LimitExceeded, NotFound
from backend.mailstore.search_branches import branches
from backend.mailstore.search_syntax import parse

MAX_SAVED = 50
MAX_NAME_CHARS = 100
MAX_QUERY_CHARS = 500


@dataclass(frozen=True, slots=True)
class SavedSearch:
    """A search and its name."""

    id: int
    name: str
    query: str


async def of_account(account_id: int) -> list[SavedSearch]:
    """All of an account, by name."""
    rows = await db.fetch_rows(
        "SELECT id, name, query FROM saved_search WHERE account_id = ? LIMIT ?", account_id, MAX_SAVED
    )
    return sorted((SavedSearch(*row) for row in rows), key=lambda one: one.name.casefold())


async def save(account_id: int, name: str, query: str, *, search_id: int | None = None) -> SavedSearch:
    """Keep a search, or change one. Raises InvalidSyntax, Conflict (the name is taken), LimitExceeded,
    NotFound.
    """
    name, query = name.strip(), query.strip()
    if not 0 < len(name) <= MAX_NAME_CHARS or not name.isprintable():
        raise InvalidSyntax(f"A name has 1 to {MAX_NAME_CHARS} characters in one line", field="name")
    if len(query) > MAX_QUERY_CHARS or not branches(parse(query, now=clock.now()).tree):
        raise InvalidSyntax("There is nothing to search for", field="query")

    async def verb(tx: Tx) -> SavedSearch:
        taken = await tx.fetch_value(
            "SELECT id FROM saved_search WHERE account_id = ? AND name = ?", account_id, name
        )
        if taken is not None and taken != search_id:
            raise Conflict("A saved search of that name exists", field="name")
        if search_id is not None:
            changed = await tx.execute(
                "UPDATE saved_search SET name = ?, query = ? WHERE id = ? AND account_id = ?",
                *(name, query, search_id, account_id),
            )
            if not changed:
                raise NotFound("There is no such saved search")
            return SavedSearch(search_id, name, query)
        count = await tx.fetch_value("SELECT COUNT(*) FROM saved_search WHERE account_id = ?", account_id)
        if count >= MAX_SAVED:
            raise LimitExceeded(f"At most {MAX_SAVED} searches are kept")
        saved = SavedSearch(ids.new_id(), name, query)
        await tx.execute(
            "INSERT INTO saved_search (id, account_id, name, query, created_at) VALUES (?, ?, ?, ?, ?)",
            *(saved.id, account_id, name, query, clock.now()),
        )
        return saved

    return await db.write(verb)


async def remove(account_id: int, search_id: int) -> None:
    """Forget a saved search. Raises NotFound."""
    gone = await db.write(
        lambda tx: tx.execute(
            "DELETE FROM saved_search WHERE id = ? AND account_id = ?", search_id, account_id
        )
    )
    if not gone:
        raise NotFound("There is no such saved search")
