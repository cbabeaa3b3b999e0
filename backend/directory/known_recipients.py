"""Whom a user has written to before, elsewhere: a stolen password shows in mail to many strangers in a day.

Kept are digests of addresses, keyed by the user, the newest `MOST_KEPT` of each; who was not written to for
`LASTS_S` is new again. Addresses of this installation are nobody's strangers.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from hashlib import blake2b

from backend.directory import resolve
from backend.kit import clock, db, ids
from backend.kit.db import Tx

MOST_KEPT = 20_000
LASTS_S = 400 * 86_400
# A time is written anew only when it is older, so most messages write nothing.
_FRESH_S = 30 * 86_400
_AT_ONCE = 500

Recipient = tuple[str, str]  # localpart, domain


async def strangers(user_id: int, recipients: Iterable[Recipient]) -> tuple[list[int], list[int]]:
    """Digests of recipients that are new to the user, and of known ones whose time is to be written anew."""
    wanted = [
        _digest(user_id, localpart, domain)
        for localpart, domain in recipients
        if not await resolve.is_local_domain(domain)
    ]
    known: dict[int, int] = {}
    for start in range(0, len(wanted), _AT_ONCE):
        part = wanted[start : start + _AT_ONCE]
        marks = ", ".join("?" * len(part))
        known.update(
            (row[0], row[1])
            for row in await db.fetch_rows(
                f"SELECT digest, last_at FROM known_recipient WHERE user_id = ? AND digest IN ({marks})",
                user_id,
                *part,
            )
        )
    now = clock.now()
    new = [digest for digest in dict.fromkeys(wanted) if known.get(digest, 0) < now - LASTS_S]
    stale = [digest for digest, at in known.items() if now - LASTS_S <= at < now - _FRESH_S]
    return new, stale


async def remember(user_id: int, digests: Sequence[int]) -> None:
    """The user has written to them now."""
    if not digests:
        return
    now = clock.now()

    async def verb(tx: Tx) -> None:
        await tx.execute_many(
            "INSERT INTO known_recipient (id, user_id, digest, last_at) VALUES (?, ?, ?, ?)"
            " ON CONFLICT (user_id, digest) DO UPDATE SET last_at = excluded.last_at",
            [(ids.new_id(), user_id, digest, now) for digest in digests],
        )

    await db.write(verb, durable=False)


async def prune() -> int:
    """Forget who is new again, and of each user what is more than is kept; how many rows went."""
    gone = await db.write(
        lambda tx: tx.execute("DELETE FROM known_recipient WHERE last_at < ?", clock.now() - LASTS_S)
    )
    crowded = await db.scan(
        "SELECT user_id FROM known_recipient GROUP BY user_id HAVING COUNT(*) > ?", MOST_KEPT
    )
    for (user_id,) in crowded:
        gone += await db.write(
            lambda tx, user_id=user_id: tx.execute(  # type: ignore[misc]  # bound now
                "DELETE FROM known_recipient WHERE user_id = ? AND id NOT IN (SELECT id FROM known_recipient"
                " WHERE user_id = ? ORDER BY last_at DESC, id DESC LIMIT ?)",
                user_id,
                user_id,
                MOST_KEPT,
            )
        )
    return gone


def _digest(user_id: int, localpart: str, domain: str) -> int:
    text = f"{localpart.lower()}@{domain.lower()}".encode("utf-8", "surrogatepass")
    value = blake2b(text, digest_size=8, key=user_id.to_bytes(8, "big", signed=True)).digest()
    return int.from_bytes(value, "big", signed=True)
