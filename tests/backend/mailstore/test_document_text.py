"""Text of attached documents: read in the background by a process of its own, found by web and IMAP."""

from __future__ import annotations

import asyncio
import os
import signal
import subprocess
import sys
import zlib
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from backend.formats.documents.kinds import Kind
from backend.kit import clock, db
from backend.kit.runtime import Runtime
from backend.mailstore import (
    document_queue,
    document_text,
    expunge,
    fulltext,
    ingest,
    mailboxes,
    retention,
    search,
    web_search,
)
from backend.mailstore.document_child import CPU_S, MEMORY_BYTES
from backend.mailstore.document_reader import DocumentReader
from backend.mailstore.document_text import DocumentTexts
from backend.mailstore.search import Term
from tests.backend.mailstore.messages import message
from tests.support import documents


@pytest.fixture
async def reader() -> AsyncIterator[DocumentReader]:
    """A reader with a process of its own."""
    made = DocumentReader()
    yield made
    await made.close()


async def settle(reader: DocumentReader) -> None:
    """Work off both queues."""
    texts = DocumentTexts(reader)
    while await fulltext.index_pending() or await document_text.read_next(texts):
        pass


async def found_by_imap(account_id: int, word: str, uids: list[int] | None = None) -> list[int]:
    inbox = await mailboxes.get(account_id, "INBOX")
    in_body = await search.search_mailbox(inbox.id, [Term("body", word)], uids)
    assert await search.search_mailbox(inbox.id, [Term("text", word)], uids) == in_body
    return in_body


REPORT = documents.letter(
    "Report",
    ("figures.pdf", documents.TYPES["pdf"], documents.pdf("Turnover rose by a marigold")),
    ("plan.docx", "application/octet-stream", documents.docx("The hydrangea plan")),
    ("broken.docx", documents.TYPES["docx"], b"no archive"),
    ("sheet.xlsx", documents.TYPES["xlsx"], documents.xlsx("Tulips")),
)


async def test_documents_are_found_by_the_web_and_by_imap(any_account: int, reader: DocumentReader) -> None:
    await ingest.store(message("Plain"), any_account, "inbox")
    filed = await ingest.store(REPORT, any_account, "inbox")
    await fulltext.index_pending()
    assert await found_by_imap(any_account, "hydrangea") == []

    await settle(reader)

    for word in ("marigold", "hydrangea", "tulips", "HYDRANGEA pl"):
        assert (await web_search.search(any_account, word)).refs == [filed.ref], word
        assert await found_by_imap(any_account, word) == [filed.uid]
    assert await found_by_imap(any_account, "ydrange") == [filed.uid]
    assert await found_by_imap(any_account, "marigold", [1]) == []
    assert await found_by_imap(any_account, "marigold", [1, 2]) == [2]
    assert (await web_search.search(any_account, "plan.docx")).refs == [filed.ref]
    assert await db.fetch_value("SELECT COUNT(*) FROM attachment_pending") == 0


async def test_what_is_removed_takes_its_documents_along(any_account: int, reader: DocumentReader) -> None:
    filed = await ingest.store(REPORT, any_account, "inbox")
    await settle(reader)
    waiting = await ingest.store(REPORT, any_account, "inbox")
    await fulltext.index_pending()
    await expunge.expunge_refs(any_account, [filed.ref, waiting.ref])
    await retention.sweep_all_emails()

    await settle(reader)

    for table in ("attachment_text", "attachment_pending", "email_order", "search_pending"):
        assert await db.fetch_value(f"SELECT COUNT(*) FROM {table}") == 0
    assert (await web_search.search(any_account, "marigold")).refs == []


async def test_an_index_made_anew_keeps_what_was_read(account: int, reader: DocumentReader) -> None:
    filed = await ingest.store(REPORT, account, "inbox")
    await settle(reader)

    await fulltext.enqueue_everything()
    while await fulltext.index_pending():
        pass

    assert (await web_search.search(account, "marigold")).refs == [filed.ref]
    assert await db.fetch_value("SELECT COUNT(*) FROM attachment_pending") == 0


async def test_a_lease_ends_and_a_document_that_kills_is_given_up(
    any_account: int, reader: DocumentReader
) -> None:
    await ingest.store(REPORT, any_account, "inbox")
    await fulltext.index_pending()
    for _ in range(document_queue.MAX_TRIES):
        claimed = await document_queue.claim()
        assert await document_queue.claim() is None  # another process leaves it alone
        await db.write(lambda tx: tx.execute("UPDATE attachment_pending SET due_at = ?", clock.now() - 1))

    assert claimed is not None
    assert await document_text.read_next(DocumentTexts(reader))

    assert await db.fetch_row("SELECT id, body FROM attachment_text") == (claimed[0], "")
    assert await db.fetch_value("SELECT COUNT(*) FROM attachment_pending") == 0


async def test_one_message_to_many_is_read_once_and_so_are_its_documents_in_another(
    account: int, reader: DocumentReader, monkeypatch: pytest.MonkeyPatch
) -> None:
    prepared = await ingest.prepare(REPORT)

    async def to_all(tx: db.Tx) -> list[int]:
        filed = [await ingest.ingest(tx, prepared, account, "inbox", is_new_blob=at == 0) for at in range(3)]
        return [one.uid for one in filed]

    uids = await db.write(to_all)
    passed_on = REPORT.replace(b"Subject: ", b"Subject: Fwd: ", 1)
    uids.append((await ingest.store(passed_on, account, "inbox")).uid)
    asked: list[Kind] = []
    read = reader.read

    async def counted(kind: Kind, data: bytes) -> str:
        asked.append(kind)
        return await read(kind, data)

    monkeypatch.setattr(reader, "read", counted)
    await settle(reader)

    assert await found_by_imap(account, "marigold") == uids
    assert asked == [Kind.PDF, Kind.WORD, Kind.SHEET]  # what is no archive is not even asked for


async def test_a_reading_that_is_called_off_is_no_try(account: int, reader: DocumentReader) -> None:
    await ingest.store(REPORT, account, "inbox")
    await fulltext.index_pending()

    class Stuck(DocumentTexts):
        async def of(self, blob_id: int, parts: bytes) -> str:
            raise asyncio.CancelledError

    with pytest.raises(asyncio.CancelledError):
        await document_text.read_next(Stuck(reader))

    assert await db.fetch_row("SELECT due_at, tries FROM attachment_pending") == (0, 0)
    await settle(reader)
    assert await found_by_imap(account, "marigold") == [1]


async def test_a_reader_that_dies_or_hangs_is_replaced(reader: DocumentReader) -> None:
    assert await reader.read(Kind.PDF, documents.pdf("one")) == "one"
    worker = reader._worker
    assert worker is not None
    os.kill(worker.process.pid, signal.SIGKILL)
    assert await reader.read(Kind.PDF, documents.pdf("lost")) == ""
    assert await reader.read(Kind.WORD, documents.docx("two")) == "two"

    worker = reader._worker
    assert worker is not None
    os.kill(worker.process.pid, signal.SIGSTOP)  # it takes what it is given and answers nothing
    reader._timeout_s = 0.2
    assert await reader.read(Kind.PDF, documents.pdf("lost")) == ""
    reader._timeout_s = 30
    assert await reader.read(Kind.WORD, b"broken") == ""
    assert await reader.read(Kind.TEXT, b"three") == "three"


# What runs in a child between fork and exec waits, as it may for a lock that another thread held.
LOCKED = """
import asyncio, os, time, uvloop
os.register_at_fork(after_in_child=lambda: time.sleep(60))
from backend.formats.documents.kinds import Kind
from backend.mailstore.document_reader import DocumentReader

async def main():
    reader = DocumentReader()
    print(await reader.read(Kind.TEXT, b"read"))
    await reader.close()

with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
    runner.run(main())
"""


async def test_a_reader_starts_whatever_other_threads_hold() -> None:
    pytest.importorskip("uvloop")
    answer = await asyncio.to_thread(
        subprocess.run, [sys.executable, "-c", LOCKED], capture_output=True, text=True, timeout=30, check=True
    )
    assert answer.stdout == "read\n"


async def test_a_document_that_wants_too_much_has_no_text(reader: DocumentReader) -> None:
    """A page whose content inflates a thousandfold, twice over."""
    inner = zlib.compress(b" " * (100 << 20), 1)
    stream = zlib.compress(inner, 9)
    assert len(stream) < 20_000
    page = documents.pdf("(x) Tj").replace(b"<< /Length", b"<< /Filter [/FlateDecode /FlateDecode] /Length")
    start, end = page.index(b"stream\n") + 7, page.index(b"\nendstream")

    assert await reader.read(Kind.PDF, page[:start] + stream + page[end:]) == ""
    assert await reader.read(Kind.TEXT, b"still here") == "still here"


@pytest.mark.skipif(sys.platform != "linux", reason="/proc tells the limits of a process on Linux")
async def test_the_reader_has_limits_that_it_cannot_lift(reader: DocumentReader) -> None:
    await reader.read(Kind.TEXT, b"started")
    assert reader._worker is not None
    limits = Path(f"/proc/{reader._worker.process.pid}/limits").read_text()

    found = {" ".join(words[:-3]): words[-3:-1] for line in limits.splitlines() if (words := line.split())}
    assert found["Max address space"] == [str(MEMORY_BYTES)] * 2
    assert found["Max file size"] == ["0", "0"]
    assert int(found["Max cpu time"][0]) <= CPU_S + 2


INDEXER = """
import asyncio, sys
from backend.kit.config import load
from backend.kit.runtime import open_runtime
from pathlib import Path
from backend.mailstore import document_text, fulltext

fulltext.index_pending.__defaults__ = (20,)  # many small batches, so that it is killed in the midst

async def main():
    async with open_runtime(load(data=Path(sys.argv[1])), use_redis="never", tables="leave"):
        print("ready", flush=True)
        await asyncio.gather(fulltext.run(), document_text.run())

asyncio.run(main())
"""


@pytest.mark.slow
async def test_a_killed_index_process_leaves_no_gap(
    rt: Runtime, account: int, reader: DocumentReader, monkeypatch: pytest.MonkeyPatch
) -> None:
    """SIGKILL while it works, several times: in the end every word is found, and nothing waits."""
    count, documents_each = 400, 20
    for number in range(count):
        body = " ".join(f"w{number}x{word}" for word in range(40))
        raw = message(f"subject{number}", body=body)
        if number % documents_each == 0:
            file = documents.docx(f"inside{number}")
            raw = documents.letter(f"subject{number}", ("a.docx", documents.TYPES["docx"], file))
        await ingest.store(raw, account, "inbox")

    for left in (300, 150, 20):
        process = await asyncio.to_thread(_start_indexer, rt.settings.data)
        try:
            async with asyncio.timeout(60):
                # The other process has no event of ours to set.
                while await db.fetch_value("SELECT COUNT(*) FROM search_pending") > left:  # noqa: ASYNC110
                    await asyncio.sleep(0.002)
        finally:
            process.send_signal(signal.SIGKILL)
            await asyncio.to_thread(process.wait)
            if process.stdout is not None:
                process.stdout.close()

    # Leases of what was killed run out.
    await db.write(lambda tx: tx.execute("UPDATE attachment_pending SET due_at = 0"))
    await settle(reader)
    for number in range(count):
        word = f"inside{number}" if number % documents_each == 0 else f"w{number}x7"
        assert (await web_search.search(account, f'"{word}"')).total == 1, word
    for table in ("search_pending", "attachment_pending"):
        assert await db.fetch_value(f"SELECT COUNT(*) FROM {table}") == 0
    assert await db.fetch_value("SELECT COUNT(*) FROM email_order") == count


def _start_indexer(data: Path) -> subprocess.Popen[str]:
    process = subprocess.Popen(
        [sys.executable, "-c", INDEXER, str(data)], stdout=subprocess.PIPE, text=True, env={**os.environ}
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "ready\n"
    return process
