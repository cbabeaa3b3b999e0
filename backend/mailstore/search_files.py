"""The test for which messages are looked at one by one: names of attachments.

What the index finds likely is read and compared; of very many the newest 2,000.
"""

from __future__ import annotations

import asyncio

from backend.formats.part import Part, unpack
from backend.formats.search_text import fold
from backend.kit import db
from backend.mailstore import fulltext
from backend.mailstore.fulltext import Conditions
from backend.mailstore.search_syntax import Phrase
from backend.mailstore.search_terms import Check
from backend.mailstore.selection import by_values
from backend.mailstore.words import words

MAX_LOOKED_AT = 2000


async def matching(account_id: int, test: Check, conditions: Conditions, limit: int) -> list[int]:
    """Refs of messages that meet the test (not its exclusion) and the conditions, newest first."""
    name = str(test.value)
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
