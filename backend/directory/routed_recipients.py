"""Recipients of a domain who are on another server, for a route that takes only those listed."""

from __future__ import annotations

from collections.abc import Sequence

from backend.directory import audit, domains, names, policy
from backend.directory.pages import Page, contains
from backend.directory.principal import Principal
from backend.directory.roles import Permission
from backend.directory.setting_store import Reader
from backend.kit import db, ids
from backend.kit.db import Tx
from backend.kit.errors import InvalidSyntax, LimitExceeded
from schema.events import DomainChanged

AT_ONCE = 1000
MOST = 100_000


async def add(actor: Principal, domain_id: int, localparts: Sequence[str]) -> int:
    """List these recipients; how many were new."""
    policy.require(actor, Permission.ALIASES_MANAGE, on=domain_id)
    _require_few(localparts)

    async def verb(tx: Tx) -> int:
        domain = await domains.locked(tx, domain_id)
        wanted = sorted({_localpart(text, domain.name) for text in localparts})
        known = await _known(tx, domain_id, wanted)
        new = [one for one in wanted if one not in known]
        count = await tx.fetch_value("SELECT count(*) FROM routed_recipient WHERE domain_id = ?", domain_id)
        if count + len(new) > MOST:
            raise LimitExceeded(f"A domain lists at most {MOST} recipients of another server")
        await tx.execute_many(
            "INSERT INTO routed_recipient (id, domain_id, localpart) VALUES (?, ?, ?)",
            [(ids.new_id(), domain_id, one) for one in new],
        )
        await _changed(tx, actor, "route.list", domain.name, domain_id, new)
        return len(new)

    return await db.write(verb)


async def remove(actor: Principal, domain_id: int, localparts: Sequence[str]) -> int:
    """Take these recipients off the list; how many were on it."""
    policy.require(actor, Permission.ALIASES_MANAGE, on=domain_id)
    _require_few(localparts)

    async def verb(tx: Tx) -> int:
        domain = await domains.locked(tx, domain_id)
        wanted = sorted({_localpart(text, domain.name) for text in localparts})
        gone = sorted(await _known(tx, domain_id, wanted))
        await tx.execute_many(
            "DELETE FROM routed_recipient WHERE domain_id = ? AND localpart = ?",
            [(domain_id, one) for one in gone],
        )
        await _changed(tx, actor, "route.unlist", domain.name, domain_id, gone)
        return len(gone)

    return await db.write(verb)


async def list_page(
    actor: Principal, domain_id: int, *, after: str = "", limit: int = 50, search: str = ""
) -> Page[str]:
    """Listed localparts in order."""
    policy.require(actor, Permission.USERS_READ, on=domain_id)
    where, args = "domain_id = ? AND localpart LIKE ? ESCAPE '!'", (domain_id, contains(search))
    total = await db.fetch_value(f"SELECT count(*) FROM routed_recipient WHERE {where}", *args)
    rows = await db.fetch_rows(
        f"SELECT localpart FROM routed_recipient WHERE {where} AND localpart > ? ORDER BY localpart LIMIT ?",
        *args,
        after,
        limit + 1,
    )
    return Page.cut([row[0] for row in rows], limit, total)


async def is_listed(reader: Reader, domain_id: int, localparts: Sequence[str]) -> bool:
    """Whether one of the folded localparts is listed."""
    return bool(await _known(reader, domain_id, localparts))


async def _known(reader: Reader, domain_id: int, localparts: Sequence[str]) -> set[str]:
    found: set[str] = set()
    for at in range(0, len(localparts), 200):
        part = localparts[at : at + 200]
        rows = await reader.fetch_rows(
            "SELECT localpart FROM routed_recipient"
            f" WHERE domain_id = ? AND localpart IN ({db.marks(len(part))})",
            domain_id,
            *part,
        )
        found |= {row[0] for row in rows}
    return found


def _require_few(localparts: Sequence[str]) -> None:
    if len(localparts) > AT_ONCE:
        raise LimitExceeded(f"At most {AT_ONCE} recipients at once", field="localparts")


def _localpart(text: str, domain: str) -> str:
    """What stands before the @, whether the whole address was given or only that."""
    typed = text.strip()
    found = names.local_address(typed if "@" in typed else f"{typed}@{domain}", field="localparts")
    if found.domain != domain:
        raise InvalidSyntax(f"{found} is not of {domain}", field="localparts")
    return found.localpart


async def _changed(
    tx: Tx, actor: Principal, action: str, domain: str, domain_id: int, localparts: Sequence[str]
) -> None:
    if localparts:
        detail = {"count": len(localparts), "first": list(localparts[:20])}
        await audit.record(tx, actor, action, domain, domain_id, detail)
        tx.announce(DomainChanged(domain_id))
