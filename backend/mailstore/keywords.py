"""Keywords of an account: names for flag bits, given away in order and never taken back.

The list only grows, so a remembered one is never wrong, at most short: `keyword_names` reads again when it is
asked for a bit beyond what it knows. Names keep the spelling of their first use and are compared without
case.
"""

from __future__ import annotations

import json
import re
from collections import OrderedDict
from collections.abc import Iterable

from backend.kit import db
from backend.kit.db import Tx
from backend.kit.errors import InvalidSyntax, LimitExceeded, NotFound
from backend.mailstore.flag_bits import FIRST_KEYWORD_BIT, MAX_KEYWORDS, STANDARD_KEYWORDS
from backend.mailstore.per_database import PerDatabase

MAX_NAME_CHARS = 100
REMEMBERED_ACCOUNTS = 10_000
# RFC 9051 §9 flag-keyword: an atom.
_ATOM = re.compile(r"[^\x00-\x20\x7f-\U0010ffff(){%*\"\\\]]+")

_LABELS = frozenset(f"$label{number}" for number in range(1, 6))
# What mail programs note for themselves in keywords of no registry.
_MARKS = frozenset({"junk", "nonjunk", "notjunk", "junkrecorded", "forwarded", "redirected"})

_names: PerDatabase[OrderedDict[int, tuple[str, ...]]] = PerDatabase(OrderedDict)


async def keyword_names(account_id: int, flags: int = 0) -> tuple[str, ...]:
    """The account's keywords in the order of their bits, at least those that are set in `flags`."""
    names = _names()
    known = names.get(account_id)
    if known is None or flags >> FIRST_KEYWORD_BIT + len(known):
        stored = await db.fetch_value("SELECT keywords FROM account WHERE id = ?", account_id)
        known = names[account_id] = (*STANDARD_KEYWORDS, *json.loads(stored or "[]"))
        while len(names) > REMEMBERED_ACCOUNTS:
            names.popitem(last=False)
    return known


async def keyword_bits(tx: Tx, account_id: int, names: Iterable[str]) -> int:
    """The bits of these keywords; new names get one.

    Raises InvalidSyntax for what is not an atom, LimitExceeded beyond 47 keywords in the account.
    """
    wanted = {name.lower(): name for name in names}
    if not wanted:
        return 0
    stored = await tx.fetch_value("SELECT keywords FROM account WHERE id = ?", account_id)
    if stored is None:
        raise NotFound("There is no such account")
    own: list[str] = json.loads(stored)
    known = {name.lower(): bit for bit, name in enumerate((*STANDARD_KEYWORDS, *own), FIRST_KEYWORD_BIT)}
    if new := [name for key, name in wanted.items() if key not in known]:
        await _give(tx, account_id, own, new)
        for name in new:
            known[name.lower()] = FIRST_KEYWORD_BIT + len(known)
    return sum(1 << known[key] for key in wanted)


async def tag_bits(account_id: int) -> int:
    """The bits of all keywords of an account that are tags."""
    names = await current_names(account_id)
    return sum(1 << bit for bit, name in enumerate(names, FIRST_KEYWORD_BIT) if is_tag(name))


def is_tag(name: str) -> bool:
    """Whether a keyword is one that people give (`$label1` is Thunderbird's), not a program's mark."""
    if name.startswith("$"):
        return name.lower() in _LABELS
    return name.lower() not in _MARKS


def require_name(name: str) -> None:
    """Raise InvalidSyntax for what cannot be a keyword."""
    if len(name) > MAX_NAME_CHARS or not _ATOM.fullmatch(name):
        raise InvalidSyntax("A keyword is an atom of at most 100 characters", field="keywords")


async def _give(tx: Tx, account_id: int, own: list[str], new: list[str]) -> None:
    for name in new:
        require_name(name)
    if len(STANDARD_KEYWORDS) + len(own) + len(new) > MAX_KEYWORDS:
        raise LimitExceeded(f"An account has at most {MAX_KEYWORDS} keywords")
    await tx.execute("UPDATE account SET keywords = ? WHERE id = ?", json.dumps([*own, *new]), account_id)


async def names_in(tx: Tx, account_id: int) -> tuple[str, ...]:
    """`keyword_names` within a verb."""
    stored = await tx.fetch_value("SELECT keywords FROM account WHERE id = ?", account_id)
    return (*STANDARD_KEYWORDS, *json.loads(stored or "[]"))


async def find_keyword_bits(account_id: int, names: Iterable[str]) -> tuple[int, ...]:
    """The bit of each of these keywords, 0 for one that the account does not know (searches)."""
    known = {
        name.lower(): 1 << bit for bit, name in enumerate(await current_names(account_id), FIRST_KEYWORD_BIT)
    }
    return tuple(known.get(name.lower(), 0) for name in names)


async def current_names(account_id: int) -> tuple[str, ...]:
    """`keyword_names` with those that were given a moment ago, here or elsewhere."""
    _names().pop(account_id, None)
    return await keyword_names(account_id)
