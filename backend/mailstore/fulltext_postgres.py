"""The full-text index on PostgreSQL: a table of `tsvector`s with a GIN index.

It is derived from the mail and made by itself where it is missing or of another version (its comment says of
which), so it is no part of the migrations.

Vectors and queries are written out here rather than by `to_tsvector`, so that both engines know the same
words.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from backend.kit import db
from backend.kit.db import Tx
from backend.mailstore.search_syntax import Phrase
from backend.mailstore.selection import by_values
from backend.mailstore.words import VERSION

if TYPE_CHECKING:
    from backend.mailstore.fulltext import Conditions, Document

_WEIGHTS = {"subject": "A", "sender": "B", "recipients": "C", "body": "D"}
# PostgreSQL's own limits: a vector of 1 MiB, 255 positions for a word, none beyond 16,383.
_MAX_VECTOR_BYTES = 900_000
_MAX_POSITIONS = 255
_MAX_POSITION = 16_383
_MAX_WORD_CHARS = 500  # 2,046 bytes
_COLUMN_GAP = 10
_LOCK = 0x506F7374
_CREATE = (
    "CREATE TABLE IF NOT EXISTS search_document"
    " (email_id BIGINT PRIMARY KEY, account_id BIGINT NOT NULL, vector TSVECTOR NOT NULL)",
    "CREATE INDEX IF NOT EXISTS idx_search_document_account ON search_document (account_id)",
    "CREATE INDEX IF NOT EXISTS idx_search_document_vector ON search_document USING GIN (vector)",
    f"COMMENT ON TABLE search_document IS '{VERSION}'",
)


class PostgresFullText:
    """`FullText` in the table `search_document`."""

    def __init__(self) -> None:
        self._is_prepared = False

    async def prepare(self) -> bool:
        """Make the table where there is none; whether it had to be made."""
        if self._is_prepared:
            return False
        made = await db.write(_create)
        self._is_prepared = True
        return made

    async def update(self, documents: Sequence[Document], gone: Sequence[int]) -> bool:
        """Put documents in and take emails out, durably."""
        rows = [(document.email_id, document.account_id, vector(document)) for document in documents]

        async def verb(tx: Tx) -> None:
            await tx.execute_many(
                "DELETE FROM search_document WHERE email_id = ?", [(email_id,) for email_id in gone]
            )
            await tx.execute_many(
                "INSERT INTO search_document (email_id, account_id, vector)"
                " VALUES (?, ?, CAST(CAST(? AS TEXT) AS TSVECTOR))"
                " ON CONFLICT (email_id) DO UPDATE SET vector = excluded.vector",
                rows,
            )

        await db.write(verb)
        return True

    async def known(self, email_ids: Sequence[int]) -> set[int]:
        """Those of the emails that have an entry."""
        found: set[int] = set()
        for chosen in by_values("email_id", email_ids):
            sql = f"SELECT email_id FROM search_document WHERE {chosen.where}"
            found.update(row[0] for row in await db.fetch_rows(sql, *chosen.args))
        return found

    async def search(
        self,
        account_id: int,
        phrases: Sequence[Phrase],
        conditions: Conditions,
        limit: int,
        *,
        entries: int | None = None,
    ) -> list[int]:
        """Refs of messages that match all phrases and conditions, newest first."""
        await self.prepare()
        hits = (
            "SELECT email_id FROM search_document WHERE account_id = ?"
            " AND vector @@ CAST(CAST(? AS TEXT) AS TSQUERY)"
        )
        matched: tuple[int | str, ...] = (account_id, expression(phrases))
        if entries is not None:
            hits, matched = f"{hits} ORDER BY email_id DESC LIMIT ?", (*matched, entries)
        rows = await db.scan(
            f"SELECT m.ref FROM ({hits}) d JOIN message m ON m.email_id = d.email_id"
            f"{conditions.join('email')}"
            f" WHERE m.account_id = ? AND {conditions.where} ORDER BY m.internal_at DESC, m.id DESC LIMIT ?",
            *matched,
            account_id,
            *conditions.args,
            limit,
        )
        return [row[0] for row in rows]


async def _create(tx: Tx) -> bool:
    await tx.fetch_value("SELECT pg_advisory_xact_lock(CAST(? AS BIGINT))", _LOCK)
    known = await tx.fetch_value("SELECT obj_description(to_regclass('search_document'), 'pg_class')")
    if known == str(VERSION):
        return False
    for statement in ("DROP TABLE IF EXISTS search_document", *_CREATE):
        await tx.execute(statement)
    return True


def vector(document: Document) -> str:
    """A document as the text of a `tsvector`: each word with its positions and the weight of its column."""
    found: dict[str, list[str]] = {}
    position, room = 0, _MAX_VECTOR_BYTES
    for weight, column in zip(_WEIGHTS.values(), document.columns, strict=True):
        for word in _words(column.split()):
            position = min(position + 1, _MAX_POSITION)
            places = found.get(word)
            if places is None:
                room -= len(word.encode()) + 8
                if room < 0:
                    break
                places = found[word] = []
            if len(places) < _MAX_POSITIONS:
                room -= 2
                places.append(f"{position}{weight}")
        position = min(position + _COLUMN_GAP, _MAX_POSITION)
    return " ".join(f"'{word}':{','.join(places)}" for word, places in found.items())


def _words(found: Iterable[str]) -> list[str]:
    return [word[:_MAX_WORD_CHARS] for word in found]


def expression(phrases: Sequence[Phrase]) -> str:
    """Phrases as the text of a `tsquery`."""
    return " & ".join(_phrase(phrase) for phrase in phrases)


def _phrase(phrase: Phrase) -> str:
    weight = _WEIGHTS.get(phrase.field, "")
    marks = [weight] * len(phrase.words)
    if phrase.is_prefix:
        marks[-1] = f"*{weight}"
    lexemes = [
        f"'{word}':{mark}" if mark else f"'{word}'"
        for word, mark in zip(_words(phrase.words), marks, strict=True)
    ]
    return f"{'!' if phrase.is_excluded else ''}({' <-> '.join(lexemes)})"
