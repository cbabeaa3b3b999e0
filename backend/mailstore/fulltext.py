"""The full-text index of the web's search, fed after the commit of the mail it holds.

It is derived from the tables and can be made anew at any time. Ingest and retention put an email's id into
the queue `search_pending`; `index_pending` works the queue off: an email that is there is indexed, one that
is gone is taken out. A crash between index and queue does the same work once more, which changes nothing.
What else is derived of an email without delaying its delivery is made here too: its sort keys, and its place
in the queue of documents to be read (`document_queue`).
"""

from __future__ import annotations

import asyncio
import logging
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from backend.kit import db, events
from backend.kit.db import Tx
from backend.kit.errors import MailError
from backend.mailstore import document_queue, ordering
from backend.mailstore.per_database import PerDatabase
from backend.mailstore.search_syntax import Phrase
from backend.mailstore.selection import by_values
from backend.mailstore.words import LIST_MARK, spaced
from schema.events import MailboxChanged

log = logging.getLogger(__name__)

BATCH = 200
# List-Id and what follows it, up to the next field in the folded text of a header.
_LIST_ID = re.compile(r"(?:^|\s)list-id: ?((?:(?! [a-z0-9-]+: ).)*)")
_ABOUT_EMAIL = re.compile(r"\be\.")
COLLECT_S = 2.0
POLL_S = 30.0
COLUMNS = ("subject", "sender", "recipients", "body")


@dataclass(frozen=True, slots=True)
class Document:
    """An email's words parted by spaces, column by column in the order of `COLUMNS`."""

    email_id: int
    account_id: int
    columns: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Conditions:
    """Conditions on rows: `where` is about `message m` and, with the join, `email e`."""

    where: str
    args: tuple[int | str, ...]

    def join(self, email: str) -> str:
        """The join of the table `email`, whose rows are large, where a condition is about it."""
        return f" JOIN {email} e ON e.id = m.email_id" if _ABOUT_EMAIL.search(self.where) else ""


class FullText(Protocol):
    """An engine of the index. `update` may be repeated; both are durable when they return."""

    async def prepare(self) -> bool:
        """Make the index where there is none; whether it had to be made, and so holds nothing yet."""

    async def update(self, documents: Sequence[Document], gone: Sequence[int]) -> bool:
        """Put documents in, take emails out; False where another process is at it."""

    async def known(self, email_ids: Sequence[int]) -> set[int]:
        """Those of the emails that have an entry."""

    async def search(
        self,
        account_id: int,
        phrases: Sequence[Phrase],
        conditions: Conditions,
        limit: int,
        *,
        entries: int | None = None,
    ) -> list[int]:
        """Refs of messages that match all phrases and conditions, newest first.

        With `entries` no more than that many emails with these phrases are looked at, those that came last.
        """


def _engine() -> FullText:
    from backend.mailstore.fulltext_postgres import PostgresFullText
    from backend.mailstore.fulltext_sqlite import SqliteFullText

    return SqliteFullText() if db.database().dialect == "sqlite" else PostgresFullText()


engine = PerDatabase(_engine)


async def index_pending(limit: int = BATCH) -> int:
    """Work off some of the queue; how many emails, 0 when nothing is to do or another process does it."""
    if await engine().prepare():
        await enqueue_everything()
    rows = await db.fetch_rows("SELECT id FROM search_pending ORDER BY id LIMIT ?", limit)
    pending = [row[0] for row in rows]
    if not pending:
        return 0
    documents, orders, unread = await _documents(pending)
    there = {document.email_id for document in documents}
    gone = [email_id for email_id in pending if email_id not in there]
    if not await engine().update(documents, gone):
        return 0

    async def verb(tx: Tx) -> None:
        await ordering.store(tx, orders)
        await document_queue.enqueue(tx, unread)
        # An email that came or went meanwhile stays in the queue.
        for ids, condition in ((list(there), "EXISTS"), (gone, "NOT EXISTS")):
            for chosen in by_values("id", ids):
                await tx.execute(
                    f"DELETE FROM search_pending WHERE {chosen.where} AND {condition}"
                    " (SELECT 1 FROM email WHERE email.id = search_pending.id)",
                    *chosen.args,
                )

    await db.write(verb, durable=False)
    if unread:
        document_queue.wake().set()
    return len(pending)


async def missing(email_ids: Sequence[int]) -> list[int]:
    """Those of the emails that have no entry and wait for none (verification)."""
    if await engine().prepare():
        await enqueue_everything()
    waiting: set[int] = set()
    for chosen in by_values("id", email_ids):
        rows = await db.fetch_rows(f"SELECT id FROM search_pending WHERE {chosen.where}", *chosen.args)
        waiting.update(row[0] for row in rows)
    # The queue is read first: what left it before then has its entry.
    known = await engine().known(email_ids)
    return [email_id for email_id in email_ids if email_id not in waiting and email_id not in known]


async def enqueue(tx: Tx, email_ids: Sequence[int]) -> None:
    """Have these emails indexed anew."""
    await tx.execute_many(
        "INSERT INTO search_pending (id) VALUES (?) ON CONFLICT (id) DO NOTHING",
        [(email_id,) for email_id in email_ids],
    )


async def enqueue_everything() -> None:
    """Have the whole index made anew."""

    async def verb(tx: Tx) -> None:
        await tx.execute(
            "INSERT INTO search_pending (id) SELECT id FROM email WHERE id > ? ON CONFLICT (id) DO NOTHING",
            0,
        )

    await db.write(verb)


_Derived = tuple[list[Document], list[db.Row], list[int]]


async def _documents(email_ids: Sequence[int]) -> _Derived:
    """What the index takes in, the rows of `email_order`, and the emails whose documents are still to be
    read.
    """
    sources = ", ".join(f"e.{name}" for name in ordering.SOURCES)
    rows: list[db.Row] = []
    for chosen in by_values("e.id", email_ids):
        rows += await db.scan(
            f"SELECT {sources},"
            " e.account_id, f.subject, f.from_text, f.to_text, f.cc_text, f.bcc_text, t.headers, t.body,"
            " a.body, e.parts FROM email e JOIN email_fields f ON f.id = e.id"
            " JOIN email_text t ON t.id = e.id LEFT JOIN attachment_text a ON a.id = e.id"
            f" WHERE {chosen.where}",
            *chosen.args,
        )
    return await asyncio.to_thread(_derived, rows)


def _derived(rows: Sequence[db.Row]) -> _Derived:
    count = len(ordering.SOURCES)
    return (
        [_document(row[0], row[count:-1]) for row in rows],
        ordering.rows_of([row[:count] for row in rows]),
        [row[0] for row in rows if row[-2] is None and document_queue.documents(bytes(row[-1]))],
    )


def _document(email_id: int, row: db.Row) -> Document:
    account_id, subject, sender, to, cc, bcc, headers, body, attached = row
    texts = (subject, sender, f"{to} {cc} {bcc}", f"{body}\n{attached}" if attached else body)
    subject, sender, recipients, body = map(spaced, texts)
    return Document(email_id, account_id, (subject, sender, f"{recipients} {_list_words(headers)}", body))


def _list_words(headers: str) -> str:
    """The words of List-Id in the folded text of a header, as the index has them among the recipients."""
    if "list-id:" not in headers:
        return ""
    named = spaced(" ".join(_LIST_ID.findall(headers))).split()
    return " ".join(f"{LIST_MARK}{word}" for word in named)


async def run() -> None:
    """Keep the index up to date until cancelled: soon after each change, and by a look at the queue now and
    then.
    """
    changed = asyncio.Event()
    unsubscribe = events.bus().subscribe(MailboxChanged, lambda event: changed.set())
    try:
        while True:
            changed.clear()
            pause_s = POLL_S
            try:
                done = await index_pending()
                while done:
                    done = await index_pending()
                if await db.fetch_value("SELECT id FROM search_pending LIMIT 1") is not None:
                    pause_s = COLLECT_S  # another process is at it, or was when it ended
            except MailError as exc:
                log.warning("full-text index: %s", exc.public)
            except Exception:
                log.exception("the full-text index failed; it goes on with the next change")
            try:
                async with asyncio.timeout(pause_s):
                    await changed.wait()
                await asyncio.sleep(COLLECT_S)
            except TimeoutError:
                continue
    finally:
        unsubscribe()
