"""Whom a user has written to, how often and when: what suggestions of recipients are ranked by.

Sending a message notes its recipients. One that was removed from the suggestions stays away until the user
writes there again. Names and addresses are found by the beginning of any of their words, by an index, so that
a long history costs no more than a short one.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from backend.formats.addresses import Mailbox
from backend.kit import clock, db, ids
from backend.kit.db import Tx

KEEP_S = 3 * 366 * 86_400
MOST_NOTED = 100
LONGEST_WORD_BYTES = 32
_RECENT, _BY_WORD = 500, 300
_HALF_LIFE_S = 90 * 86_400
_WORDS = re.compile(r"[^\s,;<>\"()@]+")
_COLUMNS = "c.address, c.name, c.uses, c.used_at"


@dataclass(frozen=True, slots=True)
class Correspondent:
    """Somebody, and how much they are written to: uses that count half after 90 days."""

    name: str
    address: str
    weight: float


def words_of(name: str, address: str) -> set[str]:
    """Words by which somebody is found: those of the name, the address, and its domain."""
    address = address.casefold()
    return {*_WORDS.findall(name.casefold()), address, address.rpartition("@")[2]}


def _key(word: str) -> str:
    """The beginning of a word in hexadecimal digits, which every database's collation orders alike."""
    return word.encode("utf-8", "replace")[:LONGEST_WORD_BYTES].hex()


async def note(account_id: int, boxes: Iterable[Mailbox]) -> None:
    """A message went to these; of very many only the first are noted."""
    noted = {
        f"{box.localpart}@{box.domain}".casefold(): box.name.strip()[:200] for box in boxes if box.domain
    }
    people = list(noted.items())[:MOST_NOTED]

    async def verb(tx: Tx) -> None:
        for address, name in people:
            await _note(tx, account_id, address, name)

    if people:
        await db.write(verb, durable=False)


async def _note(tx: Tx, account_id: int, address: str, name: str) -> None:
    new_id = ids.new_id()
    row = await tx.fetch_row(
        "INSERT INTO correspondent (id, account_id, address, name, uses, used_at) VALUES (?, ?, ?, ?, 1, ?)"
        " ON CONFLICT (account_id, address) DO UPDATE SET uses = correspondent.uses + 1,"
        " used_at = excluded.used_at,"
        " name = CASE WHEN excluded.name = '' THEN correspondent.name ELSE excluded.name END"
        " RETURNING id, name, uses",
        new_id,
        account_id,
        address,
        name,
        clock.now(),
    )
    known_id, known_name, uses = row if row is not None else (new_id, name, 1)
    if uses > 1 and not name:
        return  # its words are there already
    await tx.execute("DELETE FROM correspondent_word WHERE correspondent_id = ?", known_id)
    await tx.execute_many(
        "INSERT INTO correspondent_word (id, account_id, word, correspondent_id) VALUES (?, ?, ?, ?)",
        [
            (ids.new_id(), account_id, key, known_id)
            for key in sorted({_key(word) for word in words_of(known_name, address)})
        ],
    )


async def find(account_id: int, wanted: str) -> list[Correspondent]:
    """Those with a word that begins so, the most used first; `wanted` is folded and not empty."""
    recent = await db.fetch_rows(
        f"SELECT {_COLUMNS} FROM correspondent c WHERE c.account_id = ? AND c.used_at > 0"
        " ORDER BY c.used_at DESC LIMIT ?",
        account_id,
        _RECENT,
    )
    typed = wanted.split()
    longest = max(typed, key=len)
    by_word = await db.fetch_rows(
        f"SELECT {_COLUMNS} FROM correspondent_word w JOIN correspondent c ON c.id = w.correspondent_id"
        " WHERE w.account_id = ? AND w.word >= ? AND w.word < ? AND c.used_at > 0 LIMIT ?",
        account_id,
        _key(longest),
        _key(longest) + "g",
        _BY_WORD,
    )
    now = clock.now()
    found = {
        address: Correspondent(name, address, uses * 0.5 ** ((now - used_at) / _HALF_LIFE_S))
        for address, name, uses, used_at in (*recent, *by_word)
        if matches(typed, name, address)
    }
    return sorted(found.values(), key=lambda one: (-one.weight, one.address))


def matches(wanted: Iterable[str], name: str, address: str) -> bool:
    """Whether each of the words begins one of theirs."""
    words = words_of(name, address)
    return all(any(word.startswith(one) for word in words) for one in wanted)


async def hidden(account_id: int) -> set[str]:
    """Addresses that are not to be suggested."""
    rows = await db.fetch_rows(
        "SELECT address FROM correspondent WHERE account_id = ? AND used_at = 0 LIMIT 1000", account_id
    )
    return {address for (address,) in rows}


async def hide(account_id: int, address: str) -> None:
    """Suggest an address no more, until it is written to again."""
    address = address.strip().casefold()[:320]

    async def verb(tx: Tx) -> None:
        await tx.execute(
            "INSERT INTO correspondent (id, account_id, address, name, uses, used_at)"
            " VALUES (?, ?, ?, '', 0, 0)"
            " ON CONFLICT (account_id, address) DO UPDATE SET uses = 0, used_at = 0",
            ids.new_id(),
            account_id,
            address,
        )

    await db.write(verb)


async def expire() -> int:
    """Forget whom nobody wrote to for `KEEP_S`; how many. Called by a job."""

    async def verb(tx: Tx) -> int:
        rows = await tx.fetch_rows(
            "SELECT id FROM correspondent WHERE used_at > 0 AND used_at < ? LIMIT 500", clock.now() - KEEP_S
        )
        await tx.execute_many("DELETE FROM correspondent_word WHERE correspondent_id = ?", rows)
        await tx.execute_many("DELETE FROM correspondent WHERE id = ?", rows)
        return len(rows)

    return await db.write(verb)
