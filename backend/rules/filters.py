"""A user's filters: an ordered list of the own account.

Every change is announced as a change of the user, so that each process forgets what it knew of the rules.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from backend.directory import settings
from backend.kit import clock, db, ids
from backend.kit.db import Row, Tx
from backend.kit.errors import InvalidSyntax, LimitExceeded, NotFound
from backend.rules.definition import LONGEST_NAME, Definition, check, decode, encode
from schema.events import UserChanged

MOST_FILTERS = 100
_COLUMNS = "id, position, name, is_enabled, definition"


@dataclass(frozen=True, slots=True)
class Filter:
    """A stored filter; without a definition it cannot be read any more and does nothing."""

    id: int
    position: int
    name: str
    is_enabled: bool
    definition: Definition | None


@dataclass(frozen=True, slots=True)
class NewFilter:
    """What a filter is to be. Raises InvalidSyntax or LimitExceeded where it cannot be one."""

    name: str
    definition: Definition
    is_enabled: bool = True

    def __post_init__(self) -> None:
        if not self.name.strip() or len(self.name) > LONGEST_NAME or not self.name.isprintable():
            raise InvalidSyntax(f"A name of at most {LONGEST_NAME} characters is needed", field="name")
        check(self.definition)


async def list_filters(account_id: int) -> list[Filter]:
    """All of them, in their order."""
    rows = await db.fetch_rows(
        f"SELECT {_COLUMNS} FROM mail_filter WHERE account_id = ? ORDER BY position, id", account_id
    )
    return [_filter(row) for row in rows]


async def get(account_id: int, filter_id: int) -> Filter:
    """One of them. Raises NotFound, also for another account's."""
    row = await db.fetch_row(
        f"SELECT {_COLUMNS} FROM mail_filter WHERE id = ? AND account_id = ?", filter_id, account_id
    )
    if row is None:
        raise NotFound("There is no such filter")
    return _filter(row)


def _filter(row: Row) -> Filter:
    return Filter(row[0], row[1], row[2], bool(row[3]), decode(row[4]))


async def add(tx: Tx, account_id: int, new: NewFilter, position: int | None = None) -> int:
    """Put a filter at a position, or behind the others; its id. Raises LimitExceeded."""
    await _lock(tx, account_id)
    known = await _ids(tx, account_id)
    if len(known) >= MOST_FILTERS:
        raise LimitExceeded(f"There are {MOST_FILTERS} filters already, and that is the most there can be")
    filter_id = ids.new_id()
    await tx.execute(
        "INSERT INTO mail_filter (id, account_id, position, name, is_enabled, definition, created_at)"
        " VALUES (?, ?, ?, ?, ?, ?, ?)",
        filter_id,
        account_id,
        len(known),
        new.name.strip(),
        int(new.is_enabled),
        encode(new.definition),
        clock.now(),
    )
    if position is not None and 0 <= position < len(known):
        await _arrange(tx, [*known[:position], filter_id, *known[position:]])
    return filter_id


async def update(tx: Tx, account_id: int, filter_id: int, new: NewFilter) -> None:
    """Change a filter; it keeps its place. Raises NotFound."""
    touched = await tx.execute(
        "UPDATE mail_filter SET name = ?, is_enabled = ?, definition = ? WHERE id = ? AND account_id = ?",
        new.name.strip(),
        int(new.is_enabled),
        encode(new.definition),
        filter_id,
        account_id,
    )
    if not touched:
        raise NotFound("There is no such filter")


async def set_enabled(account_id: int, filter_id: int, is_enabled: bool) -> None:
    """Turn a filter on or off. Raises NotFound."""

    async def verb(tx: Tx) -> None:
        touched = await tx.execute(
            "UPDATE mail_filter SET is_enabled = ? WHERE id = ? AND account_id = ?",
            int(is_enabled),
            filter_id,
            account_id,
        )
        if not touched:
            raise NotFound("There is no such filter")

    await changed(account_id, verb)


async def reorder(account_id: int, wanted: Sequence[int]) -> None:
    """Bring the filters into this order; those that are not named stand behind, as they did."""

    async def verb(tx: Tx) -> None:
        await _lock(tx, account_id)
        known = await _ids(tx, account_id)
        first = [one for one in dict.fromkeys(wanted) if one in known]
        await _arrange(tx, [*first, *(one for one in known if one not in first)])

    await changed(account_id, verb)


async def remove(account_id: int, filter_id: int) -> None:
    """Remove a filter. Raises NotFound."""

    async def verb(tx: Tx) -> None:
        touched = await tx.execute(
            "DELETE FROM mail_filter WHERE id = ? AND account_id = ?", filter_id, account_id
        )
        if not touched:
            raise NotFound("There is no such filter")

    await changed(account_id, verb)


async def changed(account_id: int, verb: db.Verb[None]) -> None:
    """Run a verb that changes rules of the account, and tell of it."""
    domain_id = await settings.domain_of(account_id)

    async def telling(tx: Tx) -> None:
        await verb(tx)
        tx.announce(UserChanged(account_id, domain_id))

    await db.write(telling)


async def _lock(tx: Tx, account_id: int) -> None:
    """Who adds or arranges at the same moment waits for the other."""
    await tx.execute("UPDATE account SET modseq = modseq WHERE id = ?", account_id)


async def _ids(tx: Tx, account_id: int) -> list[int]:
    rows = await tx.fetch_rows(
        "SELECT id FROM mail_filter WHERE account_id = ? ORDER BY position, id", account_id
    )
    return [row[0] for row in rows]


async def _arrange(tx: Tx, order: Sequence[int]) -> None:
    await tx.execute_many("UPDATE mail_filter SET position = ? WHERE id = ?", list(enumerate(order)))
