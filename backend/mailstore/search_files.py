"""Tests for which messages are looked at one by one: names of attachments, and List-Id.

What the index or a scan of texts finds likely is read and compared; of very many the newest 2,000.
"""

from __future__ import annotations

import asyncio
import re
from collections.abc import Sequence

from backend.formats.part import Part, unpack
from backend.formats.search_text import fold
from backend.kit import db
from backend.mailstore import fulltext, search_terms
from backend.mailstore.fulltext import Conditions
from backend.mailstore.search_conditions import contains
from backend.mailstore.search_syntax import Phrase
from backend.mailstore.search_terms import Check
from backend.mailstore.selection import by_values
from backend.mailstore.words import words

KINDS = (search_terms.FILE_NAME, search_terms.LIST)
MAX_LOOKED_AT = 2000
# List-Id and what follows it, up to the next field in the folded text of a header.
_LIST_ID = re.compile(r"(?:^|\s)list-id: ?((?:(?! [a-z0-9-]+: ).)*)")


async def matching(account_id: int, test: Check, conditions: Conditions, limit: int) -> list[int]:
    """Refs of messages that meet the test (not its exclusion) and the conditions, newest first."""
    if test.kind == search_terms.FILE_NAME:
        return await _by_file_name(account_id, str(test.value), conditions, limit)
    return await _by_list(str(test.value), conditions, limit)


async def _by_file_name(account_id: int, name: str, conditions: Conditions, limit: int) -> list[int]:
    named = tuple(words(name))
    if not named:
        return []
    await fulltext.index_pending()
    phrases = [Phrase(named, "body", is_prefix=True)]
    refs = await fulltext.engine().search(account_id, phrases, conditions, min(limit, MAX_LOOKED_AT))
    parts: dict[int, bytes] = {}
    for chosen in by_values("m.ref", refs):
        rows = await db.scan(
            f"SELECT m.ref, e.parts FROM message m JOIN email e ON e.id = m.email_id WHERE {chosen.where}",
            *chosen.args,
        )
        parts.update((row[0], bytes(row[1])) for row in rows)
    wanted = fold(name)
    held = await asyncio.to_thread(lambda: {ref for ref, packed in parts.items() if _has(packed, wanted)})
    return [ref for ref in refs if ref in held]


def _has(packed: bytes, wanted: str) -> bool:
    return any(wanted in fold(name) for name in file_names(unpack(packed)))


def file_names(part: Part) -> list[str]:
    """The names of all files in a part and below it."""
    below = [*part.children, *([part.message] if part.message is not None else [])]
    own = [part.filename] if part.filename else []
    return own + [name for inner in below for name in file_names(inner)]


async def _by_list(name: str, conditions: Conditions, limit: int) -> list[int]:
    wanted = fold(name)
    rows: Sequence[db.Row] = await db.scan(
        f"SELECT m.ref, t.headers FROM message m{conditions.join('email')}"
        " JOIN email_text t ON t.id = m.email_id"
        f" WHERE {conditions.where} AND t.headers LIKE ? ESCAPE '\\'"
        " ORDER BY m.internal_at DESC, m.id DESC LIMIT ?",
        *conditions.args,
        f"%list-id:{contains(wanted)}",
        min(limit, MAX_LOOKED_AT),
    )
    return [row[0] for row in rows if any(wanted in value for value in _LIST_ID.findall(row[1]))]
