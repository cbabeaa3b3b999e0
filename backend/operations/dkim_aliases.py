"""Signing under the further names of a domain: with its keys, once each name carries their records.

`domain_alias.dkim_selectors` holds the selectors that were last seen published under the name. Of each
algorithm the key in use signs, or, while a rollover has not reached the name yet, the one before it.
"""

from __future__ import annotations

from collections.abc import Sequence

from backend.formats import dkim
from backend.formats.dkim import SigningKey
from backend.kit import db
from backend.kit.db import Row
from backend.kit.errors import Unavailable
from backend.kit.resolver import DnsUnavailable, NoData, NoSuchName, Resolver
from schema.events import DomainChanged

ACTIVE, RETIRED = 1, 2


async def signing_keys(name: str) -> tuple[SigningKey, ...]:
    """The keys that sign for a domain alias, none where it is not one."""
    rows = await db.fetch_rows(
        "SELECT k.selector, k.private_key, k.algorithm, a.dkim_selectors FROM domain_alias a"
        " JOIN domain d ON d.id = a.domain_id JOIN dkim_key k ON k.domain_id = d.id"
        " WHERE a.name = ? AND d.is_enabled = 1 AND k.state IN (?, ?)"
        " ORDER BY k.algorithm DESC, k.state, k.changed_at DESC",
        name,
        ACTIVE,
        RETIRED,
    )
    chosen: dict[str, SigningKey] = {}
    for selector, pem, algorithm, published in rows:
        if selector in published.split():
            chosen.setdefault(algorithm, SigningKey(name, selector, dkim.from_pem(pem)))
    return tuple(chosen.values())


async def look(domain_id: int, resolver: Resolver) -> int:
    """Ask DNS which keys of the domain each of its aliases carries; how many aliases changed."""
    aliases = await db.fetch_rows(
        "SELECT id, name, dkim_selectors FROM domain_alias WHERE domain_id = ? ORDER BY id", domain_id
    )
    if not aliases:
        return 0
    keys = await db.fetch_rows(
        "SELECT selector, private_key FROM dkim_key WHERE domain_id = ? AND state IN (?, ?) ORDER BY id",
        domain_id,
        ACTIVE,
        RETIRED,
    )
    changed = 0
    for alias_id, name, before in aliases:
        try:
            after = await _published(name, keys, resolver)
        except Unavailable:
            break  # asked again next time
        if after != before:
            await _save(domain_id, alias_id, after)
            changed += 1
    return changed


async def is_published(name: str, selector: str, pem: str, resolver: Resolver) -> bool:
    """Whether a name carries the record of a key; raises `Unavailable` where DNS is silent."""
    try:
        answer = await resolver.resolve(f"{selector}._domainkey.{name}", "TXT")
    except (NoSuchName, NoData):
        return False
    except DnsUnavailable as error:
        raise Unavailable("DNS does not answer just now") from error
    texts = [b"".join(record.strings).decode("utf-8", "replace") for record in answer]
    return dkim.is_published(dkim.from_pem(pem), texts)


async def _published(name: str, keys: Sequence[Row], resolver: Resolver) -> str:
    found = [selector for selector, pem in keys if await is_published(name, selector, pem, resolver)]
    return " ".join(found)


async def _save(domain_id: int, alias_id: int, selectors: str) -> None:
    async def verb(tx: db.Tx) -> None:
        await tx.execute("UPDATE domain_alias SET dkim_selectors = ? WHERE id = ?", selectors, alias_id)
        tx.announce(DomainChanged(domain_id))

    await db.write(verb)
