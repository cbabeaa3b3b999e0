"""Mail that was refused before it was accepted, kept for a while for whoever asks where it is.

Acceptance hands in what it has gathered (`protocol_service.smtp.refusals`). The table is bounded by age and
by rows, so that a flood costs neither more than its time nor more than its space.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from backend.directory.names import bare
from backend.kit import clock, db, ids
from backend.kit.db import Tx

KEEP_S = 30 * 86_400
MOST_KEPT = 200_000
_SLICE = 1000
_BARE_LIMIT = 64
_COLUMNS = (
    "id, sender, localpart, domain, account_id, account_domain, remote_address, helo, protocol, status,"
    " reply, times"
)


@dataclass(frozen=True, slots=True)
class Refusal:
    """A row, see `schema.models.refusals`."""

    id: int
    sender: str
    localpart: str
    domain: str
    account_id: int | None
    account_domain: str | None
    remote_address: str
    helo: str
    protocol: str
    status: str
    reply: str
    times: int = 1

    @property
    def at(self) -> int:
        """When, in Unix seconds."""
        return ids.milliseconds(self.id) // 1000

    @property
    def address(self) -> str:
        """Who was to have it: `@domain` for several of a domain, empty where nobody was named."""
        return f"{self.localpart}@{self.domain}" if self.domain else ""


@dataclass(frozen=True, slots=True)
class Source:
    """Refusals that an index finds: a condition on `refusal` with its arguments."""

    condition: str
    args: tuple[object, ...] = ()


async def record(tx: Tx, refusals: Sequence[Refusal]) -> None:
    """Keep them; texts are cut to their columns."""
    await tx.execute_many(
        f"INSERT INTO refusal ({_COLUMNS}, bare_localpart) VALUES ({db.marks(13)})",
        [
            (
                one.id,
                one.sender[:320],
                one.localpart[:255],
                one.domain[:253],
                one.account_id,
                one.account_domain,
                one.remote_address[:64],
                one.helo[:255],
                one.protocol,
                one.status[:12],
                one.reply[:600],
                one.times,
                bare(one.localpart)[:_BARE_LIMIT],
            )
            for one in refusals
        ],
    )


async def find(
    sources: Sequence[Source], pattern: str | None, *, since: int, before: int, limit: int
) -> list[Refusal]:
    """Those of the sources with ids from `since` to below `before`, newest first; with a LIKE pattern those
    whose sender or recipient fits it.
    """
    condition, args = "id >= ? AND id < ?", [since, before]
    texts: list[object] = []
    if pattern is not None:
        condition += (
            " AND (lower(sender) LIKE ? ESCAPE '!' OR lower(localpart || '@' || domain) LIKE ? ESCAPE '!')"
        )
        texts = [pattern, pattern]
    found: dict[int, Refusal] = {}
    for source in sources:
        rows = await db.scan(
            f"SELECT {_COLUMNS} FROM refusal WHERE {source.condition} AND {condition}"
            " ORDER BY id DESC LIMIT ?",
            *source.args,
            *args,
            *texts,
            limit,
        )
        found.update({row[0]: Refusal(*row) for row in rows})
    return [found[id_] for id_ in sorted(found, reverse=True)[:limit]]


async def prune(older_than_s: int = KEEP_S, most: int = MOST_KEPT) -> int:
    """Remove old ones, and the oldest of too many, a slice a transaction; how many went."""
    before = ids.first_at((clock.now() - older_than_s) * 1000)
    newest = await db.scan("SELECT id FROM refusal ORDER BY id DESC LIMIT 1 OFFSET ?", most - 1)
    if newest:
        before = max(before, newest[0][0])
    total = 0
    while removed := await db.write(lambda tx: _prune(tx, before), durable=False):
        total += removed
    return total


async def _prune(tx: Tx, before: int) -> int:
    return await tx.execute(
        "DELETE FROM refusal WHERE id IN (SELECT id FROM refusal WHERE id < ? ORDER BY id LIMIT ?)",
        before,
        _SLICE,
    )
