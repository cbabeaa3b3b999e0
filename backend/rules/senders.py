"""Senders that an account trusts or blocks: addresses, and domains with all below them.

The most exact entry counts, so a trusted address of a blocked domain gets through; nobody is on both lists.
Trusted senders have their remote images shown.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from backend.formats.addresses import Address
from backend.formats.domain_names import normalize_domain
from backend.formats.errors import InvalidSyntax as BadAddress
from backend.kit import db, ids
from backend.kit.db import Tx
from backend.kit.errors import InvalidSyntax, LimitExceeded
from backend.rules import filters

MOST = 500


class Standing(StrEnum):
    """What an account thinks of a sender."""

    TRUSTED = "trusted"
    BLOCKED = "blocked"


_TABLES = {Standing.TRUSTED: "trusted_sender", Standing.BLOCKED: "blocked_sender"}


@dataclass(frozen=True, slots=True)
class Known:
    """The entries of both lists."""

    trusted: frozenset[str] = frozenset()
    blocked: frozenset[str] = frozenset()

    def standing(self, address: str) -> Standing | None:
        """What is thought of a sender, None for nothing."""
        for key in keys(address):
            if key in self.trusted:
                return Standing.TRUSTED
            if key in self.blocked:
                return Standing.BLOCKED
        return None


def keys(address: str) -> Iterator[str]:
    """The entries that would name an address, the most exact one first."""
    folded = address.lower()
    yield folded
    domain = folded.rpartition("@")[2]
    while domain:
        yield f"@{domain}"
        domain = domain.partition(".")[2]


def entry(text: str) -> str:
    """An address or a domain (with or without @) as it is kept. Raises InvalidSyntax."""
    text = text.strip()
    localpart, _, domain = text.rpartition("@")
    try:
        if localpart:
            return str(Address.parse(text)).lower()
        name = normalize_domain(domain)
    except BadAddress:
        raise InvalidSyntax("An address or a domain is needed", field="address") from None
    if "." not in name:
        raise InvalidSyntax("An address or a domain is needed", field="address")
    return f"@{name}"


async def entries(account_id: int, standing: Standing) -> list[str]:
    """A list, sorted by domain and then by address."""
    rows = await db.fetch_rows(
        f"SELECT address FROM {_TABLES[standing]} WHERE account_id = ? ORDER BY id LIMIT {MOST}", account_id
    )
    return sorted((row[0] for row in rows), key=lambda one: (one.rpartition("@")[2], one))


async def known(account_id: int) -> Known:
    """Both lists, for delivery."""
    trusted = await entries(account_id, Standing.TRUSTED)
    return Known(frozenset(trusted), frozenset(await entries(account_id, Standing.BLOCKED)))


async def is_trusted(account_id: int, address: str) -> bool:
    """Whether the account trusts this sender."""
    wanted = list(keys(address))[:20]
    found = await db.fetch_value(
        f"SELECT id FROM trusted_sender WHERE account_id = ? AND address IN ({db.marks(len(wanted))})",
        account_id,
        *wanted,
    )
    return found is not None


async def put(account_id: int, standing: Standing, text: str) -> str:
    """Put a sender on one list, and off the other; the entry. Raises InvalidSyntax, LimitExceeded."""
    key = entry(text)
    other = Standing.BLOCKED if standing is Standing.TRUSTED else Standing.TRUSTED

    async def verb(tx: Tx) -> None:
        count = await tx.fetch_value(
            f"SELECT COUNT(*) FROM {_TABLES[standing]} WHERE account_id = ? AND address <> ?", account_id, key
        )
        if count >= MOST:
            raise LimitExceeded(f"There are {MOST} entries already: take some off, or name whole domains")
        await tx.execute(
            f"INSERT INTO {_TABLES[standing]} (id, account_id, address) VALUES (?, ?, ?)"
            " ON CONFLICT (account_id, address) DO NOTHING",
            ids.new_id(),
            account_id,
            key,
        )
        await _take_off(tx, account_id, other, key)

    await filters.changed(account_id, verb)
    return key


async def remove(account_id: int, standing: Standing, text: str) -> None:
    """Take a sender off a list; one that is not on it is no error. Raises InvalidSyntax."""
    key = entry(text)
    await filters.changed(account_id, lambda tx: _take_off(tx, account_id, standing, key))


async def _take_off(tx: Tx, account_id: int, standing: Standing, key: str) -> None:
    await tx.execute(f"DELETE FROM {_TABLES[standing]} WHERE account_id = ? AND address = ?", account_id, key)
