"""Saved searches: kept under a name, shown as folders; what they hold is looked for anew each time.

A search that names a mailbox (`in:`) goes on meaning that one when it is renamed or moved.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from backend.kit import clock, db, ids
from backend.kit.db import Tx
from backend.kit.errors import Conflict, InvalidSyntax, LimitExceeded, NotFound
from backend.mailstore import mailbox_rows
from backend.mailstore.search_branches import branches
from backend.mailstore.search_conditions import means_all, named
from backend.mailstore.search_syntax import parse, written
from backend.mailstore.types import MailboxId, MailboxRow

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


async def follow(tx: Tx, account_id: int, renamed: Mapping[MailboxId, str]) -> None:
    """Let the searches of an account name mailboxes by what they are about to be called.

    A search stays as it is where it means the same anyway, where the new name cannot be typed, and where it
    would become too long.
    """
    saved = [
        SavedSearch(*row)
        for row in await tx.fetch_rows(
            "SELECT id, name, query FROM saved_search WHERE account_id = ? AND lower(query) LIKE '%in:%'",
            account_id,
        )
    ]
    if not saved:
        return
    rows = await mailbox_rows.of_account(tx, account_id)
    changed = {one.id: _following(one.query, rows, renamed) for one in saved}
    await tx.execute_many(
        "UPDATE saved_search SET query = ? WHERE id = ? AND account_id = ?",
        [
            (changed[one.id], one.id, account_id)
            for one in saved
            if changed[one.id] != one.query and len(changed[one.id]) <= MAX_QUERY_CHARS
        ],
    )


def _following(query: str, before: list[MailboxRow], renamed: Mapping[MailboxId, str]) -> str:
    """The search with the new names of the mailboxes it means."""
    after = [replace(row, name=renamed.get(row.id, row.name)) for row in before]
    for term in reversed(parse(query, now=clock.now()).terms):
        if term.operator != "in":
            continue
        name = term.value.strip()
        meant = named(before, name)
        names = sorted(row.name for row in after if row.id in meant)
        if meant.isdisjoint(renamed) or meant == named(after, name):
            continue
        if not all(_can_be_typed(one, after) for one in names):
            continue
        end = term.start + term.length
        typed = query[term.start : end]
        # Within `in:(…)` the operator stands before the group.
        head = typed[: len("-in:") if term.is_excluded else len("in:")].lower()
        sign, operator = ("-" if term.is_excluded else ""), ("in:" if head.endswith("in:") else "")
        values = " ".join(written(one) for one in names)
        value = values if len(names) == 1 else f"{{{values}}}"
        query = query[: term.start] + sign + operator + value + query[end:]
    return query


def _can_be_typed(name: str, rows: list[MailboxRow]) -> bool:
    terms = parse(f"in:{written(name)}", now=clock.now()).terms
    if len(terms) != 1 or means_all(name):
        return False
    found = named(rows, terms[0].value.strip())
    return any(row.id in found for row in rows if row.name == name)
