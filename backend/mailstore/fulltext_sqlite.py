"""The full-text index on SQLite: FTS5 in a database file of its own, `search.db` beside the main one.

Contentless (the texts stand in the main database), row id = email id. Each document carries its account as a
word of the column `scope`, so that one account's search never walks through another's hits. One process at a
time writes (a lock on a file); whoever finds it taken leaves the work to the other.
"""

from __future__ import annotations

import asyncio
import fcntl
import os
import sqlite3
import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from backend.kit import db
from backend.kit.errors import Unavailable
from backend.kit.sqlite_connection import connect
from backend.kit.sqlite_database import SqliteDatabase
from backend.mailstore.search_syntax import Phrase
from backend.mailstore.selection import by_values
from backend.mailstore.words import VERSION

if TYPE_CHECKING:
    from backend.mailstore.fulltext import Conditions, Document

T = TypeVar("T")

FILE_NAME = "search.db"
_THREADS = 2
_CREATE = (
    "CREATE VIRTUAL TABLE doc USING fts5(scope, subject, sender, recipients, body, content='',"
    " contentless_delete=1, tokenize=\"unicode61 remove_diacritics 0 categories 'L* N* Co Mn Mc'\")"
)


class SqliteFullText:
    """`FullText` in `search.db`."""

    def __init__(self) -> None:
        database = db.database()
        if not isinstance(database, SqliteDatabase):
            raise TypeError("this index belongs to a SQLite database")
        self._main = database.path
        self._path = str(Path(database.path).with_name(FILE_NAME))
        self._is_prepared = False
        self._local = threading.local()
        self._threads = ThreadPoolExecutor(_THREADS, thread_name_prefix="fulltext")

    async def prepare(self) -> bool:
        """Make the file where there is none of this version; whether it had to be made."""
        if self._is_prepared:
            return False
        made = await self._run(self._create)
        self._is_prepared = True
        return made

    async def update(self, documents: Sequence[Document], gone: Sequence[int]) -> bool:
        """Put documents in and take emails out, durably; False where another process is at it."""
        return await self._run(lambda: self._update(documents, gone))

    async def known(self, email_ids: Sequence[int]) -> set[int]:
        """Those of the emails that have an entry."""
        found: set[int] = set()
        for chosen in by_values("rowid", email_ids):
            sql = f"SELECT rowid FROM doc WHERE {chosen.where}"
            rows = await self._run(partial(self._fetch, sql, chosen.args))
            found.update(row[0] for row in rows)
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
        # CROSS JOIN keeps the order: hits first, then their rows.
        hits = "SELECT rowid AS id FROM doc WHERE doc MATCH ?"
        matched: tuple[str | int, ...] = (match_expression(account_id, phrases),)
        if entries is not None:
            hits, matched = f"{hits} ORDER BY rowid DESC LIMIT ?", (*matched, entries)
        sql = (
            f"SELECT m.ref FROM ({hits}) hit CROSS JOIN mail.message m ON m.email_id = hit.id"
            f"{conditions.join('mail.email')} WHERE m.account_id = ? AND {conditions.where}"
            " ORDER BY m.internal_at DESC, m.id DESC LIMIT ?"
        )
        bound = (*matched, account_id, *conditions.args, limit)
        rows = await self._run(partial(self._fetch, sql, bound))
        return [row[0] for row in rows]

    async def _run(self, work: Callable[[], T]) -> T:
        try:
            return await asyncio.get_running_loop().run_in_executor(self._threads, work)
        except sqlite3.Error as exc:
            raise Unavailable("The search index cannot be used just now", detail={"cause": str(exc)}) from exc

    # -- on a thread of the pool

    def _create(self) -> bool:
        with self._locked(fcntl.LOCK_EX):
            conn = connect(self._path)
            try:
                if conn.execute("PRAGMA user_version").fetchone()[0] == VERSION:
                    return False
                conn.execute("BEGIN IMMEDIATE")
                conn.execute("DROP TABLE IF EXISTS doc")
                conn.execute(_CREATE)
                conn.execute(f"PRAGMA user_version={VERSION}")
                conn.execute("COMMIT")
                return True
            finally:
                conn.close()

    @contextmanager
    def _locked(self, how: int) -> Iterator[None]:
        """Hold the writers' lock; BlockingIOError where `how` does not wait and another has it."""
        handle = os.open(f"{self._path}.lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        try:
            fcntl.flock(handle, how)
            yield
        finally:
            os.close(handle)

    def _update(self, documents: Sequence[Document], gone: Sequence[int]) -> bool:
        try:
            with self._locked(fcntl.LOCK_EX | fcntl.LOCK_NB):
                self._write(documents, gone)
        except BlockingIOError:
            return False
        return True

    def _write(self, documents: Sequence[Document], gone: Sequence[int]) -> None:
        conn: sqlite3.Connection | None = getattr(self._local, "writer", None)
        if conn is None:
            conn = self._local.writer = connect(self._path)
        conn.execute("BEGIN IMMEDIATE")
        try:
            out = [(email_id,) for email_id in (*gone, *(document.email_id for document in documents))]
            conn.executemany("DELETE FROM doc WHERE rowid = ?", out)
            conn.executemany(
                "INSERT INTO doc (rowid, scope, subject, sender, recipients, body) VALUES (?, ?, ?, ?, ?, ?)",
                [
                    (document.email_id, scope(document.account_id), *document.columns)
                    for document in documents
                ],
            )
            conn.execute("COMMIT")
        except BaseException:
            conn.execute("ROLLBACK")
            raise

    def _fetch(self, sql: str, args: tuple[Any, ...]) -> list[tuple[Any, ...]]:
        return self._reader().execute(sql, args).fetchall()

    def _reader(self) -> sqlite3.Connection:
        conn: sqlite3.Connection | None = getattr(self._local, "reader", None)
        if conn is None:
            conn = connect(self._path, read_only=True)
            conn.execute("ATTACH ? AS mail", (self._main,))
            self._local.reader = conn
        return conn


def scope(account_id: int) -> str:
    """The word that stands for an account."""
    return f"account{account_id:x}"


def match_expression(account_id: int, phrases: Sequence[Phrase]) -> str:
    """Phrases as an FTS5 expression. Words hold letters, digits and marks only, so quoting them is enough."""
    wanted = [f'scope : "{scope(account_id)}"']
    wanted += [_phrase(phrase) for phrase in phrases if not phrase.is_excluded]
    excluded = [_phrase(phrase) for phrase in phrases if phrase.is_excluded]
    return " NOT ".join([f"({' AND '.join(wanted)})", *excluded])


def _phrase(phrase: Phrase) -> str:
    columns = phrase.field or "subject sender recipients body"
    return f'({{{columns}}} : "{" ".join(phrase.words)}"{" *" if phrase.is_prefix else ""})'
